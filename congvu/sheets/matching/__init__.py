"""Which column of a sheet is which column of a table, and why."""
