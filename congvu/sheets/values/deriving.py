"""What is made of a source: the term in words, a symbol's number, a day's year, the level that a name tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from congvu.kernel.text import fold
from congvu.sheets.grid import Cell
from congvu.sheets.mapping import Dates

from .cells import Reading, as_text, says_nothing
from .days import FIRST_YEAR, LAST_YEAR, read_days
from .terms import read_term

_SYMBOL = re.compile(r"^\W*(?:[Ss][ốôo]\s*[:.]?\s*)?(\d+[A-Za-z]?)(?=\s*[/-]|\s|$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_LEVELS = (
    (
        "central",
        r"\bcap (?:bo|trung uong|quoc gia)\b|^(?:cac )?bo\b(?! phan)"
        r"|^(?:tong cuc|chinh phu|thu tuong|trung uong|cuc(?!.*\btinh))\b",
    ),
    (
        "province",
        r"\bcap tinh\b|^(?:cac |giam doc )?so\b"
        r"|(?:\bubnd|uy ban nhan dan) tinh\b|^(?:tinh|thanh pho truc thuoc trung uong)\b",
    ),
    ("district", r"\bcap huyen\b|(?:\bubnd|uy ban nhan dan) (?:huyen|quan|thi xa)\b|^(?:huyen|thi xa)\b"),
    ("commune", r"\bcap xa\b|(?:\bubnd|uy ban nhan dan) (?:xa|phuong|thi tran)\b|^(?:xa|phuong|thi tran)\b"),
)


def read_terms(cells: Iterable[Cell], part: Literal["amount", "unit"], heading: str, *, noted: bool) -> Reading:
    """Return the amounts or the units of terms in words. What is unclear stays empty, with a note where ``noted``."""
    found = Reading()
    for cell in cells:
        term = read_term(as_text(cell), heading)
        found.values[cell] = getattr(term, part)
        if not noted or term.certainty == "clear" or cell == "":
            continue
        if term.certainty == "none":
            found.odd[cell] = "không nêu thời hạn: được để trống"
        elif term.amount:
            found.odd[cell] = f"{term.reason}: được hiểu là ngày làm việc"
        else:
            found.odd[cell] = f"{term.reason}: được để trống, cần người đọc và điền"
    return found


def read_symbol_numbers(cells: Iterable[Cell]) -> Reading:
    """Return the numbers within the symbols of documents: ``501`` of ``501/UBND-NC``."""
    found = Reading()
    for cell in cells:
        match = _SYMBOL.match(as_text(cell))
        found.values[cell] = match[1] if match else ""
        if not match and cell != "":
            found.odd[cell] = "không thấy số trong ký hiệu: được để trống"
    return found


def read_years(counts: Mapping[Cell, int], dates: Dates, *, epoch_1904: bool) -> Reading:
    """Return the years of days, of years alone and of texts with one year in them."""
    found = Reading()
    rest: dict[Cell, int] = {}
    for cell, count in counts.items():
        if type(cell) is str:
            years = set(_YEAR.findall(cell))
            if len(years) == 1:
                found.values[cell] = years.pop()
                continue
        elif type(cell) is float and cell.is_integer() and FIRST_YEAR <= cell <= LAST_YEAR:
            found.values[cell] = str(int(cell))
            continue
        rest[cell] = count
    days = read_days(rest, dates=dates, epoch_1904=epoch_1904)
    found.values |= {cell: day[:4] for cell, day in days.values.items()}
    found.wrong |= days.wrong
    return found


def read_filled(cells: Iterable[Cell], empty: tuple[str, ...]) -> Reading:
    """Return whether cells are filled, ``true`` or ``false``."""
    return Reading(
        {cell: "false" if says_nothing(as_text(cell), empty) and cell != 0 else "true" for cell in (*cells, "")}
    )


def level_in_words(text: str) -> str:
    """Return the one level that a text names without naming an agency of ours: ``UBND cấp xã``, ``Sở Tư pháp``.

    >>> level_in_words("Chủ tịch UBND cấp tỉnh"), level_in_words("Bộ Tư pháp"), level_in_words("Cấp tỉnh, cấp xã")
    ('province', 'central', '')
    """
    told = fold(text)
    found = [level for level, pattern in _LEVELS if re.search(pattern, told)]
    return found[0] if len(found) == 1 else ""
