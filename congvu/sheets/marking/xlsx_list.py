"""The sheet that lists what is wrong: made, put into a workbook, found again in one that comes back."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import python_calamine as calamine

from congvu.kernel.text import nfc
from congvu.press.tidy import tidy
from congvu.press.xlsx import CELL_TEXT_MAX, FORMULA_STARTS, LINE_PT, ROW_MAX_PT
from congvu.sheets.grid import cell_name

from .xlsx_package import Package, child, children, made, space
from .xlsx_styles import ListLooks

LIST: Final = "Lỗi cần sửa"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OURS: Final = re.compile(r"lỗi cần sửa(?: ?\([0-9]+\)|_[0-9]+)?")
_KEPT: Final = 10
"""The first of the hidden columns whose first row holds the looks of marked cells (J)."""


def is_ours(sheet_name: str) -> bool:
    """Return whether a sheet is a list of errors that was put there, also where Excel made a copy of it."""
    return _OURS.fullmatch(nfc(sheet_name).strip().casefold()) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list. ``row`` and ``column`` are the cell's here, ``origin`` its row in the file it came from."""

    row: int
    column: int
    title: str
    value: str
    reason: str
    origin: int = 0


def put_list(
    package: Package, sheet: str, notes: Sequence[str], lines: Sequence[Line], looks: ListLooks, kept: Iterable[str]
) -> None:
    """Put the list as the last sheet; one of an earlier round is overwritten where it stands.

    ``notes`` stand below the title; ``kept`` are texts for :func:`kept_looks`.
    """
    earlier = next((each for each in package.sheets() if is_ours(each.name)), None)
    if earlier:
        part, index = earlier.part, earlier.index
        root = package.tree(package.workbook)
        children(child(root, "sheets"), "sheet")[index].attrib.pop("state", None)  # it may have been hidden
    else:
        part, index = _new(package)
    package.write(part, _xml(package, sheet, notes, lines, looks, kept))
    last = len(notes) + 2 + len(lines)
    area = f"'{LIST if not earlier else earlier.name.replace(chr(39), chr(39) * 2)}'!$A${len(notes) + 2}:"
    _name_filter(package, index, f"{area}${'F' if _traced(lines) else 'E'}${max(last, len(notes) + 2)}")


def kept_looks(content: bytes) -> list[str]:
    """Return the texts kept by the list of an earlier round, none where there is no list."""
    try:
        with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
            name = next((name for name in book.sheet_names if is_ours(name)), None)
            if name is None:
                return []
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=1)
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        return []
    return [str(value) for row in rows for value in row[_KEPT - 1 :]]


def _new(package: Package) -> tuple[str, int]:
    """Add an empty sheet to the workbook; return its part and its place."""
    part = package.unused("xl/worksheets/sheet{}.xml")
    package.declare(part, _TYPE)
    root = package.tree(package.workbook)
    sheets = child(root, "sheets")
    if sheets is None:
        raise ValueError("a workbook without sheets")
    known = children(sheets, "sheet")
    number = max((int(each.get("sheetId", "0")) for each in known), default=0) + 1
    entry = made(sheets, "sheet", name=LIST, sheetId=str(number))
    entry.set(f"{{{package.relation_space}}}id", package.relate(package.workbook, "worksheet", part))
    sheets.append(entry)
    package.touch(package.workbook)
    return part, len(known)


def _name_filter(package: Package, index: int, area: str) -> None:
    """Tell the filter's area as Excel does, by a hidden name."""
    root = package.tree(package.workbook)
    names = child(root, "definedNames")
    if names is None:
        names = made(root, "definedNames")
        earlier = [each for name in ("sheets", "functionGroups", "externalReferences") for each in children(root, name)]
        earlier[-1].addnext(names)
    for name in children(names, "definedName"):
        if name.get("name") == "_xlnm._FilterDatabase" and name.get("localSheetId") == str(index):
            names.remove(name)
    told = made(names, "definedName", name="_xlnm._FilterDatabase", localSheetId=str(index), hidden="1")
    told.text = area
    names.append(told)
    package.touch(package.workbook)


