"""Reads a report's text and says what does not hold. Pure: it runs on a laptop without a database."""
