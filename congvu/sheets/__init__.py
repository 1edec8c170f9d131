"""Spreadsheets as offices have them: opened, understood, turned into a table's columns, sent back marked. No Django."""
