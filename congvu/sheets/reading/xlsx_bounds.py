"""How far the cells of a sheet's XML reach, known before anything is made of them; odd XML is put in order first.

A reader makes a dense rectangle out to the last row and the widest column, so one cell at XFD1048576 is as good as a
bomb. Here every ``<c`` is looked at, at the speed of one regular expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from congvu.sheets.grid import SheetRefused, cell_name

from .dense import CELLS_MAX, COLUMNS_MAX, ROWS_MAX, refuse_size

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_TOKENS = re.compile(rb"<(row|c)((?:[\s/][^>]*)?)>(\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>)?|</row\s*>")
_ATTRIBUTE = re.compile(rb"""([A-Za-z0-9]+)\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(rb"\A([A-Za-z]{1,3})0{0,6}([1-9][0-9]{0,6})\Z")
_STYLED_TOO_FAR = re.compile(
    rb'(<c r="[A-Z0-9]+") s="[0-9]+"((?: t="n")?><v>-?(?:[0-9]{7,}|[^<]*[eE]\+?[0-9])[^<]*</v>)'
)
"""Numbers that no calendar has: their format as a date is taken away."""
_LONGEST_PAIR, _LONGEST_TRIPLE = 702, 16_406
"""Columns up to ZZ, and up to XFZ: the last of them is XFD, but no simple pattern ends there."""
_SHEET_DATA = re.compile(rb"<sheetData[\s>/]")


@dataclass(frozen=True)
class Bounds:
    """``rows`` and ``columns`` reach at least to the last cell, ``xml`` is the sheet that they hold for."""

    rows: int
    columns: int
    xml: bytes


def bounded(xml: bytes, name: str, sheet: str) -> Bounds:
    """Return the sheet with its bounds: as it is where its cells are named in order, put in order where not.

    Raises
    ------
    SheetRefused
        The rectangle of its cells is too large; a stray cell is named.
    """
    reach = _reach(xml)
    if reach is not None and reach[0] * reach[1] <= CELLS_MAX:
        return Bounds(*reach, xml)
    return _ordered(xml, name, sheet)


def without_far_dates(xml: bytes, name: str, sheet: str) -> Bounds:
    """Return the sheet with the numbers that no calendar has left as numbers."""
    found = _ordered(xml, name, sheet)
    return Bounds(found.rows, found.columns, _STYLED_TOO_FAR.sub(rb"\1\2", found.xml))


