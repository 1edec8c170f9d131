"""Blank forms: a sheet with titled columns to fill from the first row on, and one that explains them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from congvu.press.tidy import tidied
from congvu.press.validation import Rule, validation, write_lists
from congvu.press.xlsx import NO_DATE, NUMBER_FORMATS, ColumnKind, Sheet, add_sheet

ROWS: Final = 2_000
"""Rows that have rules; those below can be filled too."""
_FACE: Final = {"font_name": "Times New Roman", "font_size": 12}
# A number typed into a form shows as it was typed: 1250 is no 1.250 while it is checked.
_TYPED: Final = {"integer": "0", "decimal": "General"}


@dataclass(frozen=True)
class BlankColumn:
    """``width`` is in letters; ``needed`` are columns that every row must fill."""

    title: str
    kind: ColumnKind
    width: float
    rule: Rule
    needed: bool = False

    def __post_init__(self) -> None:
        tidied(self, "title")


@dataclass(frozen=True)
class BlankSheet:
    """A title and notes stand above the header, whose needed columns are marked by ``*``."""

    name: str
    title: str
    notes: tuple[str, ...]
    columns: tuple[BlankColumn, ...]

    def __post_init__(self) -> None:
        tidied(self, "name", "title", "notes")

    @property
    def header(self) -> int:
        """The header's row, counted from 0."""
        return len(self.notes) + 2


def to_blank(sheet: BlankSheet, guide: Sheet) -> bytes:
    """Return a workbook of a sheet to fill and its guide; the same input, the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": NO_DATE.replace(tzinfo=None)})
        page = book.add_worksheet(sheet.name)
        add_sheet(book, guide)
        lists = write_lists(book, [column.rule.choices for column in sheet.columns])
        _write_columns(book, page, sheet.columns)
        _write_top(book, page, sheet)
        for at, column in enumerate(sheet.columns):
            told = validation(column.rule, lists)
            if told != {"validate": "any"}:
                page.data_validation(sheet.header + 1, at, sheet.header + ROWS, at, told)
        page.freeze_panes(sheet.header + 1, 0)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(sheet.header)
        page.activate()
    return out.getvalue()


def _write_columns(book: xlsxwriter.Workbook, page: Worksheet, columns: Sequence[BlankColumn]) -> None:
    """Give whole columns their format, so that no row need stand there empty."""
    for at, column in enumerate(columns):
        code = _TYPED.get(column.kind, NUMBER_FORMATS[column.kind])
        wrapped = {"text_wrap": column.kind == "text", "valign": "top"}
        page.set_column(at, at, column.width, book.add_format(_FACE | wrapped | {"num_format": code}))


def _write_top(book: xlsxwriter.Workbook, page: Worksheet, sheet: BlankSheet) -> None:
    page.write_string(0, 0, sheet.title, book.add_format(_FACE | {"font_size": 14, "bold": True}))
    note = book.add_format(_FACE | {"italic": True})
    for row, words in enumerate(sheet.notes, 1):
        page.write_string(row, 0, words, note)
    framed = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    head = book.add_format(_FACE | framed | {"bg_color": "#E7E6E6"})
    needed = book.add_format(_FACE | framed | {"bg_color": "#FFE699"})
    page.set_row(sheet.header, 48)
    for at, column in enumerate(sheet.columns):
        title = f"{column.title} *" if column.needed else column.title
        page.write_string(sheet.header, at, title, needed if column.needed else head)
