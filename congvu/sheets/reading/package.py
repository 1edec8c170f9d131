"""Workbooks that are a zip of parts: xlsx and xlsb."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from python_calamine import CalamineWorkbook

from congvu.sheets.grid import Grid, SheetRefused

from . import xlsx_marks
from .dense import TEXT_MAX, Unread, areas, columns_of, guarded, reaching, sheet_of
from .plain_xml import plain
from .xlsx_bounds import Bounds, bounded, without_far_dates
from .zipped import Parts, packed

_PREFIX = re.compile(rb"\A\s*<([A-Za-z_][\w.-]*):worksheet\b")
_SHARED = "xl/sharedStrings.xml"
_SHARED_CELL = re.compile(rb't="s"[^>]*><v>([0-9]+)</v>')
_NEEDED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/[^/]+|xl/[^/]+\.xml")


@dataclass
class Xlsx:
    """An xlsx, opened once; ``sheets`` has the part of every worksheet."""

    parts: Parts
    sheets: Mapping[str, str]
    _shared: tuple[bytes, ...] | None = field(default=None, init=False)
    _book: CalamineWorkbook | None = field(default=None, init=False)

    def read(self, sheet: str) -> Grid:
        """Return a sheet.

        Raises
        ------
        SheetRefused
        """
        path = self.sheets[sheet]
        stored = self.parts.read(path)
        found = bounded(_without_prefix(plain(stored, self.parts.name, path)), self.parts.name, sheet)
        changed = found.xml is not stored or not self.parts.plain
        self._check_texts(found, sheet)
        try:
            return self._grid(sheet, found, self._rebuilt(path, found) if changed else self._opened())
        except Unread:
            # a number that no calendar has, with the format of a date, fails the whole sheet
            found = without_far_dates(found.xml, self.parts.name, sheet)
        try:
            return self._grid(sheet, found, self._rebuilt(path, found))
        except Unread as error:
            raise self.parts.broken(f"trang tính «{sheet}» không đọc được") from error

    def _grid(self, sheet: str, found: Bounds, book: CalamineWorkbook) -> Grid:
        read = sheet_of(book, sheet)
        flaws = xlsx_marks.flaws(found.xml)
        columns = reaching(columns_of(read), flaws)
        return Grid(
            sheet,
            columns,
            areas(guarded(lambda: read.merged_cell_ranges)),
            xlsx_marks.hidden_rows(found.xml),
            xlsx_marks.hidden_columns(found.xml, len(columns)),
            flaws,
        )

    def _opened(self) -> CalamineWorkbook:
        if self._book is None:
            self._book = guarded(lambda: CalamineWorkbook.from_object(io.BytesIO(self.parts.content)))
        return self._book

    def _rebuilt(self, path: str, found: Bounds) -> CalamineWorkbook:
        """Return the workbook with this sheet alone, as it was put in order."""
        kept = {one: self.parts.read(one) for one in self.parts.paths() if _NEEDED.fullmatch(one) and one != path}
        content = packed({**kept, path: found.xml})
        return guarded(lambda: CalamineWorkbook.from_object(io.BytesIO(content)))

    def _check_texts(self, found: Bounds, sheet: str) -> None:
        """Refuse a sheet whose cells repeat long shared strings so often that they fill the memory."""
        if self._shared is None:
            # also: what the reader is given of this part has been measured
            self._shared = tuple(self.parts.read(_SHARED).split(b"<si")[1:]) if _SHARED in self.parts else ()
        longest = max(map(len, self._shared), default=0)
        # counting takes long, and most sheets have not even room for so much
        room = longest * found.rows * found.columns
        if room <= TEXT_MAX or longest * found.xml.count(b't="s"') <= TEXT_MAX:
            return
        used = Counter(_SHARED_CELL.findall(found.xml))
        lengths = dict(enumerate(map(len, self._shared)))
        if sum(lengths.get(int(index), 0) * times for index, times in used.items()) > TEXT_MAX:
            raise SheetRefused(
                f"Trang tính «{sheet}» của tệp {self.parts.name} lặp lại các đoạn chữ dài quá nhiều lần, vượt giới hạn "
                f"{TEXT_MAX} byte. Hãy chia bảng thành nhiều tệp rồi gửi từng tệp."
            )


def _without_prefix(xml: bytes) -> bytes:
    """Return the XML with the elements of spreadsheets called ``<c>`` where they were ``<x:c>``."""
    prefix = _PREFIX.match(xml)
    if prefix is None:
        return xml
    return xml.replace(b"<" + prefix[1] + b":", b"<").replace(b"</" + prefix[1] + b":", b"</")
