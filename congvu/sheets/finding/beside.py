"""Two tables side by side in one sheet: the one with the most content is meant, the other is told."""

from __future__ import annotations

from collections.abc import Sequence

from congvu.sheets.grid import Grid

_LEAST_APART = 0.2


def groups_of(columns: Sequence[int]) -> list[list[int]]:
    """Return the runs of columns that stand next to each other."""
    found: list[list[int]] = []
    for column in columns:
        if found and found[-1][-1] == column - 1:
            found[-1].append(column)
        else:
            found.append([column])
    return found


def rows_with_content(grid: Grid, columns: Sequence[int], rows: Sequence[int]) -> set[int]:
    taken = [grid.columns[column] for column in columns]
    return {row for row in rows if any(cell[row - 1] not in ("", None) for cell in taken)}


def one_of_several(
    grid: Grid, columns: Sequence[int], titled: set[int], rows: Sequence[int]
) -> tuple[list[int], set[int]]:
    """Return the columns of the fullest table and the rows that it fills; all where only one table stands here.

    An empty column stands between two tables, each has titles of its own, and one ends well before the other. Where
    both fill the same rows, the empty column is only a gap within one table.
    """
    groups = [group for group in groups_of(columns) if len(group) > 1 and set(group) <= titled]
    if len(groups) < 2:
        return list(columns), set()
    filled = [rows_with_content(grid, group, rows) for group in groups]
    main = max(range(len(groups)), key=lambda at: len(groups[at]) * len(filled[at]))
    others: set[int] = set()
    for at, group in enumerate(groups):
        apart = len(filled[at] ^ filled[main])
        if (
            at != main
            and apart >= _LEAST_APART * max(len(filled[at]), len(filled[main]))
            and _ends_alone(filled[at], rows)
        ):
            others.update(group)
    return [column for column in columns if column not in others], (filled[main] if others else set())


def _ends_alone(filled: set[int], rows: Sequence[int]) -> bool:
    """Return whether a table's rows follow each other from the first on, as a column with gaps does not."""
    return bool(filled) and filled == {row for row in rows if row <= max(filled)}
