"""Tables: columns of shares and of growth against the columns that they are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import permutations

from ..findings import Certainty, Finding, Kind
from ..grammar.quantities import Span
from ..grammar.slips import written
from .sheets import Cell, Sheet

_SHARE = re.compile(r"%|tỷ lệ|tỉ lệ", re.IGNORECASE)
_GROWTH = re.compile(r"tăng|giảm|so với|so sánh|cùng kỳ|tốc độ", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SURE = 3

Due = Callable[[float, float], float]


def find(sheet: Sheet) -> Iterator[Finding]:
    """Yield the shares that differ from their row's numbers, in columns where other rows agree."""
    amounts = sheet.amounts()
    for index, head in enumerate(sheet.heads):
        column = [c for c in sheet.column(index) if c is not None]
        shares = _SHARE.search(head) or sum("%" in c.text for c in column) >= 3
        if len(column) < 2 or not shares:
            continue
        ways: tuple[Due, ...] = (_share, _growth) if _GROWTH.search(head) else (_share,)
        pairs = sorted(permutations((i for i in amounts if i != index), 2), key=lambda pair: -min(pair))
        found = (
            _of_column(sheet, index, *pair, way)
            for way in reversed(ways)
            for pair in pairs
            if way is _share or _later(sheet, *pair)
        )
        yield from next((findings for findings in found if findings is not None), ())


def _later(sheet: Sheet, now: int, before: int) -> bool:
    """Return whether a column is later than another: by the years of their heads, else as one reads."""
    years = [[int(year) for year in _YEAR.findall(sheet.heads[index])] for index in (now, before)]
    if all(years) and years[0] != years[1]:
        return max(years[0]) > max(years[1])
    return now > before


def _share(part: float, whole: float) -> float:
    return 100 * part / whole


def _growth(now: float, before: float) -> float:
    return 100 * (now - before) / before


def _of_column(sheet: Sheet, index: int, part: int, whole: int, due: Due) -> list[Finding] | None:
    """Return what differs if the column is made in this way of these two; None where it is not."""
    rows = [
        (share, due(a.value, b.value), a, b)
        for row in sheet.rows
        if (share := row[index]) and (a := row[part]) and (b := row[whole])
        if share.amount is not None and a.amount is not None and b.amount is not None and b.amount > 0
    ]
    wrong = [row for row in rows if not _fits(row[0], row[1], unsigned=due is _growth)]
    right = len(rows) - len(wrong)
    # one row that agrees shows how a column is made if it is told to the decimal, and made of its neighbours
    near = {part, whole} == {index - 2, index - 1} and all(row[0].step < 1 for row in rows)
    if right < (1 if near else 2) or len(wrong) > max(len(rows) // 3, 1 if near else 0):
        return None
    certainty: Certainty = "certain" if right >= _SURE else "likely"
    return [_finding(sheet.head(index), certainty, *row, growth=due is _growth) for row in wrong]


def _fits(share: Cell, due: float, *, unsigned: bool) -> bool:
    value = abs(share.value) if unsigned else share.value
    exact = abs(due) if unsigned else due
    if unsigned and share.value < 0 < due:
        return False
    return Span(exact, exact).meets(Span(value - share.step / 2, value + share.step))


def _finding(
    head: str, certainty: Certainty, share: Cell, due: float, part: Cell, whole: Cell, *, growth: bool
) -> Finding:
    computed = f"{written(due, share.step)}%"
    how = f"Từ {whole.text} đến {part.text} là" if growth else f"{part.text} trên {whole.text} là"
    message = f"{how} {computed}, không phải {share.text.rstrip('%')}%; các dòng khác của cột «{head}» đều khớp."
    paragraph = share.paragraph
    return Finding(Kind.SHARE, certainty, paragraph, 0, len(paragraph.text), share.text, computed, message)
