"""What was done: acts, the guard that lets no write pass without one, and the seals over them."""
