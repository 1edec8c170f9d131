"""The lines of a PDF's page, and which of them belong to the paper rather than to the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from congvu.press.model import SUPERSCRIPTS

_SAME_LINE: Final = 0.6  # of the size: how far a raised or lowered piece may stand from its line
_BLANK: Final = 0.15  # of the size: a wider gap is a blank
_NOTE_SIZE: Final = 0.85
_EDGE: Final = 0.068  # of the height: page numbers and running heads stand in it; margins of 2 cm keep text out of it
_NUMBER: Final = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of characters on one line; lengths in points, heights from the page's foot."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    hyphen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed. ``height`` is the page's; ``hyphen``: its last word goes on in the next line."""

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    hyphen: bool
    height: float

    @property
    def at_edge(self) -> bool:
        return not _EDGE * self.height < self.baseline < (1 - _EDGE) * self.height


def lines_of(fragments: Iterable[Fragment], page: int, height: float) -> list[Line]:
    """Return the fragments of one page put together to lines, in the file's order."""
    lines: list[list[Fragment]] = []
    for fragment in fragments:
        if lines and _on_one_line(lines[-1][-1], fragment):
            lines[-1].append(fragment)
        else:
            lines.append([fragment])
    return [_line(pieces, page, height) for pieces in lines]


def without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without page numbers, and without lines at the edge that most pages share."""
    filled = [page for page in pages if page]
    times = Counter(place for page in filled for place in {_place(line) for line in page if line.at_edge})
    often = {place for place, count in times.items() if count > 1 and 2 * count >= len(filled)}

    def is_running(line: Line) -> bool:
        return line.at_edge and (_place(line) in often or _NUMBER.fullmatch(line.text) is not None)

    return [[line for line in page if not is_running(line)] for page in pages]


def _place(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.baseline / 4)


def _on_one_line(before: Fragment, after: Fragment) -> bool:
    size = max(before.size, after.size)
    return abs(before.baseline - after.baseline) < _SAME_LINE * size and after.left > before.right - size / 2


def _line(pieces: list[Fragment], page: int, height: float) -> Line:
    main = max(pieces, key=lambda piece: len(piece.text))
    text = ""
    for at, piece in enumerate(pieces):
        is_gap = at and piece.left - pieces[at - 1].right > _BLANK * main.size
        words = _raised(piece, main)
        text += (" " if is_gap and text[-1:] != " " and words[:1] != " " else "") + words
    return Line(
        text.strip(), page, pieces[0].left, pieces[-1].right, main.baseline, main.size, pieces[-1].hyphen, height
    )


def _raised(piece: Fragment, main: Fragment) -> str:
    is_small = piece.size < _NOTE_SIZE * main.size and piece.baseline > main.baseline
    return piece.text.translate(SUPERSCRIPTS) if is_small and piece.text.strip().isdecimal() else piece.text
