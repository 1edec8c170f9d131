"""Workbooks in the XML of Excel 2003 (SpreadsheetML), which some programs still export."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from congvu.sheets.grid import Area, Cell, Flaw, Grid

from . import xlsx_marks
from .dense import CELLS_MAX, COLUMNS_MAX, ROWS_MAX, reaching, refuse_size, transposed
from .plain_xml import local, tree

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True)
class Book2003:
    worksheets: dict[str, Any]
    hidden: frozenset[str]
    epoch_1904: bool
    name: str

    def read(self, sheet: str) -> Grid:
        """Return a sheet.

        Raises
        ------
        SheetRefused
        """
        return _Sheet(self.name, sheet).read(self.worksheets[sheet])


def open_2003(content: bytes, name: str) -> Book2003:
    """Return the workbook.

    Raises
    ------
    SheetRefused
    """
    root = tree(content, name, "XML")
    worksheets = {_of(element, "Name"): element for element in root if local(element) == "Worksheet"}
    hidden = {
        called
        for called, worksheet in worksheets.items()
        if any(local(one) == "Visible" and one.text in ("SheetHidden", "SheetVeryHidden") for one in worksheet.iter())
    }
    epoch_1904 = any(
        local(one) == "Date1904" for workbook in root if local(workbook) == "ExcelWorkbook" for one in workbook
    )
    return Book2003(worksheets, frozenset(hidden), epoch_1904, name)


def _of(element: Any, attribute: str) -> str:
    found: str = element.get(f"{{{SPACE}}}{attribute}", "")
    return found


def _number(element: Any, attribute: str, otherwise: int) -> int:
    written = _of(element, attribute)
    return int(written[:8]) if written.isascii() and written.isdigit() else otherwise


@dataclass
class _Sheet:
    name: str
    sheet: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def read(self, worksheet: Any) -> Grid:
        row = column = 0
        for table in worksheet:
            for element in table if local(table) == "Table" else ():
                if local(element) == "Column":
                    column = _number(element, "Index", column + 1)
                    span = _number(element, "Span", 0)
                    if _of(element, "Hidden") == "1":
                        self.hidden_columns.update(range(column - 1, min(column + span, COLUMNS_MAX)))
                    column += span
                elif local(element) == "Row":
                    row = _number(element, "Index", row + 1)
                    span = _number(element, "Span", 0)
                    if _of(element, "Hidden") == "1":
                        self.hidden_rows.update(range(row, min(row + span, ROWS_MAX) + 1))
                    self.read_row(element, row)
                    row += span
        return self.grid()

    def read_row(self, element: Any, row: int) -> None:
        column = -1
        for cell in element:
            if local(cell) != "Cell":
                continue
            column = _number(cell, "Index", column + 2) - 1
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            data = next((one for one in cell if local(one) == "Data"), None)
            if data is not None:
                self.put(row, column, data)
            elif _of(cell, "Formula"):
                self.flaws.append(Flaw(row, column, "", xlsx_marks.NEVER_COMPUTED))
            if across or down:
                self.merged.append(Area(row, column, row + down, column + across))
            column += across

    def put(self, row: int, column: int, data: Any) -> None:
        text = "".join(data.itertext())
        kind = _of(data, "Type")
        if kind == "Error":
            self.flaws.append(xlsx_marks.error(row, column, text))
        else:
            self.cells[row, column] = _value(kind, text)

    def grid(self) -> Grid:
        places = [*self.cells, *((flaw.row, flaw.column) for flaw in self.flaws)]
        height = max((row for row, _ in places), default=0)
        width = max((column for _, column in places), default=-1) + 1
        if height > ROWS_MAX or width > COLUMNS_MAX or height * width > CELLS_MAX:
            raise refuse_size(self.name, self.sheet, height, width)
        columns: list[list[Cell]] = [[""] * height for _ in range(width)]
        for (row, column), value in self.cells.items():
            if row > 0 and column >= 0:
                columns[column][row - 1] = value
        return Grid(
            self.sheet,
            reaching(transposed(columns), self.flaws),
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(column for column in self.hidden_columns if column < width),
            tuple(self.flaws),
        )


def _value(kind: str, text: str) -> Cell:
    """Return the value; what is not as its type says stays the text that it is."""
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return bool(int(text))
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
            return moment if moment.time() != dt.time() else moment.date()
    except (ValueError, OverflowError):
        pass
    return text
