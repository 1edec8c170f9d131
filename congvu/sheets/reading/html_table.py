"""Tables of a web page, which many programs save under the name of a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from congvu.sheets.grid import Area, Cell, Grid, SheetRefused

from .dense import CELLS_MAX, COLUMNS_MAX, ROWS_MAX, refuse_size, transposed

LONGEST = 256 * 1024**2
"""Bytes of a page at most: it is held as a tree, some ten times as large."""
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = ("script", "style", "head", "title", "noscript", "template", "xml")
_LINES = ("br", "p", "div", "li", "tr")


def declared_charset(content: bytes) -> str:
    """Return the encoding that the page's head names, "" for none."""
    found = _CHARSET.search(content, 0, 4096)
    return found[1].decode() if found else ""


def read_html(text: str, name: str, sheet: str) -> Grid:
    """Return all tables of a page, one under the other, and the lines of text around them.

    Cells are texts as they were written. ``colspan`` and ``rowspan`` become merged areas. Nothing is fetched or run.

    Raises
    ------
    SheetRefused
        There is no table, or it is too large.
    """
    content = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    if len(content) > LONGEST:
        raise SheetRefused(
            f"Tệp {name} là bảng HTML dài {len(content)} byte, quá giới hạn {LONGEST} byte. Hãy xuất lại dạng .xlsx "
            "hoặc CSV."
        )
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _no_table(name) from error
    if next(root.iter("table"), None) is None:
        raise _no_table(name)
    page = _Page(name, sheet)
    page.walk(root)
    return page.grid()


def _no_table(name: str) -> SheetRefused:
    return SheetRefused(
        f"Tệp {name} là trang HTML không có bảng nào. Hãy xuất lại danh sách từ phần mềm gốc dạng .xlsx hoặc CSV."
    )


@dataclass
class _Page:
    """The sheet as far as it is written; ``taken`` has the cells that an earlier row's ``rowspan`` covers."""

    name: str
    sheet: str
    columns: list[list[Cell]] = field(default_factory=list)
    height: int = 0
    merged: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)

    def walk(self, root: Any) -> None:
        """Write tables, and what is said outside of them, in the order of the page."""
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if isinstance(element, str):
                if line := _spaced(element):
                    self.put_line(line)
            elif element.tag == "table":
                self.put_table(element)
            elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
                inside = [element.text or ""]
                for child in element:
                    inside += [child, child.tail or ""]
                waiting.extend(reversed(inside))

    def put_line(self, line: str) -> None:
        self.taken.clear()
        self.put_cells([(0, line)])

    def put_table(self, table: Any) -> None:
        """Write a table's rows; a row that holds tables itself stands for these."""
        self.taken.clear()
        waiting = [table]
        while waiting:
            element = waiting.pop()
            if element.tag == "caption":
                self.put_cells([(0, _words(element))])
            elif element.tag == "tr":
                inner = element.find(".//table")
                if inner is None:
                    self.put_row(element)
                else:
                    waiting.extend(reversed([one for one in element.iter("table") if _outermost(one, element)]))
            elif element.tag in ("table", "thead", "tbody", "tfoot"):
                waiting.extend(reversed(element))

    def put_row(self, row: Any) -> None:
        number = self.height + 1
        cells: list[tuple[int, str]] = []
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while self.taken.get(column, 0) >= number:
                column += 1
            wide, high = _span(cell, "colspan", COLUMNS_MAX), _span(cell, "rowspan", ROWS_MAX)
            cells.append((column, _words(cell)))
            if column + wide > COLUMNS_MAX:
                raise refuse_size(self.name, self.sheet, number, column + wide)
            if wide > 1 or high > 1:
                self.merged.append(Area(number, column, number + high - 1, column + wide - 1))
                self.taken.update(dict.fromkeys(range(column, column + wide), number + high - 1))
            column += wide
        if _NO_DISPLAY.search(row.get("style", "")):
            self.hidden.add(number)
        self.put_cells(cells)

    def put_cells(self, cells: list[tuple[int, str]]) -> None:
        width = max(len(self.columns), max((column for column, _ in cells), default=0) + 1)
        if self.height >= ROWS_MAX or (self.height + 1) * width > CELLS_MAX:
            raise refuse_size(self.name, self.sheet, self.height + 1, width)
        self.columns.extend([""] * self.height for _ in range(width - len(self.columns)))
        for column in self.columns:
            column.append("")
        for place, text in cells:
            self.columns[place][-1] = text
        self.height += 1

    def grid(self) -> Grid:
        columns = transposed(self.columns)
        bottom = len(columns[0]) if columns else 0
        merged = tuple(
            Area(area.top, area.left, min(area.bottom, bottom), area.right)
            for area in self.merged
            if area.top < min(area.bottom, bottom) or (area.top <= bottom and area.left < area.right)
        )
        return Grid(self.sheet, columns, merged, frozenset(row for row in self.hidden if row <= bottom))


def _outermost(table: Any, row: Any) -> bool:
    """Say whether no other table stands between a table and the row around it."""
    return all(above.tag != "table" for above in _between(table, row))


def _between(element: Any, outer: Any) -> list[Any]:
    found = []
    for above in element.iterancestors():
        if above is outer:
            break
        found.append(above)
    return found


def _span(cell: Any, attribute: str, most: int) -> int:
    """Return how many columns or rows a cell covers; what is no number counts as 1, as in browsers."""
    written = cell.get(attribute, "1").strip()
    return min(max(int(written[:9]), 1), most) if written.isascii() and written.isdigit() else 1


def _words(cell: Any) -> str:
    """Return the text of a cell, its blanks as a browser shows them, its lines kept."""
    if not len(cell):
        return _spaced(cell.text or "")
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        seen = isinstance(element.tag, str) and not any(
            above.tag in _UNSEEN for above in (element, *element.iterancestors())
        )
        if event == "start" and seen:
            pieces += ["\n" if element.tag in _LINES else "", _flat(element.text)]
        elif event == "end" and element is not cell:
            pieces += ["\n" if element.tag in _LINES and element.tag != "br" else "", _flat(element.tail)]
    lines = (_spaced(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return (text or "").replace("\r", " ").replace("\n", " ")


def _spaced(text: str) -> str:
    """Return text with single blanks, no-break ones among them."""
    return " ".join(text.split())
