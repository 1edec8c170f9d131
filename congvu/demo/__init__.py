"""The simulated province "Cao Bằng 2022": a province package whose records add up to the report of 2022."""
