"""One CSV file becomes columns. RFC 4180, UTF-8; a row's line is the file's line on which it begins."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from .problems import Report
from .tables import Column, Table
from .values import NULL, check, escaped, not_text, tidy

csv.field_size_limit(sys.maxsize)  # a cell may be as long as the file: the contract sets no other limit

# Rows as RFC 4180 has them: a cell is quoted as a whole, or holds no quotation mark.
_GRAMMAR = re.compile(
    r'(?:(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)(?:,|\r\n|\n|\r))*+(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)'
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sheet:
    """The rows of a file as columns of texts, one per name of the header, and the line of each row."""

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    lines: Sequence[int]
    ascii_only: bool
    quoted: bool
    escapes: bool
    strange: bool


@dataclass(frozen=True)
class Cooked:
    """Checked values ready for ``COPY``, by column; ``carried`` are the columns that the file itself has.

    ``own`` holds the columns of ours (:class:`.tables.Table`), which are not copied.
    """

    columns: dict[str, list[str]]
    lines: Sequence[int]
    carried: frozenset[str]
    own: dict[str, list[str]]

    @property
    def rows(self) -> int:
        return len(self.lines)


def read_sheet(file: str, content: bytes, report: Report) -> Sheet | None:
    """Return the rows of a file; None where its form is so broken that no row can be trusted (reported)."""
    text = _text(file, content, report)
    if text is None:
        return None
    quoted = '"' in text
    if quoted and not _follows_grammar(file, text, report):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, None)
    if not header:
        report.error(file, 1, None, None, "thiếu dòng tiêu đề ghi tên các cột")
        return None
    rows, lines = _rows(reader, quoted=quoted)
    rows, lines = _same_width(file, len(header), rows, lines, report)
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * len(header)
    return Sheet(
        header=tuple(tidy(header, ascii_only=False)),
        columns=columns,
        lines=lines,
        ascii_only=text.isascii(),
        quoted=quoted,
        escapes=quoted or "\\" in text or "\t" in text,
        strange="\0" in text or not _encodable(text),
    )


def _text(file: str, content: bytes, report: Report) -> str | None:
    if content.startswith(_UTF16):
        report.error(file, 1, None, None, "tệp viết bằng UTF-16; hãy lưu lại bằng UTF-8")
        return None
    # Bytes that are no UTF-8 pass as lone surrogates, so that each cell with one can be named.
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _follows_grammar(file: str, text: str, report: Report) -> bool:
    found = _GRAMMAR.match(text)
    end = found.end() if found else 0
    if end == len(text):
        return True
    row_begins = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    if text.startswith('"', end) and text.count('"', end) % 2:
        expected = "ô mở dấu nháy kép mà không đóng (RFC 4180)"
    else:
        expected = "dấu nháy kép đặt sai: ô có dấu nháy phải được bao cả ô, dấu nháy bên trong viết hai lần (RFC 4180)"
    line = len(io.StringIO(text[:row_begins], newline=None).readlines()) + 1
    report.error(file, line, None, text[end : end + 40], expected)
    return False


def _rows(reader: csv._reader, *, quoted: bool) -> tuple[list[list[str]], Sequence[int]]:  # type: ignore[name-defined]
    first = reader.line_num + 1
    if not quoted:
        rows = list(reader)
        lines: Sequence[int] = range(first, first + len(rows))
    else:
        rows, begins, begin = [], [], first
        for row in reader:
            rows.append(row)
            begins.append(begin)
            begin = reader.line_num + 1
        lines = begins
    if [] in rows:  # an empty line is no row
        kept = [(row, line) for row, line in zip(rows, lines, strict=True) if row]
        return [row for row, _line in kept], [line for _row, line in kept]
    return rows, lines


def _same_width(
    file: str, width: int, rows: list[list[str]], lines: Sequence[int], report: Report
) -> tuple[list[list[str]], Sequence[int]]:
    """Return the rows with as many cells as the header; the others are reported."""
    if set(map(len, rows)) <= {width}:
        return rows, lines
    kept, kept_lines = [], []
    for row, line in zip(rows, lines, strict=True):
        if len(row) == width:
            kept.append(row)
            kept_lines.append(line)
        else:
            report.error(file, line, None, None, f"dòng có {len(row)} ô, dòng tiêu đề có {width} cột")
    return kept, kept_lines


def cook(file: str, table: Table, sheet: Sheet, report: Report) -> Cooked | None:
    """Return the checked values of a sheet; None where its header does not let its rows be read (reported)."""
    if not _header_is_right(file, table, sheet, report):
        return None
    given = dict(zip(sheet.header, sheet.columns, strict=True))
    columns: dict[str, list[str]] = {}
    for column in table.columns:
        if column.name in given:
            columns[column.name] = _cooked(file, column, given[column.name], sheet, report)
        elif column.default is not None:
            columns[column.name] = [column.default] * len(sheet.lines)
    own = {c.name: _cooked(file, c, given[c.name], sheet, report) for c in table.own if c.name in given}
    return Cooked(columns, sheet.lines, frozenset(given) & frozenset(table.names), own)


def _header_is_right(file: str, table: Table, sheet: Sheet, report: Report) -> bool:
    errors = report.errors.count
    known = {column.name for column in (*table.columns, *table.own)}
    seen: set[str] = set()
    for name in sheet.header:
        if name in seen:
            report.error(file, 1, name, None, "cột ghi hai lần ở dòng tiêu đề")
        elif name.startswith("x_") and name not in known:
            report.warn(file, 1, name, None, "cột riêng không rõ, được bỏ qua")
        elif name not in known:
            report.error(file, 1, name, None, f"không có cột này; các cột của bảng: {', '.join(table.names)}")
        seen.add(name)
    for column in table.columns:
        if column.required and column.name not in seen:
            report.error(file, 1, column.name, None, "thiếu cột bắt buộc")
    return report.errors.count == errors


def _cooked(file: str, column: Column, given: Sequence[str], sheet: Sheet, report: Report) -> list[str]:
    cells = tidy(given, ascii_only=sheet.ascii_only)
    distinct = set(cells)
    empty = "" in distinct
    distinct.discard("")
    no_text = {cell: reason for cell in distinct if (reason := not_text(cell))} if sheet.strange else {}
    found = check(column, distinct - no_text.keys())
    wrong = found.wrong | no_text
    changed = found.changed | dict.fromkeys(wrong, NULL)
    if sheet.escapes:
        changed |= escaped(distinct - changed.keys())
    if empty:
        changed[""] = NULL if column.default is None else column.default
    if empty and column.required:
        wrong = wrong | {"": "thiếu giá trị bắt buộc"}
    if wrong or found.odd:
        _report_cells(file, column, cells, sheet.lines, wrong, found.odd, report)
    return [changed.get(cell, cell) for cell in cells] if changed else cells


def _report_cells(
    file: str,
    column: Column,
    cells: Sequence[str],
    lines: Sequence[int],
    wrong: dict[str, str],
    odd: dict[str, str],
    report: Report,
) -> None:
    for cell, line in zip(cells, lines, strict=True):
        if cell in wrong:
            report.error(file, line, column.name, cell or None, wrong[cell])
        elif cell in odd:
            report.warn(file, line, column.name, cell, odd[cell])
