"""A form of any table, filled in as it says, loads back as what was typed."""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from congvu.intake.blank_forms import FILL_SHEET, blank_form
from congvu.intake.targets import target_tables
from congvu.sheets.grid import cell_name
from congvu.sheets.layout import Heading, Layout
from congvu.sheets.mapping import Mapping, Rule
from congvu.sheets.reading.opening import open_book
from congvu.sheets.target import Target, TargetTable
from congvu.sheets.values.agencies import KnownAgency, Register
from congvu.sheets.values.applying import apply

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AGENCIES = [("01705", "UBND xã Hưng Mẫu"), ("01706", "UBND xã Hưng Mẫu"), ("STP", "Sở Thử"), ("17", "Phòng Mẫu")]
LISTS = {"agencies": AGENCIES, "procedures": [("1.000123", "Cấp bản sao"), ("2.001000", "Cấp đổi")]}
SINCE = dt.date(1900, 1, 1)
REGISTER = Register([KnownAgency(code, name, "", "commune_committee", "commune", "", SINCE) for code, name in AGENCIES])
ROWS = 4


def filled(target: Target, row: int, offered: list[str]) -> tuple[str, object]:
    """Return what the table is to hold, and what a person puts into the cell: a word, a number, a moment."""
    day = dt.datetime(2022, 11, 3 + row)
    match target.kind:
        case "choice" | "boolean":
            value = list(target.values)[row % len(target.values)]
            return value, target.values[value][0]
        case "date":
            return f"{day:%Y-%m-%d}", day
        case "instant":
            at = day.replace(hour=8 + row, minute=30)
            return f"{at:%Y-%m-%dT%H:%M:%S}+07:00", at
        case "integer":
            return (str(2020 + row), 2020 + row) if "year" in target.name else (str(1 + row), 1 + row)
        case "decimal":
            return f"{row}.5", row + 0.5
    if target.refers == "agencies":
        return AGENCIES[row][0], offered[row]
    if target.refers in LISTS:
        return (code := LISTS[target.refers][row % 2][0]), code
    words = f"A-00{row}" if target.key or target.refers else f"=Lời {row} của {target.label}"
    return words, words


def form_with(table: TargetTable, rows: list[list[object]]) -> bytes:
    """Return the table's form with rows typed into it, each cell as its column is formatted."""
    content = blank_form(table, LISTS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = etree.fromstring(parts["xl/worksheets/sheet1.xml"])
    styles = [
        col.get("style")
        for col in sheet.iter(f"{MAIN}col")
        for _ in range(int(col.get("min")), int(col.get("max")) + 1)
    ]
    data = sheet.find(f"{MAIN}sheetData")
    first = int(data[-1].get("r")) + 1
    for number, row in enumerate(rows, first):
        cells = "".join(_cell(cell_name(number, at), value, styles[at]) for at, value in enumerate(row))
        data.append(etree.fromstring(f'<row xmlns="{MAIN[1:-1]}" r="{number}">{cells}</row>'))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in (parts | {"xl/worksheets/sheet1.xml": etree.tostring(sheet)}).items():
            archive.writestr(name, body)
    return out.getvalue()


def _cell(name: str, value: object, style: str) -> str:
    match value:
        case str():
            return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        case dt.datetime():
            return f'<c r="{name}" s="{style}"><v>{(value - dt.datetime(1899, 12, 30)) / dt.timedelta(1)}</v></c>'
    return f'<c r="{name}" s="{style}"><v>{value}</v></c>'


@pytest.mark.parametrize("name", sorted(target_tables()))
def test_a_filled_form_becomes_what_was_typed(name: str) -> None:
    table = target_tables()[name]
    entries = ["UBND xã Hưng Mẫu (01705)", "UBND xã Hưng Mẫu (01706)", "Sở Thử", "Phòng Mẫu (17)"]
    typed = [[filled(target, row, entries) for target in table.targets] for row in range(ROWS)]
    book = open_book(form_with(table, [[cell for _value, cell in row] for row in typed]), "mau.xlsx")
    grid = book.read(FILL_SHEET)
    header = grid.height - ROWS
    headings = tuple(Heading(at, str(title)) for at, title in enumerate(grid.row(header)))
    layout = Layout((header, header), headings, range(header + 1, grid.height + 1), {}, {})
    titles = {heading.title.removesuffix(" *"): heading.title for heading in layout.headings}
    rules = tuple(Rule(target.name, (titles[target.label],)) for target in table.targets)
    outcome = apply(Mapping(name, rules), grid, layout, table, REGISTER, epoch_1904=book.epoch_1904)
    assert not outcome.errors
    found = {column: list(values) for column, values in outcome.columns.items()}
    assert found == {target.name: [row[at][0] for row in typed] for at, target in enumerate(table.targets)}
