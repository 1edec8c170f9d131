"""What a page shows and what its workbook holds, as tables of texts that can be compared."""

import io
import re
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

import python_calamine

from congvu.kernel.clock import VIETNAM
from congvu.kernel.format import format_day, format_due, format_instant, format_number, format_percent

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WRITERS = {
    "[$-42A]#,##0": format_number,
    "[$-42A]#,##0.00": lambda value: format_number(value, 2),
    "[$-42A]0.00%": format_percent,
    "0": lambda value: str(int(value)),
}
"""The format of a cell -> how the pages write what it shows."""

NUMBER = re.compile(r"[-+−]?[0-9]{1,3}(\.[0-9]{3})*(,[0-9]+)?%?|[0-9]+")
DAY = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")
INSTANT = re.compile(r"[0-9]{2}:[0-9]{2} .*[0-9]{2}/[0-9]{2}/[0-9]{4}")


def cell_text(cell):
    """Return what is read in a cell of a page: nothing for the eye alone or for the ear alone."""
    for tag in cell.select("[aria-hidden], .visually-hidden"):
        tag.decompose()
    for line in cell.select("br"):
        line.replace_with("\n")
    lines = cell.get_text().strip("\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def tables_of(page):
    """Return (caption, titles, rows of (text, is a number)) of each table in a page; no column of deeds."""
    found = []
    for table in page.select("main table"):
        heads = table.select("thead th")
        width = len([head for head in heads if not head.has_attr("data-deeds")])
        rows = [row.find_all(["th", "td"], recursive=False)[:width] for row in table.select("tbody tr")]
        titles = [cell_text(head) for head in heads[:width]]
        caption = " ".join(table.caption.get_text().split())
        found.append(
            (caption, titles, [[(cell_text(c), "num" in c.get("class", [])) for c in cells] for cells in rows])
        )
    return found


def all_pages(client, address):
    """Return the tables of a list over all its pages: the rows of later pages follow those of the first."""
    page = client.page(address)
    tables = tables_of(page)
    first = {name: rows[:] for name, _titles, rows in tables}
    while following := page.select_one("a[rel=next]"):
        page = client.page(following["href"])
        for (name, _titles, rows), (_same, _heads, more) in zip(tables, tables_of(page), strict=True):
            if more != first[name]:
                rows.extend(more)
    return tables


class Sheet:
    """One sheet of a workbook: title, notes, titles of its columns, rows of values with the format of each."""

    def __init__(self, name, rows, package, number):
        self.name, self.title = name, rows[0][0]
        self.head = next(index for index, row in enumerate(rows) if not any(row)) + 1
        self.notes = [row[0] for row in rows[1 : self.head - 1]]
        self.titles = rows[self.head]
        self.rows = rows[self.head + 1 :]
        self.xml = package.read(f"xl/worksheets/sheet{number}.xml").decode()
        codes = _format_codes(package)
        tree = ElementTree.fromstring(self.xml)
        self.formats = {cell.get("r"): codes[int(cell.get("s", "0"))] for cell in tree.iter(f"{NS}c")}
        self.pane = tree.find(f".//{NS}pane")
        self.filter = tree.find(f"{NS}autoFilter")
        self.widths = [
            float(columns.get("width"))
            for columns in tree.iter(f"{NS}col")
            for _column in range(int(columns.get("min")), int(columns.get("max")) + 1)
        ]

    def shown(self, row, column):
        """Return what a reader of the sheet sees in a cell of ``rows``."""
        value = self.rows[row][column]
        if isinstance(value, datetime):
            return {format_instant(value.replace(tzinfo=VIETNAM)), format_due(value.replace(tzinfo=VIETNAM))}
        if isinstance(value, date):
            return {format_day(value)}
        if isinstance(value, float):
            return {WRITERS[self.formats[f"{_letters(column)}{self.head + row + 2}"]](value)}
        return {value}


def sheets_of(reply):
    assert reply.status_code == 200, reply.content[:2000].decode()
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(reply.content))
    with zipfile.ZipFile(io.BytesIO(reply.content)) as package:
        return [
            Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), package, number)
            for number, name in enumerate(book.sheet_names, start=1)
        ]


def _letters(column):
    return chr(ord("A") + column)


def _format_codes(package):
    tree = ElementTree.fromstring(package.read("xl/styles.xml"))
    codes = {int(one.get("numFmtId")): one.get("formatCode") for one in tree.iter(f"{NS}numFmt")} | {1: "0", 49: "@"}
    return [codes.get(int(one.get("numFmtId", "0")), "") for one in tree.find(f"{NS}cellXfs")]


def assert_same(tables, sheets):
    """Compare a page's tables with a workbook's sheets: names, titles, rows in their order, and their types."""
    assert [sheet.title for sheet in sheets] == [name for name, _titles, _rows in tables]
    for sheet, (name, titles, rows) in zip(sheets, tables, strict=True):
        assert sheet.titles == titles, name
        assert len(sheet.rows) == len(rows), name
        for row, cells in enumerate(rows):
            for column, (text, is_number) in enumerate(cells):
                _assert_cell(sheet, row, column, text, is_number=is_number)


def _assert_cell(sheet, row, column, text, *, is_number):
    value, shown = sheet.rows[row][column], sheet.shown(row, column)
    place = (sheet.name, row, sheet.titles[column], text, value)
    if text in ("", "—"):
        assert value == "", place
        return
    assert text.removeprefix("+").replace("−", "-") in shown or text in shown, place
    if is_number and NUMBER.fullmatch(text):
        assert isinstance(value, float), place
    if DAY.fullmatch(text):
        assert isinstance(value, date), place
    if INSTANT.fullmatch(text):
        assert isinstance(value, datetime), place


def assert_handy(sheet):
    """The header stays in sight and filters its rows; columns are as wide as what stands in them."""
    assert (sheet.pane.get("state"), sheet.pane.get("ySplit")) == ("frozen", str(sheet.head + 1)), sheet.name
    first, last = sheet.filter.get("ref").split(":")
    assert first == f"A{sheet.head + 1}"
    assert last == f"{_letters(len(sheet.titles) - 1)}{sheet.head + 1 + len(sheet.rows)}"
    for column, width in enumerate(sheet.widths):
        texts = [row[column] for row in sheet.rows if isinstance(row[column], str)]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        assert min(longest, 60) <= width, (sheet.name, column)
    assert "<f>" not in sheet.xml
