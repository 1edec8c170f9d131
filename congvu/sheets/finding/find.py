"""Where a table stands in a sheet. What is no data is named with its reason: nothing with content vanishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from congvu.sheets.grid import Grid, SheetRefused
from congvu.sheets.layout import Layout
from congvu.sheets.matching.propose import Known, guess_table
from congvu.sheets.shapes import shape
from congvu.sheets.target import TargetTable

from .beside import one_of_several
from .bodies import FRONT, Body, body_of
from .headers import Header, columns_in_use, header_score, headings, spread
from .lines import Line, Look, is_front, is_heading, is_known_heading, look

_SMALL = 3_000
_HEAD, _TAIL = 150, 200
_MOST_BETWEEN = 50_000
_STEP = 50
_SURE, _ENOUGH, _CLEARLY = 2.2, 1.0, 0.3
_BELOW = 30
BESIDE = "thuộc bảng khác bên cạnh"


def find_layout(grid: Grid, header: int = 0) -> Layout:
    """Return where the table stands; ``header`` is the last row of its header where a person has said so.

    Raises
    ------
    SheetRefused
        Nothing stands in the sheet, or nothing under its header.
    """
    if not 0 <= header <= grid.height:
        raise SheetRefused(f"Trang tính “{grid.name}” chỉ có {grid.height} hàng: không có hàng tiêu đề {header}.")
    if not columns_in_use(grid):
        raise SheetRefused(f"Trang tính “{grid.name}” không có ô nào có nội dung. Chọn trang tính khác.")
    looked = look(grid)
    rows = _rows_to_look_at(grid)
    lines = list(looked.lines(rows))
    if not lines:
        raise SheetRefused(f"Trang tính “{grid.name}” không có ô nào có nội dung. Chọn trang tính khác.")
    blocks = _blocks(looked, lines, header)
    chosen = max(blocks, key=lambda block: _size(block, rows, grid))
    if not chosen.body.rows:
        raise SheetRefused(
            f"Trang tính “{grid.name}” chỉ có tiêu đề, không có hàng dữ liệu nào. "
            "Chọn trang tính khác hoặc hàng tiêu đề khác."
        )
    return _layout(looked, rows, lines, blocks, chosen)


@dataclass(frozen=True)
class _Block:
    """One table: its header, its last row, what its lines are."""

    header: Header
    last: int
    body: Body


def _rows_to_look_at(grid: Grid) -> Sequence[int]:
    """Return the rows that are looked at one by one; every other row fills the columns that are the fullest."""
    if grid.height <= _SMALL:
        return range(1, grid.height + 1)
    found = {*range(1, _HEAD + 1), *range(grid.height - _TAIL + 1, grid.height + 1)}
    fullest = sorted(grid.columns, key=lambda column: column[::_STEP].count(""))[:3]
    for column in fullest:
        found.update(_empty_rows(column))
    if len(found) > _MOST_BETWEEN:
        # Columns with gaps everywhere: only rows that leave all of them empty can be something else.
        between = set.intersection(*(set(_empty_rows(column)) for column in fullest))
        found = {*range(1, _HEAD + 1), *range(grid.height - _TAIL + 1, grid.height + 1), *between}
    found.update(_printed_again(grid, fullest[0]))
    return sorted(found)


def _empty_rows(column: Sequence[object]) -> Iterable[int]:
    row = 0
    for _ in range(column.count("")):
        row = column.index("", row) + 1
        yield row


def _printed_again(grid: Grid, column: Sequence[object]) -> set[int]:
    """Return the rows around each further print of a title of the fullest column."""
    found: set[int] = set()
    for title in {cell for cell in column[:_HEAD] if isinstance(cell, str) and cell and is_known_heading(cell)}:
        if 1 < column.count(title) <= grid.height // 20:
            rows = [row for row, cell in enumerate(column, 1) if cell == title]
            found.update(near for row in rows for near in range(row - 4, row + 6) if 1 <= near <= grid.height)
    return found


def _size(block: _Block, rows: Sequence[int], grid: Grid) -> int:
    """Return how many data rows a block has, those that were not looked at among them."""
    if isinstance(rows, range):
        return len(block.body.rows)
    between = sum(block.header.bottom < row <= block.last for row in rows)
    return len(block.body.rows) + block.last - block.header.bottom - between


def _blocks(looked: Look, lines: Sequence[Line], header: int) -> list[_Block]:
    height = looked.grid.height
    if header:
        found = [_told(looked, lines, header)]
        # Above it nothing is data; below it may stand another table.
        found += [other for other in _headers(looked, lines) if other.top > header and other.score >= _SURE]
    else:
        found = _headers(looked, lines) or [Header(0, 0)]
    blocks = []
    for index, at in enumerate(found):
        last = found[index + 1].top - 1 if index + 1 < len(found) else height
        below = [line for line in lines if at.bottom < line.row <= last]
        if not at.bottom:
            below = below[_front(below) :]
        blocks.append(_Block(at, last, body_of(looked, at, below)))
    return blocks


def _told(looked: Look, lines: Sequence[Line], header: int) -> Header:
    """Return the header whose last row a person has named: as it is found, where it is found to end there."""
    if looked.line(header) is None:
        raise SheetRefused(f"Hàng {header} của trang tính “{looked.grid.name}” trống, không thể là hàng tiêu đề.")
    found = next((one for one in _headers(looked, lines) if one.bottom == header), None)
    return found or spread(looked, header, down=False)


def _front(lines: Sequence[Line]) -> int:
    """Return how many lines stand above the first one that is as wide as the table without a header."""
    widths = sorted(len(line.filled) for line in lines)
    usual = widths[len(widths) // 2] if widths else 0
    return next((i for i, line in enumerate(lines) if len(line.filled) >= usual / 2 and not is_front(line)), 0)


def _headers(looked: Look, lines: Sequence[Line]) -> list[Header]:
    """Return the headers of all tables in a sheet, from above."""
    found: list[Header] = []
    since: list[Line] = []
    signatures: set[object] = set()
    for index, line in enumerate(lines):
        if found and line.row <= found[-1].bottom:
            continue
        score = 0.0
        if line.signature not in signatures and _may_be_header(line):
            score = header_score(looked, line, _under(line, lines[index + 1 : index + 1 + _BELOW]))
        data = sum(_as_wide(other, line) for other in since) if score else 0
        larger = bool(found) and len(line.filled) >= 2 * len(found[-1].columns)
        if found and not data and score > found[-1].score + _CLEARLY:
            found[-1] = spread(looked, line.row, score)
        elif (score > _ENOUGH and not found and data <= 2) or (
            data and _stands_free(looked, line) and score > (_ENOUGH if larger else _SURE)
        ):
            found.append(spread(looked, line.row, score))
        else:
            if _like_data(line):
                since.append(line)
            continue
        since = []
        at = found[-1]
        signatures.update(part.signature for part in looked.lines(range(at.top, at.bottom + 1)))
    return found


def _under(line: Line, below: Sequence[Line]) -> Sequence[Line]:
    """Return the lines up to the first empty row where they make a table by themselves, else all."""
    gap = next((i for i, (one, two) in enumerate(pairwise((line, *below))) if two.row > one.row + 1), len(below))
    wide = sum(len(other.filled) > 1 for other in below[:gap])
    return below[:gap] if len(line.filled) > 1 and wide > 1 else below


def _as_wide(other: Line, line: Line) -> bool:
    """Return whether a line is rather data than one of a few words above the header that ``line`` may be."""
    typed = len(other.filled) > 1 and any(shape(cell) not in {"text", "empty"} for cell in other.cells)
    return typed or len(other.filled) * 2 >= len(line.filled)


def _may_be_header(line: Line) -> bool:
    return sum(map(is_heading, line.texts, line.cells)) >= 0.8 * len(line.texts)


def _like_data(line: Line) -> bool:
    if len(line.filled) < 2 or is_front(line):
        return False
    return not _may_be_header(line) or sum(map(is_known_heading, line.texts)) < 0.5 * len(line.texts)


def _stands_free(looked: Look, line: Line) -> bool:
    """Return whether an empty row or a title stands above a line, as above the header of a further table."""
    above = looked.line(line.row - 1) if line.row > 1 else None
    return above is None or len(above.filled) < min(len(line.filled), 3) or above.row in {1}


def _layout(
    looked: Look, rows: Sequence[int], lines: Sequence[Line], blocks: Sequence[_Block], chosen: _Block
) -> Layout:
    header, body = chosen.header, chosen.body
    aside = dict(body.aside)
    told = {*aside, *body.rows, *range(header.top, header.bottom + 1)}
    for line in lines:
        if line.row not in told:
            aside[line.row] = _elsewhere(blocks, chosen, line.row)
    data = _data_rows(rows, chosen)
    columns, titled = _columns(looked, header, data)
    kept, filled = one_of_several(looked.grid, columns, titled, data)
    if filled and len(filled) < len(data):
        aside |= dict.fromkeys((row for row in data if row not in filled), BESIDE)
        data = [row for row in data if row in filled]
    found = headings(looked, header, columns)
    return Layout(
        (header.top, header.bottom),
        tuple(heading for heading in found if heading.column in kept),
        data,
        dict(sorted(aside.items())),
        body.sections,
        tuple(heading.title for heading in found if heading.column not in kept),
    )


def _elsewhere(blocks: Sequence[_Block], chosen: _Block, row: int) -> str:
    for block in blocks:
        if block is not chosen and block.header.top <= row <= block.last and block.header.bottom:
            return f"thuộc bảng khác trên cùng trang tính (tiêu đề ở hàng {block.header.bottom})"
    return FRONT


def _data_rows(rows: Sequence[int], chosen: _Block) -> Sequence[int]:
    """Return the data rows: those found among the looked-at ones, and all between that were not."""
    first, last = chosen.body.rows[0], chosen.body.rows[-1]
    if isinstance(rows, range):
        found = chosen.body.rows
        return range(first, last + 1) if len(found) == last - first + 1 else found
    out = set(rows) - set(chosen.body.rows)
    end = chosen.last if chosen.last not in rows else last
    begin = max(chosen.header.bottom + 1, 1)
    inside = [row for row in out if begin <= row <= end]
    if not any(first <= row <= end for row in inside):
        return range(first, end + 1)
    away = set(inside)
    return [row for row in range(begin, end + 1) if row not in away]


def _columns(looked: Look, header: Header, data: Sequence[int]) -> tuple[list[int], set[int]]:
    """Return the columns with a title or with values in data rows, and those with a title."""
    titled = (
        {column for line in looked.lines(range(header.top, header.bottom + 1)) for column in line.filled}
        if header.bottom
        else set()
    )
    found = []
    for column in columns_in_use(looked.grid):
        cells = looked.grid.columns[column]
        if column in titled or any(_filled(cells[row - 1]) for row in data):
            found.append(column)
    return found, titled


def _filled(cell: object) -> bool:
    return cell != "" and not (isinstance(cell, str) and not cell.strip())


def fill_merged(grid: Grid, layout: Layout) -> Grid:
    """Return the grid with the value of each merged area in all its cells, as far as they lie in data rows."""
    data = layout.rows if isinstance(layout.rows, range) else frozenset(layout.rows)
    changed: dict[int, list[object]] = {}
    for area in grid.merged:
        if area.top not in data or area.top > grid.height or area.left >= grid.width:
            continue
        value = grid.columns[area.left][area.top - 1]
        for column in range(area.left, min(area.right, grid.width - 1) + 1):
            cells = changed.setdefault(column, list(grid.columns[column]))
            for row in range(area.top, min(area.bottom, grid.height) + 1):
                if row in data and cells[row - 1] == "":
                    cells[row - 1] = value
    columns = tuple(tuple(changed[c]) if c in changed else cells for c, cells in enumerate(grid.columns))
    return replace(grid, columns=columns)  # type: ignore[arg-type]


def find_sheet(book_sheets: Sequence[tuple[str, bool, Grid]], tables: Mapping[str, TargetTable]) -> tuple[str, str]:
    """Return the sheet that is likeliest meant, and the table that it is likeliest to become.

    Raises
    ------
    SheetRefused
        No sheet has a table.
    """
    best: tuple[float, str, str] | None = None
    for name, hidden, grid in book_sheets:
        try:
            layout = find_layout(grid)
        except SheetRefused:
            continue
        guesses = guess_table(grid, layout, tables, Known())
        table, score = (guesses[0][0], guesses[0][1]) if guesses else ("", 0.0)
        score += min(len(layout.rows), 200) / 1000 - (0.5 if hidden else 0)
        if best is None or score > best[0]:
            best = (score, name, table)
    if best is None:
        raise SheetRefused("Không trang tính nào trong tệp có bảng dữ liệu. Kiểm tra lại tệp.")
    return best[1], best[2]
