"""Cells as texts, and what is found about the distinct cells of a column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import cast

from congvu.kernel.format import format_day
from congvu.kernel.text import fold, nfc
from congvu.sheets.grid import Cell

_EXACT_WHOLE = 1e15  # a workbook keeps fifteen digits
_STRANGE = re.compile("[\0-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00a0\u00ad]|_x000[Dd]_")
_LINE_END = re.compile("\r\n?|_x000[Dd]_\n?|\u2028")
_NOTHING = re.compile("[\0-\x08\x0b-\x1f\x7f\u200b-\u200f\u2029-\u202e\u2060\ufeff\u00ad]")
_DIGIT = re.compile(r"\d")
_LONGEST_WORD = 40

EMPTY_WORDS = frozenset(
    {"-", "--", "---", "–", "—", "/", "...", "…", "n/a", "#n/a", "null", "none", "nan"}
    | {"khong co", "chua co", "khong co thong tin"}
)
"""What people write into a cell that is to be empty, folded."""


@dataclass
class Reading:
    """What the distinct cells of a column mean: their values, why some have none, why some want a look.

    Every cell has a value, "" where it is empty or wrong. ``remark`` is about the column as a whole.
    """

    values: dict[Hashable, str] = field(default_factory=lambda: {"": ""})
    wrong: dict[Hashable, str] = field(default_factory=dict)
    odd: dict[Hashable, str] = field(default_factory=dict)
    remark: str = ""

    def refuse(self, cell: Hashable, reason: str) -> None:
        self.values[cell] = ""
        self.wrong[cell] = reason


def plain_number(number: float) -> str:
    """Return a number without exponent, a whole one without decimals, to the fifteen digits that workbooks keep.

    >>> plain_number(40.0), plain_number(1.000178), plain_number(0.1 + 0.2), plain_number(1e20)
    ('40', '1.000178', '0.3', '100000000000000000000')
    """
    if number.is_integer() and abs(number) < _EXACT_WHOLE:
        return str(int(number))
    return format(Decimal(f"{number:.15g}"), "f")


def as_text(cell: Cell) -> str:
    """Return a cell as people read it; numbers as :func:`plain_number`, days as ``05/12/2022``."""
    match cell:
        case str():
            return tidied(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() | int():
            return plain_number(float(cell))
        case dt.datetime():
            return f"{format_day(cell)} {_clock(cell.time())}"
        case dt.date():
            return format_day(cell)
        case dt.time():
            return _clock(cell)
    seconds = round(cell.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}"


def _clock(time: dt.time) -> str:
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def tidied(text: str) -> str:
    """Return a text trimmed, in NFC, its lines ended by ``\\n``, without characters that nobody sees."""
    if _STRANGE.search(text):
        text = _NOTHING.sub("", _LINE_END.sub("\n", text)).replace("\u00a0", " ")
    return nfc(text.strip())


def tidied_column(cells: Sequence[Cell]) -> list[str]:
    """Return the cells as :func:`as_text` has them, each distinct one looked at once."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        texts = list(map(str.strip, cast("Sequence[str]", cells)))
        if _is_plain(" ".join(texts)):
            return texts
    elif kinds == {float}:
        numbers = cast("Sequence[float]", cells)
        if all(map(float.is_integer, numbers)) and max(map(abs, numbers)) < _EXACT_WHOLE:
            return list(map(str, map(int, numbers)))
    told = {cell: plain_number(cell) if type(cell) is float else as_text(cell) for cell in set(cells)}
    return [told[cell] for cell in cells]


def _is_plain(text: str) -> bool:
    """Return whether a text holds nothing that :func:`tidied` changes within."""
    unseen = "_x000" in text if text.isprintable() else _STRANGE.search(text) is not None
    return not unseen and (text.isascii() or unicodedata.is_normalized("NFC", text))


def without_booleans(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells with TRUE and FALSE as texts: as keys of a mapping they would be the numbers 1 and 0."""
    if bool not in set(map(type, cells)):
        return cells
    return [as_text(cell) if type(cell) is bool else cell for cell in cells]


def word(text: str) -> str:
    """Return what a short text is compared by: folded, without a full stop or colon at its end."""
    return fold(tidied(text)).rstrip(" .:;,!") or fold(text)


def says_nothing(text: str, also: tuple[str, ...] = ()) -> bool:
    """Return whether a text stands for an empty cell, by the words for everybody or those of its column."""
    words, with_digits = _nothing(also)
    if len(text) > _LONGEST_WORD or (not with_digits and _DIGIT.search(text)):
        return False
    told = fold(tidied(text))
    return not told or told in EMPTY_WORDS or word(text) in words


@cache
def _nothing(also: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """Return the words that mean nothing in a column, folded, and whether a digit is in any: so few have one."""
    words = EMPTY_WORDS.union(map(word, also))
    return words, any(map(_DIGIT.search, words))
