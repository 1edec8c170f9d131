"""Columns of cells, made of what python-calamine reads row by row, and the bounds within which it may."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from congvu.sheets.grid import Area, Cell, Flaw, SheetRefused

ROWS_MAX, COLUMNS_MAX = 1_048_576, 16_384
"""What a sheet can hold at all."""
CELLS_MAX = 40_000_000
"""Rows times columns that are read at most: the reader makes a dense rectangle, about 32 bytes a cell."""
TEXT_MAX = 2 * 1024**3
"""Bytes of text that the cells of a sheet may hold together; shared strings let a small file hold far more."""
_ROWS_AT_ONCE = 1000
Columns = tuple[tuple[Cell, ...], ...]
_T = TypeVar("_T")


class Unread(Exception):
    """python-calamine could not read it; the message is its own, in English."""


def guarded(call: Callable[[], _T]) -> _T:
    """Return what ``call`` returns.

    Raises
    ------
    Unread
        For whatever went wrong inside python-calamine, its panics included.
    """
    try:
        return call()
    except (CalamineError, ValueError, TypeError, OverflowError, OSError, IndexError, KeyError) as error:
        raise Unread(str(error)) from error
    except BaseException as error:
        # a panic of Rust is no Exception, and its class cannot be imported
        if type(error).__name__ == "PanicException":
            raise Unread(str(error)) from error
        raise


def sheet_of(book: CalamineWorkbook, name: str) -> CalamineSheet:
    return guarded(lambda: book.get_sheet_by_name(name))


def columns_of(sheet: CalamineSheet) -> Columns:
    """Return the cells of a sheet from A1 on, without the empty rows and columns at its ends.

    Raises
    ------
    Unread
    """
    # its rows come from the first of the sheet on, its columns from the first that holds something
    _top, left = sheet.start or (0, 0)
    return transposed(guarded(lambda: _read(sheet)), left)


def _read(sheet: CalamineSheet) -> list[list[Cell]]:
    columns: list[list[Cell]] = [[] for _ in range(sheet.width)]
    rows: Iterator[list[Any]] = sheet.iter_rows()
    with uncollected():
        while some := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            # a few rows at a time: turned over while they are still in the processor's cache
            for column, part in zip(columns, zip(*some, strict=True), strict=True):
                column.extend(part)
    return columns


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: it walks through millions of new values again and again, and finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def transposed(columns: list[list[Cell]], left: int = 0) -> Columns:
    """Return the columns from A on, of which these have ``left`` before them, without empty ends."""
    height = max((_filled(column) for column in columns), default=0)
    while columns and not any(cell != "" for cell in reversed(columns[-1])):
        columns.pop()
    if not columns or not height:
        return ()
    before: Columns = (("",) * height,) * left
    return before + tuple(tuple(column[:height] if height < len(column) else column) for column in columns)


def reaching(columns: Columns, flaws: Collection[Flaw]) -> Columns:
    """Return the columns, with empty cells added until every flaw has its place among them."""
    height = max(len(columns[0]) if columns else 0, max((flaw.row for flaw in flaws), default=0))
    width = max(len(columns), max((flaw.column + 1 for flaw in flaws), default=0))
    if columns and (height, width) == (len(columns[0]), len(columns)):
        return columns
    longer = tuple(column + ("",) * (height - len(column)) for column in columns)
    return longer + (("",) * height,) * (width - len(columns))


def _filled(column: list[Cell]) -> int:
    """Return how long a column is without the empty cells at its foot."""
    for empty, cell in enumerate(reversed(column)):
        if cell != "":
            return len(column) - empty
    return 0


def refuse_size(name: str, sheet: str, rows: int, columns: int, far: str = "") -> SheetRefused:
    """Return the refusal of a sheet that is too large; ``far`` is a stray cell that makes it so."""
    where = f"Trang tính «{sheet}» của tệp {name}"
    if far:
        return SheetRefused(
            f"{where} không đọc được: ô {far} có nội dung, cách xa bảng. Hãy xóa nội dung ô ấy (hoặc xóa cả dòng, cả "
            "cột của nó), lưu lại rồi gửi lại tệp."
        )
    return SheetRefused(
        f"{where} quá lớn: {rows} dòng × {columns} cột, quá giới hạn {CELLS_MAX} ô. Hãy chia bảng thành nhiều tệp rồi "
        "gửi từng tệp."
    )


def areas(found: Iterable[tuple[tuple[int, int], tuple[int, int]]] | None) -> tuple[Area, ...]:
    """Return merged areas as python-calamine tells them, the useless ones of a single cell left out."""
    return tuple(
        Area(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in found or ()
        if (top, left) != (bottom, right) and bottom >= top and right >= left
    )
