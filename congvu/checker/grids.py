"""Tables: totals against their rows and columns, shares against the columns that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from congvu.press.manuscript import Grid, Manuscript, Paragraph

from .findings import Certainty, Finding, Kind
from .quantities import Span, parse_number
from .slips import written
from .vocabulary import said

_TOTAL = re.compile(
    r"^\s*(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|ngành|huyện|thành phố|xã))\s*:?\s*(?:\([^)]*\))?\s*$", re.IGNORECASE
)
_RATE = re.compile(
    r"%|tỷ lệ|tỉ lệ|bình quân|trung bình|chỉ số|điểm|hạng|năm|stt|số tt|so với|tăng|giảm|mức", re.IGNORECASE
)
_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ", re.IGNORECASE)
_GROUP = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ])\.?\s*$")
_DETAIL = said("trong đó, gồm, riêng, trong số")
MOST_COLUMNS = 14


@dataclass(frozen=True, slots=True)
class Cell:
    paragraph: Paragraph
    value: float
    step: float

    @property
    def text(self) -> str:
        return self.paragraph.text.strip()


@dataclass(frozen=True)
class Sheet:
    """A table's numbers: ``rows`` below the header (None: no number), their names, the columns' heads."""

    heads: tuple[str, ...]
    names: tuple[str, ...]
    marks: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def column(self, index: int) -> list[Cell | None]:
        return [row[index] for row in self.rows]


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for grid in manuscript.grids:
        sheet = _sheet(grid)
        if sheet is not None:
            yield from _rows_to_totals(sheet)
            yield from _columns_to_totals(sheet)
            yield from _shares(sheet)


def _sheet(grid: Grid) -> Sheet | None:
    width = max((len(row) for row in grid.rows), default=0)
    if not 2 <= width <= MOST_COLUMNS or len(grid.rows) < 3:
        return None
    cells = [[_number(cell) for cell in row] + [None] * (width - len(row)) for row in grid.rows]
    first = next((i for i, row in enumerate(cells) if sum(c is not None for c in row[1:]) >= 1 and i > 0), None)
    if first is None:
        return None
    # a row of 1, 2, 3 … below the heads numbers the columns
    if [c.value for c in cells[first] if c is not None] == list(range(1, width + 1)):
        first += 1
    heads = tuple(" ".join(row[i].text for row in grid.rows[:first] if i < len(row)) for i in range(width))
    body = grid.rows[first:]
    return Sheet(
        heads, tuple(_name(row) for row in body), tuple(row[0].text for row in body), tuple(map(tuple, cells[first:]))
    )


def _name(row: Sequence[Paragraph]) -> str:
    return next((cell.text for cell in row if re.search(r"[^\W\d_]{2}", cell.text)), "")


_NUMBER = re.compile(r"^\s*(-?)(\d+(?:[.,]\d+)*)\s*%?\s*$")


def _number(cell: Paragraph) -> Cell | None:
    found = _NUMBER.match(cell.text)
    parsed = parse_number(found[2], "%" in cell.text) if found else None
    if found is None or parsed is None:
        return None
    return Cell(cell, -parsed[0] if found[1] else parsed[0], parsed[1])


def _columns(sheet: Sheet) -> list[int]:
    """Return the columns that can be added: of numbers, and no rates."""
    return [
        index for index, head in enumerate(sheet.heads)
        if not _RATE.search(head) and sum(c is not None for c in sheet.column(index)) >= 3
        and not all("%" in c.text for c in sheet.column(index) if c is not None)
        and not (index == 0 and _counts_up(sheet.column(0)))
    ]  # fmt: skip


def _counts_up(column: Sequence[Cell | None]) -> bool:
    values = [c.value for c in column if c is not None]
    return all(b - a in (0, 1) or b == 1 for a, b in pairwise(values))


# Rows under a total


def _rows_to_totals(sheet: Sheet) -> Iterator[Finding]:
    totals = [i for i, name in enumerate(sheet.names) if _TOTAL.match(name)]
    if len(totals) != 1:
        return
    total = totals[0]
    columns = _columns(sheet)
    readings = _readings(sheet, total)
    held = {i: any(_adds_up(sheet, i, total, rows) for rows in readings) for i in columns}
    broken = [i for i, holds in held.items() if not holds and sheet.rows[total][i] is not None]
    agreed = sum(held.values())
    if not readings or len(broken) > max(agreed, 1):
        return
    for index in broken:
        yield _of_column(sheet, index, total, readings[0], certain=agreed >= 2)


def _readings(sheet: Sheet, total: int) -> list[list[int]]:
    """Return the rows that may make up the total: all of them, the groups alone, the groups' members alone."""
    others = [i for i in range(len(sheet.rows)) if i != total and not _DETAIL.search(sheet.names[i])]
    below = (
        others[total:] if total == 0 else [i for i in others if i < total] if total == len(sheet.rows) - 1 else others
    )
    groups = [i for i in below if _GROUP.match(sheet.marks[i])]
    members = [i for i in below if i not in groups]
    return [rows for rows in (below, groups, members) if len(rows) >= 2]


