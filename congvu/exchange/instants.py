"""Whole columns of ISO 8601 instants: the usual form is checked by numpy, the rest one by one.

The usual form is ``2022-08-15T14:05:00+07:00``: 25 characters, whose columns are checked as a matrix of bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from congvu.kernel.clock import VIETNAM
from congvu.worktime.instants import InstantNotValid, parse_instant

from .tables import FIRST_YEAR, LAST_YEAR

EXPECTED = (
    "không phải thời điểm hợp lệ; cần ISO 8601 như 2022-08-15T14:05:00+07:00, năm "
    f"{FIRST_YEAR} đến {LAST_YEAR} (không ghi múi giờ thì hiểu là giờ Việt Nam)"
)
_USUAL = "0000-00-00T00:00:00+00:00"
_DIGITS = [place for place, character in enumerate(_USUAL) if character == "0"]
_MARKS = [place for place, character in enumerate(_USUAL) if character in "-T:"]
_SIGN = 19
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def check_instants(cells: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """Return ``(changed, wrong)``: what some cells must become for PostgreSQL to read them, and the cells in error."""
    waiting = list(cells)
    usual = [cell for cell in waiting if len(cell) == len(_USUAL) and cell.isascii()]
    matrix = np.frombuffer("".join(usual).encode("ascii"), np.uint8).reshape(len(usual), len(_USUAL))
    right = usual_instants(matrix).tolist()
    unusual = set(waiting) - set(usual) | {cell for cell, good in zip(usual, right, strict=True) if not good}
    changed: dict[str, str] = {}
    wrong: set[str] = set()
    for cell in unusual:
        instant = _instant(cell)
        if instant is None:
            wrong.add(cell)
        elif (text := instant.isoformat()) != cell:
            changed[cell] = text
    return changed, wrong


def usual_instants(bytes_: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which rows of a matrix of 25 bytes each are right instants in the usual form.

    The first and last years are left out: there the offset decides.
    """
    digits = bytes_[:, _DIGITS].astype(np.int16) - ord("0")
    form = np.frombuffer(_USUAL.encode("ascii"), np.uint8)[_MARKS]
    right = ((digits >= 0) & (digits <= 9)).all(axis=1)
    right &= (bytes_[:, _MARKS] == form).all(axis=1)
    right &= (bytes_[:, _SIGN] == ord("+")) | (bytes_[:, _SIGN] == ord("-"))
    tens = digits[:, 4::2] * 10 + digits[:, 5::2]
    month, day, hour, minute, second, away, away_minute = tens.T
    year = digits[:, :4] @ np.array([1000, 100, 10, 1], np.int16)
    leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    known_month = (month >= 1) & (month <= 12)
    length = _DAYS[np.where(known_month, month, 0)] + leap
    right &= (year > FIRST_YEAR) & (year < LAST_YEAR) & known_month & (day >= 1) & (day <= length)
    right &= (hour < 24) & (minute < 60) & (second < 60) & (away < 15) & (away_minute < 60)
    return np.asarray(right, np.bool_)


def _instant(cell: str) -> datetime | None:
    try:
        instant = parse_instant(cell)
        year = instant.astimezone(VIETNAM).year
    except (InstantNotValid, OverflowError):
        return None
    return instant if FIRST_YEAR <= year <= LAST_YEAR else None
