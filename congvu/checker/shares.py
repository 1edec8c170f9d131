"""Shares and rates that do not follow from the numbers beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from congvu.press.manuscript import Manuscript

from .findings import Certainty, Finding, Kind
from .passages import Passage, passages
from .quantities import EPSILON, Quantity, Span
from .slips import decimals, slipped, written
from .units import PERCENT, POINTS, same_unit
from .vocabulary import said

_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_GROWTH = said("tăng, giảm, cao hơn, thấp hơn, vượt, gấp, hụt, nhanh hơn")
_COMPARED = said("so với, so cùng kỳ, cùng kỳ", at="start", gap=3)
_SET = said(
    """phấn đấu, mục tiêu, chỉ tiêu, tối thiểu, ít nhất, tối đa, không quá, yêu cầu, quy định, bảo đảm, đảm bảo,
    lãi suất, thuế suất, giảm giá, hỗ trợ, mức, định mức, ngưỡng, đến năm, kế hoạch giao, từ nay"""
)
_LINKING = """và tăng giảm thêm đã thì nên tương ứng đương với chiếm đạt tỷ tỉ lệ bằng là tức được có khoảng gần
    hơn trên xấp xỉ tính ra cơ cấu trọng chung hoàn thành giải quyết đúng hạn trễ quá chậm trước kế
    hoạch khoản về ước theo tổng số xử lý"""
_LINK = re.compile(rf"^[\s,:;(=+–-]*(?:(?:{'|'.join(_LINKING.split())})\b[\s,:=(+–-]*)*$", re.IGNORECASE)
_LINK_BEGINS = said("đạt, chiếm, tỷ lệ, tỉ lệ, bằng, tương đương, tương ứng, tức")
_OF_TOTAL = said(
    "trên tổng, trên tổng số, trong tổng, trong tổng số, trên, so với tổng, so với tổng số, trong số, của tổng số",
    at="end",
)
_WHOLE = said("tổng, tổng số, toàn tỉnh, toàn quốc, cả nước, tổng cộng, trên địa bàn")
_ELSEWHERE = said(
    """dự toán, kế hoạch, kh, chỉ tiêu, mục tiêu, nghị quyết, cùng kỳ, năm, tháng, quý, nhu cầu, công suất, yêu
    cầu, so dự toán, so với dự toán, so kế hoạch, so với kế hoạch, so với chỉ tiêu, so với năm, so với tháng,
    so với quý, của năm, theo kế hoạch, của kế hoạch""",
    at="start",
)
_CHANGE = said(
    """tăng, giảm, tăng thêm, tăng khoảng, giảm khoảng, tăng gần, giảm gần, tăng hơn, giảm hơn, tăng trên, giảm
    trên, tăng tới, giảm tới""",
    at="end",
)
_OPENED = said("trong đó, gồm")
_BECAME = said("lên, xuống, đến, còn, tới")
WINDOW = 8  # passages on either side in which a share may find its denominator


@dataclass(frozen=True, slots=True)
class Reading:
    """How a share is meant to follow: from which numbers; ``fixed`` where the writing leaves no other choice."""

    numerator: Quantity
    denominator: Quantity
    fixed: bool


def find(manuscript: Manuscript) -> Iterator[Finding]:
    found = list(passages(manuscript))
    for index, passage in enumerate(found):
        if not any(q.is_share for q in passage.quantities):
            continue
        near = [q for other in found[max(0, index - WINDOW) : index + WINDOW + 1] for q in other.quantities]
        for place, share in enumerate(passage.quantities):
            if share.is_share:
                finding = _of_share(passage, place, near)
                if finding is not None:
                    yield finding


def _of_share(passage: Passage, place: int, near: Sequence[Quantity]) -> Finding | None:
    found = passage.quantities
    share = found[place]
    if is_growth(share):
        numerator = _numerator(passage, place)
        if numerator is not None and _CHANGE.search(numerator.before):
            return _of_change(passage, share, numerator, near)
        return _of_growth(passage, place)
    fixed = _fixed(passage, place)
    if fixed is not None:
        if fits(share, fixed.numerator.span, fixed.denominator.span):
            return None
        return _reported(passage, share, fixed, "certain" if _clear(fixed) else "likely", "")
    if (share.value in (0, 100) and share.step >= 1) or _SET.search(share.before):
        return None
    numerator = _numerator(passage, place)
    if numerator is None or _ELSEWHERE.search(share.after):
        return None
    if _CHANGE.search(numerator.before):
        return _of_change(passage, share, numerator, near)
    if _saved(share, numerator, passage, place, near):
        return None
    return _judged(passage, place, numerator, near)


def is_growth(share: Quantity) -> bool:
    """Return whether a share says how much something changed, not what part of a whole it is."""
    last = " ".join(share.before.split()[-5:])
    if last.endswith(("-", "–", "+", "−")):
        return True
    return bool(_GROWTH.search(last) or _COMPARED.search(share.after))


def fits(share: Quantity, numerator: Span, denominator: Span) -> bool:
    return denominator.low > 0 and numerator.over(denominator).meets(share.span)


def _clear(reading: Reading) -> bool:
    return reading.numerator.is_count and reading.denominator.is_count


# What a share is of, where the writing says it


def _fixed(passage: Passage, place: int) -> Reading | None:
    """Return the two numbers of a share whose writing names both: ``55/59 … 93,22%``, ``A trên tổng số B … P%``."""
    text, found = passage.text, passage.quantities
    share = found[place]
    if place >= 2:
        numerator, denominator = found[place - 2], found[place - 1]
        if numerator.part_of == place - 1 and _linked(denominator, share, text):
            return Reading(numerator, denominator, True)
        between = text[numerator.end : denominator.start]
        if (
            not numerator.is_share
            and not _SENTENCE_END.search(text[numerator.start : share.start])
            and _OF_TOTAL.search(between)
            and same_unit(numerator.unit, denominator.unit)
            and numerator.part_of < 0
            and numerator.value <= denominator.value
            and _linked(denominator, share, text)
        ):
            return Reading(numerator, denominator, True)
    if place + 2 < len(found):
        numerator, denominator = found[place + 1], found[place + 2]
        gap = text[share.end : numerator.start]
        if numerator.part_of == place + 2 and re.fullmatch(
            r"\s*%?\s*[(,]?\s*(?:tương ứng|tương đương|với|gồm|là)?\s*(?:với)?\s*", gap
        ):
            following = found[place + 3] if place + 3 < len(found) else None
            if not (following is not None and following.is_share and _linked(denominator, following, text)):
                return Reading(numerator, denominator, True)
    return None


def _linked(quantity: Quantity, share: Quantity, text: str) -> bool:
    """Return whether only the thing counted and linking words stand between a number and the share beside it."""
    between = text[quantity.end : share.start]
    cut = max((between.rfind(mark) for mark in ",(;:="), default=-1)
    head, tail = (between[:cut], between[cut:]) if cut >= 0 else _at_link(between)
    return bool(_LINK.match(tail)) and len(head.split()) <= 14 and not re.search(r"[;:\n]|\.\s", head)


def _at_link(between: str) -> tuple[str, str]:
    found = _LINK_BEGINS.search(between)
    return (between[: found.start()], between[found.start() :]) if found else (between, between)


# What a share is of, where it has to be guessed


def _numerator(passage: Passage, place: int) -> Quantity | None:
    """Return the number that a share stands beside: "A hồ sơ (đạt P%)", "A hồ sơ, chiếm P%"."""
    text, found = passage.text, passage.quantities
    share = found[place]
    for back in range(place - 1, -1, -1):
        left = found[back]
        gap = text[left.end : share.start]
        if _SENTENCE_END.search(gap) or left.unit == POINTS:
            return None
        if left.is_share:
            return None
        if left.whole_of >= 0:
            continue
        return left if _linked(left, share, text) else None
    return None


def _saved(share: Quantity, numerator: Quantity, passage: Passage, place: int, near: Sequence[Quantity]) -> bool:
    """Return whether two numbers nearby give the share: itself over any, complements, neighbours added."""
    found = passage.quantities
    same = [q for q in near if q.unit not in (PERCENT, POINTS) and same_unit(q.unit, numerator.unit) and q.span.low > 0]
    spans = [q.span for q in same]
    own = numerator.span
    if any(fits(share, own, other) or fits(share, own, own + other) for other in spans):
        return True
    local = [q.span for q in found if q.unit not in (PERCENT, POINTS) and q.span.low > 0]
    return any(fits(share, a, b) for a in local for b in local if a is not b) or any(
        fits(share, a + b, c) or (a.low > b.high and fits(share, a - b, c))
        for i, a in enumerate(local)
        for b in local[i + 1 : i + 3]
        for c in local
    )


def _judged(passage: Passage, place: int, numerator: Quantity, near: Sequence[Quantity]) -> Finding | None:
    """Return a finding where a total that the share may be of gives a rate that the stated one is a slip of.

    A share whose total is not stated at all would be one slip away from some number by chance; so few totals are
    tried, and fewer for a share of few digits.
    """
    share = passage.quantities[place]
    own, further = _totals(passage, place, numerator, near)
    tried = [*own[:4], *further[:3]] if share.step <= 0.011 else own[:3]
    for whole in tried:
        due = 100 * numerator.value / whole.value
        if share.step < 1 and whole.value >= 40 and slipped(share.value, due, share.step) and not _trivial(share, due):
            return _reported(passage, share, Reading(numerator, whole, False), "likely", _SLIP)
    siblings = _of_siblings(passage, place, numerator)
    if siblings is not None:
        return siblings
    return _of_its_total(passage, share, numerator, own)


def _totals(
    passage: Passage, place: int, numerator: Quantity, near: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Return the totals that a share may be of: those before it in its passage, nearest first; those further off."""

    def may(q: Quantity) -> bool:
        return (
            q is not numerator
            and q.unit not in (PERCENT, POINTS)
            and q.part_of < 0
            and same_unit(q.unit, numerator.unit)
            and q.value >= numerator.value > 0
        )

    own = [q for q in reversed(passage.quantities[:place]) if may(q)]
    mine = set(map(id, passage.quantities))
    further = [
        q
        for q in near
        if id(q) not in mine and may(q) and q.unit and (_WHOLE.search(q.before) or q.value > 10 * numerator.value)
    ]
    return own, further


