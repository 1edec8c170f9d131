"""Rates in per cent: whether they tell a part or a change, and the number that each stands beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ..findings import Certainty, Finding, Kind
from ..grammar.passages import Passage
from ..grammar.quantities import Quantity, Span
from ..grammar.slips import decimals, slipped, written
from ..grammar.units import PERCENT, POINTS, same_unit
from ..grammar.vocabulary import said

SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_GROWTH = said("tăng, giảm, cao hơn, thấp hơn, vượt, gấp, hụt, nhanh hơn")
_COMPARED = said("so với, so cùng kỳ, cùng kỳ", at="start", gap=3)
_LINKING = """và tăng giảm thêm đã thì nên tương ứng đương với chiếm đạt tỷ tỉ lệ bằng là tức được có khoảng gần
    hơn trên xấp xỉ tính ra cơ cấu trọng chung hoàn thành giải quyết đúng hạn trễ quá chậm trước kế
    hoạch khoản về ước theo tổng số xử lý bao phủ"""
_LINK = re.compile(rf"^[\s,:;(=+–-]*(?:(?:{'|'.join(_LINKING.split())})\b[\s,:=(+–-]*)*$", re.IGNORECASE)
_LINK_BEGINS = said("đạt, chiếm, tỷ lệ, tỉ lệ, bằng, tương đương, tương ứng, tức")
CHANGE = said(
    """tăng, giảm, tăng thêm, tăng khoảng, giảm khoảng, tăng gần, giảm gần, tăng hơn, giảm hơn, tăng trên, giảm
    trên, tăng tới, giảm tới""",
    at="end",
)
_IN_TURN = said("lần lượt")

SLIP = "Số ghi chỉ khác một chữ số; đúng nếu tính trên một số khác không nêu ở đây."
OTHER = "Đúng nếu tính trên một số khác không nêu ở đây."


def is_growth(share: Quantity) -> bool:
    """Return whether a rate says how much something changed, not what part of a whole it is."""
    last = " ".join(share.before.split()[-5:])
    if last.endswith(("-", "–", "+", "−")):
        return True
    return bool(_GROWTH.search(last) or _COMPARED.search(share.after))


def is_number(quantity: Quantity) -> bool:
    """Return whether a quantity is no rate, and above 0."""
    return quantity.unit not in (PERCENT, POINTS) and quantity.span.low > 0


def fits(share: Quantity, numerator: Span, denominator: Span) -> bool:
    return denominator.low > 0 and numerator.over(denominator).meets(share.span)


def slips(share: Quantity, due: float) -> bool:
    """Return whether a rate is one slip away from what is due, and long enough for that to say something."""
    trivial = decimals(share.step) < 1 or (share.value < 1 and due < 1 and share.step >= 0.1)
    return share.step < 1 and not trivial and slipped(share.value, due, share.step)


def linked(quantity: Quantity, share: Quantity, text: str) -> bool:
    """Return whether only the thing counted and linking words stand between a number and the rate beside it."""
    between = text[quantity.end : share.start]
    cut = max((between.rfind(mark) for mark in ",(;:="), default=-1)
    head, tail = (between[:cut], between[cut:]) if cut >= 0 else _at_link(between)
    return bool(_LINK.match(tail)) and len(head.split()) <= 14 and not re.search(r"[;:\n]|\.\s", head)


def _at_link(between: str) -> tuple[str, str]:
    found = _LINK_BEGINS.search(between)
    return (between[: found.start()], between[found.start() :]) if found else (between, between)


def numerator_of(passage: Passage, place: int) -> Quantity | None:
    """Return the number that a rate stands beside: "A hồ sơ (đạt P%)", "A và B hồ sơ, lần lượt chiếm P% và Q%"."""
    text, found = passage.text, passage.quantities
    share = found[place]
    for back in range(place - 1, -1, -1):
        left = found[back]
        if SENTENCE_END.search(text[left.end : share.start]) or left.unit == POINTS:
            return None
        if left.is_share:
            return _in_turn(passage, place)
        if left.whole_of >= 0:
            continue
        return left if linked(left, share, text) else _in_turn(passage, place)
    return None


def _in_turn(passage: Passage, place: int) -> Quantity | None:
    """Return the number that a rate of a row ("lần lượt chiếm 14,5%, 21,6% và 62,9%") belongs to."""
    text, found = passage.text, passage.quantities
    before = list(takewhile(lambda q: q.is_share, reversed(found[:place])))
    after = list(takewhile(lambda q: q.is_share, found[place + 1 :]))
    first = place - len(before)
    row, left = len(before) + 1 + len(after), [q for q in found[:first] if not q.is_share and q.whole_of < 0]
    if row < 2 or len(left) < row or not _IN_TURN.search(text[left[-1].end : found[first].start]):
        return None
    numbers = left[-row:]
    alike = all(same_unit(q.unit, numbers[0].unit) for q in numbers)
    inside = not SENTENCE_END.search(text[numbers[0].start : found[first].end])
    return numbers[len(before)] if alike and inside else None


def reported(
    passage: Passage, share: Quantity, part: Quantity, whole: Quantity, certainty: Certainty, why: str = ""
) -> Finding:
    """Return the finding that ``share`` is not ``part`` over ``whole``."""
    computed = f"{written(100 * part.value / whole.value, min(share.step, 0.01))}%"
    message = f"{part.text} trên {whole.text} là {computed}, không phải {share.text}%. {why}".rstrip()
    return passage.finding(Kind.SHARE, certainty, (share.start, share.end), f"{share.text}%", computed, message)


def changed(
    passage: Passage, share: Quantity, levels: Sequence[Quantity], due: float, certainty: Certainty, why: str = ""
) -> Finding:
    """Return the finding that the change between two levels is ``due`` per cent, not ``share``."""
    computed = f"{written(due, min(share.step, 0.01))}%"
    old, new = (level.text for level in levels)
    message = f"Từ {old} thành {new} là thay đổi {computed}, không phải {share.text}%. {why}".rstrip()
    return passage.finding(Kind.SHARE, certainty, (share.start, share.end), f"{share.text}%", computed, message)
