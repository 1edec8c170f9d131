"""A sheet's cells as a new workbook: the same values at the same places, whatever kind of file they came from."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from congvu.kernel.format import format_number
from congvu.press.xlsx import CELL_TEXT_MAX, EXCEL_FIRST_YEAR, FORMULA_STARTS, NAME_FORBIDDEN, NO_DATE, ROWS_MAX
from congvu.sheets.grid import Cell, Grid, SheetRefused, cell_name

_WIDTH_MAX: Final = 50
_WIDTH_MIN: Final = 8
_LOOKED_AT: Final = 200
"""Rows looked at for a column's width."""
_COLUMNS_MAX: Final = 16_384
_NAME_MAX: Final = 31
_FORMATS: Final = {
    dt.datetime: "dd/mm/yyyy hh:mm:ss",
    dt.date: "dd/mm/yyyy",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have: that of a CSV or an ODS need not be one."""
    allowed = "".join("_" if letter in NAME_FORBIDDEN else letter for letter in name)
    # Excel counts in units of UTF-16, of which rare letters take two.
    allowed = allowed.encode("utf-16-le", "replace")[: 2 * _NAME_MAX].decode("utf-16-le", "ignore").strip("' ")
    if allowed.casefold() == "history":  # a name that Excel keeps for itself
        return f"{allowed}_"
    return allowed or "Dữ liệu"


def copied(grid: Grid, rows: Sequence[int] | None = None, *, epoch_1904: bool = False) -> bytes:
    """Return a workbook of the sheet's cells, or of some of its rows, which then stand one below the other.

    With ``epoch_1904`` it counts days from 1904, as numbers that are days do in a sheet that does.
    A cell without a value of its own holds as text what stands there (``#REF!``). No text becomes a formula.

    Raises
    ------
    SheetRefused
        There are more rows, or a text has more letters, than a workbook can hold.
    """
    numbers = range(1, grid.height + 1) if rows is None else rows
    if len(numbers) > ROWS_MAX or grid.width > _COLUMNS_MAX:
        raise SheetRefused(
            f"Trang «{grid.name}» có {format_number(len(numbers))} dòng, {format_number(grid.width)} cột, nhiều hơn "
            f"một tệp Excel chứa được; hãy chia tệp rồi nạp từng phần."
        )
    out = io.BytesIO()
    # Rows are written to the disk one by one, unless areas of several rows are to be merged.
    options = {"in_memory": False, "constant_memory": not grid.merged, "date_1904": epoch_1904}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": NO_DATE.replace(tzinfo=None)})
        page = book.add_worksheet(sheet_name(grid.name))
        _set_widths(page, grid)
        _Writer(book, page, grid).write(numbers)
    return out.getvalue()


def _set_widths(page: Worksheet, grid: Grid) -> None:
    for index, column in enumerate(grid.columns):
        longest = max((len(value) for value in column[:_LOOKED_AT] if isinstance(value, str)), default=0)
        page.set_column(index, index, min(max(longest + 1, _WIDTH_MIN), _WIDTH_MAX))


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, page: Worksheet, grid: Grid) -> None:
        self._page, self._grid = page, grid
        self._quoted = book.add_format({"quote_prefix": True})
        self._moments = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        self._flaws = {(flaw.row, flaw.column): flaw.value for flaw in grid.flaws}

    def write(self, numbers: Sequence[int]) -> None:
        flawed = {row for row, _ in self._flaws}
        for at, number in enumerate(numbers):
            for column, value in enumerate(self._grid.row(number)):
                if value == "" and number in flawed:
                    value = self._flaws.get((number, column), "")
                if value != "":
                    self._put(at, column, value, number)
        self._merge({number: at for at, number in enumerate(numbers)})

    def _put(self, row: int, column: int, value: Cell, number: int) -> None:
        page = self._page
        match value:
            case str():
                if len(value) > CELL_TEXT_MAX // 2 and len(value.encode("utf-16-le", "replace")) > 2 * CELL_TEXT_MAX:
                    raise SheetRefused(
                        f"Ô {cell_name(number, column)} dài {format_number(len(value))} ký tự, một ô Excel chỉ chứa "
                        f"{format_number(CELL_TEXT_MAX)}; hãy rút gọn ô này trong tệp gốc rồi nạp lại."
                    )
                # SECURITY: page.write() would make formulas and links of texts that look like them.
                page.write_string(row, column, value, self._quoted if value.startswith(FORMULA_STARTS) else None)
            case bool():
                page.write_boolean(row, column, value)
            case float() if not math.isfinite(value):  # as an XML by hand may state; a cell has none
                page.write_string(row, column, str(value))
            case float() | int():
                page.write_number(row, column, value)
            case dt.date() if value.year < EXCEL_FIRST_YEAR:
                page.write_string(row, column, f"{value:%d/%m/}{value.year:04}")
            case _:
                page.write_datetime(row, column, value, self._moments[type(value)])

    def _merge(self, places: dict[int, int]) -> None:
        """Merge the areas whose rows all came along."""
        for area in self._grid.merged:
            rows: Iterable[int] = range(area.top, area.bottom + 1)
            if all(row in places for row in rows):
                first, last = places[area.top], places[area.bottom]
                self._page.merge_range(first, area.left, last, area.right, "")
                value: Any = self._grid.columns[area.left][area.top - 1] if area.left < self._grid.width else ""
                if value != "":
                    self._put(first, area.left, value, area.top)
