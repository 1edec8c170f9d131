"""The pieces of a DOCX that marks are made of: controls with their bookmarks, and notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from congvu.press.model import MARK_ID_MAX, Mark, MarkKind, Text
from congvu.press.word.table import bookmark_name
from congvu.press.word.xml import Element, on, run, w

KIND_TITLES: Final[dict[MarkKind, str]] = {
    "figure": "Số liệu",
    "citation": "Văn bản viện dẫn",
    "list": "Danh sách",
    "pending": "Đang tổng hợp",
    "words": "Chữ của báo cáo",
}


def control_title(mark_id: str, kind: MarkKind) -> str:
    """Return what Word shows above a control when one stands in it."""
    return f"{KIND_TITLES[kind]}: {mark_id}"[:MARK_ID_MAX]


def control(mark_id: str, kind: MarkKind, number: int, content: Iterable[Element]) -> tuple[Element, ...]:
    """Return a control and the bookmark around it, by which it is known where an office program drops its tag."""
    properties = w("sdtPr", w("alias", val=control_title(mark_id, kind)), w("tag", val=mark_id), w("id", val=number))
    return (
        w("bookmarkStart", id=number, name=bookmark_name(mark_id)),
        w("sdt", properties, w("sdtContent", *content)),
        w("bookmarkEnd", id=number),
    )


def text_run(piece: Text | Mark) -> Element:
    return run(piece.text, on("b", piece.bold), on("i", piece.italic))


def note(number: int, content: Iterable[Element], paragraph_style: str | None, reference_style: str | None) -> Element:
    """Return a footnote that begins with its own number; the styles are ids of the file that it goes into."""
    own_number = w("r", _looks(reference_style), w("footnoteRef"))
    properties = w("pPr", w("pStyle", val=paragraph_style)) if paragraph_style else None
    return w("footnote", w("p", properties, own_number, run(" "), *content), id=number)


def note_reference(number: int, reference_style: str | None) -> Element:
    return w("r", _looks(reference_style), w("footnoteReference", id=number))


def separators() -> tuple[Element, Element]:
    """Return the two notes that Word wants before all others."""
    return _separator(-1, "separator"), _separator(0, "continuationSeparator")


def _looks(reference_style: str | None) -> Element:
    style = w("rStyle", val=reference_style) if reference_style else w("vertAlign", val="superscript")
    return w("rPr", style)


def _separator(identifier: int, kind: str) -> Element:
    paragraph = w("p", w("pPr", w("spacing", after=0, line=240, lineRule="auto")), w("r", w(kind)))
    return w("footnote", paragraph, type=kind, id=identifier)
