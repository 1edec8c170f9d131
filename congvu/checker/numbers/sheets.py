"""Tables as numbers: what heads the columns, what the rows are called, which cells can be added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from congvu.press.manuscript import Grid, Paragraph

from ..grammar.quantities import parse_number

MOST_COLUMNS = 14
_RATE = re.compile(
    r"%|tỷ lệ|tỉ lệ|bình quân|trung bình|chỉ số|điểm|hạng|^\s*năm\s*$|stt|số tt|so với|tăng|giảm|mức|so sánh",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*([-–−]?)(\d+(?:[.,]\d+)*)\s*%?\s*$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table; ``value`` is None where digits stand that make no number ("23.59 6")."""

    paragraph: Paragraph
    amount: float | None
    step: float

    @property
    def text(self) -> str:
        return self.paragraph.text.strip()

    @property
    def value(self) -> float:
        assert self.amount is not None
        return self.amount

    @property
    def room(self) -> float:
        """How far the number may be off by rounding."""
        return 0.0 if self.step == 1 else self.step / 2


@dataclass(frozen=True)
class Sheet:
    """A table's numbers: ``rows`` below the header (None: no number), their names, the columns' heads."""

    heads: tuple[str, ...]
    names: tuple[str, ...]
    marks: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def column(self, index: int) -> list[Cell | None]:
        return [row[index] for row in self.rows]

    def head(self, index: int) -> str:
        return " ".join(self.heads[index].split())[:60]

    def amounts(self) -> list[int]:
        """Return the columns of numbers that are no shares and no running numbers."""
        return [
            index for index in range(len(self.heads))
            if len(cells := [c for c in self.column(index) if c is not None]) >= 2
            and "%" not in self.heads[index]
            and not all("%" in c.text for c in cells)
            and not (index == 0 and _counts_up(cells))
            and not _are_years(cells)
        ]  # fmt: skip

    def addable(self) -> list[int]:
        """Return the columns that can be added: amounts, and no rates, averages or ranks."""
        return [index for index in self.amounts() if not _RATE.search(self.heads[index])]


def sheet_of(grid: Grid) -> Sheet | None:
    """Return a table's numbers; None where it is too small, too wide, or holds none."""
    width = max((len(row) for row in grid.rows), default=0)
    if not 2 <= width <= MOST_COLUMNS or len(grid.rows) < 3:
        return None
    cells = [[_cell(cell) for cell in row] + [None] * (width - len(row)) for row in grid.rows]
    first = next((i for i, row in enumerate(cells) if sum(c is not None for c in row[1:]) >= 1 and i > 0), None)
    if first is None:
        return None
    # a row of 1, 2, 3 … below the heads numbers the columns
    if [c.amount for c in cells[first] if c is not None] == list(range(1, width + 1)):
        first += 1
    heads = tuple(" ".join(row[i].text for row in grid.rows[:first] if i < len(row)) for i in range(width))
    body = grid.rows[first:]
    return Sheet(
        heads, tuple(_name(row) for row in body), tuple(row[0].text for row in body), tuple(map(tuple, cells[first:]))
    )


def known(cells: Sequence[Cell | None]) -> bool:
    """Return whether every number among the cells could be read."""
    return all(cell is None or cell.amount is not None for cell in cells)


def alike(cells: Sequence[Cell]) -> bool:
    """Return whether the numbers are written to the same places: one that is not may have a point misplaced."""
    return len({cell.step for cell in cells if cell.value}) <= 1


def _name(row: Sequence[Paragraph]) -> str:
    return next((cell.text for cell in row if re.search(r"[^\W\d_]{2}", cell.text)), "")


def _cell(paragraph: Paragraph) -> Cell | None:
    text = paragraph.text
    found = _NUMBER.match(text)
    parsed = parse_number(found[2], "%" in text) if found else None
    if found is None or parsed is None:
        # digits and no letters: a number that cannot be read
        unread = re.search(r"\d", text) and not re.search(r"[^\W\d_]|/", text)
        return Cell(paragraph, None, 1.0) if unread else None
    return Cell(paragraph, -parsed[0] if found[1] else parsed[0], parsed[1])


def _counts_up(cells: Sequence[Cell]) -> bool:
    if not known(cells):
        return False
    return all(b.value - a.value in (0, 1) or b.value == 1 for a, b in pairwise(cells))


def _are_years(cells: Sequence[Cell]) -> bool:
    return all(len(c.text) == 4 and c.amount is not None and _FIRST_YEAR <= c.amount <= _LAST_YEAR for c in cells)
