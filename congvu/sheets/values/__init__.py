"""Cells become values of the table's columns."""
