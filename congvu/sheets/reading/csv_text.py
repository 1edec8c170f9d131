"""Text with a delimiter: CSV as spreadsheet programs, databases and one-stop software write it."""

from __future__ import annotations

import csv
import io
import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterator
from math import log2

from congvu.sheets.grid import Cell, Grid, SheetRefused

from .dense import CELLS_MAX, COLUMNS_MAX, ROWS_MAX, Columns, refuse_size, transposed, uncollected

DELIMITERS = ",;\t|"
csv.field_size_limit(sys.maxsize)  # a cell may be as long as the file, which is bounded
_SAMPLE_ROWS, _SAMPLE = 300, 300_000
_ROWS_AT_ONCE = 1000
_SEPARATOR = re.compile(r'\A"?sep=([,;|:^~\t ])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_LAST = "\x00"  # refused in every text, so no file has this record


def read_csv(text: str, name: str, sheet: str) -> Grid:
    """Return the records of ``text`` as the rows of a sheet; every cell is a text.

    A row's number is that of its record, empty lines counted, as a spreadsheet program shows it. Excel's first line
    ``sep=;`` is no record.

    Raises
    ------
    SheetRefused
        There is a NUL byte, a quote that is never closed, or too many cells.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SheetRefused(
            f"Tệp {name} có ký tự NUL ở dòng {line}: tệp bị hỏng khi xuất hoặc không phải CSV. Hãy xuất lại tệp, chọn "
            "CSV UTF-8 hoặc .xlsx."
        )
    separator = _SEPARATOR.match(text)
    body = text[separator.end() :] if separator else text
    delimiter = separator[1] if separator else found_delimiter(body)
    lines_before = 1 if separator else 0
    with uncollected():
        return Grid(sheet, _columns(_records(body, delimiter, name, lines_before), name, sheet))


def found_delimiter(text: str) -> str:
    """Return the delimiter that cuts most records of the beginning into the same number of cells, and into many."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> float:
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in itertools.islice(reader, _SAMPLE_ROWS) if record)
    except csv.Error:
        return 0.0
    # rows of titles and totals are short: what counts is the width that most of the others share
    return max((count / widths.total() * log2(width) for width, count in widths.items() if width > 1), default=0.0)


def _records(text: str, delimiter: str, name: str, lines_before: int) -> Iterator[list[str]]:
    """Yield the records.

    A quote that is never closed swallows the rest: then the last record is not the one that is put behind the text.
    """
    lines: Iterator[str] = io.StringIO(text, newline="")
    reader = csv.reader(itertools.chain(lines, [_LAST]), delimiter=delimiter)
    begins = ended = 0
    try:
        for record in reader:
            if record == [_LAST]:
                return
            yield record
            begins, ended = ended, reader.line_num
    except csv.Error as error:
        raise _unclosed(name, ended + 1 + lines_before) from error
    raise _unclosed(name, begins + 1 + lines_before)


def _unclosed(name: str, line: int) -> SheetRefused:
    return SheetRefused(
        f"Tệp {name} có dấu nháy kép mở ở ô bắt đầu từ dòng {line} mà không đóng, nên phần sau không tách được thành "
        "ô. Hãy sửa dấu nháy ở dòng ấy hoặc xuất lại tệp."
    )


def _columns(records: Iterator[list[str]], name: str, sheet: str) -> Columns:
    columns: list[list[Cell]] = []
    height = 0
    while some := list(itertools.islice(records, _ROWS_AT_ONCE)):
        width = max(len(columns), max(map(len, some)))
        if height + len(some) > ROWS_MAX or width > COLUMNS_MAX or width * (height + len(some)) > CELLS_MAX:
            raise refuse_size(name, sheet, height + len(some), width)
        columns.extend([""] * height for _ in range(width - len(columns)))
        parts = itertools.zip_longest(*some, fillvalue="")
        for column, part in itertools.zip_longest(columns, parts, fillvalue=("",) * len(some)):
            column.extend(part)  # type: ignore[union-attr]
        height += len(some)
    return transposed(columns)
