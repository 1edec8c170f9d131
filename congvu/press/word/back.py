"""Reads an edited report's text back out of Word: its paragraphs, with marks and notes where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congvu.press.layout import LOOKS, RECIPIENTS_HEAD, STATE_NAME
from congvu.press.word.controls import Finder
from congvu.press.word.opened import BODY, Opened
from congvu.press.word.refresh import opened_table
from congvu.press.word.story import (
    BREAKS,
    REFERENCE,
    RUN,
    SDT,
    TABLE,
    TEXT,
    Story,
    Told,
    heading_level,
    own_nodes,
    text_of,
)
from congvu.press.word.table import MarkTable
from congvu.press.word.xml import Element, qn

_FRAME: Final = frozenset(
    LOOKS[look].name.lower()
    for look in (
        *(
            "state_name",
            "motto",
            "parent_agency",
            "agency",
            "number",
            "place_and_date",
            "kind_name",
            "abstract",
            "rule",
        ),
        *("recipients_head", "recipients", "authority", "signer", "page_number", "notice"),
    )
)
"""The styles of letterhead, title and signature: they are no part of the text."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A mark, by what it is computed from."""

    source: str


@dataclass(frozen=True, slots=True)
class NoteBack:
    pieces: tuple[str | Computed, ...]


PieceBack = str | Computed | NoteBack


@dataclass(frozen=True, slots=True)
class ParagraphBack:
    """``level`` 0 is no heading; ``listed``: Word itself sets a dash or a number before it."""

    level: int
    listed: bool
    pieces: tuple[PieceBack, ...]
    place: str


@dataclass(frozen=True)
class TextBack:
    """``remarks`` say, in Vietnamese, what was met that paragraphs cannot carry."""

    paragraphs: tuple[ParagraphBack, ...]
    remarks: tuple[str, ...]


def read_back(docx: bytes) -> TextBack:
    """Return the text of an edited report, without letterhead, title, signature and recipients.

    What was inserted under tracked changes counts, what was deleted does not.

    Raises
    ------
    DocxNotReadable, DocxWithMacros
        See :class:`congvu.press.word.opened.Opened`.
    """
    opened = Opened(docx)
    return _Reading(opened, opened_table(opened) or MarkTable({}, ())).text()


class _Reading:
    def __init__(self, opened: Opened, table: MarkTable) -> None:
        self.body = opened.part(BODY)
        self.story = Story(opened)
        sources = {entry.id: entry.source for entry in table.entries}
        controls = list(Finder(opened, sources).controls(self.story))
        self.marks = {c.sdt: sources[c.id] for c in controls if c.sdt is not None and not c.struck}
        self.bare = {c.runs[0]: (sources[c.id], set(c.runs)) for c in controls if c.sdt is None}
        self.kept = {run for c in controls for run in c.runs}  # holds the proxies alive, so that identity holds
        self.remarks: list[str] = []

    def text(self) -> TextBack:
        paragraphs = []
        frames = {table for table in self.body.iter(TABLE) if self._is_frame(table)}
        tables: set[Element] = set()
        for told in self.story.paragraphs:
            spot = told.spot
            if spot.note or spot.twin or told.style in _FRAME:
                continue
            if spot.in_box:
                self._remark(f"{spot.words}: chữ trong khung không đưa về được.")
            elif spot.in_table:
                outer = list(told.element.iterancestors(TABLE))[-1]
                if outer not in frames and outer not in tables:
                    tables.add(outer)
                    self._remark(f"{spot.words}: bảng không đưa về được.")
            elif pieces := _trimmed(self._pieces(told.element)):
                level = min(heading_level(told.style), 4)
                listed = told.element.find(f"{qn('pPr')}/{qn('numPr')}") is not None
                paragraphs.append(ParagraphBack(level, listed and not level, pieces, spot.words))
        self._general_remarks()
        return TextBack(tuple(paragraphs), tuple(self.remarks))

    def _remark(self, words: str) -> None:
        if words not in self.remarks:
            self.remarks.append(words)

    def _general_remarks(self) -> None:
        if next(self.body.iter(qn("ins"), qn("del"), qn("moveFrom"), qn("moveTo")), None) is not None:
            self.remarks.append("Tệp đang theo dõi thay đổi (Track Changes): chữ thêm được nhận, chữ xóa bị bỏ.")
        if next(self.body.iter(qn("drawing"), qn("pict")), None) is not None:
            self.remarks.append("Hình ảnh, hình vẽ trong tệp không đưa về được.")
        if any(self._dressed(told) for told in self.story.paragraphs):
            self.remarks.append("Chữ đậm, nghiêng, màu và cách trình bày riêng của tệp không đưa về dự thảo.")

    def _dressed(self, told: Told) -> bool:
        """Return whether somebody set words of the text in bold or italics by hand."""
        if told.spot.note or told.spot.in_table or told.style in _FRAME:
            return False
        runs = (node for node in told.element.iter(RUN) if node not in self.kept)
        return any(r.find(f"{qn('rPr')}/{qn(tag)}") is not None for r in runs for tag in ("b", "i"))

    def _is_frame(self, table: Element) -> bool:
        words = "".join(t.text or "" for t in table.iter(TEXT)).casefold()
        if STATE_NAME.casefold() in words or RECIPIENTS_HEAD.casefold() in words:
            return True
        styles = {self.story.style_of(p) for p in table.iter(qn("p"))}
        return bool(styles & _FRAME)

    def _pieces(self, element: Element) -> Iterator[PieceBack]:
        inside: set[Element] = set()
        for node in own_nodes(element):
            if any(ancestor in inside for ancestor in node.iterancestors()):
                # words of a mark are computed again; a note that was drawn into its control is none of them
                if node.tag == REFERENCE:
                    yield from self._note(node)
            elif node.tag == SDT and node in self.marks:
                inside.add(node)
                yield Computed(self.marks[node])
            elif node.tag == RUN and node in self.bare:
                source, runs = self.bare[node]
                inside |= runs
                yield Computed(source)
            elif node.tag == REFERENCE:
                yield from self._note(node)
            elif node.tag in BREAKS:
                yield " "
            elif text := text_of(node):
                yield text

    def _note(self, reference: Element) -> Iterator[NoteBack]:
        note = self.story.note(reference)
        if note is None:
            return
        pieces: list[str | Computed] = []
        for paragraph in note.iter(qn("p")):
            pieces += [" ", *(piece for piece in self._pieces(paragraph) if not isinstance(piece, NoteBack))]
        yield NoteBack(tuple(p for p in _trimmed(pieces) if not isinstance(p, NoteBack)))


def _trimmed(found: Iterator[PieceBack] | list[str | Computed]) -> tuple[PieceBack, ...]:
    """Return the pieces with neighbouring words joined, blanks single and none at the ends; () for an empty one."""
    pieces: list[PieceBack] = []
    for piece in found:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    pieces = [_single(p) if isinstance(p, str) else p for p in pieces]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(piece for piece in pieces if piece != "")


def _single(text: str) -> str:
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"
