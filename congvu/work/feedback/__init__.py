"""What people and businesses say, and how it is answered."""
