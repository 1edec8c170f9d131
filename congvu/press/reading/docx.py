"""DOCX files of any writer: paragraphs, tables, notes and text boxes in reading order, all changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from congvu.press.manuscript import Grid, Manuscript, Paragraph, Place
from congvu.press.word.reader import UNREADABLE, DocxNotReadable, read_part
from congvu.press.word.xml import Element, qn

from .docx_runs import Runs, alternative, local
from .docx_styles import Styles, read_styles
from .lines import LINES_MAX, TEXT_MAX_CHARS, Draft, clean, is_heading
from .refusals import ManuscriptNotReadable, for_empty, for_too_long

_DELETED: Final = ("del", "moveFrom")
_OTHER_PACKAGES: Final = {
    "xl/workbook.xml": "bảng tính Excel; hãy chép phần lời vào một tệp Word rồi thử lại.",
    "ppt/presentation.xml": "bài trình chiếu; hãy gửi tệp Word của báo cáo.",
    "mimetype": "tệp OpenDocument; hãy mở bằng LibreOffice, lưu lại dạng .docx rồi thử lại.",
}
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CHANGES: Final = (
    "Văn bản còn sửa đổi chưa chấp nhận (Track Changes): đã đọc như khi chấp nhận tất cả, bỏ qua phần đã xóa."
)
_HIDDEN: Final = "Văn bản có chữ ẩn; phần chữ ẩn không được kiểm tra."
_BOXES: Final = "Văn bản có khung chữ (text box); chữ trong khung được đọc ngay sau đoạn mang khung."
_TWO_KINDS: Final = (
    "Văn bản có cả chú thích cuối trang và chú thích cuối văn bản; ở đây đánh số chung theo thứ tự xuất hiện."
)


def read_docx(data: bytes, name: str) -> Manuscript:
    """Return the text of a DOCX by Word, LibreOffice or others.

    A place counts the paragraphs of the body from 1, empty ones and those in cells included; a note's place has
    the paragraph that refers to it.

    Raises
    ------
    DocxNotReadable
        The zip is broken, unpacks to too much, or holds no Word document.
    ManuscriptNotReadable
        It is another kind of package, has no words, or is too long.
    """
    main = _main_part(data, name)
    related = _related(data, main)
    root = _checked(read_part(data, main))
    body = root.find(qn("body"))
    if body is None:
        raise _no_body(name)
    reader = _Reader(name, Runs(_styles(data, related)))
    reader.read(body, reader.blocks)
    reader.flush(reader.blocks)
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in related:
            reader.keep_notes(kind, _checked(read_part(data, related[f"{kind}s"])))
    reader.read_notes()
    manuscript = reader.manuscript()
    if not any(manuscript.lines):
        raise for_empty(name)
    if sum(map(len, manuscript.lines)) > TEXT_MAX_CHARS:
        raise for_too_long(name)
    return manuscript


def _no_body(name: str) -> ManuscriptNotReadable:
    # "Strict Open XML" has names of its own, which no other program writes
    return ManuscriptNotReadable(
        f"Tệp {name} không có thân văn bản hoặc lưu ở dạng Strict Open XML; "
        "hãy mở bằng Word, lưu lại dạng «Word Document (.docx)» rồi thử lại."
    )


def _main_part(data: bytes, name: str) -> str:
    """Return the path of the document's main part; other kinds of packages are named in the refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            held = set(package.namelist())
    except UNREADABLE:
        held = set()  # read_part says what is wrong with it
    for part, what in _OTHER_PACKAGES.items():
        if part in held and "word/document.xml" not in held:
            raise ManuscriptNotReadable(f"Tệp {name} là {what}")
    if "word/document.xml" in held or "_rels/.rels" not in held:
        return "word/document.xml"
    return _targets(read_part(data, "_rels/.rels"), "").get("officeDocument", "word/document.xml")


def _related(data: bytes, main: str) -> dict[str, str]:
    """Return the parts that the main part names: kind -> path."""
    folder, _slash, file = main.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            held = set(package.namelist())
    except UNREADABLE:
        return {}
    if relations not in held:
        return {}
    targets = _targets(read_part(data, relations), folder)
    return {kind: part for kind, part in targets.items() if part in held}


