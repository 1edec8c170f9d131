"""Opening a file of sheets: what it is, is told by its content; its name is only how people call it."""

from __future__ import annotations

import json
import os.path
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from congvu.sheets.grid import Cell, Grid, SheetRefused

from . import foreign, ole
from .csv_text import read_csv
from .html_table import declared_charset, read_html
from .ods import open_ods
from .package import Xlsx
from .text import decoded, utf16
from .xls import open_xls
from .xlsb import open_xlsb
from .xlsx_parts import LINKED, described, links_outward, refuse_macros
from .xml_2003 import SPACE, open_2003
from .zipped import LARGEST, STEEPEST, Parts

Kind = Literal["xlsx", "xlsb", "xls", "ods", "csv", "html", "xml"]
_CALLED: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "xlsx": ("bảng tính Excel (.xlsx)", (".xlsx",)),
    "xlsb": ("bảng tính Excel nhị phân (.xlsb)", (".xlsb",)),
    "xls": ("bảng tính Excel 97-2003 (.xls)", (".xls",)),
    "ods": ("bảng tính OpenDocument (.ods)", (".ods",)),
    "csv": ("tệp văn bản phân cách (CSV)", (".csv", ".txt", ".tsv", ".tab", ".gz")),
    "html": ("bảng HTML", (".html", ".htm")),
    "xml": ("bảng tính XML của Excel 2003", (".xml",)),
}
_GZIP = b"\x1f\x8b\x08"
_STEEP_FROM = 10 * 1024**2
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    name: str
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """An opened file. ``notices`` are Vietnamese sentences that who loads it should know.

    Workbooks count days from 1900 or from 1904 (``epoch_1904``); dates that are formatted as such are right already.
    """

    kind: Kind
    sheets: tuple[SheetInfo, ...]
    epoch_1904: bool
    notices: tuple[str, ...]
    _reader: Callable[[str], Grid]
    _read: dict[str, Grid] = field(default_factory=dict)

    def read(self, name: str) -> Grid:
        """Return a sheet; it is read once, and kept.

        Raises
        ------
        SheetRefused
        """
        if name not in {sheet.name for sheet in self.sheets}:
            held = ", ".join(f"«{sheet.name}»" for sheet in self.sheets)
            raise SheetRefused(f"Tệp không có trang tính «{name}». Hãy chọn một trong: {held}.")
        if name not in self._read:
            self._read[name] = _without_nul(self._reader(name))
        return self._read[name]


def _without_nul(grid: Grid) -> Grid:
    """Return the grid without the one character that no database keeps in a text."""
    if not any("\0" in _joined(column) for column in grid.columns):
        return grid
    columns = (
        tuple(cell.replace("\0", "") if isinstance(cell, str) else cell for cell in column) for column in grid.columns
    )
    return replace(grid, columns=tuple(columns))


def _joined(column: Sequence[Cell]) -> str:
    try:
        return "".join(column)  # type: ignore[arg-type]  # as most columns are, all texts
    except TypeError:
        return "".join([cell for cell in column if type(cell) is str])


def open_book(content: bytes, name: str) -> Book:
    """Return the book that the bytes are, whatever the file is called; ``name`` is for what people read.

    Raises
    ------
    SheetRefused
        It is no spreadsheet, or one that is not read: damaged, locked, with macros, too large.
    """
    foreign.refuse(content, name)
    if content.startswith(b"PK\x03\x04"):
        return _packaged(content, name)
    if content.startswith(ole.SIGNATURE):
        return _compound(content, name)
    if content.startswith(_GZIP):
        inside = _unzipped(content, name)
        foreign.refuse(inside, name)
        return _text(inside, name, name[:-3] if name.lower().endswith(".gz") else name)
    return _text(content, name, name)


def _book(
    kind: Kind, name: str, sheets: Sequence[SheetInfo], reader: Callable[[str], Grid], epoch: bool, *notices: str
) -> Book:
    if not sheets:
        raise SheetRefused(f"Tệp {name} không có trang tính nào. Hãy mở bằng Excel kiểm tra rồi gửi lại.")
    what, endings = _CALLED[kind]
    ending = os.path.splitext(name)[1].lower()
    if ending and ending not in endings:
        notices = (f"Tệp mang đuôi {ending} nhưng thực ra là {what}; đã đọc theo nội dung.", *notices)
    return Book(kind, tuple(sheets), epoch, notices, reader)


