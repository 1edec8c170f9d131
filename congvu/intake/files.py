"""Files as they were sent: kept under their hash, opened, looked into."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congvu.sheets.finding.find import fill_merged, find_layout, find_sheet
from congvu.sheets.grid import Grid, SheetRefused
from congvu.sheets.layout import Layout
from congvu.sheets.marking.mark import is_ours
from congvu.sheets.reading.opening import Book, open_book
from congvu.sheets.target import TargetTable
from congvu.sheets.values.cells import as_text

from .models import SheetFile

SIZE_MAX = 64_000_000
"""Bytes of a file: 200,000 rows of a dossier export have about a quarter of that."""


def keep_file(content: bytes, name: str) -> SheetFile:
    """Keep a file, once however often it comes.

    Raises
    ------
    SheetRefused
        It is empty, or too large.
    """
    if not content:
        raise SheetRefused(f"Tệp «{name}» trống. Hãy chọn tệp có dữ liệu.")
    if len(content) > SIZE_MAX:
        size, most = len(content) // 1_000_000, SIZE_MAX // 1_000_000
        raise SheetRefused(f"Tệp «{name}» có {size} MB, lớn hơn {most} MB. Hãy chia thành nhiều tệp.")
    sha256 = hashlib.sha256(content).hexdigest()
    file, _new = SheetFile.objects.get_or_create(sha256=sha256, defaults={"content": content, "size": len(content)})
    return file


@dataclass(frozen=True)
class Opened:
    """A file whose sheet and header are found; ``sheet`` and ``header`` ask for one, "" and 0 to find them."""

    book: Book
    sheet: str
    header: int = 0

    @cached_property
    def grid(self) -> Grid:
        return self.book.read(self.sheet)

    @cached_property
    def layout(self) -> Layout:
        return find_layout(self.grid, self.header)

    @cached_property
    def filled(self) -> Grid:
        """The sheet with the value of each merged area in all its rows."""
        return fill_merged(self.grid, self.layout)


def open_sheet(
    content: bytes, name: str, tables: Mapping[str, TargetTable], *, sheet: str = "", header: int = 0
) -> tuple[Opened, str]:
    """Return the sheet to be loaded, and the name of the table that it looks like ("" where ``sheet`` is given).

    Raises
    ------
    SheetRefused
        The file cannot be read, or holds no such sheet or no table.
    """
    book = open_book(content, name)
    ours = [info for info in book.sheets if not is_ours(info.name)]
    if sheet:
        if sheet not in {info.name for info in book.sheets}:
            known = ", ".join(f"«{info.name}»" for info in ours)
            raise SheetRefused(f"Tệp «{name}» không có trang «{sheet}»; các trang của tệp: {known}.")
        return Opened(book, sheet, header), ""
    found, table = find_sheet([(info.name, info.hidden, book.read(info.name)) for info in ours], tables)
    return Opened(book, found, header), table


def describe(opened: Opened) -> dict[str, Any]:
    """Return what a person is told of a sheet, as JSON."""
    layout, grid = opened.layout, opened.grid
    data_rows = set(layout.rows)
    return {
        "kind": opened.book.kind,
        "notices": [*opened.book.notices, *_beside(layout)],
        "sheets": [{"name": info.name, "hidden": info.hidden} for info in opened.book.sheets if not is_ours(info.name)],
        "sheet": opened.sheet,
        "header": list(layout.header),
        "headings": [
            {
                "column": heading.column,
                "title": heading.title,
                "hidden": heading.hidden,
                "samples": _samples(grid, layout, heading.column),
            }
            for heading in layout.headings
        ],
        "rows": len(layout.rows),
        "first_row": layout.rows[0] if layout.rows else 0,
        "last_row": layout.rows[-1] if layout.rows else 0,
        "hidden_rows": len(data_rows & grid.hidden_rows),
        "aside": [[row, reason] for row, reason in sorted(layout.aside.items())[:ASIDE_SHOWN]],
        "aside_count": len(layout.aside),
    }


def _beside(layout: Layout) -> list[str]:
    if not layout.beside:
        return []
    titles = ", ".join(f"«{title}»" for title in layout.beside)
    return [f"Bên cạnh bảng này còn một bảng khác, không được đọc: {titles}."]


ASIDE_SHOWN = 50
_SAMPLES, _LOOKED_AT, _LONGEST = 3, 200, 60


def _samples(grid: Grid, layout: Layout, column: int) -> list[str]:
    cells = grid.columns[column]
    distinct = dict.fromkeys(text for row in layout.rows[:_LOOKED_AT] if (text := as_text(cells[row - 1])))
    return [text if len(text) <= _LONGEST else text[:_LONGEST] + "…" for text in list(distinct)[:_SAMPLES]]
