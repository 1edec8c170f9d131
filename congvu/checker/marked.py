"""A manuscript cut into pieces at the places of its findings: what every display of a check is made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from congvu.press.manuscript import Grid, Manuscript, Paragraph

from .findings import Finding
from .wording import ordered


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number in the list, from 1."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same findings; ``begins`` and ``ends`` are those of them that start or stop with these words."""

    text: str
    under: tuple[Numbered, ...] = ()
    begins: tuple[Numbered, ...] = ()
    ends: tuple[Numbered, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    found: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class MarkedGrid:
    rows: tuple[tuple[MarkedParagraph, ...], ...]

    @property
    def found(self) -> tuple[Numbered, ...]:
        return tuple(numbered for row in self.rows for cell in row for numbered in cell.found)


@dataclass(frozen=True, slots=True)
class Marked:
    """A checked text: its findings as they are listed, and the text cut at their places."""

    findings: tuple[Numbered, ...]
    blocks: tuple[MarkedParagraph | MarkedGrid, ...]
    notes: tuple[MarkedParagraph, ...]
    remarks: tuple[str, ...]


def marked(manuscript: Manuscript, findings: list[Finding]) -> Marked:
    """Return the manuscript with its findings numbered and placed."""
    numbered = tuple(Numbered(number, finding) for number, finding in enumerate(ordered(findings), start=1))
    by_paragraph: dict[Paragraph, list[Numbered]] = defaultdict(list)
    for each in numbered:
        by_paragraph[each.finding.paragraph].append(each)

    def cut(paragraph: Paragraph) -> MarkedParagraph:
        found = tuple(sorted(by_paragraph.pop(paragraph, ()), key=lambda each: _span(each)))
        return MarkedParagraph(paragraph, tuple(_pieces(paragraph.text, found)), found)

    def block(one: Paragraph | Grid) -> MarkedParagraph | MarkedGrid:
        if isinstance(one, Paragraph):
            return cut(one)
        return MarkedGrid(tuple(tuple(map(cut, row)) for row in one.rows))

    blocks = tuple(map(block, manuscript.blocks))
    return Marked(numbered, blocks, tuple(map(cut, manuscript.notes)), manuscript.remarks)


def _span(numbered: Numbered) -> tuple[int, int]:
    """Return where the mark stands: at least one character wide, for nothing cannot be marked."""
    finding, length = numbered.finding, len(numbered.finding.paragraph.text)
    start = min(finding.start, max(length - 1, 0))
    return start, max(finding.end, min(start + 1, length))


def _pieces(text: str, found: tuple[Numbered, ...]) -> list[Piece]:
    spans = [(*_span(each), each) for each in found]
    cuts = sorted({0, len(text), *(edge for start, end, _each in spans for edge in (start, end))})
    if not text:
        return [Piece("", found, found, found)]
    return [
        Piece(
            text[start:end],
            tuple(each for begin, stop, each in spans if begin <= start and end <= stop),
            tuple(each for begin, _stop, each in spans if begin == start),
            tuple(each for _begin, stop, each in spans if stop == end),
        )
        for start, end in pairwise(cuts)
    ]