def _traced(lines: Sequence[Line]) -> bool:
    return any(line.origin for line in lines)


def _xml(
    package: Package, sheet: str, notes: Sequence[str], lines: Sequence[Line], looks: ListLooks, kept: Iterable[str]
) -> list[bytes]:
    traced = _traced(lines)
    widths = (6, 10, 28, 32, 70, 12)[: 6 if traced else 5]
    titles = ("STT", "Ô", "Cột", "Giá trị trong ô", "Sai ở đâu, cần gì", "Dòng trong tệp gốc")[: len(widths)]
    head = len(notes) + 2
    texts = list(kept)
    top = [_text(1, 0, LIST, looks.title, looks.title)]
    top += [_text(1, _KEPT - 1 + place, text, 0, 0) for place, text in enumerate(texts)]
    rows = [_row(1, top)]
    rows += [_row(row, [_text(row, 0, note, 0, 0)]) for row, note in enumerate(notes, 2)]
    rows.append(_row(head, [_text(head, at, title, looks.head, looks.head) for at, title in enumerate(titles)]))
    rows += [_line(head + number, number, line, looks, traced) for number, line in enumerate(lines, 1)]
    last = f"{'F' if traced else 'E'}{head + len(lines)}"
    links = "".join(
        f'<hyperlink ref="B{row}" location={quoteattr(_target(sheet, line))} display={quoteattr(_cell(line))}/>'
        for row, line in enumerate(lines, head + 1)
    )
    cols = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    if texts:
        cols += f'<col min="{_KEPT}" max="{_KEPT - 1 + len(texts)}" width="9" hidden="1" customWidth="1"/>'
    before = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{space(package.tree(package.workbook)).strip("{}")}">'
        '<sheetPr><tabColor rgb="FFC1272D"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{head}" topLeftCell="A{head + 1}" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{cols}</cols><sheetData>'
    )
    after = (
        f'</sheetData><autoFilter ref="A{head}:{last}"/>{f"<hyperlinks>{links}</hyperlinks>" if links else ""}'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return [before.encode(), "".join(rows).encode(), after.encode()]


def _line(row: int, number: int, line: Line, looks: ListLooks, traced: bool) -> str:
    cells = [
        f'<c r="A{row}" s="{looks.number}"><v>{number}</v></c>',
        _text(row, 1, _cell(line), looks.link, looks.link),
        _text(row, 2, line.title, looks.text, looks.quoted),
        _text(row, 3, line.value, looks.text, looks.quoted),
        _text(row, 4, line.reason, looks.text, looks.quoted),
    ]
    if traced:
        cells.append(f'<c r="F{row}" s="{looks.number}"><v>{line.origin}</v></c>')
    # LibreOffice does not fit rows to wrapped text when it opens a file.
    wrapped = ((line.title, 26), (line.value, 30), (line.reason, 66))
    rows = max(sum(math.ceil(len(part) / width) or 1 for part in text.split("\n")) for text, width in wrapped)
    return _row(row, cells, min(rows * LINE_PT, ROW_MAX_PT))


def _row(number: int, cells: Sequence[str], height_pt: float = 0) -> str:
    height = f' ht="{height_pt}" customHeight="1"' if height_pt else ""
    return f'<row r="{number}"{height}>{"".join(cells)}</row>'


def _text(row: int, column: int, text: str, style: int, quoted: int) -> str:
    """Return a cell that holds a text and nothing else, whatever the text looks like."""
    text = tidy(text)[:CELL_TEXT_MAX]
    look = quoted if text.startswith(FORMULA_STARTS) else style
    words = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)  # Excel reads _x0041_ as the letter A
    inline = f'<is><t xml:space="preserve">{escape(words)}</t></is>'
    return f'<c r="{cell_name(row, column)}" s="{look}" t="inlineStr">{inline}</c>'


def _cell(line: Line) -> str:
    return cell_name(line.row, line.column)


def _target(sheet: str, line: Line) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{_cell(line)}"
