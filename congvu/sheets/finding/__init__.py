"""Where the table stands in a sheet."""