def _of_its_total(passage: Passage, share: Quantity, numerator: Quantity, own: Sequence[Quantity]) -> Finding | None:
    """Judge "B …, trong đó A … (P%)", where the sentence itself leads from the total to the part."""
    if not own:
        return None
    whole = own[0]
    between = passage.text[whole.end : numerator.start]
    if _SENTENCE_END.search(between) or numerator.depth < whole.depth or not _OPENED.search(between):
        return None
    due = 100 * numerator.value / whole.value
    apart = abs(share.value - due) > max(3 * share.step, 0.02 * due)
    if whole.value >= 20 and apart and 0.2 < share.value / due < 5:
        return _reported(passage, share, Reading(numerator, whole, False), "likely", _OTHER)
    return None


def _of_siblings(passage: Passage, place: int, numerator: Quantity) -> Finding | None:
    """Judge a share among others of one total that is not stated: "19 phiếu (40,43%); 2 phiếu (4,26%) và …"."""
    found = passage.quantities
    share = found[place]
    wholes = []
    for other in range(len(found)):
        if other == place or not found[other].is_share or is_growth(found[other]) or found[other].value == 0:
            continue
        part = _numerator(passage, other)
        if part is not None and part.is_count and same_unit(part.unit, numerator.unit):
            wholes.append(_implied(part, found[other]))
    if len(wholes) < 2 or share.step >= 0.1:
        return None
    low, high = max(w.low for w in wholes), min(w.high for w in wholes)
    if low > high or high > 1.1 * low:
        return None
    due = 100 * numerator.value * 2 / (low + high)
    if not slipped(share.value, due, share.step) and not 0.5 < share.value / due < 2:
        return None
    if numerator.value == 0 or _implied(numerator, share).meets(Span(low, high)):
        return None
    computed = f"{written(due, share.step)}%"
    message = (
        f"Các tỷ lệ bên cạnh đều tính trên khoảng {written((low + high) / 2)};"
        f" {numerator.text} khi đó là {computed}, không phải {share.text}%."
    )
    return passage.finding(Kind.SHARE, "likely", (share.start, share.end), f"{share.text}%", computed, message)


