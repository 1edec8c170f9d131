"""OpenDocument sheets: their repeated rows and columns counted before anything is made of them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from python_calamine import CalamineWorkbook

from congvu.sheets.grid import Area, Flaw, Grid, cell_name

from . import xlsx_marks
from .dense import (
    CELLS_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    TEXT_MAX,
    Unread,
    columns_of,
    guarded,
    reaching,
    refuse_size,
    sheet_of,
)
from .plain_xml import plain, refused
from .zipped import Parts, packed

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT = "content.xml"
_UNSEEN = ("collapse", "filter")


@dataclass
class Ods:
    parts: Parts
    book: CalamineWorkbook
    tables: dict[str, Table]

    def read(self, sheet: str) -> Grid:
        """Return a sheet.

        Raises
        ------
        SheetRefused
        """
        table = self.tables.get(sheet)
        try:
            columns = reaching(columns_of(sheet_of(self.book, sheet)), table.flaws if table else ())
        except Unread as error:
            raise self.parts.broken(f"trang tính «{sheet}» không đọc được") from error
        if table is None:
            return Grid(sheet, columns)
        hidden = frozenset(column for column in table.hidden_columns if column < len(columns))
        return Grid(sheet, columns, tuple(table.merged), frozenset(table.hidden_rows), hidden, tuple(table.flaws))


def open_ods(parts: Parts) -> Ods:
    """Return the workbook; the reader takes all of its sheets at once, so all are measured first.

    Raises
    ------
    SheetRefused
    """
    stored = parts.read(_CONTENT)
    tables = _tables(plain(stored, parts.name, _CONTENT), parts.name)
    kept = {path: parts.read(path) for path in ("mimetype", "META-INF/manifest.xml") if path in parts}
    content = packed({**kept, _CONTENT: stored})
    try:
        book = guarded(lambda: CalamineWorkbook.from_object(io.BytesIO(content)))
    except Unread as error:
        raise parts.broken("nội dung không đọc được") from error
    return Ods(parts, book, tables)


def _tables(xml: bytes, name: str) -> dict[str, Table]:
    found: dict[str, Table] = {}
    table = Table(name, "")
    events = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-column"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    try:
        for event, element in events:
            if element.tag == f"{_TABLE}table":
                if event == "start":
                    table = found[element.get(f"{_TABLE}name", "")] = Table(name, element.get(f"{_TABLE}name", ""))
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                table.take_row(element)
                element.clear()
            elif event == "end":
                table.take_column(element)
    except etree.XMLSyntaxError as error:
        raise refused(name, _CONTENT) from error
    return found


def _times(element: Any, attribute: str) -> int:
    written = element.get(f"{_TABLE}{attribute}", "1")
    return max(int(written[:9]), 1) if written.isascii() and written.isdigit() else 1


@dataclass
class Table:
    """What is known of a table, row by row."""

    name: str
    sheet: str
    row: int = 1
    column: int = 0
    height: int = 0
    width: int = 0
    text: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def take_column(self, element: Any) -> None:
        first, self.column = self.column, self.column + _times(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility") in _UNSEEN:
            self.hidden_columns.update(range(first, min(self.column, COLUMNS_MAX)))

    def take_row(self, element: Any) -> None:
        times = _times(element, "number-rows-repeated")
        if element.get(f"{_TABLE}visibility") in _UNSEEN:
            self.hidden_rows.update(range(self.row, min(self.row + times, ROWS_MAX + 1)))
        column = filled = text = 0
        for cell in element.iterchildren(*_CELLS):
            repeated = _times(cell, "number-columns-repeated")
            if len(cell) or cell.get(f"{_OFFICE}value-type"):
                filled = column + repeated
                text += repeated * sum(map(len, cell.itertext()))
                self.take_cell(cell, column)
            column += repeated
        if filled:
            self.height, self.width = self.row + times - 1, max(self.width, filled)
            self.text += text * times
            if self.height * self.width > CELLS_MAX or self.width > COLUMNS_MAX or self.text > TEXT_MAX:
                raise refuse_size(self.name, self.sheet, self.height, self.width, self.stray(times, filled))
        self.row += times

    def stray(self, times: int, filled: int) -> str:
        """Return the cell that widens or lengthens the table too much; none where it repeats itself that often."""
        return cell_name(self.row, filled - 1) if times == 1 and self.text <= TEXT_MAX else ""

    def take_cell(self, cell: Any, column: int) -> None:
        wide, high = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            self.merged.append(Area(self.row, column, self.row + high - 1, column + wide - 1))
        if cell.get(_KIND) == "error":
            self.flaws.append(xlsx_marks.error(self.row, column, "".join(cell.itertext())))
