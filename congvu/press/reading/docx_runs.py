"""The words of one DOCX paragraph: runs, notes, fields and changes as a reader of the printed page meets them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from congvu.press.model import SUPERSCRIPTS, superscript
from congvu.press.word.xml import Element, qn

from .docx_styles import Styles, is_raised, switched_on

_BLANKS: Final = ("br", "cr", "tab", "ptab")
_REFERENCES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_UNREAD: Final = ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "fldData", "instrText", "delText")


def local(node: Element) -> str:
    """Return an element's name without its namespace; nothing for comments, instructions and entities."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


@dataclass(slots=True)
class Found:
    """What one paragraph holds: its words, and the text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(self.pieces)


@dataclass
class Runs:
    """Reads paragraph after paragraph; notes are numbered as their references come."""

    styles: Styles
    references: dict[tuple[str, str], int] = field(default_factory=dict)
    has_changes: bool = False
    has_hidden: bool = False
    has_boxes: bool = False
    _fields: list[bool] = field(default_factory=list)  # open fields, innermost last: is its result reached?

    def text(self, paragraph: Element) -> Found:
        """Return the paragraph's words, line breaks and tabs as blanks."""
        found = Found()
        waiting = list(reversed(paragraph))
        while waiting:
            node = waiting.pop()
            kind = local(node)
            if kind in ("ins", "del", "moveFrom", "moveTo"):
                self.has_changes = True
            if kind == "r":
                self._run(node, found)
            elif kind == "AlternateContent":
                waiting += list(reversed(alternative(node)))
            elif kind not in ("", *_UNREAD):
                waiting += list(reversed(node))
        self._fields = [True] * len(self._fields)  # an instruction never runs on into the next paragraph
        return found

    def _run(self, run: Element, found: Found) -> None:
        look = run.find(qn("rPr"))
        named = look.find(qn("rStyle")) if look is not None else None
        style = named.get(qn("val")) if named is not None else None
        if switched_on(look, "vanish") or (style in self.styles.hidden and not _says(look, "vanish")):
            self.has_hidden = self.has_hidden or any(node.text for node in run.iter(qn("t")))
            return
        raised = is_raised(look) or (style in self.styles.raised and not _says(look, "vertAlign"))
        waiting = list(reversed(run))
        while waiting:
            node = waiting.pop()
            if local(node) == "AlternateContent":
                waiting += list(reversed(alternative(node)))
            else:
                self._piece(node, found, raised=raised)

    def _piece(self, node: Element, found: Found, *, raised: bool) -> None:
        kind = local(node)
        if kind == "fldChar":
            self._field(node.get(qn("fldCharType"), ""))
        elif kind in ("drawing", "pict", "object"):
            self._boxes(node, found)
        elif all(self._fields):
            found.pieces.append(self._words(node, kind, raised=raised))

    def _words(self, node: Element, kind: str, *, raised: bool) -> str:
        if kind == "t":
            words = node.text or ""
            return words.translate(SUPERSCRIPTS) if raised else words
        if kind in _BLANKS:
            return " "
        if kind == "noBreakHyphen":
            return "-"
        if kind in _REFERENCES and not _is_set(node, "customMarkFollows"):
            return self._reference((_REFERENCES[kind], node.get(qn("id"), "")))
        return ""

    def _reference(self, key: tuple[str, str]) -> str:
        return superscript(self.references.setdefault(key, len(self.references) + 1))

    def _field(self, change: str) -> None:
        if change == "begin":
            self._fields.append(False)
        elif change == "separate" and self._fields:
            self._fields[-1] = True
        elif change == "end" and self._fields:
            self._fields.pop()

    def _boxes(self, node: Element, found: Found) -> None:
        for box in _outermost(node):
            self.has_boxes = True
            found.boxes.append(box)


def _is_set(node: Element, name: str) -> bool:
    return node.get(qn(name), "0") in ("1", "true", "on")


def _says(look: Element | None, name: str) -> bool:
    return look is not None and look.find(qn(name)) is not None


def alternative(node: Element) -> Element:
    """Return one of the alternatives: they say the same for newer and older programs."""
    return next((child for child in node if local(child) in ("Choice", "Fallback")), ())


def _outermost(node: Element) -> list[Element]:
    """Return the contents of the text boxes below a drawing, each once, without those inside another's."""
    found, waiting = [], list(reversed(node))
    while waiting:
        below = waiting.pop()
        kind = local(below)
        if kind == "txbxContent":
            found.append(below)
        elif kind == "AlternateContent":
            waiting += list(reversed(alternative(below)))
        elif kind:
            waiting += list(reversed(below))
    return found
