"""Tables: totals against their rows and columns; shares and growth are looked at beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from congvu.press.manuscript import Manuscript

from ..findings import Finding
from ..grammar.slips import written
from ..grammar.vocabulary import said
from . import grid_shares
from .grid_misses import At, Miss, findings
from .partitions import partition_of
from .sheets import Cell, Sheet, known, sheet_of

_TOTAL = re.compile(
    r"^\s*(?:tổng(?: số| cộng)?|cộng|toàn (?:tỉnh|ngành|huyện|thành phố|xã))\s*(?:[-–/]\s*total)?"
    r"\s*:?\s*(?:\([^)]*\))?\s*$",
    re.IGNORECASE,
)
_TOTAL_HEAD = re.compile(r"(?<!\w)(?:tổng|cộng)", re.IGNORECASE)
_GROUP = re.compile(r"^\s*(?:[IVX]+|[A-ZĐ])\.?\s*$")
_MEMBER = re.compile(r"^\s*(?:\d{1,2}[.)]?|[-–])\s*$")
_DETAIL = said("trong đó, gồm, riêng, trong số")
_NO_PART = said(
    "bình quân, trung bình, tỷ lệ, tỉ lệ, so với, so sánh, xếp hạng, kế hoạch, cùng kỳ, chênh lệch", "start"
)
_SURE = 2
_SLACK = 1e-6


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for grid in manuscript.grids:
        sheet = sheet_of(grid)
        if sheet is not None:
            misses = [*_rows_to_totals(sheet), *_rows_to_groups(sheet), *_columns_to_totals(sheet)]
            yield from findings(sheet, misses)
            yield from grid_shares.find(sheet)


# Rows under a total


def _rows_to_totals(sheet: Sheet) -> Iterator[Miss]:
    totals = [i for i, name in enumerate(sheet.names) if _TOTAL.match(name)]
    if len(totals) != 1:
        return
    total = totals[0]
    readings = _readings(sheet, total)
    columns = [c for c in sheet.addable() if any(_sum(sheet, c, total, rows) is not None for rows in readings)]
    if not readings or not columns:
        return
    agreed = [[c for c in columns if _adds_up(sheet, c, total, rows)] for rows in readings]
    best = max(range(len(readings)), key=lambda i: len(agreed[i]))
    broken = [c for c in columns if not any(c in held for held in agreed)]
    if len(broken) > max(len(agreed[best]), 1):
        return
    for column in broken:
        yield from _of_column(sheet, column, total, readings[best], sure=len(agreed[best]) >= _SURE)


def _readings(sheet: Sheet, total: int) -> list[list[int]]:
    """Return the rows that may make up the total: all, the groups alone, their members alone, those under one heading.

    Yearbooks part one total in several ways below each other, each under a heading without numbers.
    """
    others = [
        i for i, name in enumerate(sheet.names) if i != total and not _DETAIL.search(name) and not _NO_PART.search(name)
    ]
    below = [i for i in others if i < total] if total == len(sheet.rows) - 1 else others
    groups = [i for i in below if _GROUP.match(sheet.marks[i])]
    members = [i for i in below if i not in groups]
    return [rows for rows in (below, groups, members, *_sections(sheet, below)) if len(rows) >= 2]


def _sections(sheet: Sheet, rows: Sequence[int]) -> list[list[int]]:
    """Part rows at those that hold no number at all."""
    sections: list[list[int]] = [[]]
    for row in rows:
        if any(sheet.rows[row]):
            sections[-1].append(row)
        else:
            sections.append([])
    return sections


def _rows_to_groups(sheet: Sheet) -> Iterator[Miss]:
    """Find the subtotals (rows marked I, II … or A, B …) that their own rows do not make up, where most do."""
    groups = [i for i, mark in enumerate(sheet.marks) if _GROUP.match(mark)]
    ends = [*groups[1:], len(sheet.rows)] if groups else []
    spans = [
        (at, [i for i in range(at + 1, end) if _MEMBER.match(sheet.marks[i]) and not _DETAIL.search(sheet.names[i])])
        for at, end in zip(groups, ends, strict=True)
    ]
    places = [(c, at, rows) for at, rows in spans for c in sheet.addable() if _sum(sheet, c, at, rows) is not None]
    wrong = [place for place in places if not _adds_up(sheet, *place)]
    right = len(places) - len(wrong)
    if right >= _SURE and len(wrong) <= right // 2:
        for column, at, rows in wrong:
            yield from _of_column(sheet, column, at, rows, sure=right > _SURE)


def _sum(sheet: Sheet, column: int, total: int, rows: Sequence[int]) -> tuple[Cell, list[Cell]] | None:
    """Return a total and its parts; None where there are none, or a number among them cannot be read."""
    cells = [sheet.rows[i][column] for i in rows]
    goal = sheet.rows[total][column]
    parts = [cell for cell in cells if cell is not None]
    if goal is None or len(parts) < 2 or not known([goal, *parts]):
        return None
    return goal, parts


def _adds_up(sheet: Sheet, column: int, total: int, rows: Sequence[int]) -> bool:
    found = _sum(sheet, column, total, rows)
    if found is None:
        return False
    goal, parts = found
    room = sum(c.room for c in parts) + goal.room
    return abs(sum(c.value for c in parts) - goal.value) <= room + _SLACK


def _of_column(sheet: Sheet, column: int, total: int, rows: Sequence[int], *, sure: bool) -> Iterator[Miss]:
    found = _sum(sheet, column, total, rows)
    if found is None:
        return
    goal, parts = found
    excess = sum(c.value for c in parts) - goal.value
    computed = written(goal.value + excess, min(c.step for c in (goal, *parts)))
    yield Miss(
        (total, column),
        tuple((row, column) for row in rows if sheet.rows[row][column] is not None),
        excess,
        sure,
        f"Cột «{sheet.head(column)}»: các dòng cộng lại là {computed},"
        f" còn dòng «{sheet.names[total]}» ghi {goal.text}.",
        "Đúng nếu có dòng không thuộc tổng này, hoặc một ô viết sai dấu.",
    )


# Columns beside a total


def _columns_to_totals(sheet: Sheet) -> Iterator[Miss]:
    """Find the rows whose total column differs, where it agrees in most rows or is told to be of these columns."""
    columns = sheet.addable()
    for total in columns:
        if not _TOTAL_HEAD.search(sheet.heads[total]):
            continue
        taken: set[int] = set()
        for run in _runs([c for c in columns if c > total], [c for c in columns if c < total]):
            if not taken.intersection(run):
                misses = _of_run(sheet, total, run)
                if misses is not None:
                    taken.update(run)
                    yield from misses


def _runs(after: list[int], before: list[int]) -> Iterator[list[int]]:
    """Yield the columns that a total may be of: side by side, on the right of it, then on the left, most first."""
    for side in (after, before):
        for width in range(len(side), 1, -1):
            yield from (side[at : at + width] for at in range(len(side) - width + 1))


def _of_run(sheet: Sheet, total: int, run: Sequence[int]) -> list[Miss] | None:
    """Return the rows in which ``run`` does not make up ``total``; None where it is not made of them."""
    rows = [
        (index, goal, parts)
        for index, row in enumerate(sheet.rows)
        if (goal := row[total]) is not None and None not in (cells := [row[i] for i in run])
        if (parts := [c for c in cells if c is not None]) and known([goal, *parts])
    ]
    wrong = [(index, goal, parts) for index, goal, parts in rows if not _is_sum(goal, parts)]
    right = len(rows) - len(wrong)
    told = _all_classes([sheet.heads[i] for i in run])
    if right < (1 if told else 2) or len(wrong) > max(len(rows) // 3, int(told)):
        return None
    return [_of_row(sheet, (index, total), goal, parts, run, sure=right >= _SURE) for index, goal, parts in wrong]


def _all_classes(heads: Sequence[str]) -> bool:
    """Return whether the heads name all the classes of one way of telling apart: male and female."""
    partition = partition_of([" ".join(head.split()).lower() for head in heads])
    return partition is not None and len(partition.classes) == len(heads)


def _is_sum(goal: Cell, parts: Sequence[Cell]) -> bool:
    return abs(sum(c.value for c in parts) - goal.value) <= sum(c.room for c in parts) + goal.room + _SLACK


def _of_row(sheet: Sheet, at: At, goal: Cell, parts: Sequence[Cell], run: Sequence[int], *, sure: bool) -> Miss:
    excess = sum(c.value for c in parts) - goal.value
    computed = written(goal.value + excess, min(c.step for c in (goal, *parts)))
    return Miss(
        at,
        tuple((at[0], column) for column in run),
        excess,
        sure,
        f"Cột «{sheet.head(at[1])}» ghi {goal.text}, còn các cột thành phần cộng lại là {computed};"
        " các dòng khác đều khớp.",
        "Đúng nếu các cột này không phải là toàn bộ của tổng, hoặc một ô viết sai dấu.",
    )
