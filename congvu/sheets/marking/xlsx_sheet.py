"""The XML of one worksheet: its frame as a tree, its rows as bytes, of which only the rows that change are parsed.

A sheet of 200,000 rows is a hundred million bytes; as a tree it would be gigabytes.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from lxml import etree

from congvu.press.word.xml import Element, parse
from congvu.sheets.grid import cell_name, letters

from .xlsx_package import child, children, local, made, written

ORDER: Final = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The elements of a worksheet (CT_Worksheet) in the order in which Excel insists on them."""

Marks = Mapping[int, Iterable[int]]
"""The columns to mark, by row."""
_PLACE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def place(reference: str) -> tuple[int, int] | None:
    """Return row and column of ``F12``: (12, 5); None where it is no cell."""
    if not (found := _PLACE.fullmatch(reference)):
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


@dataclass
class SheetXml:
    """``frame`` is the worksheet without its rows, ``rows`` the bytes between the tags of sheetData."""

    frame: Element
    rows: list[bytes]
    _prefix: bytes

    @classmethod
    def of(cls, xml: bytes) -> SheetXml:
        xml = _plain(xml)
        opening = re.search(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])[^>]*>", xml)
        if not opening:
            raise ValueError("a worksheet without sheetData")
        prefix = opening[1]
        if opening[0].endswith(b"/>"):
            start = end = after = opening.end()
        else:
            start, end = opening.end(), xml.rindex(b"</" + prefix + b"sheetData")
            after = xml.index(b">", end) + 1
        frame = parse(xml[: opening.start()] + b"<" + prefix + b"sheetData/>" + xml[after:])
        return cls(frame, [xml[start:end]], prefix)

    def pieces(self) -> list[bytes]:
        """Return the whole part."""
        tag = self._prefix + b"sheetData"
        before, _, after = written(self.frame).partition(b"<" + tag + b"/>")
        return [before, b"<" + tag + b">", *self.rows, b"</" + tag + b">", after]

    def put(self, element: Element) -> None:
        """Put an element of the frame where the order of a worksheet has it."""
        rank = ORDER.index(local(element))
        for index, other in enumerate(self.frame):
            if _rank(other) > rank:
                self.frame.insert(index, element)
                return
        self.frame.append(element)

    def restyle(self, styles: Mapping[int, int]) -> bool:
        """Replace styles of cells by others; return whether any cell had one of them."""
        found = False

        def other(match: re.Match[bytes]) -> bytes:
            nonlocal found
            if (style := styles.get(int(match[2]))) is None:
                return match[0]
            found = True
            return match[1] + str(style).encode()

        pattern = re.compile(rb"(<" + self._prefix + rb"""c\s(?:[^>]*?\s)?s=["'])([0-9]+)""")
        self.rows = [pattern.sub(other, piece) for piece in self.rows]
        return found

    def covered(self, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for the cells that a merged area hides the one that shows: its upper left."""
        merged = child(self.frame, "mergeCells")
        areas = [] if merged is None else [each.get("ref", "").split(":") for each in children(merged, "mergeCell")]
        ordered = sorted(set(cells))
        found = {}
        for first, last in ((place(area[0]), place(area[-1])) for area in areas):
            if first is None or last is None:
                continue
            for at in range(bisect.bisect_left(ordered, (first[0], 0)), bisect.bisect_left(ordered, (last[0] + 1, 0))):
                if first[1] <= ordered[at][1] <= last[1] and ordered[at] != first:
                    found[ordered[at]] = first
        return found

    def mark(self, marks: Marks, styled: Callable[[int], int]) -> set[int]:
        """Give the cells the style that ``styled`` tells for their own; cells and rows that are not there are made.

        Returns those of the rows that are hidden.
        """
        body = b"".join(self.rows)
        numbers, tags = self._index(body)
        first = {number: at for at, number in reversed(list(enumerate(numbers))) if number in marks}
        pieces: list[bytes] = []
        hidden: set[int] = set()
        done = 0
        for number in sorted(marks, key=lambda row: (first.get(row, bisect.bisect(numbers, row)), row in first, row)):
            if number in first:
                start, end = self._extent(body, tags[first[number]])
                row = self._row(body[start:end])
            else:
                at = bisect.bisect(numbers, number)
                start = end = tags[at][0] if at < len(tags) else len(body)
                row = made(self.frame, "row", r=str(number))
            if row.get("hidden") in ("1", "true"):
                hidden.add(number)
            self._mark_row(row, number, sorted(marks[number]), styled)
            pieces += [body[done:start], self._bytes(row)]
            done = end
        self.rows = [*pieces, body[done:]]
        self._widen(marks)
        return hidden

    def _index(self, body: bytes) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the rows' numbers and their opening tags' places; a row without a number follows the one before."""
        numbers: list[int] = []
        tags: list[tuple[int, int]] = []
        last = 0
        stated = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
        for tag in re.finditer(rb"<" + self._prefix + rb"row(?=[\s/>])[^>]*>", body):
            number = stated.search(tag[0])
            last = int(number[1]) if number else last + 1
            numbers.append(last)
            tags.append(tag.span())
        return numbers, tags

    def _extent(self, body: bytes, tag: tuple[int, int]) -> tuple[int, int]:
        start, end = tag
        if body[end - 2 : end] == b"/>":
            return start, end
        return start, body.index(b">", body.index(b"</" + self._prefix + b"row", end)) + 1

    def _row(self, xml: bytes) -> Element:
        names = "".join(
            f" xmlns{':' + key if key else ''}={quoteattr(value)}" for key, value in self.frame.nsmap.items()
        )
        return parse(b"<w" + names.encode() + b">" + xml + b"</w>")[0]

    def _bytes(self, row: Element) -> bytes:
        holder = etree.Element("w", nsmap=self.frame.nsmap)
        holder.append(row)
        whole = bytes(etree.tostring(holder, encoding="utf-8", with_tail=False))
        return whole[whole.index(b">", whole.index(b"<w")) + 1 : whole.rindex(b"</w>")]

    def _mark_row(self, row: Element, number: int, columns: Iterable[int], styled: Callable[[int], int]) -> None:
        cells = _cells(row)
        for column in columns:
            if (cell := cells.get(column)) is not None:
                cell.set("s", str(styled(_number(cell.get("s")))))
                continue
            for known, other in cells.items():  # a cell without a name stands beside the one before it
                other.set("r", cell_name(number, known))
            cell = made(row, "c", r=cell_name(number, column), s=str(styled(self._style_of_empty(row, column))))
            later = [other for known, other in cells.items() if known > column] or children(row, "extLst")
            later[0].addprevious(cell) if later else row.append(cell)
            row.attrib.pop("spans", None)
            cells = _cells(row)

    def _style_of_empty(self, row: Element, column: int) -> int:
        if row.get("customFormat") in ("1", "true"):
            return _number(row.get("s"))
        cols = child(self.frame, "cols")
        for each in () if cols is None else children(cols, "col"):
            if _number(each.get("min")) <= column + 1 <= _number(each.get("max")):
                return _number(each.get("style"))
        return 0

    def _widen(self, marks: Marks) -> None:
        """Let the stated dimension hold the cells that were made."""
        dimension = child(self.frame, "dimension")
        ends = [place(end) for end in (dimension.get("ref", "") if dimension is not None else "").split(":")]
        if dimension is None or None in ends or not marks:
            return
        rows = [*marks, *(end[0] for end in ends if end)]
        columns = [*(column for row in marks.values() for column in row), *(end[1] for end in ends if end)]
        told = f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}"
        dimension.set("ref", told)


def _cells(row: Element) -> dict[int, Element]:
    """Return the cells of a row by column, in their order."""
    found: dict[int, Element] = {}
    last = -1
    for cell in children(row, "c"):
        at = place(cell.get("r", ""))
        last = at[1] if at else last + 1
        found.setdefault(last, cell)
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _rank(element: Element) -> int:
    """Return an element's place in the order; choices between versions stand where what they hold stands."""
    for each in element.iter():
        if local(each) in ORDER:
            return ORDER.index(local(each))
    return -1


def _plain(xml: bytes) -> bytes:
    """Return the XML in UTF-8 without comments and CDATA, so that a tag in the bytes is a tag."""
    encoding = re.search(rb"""^[^>]{0,100}?encoding=["']([\w-]+)["']""", xml[:200])
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (encoding and encoding[1].upper() not in (b"UTF-8", b"US-ASCII")):
        return written(parse(xml))
    if b"<!--" in xml or b"<![CDATA[" in xml:
        root = parse(xml)
        etree.strip_tags(root, etree.Comment)
        return written(root)
    return xml
