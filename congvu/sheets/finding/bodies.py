"""The rows under a header: which are data, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from congvu.sheets.shapes import shape

from .headers import Header, same_header
from .lines import Line, Look, is_foot, is_front, is_numbering, is_page, is_total
from .sections import Sections, has_numeral, is_numbered, section_of

TOTAL = "hàng tổng cộng"
NUMBERING = "hàng đánh số cột"
AGAIN = "tiêu đề in lại"
FOOT = "chữ ký hoặc ghi chú cuối bảng"
PAGE = "số trang"
FRONT = "tiêu đề của trang tính"
GROUP = "tên nhóm hàng"


@dataclass
class Body:
    """What the looked-at lines under a header are: numbers of data rows, the others with a reason, groups."""

    rows: list[int] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Usual:
    """What most lines fill: ``dense`` columns, of which ``typed`` hold days, numbers or codes."""

    dense: frozenset[int]
    typed: frozenset[int]

    def is_thin(self, look: Look, line: Line) -> bool:
        held = len(look.held(line) & self.dense)
        return held <= max(1, len(self.dense) * 0.34) and len(self.dense) > 1

    def is_strong(self, look: Look, line: Line) -> bool:
        if len(look.held(line) & self.dense) < 0.6 * len(self.dense):
            return False
        cells = dict(zip(line.filled, line.cells, strict=True))
        return not self.typed or any(c in cells and shape(cells[c]) != "text" for c in self.typed)


def body_of(look: Look, header: Header, lines: Sequence[Line]) -> Body:
    """Return what the lines under ``header`` are."""
    usual = _usual(look, lines)
    found = Body()
    foot = _foot(look, usual, lines)
    printed_again = _again(look, header, lines)
    groups = Sections()
    waiting: list[int] = []
    for line in lines:
        row = line.row
        if row in printed_again:
            found.aside[row] = AGAIN
        elif (is_numbering(line, len(usual.dense)) and not found.rows) or (
            is_numbering(line, len(usual.dense)) and row - 1 in found.aside
        ):
            found.aside[row] = NUMBERING
        elif reason := _aside(look, usual, line, row >= foot):
            found.aside[row] = reason
        elif _heads_group(look, usual, line) and (told := section_of(line)):
            found.aside[row] = GROUP
            found.sections[row] = groups.enter(*told)
            waiting.append(row)
            continue
        else:
            found.rows.append(row)
            waiting.clear()
    for row in waiting:  # no rows follow: what stands there heads nothing
        del found.sections[row]
        found.aside[row] = FOOT
    return found


def _usual(look: Look, lines: Sequence[Line]) -> _Usual:
    most = max((len(look.held(line)) for line in lines), default=0)
    full = [line for line in lines if len(look.held(line)) >= max(min(2, most), most / 2)]
    full = [line for line in full if not is_total(line)] or full
    counted = Counter(column for line in full for column in look.held(line))
    dense = frozenset(column for column, times in counted.items() if times >= 0.6 * len(full))
    typed = Counter(
        column
        for line in full
        for column, cell in zip(line.filled, line.cells, strict=True)
        if column in dense and shape(cell) != "text"
    )
    return _Usual(dense, frozenset(column for column, times in typed.items() if times >= 0.6 * len(full)))


def _foot(look: Look, usual: _Usual, lines: Sequence[Line]) -> int:
    """Return the first row of what stands under a table: signatures, notes."""
    start = lines[-1].row + 1 if lines else 0
    for line in reversed(lines):
        if is_total(line) or is_page(line):
            continue
        words = all(isinstance(cell, str) and shape(cell) in {"text", "empty"} for cell in line.cells)
        if usual.is_strong(look, line) and not (is_foot(line) and words):
            break
        if is_foot(line) and (words or usual.is_thin(look, line)):
            start = line.row
    return start


def _again(look: Look, header: Header, lines: Sequence[Line]) -> set[int]:
    if not header.bottom:
        return set()
    first = look.line(header.top)
    assert first is not None
    found: set[int] = set()
    for line in lines:
        if line.signature == first.signature and same_header(look, header, line.row):
            found.update(range(line.row, line.row + header.bottom - header.top + 1))
    return found


def _aside(look: Look, usual: _Usual, line: Line, in_foot: bool) -> str:
    """Return why a line is no data, "" if it may be."""
    if is_total(line) and not usual.dense <= look.held(line):
        return TOTAL
    if in_foot:
        return FOOT
    if usual.is_thin(look, line):
        if is_page(line):
            return PAGE
        if is_front(line):
            return FRONT
    return ""


def _heads_group(look: Look, usual: _Usual, line: Line) -> bool:
    if not usual.is_thin(look, line) and not (len(usual.dense) > 3 and has_numeral(line)):
        return False
    if any(shape(cell) in {"day", "time"} for cell in line.cells):
        return False
    if look.width_of(line.row, line.filled[0]) > 1:
        return True
    if len(usual.dense) > 2 and line.filled[0] <= sorted(usual.dense)[1]:
        return True
    return is_numbered(line.texts[0])
