"""The text of a template, parsed: words, marks, and pieces that stand only under a condition.

``[[dossiers.late level=commune period=dossiers as=fraction]]``  a figure, with its members and options
``[[cite slot]]`` a footnote, ``[[doc slot]]`` the same in the line    documents that fill a slot
``[[list …]]`` names behind a figure, ``[[note list …]]`` the same as a footnote
``[[top FIGURE by=column]]``, ``[[best index.score 5 level=district]]``, ``[[below index.score 0.5]]``,
``[[overlap FIGURE]]``, ``[[pending FIGURE]]``; ``[[answer REQUEST QUESTION AGENCY]]``, ``[[sum REQUEST QUESTION]]``,
``[[missing REQUEST]]``; ``[[finding ID]]``; ``[[weaknesses]]``, ``[[remedies]]``, ``[[last_remedies]]``,
``[[directions]]``, each alone in its paragraph; ``[[year]]``, ``[[from PERIOD]]`` …
``{{condition: text}}``  text that stands only where a slot is filled, ``pending FIGURE``, ``known FIGURE``,
``overlap TOTAL PARTS`` (the parts add up to more than the total, and the records show why), ``weaknesses`` or one of
its like (there are any), ``no weaknesses``
``[[footnote: words]]``  a footnote that somebody wrote; its words may hold marks
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from congvu.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Spec:
    """A mark as written: ``head``, the plain words after it, and ``name=value`` options."""

    source: str
    head: str
    words: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """Pieces that stand only where ``condition`` holds."""

    condition: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of words that a person wrote."""

    pieces: tuple[Piece, ...]


Piece = Words | Spec | Segment | Note


class TemplateFault(Refusal):
    code = "report.template"


_TOKEN = re.compile(
    r"\[\[footnote:(?P<note>(?:[^\[\]]|\[(?!\[)|\](?!\])|\[\[[^\[\]]+\]\])*)\]\]"
    r"|\[\[(?P<mark>[^\[\]]+)\]\]"
    r"|\{\{(?P<segment>(?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}"
)


def parse(text: str, place: str) -> tuple[Piece, ...]:
    """Return the pieces of one paragraph; ``place`` names it in the refusal of a broken mark."""
    pieces: list[Piece] = []
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            pieces.append(_words(text[end : found.start()], place))
        if found["note"] is not None:
            pieces.append(_note(found["note"], place))
        elif found["mark"] is not None:
            pieces.append(parse_mark(found["mark"]))
        else:
            pieces.append(_segment(found["segment"], place))
        end = found.end()
    if end < len(text):
        pieces.append(_words(text[end:], place))
    return tuple(pieces)


def parse_mark(source: str) -> Spec:
    head, *rest = source.split() or [""]
    words = tuple(word for word in rest if "=" not in word)
    options = dict(word.split("=", 1) for word in rest if "=" in word)
    return Spec(source, head, words, options)


def _segment(inside: str, place: str) -> Segment:
    condition, colon, text = inside.partition(":")
    if not colon or not condition.strip():
        raise TemplateFault(f"{place}: đoạn có điều kiện phải viết là {{{{điều kiện: nội dung}}}}.")
    return Segment(tuple(condition.split()), parse(text, place))


def _note(inside: str, place: str) -> Note:
    if not inside.strip():
        raise TemplateFault(f"{place}: chú thích không có chữ; viết là [[footnote: nội dung]].")
    return Note(parse(inside.strip(), place))


def _words(text: str, place: str) -> Words:
    for mark in ("[[", "]]", "{{", "}}"):
        if mark in text:
            raise TemplateFault(f"{place}: dấu {mark} không có dấu đi cùng ở «{text.strip()[:60]}».")
    return Words(text)
