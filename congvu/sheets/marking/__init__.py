"""A workbook goes back as it came, its wrong cells marked."""
