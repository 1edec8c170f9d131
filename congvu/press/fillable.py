"""Workbooks that people fill in and send back: cells to type into, cells that are locked, and reading them again."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import python_calamine as calamine
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from congvu.kernel.errors import Refusal
from congvu.press.tidy import tidy
from congvu.press.validation import Rule, validation, write_lists
from congvu.press.xlsx import FORMULA_STARTS, NO_DATE, NUMBER_FORMATS

FILE_MAX: Final = 2_000_000
UNPACKED_MAX: Final = 40_000_000
ROWS_READ: Final = 2_000
COLUMNS_READ: Final = 20


class WorkbookNotReadable(Refusal):
    """The bytes are no workbook, too many, locked by a password, or lack the sheet."""

    code = "workbook.not_readable"


@dataclass(frozen=True)
class Field:
    """A cell: locked unless it has a ``rule``."""

    value: str | int | Decimal | None = None
    rule: Rule | None = None
    percent: bool = False


@dataclass(frozen=True)
class FillSheet:
    """``columns`` are titles and widths in letters; a column of width 0 is hidden."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Field, ...], ...]

    @property
    def first_row(self) -> int:
        """The number of the first row of fields as people count rows."""
        return len(self.notes) + 4


def to_fillable(guide: tuple[str, Sequence[str]], sheet: FillSheet) -> bytes:
    """Return a workbook of a page of guidance (name, lines) and a sheet to fill; the same input, the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": NO_DATE.replace(tzinfo=None)})
        _write_guide(book, guide)
        page = book.add_worksheet(sheet.name)
        _write_fields(book, page, sheet)
    return out.getvalue()


def _write_guide(book: xlsxwriter.Workbook, guide: tuple[str, Sequence[str]]) -> None:
    name, lines = guide
    page = book.add_worksheet(name)
    base = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
    head, line = book.add_format(base | {"bold": True, "font_size": 14}), book.add_format(base)
    page.set_column(0, 0, 100)
    for number, words in enumerate(lines):
        page.write_string(number, 0, tidy(words), line if number else head)
    page.protect()


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
        self._book, self._made = book, dict[tuple[bool, str, bool], Any]()
        self._base = base | {"border": 1}
        self.title = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
        self.note = book.add_format({"font_name": "Times New Roman", "font_size": 12, "italic": True})
        self.head = book.add_format(base | {"bold": True, "align": "center", "border": 1, "bg_color": "#E7E6E6"})

    def of(self, field: Field) -> Any:
        number = not isinstance(field.value, str) and (field.rule is None or field.rule.kind in ("whole", "number"))
        code = "percent" if field.percent else "integer" if number else "text"
        quoted = isinstance(field.value, str) and field.value.startswith(FORMULA_STARTS)
        key = (field.rule is None, code, quoted)
        if key not in self._made:
            look = self._base | {"locked": key[0], "num_format": NUMBER_FORMATS[code], "quote_prefix": quoted}  # type: ignore[index]
            self._made[key] = self._book.add_format(look | ({"bg_color": "#F2F2F2"} if key[0] else {}))
        return self._made[key]


def _write_fields(book: xlsxwriter.Workbook, page: Worksheet, sheet: FillSheet) -> None:
    looks = _Looks(book)
    lists = write_lists(book, [f.rule.choices for row in sheet.rows for f in row if f.rule])
    page.write_string(0, 0, tidy(sheet.title), looks.title)
    for number, note in enumerate(sheet.notes, 1):
        page.write_string(number, 0, tidy(note), looks.note)
    header = sheet.first_row - 2
    for column, (title, width) in enumerate(sheet.columns):
        page.set_column(column, column, width or 1, None, {"hidden": not width})
        page.write_string(header, column, tidy(title), looks.head)
    for row, fields in enumerate(sheet.rows, header + 1):
        for column, field in enumerate(fields):
            _write_field(page, (row, column), field, looks.of(field))
            if field.rule is not None:
                page.data_validation(row, column, row, column, validation(field.rule, lists))
    page.freeze_panes(header + 1, 0)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.activate()


def _write_field(page: Worksheet, at: tuple[int, int], field: Field, look: Any) -> None:
    match field.value:
        case None:
            page.write_blank(*at, None, look)
        case str():
            page.write_string(*at, tidy(field.value), look)
        case _:
            page.write_number(*at, field.value, look)


def cell_name(row: int, column: int) -> str:
    """Return how people call a cell whose row and column are counted from 0: ``F12``."""
    return f"{xl_col_to_name(column)}{row + 1}"


def read_cells(content: bytes, sheet: str) -> list[list[str]]:
    """Return the cells of a sheet as texts, from cell A1 on; numbers as people here write them.

    Raises
    ------
    WorkbookNotReadable
    """
    if len(content) > FILE_MAX:
        raise WorkbookNotReadable(f"Tệp lớn hơn {FILE_MAX // 1_000_000} MB. Hãy gửi đúng tệp đã tải về.")
    _refuse_bomb(content)
    try:
        with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            if sheet not in book.sheet_names:
                raise WorkbookNotReadable(f"Tệp không có trang «{sheet}». Hãy gửi đúng tệp đã tải về.")
            page = book.get_sheet_by_name(sheet)
            if page.total_height > ROWS_READ or page.total_width > COLUMNS_READ:
                raise WorkbookNotReadable(
                    f"Trang «{sheet}» có {page.total_height} dòng, {page.total_width} cột, nhiều hơn tệp đã tải về."
                )
            return [[_text(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise WorkbookNotReadable(
            "Không đọc được tệp: đây không phải bảng tính .xlsx, hoặc tệp có mật khẩu."
        ) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise WorkbookNotReadable("Không đọc được tệp: đây không phải bảng tính .xlsx, hoặc tệp bị hỏng.") from error
    if unpacked > UNPACKED_MAX:
        raise WorkbookNotReadable("Tệp khi mở ra quá lớn. Hãy gửi đúng tệp đã tải về.")


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return "có" if cell else "không"
        case int() | float():
            return str(int(cell)) if cell == int(cell) else f"{cell:.6f}".rstrip("0").replace(".", ",")
        case dt.datetime() | dt.date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return tidy(str(cell))