def _adds_up(sheet: Sheet, column: int, total: int, rows: Sequence[int]) -> bool:
    goal = sheet.rows[total][column]
    cells = [c for i in rows if (c := sheet.rows[i][column]) is not None]
    if goal is None or len(cells) < 2:
        return True
    amount, room = sum(c.value for c in cells), sum(_room(c) for c in cells) + _room(goal)
    return abs(amount - goal.value) <= room + 1e-9


def _room(cell: Cell) -> float:
    return 0.0 if cell.step == 1 else cell.step / 2


def _of_column(sheet: Sheet, column: int, total: int, rows: Sequence[int], *, certain: bool) -> Finding:
    goal = sheet.rows[total][column]
    assert goal is not None
    cells = [c for i in rows if (c := sheet.rows[i][column]) is not None]
    amount = sum(c.value for c in cells)
    step = min(c.step for c in (goal, *cells))
    message = (
        f"Cột «{_short(sheet.heads[column])}»: các dòng cộng lại là {written(amount, step)},"
        f" còn dòng «{sheet.names[total]}» ghi {goal.text}."
    )
    if not certain:
        message += " Đúng nếu có dòng không thuộc tổng này."
    return _finding(Kind.SUM, "certain" if certain else "likely", goal, written(amount, step), message)


# Columns beside a total


def _columns_to_totals(sheet: Sheet) -> Iterator[Finding]:
    """Find the rows whose total column differs, in a table where it agrees in most rows."""
    columns = _columns(sheet)
    for total in columns:
        if not re.search(r"(?<!\w)(?:tổng|cộng)", sheet.heads[total].lower()):
            continue
        for run in _runs([c for c in columns if c > total], [c for c in columns if c < total]):
            known = [(row, amount) for row in sheet.rows if (amount := _row_sum(row, total, run)) is not None]
            wrong = [
                (goal, amount) for row, amount in known if (goal := row[total]) and abs(amount - goal.value) > 1e-6
            ]
            if len(known) >= 3 and len(wrong) <= len(known) // 3:
                yield from (_of_row(sheet, total, goal, amount) for goal, amount in wrong)
                break


def _runs(after: list[int], before: list[int]) -> Iterator[list[int]]:
    """Yield the columns that a total may be of: those next to it on the right, then on the left, most first."""
    yield from (after[:last] for last in range(len(after), 1, -1))
    yield from (before[-last:] for last in range(len(before), 1, -1))


def _of_row(sheet: Sheet, total: int, goal: Cell, amount: float) -> Finding:
    computed = written(amount, goal.step)
    message = (
        f"Cột «{_short(sheet.heads[total])}» ghi {goal.text}, còn các cột thành phần cộng lại là {computed};"
        " các dòng khác đều khớp."
    )
    return _finding(Kind.SUM, "certain", goal, computed, message)


def _row_sum(row: Sequence[Cell | None], total: int, parts: Sequence[int]) -> float | None:
    cells = [row[i] for i in parts]
    if row[total] is None or any(c is None for c in cells):
        return None
    return sum(c.value for c in cells if c is not None)


# Shares of columns


def _shares(sheet: Sheet) -> Iterator[Finding]:
    counts = _columns(sheet)
    for index, head in enumerate(sheet.heads):
        column = sheet.column(index)
        if not (_SHARE.search(head) or sum(1 for c in column if c and "%" in c.text) >= 3):
            continue
        for part, whole in permutations(counts, 2):
            rows = [
                (share, a, b)
                for row in sheet.rows
                if (share := row[index]) and (a := row[part]) and (b := row[whole]) and b.value > 0
            ]
            wrong = [row for row in rows if not _is_share(*row)]
            right = len(rows) - len(wrong)
            if len(rows) >= 3 and right >= 2 and len(wrong) <= len(rows) // 3:
                certainty: Certainty = "certain" if right >= 3 else "likely"
                yield from (_of_share(head, certainty, *row) for row in wrong)
                break


def _of_share(head: str, certainty: Certainty, share: Cell, part: Cell, whole: Cell) -> Finding:
    due = f"{written(100 * part.value / whole.value, share.step)}%"
    message = (
        f"{part.text} trên {whole.text} là {due}, không phải {share.text.rstrip('%')}%;"
        f" các dòng khác của cột «{_short(head)}» đều khớp."
    )
    return _finding(Kind.SHARE, certainty, share, due, message)


def _is_share(share: Cell, part: Cell, whole: Cell) -> bool:
    due = 100 * part.value / whole.value
    return Span(due, due).meets(Span(share.value - share.step / 2, share.value + share.step))


def _short(head: str) -> str:
    return " ".join(head.split())[:60]


def _finding(kind: Kind, certainty: Certainty, cell: Cell, computed: str, message: str) -> Finding:
    return Finding(kind, certainty, cell.paragraph, 0, len(cell.paragraph.text), cell.text, computed, message)
