"""Workbooks: tables to go on counting with. Every cell has its type, and no text becomes a formula."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, get_args

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from congvu.kernel.errors import Refusal
from congvu.press.model import Meta
from congvu.press.tidy import tidied, tidy

ColumnKind = Literal["text", "integer", "decimal", "percent", "date", "datetime"]
Value = str | int | float | Decimal | Fraction | bool | dt.date | dt.datetime | None

# A file holds the invariant notation; [$-42A] is Vietnamese, whose readers see 1.234.567,89.
NUMBER_FORMATS: Final[dict[ColumnKind, str]] = {
    "text": "@",
    "integer": "[$-42A]#,##0",
    "decimal": "[$-42A]#,##0.00",
    "percent": "[$-42A]0.00%",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
}
ROWS_MAX: Final = 1_048_576
CELL_TEXT_MAX: Final = 32_767
EXACT_MAX: Final = 10**15  # Excel keeps 15 digits of a number and turns the rest to 0
FORMULA_STARTS: Final = ("=", "+", "-", "@")
NAME_FORBIDDEN: Final = frozenset("[]:*?/\\")
LINE_PT: Final = 15.75
ROW_MAX_PT: Final = 409  # Excel's own limit
VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))
EXCEL_FIRST_YEAR: Final = 1900
NO_DATE: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # the earliest moment a zip entry can state


class WorkbookTooLarge(Refusal):
    """A sheet has more rows, or a cell more letters, than a workbook can hold; nothing is cut in silence."""

    code = "workbook_too_large"


@dataclass(frozen=True)
class Column:
    """``width`` is in letters. A ``percent`` holds shares: 0.995 shows as 99,50%."""

    title: str
    kind: ColumnKind = "text"
    width: float = 14

    def __post_init__(self) -> None:
        tidied(self, "title")
        if self.kind not in get_args(ColumnKind):
            raise ValueError(f"unknown column kind {self.kind!r}")


@dataclass(frozen=True)
class Sheet:
    """A title, its notes below, then a header that stays in sight over rows that can be filtered.

    A value that is not of its column's kind keeps its own: "đang tổng hợp" may stand in a column of numbers.
    Instants are shown in Vietnamese time.

    Raises
    ------
    ValueError
        The name is empty, longer than 31 letters or has one of ``[]:*?/\\``; a row is not as long as
        ``columns``.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        tidied(self, "name", "title", "notes")
        if not 0 < len(self.name) <= 31 or NAME_FORBIDDEN & set(self.name) or self.name.strip("'") != self.name:
            raise ValueError(f"{self.name!r} cannot be the name of a sheet")
        for index, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {index} of {self.name!r} has {len(row)} values for {len(self.columns)} columns")


