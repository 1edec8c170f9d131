"""Shares of one whole that do not add up to 100."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from congvu.press.manuscript import Manuscript

from .findings import Certainty, Finding, Kind
from .partitions import PARTITIONS, partition_of
from .passages import Passage, passages
from .quantities import Quantity
from .rates import is_growth
from .slips import slipped, written
from .vocabulary import said

_SENTENCE_END = re.compile(r"[.!?](?=\s)(?!\s*(?:Trong đó|Còn lại|Số còn lại))")
_OF_PARTS = said("chiếm, cơ cấu, tỷ trọng, còn lại")
_OPEN_LIST = said("như, tiêu biểu, nhất là, cao nhất, thấp nhất, nhiều nhất, trong khi, bình quân, so với")
_MOST_PARTS = 12


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for group in _groups(passage):
            finding = _judged(group, passage)
            if finding is not None:
                yield finding


def _groups(passage: Passage) -> Iterator[list[Quantity]]:
    """Yield the shares that stand in one sentence, or one in each item of a list."""
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


def _judged(group: Sequence[Quantity], passage: Passage) -> Finding | None:
    if not 2 <= len(group) <= _MOST_PARTS:
        return None
    if any(_whole(group[i:j]) for i in range(len(group)) for j in range(i + 2, len(group) + 1)):
        return None
    pair = _complementary(group)
    if pair is not None:
        return _of_pair(pair, passage)
    if len(group) < 3 or any(_OPEN_LIST.search(q.words) for q in group):
        return None
    total = sum(q.value for q in group)
    attached = sum(bool(_OF_PARTS.search(q.before)) for q in group)
    rest = any("còn lại" in q.before for q in group)
    slip = any(q.step < 1 and slipped(q.value, 100 - (total - q.value), q.step) for q in group)
    told = attached >= len(group) - 1 and (97 <= total <= 103 or slip or (rest and 80 < total < 120))
    if told or (slip and all(q.step < 1 for q in group) and 85 < total < 115):
        return _finding(group, passage, "likely", "Đúng nếu còn phần chưa nêu, hoặc các tỷ lệ không cùng một tổng.")
    return None


def _whole(group: Sequence[Quantity]) -> bool:
    """Return whether the shares add up to 100, each as exact as it is written (rounded or cut off)."""
    total = sum(q.value for q in group)
    room = sum(q.step for q in group)
    return total - room / 2 - 1e-9 <= 100 <= total + room + 1e-9 or any(q.qualifier for q in group)


def _complementary(group: Sequence[Quantity]) -> list[Quantity] | None:
    """Return two neighbouring shares that tell the two sides of one thing: on time and late."""
    for left, right in pairwise(group):
        partition = partition_of([left.before, right.before]) or partition_of([left.words, right.words])
        if partition is not None and len(partition.classes) == 2 and partition in PARTITIONS:
            return [left, right]
    return None


def _of_pair(pair: Sequence[Quantity], passage: Passage) -> Finding | None:
    total = sum(q.value for q in pair)
    if total > 100:
        return _finding(pair, passage, "likely", "Đúng nếu hai tỷ lệ không cùng một tổng.")
    slip = any(q.step < 1 and slipped(q.value, 100 - (total - q.value), q.step) for q in pair)
    if slip or total >= 98:
        return _finding(pair, passage, "likely", "Đúng nếu còn phần thứ ba, hoặc hai tỷ lệ không cùng một tổng.")
    return None


def _finding(group: Sequence[Quantity], passage: Passage, certainty: Certainty, why: str) -> Finding:
    total = written(sum(q.value for q in group), min(q.step for q in group))
    listed = " + ".join(f"{q.text}%" for q in group)
    message = f"Các tỷ lệ {listed} cộng lại là {total}%, không phải 100%. {why}"
    return passage.finding(Kind.SHARES_TOTAL, certainty, (group[0].start, group[-1].end), f"{total}%", "100%", message)