def column_number(name: bytes) -> int:
    """Return a column from 0 by its letters.

    >>> column_number(b"A"), column_number(b"XFD")
    (0, 16383)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number - 1


def _reach(xml: bytes) -> tuple[int, int] | None:
    """Return rows and columns that no cell lies beyond; None where a cell is not named, or named in an odd way.

    What the file says of its size (``<dimension>``) is not asked. Bounds begin small and are widened at every cell
    beyond them; rows are rounded up to one leading digit, so that this happens seldom.
    """
    rows, columns, position = 1, 1, 0
    while True:
        rows = _rounded(rows)
        outside = re.compile(rb'<c(?=[\s>/])(?! r="(?:%b)(?:%b)")' % (_letters_to(columns), _digits_to(rows)))
        found = outside.search(xml, position)
        if found is None:
            return min(rows, ROWS_MAX), columns if columns <= _LONGEST_PAIR else _LONGEST_TRIPLE
        position = found.start()
        cell = _CELL.match(xml, position)
        if cell is None or int(cell[2]) > ROWS_MAX or column_number(cell[1]) >= COLUMNS_MAX:
            return None
        rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1]) + 1)


def _rounded(number: int) -> int:
    """Return the number that is all nines after the first digit.

    >>> _rounded(200_003), _rounded(1)
    (299999, 9)
    """
    size = 10 ** (len(str(number)) - 1)
    return (number // size + 1) * size - 1 if size > 1 else 9


def _digits_to(rows: int) -> bytes:
    """Return a pattern of the numbers from 1 to ``rows``, which :func:`_rounded` gave."""
    digits = len(str(rows))
    first = str(rows)[0]
    longest = f"[1-{first}][0-9]{{{digits - 1}}}"
    return (longest if digits == 1 else f"{longest}|[1-9][0-9]{{0,{digits - 2}}}").encode()


def _letters_to(columns: int) -> bytes:
    """Return a pattern of the letters of the first ``columns`` columns, or a few more."""
    if columns <= 26:
        return f"[A-{chr(64 + columns)}]".encode()
    if columns <= _LONGEST_PAIR:
        first, second = divmod(columns - 27, 26)
        until = f"[A-{chr(64 + first)}][A-Z]|" if first else ""
        return f"[A-Z]|{until}{chr(65 + first)}[A-{chr(65 + second)}]".encode()
    return b"[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-F][A-Z]"


def _ordered(xml: bytes, name: str, sheet: str) -> Bounds:
    """Return the sheet with a name at every cell, and without the cells that hold nothing."""
    start = _SHEET_DATA.search(xml)
    if start is None:
        return Bounds(0, 0, b"<worksheet><sheetData/></worksheet>")
    end = xml.rfind(b"</sheetData")
    order = _Order(name, sheet)
    body = _TOKENS.sub(order.put, xml[start.start() : end]) if end > start.start() else b""
    order.check()
    ordered = xml[: start.start()] + body + xml[end:] if body else b"<worksheet><sheetData/></worksheet>"
    rows, columns = order.rows, order.columns
    reach = _reach(ordered)
    if reach is None:
        raise SheetRefused(
            f"Trang tính «{sheet}» của tệp {name} được ghi theo cách không đọc được. Hãy mở bằng Excel, lưu lại dạng "
            ".xlsx rồi gửi lại."
        )
    return Bounds(rows, columns, ordered)


@dataclass
class _Order:
    """Where the next cell stands, and which rows and columns hold something."""

    name: str
    sheet: str
    row: int = 1
    column: int = 0
    last: tuple[int, int] = (0, 0)
    held_rows: set[int] = field(default_factory=set)
    held_columns: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return max(self.held_rows, default=0)

    @property
    def columns(self) -> int:
        return max(self.held_columns, default=-1) + 1

    def put(self, token: re.Match[bytes]) -> bytes:
        if token[1] is None:
            self.row, self.column = self.row + 1, 0
            return b"</row>"
        attributes = dict(_ATTRIBUTE.findall(token[2]))
        ends = token[2].endswith(b"/")
        if token[1] == b"row":
            return self._row(attributes, ends)
        return self._cell(attributes, ends or token[3] is not None)

    def _row(self, attributes: dict[bytes, bytes], ends: bool) -> bytes:
        number = attributes.get(b"r", b"")
        if number.isdigit() and 0 < int(number[:8]) <= ROWS_MAX:
            self.row = int(number[:8])
        self.column = 0
        hidden = b' hidden="1"' if attributes.get(b"hidden") in (b"1", b"true") else b""
        written = b'<row r="%d"%b%b>' % (self.row, hidden, b"/" if ends else b"")
        self.row += ends
        return written

    def _cell(self, attributes: dict[bytes, bytes], empty: bool) -> bytes:
        if reference := attributes.get(b"r"):
            named = _REFERENCE.match(reference)
            if named is None:
                raise self._outside(reference.decode("ascii", "replace"))
            self.row, self.column = int(named[2]), column_number(named[1])
        if self.row > ROWS_MAX or self.column >= COLUMNS_MAX:
            raise self._outside(cell_name(self.row, self.column))
        column, self.column = self.column, self.column + 1
        if empty:
            return b""
        self.held_rows.add(self.row)
        self.last = max(self.last, (self.row, column))
        self.held_columns.setdefault(column, self.row)
        kept = b"".join(
            b' %b="%b"' % (key, attributes[key]) for key in (b"s", b"t") if attributes.get(key, b"").isalnum()
        )
        return b'<c r="%b"%b>' % (cell_name(self.row, column).encode(), kept)

    def _outside(self, called: str) -> SheetRefused:
        return SheetRefused(
            f"Trang tính «{self.sheet}» của tệp {self.name} có ô «{called}» nằm ngoài bảng tính. Hãy mở bằng Excel, "
            "lưu lại dạng .xlsx rồi gửi lại."
        )

    def check(self) -> None:
        """Refuse what is too large, and name the cell after the widest gap."""
        if self.rows * self.columns > CELLS_MAX:
            raise refuse_size(self.name, self.sheet, self.rows, self.columns, self._stray())

    def _stray(self) -> str:
        columns, rows = sorted(self.held_columns), sorted(self.held_rows)
        gap_of_columns = columns[-1] - columns[-2] if len(columns) > 1 else columns[-1]
        gap_of_rows = rows[-1] - rows[-2] if len(rows) > 1 else rows[-1]
        if gap_of_columns > 1:
            return cell_name(self.held_columns[columns[-1]], columns[-1])
        if gap_of_rows > 1:
            return cell_name(*self.last)
        return ""
