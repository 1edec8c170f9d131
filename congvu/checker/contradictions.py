"""One quantity that a text states twice with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from congvu.press.manuscript import Manuscript

from .findings import Finding, Kind
from .masks import masked
from .passages import ITEM, Passage, passages
from .quantities import Quantity
from .shares import is_growth
from .slips import is_slip, written
from .tokens import Sort, tokens
from .units import PERCENT, POINTS, same_unit
from .vocabulary import said, words

_EMPTY = words(
    """đã đang được là có các của trong và trên với cho tại từ đến theo về do bị số tổng này đó nêu qua ra cả để mà
    khi nay như những một việc toàn địa bàn tính ngày năm tháng quý đạt chiếm tỷ lệ gồm thì cũng đều còn vào ở
    nhằm bằng khoảng gần hơn dưới kết quả thực hiện công tác cụ thể"""
)
_COMPARED = said(
    """tăng, giảm, so với, cùng kỳ, năm trước, kế hoạch, chỉ tiêu, thêm, mỗi, từng, bình quân, trung bình, lần
    lượt, riêng, còn lại, khác"""
)
_AGAIN = said("trong số, trong tổng số, trên tổng số, tổng số, tổng cộng")
_LEVEL = said(
    "cấp tỉnh, cấp huyện, cấp xã, các sở, sở ngành, toàn tỉnh, trực tuyến, trực tiếp, bưu chính, một phần, toàn trình"
)
_OPPOSED = (
    ("đúng", "trễ"), ("đúng", "quá"), ("đạt", "không"), ("đã", "chưa"), ("đã", "đang"), ("mới", "trước"), ("nam", "nữ"),
    ("tăng", "giảm"),
)  # fmt: skip
LEAST_SLIP = 100
FEW = 3  # words in common by which two numbers are taken to be of one thing


@dataclass(frozen=True)
class Statement:
    """A quantity with the words that say what it is (``topic``) and where and when it holds (``scope``).

    ``place`` counts the passages before its own.
    """

    passage: Passage
    quantity: Quantity
    topic: frozenset[str]
    scope: frozenset[str]
    place: int


def find(manuscript: Manuscript) -> Iterator[Finding]:
    found = list(passages(manuscript))
    stated = list(_statements(found))
    yield from _same_words(stated, found)
    yield from _slips(stated)
    yield from _titles(manuscript, stated)


def _statements(found: Iterable[Passage]) -> Iterator[Statement]:
    for place, passage in enumerate(found):
        for quantity in passage.quantities:
            if quantity.unit == POINTS or quantity.qualifier or (quantity.is_share and is_growth(quantity)):
                continue
            if _COMPARED.search(quantity.before[-40:]) or quantity.value < 2:
                continue
            topic = frozenset(w for w in quantity.words.split() if w.isalpha() and w not in _EMPTY)
            yield Statement(passage, quantity, topic, _scope(passage, quantity), place)


_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")


def _scope(passage: Passage, quantity: Quantity) -> frozenset[str]:
    """Return the days and years told so far in the passage, and the names and levels of the quantity's sentence."""
    text = passage.text
    begin = max((m.end() for m in re.finditer(r"[.!?](?=\s)|\n", text[: quantity.start])), default=0)
    stop = _SENTENCE_END.search(text, quantity.end)
    end = stop.start() if stop else len(text)
    found = {text[start:stop] for start, stop in masked(text) if stop <= end}
    inside = [t for t in tokens(text) if begin <= t.start and t.end <= end and t.sort is Sort.WORD]
    found |= {t.word for t in inside[1:] if t.text[0].isupper() and not t.text.isupper()}
    found |= set(_LEVEL.findall(" ".join(t.word for t in inside)))
    return frozenset(found)


def _same_words(stated: list[Statement], found: list[Passage]) -> Iterator[Finding]:
    """Find quantities told in the very same words, in the same scope, with different values."""
    groups: dict[tuple[str, frozenset[str], bool], list[Statement]] = defaultdict(list)
    for one in stated:
        if len(one.topic) > FEW:
            groups[one.quantity.unit, one.topic, one.quantity.depth > 0].append(one)
    for group in groups.values():
        if len(group) != 2:
            continue  # a form that recurs item by item tells of several things
        first, second = sorted(group, key=lambda s: (s.place, s.quantity.start))
        alike = first.scope == second.scope and _one_time(first, second, found)
        if alike and _differ(first.quantity, second.quantity):
            yield _finding(first, second)