def _targets(relations: Element, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in relations.iter(_RELATION):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        found.setdefault(relation.get("Type", "").rpartition("/")[2], path)
    return found


def _styles(data: bytes, related: dict[str, str]) -> Styles:
    return read_styles(read_part(data, related["styles"])) if "styles" in related else Styles()


def _checked(root: Element) -> Element:
    """Return the root; a part that brings its own entities is none of Word's."""
    if root.getroottree().docinfo.doctype:
        raise DocxNotReadable(
            "Tệp DOCX có phần khai báo lạ (DOCTYPE) nên không được đọc; "
            "hãy mở bằng Word, lưu lại dạng .docx rồi thử lại."
        )
    return root


@dataclass
class _Reader:
    """Walks through the body, then the notes; keeps the count of paragraphs and lines."""

    name: str
    runs: Runs
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kept: dict[tuple[str, str], Element] = field(default_factory=dict)
    referred_from: list[int] = field(default_factory=list)  # by note: the paragraph with its first reference
    counted: int = 0
    held: str = ""  # words of a paragraph whose end was deleted: they belong to the next one
    has_changes: bool = False

    def manuscript(self) -> Manuscript:
        return Manuscript(tuple(self.blocks), tuple(self.notes), tuple(self.lines), tuple(self._remarks()))

    def read(self, container: Element, into: list[Paragraph | Grid]) -> None:
        """Put the paragraphs and tables of a body, cell, control or text box into ``into``."""
        for node in _content(container, self):
            if local(node) == "tbl":
                self.flush(into)
                into += self._grids(node)
            else:
                self._paragraph(node, into)

    def flush(self, into: list[Paragraph | Grid]) -> None:
        """Let a held paragraph stand alone where none follows."""
        held, self.held = self.held, ""
        if held.strip():
            into.append(self._made(held, heading=False))

    def keep_notes(self, kind: str, part: Element) -> None:
        self.kept |= {(kind, note.get(qn("id"), "")): note for note in part.iter(qn(kind))}

    def read_notes(self) -> None:
        """Read the notes in the order of their numbers."""
        for key, number in list(self.runs.references.items()):
            if key in self.kept:
                words = (self.runs.text(paragraph).words.strip() for paragraph in self.kept[key].iter(qn("p")))
                self.notes.append(self._made(" ".join(filter(None, words)), heading=False, footnote=number))

    def _paragraph(self, node: Element, into: list[Paragraph | Grid]) -> None:
        self.counted += 1
        found = self.runs.text(node)
        self.referred_from += [self.counted] * (len(self.runs.references) - len(self.referred_from))
        words = self.held + found.words
        self.held = ""
        if _mark_is_deleted(node):
            self.has_changes, self.held = True, words
        elif text := clean(words).strip():
            into.append(self._made(text, heading=self.runs.styles.is_heading(node) or is_heading(text)))
        for box in found.boxes:
            self.read(box, into)
            self.flush(into)

    def _made(self, words: str, *, heading: bool, footnote: int | None = None) -> Paragraph:
        text = clean(words).strip()
        self.lines.append(text)
        if len(self.lines) > LINES_MAX:
            raise for_too_long(self.name)
        paragraph = self.counted if footnote is None else self.referred_from[footnote - 1]
        place = Place(len(self.lines), paragraph=paragraph, footnote=footnote)
        return Draft().add(text, place).paragraph(heading=heading)

    def _grids(self, table: Element) -> list[Grid]:
        """Return a table, and after it the tables that stand in its cells."""
        rows: list[tuple[Paragraph, ...]] = []
        within: list[Grid] = []
        for row in _inside(table, "tr", self):
            if _is_changed(row, "trPr", "del"):
                self.has_changes = True
                continue
            cells: list[Paragraph] = []
            for cell in _inside(row, "tc", self):
                found, tables = self._cell(cell)
                # what the cell covers to its right is empty
                cells += [found, *[Paragraph("", found.starts[:1])] * (_span(cell) - 1)]
                within += tables
            rows.append(tuple(cells))
        return [Grid(tuple(rows)), *within]

    def _cell(self, cell: Element) -> tuple[Paragraph, list[Grid]]:
        blocks: list[Paragraph | Grid] = []
        first = self.counted + 1
        if not _is_changed(cell, "tcPr", "cellDel") and not _is_covered(cell):
            self.read(cell, blocks)
            self.flush(blocks)
        words = Draft()
        for block in blocks:
            if isinstance(block, Paragraph):
                words.add(block.text, block.starts[0][1])
        if not words.pieces:
            words.add("", Place(max(len(self.lines), 1), paragraph=first))
        return words.paragraph(heading=False), [block for block in blocks if isinstance(block, Grid)]

    def _remarks(self) -> Iterator[str]:
        if self.has_changes or self.runs.has_changes:
            yield _CHANGES
        if self.runs.has_hidden:
            yield _HIDDEN
        if self.runs.has_boxes:
            yield _BOXES
        if len({kind for kind, _id in self.runs.references}) > 1:
            yield _TWO_KINDS


def _content(container: Element, reader: _Reader) -> Iterator[Element]:
    """Yield the paragraphs and tables of a container, through whatever is wrapped around them."""
    waiting = list(reversed(container))
    while waiting:
        node = waiting.pop()
        kind = local(node)
        if kind in ("p", "tbl"):
            yield node
        elif kind in _DELETED:
            reader.has_changes = True
        elif kind == "AlternateContent":
            waiting += list(reversed(alternative(node)))
        elif kind not in ("sdtPr", "sdtEndPr", "sectPr", "tcPr", "customXmlPr"):
            waiting += list(reversed(node)) if kind else []


def _inside(parent: Element, wanted: str, reader: _Reader) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those inside controls; not those of tables within."""
    waiting = list(reversed(parent))
    while waiting:
        node = waiting.pop()
        kind = local(node)
        if kind == wanted:
            yield node
        elif kind in _DELETED:
            reader.has_changes = True
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            waiting += list(reversed(node))


def _is_changed(node: Element, properties: str, kind: str) -> bool:
    return node.find(f"{qn(properties)}/{qn(kind)}") is not None


def _is_covered(cell: Element) -> bool:
    """Whether the cell belongs to one above it."""
    merged = cell.find(f"{qn('tcPr')}/{qn('vMerge')}")
    return merged is not None and merged.get(qn("val")) != "restart"


def _mark_is_deleted(paragraph: Element) -> bool:
    mark = paragraph.find(f"{qn('pPr')}/{qn('rPr')}")
    return mark is not None and any(mark.find(qn(kind)) is not None for kind in _DELETED)


def _span(cell: Element) -> int:
    held = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
    words = held.get(qn("val"), "1") if held is not None else "1"
    return min(int(words), 63) if words.isascii() and words.isdigit() and len(words) < 3 else 1  # Word has 63 columns
