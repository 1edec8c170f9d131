"""Congvu: a province's administrative work, its figures and its reports."""

__version__ = "0.1.0"
