"""Shares that do not follow from the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import EPSILON, Quantity, Span
from ..grammar.slips import written
from ..grammar.units import of_kind, same_unit
from ..grammar.vocabulary import said
from .chains import Chain, Opener, adds_up, all_chains
from .named_shares import names_base, of_named_ends, of_named_part, of_those
from .rates import CHANGE, OTHER, SENTENCE_END, SLIP, fits, is_growth, is_number, linked, numerator_of, reported, slips
from .retold import chains_named_again

WINDOW = 8  # passages on either side in which a share may find its denominator
_SET = said(
    """phấn đấu, mục tiêu, chỉ tiêu, tối thiểu, ít nhất, tối đa, không quá, yêu cầu, quy định, bảo đảm, đảm bảo,
    lãi suất, thuế suất, giảm giá, hỗ trợ, mức, định mức, ngưỡng, đến năm, kế hoạch giao, từ nay"""
)
_OF_TOTAL = said(
    """trên tổng, trên tổng số, trong tổng, trong tổng số, trên, so với tổng, so với tổng số, trong số, của tổng
    số""",
    at="end",
    gap=2,
)
_WHOLE = said("tổng, tổng số, toàn tỉnh, toàn quốc, cả nước, tổng cộng, trên địa bàn")
_ELSEWHERE = said(
    """dự toán, kế hoạch, kh, chỉ tiêu, mục tiêu, nghị quyết, cùng kỳ, năm, tháng, quý, nhu cầu, công suất, yêu
    cầu, so dự toán, so với dự toán, so kế hoạch, so với kế hoạch, so với chỉ tiêu, so với cùng kỳ, so với
    năm, so với tháng, so với quý, của năm, theo kế hoạch, của kế hoạch""",
    at="start",
)
_RATE = said("tỷ lệ, đạt, bằng, chiếm")


@dataclass(frozen=True, slots=True)
class Reading:
    """The two numbers of which a share is told to be."""

    part: Quantity
    whole: Quantity

    def fits(self, share: Quantity) -> bool:
        return fits(share, self.part.span, self.whole.span)

    @property
    def clear(self) -> bool:
        return not self.part.qualifier and not self.whole.qualifier and self.part.step == self.whole.step


def find(manuscript: Manuscript) -> Iterator[Finding]:
    found = list(passages(manuscript))
    for index, passage in enumerate(found):
        if not any(q.is_share for q in passage.quantities):
            continue
        near = [q for other in found[max(0, index - WINDOW) : index + WINDOW + 1] for q in other.quantities]
        chains = [*_chains(passage), *chains_named_again(passage, found[:index])]
        for place, share in enumerate(passage.quantities):
            if share.is_share:
                finding = of_named_ends(passage, place, found[:index]) or _of_share(passage, place, near, chains)
                if finding is not None:
                    yield finding


def _of_share(passage: Passage, place: int, near: Sequence[Quantity], chains: Sequence[Chain]) -> Finding | None:
    share = passage.quantities[place]
    fixed = _fixed(passage, place)
    if fixed is not None:
        if not fixed.whole.value or fixed.fits(share):
            return None
        return reported(passage, share, fixed.part, fixed.whole, "certain" if fixed.clear else "likely")
    if is_growth(share) or (share.value in (0, 100) and share.step >= 1) or _SET.search(share.before):
        return None
    part = numerator_of(passage, place)
    if _ELSEWHERE.search(share.after) or (part is not None and CHANGE.search(part.before)):
        return None
    if part is None:
        return _of_a_pair(passage, place) or of_named_part(passage, place, [chain for chain in chains if _whole(chain)])
    if _saved(share, part, passage, near):
        return None
    return (
        of_those(passage, place, part)
        or _of_its_total(passage, place, part, chains)
        or _of_slip(passage, place, part, near)
        or _of_siblings(passage, place, part)
        or _of_nearest(passage, place, part)
    )


# What a share is of, where the writing says it


def _fixed(passage: Passage, place: int) -> Reading | None:
    """Return the two numbers of a share whose writing names both."""
    return _after_both(passage, place) or _before_fraction(passage, place) or _of_named_base(passage, place)


def _after_both(passage: Passage, place: int) -> Reading | None:
    """``55/59 nhiệm vụ, đạt 93,22%``; ``A hồ sơ trên tổng số B hồ sơ, đạt P%``."""
    text, found = passage.text, passage.quantities
    share = found[place]
    if place < 2 or is_growth(share):
        return None
    part, whole = found[place - 2], found[place - 1]
    if part.part_of == place - 1 and linked(whole, share, text):
        return Reading(part, whole)
    told = _OF_TOTAL.search(text[part.end : whole.start]) and part.part_of < 0 and part.value <= whole.value
    inside = not SENTENCE_END.search(text[part.start : share.start])
    alike = is_number(part) and same_unit(part.unit, whole.unit)
    return Reading(part, whole) if told and inside and alike and linked(whole, share, text) else None


def _before_fraction(passage: Passage, place: int) -> Reading | None:
    """``98,81% (635.593/643.270 hồ sơ)``."""
    text, found = passage.text, passage.quantities
    if place + 2 >= len(found) or is_growth(found[place]):
        return None
    share, part, whole = found[place : place + 3]
    words = r"\s*%?\s*[(,]?\s*(?:tương ứng|tương đương|với|gồm|là)?\s*(?:với)?\s*"
    if part.part_of != place + 2 or not re.fullmatch(words, text[share.end : part.start]):
        return None
    following = found[place + 3] if place + 3 < len(found) else None
    own = following is not None and following.is_share and linked(whole, following, text)
    return None if own else Reading(part, whole)


def _of_named_base(passage: Passage, place: int) -> Reading | None:
    """``661 tỷ đồng, bằng 97,64% dự toán (677 tỷ đồng)``: a plan or an earlier level, told in brackets."""
    text, found = passage.text, passage.quantities
    share = found[place]
    whole = found[place + 1] if place + 1 < len(found) else None
    if whole is None or whole.depth <= share.depth or not _ELSEWHERE.search(share.after.split(" ( ")[0] or " "):
        return None
    before = share.before.split()[-3:]
    part = numerator_of(passage, place)
    if (
        part is None
        or not {"bằng", "đạt"} & set(before)
        or not same_unit(part.unit, whole.unit)
        or not is_number(whole)
    ):
        return None
    gap = text[share.end : whole.start]
    return Reading(part, whole) if re.fullmatch(r"[^().;]*\(\s*[^()\d]{0,60}", gap) else None


# What saves a share


def _saved(share: Quantity, part: Quantity, passage: Passage, near: Sequence[Quantity]) -> bool:
    """Return whether numbers nearby give the share: itself over any, complements, neighbours added."""
    spans = [q.span for q in near if is_number(q) and same_unit(q.unit, part.unit)]
    if any(fits(share, part.span, other) or fits(share, part.span, part.span + other) for other in spans):
        return True
    local = [q for q in passage.quantities if is_number(q)]
    return any(
        fits(share, a.span, c.span) or (a is not b and fits(share, a.span + b.span, c.span))
        for i, a in enumerate(local)
        for b in local[i : i + 3]
        for c in local
        if a is not c and b is not c and of_kind(a.unit, c.unit)
    )


# What speaks against it


@lru_cache(maxsize=256)
def _chains(passage: Passage) -> tuple[Chain, ...]:
    return tuple(all_chains(passage))


def _whole(chain: Chain) -> bool:
    """Return whether the parts of a chain add up to its total."""
    return len(chain.parts) > 1 and adds_up(chain.parts, chain.total)


def _of_its_total(passage: Passage, place: int, part: Quantity, chains: Sequence[Chain]) -> Finding | None:
    """Judge a share of a part that the text lists under a total."""
    share = passage.quantities[place]
    for chain in chains:
        told = chain.opener in (Opener.PART, Opener.WHOLE, Opener.MARK)
        holds = _whole(chain)
        if part not in chain.parts or not (told or holds) or chain.total.value < 10 or not part.value:
            continue
        due = 100 * part.value / chain.total.value
        if abs(share.value - due) <= 1.5 * share.step or not 0.1 < share.value / due < 10:
            continue
        rest = [q for q in chain.parts if q is not part]
        here = chain.total in passage.quantities
        proven = holds and here and rest and all(_fits_total(passage, q, chain.total) for q in rest)
        clear = Reading(part, chain.total).clear
        return reported(
            passage, share, part, chain.total, "certain" if proven and clear else "likely", "" if proven else OTHER
        )
    return None


def _fits_total(passage: Passage, part: Quantity, total: Quantity) -> bool:
    """Return whether a part stands with its own share of the total, and that is right."""
    found = passage.quantities
    places = (i for i, q in enumerate(found) if q.is_share and q.start > part.start)
    place = next(places, None)
    return place is not None and numerator_of(passage, place) is part and fits(found[place], part.span, total.span)


def _of_slip(passage: Passage, place: int, part: Quantity, near: Sequence[Quantity]) -> Finding | None:
    """Judge a share that one slip keeps from a total that it may be of.

    A share whose total is not stated at all would be one slip away from some number by chance; so few totals are
    tried, and fewer for a share of few digits.
    """
    share = passage.quantities[place]
    own = _totals(passage, place, part)
    mine = {id(q) for q in passage.quantities}
    further = [q for q in near if id(q) not in mine and _may_be_whole(q, part) and q.unit and _WHOLE.search(q.before)]
    for whole in [*own[:4], *further[:3]] if share.step <= 0.011 else own[:3]:
        if whole.value >= 40 and slips(share, 100 * part.value / whole.value):
            return reported(passage, share, part, whole, "likely", SLIP)
    return None


def _may_be_whole(quantity: Quantity, part: Quantity) -> bool:
    alike = quantity is not part and is_number(quantity) and same_unit(quantity.unit, part.unit)
    return alike and quantity.part_of < 0 and quantity.value >= part.value > 0 and not CHANGE.search(quantity.before)


def _totals(passage: Passage, place: int, part: Quantity) -> list[Quantity]:
    """Return the totals before a share in its passage, nearest first; none of brackets closed before it."""
    told = [q for q in reversed(passage.quantities[:place]) if _may_be_whole(q, part)]
    return [q for q in told if q.depth <= part.depth] or told


def _of_siblings(passage: Passage, place: int, part: Quantity) -> Finding | None:
    """Judge a share among others of one total that is not stated: "19 phiếu (40,43%); 2 phiếu (4,26%) và …"."""
    found = passage.quantities
    share = found[place]
    wholes = []
    for other in range(len(found)):
        if other == place or not found[other].is_share or is_growth(found[other]) or found[other].value == 0:
            continue
        sibling = numerator_of(passage, other)
        if sibling is not None and sibling.is_count and same_unit(sibling.unit, part.unit):
            wholes.append(_implied(sibling, found[other]))
    if len(wholes) < 2 or share.step > 0.11 or part.value == 0:
        return None
    low, high = max(w.low for w in wholes), min(w.high for w in wholes)
    if low > high or high > 1.1 * low or _implied(part, share).meets(Span(low, high)):
        return None
    due = 100 * part.value * 2 / (low + high)
    if not slips(share, due) and not 0.5 < share.value / due < 2:
        return None
    computed = f"{written(due, share.step)}%"
    message = (
        f"Các tỷ lệ bên cạnh đều tính trên khoảng {written((low + high) / 2)};"
        f" {part.text} khi đó là {computed}, không phải {share.text}%."
    )
    return passage.finding(Kind.SHARE, "likely", (share.start, share.end), f"{share.text}%", computed, message)


def _implied(part: Quantity, share: Quantity) -> Span:
    """Return the total that a part and its share imply."""
    span = share.span
    return Span(100 * part.span.low / max(span.high, EPSILON), 100 * part.span.high / max(span.low, EPSILON))


def _of_nearest(passage: Passage, place: int, part: Quantity) -> Finding | None:
    """Judge a share by the nearest greater number of its sentence, if the two come near or a neighbour agrees."""
    share = passage.quantities[place]
    own = _totals(passage, place, part)
    if not own or names_base(share) or SENTENCE_END.search(passage.text[own[0].end : part.start]) or own[0].value < 20:
        return None
    whole = own[0]
    if any(q.is_share and numerator_of(passage, i) is whole for i, q in enumerate(passage.quantities)):
        return None  # a sibling with a share of its own
    due = 100 * part.value / whole.value
    near = 0.8 <= share.value / due <= 1.25
    beyond = share.value > 100 and part.value <= whole.value
    if near or beyond or _neighbour_agrees(passage, place):
        return reported(passage, share, part, whole, "likely", OTHER)
    return None


def _neighbour_agrees(passage: Passage, place: int) -> bool:
    """Return whether another share of the passage is of the nearest greater number of its own sentence."""
    found = passage.quantities
    for other in range(len(found)):
        if other == place or not found[other].is_share or is_growth(found[other]):
            continue
        part = numerator_of(passage, other)
        own = _totals(passage, other, part) if part is not None else []
        if part is not None and own and fits(found[other], part.span, own[0].span):
            return True
    return False


def _of_a_pair(passage: Passage, place: int) -> Finding | None:
    """Judge a rate that stands beside no number ("tỷ lệ số hóa đạt 95,57%") by the few numbers told before it."""
    text, found = passage.text, passage.quantities
    share = found[place]
    if share.step > 0.011 or not _RATE.search(share.before):
        return None
    begin = max((m.end() for m in SENTENCE_END.finditer(text, 0, share.start)), default=0)
    told = [q for q in found[:place] if q.start >= begin and is_number(q) and q.is_count][-3:]
    pairs = [(a, b) for a in told for b in told if a is not b and of_kind(a.unit, b.unit) and a.value < b.value]
    if any(fits(share, a.span, b.span) for a, b in pairs):
        return None
    for part, whole in pairs:
        if whole.value >= 40 and slips(share, 100 * part.value / whole.value):
            return reported(passage, share, part, whole, "likely", SLIP)
    return None
