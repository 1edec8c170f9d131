"""Reads the packaged reference facts (``congvu/demo/data``; their sources are named in its README)."""

import csv
import unicodedata
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one data file as column → text (NFC); ``name`` without the ``.csv``."""
    text = files("congvu.demo").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(unicodedata.normalize("NFC", text).splitlines()))
