"""Whether the days of one column come before those of another, as far as a glance can tell."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from congvu.sheets.grid import Cell, Grid
from congvu.sheets.layout import Layout

_MOST = 400
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")


def in_order(grid: Grid, layout: Layout, first: str, second: str) -> float | None:
    """Return in which share of the rows with both days the first is not after the second, None without such rows."""
    one, two = layout.column_of(first), layout.column_of(second)
    if one is None or two is None:
        return None
    step = max(1, len(layout.rows) // _MOST)
    pairs = [(_day(grid.columns[one][row - 1]), _day(grid.columns[two][row - 1])) for row in layout.rows[::step]]
    found = [before <= after for before, after in pairs if before is not None and after is not None]
    return sum(found) / len(found) if found else None


def _day(cell: Cell) -> tuple[int, int, int] | None:
    if isinstance(cell, dt.date):
        return cell.year, cell.month, cell.day
    return _day_of_text(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=5_000)
def _day_of_text(text: str) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.search(text):
        return int(found[3]), int(found[2]), int(found[1])
    return None
