"""Courses, evaluations and disciplinary cases of those who serve."""
