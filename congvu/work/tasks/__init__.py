"""Plans and the tasks that agencies carry out under them."""
