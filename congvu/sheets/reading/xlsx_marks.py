"""What stands in a sheet's XML beside its values: hidden rows and columns, errors, formulas never computed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.sheets.grid import Flaw

from .xlsx_bounds import column_number

ERRORS = {
    "#REF!": "công thức trỏ tới ô không còn",
    "#N/A": "công thức không tìm thấy giá trị",
    "#NAME?": "công thức gọi một tên không có",
    "#VALUE!": "công thức dùng sai kiểu giá trị",
    "#DIV/0!": "công thức chia cho 0",
    "#NUM!": "công thức ra số không biểu diễn được",
    "#NULL!": "công thức dùng hai vùng không giao nhau",
}
NEVER_COMPUTED = (
    "ô có công thức nhưng tệp không chứa kết quả; hãy mở tệp bằng Excel, lưu lại rồi gửi lại, hoặc gõ giá trị vào ô"
)
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>')
_HIDDEN_ROW = re.compile(rb'<row\b([^>]*?\shidden="(?:1|true)"[^>]*)>')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col\b([^>]*?\shidden="(?:1|true)"[^>]*)>')
_END = re.compile(rb'\s(min|max)="([0-9]{1,6})"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_NO_VALUE = re.compile(rb"(?:</f\s*>|<f\s[^>]*/>)\s*(<v>\s*</v>|<v\s*/>)?\s*</c>")


def error(row: int, column: int, value: str) -> Flaw:
    """Return the flaw of a cell that shows an error."""
    what = ERRORS.get(value, "công thức không ra giá trị")
    return Flaw(row, column, value, f"ô chứa lỗi {value} ({what}); hãy sửa công thức hoặc gõ giá trị vào ô rồi gửi lại")


def hidden_rows(xml: bytes) -> frozenset[int]:
    """Return the numbers of the hidden rows."""
    if b"hidden=" not in xml:
        return frozenset()
    named = (_ROW_NUMBER.search(row[1]) for row in _HIDDEN_ROW.finditer(xml))
    return frozenset(int(number[1]) for number in named if number)


def hidden_columns(xml: bytes, width: int) -> frozenset[int]:
    """Return the hidden columns from 0, none beyond the ``width`` of the sheet."""
    hidden: set[int] = set()
    for column in _HIDDEN_COLUMN.finditer(xml, 0, max(xml.find(b"<sheetData"), 0)):
        ends = {name: int(number) for name, number in _END.findall(column[1])}
        hidden.update(range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), width)))
    return frozenset(hidden)


def flaws(xml: bytes) -> tuple[Flaw, ...]:
    """Return the cells that hold no value of their own, in the order of the file."""
    return (*_errors(xml), *_never_computed(xml))


def _errors(xml: bytes) -> Iterator[Flaw]:
    if b"#" not in xml:
        # every error begins with it, and a single rare byte is found ten times as fast as a word
        return
    for cell, place in _cells_with(xml, b't="e"'):
        value = _VALUE.search(xml, place, xml.find(b"</c", place))
        yield error(int(cell[2]), column_number(cell[1]), value[1].decode("utf-8", "replace") if value else "")


def _cells_with(xml: bytes, mark: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Yield the cells whose tag has ``mark``, and where it stands."""
    place = xml.find(mark)
    while place >= 0:
        cell = _CELL.match(xml, xml.rfind(b"<", 0, place))
        if cell:
            yield cell, place
        place = xml.find(mark, place + 1)


def _never_computed(xml: bytes) -> Iterator[Flaw]:
    if b"</f>" not in xml:
        return
    for ending in (b"</f>", b"<f "):
        place = xml.find(ending)
        while place >= 0:
            found = _NO_VALUE.match(xml, place)
            cell = _CELL.match(xml, xml.rfind(b"<c ", 0, place)) if found else None
            # a text that a formula made may be empty; Excel writes it as one
            if found and cell and not (found[1] and b't="str"' in cell[3]):
                yield Flaw(int(cell[2]), column_number(cell[1]), "", NEVER_COMPUTED)
            place = xml.find(ending, place + 1)
