"""The cells that a mapping takes from a sheet: its columns by their headings, the rows, merged and split ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from congvu.kernel.text import fold
from congvu.sheets.grid import Area, Cell, Flaw, Grid, SheetRefused
from congvu.sheets.layout import Layout

from .cells import as_text, without_booleans

_SHORTEST_WITH_A_SLIP = 6


def find_columns(layout: Layout, titles: Iterable[str]) -> dict[str, int]:
    """Return the sheet's column of every title; case, accents, marks and one slip of the hand are forgiven.

    Raises
    ------
    SheetRefused
        Names the titles that the sheet has not, each with the one that is most like it.
    """
    wanted = tuple(dict.fromkeys(titles))
    found: dict[str, int] = {}
    taken = {heading.title for heading in layout.headings} & set(wanted)
    missing = []
    for title in wanted:
        column = layout.column_of(title)
        if column is None:
            column = _alike(layout, title, taken)
        if column is None:
            missing.append(title)
        else:
            found[title] = column
    if missing:
        raise SheetRefused(_missing(layout, missing))
    return found


def _alike(layout: Layout, title: str, taken: set[str]) -> int | None:
    """Return the only column whose heading differs from the title by little, and is nobody else's."""
    free = [heading for heading in layout.headings if heading.title not in taken]
    told = _bare(title)
    for is_alike in (lambda one: one == told, lambda one: _one_slip_apart(one, told)):
        alike = [heading.column for heading in free if is_alike(_bare(heading.title))]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return None
    return None


def _bare(title: str) -> str:
    return re.sub(r"[\W_]+", "", fold(title))


def _one_slip_apart(one: str, other: str) -> bool:
    """Return whether one letter was changed, left out, put in, or two changed places; digits count as written."""
    if min(len(one), len(other)) < _SHORTEST_WITH_A_SLIP or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _missing(layout: Layout, missing: Sequence[str]) -> str:
    titles = {_bare(heading.title): heading.title for heading in layout.headings}
    told = []
    for title in missing:
        near = difflib.get_close_matches(_bare(title), titles, n=1, cutoff=0.6)
        told.append(f"“{title}”" + (f" (gần giống: “{titles[near[0]]}”)" if near else ""))
    return f"trang tính không có cột: {'; '.join(told)}. Hãy chọn lại cột nguồn, hoặc sửa tiêu đề cột trong tệp."


class Sources:
    """The data rows of a sheet as a mapping takes them.

    ``rows`` has the sheet's row of each; one whose cell under ``split`` has several lines is there for each line.
    """

    def __init__(self, grid: Grid, layout: Layout, split: int | None = None) -> None:
        self._grid = grid
        self._taken: dict[int, Sequence[Cell]] = {}
        self._rows = layout.rows
        self._merged = _tall(grid.merged, layout)
        self._lines: tuple[int, list[Cell]] | None = None
        self.rows: Sequence[int] = layout.rows
        self._repeated: list[int] | None = None
        if split is not None:
            self._split(split)

    def _split(self, column: int) -> None:
        lines: list[Cell] = []
        repeated: list[int] = []
        for position, cell in enumerate(self._pick(column)):
            own = [line.strip() for line in as_text(cell).split("\n") if line.strip()] if type(cell) is str else [cell]
            for line in own or [""]:
                lines.append(line)
                repeated.append(position)
        self.rows = [self._rows[position] for position in repeated]
        self._lines = (column, lines)
        self._repeated = repeated

    def cells(self, column: int) -> Sequence[Cell]:
        """Return the cells of a column, one for each of ``rows``; TRUE and FALSE are texts."""
        if column not in self._taken:
            if self._lines and self._lines[0] == column:
                cells: Sequence[Cell] = self._lines[1]
            else:
                cells = self._pick(column)
                if self._repeated is not None:
                    cells = [cells[position] for position in self._repeated]
            self._taken[column] = without_booleans(cells)
        return self._taken[column]

    def _pick(self, column: int) -> Sequence[Cell]:
        rows = self._rows
        if not rows or column >= self._grid.width:
            return [""] * len(rows)
        cells: Sequence[Cell] = self._grid.columns[column]
        if column in self._merged:
            cells = _filled(cells, self._merged[column])
        first, last = rows[0], rows[-1]
        if last - first + 1 == len(rows):
            return cells[first - 1 : last]
        picked: tuple[Cell, ...] = itemgetter(*(row - 1 for row in rows))(cells)  # of several rows: a tuple
        return picked

    def merged(self, column: int) -> Sequence[Area]:
        """Return the merged areas whose value several data rows share."""
        return self._merged.get(column, ())

    def flaws(self, columns: Iterable[int]) -> dict[int, Flaw]:
        """Return the flaws within some columns, by row."""
        wanted = set(columns)
        return {flaw.row: flaw for flaw in self._grid.flaws if flaw.column in wanted}


def _tall(merged: Iterable[Area], layout: Layout) -> Mapping[int, list[Area]]:
    """Return the areas within the data that are higher than a row, by the column that has their value."""
    data: set[int] | None = None
    found: dict[int, list[Area]] = {}
    for area in merged:
        if area.bottom > area.top > layout.header[1]:
            data = set(layout.rows) if data is None else data
            if area.top in data:
                found.setdefault(area.left, []).append(area)
    return found


def _filled(cells: Sequence[Cell], areas: Iterable[Area]) -> list[Cell]:
    filled = list(cells)
    for area in areas:
        for row in range(area.top, min(area.bottom, len(filled)) + 1):
            filled[row - 1] = filled[area.top - 1]
    return filled
