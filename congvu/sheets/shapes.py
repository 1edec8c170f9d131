"""What a cell looks like, at a glance: enough to guess what a column holds, never to read its value."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from congvu.kernel.text import fold

from .grid import Cell

Shape = Literal["empty", "day", "time", "number", "term", "symbol", "code", "text"]
"""``term`` is an amount with its unit ("15 ngày làm việc"), ``symbol`` a document's number and symbol ("501/UBND-NC"),
``code`` one word with a digit in it, ``text`` everything else."""

_DAY = re.compile(
    r"(?:\d{1,2}(?::\d{2}(?::\d{2})?|\s*(?:h|g|gio)\s*\d{0,2}(?:\s*phut)?)\s*(?:[ap]m)?,?\s*(?:ngay)?\s*)?"
    r"(?:(?:ngay\s*)?\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|(?:ngay\s*)?\d{1,2}\s*thang\s*\d{1,2}\s*(?:,\s*)?nam\s*\d{4}|\d{1,2}\s*thang\s*\d{1,2}\s*,?\s*\d{4})"
    r"(?:[\sT,\-]+(?:luc\s*)?\d{1,2}[:h]\d{0,2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]m|sa|ch)?)?"
    r"(?:\s*(?:z|[+-]\d{2}:?\d{2}))?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}\s*(?::|h|g|gio)\s*\d{0,2}(?:\s*phut|:\d{2})?(?:\s*[ap]m)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,]\d+)?\s*%?")
_TERM = re.compile(
    r"(?:khong qua |toi da |trong |trong thoi han )?0*\d+(?:[.,]\d+)?\s*(?:\(.*?\)\s*)?"
    r"(?:ngay|gio|thang|nlv|tuan|nam|tieng)\b.*"
)
_SYMBOL = re.compile(r"(?:so\s*[:.]?\s*)?\d+[a-z]?\s*/\s*(?:\d{4}\s*/\s*)?(?=[^/]*[a-z])[\w\-&.]+(?:/[\w\-&.]+)*")
_CODE = re.compile(r"(?=[^\s]*\d)[^\s,;]+")
_YEAR = re.compile(r"(?:nam\s*)?(?:19|20|21)\d{2}(?:\.0)?")


def shape(cell: Cell) -> Shape:
    """Return what a cell looks like."""
    if isinstance(cell, str):
        return _shape_of_text(cell)
    if isinstance(cell, dt.date):
        return "day"
    if isinstance(cell, dt.time | dt.timedelta):
        return "time"
    return "number"


@lru_cache(maxsize=20_000)
def _shape_of_text(text: str) -> Shape:
    plain = fold(text)
    if not plain:
        return "empty"
    if plain.isalpha() or len(plain) > 60:
        return "text"
    tests: tuple[tuple[re.Pattern[str], Shape], ...] = (
        (_DAY, "day"),
        (_NUMBER, "number"),
        (_TIME, "time"),
        (_TERM, "term"),
        (_SYMBOL, "symbol"),
        (_CODE, "code"),
    )
    return next((name for pattern, name in tests if pattern.fullmatch(plain)), "text")


def year_like(cell: Cell) -> bool:
    """Return whether a cell gives a year alone."""
    return bool(_YEAR.fullmatch(fold(str(cell))))
