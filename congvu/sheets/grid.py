"""A sheet as it stands in its file. Rows are counted from 1 as people count them, columns from 0 (A)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from congvu.kernel.errors import Refusal

Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""An empty cell is ``""``; every number is a float, as workbooks hold it; a text is as it was typed."""


class SheetRefused(Refusal):
    """A file or a sheet cannot be read, or not as it was asked."""

    code = "sheet_refused"
    status = 422


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def cell_name(row: int, column: int) -> str:
    """Return how people call a cell: ``F12`` for row 12, column 5."""
    return f"{letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell that holds no value of its own: an error such as ``#REF!``, a formula that was never computed.

    ``value`` is what stands there, ``reason`` a Vietnamese sentence on what is wrong and what to do.
    """

    row: int
    column: int
    value: str
    reason: str


@dataclass(frozen=True)
class Grid:
    """All cells of a sheet, column by column; each column is as long as the sheet is high.

    ``merged`` are its merged areas; the value stands in the upper left cell alone.
    """

    name: str
    columns: tuple[tuple[Cell, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    flaws: tuple[Flaw, ...] = ()

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        return len(self.columns)

    def row(self, number: int) -> tuple[Cell, ...]:
        """Return the cells of the row ``number``, counted from 1."""
        return tuple(column[number - 1] for column in self.columns)
