"""Relations between numbers, and the ones that do not hold."""