def _implied(part: Quantity, share: Quantity) -> Span:
    """Return the total that a part and its share imply."""
    span = share.span
    return Span(100 * part.span.low / max(span.high, EPSILON), 100 * part.span.high / max(span.low, EPSILON))


_SLIP = "Số ghi chỉ khác một chữ số; đúng nếu tỷ lệ tính trên một tổng khác không nêu ở đây."
_OTHER = "Đúng nếu tỷ lệ tính trên một tổng khác không nêu ở đây."


def _trivial(share: Quantity, due: float) -> bool:
    """Return whether the two are one digit apart for being short: 9% and 5%."""
    return decimals(share.step) < 1 or (share.value < 1 and due < 1 and share.step >= 0.1)


def _reported(passage: Passage, share: Quantity, reading: Reading, certainty: Certainty, why: str) -> Finding:
    due = 100 * reading.numerator.value / reading.denominator.value
    computed = f"{written(due, min(share.step, 0.01))}%"
    message = f"{reading.numerator.text} trên {reading.denominator.text} là {computed}, không phải {share.text}%."
    stated = f"{share.text}%"
    return passage.finding(
        Kind.SHARE, certainty, (share.start, share.end), stated, computed, f"{message} {why}".rstrip()
    )


# Growth


_FROM_TO = re.compile(r"(?<!\w)từ\s*$")


