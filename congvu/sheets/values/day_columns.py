"""Whole columns of days that need no look at each cell: what :mod:`.days` finds as well, several times as quick."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from congvu.sheets.grid import Cell
from congvu.sheets.mapping import Dates
from congvu.sheets.target import Moment

from .days import CLOCKS, FIRST_YEAR, LAST_YEAR

_DAY_WIDTH = len("31/12/2022")
_DAY_FIRST = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")
_CLOCK = re.compile(r" ((?:[01][0-9]|2[0-3]):[0-5][0-9])(:[0-5][0-9])?")


def typed_column(cells: Sequence[Cell], moment: Moment | None = None) -> tuple[list[str], list[int]] | None:
    """Return the texts of a column all of whose filled cells are typed, and the positions of days without a time.

    None where anything in it wants a closer look: texts, days with times where a day is asked, years that are none
    of ours.
    """
    kinds: set[type] = {dt.date, str} if moment is None else {dt.date, dt.datetime, str}
    if not set(map(type, cells)) <= kinds:
        return None
    try:
        texts: list[str] = [cell and cell.isoformat() for cell in cells]  # type: ignore[misc, union-attr]
    except AttributeError:  # a text that is not empty
        return None
    first, last = min(filter(None, texts), default=""), max(texts, default="")
    if first < str(FIRST_YEAR) or last >= str(LAST_YEAR + 1):
        return None
    if moment is None:
        return texts, []
    day, whole = len("2022-08-05"), len("2022-08-05T14:05:00")
    lengths = list(map(len, texts))
    if not set(lengths) <= {0, day, whole}:
        return None
    bare = [at for at, length in enumerate(lengths) if length == day] if day in lengths else []
    for at in bare:
        texts[at] = f"{texts[at]}T{CLOCKS[moment]}"
    return [text and f"{text}+07:00" for text in texts], bare


def written_column(
    cells: Sequence[Cell], moment: Moment | None = None, dates: Dates = ""
) -> tuple[list[str], list[int]] | None:
    """Return the texts of a column all of whose filled cells say ``31/12/2022``, or ``31/12/2022 14:05``.

    What :func:`read_days` finds as well, day by day and clock by clock instead of cell by cell. None where anything
    in the column wants a closer look, or no day after the 12th proves that days come first.
    """
    if dates not in ("", "day_first") or set(map(type, cells)) != {str}:
        return None
    texts: Sequence[str] = cells  # type: ignore[assignment]  # all of them, as was just seen
    heads = {text[:_DAY_WIDTH] for text in texts} - {""}
    days = {head: _day_first(head) for head in heads}
    if None in days.values() or not any(head[:2] > "12" for head in heads):
        return None
    clocks = {tail: _after_day(tail, moment) for tail in {text[_DAY_WIDTH:] for text in texts}}
    if None in clocks.values():
        return None
    values = [f"{days[text[:_DAY_WIDTH]]}{clocks[text[_DAY_WIDTH:]]}" if text else "" for text in texts]
    if moment is None or "" not in clocks:
        return values, []
    return values, [at for at, text in enumerate(texts) if len(text) == _DAY_WIDTH]


def _day_first(head: str) -> str | None:
    if not _DAY_FIRST.fullmatch(head):
        return None
    try:
        day = dt.date(int(head[6:]), int(head[3:5]), int(head[:2]))
    except ValueError:
        return None
    return day.isoformat() if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _after_day(tail: str, moment: Moment | None) -> str | None:
    """Return what follows a day in an instant's text, or in a day's."""
    if moment is None:
        return None if tail else ""
    if not tail:
        return f"T{CLOCKS[moment]}+07:00"
    found = _CLOCK.fullmatch(tail)
    return f"T{found[1]}{found[2] or ':00'}+07:00" if found else None
