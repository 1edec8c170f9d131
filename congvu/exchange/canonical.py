"""Recognising large files whose every cell already stands as PostgreSQL is to read it.

Such a file is passed on whole, byte for byte. The rest goes the way of :mod:`.reading`, which can say what is wrong:
so this module answers only yes or no, and *no* costs time, never an error. It looks at the file as one array of
bytes and at each column as a matrix of bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .instants import usual_instants
from .tables import FIRST_YEAR, LAST_YEAR, Column, Kind, Table

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

WORTH_IT = 500_000
"""Bytes of a file from which on it is worth looking."""

_COMMA, _LINE_END, _RETURN = b",\n\r"
_BOM = b"\xef\xbb\xbf"
_BLANKS = re.compile(rb"\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
"""Blanks beyond ASCII: trimming would have to look for them."""
_ASCII_BLANK = np.array([chr(byte).isspace() for byte in range(128)] + [False] * 128)
_INSTANT_WIDTH, _DAY_WIDTH, _INTEGER_WIDTH, _WIDEST = 25, 10, 18, 256


@dataclass(frozen=True)
class Canonical:
    """A recognised file: its bytes without a byte order mark, the columns in its order, how many rows it has."""

    content: bytes
    header: tuple[str, ...]
    rows: int

    @property
    def carried(self) -> frozenset[str]:
        return frozenset(self.header)


def recognise(table: Table, content: bytes) -> Canonical | None:
    """Return the file if each of its cells is right, canonical and needs no filling in; else None."""
    content = content.removeprefix(_BOM)
    if len(content) < WORTH_IT or not _plain_text(content):
        return None
    first_line = content[: content.index(b"\n")].rstrip(b"\r")
    header = tuple(first_line.decode("utf-8").split(","))
    columns = {column.name: column for column in table.columns}
    required = {column.name for column in table.columns if column.required or column.default is not None}
    if len(set(header)) < len(header) or not required <= set(header) <= columns.keys():
        return None
    cells = _Cells.of(content, len(header))
    if cells is None:
        return None
    for number, name in enumerate(header):
        if not _right(columns[name], cells, number):
            return None
    key = [header.index(name) for name in table.key if name in header]
    if len(key) < len(table.key) or not _told_apart(cells, key):
        return None
    return Canonical(content, header, cells.rows)


def _plain_text(content: bytes) -> bool:
    """Return whether the text is NFC, one row a line, with nothing quoted and no byte that ``COPY`` could misread."""
    if b'"' in content or b"\\" in content or b"\0" in content or not content.endswith(b"\n"):
        return False
    returns = content.count(b"\r")
    if (returns and returns != content.count(b"\r\n")) or returns not in (0, content.count(b"\n")):
        return False
    if content.isascii():
        return True
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _BLANKS.search(content) is None and unicodedata.is_normalized("NFC", text)


@dataclass(frozen=True)
class _Cells:
    """Where each cell begins, and how many bytes it has: one row of the arrays per column of the file."""

    bytes_: Bytes
    begins: Ints
    widths: Ints

    @classmethod
    def of(cls, content: bytes, columns: int) -> _Cells | None:
        """Return the cells below the header; None where not every line has as many as there are columns."""
        bytes_ = np.frombuffer(content, np.uint8)
        ends = np.flatnonzero((bytes_ == _COMMA) | (bytes_ == _LINE_END))
        if len(ends) % columns or len(ends) == columns:
            return None
        grid = ends.reshape(-1, columns)
        marks = bytes_[grid]
        if not (marks[:, -1] == _LINE_END).all() or (marks[:, :-1] == _LINE_END).any():
            return None
        begins = np.concatenate(([0], ends[:-1] + 1)).reshape(-1, columns)
        widths = grid - begins
        if content.count(b"\r", 0, int(ends[columns - 1]) + 1):
            widths[:, -1] -= 1
        return cls(bytes_, np.ascontiguousarray(begins[1:].T), np.ascontiguousarray(widths[1:].T))

    @property
    def rows(self) -> int:
        return int(self.begins.shape[1])

    def matrix(self, column: int, width: int, rows: Bools | None = None) -> Bytes:
        """Return the first ``width`` bytes of a column's cells, zeros after a shorter cell's end."""
        begins, widths = self.begins[column], self.widths[column]
        if rows is not None:
            begins, widths = begins[rows], widths[rows]
        reach = np.minimum(begins, len(self.bytes_) - width)  # the last cells lie near the end
        windows = np.lib.stride_tricks.sliding_window_view(self.bytes_, width)
        found: Bytes = windows[reach]
        for place in np.flatnonzero(reach != begins):
            shift = int(begins[place] - reach[place])
            found[place] = np.concatenate((found[place, shift:], np.zeros(shift, np.uint8)))
        if not (widths >= width).all():
            found[np.arange(width) >= widths[:, None]] = 0
        return found


def _right(column: Column, cells: _Cells, number: int) -> bool:
    filled = cells.widths[number] > 0
    whole = bool(filled.all())
    if not whole and (column.required or column.default is not None):
        return False
    begins = cells.begins[number] if whole else cells.begins[number][filled]
    widths = cells.widths[number] if whole else cells.widths[number][filled]
    if not len(begins):
        return True
    bytes_ = cells.bytes_
    if _ASCII_BLANK[bytes_[begins]].any() or _ASCII_BLANK[bytes_[begins + widths - 1]].any():
        return False
    rows = None if whole else filled
    widest = int(widths.max())
    match column.kind:
        case Kind.TEXT:
            return True
        case Kind.CHOICE:
            return _among(cells.matrix(number, widest, rows), column.choices)
        case Kind.BOOLEAN:
            return _among(cells.matrix(number, widest, rows), ("true", "false"))
        case Kind.INSTANT:
            all_usual = widest == _INSTANT_WIDTH and bool((widths == widest).all())
            return all_usual and bool(usual_instants(cells.matrix(number, widest, rows)).all())
        case Kind.DATE:
            all_usual = widest == _DAY_WIDTH and bool((widths == widest).all())
            return all_usual and _days(cells.matrix(number, widest, rows))
        case Kind.INTEGER:
            free = column.least == -(2**63) and column.most == 2**63 - 1
            return free and widest <= _INTEGER_WIDTH and _integers(cells.matrix(number, widest, rows), widths)
    return False


def _texts(matrix: Bytes) -> NDArray[np.bytes_]:
    return np.ascontiguousarray(matrix).view(f"S{matrix.shape[1]}").ravel()


def _among(matrix: Bytes, choices: Sequence[str]) -> bool:
    if matrix.shape[1] > _WIDEST:
        return False
    return bool(np.isin(_texts(matrix), [choice.encode() for choice in choices]).all())


def _days(matrix: Bytes) -> bool:
    distinct = set(_texts(matrix).tolist())
    midnight = [day + b"T00:00:00+07:00" for day in distinct]
    usual = np.frombuffer(b"".join(midnight), np.uint8).reshape(len(midnight), _INSTANT_WIDTH)
    within = all(FIRST_YEAR < int(day[:4]) < LAST_YEAR for day in distinct if day[:4].isdigit())
    return within and bool(usual_instants(usual).all())


def _integers(matrix: Bytes, widths: Ints) -> bool:
    """Return whether all are digits alone, without zeros before them."""
    digits = (matrix >= ord("0")) & (matrix <= ord("9"))
    return bool((digits.sum(axis=1) == widths).all() and ((matrix[:, 0] != ord("0")) | (widths == 1)).all())


def _told_apart(cells: _Cells, key: Sequence[int]) -> bool:
    """Return whether no two rows have one key."""
    widths = [int(cells.widths[number].max()) for number in key]
    if sum(widths) > _WIDEST or min(widths) == 0:
        return False
    whole = np.hstack([cells.matrix(number, width) for number, width in zip(key, widths, strict=True)])
    return len(set(_texts(whole).tolist())) == cells.rows
