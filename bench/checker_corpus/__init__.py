"""Passages of administrative prose that add up, the same with one error each, and what a checker makes of them."""