def _of_growth(passage: Passage, place: int) -> Finding | None:
    """Check "từ B lên A, tăng P%" and "A, tăng D (P%) so với …"."""
    text, found = passage.text, passage.quantities
    share = found[place]
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, 0, share.start)), default=0)
    stop = _SENTENCE_END.search(text, share.end)
    around = [
        q for q in found
        if begin <= q.start and q.end <= (stop.start() if stop else len(text))
        and q.unit not in (PERCENT, POINTS) and q.span.low > 0
    ]  # fmt: skip
    spans = [q.span for q in around]
    if len(spans) < 2 or any(_grows(share, a, b) for a in spans for b in spans if a is not b):
        return None
    if any(
        fits(share, d, b) or (b.low > d.high and fits(share, d, b - d)) or fits(share, d, b + d)
        for d in spans
        for b in spans
        if d is not b
    ):
        return None
    for old, new in pairwise(around):
        between = text[old.end : new.start]
        if (
            new.end <= share.start
            and _FROM_TO.search(text[: old.start].lower())
            and _BECAME.search(between)
            and same_unit(old.unit, new.unit)
            and len(text[new.end : share.start]) < 60
            and not any(new.start < q.start < share.start for q in around)
        ):
            due = 100 * abs(new.value - old.value) / old.value
            exact = old.is_count and new.is_count
            computed = f"{written(due, min(share.step, 0.01))}%"
            message = f"Từ {old.text} đến {new.text} là thay đổi {computed}, không phải {share.text}%."
            return passage.finding(
                Kind.SHARE,
                "certain" if exact else "likely",
                (share.start, share.end),
                f"{share.text}%",
                computed,
                message,
            )
    return None


MOST_LEVELS = 12  # numbers in which a change is looked for; of more, one would fit by chance


def _told_before(share: Quantity, same: Sequence[Quantity], near: Sequence[Quantity]) -> list[Quantity]:
    """Return those of ``same`` that stand before a share, nearest first; ``near`` is in reading order."""
    order = {id(quantity): place for place, quantity in enumerate(near)}
    told = [quantity for quantity in same if order[id(quantity)] < order[id(share)]]
    return told[::-1][:MOST_LEVELS]


def _of_change(passage: Passage, share: Quantity, change: Quantity, near: Sequence[Quantity]) -> Finding | None:
    """Check "tăng D (P%)": the change over what was there before it, where the text says what is there now."""
    rising = "tăng" in change.before.split()[-4:]
    same = [
        q
        for q in near
        if q is not change
        and q.unit not in (PERCENT, POINTS)
        and same_unit(q.unit, change.unit)
        and q.value > change.value
    ]
    if any(fits(share, change.span, old) for q in same for old in (q.span, q.span + change.span, q.span - change.span)):
        return None
    if share.step >= 1 or not change.is_count or change.value < (3 if share.step <= 0.011 else 20):
        return None
    for now in _told_before(share, same, near):
        old = now.value - change.value if rising else now.value + change.value
        if old > 0 and now.is_count and now.unit and slipped(share.value, 100 * change.value / old, share.step):
            computed = f"{written(100 * change.value / old, min(share.step, 0.01))}%"
            message = (
                f"{'Tăng' if rising else 'Giảm'} {change.text} để còn {now.text} là thay đổi {computed},"
                f" không phải {share.text}%."
                " Số ghi chỉ khác một chữ số; đúng nếu so với một số khác không nêu ở đây."
            )
            return passage.finding(Kind.SHARE, "likely", (share.start, share.end), f"{share.text}%", computed, message)
    return None


def _grows(share: Quantity, new: Span, old: Span) -> bool:
    if old.low <= 0:
        return False
    low, high = 100 * (new.low / old.high - 1), 100 * (new.high / old.low - 1)
    return (
        Span(low, high).meets(share.span)
        or Span(-high, -low).meets(share.span)
        or Span(low + 100, high + 100).meets(share.span)
    )
