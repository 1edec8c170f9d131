"""Rates of change that do not follow from the levels told beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import Quantity, Span
from ..grammar.slips import written
from ..grammar.units import same_unit
from ..grammar.vocabulary import said
from .rates import CHANGE, OTHER, SENTENCE_END, SLIP, changed, fits, is_growth, is_number, numerator_of, slips

WINDOW = 8  # passages on either side in which a change may find its levels
MOST_LEVELS = 12  # numbers in which a change is looked for; of more, one would fit by chance
_FROM = said("từ", at="end", gap=2)
_BECAME = said("lên, xuống, đến, còn, tới")
_FALLING = said("giảm, thấp hơn, hụt", at="end", gap=3)
_BRACKETED = re.compile(
    r"[^().;,\d]{0,40}\(\s*(?P<link>(?:tương đương|tương ứng|tức)(?: với| là)?(?: tăng| giảm)?)?\s*"
)
_BASE = said("so với, cùng kỳ, năm trước, kỳ trước", at="start", gap=3)


def find(manuscript: Manuscript) -> Iterator[Finding]:
    found = list(passages(manuscript))
    for index, passage in enumerate(found):
        if not any(q.is_share for q in passage.quantities):
            continue
        near = [q for other in found[max(0, index - WINDOW) : index + WINDOW + 1] for q in other.quantities]
        for place, share in enumerate(passage.quantities):
            if share.is_share:
                finding = _judged(passage, place, near)
                if finding is not None:
                    yield finding


def _judged(passage: Passage, place: int, near: Sequence[Quantity]) -> Finding | None:
    share = passage.quantities[place]
    change = numerator_of(passage, place)
    if change is not None and CHANGE.search(change.before):
        return _of_change(passage, share, change, near)
    if not is_growth(share):
        return None
    return _of_base(passage, place) or _of_levels(passage, place)


# "tăng D (P%)"


def _of_change(passage: Passage, share: Quantity, change: Quantity, near: Sequence[Quantity]) -> Finding | None:
    """Check a change and its rate against the levels that the text tells."""
    rising = "tăng" in change.before.split()[-4:]
    same = [q for q in near if q is not change and is_number(q) and same_unit(q.unit, change.unit)]
    if any(_holds(share, change, level) for level in same):
        return None
    if (due := _of_both_levels(passage, share, change)) is not None:
        return _as_change(passage, share, change, due, OTHER)
    if (due := _of_bracket(passage, share, change, rising=rising)) is not None:
        return _as_change(passage, share, change, due, OTHER)
    if share.step >= 1 or not change.is_count or change.value < (3 if share.step <= 0.011 else 20):
        return None
    told = [level for level in _told_before(share, same, near) if level.is_count and level.unit]
    for level in told:
        for old in (level.value - change.value if rising else level.value + change.value, level.value):
            if old > 0 and slips(share, 100 * change.value / old):
                return _as_change(passage, share, change, 100 * change.value / old, SLIP)
    # the neighbours follow from their levels: so should this one
    if told and _neighbours_hold(passage, share, near):
        old = told[0].value - change.value if rising else told[0].value + change.value
        if old > 0 and 0.5 < share.value * old / (100 * change.value) < 2:
            return _as_change(passage, share, change, 100 * change.value / old, OTHER)
    return None


def _of_both_levels(passage: Passage, share: Quantity, change: Quantity) -> float | None:
    """Return what "đầu năm B, cuối năm còn A, giảm D, tương đương P%" makes of P, where D is A from B."""
    begin = max((m.end() for m in SENTENCE_END.finditer(passage.text, 0, change.start)), default=0)
    told = [q for q in passage.quantities if begin <= q.start < change.start and same_unit(q.unit, change.unit)]
    if len(told) != 2 or not all(q.is_count and q.unit for q in (*told, change)):
        return None
    old, new = told
    if abs(new.value - old.value) != change.value or change.value < 3 or old.value < 20:
        return None
    due = 100 * change.value / old.value
    return due if abs(share.value - due) > 1.5 * share.step and 0.1 < share.value / due < 10 else None


def _of_bracket(passage: Passage, share: Quantity, change: Quantity, *, rising: bool) -> float | None:
    """Return what "có X, tăng D so với cùng kỳ (P%)" makes of P, where P is neither D of what was nor D of X."""
    text, found = passage.text, passage.quantities
    at = found.index(change)
    level = found[at - 1] if at else None
    if level is None or level.qualifier or change.qualifier or CHANGE.search(level.before) or not is_number(level):
        return None
    if not (same_unit(level.unit, change.unit) or change.unit == "trường hợp"):
        return None
    told, gap = text[level.end : change.start], _BRACKETED.fullmatch(text[change.end : share.start])
    if re.search(r"[.;()\d\n]", told) or gap is None or share.qualifier:
        return None
    old = level.value - change.value if rising else level.value + change.value
    if old <= 0 or change.value < 3 * change.step:
        return None
    due = [100 * change.value / base for base in (old, level.value, level.value + change.value)]
    clear = all(abs(share.value - rate) > 1.5 * share.step for rate in due)
    near = bool(gap["link"]) or 0.5 < share.value / due[0] < 2
    return due[0] if clear and near else None


def _holds(share: Quantity, change: Quantity, level: Quantity) -> bool:
    return any(
        fits(share, change.span, old) for old in (level.span, level.span + change.span, level.span - change.span)
    )


def _told_before(share: Quantity, same: Sequence[Quantity], near: Sequence[Quantity]) -> list[Quantity]:
    """Return those of ``same`` that stand before a share, nearest first; ``near`` is in reading order."""
    order = {id(quantity): place for place, quantity in enumerate(near)}
    told = [quantity for quantity in same if order[id(quantity)] < order[id(share)]]
    return [q for q in told[::-1] if not CHANGE.search(q.before)][:MOST_LEVELS]


def _neighbours_hold(passage: Passage, share: Quantity, near: Sequence[Quantity]) -> bool:
    """Return whether another change of the passage follows from a level told before it."""
    for place, other in enumerate(passage.quantities):
        change = numerator_of(passage, place) if other.is_share and other is not share else None
        if change is None or not CHANGE.search(change.before):
            continue
        same = [q for q in near if q is not change and is_number(q) and same_unit(q.unit, change.unit)]
        if any(_holds(other, change, level) for level in _told_before(other, same, near)[:2]):
            return True
    return False


def _as_change(passage: Passage, share: Quantity, change: Quantity, due: float, why: str) -> Finding:
    computed = f"{written(due, min(share.step, 0.01))}%"
    message = f"Thay đổi {change.text} là {computed} so với mức trước đó, không phải {share.text}%. {why}"
    return passage.finding(Kind.SHARE, "likely", (share.start, share.end), f"{share.text}%", computed, message)


# "A, tăng P% so với … (B)"


def _of_base(passage: Passage, place: int) -> Finding | None:
    text, found = passage.text, passage.quantities
    share = found[place]
    level = numerator_of(passage, place)
    base = found[place + 1] if place + 1 < len(found) else None
    if level is None or base is None or not base.depth > share.depth or not same_unit(base.unit, level.unit):
        return None
    gap, rest = text[share.end : base.start], text[base.end : text.find(")", base.end)]
    told = _BASE.search(gap.lstrip(" %")) and re.fullmatch(
        r"[^().;]*\((?:[^(),\d]*(?:năm|kỳ|tháng|quý)[^(),]*)?\s*", gap
    )
    if not told or re.search(r"\d", rest) or not is_number(base):
        return None
    return _between(passage, share, base, level, certain=True)


# "từ B lên A, tăng P%"


def _of_levels(passage: Passage, place: int) -> Finding | None:
    text, found = passage.text, passage.quantities
    share = found[place]
    begin = max((m.end() for m in SENTENCE_END.finditer(text, 0, share.start)), default=0)
    stop = SENTENCE_END.search(text, share.end)
    around = [q for q in found if begin <= q.start and q.end <= (stop.start() if stop else len(text)) and is_number(q)]
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
        fixed = bool(_FROM.search(old.before)) and bool(_BECAME.search(text[old.end : new.start]))
        last = new.end <= share.start and not any(new.start < q.start < share.start for q in around)
        if fixed and last and same_unit(old.unit, new.unit) and len(text[new.end : share.start]) < 60:
            return _between(passage, share, old, new, certain=True)
    return None


def _between(passage: Passage, share: Quantity, old: Quantity, new: Quantity, *, certain: bool) -> Finding | None:
    if _grows(share, new.span, old.span):
        return None
    exact = certain and not old.qualifier and not new.qualifier and not share.qualifier
    due = 100 * abs(new.value - old.value) / old.value
    return changed(passage, share, (old, new), due, "certain" if exact else "likely")


def _grows(share: Quantity, new: Span, old: Span) -> bool:
    if old.low <= 0:
        return False
    low, high = 100 * (new.low / old.high - 1), 100 * (new.high / old.low - 1)
    return any(Span(*ends).meets(share.span) for ends in ((low, high), (-high, -low), (low + 100, high + 100)))