def _packaged(content: bytes, name: str) -> Book:
    parts = Parts(content, name)
    refuse_macros(parts)
    linked = [LINKED] if links_outward(parts) else []
    if "xl/workbook.bin" in parts:
        binary = open_xlsb(parts)
        sheets = [sheet for sheet in _listed(binary.book) if sheet.name in binary.sheets]
        return _book("xlsb", name, sheets, binary.read, binary.epoch_1904, *linked)
    if "xl/workbook.xml" in parts:
        about = described(parts)
        book = Xlsx(parts, about.parts)
        sheets = [SheetInfo(called, called in about.hidden) for called in about.parts]
        return _book("xlsx", name, sheets, book.read, about.epoch_1904, *linked)
    if "content.xml" in parts and "mimetype" in parts and b"spreadsheet" in parts.read("mimetype"):
        open_document = open_ods(parts)
        return _book("ods", name, _listed(open_document.book), open_document.read, False)
    raise foreign.refuse_package(parts)


def _compound(content: bytes, name: str) -> Book:
    old = open_xls(content, name)
    linked = [LINKED] if old.linked else []
    return _book("xls", name, _listed(old.book), old.read, old.epoch_1904, *linked)


def _listed(book: CalamineWorkbook) -> list[SheetInfo]:
    return [
        SheetInfo(sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _text(content: bytes, name: str, inner: str) -> Book:
    """Return the book of a text; ``inner`` is the name without the ending of a packed file."""
    sheet = os.path.splitext(os.path.basename(inner))[0] or "Sheet1"
    head = content[:4096]
    if SPACE.encode() in head and b"<" in head[:200]:
        book = open_2003(content, name)
        sheets = [SheetInfo(called, called in book.hidden) for called in book.worksheets]
        return _book("xml", name, sheets, book.read, book.epoch_1904)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"MIME-Version:"):
        raise foreign.refused(
            name, "trang web lưu một tệp (.mht)", "Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
        )
    if foreign.is_binary(content) and not utf16(content):
        raise foreign.unknown(name)
    text = decoded(content, name, declared_charset(content) if _HTML.search(head) else "")
    start = text.text[:4096].lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        if not _HTML.search(start.encode()):
            raise foreign.refused(name, "tệp XML không phải bảng tính")
        grid = read_html(text.text, name, sheet)
        return _book("html", inner, [SheetInfo(sheet)], lambda _sheet: grid, False, *text.notices)
    if start[:1] in ("{", "[") and _is_json(text.text):
        raise foreign.refused(name, "tệp JSON")
    if foreign.is_binary(text.text[:65536].encode("utf-8", "replace")):
        raise foreign.unknown(name)
    grid = read_csv(text.text, name, sheet)
    return _book("csv", inner, [SheetInfo(sheet)], lambda _sheet: grid, False, *text.notices)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _unzipped(content: bytes, name: str) -> bytes:
    """Return what a gzip holds, up to the same bounds as the members of a zip."""
    most = min(LARGEST, max(_STEEP_FROM, STEEPEST * len(content)))
    pieces: list[bytes] = []
    left, rest = most, content
    try:
        while rest.startswith(_GZIP):
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
            pieces.append(unpacking.decompress(rest, left + 1))
            left -= len(pieces[-1])
            if left < 0:
                raise SheetRefused(
                    f"Tệp {name} không được nhận: bung ra hơn {most} byte từ {len(content)} byte. Hãy xuất lại tệp từ "
                    "phần mềm gốc, chia nhỏ nếu cần."
                )
            if not unpacking.eof:
                raise zlib.error("cut off")
            rest = unpacking.unused_data
    except zlib.error as error:
        raise SheetRefused(
            f"Tệp {name} là tệp nén gzip bị hỏng hoặc thiếu phần cuối. Hãy tải hoặc nén lại rồi gửi lại."
        ) from error
    return b"".join(pieces)
