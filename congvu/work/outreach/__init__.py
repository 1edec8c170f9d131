"""Regulations that agencies review, and what they do to make policy known."""