def _one_time(first: Statement, second: Statement, found: list[Passage]) -> bool:
    """Return whether no other day, month or year is told between two statements, and neither is a list's item."""
    if first.place == second.place or any(ITEM.match(s.passage.text) for s in (first, second)):
        return False
    return not any(masked(passage.text) for passage in found[first.place + 1 : second.place + 1])


def _differ(one: Quantity, other: Quantity) -> bool:
    """Return whether two values are told apart, yet near enough to be meant as one."""
    return not one.span.meets(other.span) and abs(one.value - other.value) <= 0.15 * max(one.value, other.value)


_LONGEST_TITLE = 25  # words


def _titles(manuscript: Manuscript, stated: list[Statement]) -> Iterator[Finding]:
    """Find numbers of the title that the text tells one slip apart."""
    first = next(iter(manuscript.paragraphs), None)
    if first is None or len(first.text.split()) > _LONGEST_TITLE or first.text.rstrip().endswith((".", ":", ";")):
        return
    for title in (
        s for s in stated if s.passage.paragraphs[0] is first and s.quantity.is_count and s.quantity.value >= 10
    ):
        body = [s for s in stated if s.passage.paragraphs[0] is not first and s.quantity.is_count]
        if any(s.quantity.value == title.quantity.value for s in body):
            continue
        digits = f"{title.quantity.value:.0f}"
        for one in body:
            shared = len(one.topic & title.topic)
            enough = 2 if len(digits) >= 3 else FEW
            fits = len(digits) > 3 or same_unit(one.quantity.unit, title.quantity.unit)
            if is_slip(f"{one.quantity.value:.0f}", digits) and shared >= enough and fits:
                yield _finding(title, one)
                break


def _slips(stated: list[Statement]) -> Iterator[Finding]:
    """Find numbers that are one slip away from an earlier one which the words show to be the same."""
    exact = [s for s in stated if s.quantity.is_count and s.quantity.value >= LEAST_SLIP and s.quantity.unit != PERCENT]
    by_value: dict[str, list[Statement]] = defaultdict(list)
    for one in exact:
        by_value[f"{one.quantity.value:.0f}"].append(one)
    for later in exact:
        digits = f"{later.quantity.value:.0f}"
        for near in _near(digits) & by_value.keys():
            earlier = next((s for s in by_value[near] if s.quantity is not later.quantity and _before(s, later)), None)
            if earlier is not None and len(by_value[digits]) == 1 and _same_thing(earlier, later):
                yield _finding(earlier, later)
                break


def _before(one: Statement, other: Statement) -> bool:
    if one.passage is other.passage:
        return one.quantity.start < other.quantity.start
    return one.place < other.place


def _near(digits: str) -> set[str]:
    """Return every writing one slip away from ``digits``."""
    found = {digits[:i] + d + digits[i + 1 :] for i in range(len(digits)) for d in "0123456789"}
    found |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)}
    return {near for near in found if near[0] != "0" and is_slip(near, digits)}


def _same_thing(earlier: Statement, later: Statement) -> bool:
    one, other = earlier.quantity, later.quantity
    if not same_unit(one.unit, other.unit) or not (one.unit or other.unit):
        return False
    if any(
        (a in earlier.topic) != (a in later.topic) and (b in earlier.topic) != (b in later.topic) for a, b in _OPPOSED
    ):
        return False
    if other.whole_of >= 0:
        return earlier.passage is later.passage and one.part_of < 0 and one.whole_of < 0
    compatible = earlier.scope <= later.scope or later.scope <= earlier.scope
    shared, union = len(earlier.topic & later.topic), len(earlier.topic | later.topic)
    if _AGAIN.search(other.before) and earlier.passage is not later.passage:
        return compatible and shared >= 2
    return compatible and earlier.passage is not later.passage and shared >= FEW and shared >= 0.6 * union


def _finding(earlier: Statement, later: Statement) -> Finding:
    one, other = earlier.quantity, later.quantity
    line = earlier.passage.locate(one.start, one.end)[0].place(0).line
    mark = "%" if other.is_share else ""
    message = (
        f"Ở dòng {line} ghi {one.text}{mark}, ở đây ghi {other.text}{mark} cho cùng một nội dung;"
        " đúng nếu hai số khác phạm vi hoặc thời điểm."
    )
    computed = written(one.value, one.step) + mark
    span = (other.start, other.end)
    return later.passage.finding(Kind.CONTRADICTION, "likely", span, other.text + mark, computed, message)
