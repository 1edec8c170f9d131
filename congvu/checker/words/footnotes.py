"""Marks and notes that do not meet: missing, doubled, out of order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from congvu.press.manuscript import Grid, Manuscript, Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.letters import SUPERSCRIPTS

_MARKS = re.compile(f"(?<![{SUPERSCRIPTS}])[{SUPERSCRIPTS}]{{1,3}}(?![{SUPERSCRIPTS}])")
_UNIT = re.compile(r"(?:^|[^\w])(?:[kKcdmµ]|h|da)?[mM]$|(?:^|[^\w])(?:inch|ft|[a-zA-Z])$")
_TEN = re.compile(r"(?<![\d.,/-])10$|[⁻⁺^]$")
_POWERS = frozenset({"²", "³"})
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_PROVABLE = 3
"""So many marks, counting up from 1, show that a text without notes had some."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference to a note in the body."""

    number: int
    paragraph: Paragraph
    start: int
    end: int
    in_grid: bool


def marks(manuscript: Manuscript) -> tuple[Mark, ...]:
    """Return the references to notes in reading order, without the exponents of units and powers."""
    found: list[Mark] = []
    for block in manuscript.blocks:
        in_grid = isinstance(block, Grid)
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Grid) else [block]
        for paragraph in cells:
            found.extend(_marks_of(paragraph, in_grid))
    return tuple(found)


def _marks_of(paragraph: Paragraph, in_grid: bool) -> Iterator[Mark]:
    for match in _MARKS.finditer(paragraph.text):
        before = paragraph.text[max(0, match.start() - 8) : match.start()]
        power = match[0] in _POWERS and _UNIT.search(before)
        if not power and not _TEN.search(before):
            yield Mark(int(match[0].translate(_DIGITS)), paragraph, match.start(), match.end(), in_grid)


def find(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield what is wrong with the notes of ``manuscript`` and the references to them."""
    found = marks(manuscript)
    notes = [note for note in manuscript.notes if note.footnote is not None]
    numbers = [note.footnote for note in notes if note.footnote is not None]
    if not notes:
        yield from _without_notes(found)
        return
    if _begin_anew([mark.number for mark in found]) and _begin_anew(numbers):
        yield from _per_page(found, numbers)
        return
    yield from _without_note(found, set(numbers))
    yield from _without_mark(notes, {mark.number for mark in found})
    yield from _doubled_notes(notes, Counter(mark.number for mark in found))
    yield from _repeated(found)
    yield from _out_of_order(found, "certain")
    yield from _gaps(found, set(numbers))


def _begin_anew(numbers: list[int]) -> bool:
    """Whether numbering begins again at 1 on later pages."""
    return numbers.count(1) > 1 and any(a >= b == 1 for a, b in pairwise(numbers))


def _finding(mark: Mark, certainty: Certainty, computed: str, message: str) -> Finding:
    stated = mark.paragraph.text[mark.start : mark.end]
    return Finding(Kind.FOOTNOTE, certainty, mark.paragraph, mark.start, mark.end, stated, computed, message)


def _of_note(note: Paragraph, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FOOTNOTE, certainty, note, 0, min(len(note.text), 40), str(note.footnote), computed, message)


def _without_notes(found: tuple[Mark, ...]) -> Iterator[Finding]:
    numbers = [mark.number for mark in found]
    if numbers[:_PROVABLE] != list(range(1, _PROVABLE + 1)) or _begin_anew(numbers):
        return
    yield from _repeated(found)
    yield from _out_of_order(found, "likely")


def _per_page(found: tuple[Mark, ...], numbers: list[int]) -> Iterator[Finding]:
    """Where every page counts its own notes, only the count of each number can be held against the text."""
    used, given = Counter(mark.number for mark in found), Counter(numbers)
    for number in sorted(used.keys() - given.keys()):
        mark = next(mark for mark in found if mark.number == number)
        message = f"Dấu chú thích {number} không có chú thích nào mang số ấy; chỉ đúng nếu đây là số mũ."
        yield _finding(mark, "likely", "", message)


def _without_note(found: tuple[Mark, ...], numbers: set[int]) -> Iterator[Finding]:
    for mark in found:
        if mark.number not in numbers:
            inside = mark.number <= max(numbers) + 1
            message = f"Dấu chú thích {mark.number} ở đây không có chú thích nào mang số {mark.number}"
            message += "." if inside else "; chỉ đúng nếu đây là số mũ chứ không phải dấu chú thích."
            yield _finding(mark, "certain" if inside else "likely", "", message)


def _without_mark(notes: list[Paragraph], used: set[int]) -> Iterator[Finding]:
    for note in notes:
        if note.footnote not in used:
            yield _of_note(note, "certain", "", f"Chú thích {note.footnote} không được dẫn từ chỗ nào trong bài.")


def _doubled_notes(notes: list[Paragraph], used: Counter[int]) -> Iterator[Finding]:
    given: set[int] = set()
    for note in notes:
        number = note.footnote
        if number in given and number is not None:
            certainty: Certainty = "certain" if used[number] < 2 else "likely"
            message = f"Có hai chú thích cùng mang số {number}"
            message += "." if certainty == "certain" else "; chỉ đúng nếu mỗi trang đánh số lại từ đầu."
            yield _of_note(note, certainty, "", message)
        elif number is not None:
            given.add(number)


def _repeated(found: tuple[Mark, ...]) -> Iterator[Finding]:
    seen: dict[int, Mark] = {}
    for mark in found:
        first = seen.setdefault(mark.number, mark)
        if first is not mark:
            line = first.paragraph.place(first.start).line
            message = (
                f"Dấu chú thích {mark.number} đã dùng ở dòng {line}; chỉ đúng nếu cố ý dẫn lại cùng một chú thích."
            )
            yield _finding(mark, "likely", "", message)


def _out_of_order(found: tuple[Mark, ...], certainty: Certainty) -> Iterator[Finding]:
    by_number: dict[int, Mark] = {}
    for mark in found:
        by_number.setdefault(mark.number, mark)
    firsts = list(by_number.values())
    rising = _longest_rising([mark.number for mark in firsts])
    for mark in firsts:
        if mark.number not in rising:
            message = f"Dấu chú thích {mark.number} không đứng đúng thứ tự: số chú thích phải tăng dần theo bài"
            sure = certainty == "certain" and not mark.in_grid
            message += "." if sure else "; chỉ đúng nếu đây là số mũ hoặc thứ tự đọc của tệp khác thứ tự trên giấy."
            yield _finding(mark, "certain" if sure else "likely", "", message)


def _longest_rising(numbers: list[int]) -> set[int]:
    """Return the longest rising run that can be picked from distinct ``numbers``: the marks that stand right."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    chain: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        chain.add(last)
        last = before[last]
    return chain


def _gaps(found: tuple[Mark, ...], numbers: set[int]) -> Iterator[Finding]:
    used = {mark.number for mark in found} | numbers
    for mark in found:
        before = mark.number - 1
        if before >= 1 and mark.number > min(used) and before not in used and mark.number in numbers:
            message = (
                f"Từ dấu chú thích {mark.number} nhìn lại thiếu số {before}: không có cả dấu lẫn chú thích mang số ấy."
            )
            yield _finding(mark, "certain", str(before), message)
