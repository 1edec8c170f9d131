"""Binary workbooks (xlsb): their records walked through before and beside the reading."""

from __future__ import annotations

import io
import posixpath
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from congvu.sheets.grid import Area, Flaw, Grid, cell_name

from . import xlsx_marks
from .dense import CELLS_MAX, COLUMNS_MAX, ROWS_MAX, Unread, areas, columns_of, guarded, reaching, refuse_size, sheet_of
from .plain_xml import local, tree
from .xls import ERRORS
from .zipped import Parts, packed

_ROW, _FIRST_VALUE, _LAST_VALUE, _ERROR, _FORMULA_ERROR, _COLUMNS, _MERGED = 0, 2, 11, 3, 11, 60, 176
_WORKBOOK, _SHEET = 153, 156
_RELATIONS = "xl/_rels/workbook.bin.rels"


@dataclass
class Xlsb:
    parts: Parts
    book: CalamineWorkbook
    sheets: dict[str, str]
    epoch_1904: bool

    def read(self, sheet: str) -> Grid:
        """Return a sheet.

        Raises
        ------
        SheetRefused
        """
        marks = _Marks()
        for kind, body in _records(self.parts.read(self.sheets[sheet])):
            marks.take(kind, body)
        if marks.row > ROWS_MAX or marks.columns > COLUMNS_MAX or marks.height * marks.columns > CELLS_MAX:
            raise refuse_size(self.parts.name, sheet, marks.height, marks.columns, marks.stray())
        try:
            read = sheet_of(self.book, sheet)
            columns = reaching(columns_of(read), marks.flaws)
        except Unread as error:
            raise self.parts.broken(f"trang tính «{sheet}» không đọc được") from error
        floats = tuple(tuple(float(cell) if type(cell) is int else cell for cell in column) for column in columns)
        hidden = frozenset(column for column in marks.hidden_columns if column < len(floats))
        return Grid(sheet, floats, tuple(marks.merged), frozenset(marks.hidden_rows), hidden, tuple(marks.flaws))


def open_xlsb(parts: Parts) -> Xlsb:
    """Return the workbook.

    Raises
    ------
    SheetRefused
    """
    targets = {
        element.get("Id", ""): posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip("/")
        for element in tree(parts.read(_RELATIONS), parts.name, _RELATIONS).iter()
        if local(element) == "Relationship" and element.get("Type", "").endswith("/worksheet")
    }
    sheets: dict[str, str] = {}
    epoch_1904 = False
    for kind, body in _records(parts.read("xl/workbook.bin")):
        if kind == _WORKBOOK:
            epoch_1904 = bool(body[0] & 1) if body else False
        elif kind == _SHEET:
            relation, rest = _text(body[8:])
            if relation in targets:
                sheets[_text(rest)[0]] = targets[relation]
    # every part that the reader may look at has been measured by being read here
    content = packed({path: parts.read(path) for path in parts.paths() if path.endswith((".bin", ".xml", ".rels"))})
    try:
        book = guarded(lambda: CalamineWorkbook.from_object(io.BytesIO(content)))
    except Unread as error:
        raise parts.broken("nội dung không đọc được") from error
    return Xlsb(parts, book, sheets, epoch_1904)


def _text(body: bytes) -> tuple[str, bytes]:
    """Return the text at the beginning, and what follows it."""
    end = 4 + 2 * int.from_bytes(body[:4], "little")
    return body[4:end].decode("utf-16-le", "replace"), body[end:]


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    position, length = 0, len(content)
    while position < length:
        kind = content[position]
        position += 1
        if kind & 0x80 and position < length:
            kind = (kind & 0x7F) | (content[position] & 0x7F) << 7
            position += 1
        size = shift = 0
        while position < length and shift < 28:
            byte = content[position]
            size |= (byte & 0x7F) << shift
            position, shift = position + 1, shift + 7
            if byte < 0x80:
                break
        yield kind, content[position : position + size]
        position += size


@dataclass
class _Marks:
    """How far the cells reach, and what stands beside their values."""

    row: int = 1
    height: int = 0
    columns: int = 0
    widest: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def take(self, kind: int, body: bytes) -> None:
        if _FIRST_VALUE <= kind <= _LAST_VALUE and len(body) >= 8:
            column = int.from_bytes(body[:4], "little")
            self.height = max(self.height, self.row)
            if column >= self.columns:
                self.columns, self.widest = column + 1, self.row
            if kind in (_ERROR, _FORMULA_ERROR) and len(body) > 8:
                self.flaws.append(xlsx_marks.error(self.row, column, ERRORS.get(body[8], "#?")))
        elif kind == _ROW and len(body) >= 12:
            self.row = int.from_bytes(body[:4], "little") + 1
            if body[11] & 0x10:
                self.hidden_rows.add(self.row)
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            self.hidden_columns.update(range(first, min(last + 1, COLUMNS_MAX)))
        elif kind == _MERGED and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            self.merged += areas([((top, left), (bottom, right))])

    def stray(self) -> str:
        """Return the cell of the widest column."""
        return cell_name(self.widest, self.columns - 1)
