"""The paragraphs of an edited DOCX in reading order, each knowing where it stands; a note follows its reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congvu.press.word.opened import BODY, NOTES, STYLES, Opened
from congvu.press.word.table import section_name, section_words
from congvu.press.word.xml import Element, qn

P: Final = qn("p")
RUN: Final = qn("r")
TEXT: Final = qn("t")
SDT: Final = qn("sdt")
CONTENT: Final = qn("sdtContent")
BREAKS: Final = frozenset({qn("br"), qn("cr")})
REFERENCE: Final = qn("footnoteReference")
TABLE: Final = qn("tbl")
BOX: Final = qn("txbxContent")
GONE: Final = frozenset({qn("del"), qn("moveFrom")})
"""What somebody deleted while changes were tracked: it is there, and nobody reads it."""
_PROPERTIES: Final = frozenset({qn("rPr"), qn("pPr"), qn("sdtPr"), qn("sdtEndPr")})
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Spot:
    """``section`` counts headings from 1 (0: before the first); ``note`` is a footnote's number, 0 in the body.

    ``twin``: the paragraph is the copy of a text box for old programs; what it says stands elsewhere already.
    """

    section: int
    words: str
    note: int = 0
    in_table: bool = False
    in_box: bool = False
    twin: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph, where it stands, and the style that it wears (its name, not its id: programs rename ids)."""

    element: Element
    spot: Spot
    style: str


class Story:
    """All paragraphs of body and footnotes. ``sections`` are the words of the headings, "" before the first."""

    def __init__(self, opened: Opened) -> None:
        self._styles = style_names(opened)
        self._notes = _notes_by_id(opened)
        self.note_numbers: dict[str, int] = {}
        self.sections: list[str] = [""]
        self.paragraphs: list[Told] = list(self._body(opened.part(BODY)))

    def note(self, reference: Element) -> Element | None:
        """Return the note to which a reference leads."""
        return self._notes.get(reference.get(qn("id")))

    def _body(self, body: Element) -> Iterator[Told]:
        count = 0
        for paragraph in body.iter(P):
            in_table, in_box, twin = _surroundings(paragraph)
            style, text = self.style_of(paragraph), None
            if heading_level(style) and not in_table and not in_box:
                text = section_name(own_text(paragraph))
                if text:
                    self.sections.append(text)
                    count = 0
            words = section_words(self.sections[-1])
            if text is None and not twin:
                if in_box:
                    words += ", khung chữ"
                elif in_table:
                    words += ", bảng"
                elif own_text(paragraph).strip():
                    count += 1
                    words += f", đoạn {count}"
            spot = Spot(len(self.sections) - 1, words, in_table=in_table, in_box=in_box, twin=twin)
            yield Told(paragraph, spot, style)
            yield from self._notes_of(paragraph, spot)

    def _notes_of(self, paragraph: Element, spot: Spot) -> Iterator[Told]:
        for node in own_nodes(paragraph):
            if node.tag != REFERENCE:
                continue
            note = self.note(node)
            if note is None or node.get(qn("id")) in self.note_numbers:
                continue
            number = self.note_numbers[node.get(qn("id"))] = len(self.note_numbers) + 1
            where = Spot(spot.section, f"Chú thích {number}", note=number)
            for inner in note.iter(P):
                yield Told(inner, where, self.style_of(inner))

    def style_of(self, paragraph: Element) -> str:
        style = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
        return self._styles.get(style.get(qn("val")), "") if style is not None else ""


def own_nodes(element: Element) -> Iterator[Element]:
    """Yield what stands in a paragraph (or part of one) in order, without the paragraphs of text boxes in it.

    What was deleted under tracked changes is left out.
    """
    for child in element:
        tag = child.tag
        if tag == P or tag in GONE or tag in _PROPERTIES:
            continue
        yield child
        yield from own_nodes(child)


def own_text(element: Element) -> str:
    """Return the words of a paragraph (or part of one) as one reads them; a line break is ``\\n``."""
    return "".join(text_of(node) for node in own_nodes(element))


def text_of(node: Element) -> str:
    if node.tag == TEXT:
        return node.text or ""
    if node.tag in BREAKS:
        return "\n"
    return "\t" if node.tag == qn("tab") and node.getparent().tag == RUN else ""


def style_names(opened: Opened) -> dict[str, str]:
    """Return the name of every style by its id, in small letters: Word and LibreOffice differ in capitals."""
    if STYLES not in opened:
        return {}
    found = {}
    for style in opened.part(STYLES).iter(qn("style")):
        name = style.find(qn("name"))
        if name is not None:
            found[style.get(qn("styleId"))] = (name.get(qn("val")) or "").lower()
    return found


def heading_level(style: str) -> int:
    """Return 1 to 9 for Word's own styles of headings, else 0."""
    word, _blank, number = style.partition(" ")
    return int(number) if word == "heading" and number in set("123456789") else 0


def _notes_by_id(opened: Opened) -> dict[str, Element]:
    if NOTES not in opened:
        return {}
    return {note.get(qn("id")): note for note in opened.part(NOTES).iter(qn("footnote")) if not note.get(qn("type"))}


def _surroundings(paragraph: Element) -> tuple[bool, bool, bool]:
    """Return whether a paragraph stands in a table, in a text box, and in a text box's copy for old programs."""
    tags = {ancestor.tag for ancestor in paragraph.iterancestors()}
    return TABLE in tags, BOX in tags, _FALLBACK in tags
