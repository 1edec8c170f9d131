"""Shares of one whole that do not add up to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import Quantity
from ..grammar.slips import slipped, written
from ..grammar.vocabulary import said
from .rates import is_growth
from .wholes import of_all, of_rates, of_two, without_lowest

# lines of a passage are items of one list: the end of a line ends no sentence
_SENTENCE_END = re.compile(r"[.!?](?=[ \t])(?!\s*(?:Trong đó|Còn lại|Số còn lại))")
_CLAUSE_END = re.compile(r"[;\n]")
_OF_PARTS = said("chiếm, cơ cấu, tỷ trọng, còn lại")
_OPEN_LIST = said("như, tiêu biểu, nhất là, cao nhất, thấp nhất, nhiều nhất, trong khi, bình quân, so với")
_MOST_PARTS = 12
_WHY = "Đúng nếu còn phần chưa nêu, hoặc các tỷ lệ không cùng một tổng."


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for sentence in _sentences(passage):
            for group in _clauses(sentence, passage.text):
                finding = _judged(group, passage)
                if finding is not None:
                    yield finding


def _sentences(passage: Passage) -> Iterator[list[Quantity]]:
    """Yield the shares that stand in one sentence, or in a list."""
    held: list[Quantity] = []
    for quantity in passage.quantities:
        if not quantity.is_share or is_growth(quantity) or quantity.value >= 100:
            continue
        if held and _SENTENCE_END.search(passage.text, held[-1].end, quantity.start):
            yield held
            held = []
        held.append(quantity)
    if held:
        yield held


def _clauses(sentence: list[Quantity], text: str) -> list[list[Quantity]]:
    """Part a sentence whose clauses hold several shares each: every clause then tells of a whole of its own."""
    clauses = [[sentence[0]]]
    for left, right in pairwise(sentence):
        if _CLAUSE_END.search(text, left.end, right.start):
            clauses.append([])
        clauses[-1].append(right)
    return clauses if all(len(clause) > 1 for clause in clauses) else [sentence]


def _judged(group: Sequence[Quantity], passage: Passage) -> Finding | None:
    if not 2 <= len(group) <= _MOST_PARTS:
        return None
    if any(_whole(group[i:j]) for i in range(len(group)) for j in range(i + 2, len(group) + 1)):
        return None
    lead, total = _lead(group, passage.text), sum(q.value for q in group)
    told = of_all(group, lead, passage.text)
    if told is not None and told.low <= total <= told.high:
        return _finding(group, passage, told.why)
    for pair in pairwise(group):
        sides = of_two(*pair, lead if len(group) == 2 else "")
        if sides is not None:
            due = sum(q.value for q in pair)
            near = sides.low <= due if len(group) == 2 else due >= 98
            return _finding(pair, passage, sides.why) if near or _slip(pair) else None
    return _of_many(group, passage, lead, total) if len(group) > 2 else None


def _lead(group: Sequence[Quantity], text: str) -> str:
    """Return the sentence up to the first share."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, group[0].start)]
    return text[ends[-1] if ends else 0 : group[0].start]


def _of_many(group: Sequence[Quantity], passage: Passage, lead: str, total: float) -> Finding | None:
    """Judge shares that nothing but "chiếm" tells to be parts: only where they miss 100 by a little or by a slip."""
    if any(_OPEN_LIST.search(q.words) for q in group):
        return None
    attached = sum(bool(_OF_PARTS.search(q.before)) for q in group)
    slip = _slip(group)
    if attached >= len(group) - 1 and (97 <= total <= 103 or slip):
        return _finding(group, passage, _WHY)
    if without_lowest(group) or of_rates(group, lead, passage.text):
        return None
    return _finding(group, passage, _WHY) if slip and all(q.step < 1 for q in group) and 95 < total < 105 else None


def _slip(group: Sequence[Quantity]) -> bool:
    total = sum(q.value for q in group)
    return any(q.step < 1 and slipped(q.value, 100 - (total - q.value), q.step) for q in group)


def _whole(group: Sequence[Quantity]) -> bool:
    """Return whether the shares add up to 100, each as exact as it is written (rounded or cut off)."""
    total = sum(q.value for q in group)
    room = sum(q.step for q in group)
    return total - room / 2 - 1e-9 <= 100 <= total + room + 1e-9 or any(q.qualifier for q in group)


def _finding(group: Sequence[Quantity], passage: Passage, why: str) -> Finding:
    total = written(sum(q.value for q in group), min(q.step for q in group))
    listed = " + ".join(f"{q.text}%" for q in group)
    message = f"Các tỷ lệ {listed} cộng lại là {total}%, không phải 100%. {why}"
    return passage.finding(Kind.SHARES_TOTAL, "likely", (group[0].start, group[-1].end), f"{total}%", "100%", message)