def to_xlsx(sheets: Sequence[Sheet], meta: Meta | None = None) -> bytes:
    """Return a workbook; the same sheets and ``meta`` give the same bytes.

    Without ``meta`` the file states no author, and 1980 as the year it was made.

    Raises
    ------
    WorkbookTooLarge
        Names the sheet, and the row and column where it is a cell.
    ValueError
        There is no sheet, or two names differ by case only.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    names = [sheet.name.casefold() for sheet in sheets]
    if len(set(names)) < len(names):
        raise ValueError(f"sheets with the same name: {sorted(names)}")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties(_properties(meta))
        formats = _Formats(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return out.getvalue()


def add_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    """Add a sheet to a workbook that holds other things too; raises as :func:`to_xlsx` does."""
    _write(book.add_worksheet(sheet.name), sheet, _Formats(book))


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self.title: Format = book.add_format(base | {"bold": True, "font_size": 14})
        self.note: Format = book.add_format(base | {"italic": True})
        head = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        self.head: Format = book.add_format(base | head | {"bg_color": "#E7E6E6"})
        cell = base | {"border": 1}
        self.of_kind: dict[ColumnKind, Format] = {
            kind: book.add_format(cell | {"num_format": code, "text_wrap": kind == "text"})
            for kind, code in NUMBER_FORMATS.items()
        }
        # With the quote prefix a text like =1+1 stays text even after someone edits the cell.
        self.quoted: Format = book.add_format(cell | {"num_format": "@", "text_wrap": True, "quote_prefix": True})


def _properties(meta: Meta | None) -> dict[str, Any]:
    if meta is None:
        return {"created": NO_DATE.replace(tzinfo=None)}
    return {
        "title": meta.title,
        "author": meta.author,
        "subject": meta.subject,
        "keywords": ", ".join(meta.keywords),
        "created": meta.created_utc.replace(tzinfo=None),
    }


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    header = len(sheet.notes) + 2  # the title, the notes and an empty row stand above
    last_row, last_column = header + len(sheet.rows), max(len(sheet.columns) - 1, 0)
    if last_row >= ROWS_MAX:
        raise WorkbookTooLarge(
            f"Trang tính “{sheet.name}” có {len(sheet.rows)} dòng, nhiều hơn mức một tệp Excel chứa được; "
            "hãy thu hẹp bộ lọc (kỳ, cơ quan, lĩnh vực) rồi xuất lại."
        )
    page.write_string(0, 0, sheet.title, formats.title)
    for index, note in enumerate(sheet.notes, start=1):
        page.write_string(index, 0, note, formats.note)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(header, index, column.title, formats.head)
    for row, values in enumerate(sheet.rows, start=header + 1):
        page.set_row(row, _height_pt(sheet.columns, values))
        for index, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            if isinstance(value, str) and len(value) > CELL_TEXT_MAX:
                raise WorkbookTooLarge(
                    f"Trang tính “{sheet.name}”, dòng {row + 1}, cột “{column.title}”: nội dung dài "
                    f"{len(value)} ký tự, một ô Excel chỉ chứa {CELL_TEXT_MAX}; hãy rút gọn rồi xuất lại."
                )
            _write_cell(page, (row, index), _shown(value), column.kind, formats)
    page.freeze_panes(header + 1, 0)
    page.autofilter(header, 0, last_row, last_column)
    _set_print(page, header)


def _write_cell(
    page: Worksheet,
    at: tuple[int, int],
    value: str | int | float | Decimal | dt.date | dt.datetime | None,
    kind: ColumnKind,
    formats: _Formats,
) -> None:
    match value:
        case None:
            page.write_blank(*at, None, formats.of_kind[kind])
        case str():
            # SECURITY: page.write() would make formulas and links of texts that look like them.
            page.write_string(
                *at, value, formats.quoted if value.startswith(FORMULA_STARTS) else formats.of_kind["text"]
            )
        case dt.datetime():
            page.write_datetime(*at, value, formats.of_kind["date" if kind == "date" else "datetime"])
        case dt.date():
            page.write_datetime(*at, value, formats.of_kind["date"])
        case _:
            page.write_number(*at, value, formats.of_kind[kind])


def _shown(value: Value) -> str | int | float | Decimal | dt.date | dt.datetime | None:
    """Return what the cell holds: what Excel cannot keep exactly becomes text rather than something else."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, int) and abs(value) >= EXACT_MAX:
        return str(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(VIETNAM).replace(tzinfo=None)
    if isinstance(value, dt.date) and value.year < EXCEL_FIRST_YEAR:
        return f"{value:%d/%m/}{value.year:04}"
    return value


def _height_pt(columns: tuple[Column, ...], values: tuple[Value, ...]) -> float:
    """Return a height that shows wrapped text whole: LibreOffice does not fit rows when it opens a file."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(math.ceil(len(part) / column.width) or 1 for part in value.split("\n")))
    return min(lines * LINE_PT, ROW_MAX_PT)


def _set_print(page: Worksheet, header: int) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.set_footer("&C&P/&N")
