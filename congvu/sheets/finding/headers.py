"""Which rows are a table's header, and what its columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congvu.kernel.text import fold
from congvu.sheets.grid import Cell, Grid, letters
from congvu.sheets.layout import Heading
from congvu.sheets.shapes import shape

from .lines import Line, Look, is_foot, is_front, is_heading, is_known_heading, is_numbering, is_total

MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Header:
    """The first and last row of a header, 0 and 0 without one; ``columns`` are those that its main line fills.

    ``score`` says how sure it is.
    """

    top: int
    bottom: int
    score: float = 0.0
    columns: tuple[int, ...] = ()


def header_score(look: Look, line: Line, below: Sequence[Line]) -> float:
    """Return how much a line is like the titles of the lines below it; 0 where it cannot be."""
    titles = [is_heading(text, cell) for text, cell in zip(line.texts, line.cells, strict=True)]
    if is_front(line) or is_total(line) or sum(titles) < 0.8 * len(titles):
        return 0.0
    below = [other for other in below if other.signature != line.signature]
    used = _used(below)
    if not used or len(line.filled) < min(2, len(used)):
        return 0.0
    covered = {c for column in line.filled for c in range(column, column + look.width_of(line.row, column))}
    covered |= {c for c in used if look.under.get((line.row, c), (line.row, c))[0] < line.row}
    coverage = len(covered & used) / len(used)
    if coverage < 0.5:
        return 0.0
    known = sum(map(is_known_heading, line.texts)) / len(line.texts)
    held = [dict(zip(other.filled, other.cells, strict=True)) for other in below]
    contrast = sum(
        _contrast(text, [cells[column] for cells in held if column in cells])
        for column, text in zip(line.filled, line.texts, strict=True)
    )
    numbered = any(is_numbering(other, len(used)) for other in below[:2])
    long = sum(len(text) > 60 for text in line.texts) / len(line.texts)
    return 2 * known + 2 * contrast / len(line.filled) + coverage + numbered - 2 * long - 0.5


def _used(below: Sequence[Line]) -> set[int]:
    """Return the columns in which the lines below have something more than once in a while."""
    wide = [line for line in below if len(line.filled) > 1] or list(below)
    counted: dict[int, int] = {}
    for line in wide:
        for column in line.filled:
            counted[column] = counted.get(column, 0) + 1
    least = max(1, len(wide) // 10)
    return {column for column, times in counted.items() if times >= least}


def _contrast(text: str, cells: Sequence[Cell]) -> float:
    """Return 1 where a title differs from what stands under it, -1 where it is found again there."""
    if not cells:
        return 0.0
    if any(isinstance(cell, str) and fold(cell) == fold(text) for cell in cells[1:]):
        return -1.0
    shapes = [shape(cell) for cell in cells]
    if sum(found not in {"text", "empty"} for found in shapes) > 0.6 * len(shapes):
        return -1.0 if shape(text) in shapes else 1.0
    return 0.3 if len(cells) >= 4 and len(set(cells)) <= len(cells) / 2 else 0.0


def spread(look: Look, row: int, score: float = 0.0, *, down: bool = True) -> Header:
    """Return the header of several lines to which the row belongs."""
    top = bottom = row
    if down:
        while bottom - row < MOST_LINES and _goes_down(look, top, bottom):
            bottom += 1
    while bottom - top < MOST_LINES and _goes_up(look, top, bottom):
        top -= 1
    filled = look.line(row)
    return Header(top, bottom, score, filled.filled if filled else ())


def _goes_down(look: Look, top: int, row: int) -> bool:
    if row >= look.grid.height:
        return False
    line, under = look.line(row), look.line(row + 1)
    if line is None or under is None or not all(map(is_heading, under.texts, under.cells)):
        return False
    if is_total(under) or is_foot(under) or (len(under.filled) == 1 and under.filled[0] == line.filled[0]):
        return False
    groups = {c for column in line.filled for c in range(column, column + look.width_of(row, column))}
    grouped = any(look.width_of(row, column) > 1 for column in line.filled)
    joined = any(look.under.get((row + 1, c), (row + 1, c))[0] in range(top, row + 1) for c in range(look.grid.width))
    parts = [c for c in under.filled if c not in line.filled]
    if grouped and (joined or len(under.filled) < len(groups)) and parts:
        return set(under.filled) <= groups
    if joined:
        return True
    # Without merged areas: the second line divides some titles of the first, and leaves others alone.
    left = [column for column in line.filled if column not in under.filled]
    return bool(parts and left) and sum(map(is_known_heading, under.texts)) >= 0.5 * len(under.texts)


def _goes_up(look: Look, row: int, bottom: int) -> bool:
    if row <= 1:
        return False
    line, over = look.line(row), look.line(row - 1)
    if line is None or over is None or is_front(over) or not all(map(is_heading, over.texts, over.cells)):
        return False
    if any(
        (area := look.area(row - 1, column)) is not None and area.bottom >= row and area.left == area.right
        for column in over.filled
    ):
        return True
    if any(":" in text for text in over.texts):
        return False
    covered = {column for under in look.lines(range(row, bottom + 1)) for column in under.filled}
    known = sum(map(is_known_heading, over.texts))
    if len(over.filled) > 1 and not set(over.filled) <= covered and known >= 0.5 * len(over.filled):
        return True
    width = max(line.filled) - min(line.filled) + 1
    merged = [look.width_of(row - 1, column) for column in over.filled]
    within = min(over.filled) >= min(line.filled) and max(over.filled) <= max(line.filled)
    if len(over.filled) == 1:
        fills_gap = over.filled[0] not in line.filled
        return within and (
            (1 < merged[0] <= 0.6 * width and over.filled[0] > min(line.filled)) or (fills_gap and width > 2)
        )
    if any(size > 1 for size in merged):
        return within and max(merged) < 0.8 * width and not _stands_apart(look, over, line)
    spanned = all(
        column in line.filled for column in range(min(over.filled) + 1, max(line.filled) + 1) if column in line.filled
    )
    return (within and spanned and any(column not in line.filled for column in over.filled)) or _groups(over, line)


def _groups(over: Line, line: Line) -> bool:
    """Return whether an upper line has titles over groups of columns, each with a title of its own below."""
    known = sum(map(is_known_heading, over.texts))
    return len(over.filled) < len(line.filled) and set(over.filled) <= set(line.filled) and known >= len(over.texts) / 2


def _stands_apart(look: Look, over: Line, line: Line) -> bool:
    """Return whether two merged texts are rather the agency and the motto above a table."""
    reach = sum(look.width_of(over.row, column) for column in over.filled)
    upper = sum(text.isupper() for text in over.texts)
    return (
        len(over.filled) == 2
        and upper == 2
        and reach >= 0.6 * len(line.filled)
        and not any(map(is_known_heading, over.texts))
    )


def headings(look: Look, header: Header, columns: Sequence[int]) -> tuple[Heading, ...]:
    """Return the headings of ``columns``: the lines of a header joined, told apart where they are the same."""
    parts = {column: list[str]() for column in columns}
    if header.bottom:
        for row in range(header.top, header.bottom + 1):
            for column, text in _titles_of(look, header, row).items():
                if column in parts and text and text not in parts[column]:
                    parts[column].append(text)
    found: list[Heading] = []
    taken: set[str] = set()
    for column in columns:
        title = " / ".join(parts[column]) or f"Cột {letters(column)}"
        unique, times = title, 1
        while unique in taken:
            times += 1
            unique = f"{title} ({times})"
        taken.add(unique)
        found.append(Heading(column, unique, hidden=column in look.grid.hidden_columns))
    return tuple(found)


def _titles_of(look: Look, header: Header, row: int) -> dict[int, str]:
    """Return the titles of one line of a header by column; a group's title stands over each of its columns."""
    line = look.line(row)
    if line is None:
        return {}
    found = dict(zip(line.filled, line.texts, strict=True))
    for column in line.filled:
        area = look.area(row, column)
        last = area.right if area else _reach(look, header, row, column)
        for other in range(column + 1, last + 1):
            found.setdefault(other, found[column])
    return found


def _reach(look: Look, header: Header, row: int, column: int) -> int:
    """Return how far a group's title reaches to the right where nothing is merged."""
    lower = list(look.lines(range(row + 1, header.bottom + 1)))
    upper = list(look.lines(range(header.top, row)))
    line = look.line(row)
    if line is None or not any(column in other.filled for other in lower):
        return column
    last = column
    while (
        last + 1 < look.grid.width
        and last + 1 not in line.filled
        and (row, last + 1) not in look.under
        and any(last + 1 in other.filled for other in lower)
        and not any(last + 1 in other.filled for other in upper)
    ):
        last += 1
    return last


def same_header(look: Look, header: Header, row: int) -> bool:
    """Return whether the lines from ``row`` on are the header printed again."""
    for offset in range(header.bottom - header.top + 1):
        first, again = (
            look.line(header.top + offset),
            look.line(row + offset) if row + offset <= look.grid.height else None,
        )
        if (first is None) != (again is None) or (first and again and first.signature != again.signature):
            return False
    return True


def columns_in_use(grid: Grid) -> list[int]:
    """Return the columns in which something stands."""
    return [c for c, column in enumerate(grid.columns) if any(cell != "" for cell in column)]
