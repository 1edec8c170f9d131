"""Passages: a paragraph together with the list that it introduces, so that a total meets its parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from congvu.press.manuscript import Manuscript, Paragraph

from ..findings import Certainty, Finding, Kind
from .quantities import Quantity, quantities

ITEM = re.compile(r"\s*(?:[-–—+*•●▪o]\s+|\(?\d{1,2}[.)]\s|\(?[a-zđ]\)\s)")
MOSTITEMS = 60


@dataclass(frozen=True)
class Passage:
    """Paragraphs joined by line ends. ``text`` is read as one; offsets lead back to the paragraph that holds them."""

    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for paragraph in self.paragraphs:
            starts.append(at)
            at += len(paragraph.text) + 1
        return starts

    def finding(
        self, kind: Kind, certainty: Certainty, span: tuple[int, int], stated: str, computed: str, message: str
    ) -> Finding:
        """Return a finding at ``span`` of the passage's text."""
        paragraph, start, end = self.locate(*span)
        return Finding(kind, certainty, paragraph, start, end, stated, computed, message)

    def locate(self, start: int, end: int) -> tuple[Paragraph, int, int]:
        """Return the paragraph at ``start`` and the offsets there; a span over several ends with the first."""
        index = bisect_right(self._starts, start) - 1
        base = self._starts[index]
        return self.paragraphs[index], start - base, min(end - base, len(self.paragraphs[index].text))


def passages(manuscript: Manuscript) -> Iterator[Passage]:
    """Yield the passages of the body, then the notes one by one."""
    yield from _gathered(manuscript.paragraphs)
    for note in manuscript.notes:
        yield Passage((note,))


def _gathered(paragraphs: Iterable[Paragraph]) -> Iterator[Passage]:
    held: list[Paragraph] = []
    for paragraph in paragraphs:
        if held and _belongs(held, paragraph):
            held.append(paragraph)
            continue
        if held:
            yield Passage(tuple(held))
        held = [paragraph]
    if held:
        yield Passage(tuple(held))


def _belongs(held: list[Paragraph], paragraph: Paragraph) -> bool:
    """Return whether a paragraph is an item of the list that ``held`` introduces."""
    if not ITEM.match(paragraph.text) or len(held) > MOSTITEMS:
        return False
    first = held[0].text.rstrip()
    if not first.endswith((":", "sau", "sau đây")) or _marker(held[0].text) == _marker(paragraph.text):
        return False
    last = held[-1].text.rstrip()
    return len(held) == 1 or last.endswith((";", ",", ":", "…", "...", ".")) or len(last) < 160


def _marker(text: str) -> str:
    found = ITEM.match(text)
    return re.sub(r"[\d\w]", "1", found[0].strip()) if found else ""
