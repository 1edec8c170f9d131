"""Workbooks of Excel 97 to 2003 (BIFF in a compound file): what python-calamine does not tell of them."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from congvu.sheets.grid import Flaw, Grid, SheetRefused

from . import xlsx_marks
from .dense import Unread, areas, columns_of, guarded, reaching, sheet_of
from .ole import Compound, NotReadable

_FORMULA, _EOF, _DATE_1904, _LOCKED, _COLUMNS, _SHEET = 0x06, 0x0A, 0x22, 0x2F, 0x7D, 0x85
_ROW, _BOOLEAN, _LINKED, _BEGIN = 0x208, 0x205, 0x1AE, 0x809
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_WIDEST = 256
_OWN_SHEETS, _ADD_IN = b"\x01\x04", b"\x01\x3a"
_NOT_OPEN = "Tệp {} bị khóa bằng mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi lại tệp."


@dataclass
class Xls:
    """An .xls, opened once; ``starts`` has where each sheet begins in its stream."""

    name: str
    book: CalamineWorkbook
    stream: bytes
    starts: dict[str, int] = field(default_factory=dict)
    epoch_1904: bool = False
    linked: bool = False

    def read(self, sheet: str) -> Grid:
        """Return a sheet.

        Raises
        ------
        SheetRefused
        """
        marks = _Marks()
        if sheet in self.starts:
            for kind, body in _records(self.stream, self.starts[sheet]):
                marks.take(kind, body)
        try:
            read = sheet_of(self.book, sheet)
            columns = reaching(columns_of(read), marks.flaws)
            merged = areas(guarded(lambda: read.merged_cell_ranges))
        except Unread as error:
            raise _broken(self.name, f"trang tính «{sheet}» không đọc được") from error
        # what is a whole number in the file is one here as well; a grid has floats
        floats = tuple(tuple(float(cell) if type(cell) is int else cell for cell in column) for column in columns)
        hidden = frozenset(column for column in marks.hidden_columns if column < len(floats))
        return Grid(sheet, floats, merged, frozenset(marks.hidden_rows), hidden, tuple(marks.flaws))


def open_xls(content: bytes, name: str) -> Xls:
    """Return the workbook in a compound file.

    Raises
    ------
    SheetRefused
        It is locked, has macros, is no workbook or is damaged.
    """
    try:
        compound = Compound(content)
        stream = _stream(compound, name)
    except NotReadable as error:
        raise _broken(name, "phần mục lục không đọc được") from error
    records = list(_records(stream, 0))
    if any(kind == _LOCKED for kind, _ in records):
        raise SheetRefused(_NOT_OPEN.format(name))
    try:
        book = guarded(lambda: CalamineWorkbook.from_object(io.BytesIO(content)))
    except Unread as error:
        raise _broken(name, "nội dung không đọc được") from error
    found = Xls(name, book, stream)
    for kind, body in records:
        if kind == _DATE_1904:
            found.epoch_1904 = body[:1] == b"\x01"
        elif kind == _SHEET and len(body) > 8:
            found.starts[_sheet_name(body)] = int.from_bytes(body[:4], "little")
        elif kind == _LINKED:
            found.linked |= body[2:4] not in (_OWN_SHEETS, _ADD_IN)
    return found


def _stream(compound: Compound, name: str) -> bytes:
    if "EncryptedPackage" in compound.names:
        raise SheetRefused(_NOT_OPEN.format(name))
    if "_VBA_PROJECT_CUR" in compound.storages:
        raise SheetRefused(
            f"Tệp {name} có macro nên không được nhận. Hãy mở bằng Excel, chọn «Lưu thành» (Save As), dạng «Excel "
            "Workbook (.xlsx)», rồi gửi tệp .xlsx ấy."
        )
    for called in ("Workbook", "Book"):
        if called in compound.names:
            return compound.read(called)
    what = "văn bản Word" if "WordDocument" in compound.names else "tệp Office cũ không có bảng tính"
    raise SheetRefused(
        f"Tệp {name} không phải bảng tính mà là {what}. Hãy chép bảng sang Excel, lưu dạng .xlsx rồi gửi tệp ấy."
    )


def _broken(name: str, what: str) -> SheetRefused:
    return SheetRefused(
        f"Tệp {name} (Excel 97-2003) bị hỏng: {what}. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
    )


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * 2].decode("utf-16-le", "replace") if wide else body[8 : 8 + length].decode("latin-1")


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of one part; a chart inside a sheet is a part of its own and left out."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if kind == _BEGIN:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


@dataclass
class _Marks:
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)

    def take(self, kind: int, body: bytes) -> None:
        if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
            self.hidden_rows.add(int.from_bytes(body[:2], "little") + 1)
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self.hidden_columns.update(range(first, last + 1))
        elif kind == _BOOLEAN and len(body) >= 8 and body[7] == 1:
            self.add(body, body[6])
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            self.add(body, body[8])

    def add(self, body: bytes, code: int) -> None:
        row, column = struct.unpack_from("<HH", body)
        if column < _WIDEST:
            self.flaws.append(xlsx_marks.error(row + 1, column, ERRORS.get(code, "#?")))
