"""Totals of a table that their parts do not make up, and the one cell that explains two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..findings import Certainty, Finding, Kind
from ..grammar.slips import written
from .sheets import Cell, Sheet, alike

At = tuple[int, int]
_SLACK = 1e-6


@dataclass(frozen=True)
class Miss:
    """The total at ``at`` (row, column) differs from the sum of the cells at ``parts``; ``doubts`` saves it."""

    at: At
    parts: tuple[At, ...]
    excess: float
    sure: bool
    message: str
    doubts: str

    def remedy(self, cell: At) -> float | None:
        """Return by how much ``cell`` would have to change for the total to hold; None where it has no part in it."""
        if cell == self.at:
            return self.excess
        return -self.excess if cell in self.parts else None

    @property
    def cells(self) -> frozenset[At]:
        return frozenset((self.at, *self.parts))


def findings(sheet: Sheet, misses: Sequence[Miss]) -> Iterator[Finding]:
    """Yield a finding for each miss; one for both where one cell explains a row's and a column's."""
    explained: set[int] = set()
    for i, one in enumerate(misses):
        for j in range(i + 1, len(misses)):
            cell = _culprit(one, misses[j])
            if cell is not None and not explained.intersection((i, j)):
                explained.update((i, j))
                yield _of_both(sheet, cell, one, misses[j])
    for i, miss in enumerate(misses):
        if i not in explained:
            goal = _cell(sheet, miss.at)
            certain = miss.sure and alike([_cell(sheet, at) for at in miss.cells])
            message = miss.message if certain else f"{miss.message} {miss.doubts}"
            yield _finding("certain" if certain else "likely", goal, _written(sheet, miss), message)


def _culprit(one: Miss, other: Miss) -> At | None:
    """Return the only cell that two totals share, where the same change of it mends both."""
    shared = one.cells & other.cells
    if len(shared) != 1:
        return None
    (cell,) = shared
    first, second = one.remedy(cell), other.remedy(cell)
    return cell if first is not None and second is not None and abs(first - second) <= _SLACK else None


def _of_both(sheet: Sheet, at: At, one: Miss, other: Miss) -> Finding:
    cell = _cell(sheet, at)
    change = one.remedy(at) or 0.0
    computed = written(cell.value + change, cell.step)
    column = sheet.head(at[1])
    message = f"Ô này ghi {cell.text}; để tổng của dòng và tổng của cột «{column}» đều đúng thì phải là {computed}."
    certain = one.sure and other.sure and alike([_cell(sheet, place) for place in one.cells | other.cells])
    message = message if certain else f"{message} {one.doubts}"
    return _finding("certain" if certain else "likely", cell, computed, message)


def _written(sheet: Sheet, miss: Miss) -> str:
    goal = _cell(sheet, miss.at)
    return written(goal.value + miss.excess, min(_cell(sheet, at).step for at in miss.cells))


def _cell(sheet: Sheet, at: At) -> Cell:
    cell = sheet.rows[at[0]][at[1]]
    assert cell is not None
    return cell


def _finding(certainty: Certainty, cell: Cell, computed: str, message: str) -> Finding:
    return Finding(Kind.SUM, certainty, cell.paragraph, 0, len(cell.paragraph.text), cell.text, computed, message)
