"""What people file at the one-stop desks, and what becomes of it."""
