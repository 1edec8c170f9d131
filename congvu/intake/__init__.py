"""Spreadsheets into the province: mappings that are saved, loads with a preview, where every row came from."""
