"""What is wrong goes back in the workbook that it came in: cells marked and commented, and a sheet that lists them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from congvu.kernel.format import format_number
from congvu.sheets.grid import SheetRefused, letters
from congvu.sheets.layout import Layout
from congvu.sheets.reading.opening import open_book
from congvu.sheets.result import Note

from .copying import copied, sheet_name
from .xlsx_comments import add, take_off
from .xlsx_list import LIST, Line, is_ours, kept_looks, put_list
from .xlsx_package import BROKEN, Package, is_package
from .xlsx_sheet import SheetXml
from .xlsx_styles import Styles

__all__ = ["COMMENTS_MAX", "LIST", "is_ours", "mark", "remaining"]

COMMENTS_MAX: Final = 5_000
"""Notes that are commented and listed; cells of further ones are filled alone."""
_SPANS_MAX: Final = 30
_WHOLE_ROW: Final = "(cả dòng)"


@dataclass(frozen=True)
class _Round:
    """What one round of marking says: the sheet, its notes with their rows here, and lines for the top of the list.

    ``origins`` are the notes' rows in the file that the sheet was made of; none where it is the file itself.
    """

    sheet: str
    notes: Sequence[Note]
    words: tuple[str, ...]
    layout: Layout | None
    origins: Sequence[int] = ()


def mark(content: bytes, name: str, sheet: str, notes: Sequence[Note], *, layout: Layout | None = None) -> bytes:
    """Return the workbook with the cells of ``notes`` marked and commented, and listed in a sheet; all else as it was.

    Marks of an earlier round are taken off. A file that is no .xlsx becomes one, each value in its place. ``layout``
    gives the columns' titles; a note without a column stands at the first column of the table.

    Raises
    ------
    SheetRefused
        The file cannot be read, has no such sheet, or has more than an .xlsx can hold.
    """
    words = (f"Tệp «{name}», trang «{sheet}»: {_count(notes)}.", *_guide(notes))
    if is_package(content):
        return _edited(content, _Round(sheet, notes, words, layout))
    book = open_book(content, name)
    grid = book.read(sheet)
    return _edited(copied(grid, epoch_1904=book.epoch_1904), _Round(sheet_name(grid.name), notes, words, layout))


def remaining(
    content: bytes,
    name: str,
    sheet: str,
    rows: Collection[int],
    notes: Sequence[Note],
    *,
    layout: Layout | None = None,
) -> bytes:
    """Return a workbook of the title and header rows and of ``rows`` alone, in the same columns, marked likewise.

    ``notes`` of other rows are left out. Without a ``layout``, row 1 alone is the header.

    Raises
    ------
    SheetRefused
    """
    book = open_book(content, name)
    grid = book.read(sheet)
    top = layout.header[1] if layout else 1
    kept = [*range(1, top + 1), *(row for row in sorted(rows) if top < row <= grid.height)]
    places = {row: at for at, row in enumerate(kept, 1)}
    told = [note for note in notes if note.row in places]
    words = (
        f"Các dòng chưa nạp của tệp «{name}», trang «{grid.name}»: {format_number(len(kept) - top)} dòng "
        f"({_spans(kept[top:])} của tệp ấy); {_count(told)}.",
        *_guide(told),
    )
    moved = [dataclasses.replace(note, row=places[note.row]) for note in told]
    origins = [note.row for note in told]
    copy = copied(grid, kept, epoch_1904=book.epoch_1904)
    return _edited(copy, _Round(sheet_name(grid.name), moved, words, layout, origins))


def _edited(content: bytes, told: _Round) -> bytes:
    try:
        package = Package(content)
        entry = package.sheet(told.sheet)
        if entry is None or is_ours(entry.name):
            raise SheetRefused(f"Tệp không có trang «{told.sheet}»; hãy chọn một trang khác.")
        styles = Styles(package)
        xml = _cleaned(package, styles, kept_looks(content) if styles.earlier() else [], entry.part)
        lines = _shown(xml, _lines(told))
        cells: dict[int, set[int]] = {}
        for line in lines:
            cells.setdefault(line.row, set()).add(line.column)
        hidden = xml.mark(cells, styles.marked)
        add(package, entry.part, xml, _texts(lines[:COMMENTS_MAX]))
        package.write(entry.part, xml.pieces())
        listed = [_with_hidden(line, hidden) for line in lines[:COMMENTS_MAX]]
        put_list(package, entry.name, told.words, listed, styles.for_list(), styles.looks)
        styles.save()
        return package.save()
    except BROKEN as error:
        raise SheetRefused(
            "Không ghi được chú thích vào tệp này: tệp bị hỏng hoặc có cấu trúc lạ. "
            "Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nạp lại."
        ) from error


def _cleaned(package: Package, styles: Styles, looks: list[str], wanted: str) -> SheetXml:
    """Take the marks of earlier rounds off every sheet; return the wanted one, not yet put back."""
    former = styles.unmarked(looks)
    for entry in package.sheets():
        if is_ours(entry.name):
            continue
        take_off(package, entry.part)
        if former and entry.part != wanted:
            other = SheetXml.of(package.read(entry.part))
            if other.restyle(former):
                package.write(entry.part, other.pieces())
    xml = SheetXml.of(package.read(wanted))
    if former:
        xml.restyle(former)
    return xml


def _lines(told: _Round) -> list[Line]:
    """Return the notes as lines of the list."""
    titles = {heading.column: heading.title for heading in told.layout.headings} if told.layout else {}
    first = min(titles, default=0)
    return [
        Line(
            max(note.row, 1),
            first if note.column is None else note.column,
            _WHOLE_ROW if note.column is None else titles.get(note.column, f"Cột {letters(note.column)}"),
            note.value,
            note.reason,
            told.origins[at] if told.origins else 0,
        )
        for at, note in enumerate(told.notes)
    ]


def _shown(xml: SheetXml, lines: Sequence[Line]) -> list[Line]:
    """Move lines on cells that a merged area hides to the cell that shows; they say which row they mean."""
    moved = xml.covered((line.row, line.column) for line in lines)
    found = []
    for line in sorted(lines, key=lambda line: (line.row, line.column)):
        row, column = moved.get((line.row, line.column), (line.row, line.column))
        reason = line.reason if row == line.row else f"Dòng {line.row}: {line.reason}"
        found.append(dataclasses.replace(line, row=row, column=column, reason=reason))
    return sorted(found, key=lambda line: (line.row, line.column))


def _with_hidden(line: Line, hidden: Collection[int]) -> Line:
    return dataclasses.replace(line, reason=f"{line.reason} (Dòng này đang ẩn.)") if line.row in hidden else line


def _texts(lines: Sequence[Line]) -> dict[tuple[int, int], str]:
    """Return what is said of each cell, a line for each note."""
    found: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        reason = " ".join(line.reason.split())
        whole = f"{_WHOLE_ROW} {reason}" if line.title == _WHOLE_ROW else reason
        found.setdefault((line.row, line.column), []).append(whole)
    return {at: "\n".join(said) for at, said in found.items()}


def _count(notes: Sequence[Note]) -> str:
    cells = len({(note.row, note.column) for note in notes})
    rows = len({note.row for note in notes})
    return f"{format_number(cells)} ô cần sửa ở {format_number(rows)} dòng"


def _guide(notes: Sequence[Note]) -> tuple[str, ...]:
    """Return what the list says above its lines."""
    guide = (
        "Ô sai được tô đỏ nhạt và có chú thích. Sửa ngay tại ô rồi nạp lại tệp này; "
        "màu, chú thích và trang này được gỡ khi nạp lại, không cần tự xóa.",
    )
    if len(notes) <= COMMENTS_MAX:
        return guide
    return (
        *guide,
        f"Tất cả ô sai đều được tô màu; chỉ {format_number(COMMENTS_MAX)} lỗi đầu trong {format_number(len(notes))} "
        "lỗi được chú thích và liệt kê. Sửa xong các lỗi này, nạp lại để thấy các lỗi còn lại.",
    )


def _spans(rows: Sequence[int]) -> str:
    """Return rows in words: ``dòng 5–9, 12, 20``; the first of many."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    told = [f"{first}" if first == last else f"{first}–{last}" for first, last in spans[:_SPANS_MAX]]
    return "dòng " + ", ".join(told) + (", …" if len(spans) > _SPANS_MAX else "")
