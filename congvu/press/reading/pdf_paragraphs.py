"""Joins a PDF's lines to paragraphs, by where they begin and end and how far apart they stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from congvu.press.manuscript import Manuscript, Place

from .lines import Draft, goes_on, is_item, is_open, note_mark
from .pdf_lines import Line, without_running_heads

_SMALL: Final = 0.9  # of the body's size: notes are printed smaller
_OTHER_SIZE: Final = 0.1
_WIDE_GAP: Final = 1.15  # of the usual distance: a paragraph ends
_ROW: Final = 1.5  # of the usual density; justified lines stay below
_GAP: Final = 4  # of the size: the gaps of a row take at least so much
_LETTER: Final = 0.42  # of the size: how wide a letter is on the average
_INDENT: Final = 0.7  # of the size: a line that begins further right begins a paragraph
_PLAIN_MARK: Final = re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")


@dataclass(frozen=True)
class _Page:
    """How the text is set: left and right edge, size, usual distance of lines; whether paragraphs are indented."""

    left: float
    right: float
    size: float
    pitch: float
    is_indented: bool
    density: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def manuscript_of(pages: list[list[Line]], remarks: tuple[str, ...]) -> Manuscript:
    """Return the text of pages with at least one line."""
    kept = without_running_heads(pages)
    if not any(kept):
        kept = pages  # all that there is are page numbers
    body_size = _usual_size(kept)
    joiner = _Joiner(_measured(kept, body_size))
    for page in kept:
        joiner.take(page)
    body = tuple(draft.paragraph() for draft in joiner.body)
    notes = tuple(draft.paragraph(heading=False) for draft in joiner.notes)
    return Manuscript(body, notes, tuple(joiner.lines), remarks)


def _usual_size(pages: list[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _measured(pages: list[list[Line]], size: float) -> _Page:
    body = [[line for line in page if abs(line.size - size) <= _OTHER_SIZE * size] for page in pages]
    lines = [line for page in body for line in page]
    left = min(_frequent(Counter(round(line.left) for line in lines)))
    right = max(_frequent(Counter(round(line.right) for line in lines)))
    density = sorted(_density(line) for line in lines)[len(lines) // 4]  # a quarter of the lines is no table
    full = [pair for page in body for pair in pairwise(page) if pair[0].right > right - 2 * size]
    gaps = Counter(round(2 * (above.baseline - below.baseline)) for above, below in full)
    gaps = Counter({gap: times for gap, times in gaps.items() if size < gap < 5 * size})
    pitch = gaps.most_common(1)[0][0] / 2 if gaps else 1.3 * size
    indented = sum(size < line.left - left < 5 * size for line in lines)
    return _Page(left, right, size, pitch, 20 * indented >= len(lines), density)


def _frequent(places: Counter[int]) -> list[int]:
    """Return the places that are no accident of one line: with a twentieth of all lines, or the most frequent."""
    few = min(max(places.values()), max(2, places.total() // 20))
    return [place for place, count in places.items() if count >= few]


def _density(line: Line) -> float:
    """Return how wide a character is on the average, in parts of the size."""
    return (line.right - line.left) / (len(line.text) * line.size)


@dataclass
class _Joiner:
    page: _Page
    body: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    last: Line | None = None

    def take(self, page: list[Line]) -> None:
        """Take the lines of the next page."""
        notes_from = self._notes_from(page)
        for line in page[:notes_from]:
            self._body(line)
        for line in page[notes_from:]:
            self._note(line)

    def _notes_from(self, page: list[Line]) -> int:
        """Return the index of the first line of the notes at the page's foot: all below it is small."""
        first = len(page)
        while first and page[first - 1].size < _SMALL * self.page.size:
            first -= 1
        pending = bool(self.notes) and is_open(self.notes[-1].last)
        expected = self._expected()
        while first < len(page) and not pending and self._mark(page[first].text, expected) is None:
            first += 1  # something else in small letters, above the notes
        return first

    def _expected(self) -> int:
        return (self.notes[-1].starts[0][1].footnote or 0) + 1 if self.notes else 1

    def _mark(self, text: str, expected: int) -> tuple[int, int] | None:
        """Return number and offset where the line begins a note; a number on the line must be the next one."""
        plain = _PLAIN_MARK.match(text)
        if plain and int(plain[1]) == expected:
            return expected, plain.end()
        return note_mark(text)

    def _note(self, line: Line) -> None:
        mark = self._mark(line.text, self._expected())
        if mark is not None:
            number, start = mark
            self.notes.append(Draft().add(line.text[start:], self._place(line, number)))
        else:
            note = self.notes[-1]
            note.add(line.text, self._place(line, note.starts[0][1].footnote))

    def _body(self, line: Line) -> None:
        place = self._place(line)
        if self.last is not None and self._is_rest(self.last, line):
            self.body[-1].add(line.text, place)
        else:
            self.body.append(Draft().add(line.text, place))
        self.last = line

    def _place(self, line: Line, footnote: int | None = None) -> Place:
        self.lines.append(line.text)
        return Place(len(self.lines), page=line.page, footnote=footnote)

    def _is_rest(self, above: Line, line: Line) -> bool:
        """Whether the line goes on with the paragraph of the line before it."""
        if above.hyphen:
            return True
        if self._is_row(above) or self._is_row(line):
            return False
        if abs(above.size - line.size) > _OTHER_SIZE * above.size or self._is_short(above, line):
            return False
        if not self._is_centred(line) and self._begins_paragraph(above, line):
            return False
        if above.page != line.page:
            return is_open(above.text) or goes_on(above.text, line.text) or self._is_plain(line)
        gap = above.baseline - line.baseline
        return 0 < gap <= _WIDE_GAP * self.page.pitch * max(line.size / self.page.size, 1)

    def _is_row(self, line: Line) -> bool:
        """Whether the words stand so far apart that they are the cells of a table's row."""
        natural = len(line.text) * self.page.density * line.size
        width = line.right - line.left
        return width > _ROW * natural and width - natural > _GAP * line.size

    def _begins_paragraph(self, above: Line, line: Line) -> bool:
        indent = line.left - self.page.left
        if is_item(line.text) and (indent > _INDENT * line.size or not is_open(above.text)):
            return True
        if line.left - above.left > _INDENT * line.size and line.page == above.page:
            return True
        return self.page.is_indented and _INDENT * line.size < indent < 5 * line.size

    def _is_plain(self, line: Line) -> bool:
        """Whether a line on a new page, in a text with indents, begins at the very edge."""
        return self.page.is_indented and line.left - self.page.left <= _INDENT * line.size

    def _is_short(self, above: Line, line: Line) -> bool:
        """Whether the first word of ``line`` would have had room on the line above: so that one was a last line."""
        word = line.text.split(" ", 1)[0]
        if self._is_centred(above) and self._is_centred(line):
            return above.text.isupper() != line.text.isupper()  # the lines of one title
        taken = above.right - self.page.left
        return taken + (len(word) + 1) * _LETTER * line.size < self.page.right - self.page.left

    def _is_centred(self, line: Line) -> bool:
        off = abs((line.left + line.right) / 2 - self.page.middle)
        return off < line.size and line.left - self.page.left > line.size and self.page.right - line.right > line.size
