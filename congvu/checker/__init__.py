"""Reads a report's text and says what does not hold. Pure: it runs on a laptop without a database."""

from .check import DETECTORS, check
from .findings import Finding, Kind

__all__ = ["DETECTORS", "Finding", "Kind", "check"]
