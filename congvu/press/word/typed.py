"""Marks that a person typed into a DOCX, ``[[dossiers.late level=commune]]``, also where Word broke them over runs."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congvu.kernel.errors import Refusal
from congvu.press.word.story import RUN, TEXT, own_nodes, text_of
from congvu.press.word.xml import XML_SPACE, Element, qn

TYPED: Final = re.compile(
    r"\[\[(?P<source>\s*footnote:(?:[^\[\]]|\[(?!\[)|\](?!\])|\[\[[^\[\]]+\]\])*|[^\[\]]+)\]\]|(?P<condition>\{\{[^{}]*\}\})"
)
_PLAIN_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\xa0": " ", "–": "-"})


MOST_MARKS: Final = 500


class TooManyMarks(Refusal):
    code = "docx_too_many_marks"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed between the brackets, and where it begins and ends in the words of its paragraph.

    A condition (``{{…}}``) has an empty ``source``.
    """

    source: str
    text: str
    start: int
    end: int

    @property
    def is_condition(self) -> bool:
        return self.text.startswith("{{")


def typed_in(paragraph: Element) -> list[Typed]:
    """Return the marks typed into a paragraph, in order.

    Raises
    ------
    TooManyMarks
        There are more than anybody types.
    """
    words = "".join(text for _node, text in _words(paragraph))
    if "[[" not in words and "{{" not in words:
        return []
    typed = [
        Typed(_clean(found["source"] or ""), found[0], found.start(), found.end()) for found in TYPED.finditer(words)
    ]
    if len(typed) > MOST_MARKS:
        raise TooManyMarks(f"Một đoạn của tệp có hơn {MOST_MARKS} dấu [[…]] gõ tay; hãy tách thành nhiều đoạn.")
    return typed


def take_out(paragraph: Element, typed: Typed) -> Element:
    """Take a typed mark's words out of its paragraph; return the run in whose looks they stood, now empty.

    The run stays where the mark began. What stood before and after it in the same run keeps its looks.
    """
    runs = _isolated(paragraph, typed.start, typed.end)
    first, *others = runs
    for node in [child for child in first if child.tag != qn("rPr")]:
        first.remove(node)
    for run in others:
        run.getparent().remove(run)
    return first


def _clean(source: str) -> str:
    """Return a mark as it was meant: Word puts in its own quotes, hard blanks and dashes while one types."""
    return " ".join(source.translate(_PLAIN_QUOTES).split())


def _words(paragraph: Element) -> Iterator[tuple[Element, str]]:
    for node in own_nodes(paragraph):
        if node.getparent().tag == RUN and (text := text_of(node)):
            yield node, text


def _isolated(paragraph: Element, start: int, end: int) -> list[Element]:
    """Return the runs that hold exactly the words from ``start`` to ``end``; runs are split at both."""
    _split(paragraph, start)
    _split(paragraph, end)
    found: list[Element] = []
    at = 0
    for node, text in _words(paragraph):
        if start <= at < end:
            run = next(a for a in node.iterancestors() if a.tag == RUN)
            if not found or found[-1] is not run:
                found.append(run)
        at += len(text)
    return found


def _split(paragraph: Element, offset: int) -> None:
    """Break the run in which the word at ``offset`` lies, so that a run begins there."""
    at = 0
    for node, text in _words(paragraph):
        if at < offset < at + len(text):
            _split_node(node, offset - at)
            return _split(paragraph, offset)
        if at == offset:
            run = next(a for a in node.iterancestors() if a.tag == RUN)
            if any(text_of(child) for child in node.itersiblings(preceding=True)):
                _split_run(run, node)
            return None
        at += len(text)
    return None


def _split_node(node: Element, offset: int) -> None:
    rest = copy.deepcopy(node)
    rest.tail = None
    node.text, rest.text = node.text[:offset], node.text[offset:]
    for piece in (node, rest):
        piece.set(XML_SPACE, "preserve")
    assert node.tag == TEXT  # breaks and tabs are one letter long
    node.addnext(rest)


def _split_run(run: Element, node: Element) -> None:
    """Move ``node`` and what follows it in its run into a run of the same looks."""
    rest = copy.copy(run)  # attributes and children
    for child in list(rest):
        rest.remove(child)
    properties = run.find(qn("rPr"))
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    for child in [node, *node.itersiblings()]:
        rest.append(child)
    run.addnext(rest)
