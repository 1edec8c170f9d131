"""The report as a Word file: written, read back, renewed."""
