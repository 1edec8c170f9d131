"""Visits, whom they reach, findings and their rectification."""
