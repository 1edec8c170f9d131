"""Any file of cells becomes grids; it is known by its content."""
