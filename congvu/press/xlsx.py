"""Workbooks: tables to go on counting with. Every cell has its type, and no text becomes a formula."""

import datetime as dt
import io
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Literal, get_args

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from congvu.kernel.errors import Refusal
from congvu.press.model import Meta
from congvu.press.tidy import tidied, tidy

ColumnKind = Literal["text", "integer", "decimal", "percent", "plain", "date", "datetime"]
Value = str | int | float | Decimal | Fraction | bool | dt.date | dt.datetime | None

# A file holds the invariant notation; [$-42A] is Vietnamese, whose readers see 1.234.567,89.
NUMBER_FORMATS: Final[dict[ColumnKind, str]] = {
    "text": "@",
    "integer": "[$-42A]#,##0",
    "decimal": "[$-42A]#,##0.00",
    "percent": "[$-42A]0.00%",
    "plain": "0",  # a whole number that is a name: a year, the number of an act
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
SHORT: Final = 100
FITTED_ROWS: Final = 200  # a column's width follows from its title and these first rows
WIDTH_MIN: Final = 8
WIDTH_MAX: Final = 60
FILTER_BUTTON: Final = 3  # what the button of a filter and the borders take of a column, in letters
VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))
EXCEL_FIRST_YEAR: Final = 1900
NO_DATE: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)  # the earliest moment a zip entry can state


class WorkbookTooLarge(Refusal):
    """A sheet has more rows, or a cell more letters, than a workbook can hold; nothing is cut in silence."""

    code = "workbook_too_large"


@dataclass(frozen=True)
class Column:
    """``width`` is in letters, None: what stands in it decides. A ``percent`` holds shares: 0.995 shows as 99,50%."""

    title: str
    kind: ColumnKind = "text"
    width: float | None = 14

    def __post_init__(self) -> None:
        tidied(self, "title")
        if self.kind not in get_args(ColumnKind):
            raise ValueError(f"unknown column kind {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of another kind than its column's: a share among numbers."""

    value: Value
    kind: ColumnKind


Row = Sequence[Value | Typed]


@dataclass(frozen=True)
class Sheet:
    """A title, its notes below, then a header that stays in sight over rows that can be filtered.

    A value that is not of its column's kind keeps its own: "đang tổng hợp" may stand in a column of numbers.
    Instants are shown in Vietnamese time. ``rows`` that are no tuple are taken one by one while the file is written.

    Raises
    ------
    ValueError
        The name is empty, longer than 31 letters or has one of ``[]:*?/\\``; a row is not as long as
        ``columns``.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        tidied(self, "name", "title", "notes")
        if not 0 < len(self.name) <= 31 or NAME_FORBIDDEN & set(self.name) or self.name.strip("'") != self.name:
            raise ValueError(f"{self.name!r} cannot be the name of a sheet")
        if isinstance(self.rows, tuple):
            for _row in self.checked_rows():
                pass

    def checked_rows(self) -> Iterator[Row]:
        """Yield the rows; one that is not as long as ``columns`` is a ValueError."""
        for index, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ValueError(f"row {index} of {self.name!r} has {len(row)} values for {len(self.columns)} columns")
            yield row


def to_xlsx(sheets: Sequence[Sheet], meta: Meta | None = None, *, streamed: bool = False) -> bytes:
    """Return a workbook; the same sheets and ``meta`` give the same bytes.

    Without ``meta`` the file states no author, and 1980 as the year it was made. ``streamed`` holds one row at a time
    in memory and the rest in temporary files: for lists that may be long.

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
    with xlsxwriter.Workbook(out, {"constant_memory": True} if streamed else {"in_memory": True}) as book:
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
    if isinstance(sheet.rows, tuple):
        _refuse_too_long(sheet, header, len(sheet.rows))
    rows = sheet.checked_rows()
    first = list(itertools.islice(rows, FITTED_ROWS))
    widths = [_width(column, (row[index] for row in first)) for index, column in enumerate(sheet.columns)]
    page.write_string(0, 0, sheet.title, formats.title)
    for index, note in enumerate(sheet.notes, start=1):
        page.write_string(index, 0, note, formats.note)
    height = _height_pt(widths, [column.title for column in sheet.columns])
    if height > LINE_PT:
        page.set_row(header, height)
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(index, index, width)
        page.write_string(header, index, column.title, formats.head)
    row = header
    for row, values in enumerate(itertools.chain(first, rows), start=header + 1):
        _refuse_too_long(sheet, header, row - header)
        _write_row(page, row, sheet, values, widths, formats)
    page.freeze_panes(header + 1, 0)
    page.autofilter(header, 0, row, max(len(sheet.columns) - 1, 0))
    _set_print(page, header)


def _refuse_too_long(sheet: Sheet, header: int, rows: int) -> None:
    if header + rows >= ROWS_MAX:
        raise WorkbookTooLarge(
            f"Trang tính “{sheet.name}” có {rows} dòng, nhiều hơn mức một tệp Excel chứa được; "
            "hãy thu hẹp bộ lọc (kỳ, cơ quan, lĩnh vực) rồi xuất lại."
        )


def _write_row(page: Worksheet, row: int, sheet: Sheet, values: Row, widths: list[float], formats: _Formats) -> None:
    plain = [one.value if isinstance(one, Typed) else one for one in values]
    page.set_row(row, _height_pt(widths, plain))
    for index, (column, given, value) in enumerate(zip(sheet.columns, values, plain, strict=True)):
        if isinstance(value, str) and len(value) > CELL_TEXT_MAX:
            raise WorkbookTooLarge(
                f"Trang tính “{sheet.name}”, dòng {row + 1}, cột “{column.title}”: nội dung dài "
                f"{len(value)} ký tự, một ô Excel chỉ chứa {CELL_TEXT_MAX}; hãy rút gọn rồi xuất lại."
            )
        kind = given.kind if isinstance(given, Typed) else column.kind
        _write_cell(page, (row, index), _shown(value), kind, formats)


def _width(column: Column, values: Iterable[Value | Typed]) -> float:
    """Return the width of a column in letters: its own, or what its longest word and the first rows need."""
    if column.width is not None:
        return column.width
    longest = max((len(word) for word in column.title.split()), default=0)
    longest = max(longest, math.ceil(len(column.title) / 2), *map(_letters, values), 0)
    return min(max(longest + FILTER_BUTTON, WIDTH_MIN), WIDTH_MAX)


def _letters(value: Value | Typed) -> int:
    match value.value if isinstance(value, Typed) else value:
        case None | bool():
            return 0
        case str() as text:
            return max((len(line) for line in text.split("\n")), default=0)
        case dt.datetime():
            return len("dd/mm/yyyy hh:mm")
        case dt.date():
            return len("dd/mm/yyyy")
        case int() as number:
            return len(f"{number:,d}")
        case number:
            return len(f"{float(number):,.2f}")


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
        return _tidy_once(value) if len(value) <= SHORT else tidy(value)
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


@lru_cache(maxsize=4096)
def _tidy_once(text: str) -> str:
    """Return a short text tidied: names of agencies and choices stand in thousands of cells of a long sheet."""
    return tidy(text)


def _height_pt(widths: Sequence[float], values: Sequence[Value]) -> float:
    """Return a height that shows wrapped text whole: LibreOffice does not fit rows when it opens a file."""
    lines = 1
    for width, value in zip(widths, values, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(math.ceil(len(part) / width) or 1 for part in value.split("\n")))
    return min(lines * LINE_PT, ROW_MAX_PT)


def _set_print(page: Worksheet, header: int) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(header)
    page.set_footer("&C&P/&N")
