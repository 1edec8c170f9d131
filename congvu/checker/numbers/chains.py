"""Totals and the parts that a text lists for them, before, after or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import reduce
from operator import add

from ..grammar.letters import UPPER
from ..grammar.passages import Passage
from ..grammar.quantities import Quantity, Span
from ..grammar.units import PERCENT, POINTS, of_kind, same_unit
from ..grammar.vocabulary import said
from .partitions import DENIAL, partition_of
from .runs import (
    SENTENCE_END,
    bracket_by_bracket,
    closed,
    is_base,
    is_rest,
    is_total,
    may_be_part,
    paired,
    parted,
    run_of,
)


class Opener(Enum):
    """What leads from a total to its parts."""

    PART = auto()  # "trong đó", "cụ thể": some of the parts, or all
    WHOLE = auto()  # "gồm", "chia ra": all of them
    MARK = auto()  # a colon or a bracket
    NONE = auto()  # they only follow
    REST = auto()  # they only follow, and the last is "còn lại"
    AFTER = auto()  # the total follows: "…, tổng cộng"
    EXPLICIT = auto()  # "a + b = c"
    LEFT = auto()  # "19/33 vụ việc, còn lại 14"


@dataclass(frozen=True, slots=True)
class Chain:
    """A total and the parts that the text lists for it; ``more`` are further numbers that a reader might take too.

    ``named`` where each part stands with a name ("(Hà Giang: 142 ha; Lai Châu 474 ha)"); ``shares`` is what the
    rates beside the parts add up to, None where not every part has one.
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    more: tuple[Quantity, ...]
    opener: Opener
    named: bool = False
    shares: float | None = None


_PLAIN_END = re.compile(r"[.!?](?=\s)")
_OPENER = re.compile(
    r"(?<!\w)(?:(?P<part>trong đó|trong số đó|trong số này|cụ thể|theo đó)"
    r"|(?P<whole>bao gồm|gồm có|gồm|chia ra|phân ra|chia theo|phân theo|lần lượt là))(?!\w)|(?P<mark>[:(])",
    re.IGNORECASE,
)
_CHANGED = said("tăng, giảm, hụt, vượt", at="end", gap=2)
_OPEN_LIST = said(
    "như, tiêu biểu, điển hình, nhất là, chủ yếu, nổi bật, đặc biệt, nhiều nhất, tập trung, có thể kể, kể cả"
)
_AMONG = said("trong số, trong tổng số, trên tổng số", at="end")
_LEFT = said("còn lại, còn lại là, còn lại có, còn, còn là, còn có", at="end")
_ADDED = said("tổng cộng, cộng lại, cộng chung, nâng tổng số")
_TOTAL_AFTER = said("tổng cộng, cộng lại, cộng chung, nâng tổng số, lũy kế, luỹ kế, tổng số, tổng, cộng")
_EXPLICIT = re.compile(r"^\s*(?:[^\W\d]+\s*){0,4}\+\s*(?:[^\W\d]+\s*){0,2}$")
_EQUALS = re.compile(r"^\s*(?:[^\W\d]+\s*){0,4}=\s*$")
_HEADS_NAMES = re.compile(r":[^:;()]*;")  # "04 sở: Nội vụ; …; 01 huyện: …": the colon opens names, each number its own
_BRACKETED = re.compile(r"\([^()]*\)")
_NAME = rf"[{UPPER}][^\W\d]*(?:[ -][{UPPER}][^\W\d]*){{0,4}}"
_NAMED = re.compile(
    rf"(?:[(;,:]|(?<!\w)(?:và|là|gồm|đó)|\n\s*[-+–•*])\s*(?:tại |ở |huyện |xã )?{_NAME}\s*(?:có|:)?\s*\(?\s*$"
)


def all_chains(passage: Passage) -> Iterator[Chain]:
    """Yield every chain of a passage; the same numbers may stand in several."""
    yield from _forward(passage)
    yield from _next_sentence(passage)
    yield from _backward(passage)
    yield from _of_fractions(passage)


def listed_from(passage: Passage, index: int, total: Quantity, opener: Opener) -> Chain:
    """Return the chain of a total told elsewhere, whose parts begin at ``index``."""
    return _chain(passage, total, *run_of(passage, index, total), opener)


def adds_up(parts: Sequence[Quantity], total: Quantity) -> bool:
    """Return whether parts may add up to a total, each as exact as it is written."""
    return reduce(add, (part.span for part in parts), Span(0, 0)).meets(total.span)


# After the total


def _forward(passage: Passage) -> Iterator[Chain]:
    for index, total in enumerate(passage.quantities):
        if _may_be_total(total):
            chain = _listed(passage, index) if "\n" in passage.text[total.end :] else None
            chain = chain or _inline(passage, index)
            if chain is not None:
                yield chain


def _may_be_total(quantity: Quantity) -> bool:
    return (
        quantity.unit not in (PERCENT, POINTS)
        and quantity.whole_of < 0
        and quantity.value >= 2
        and not _CHANGED.search(quantity.before)
    )


def _inline(passage: Passage, index: int) -> Chain | None:
    """Return the parts that follow a total in its own sentence."""
    text, found = passage.text, passage.quantities
    total = found[index]
    first = next(
        (k for k in range(index + 1, len(found)) if may_be_part(found[k], total) and not is_base(passage, k)), None
    )
    if first is None:
        return None
    start = found[first]
    gap = text[total.end : start.start]
    if SENTENCE_END.search(gap) or start.depth < total.depth or _OPEN_LIST.search(start.before):
        return None
    if closed(text, total, start, total.depth) or _HEADS_NAMES.search(gap):
        return None
    opener = _opener(gap) or (Opener.PART if _AMONG.search(total.before) else Opener.NONE)
    between = [q for q in found[index + 1 : first] if q.depth == total.depth and not q.is_share and q.whole_of < 0]
    stranger = any(not of_kind(q.unit, total.unit) for q in between)
    parts, more = run_of(passage, first, total)
    each = bracket_by_bracket(passage, first, total)
    if len(parts) == 1 and len(each) > 2:
        parts, opener = each, Opener.PART if opener is Opener.PART else Opener.NONE
    leads = _leads(passage, index)
    if opener is Opener.NONE and not (leads or len(parts) == len(each) or parted(total, parts)):
        return None
    own = bool(total.unit and start.unit) and same_unit(total.unit, start.unit)
    apart = stranger and not (opener in (Opener.PART, Opener.WHOLE) and own)
    if apart and _shares(passage, parts) is None and not paired(passage, [total, *parts]):
        return None
    if opener is Opener.NONE and leads and is_rest(parts[-1]):
        opener = Opener.REST
    return _chain(passage, total, parts, more, opener)


def _leads(passage: Passage, index: int) -> bool:
    """Return whether a number is the first of its kind in its sentence, outside brackets: no sibling of one before."""
    text, found = passage.text, passage.quantities
    total = found[index]
    begin = max((m.end() for m in _PLAIN_END.finditer(text, 0, total.start)), default=0)
    before = (q for q in found[:index] if q.start >= max(begin, text.rfind("\n", 0, total.start)))
    return total.depth == 0 and not any(of_kind(q.unit, total.unit) and not q.is_share for q in before)


def _opener(gap: str) -> Opener | None:
    """Return what opens a list between a total and the next number; None where the number is the total's sibling."""
    gap = _BRACKETED.sub(" ", gap)
    kinds = [found.lastgroup for found in _OPENER.finditer(gap)]
    if "whole" in kinds:
        return Opener.WHOLE
    if "part" in kinds:
        return Opener.PART
    mark = _OPENER.search(gap)
    if mark is None:
        return None
    # "Hà Giang 239 ha; Lai Châu: 206 ha": after a stop the colon belongs to the next name, if it is one
    label = re.split("[;,]", gap[: mark.start()])
    told = len(label) == 1 or (";" not in gap[: mark.start()] and sum(w.islower() for w in label[-1].split()) >= 2)
    return Opener.MARK if told else None


def _chain(
    passage: Passage, total: Quantity, parts: Sequence[Quantity], more: Sequence[Quantity], opener: Opener
) -> Chain:
    return Chain(total, tuple(parts), tuple(more), opener, _named(passage.text, parts), _shares(passage, parts))


def _named(text: str, parts: Sequence[Quantity]) -> bool:
    """Return whether every part stands directly behind a name."""
    return all(_NAMED.search(text, max(0, part.start - 60), part.start) for part in parts)


def _shares(passage: Passage, parts: Sequence[Quantity]) -> float | None:
    """Return what the rates that follow the parts add up to; None where a part has none, or the rate is of change."""
    text, found = passage.text, passage.quantities
    amount = 0.0
    for part in parts:
        after = next((q for q in found if q.start > part.start and q.whole_of < 0), None)
        if after is None or not after.is_share or len(text[part.end : after.start]) > 60:
            return None
        if re.search(r"[;\n]|(?<!\w)(?:tăng|giảm|so với)(?!\w)", text[part.end : after.start]):
            return None
        amount += after.value
    return amount


# Below the total


def _listed(passage: Passage, index: int) -> Chain | None:
    """Return the first numbers of the list items below a total that ends its paragraph."""
    text, found = passage.text, passage.quantities
    total = found[index]
    end = text.find("\n", total.end)
    if SENTENCE_END.search(text[total.end : end]) or not text[total.end : end].rstrip().endswith(":"):
        return None
    if any(may_be_part(q, total) for q in found[index + 1 :] if q.start < end):
        return None
    parts: list[Quantity] = []
    marker, at = text[end + 1 : end + 3].strip()[:1], end
    while 0 <= at < len(text):
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        if marker in "-+–•*" and text[at + 1 : stop].strip()[:1] == marker:
            inside = next((q for q in found if at < q.start < stop and may_be_part(q, total) and q.depth == 0), None)
            if inside is None:
                return None
            parts.append(inside)
        at = stop if stop < len(text) else -1
    return _chain(passage, total, parts, (), Opener.MARK) if len(parts) >= 2 else None


# In the next sentence


def _next_sentence(passage: Passage) -> Iterator[Chain]:
    """Yield what a sentence lists for the first number of the one before it: "Có 155 ca mới, … . Trong đó 121 …"."""
    text, found = passage.text, passage.quantities
    for stop in _PLAIN_END.finditer(text):
        inside = [q for q in found if q.start > stop.end()]
        before = [q for q in found if q.end <= stop.start()]
        if len(inside) < 2 or not before:
            continue
        begin = max((m.end() for m in _PLAIN_END.finditer(text, 0, stop.start())), default=0)
        told = [q for q in before if q.start >= begin and _may_be_total(q)]
        total = next((q for q in told if is_total(q)), told[0] if told else None)
        first = next((found.index(q) for q in inside if total is not None and may_be_part(q, total)), None)
        if total is None or first is None or _PLAIN_END.search(text, stop.end(), found[first].start):
            continue
        if _OPEN_LIST.search(found[first].before) or found[first].depth != total.depth or is_total(found[first]):
            continue
        opened = re.match(r"\s*(?:Trong đó|Trong số|Cụ thể|Bao gồm|Gồm)(?!\w)", text[stop.end() :])
        parts, more = run_of(passage, first, total)
        yield _chain(passage, total, parts, more, Opener.PART if opened else Opener.NONE)


# Before the total


def _backward(passage: Passage) -> Iterator[Chain]:
    """Yield the chains whose total stands after its parts: "…, tổng cộng …", "a + b = c"."""
    text, found = passage.text, passage.quantities
    for index, total in enumerate(found):
        if index < 2 or not _may_be_total(total):
            continue
        explicit = bool(_EQUALS.search(text[found[index - 1].end : total.start]))
        parts = _back_to(passage, index, explicit=explicit)
        if len(parts) < 2:
            continue
        if explicit and _EXPLICIT.search(text[parts[-2].end : parts[-1].start]):
            yield Chain(total, tuple(parts), (), Opener.EXPLICIT)
        elif _TOTAL_AFTER.search(total.before) and not _TOTAL_AFTER.search(parts[0].before):
            sure = _ADDED.search(total.before)
            yield _chain(passage, total, parts, (), Opener.AFTER if sure else Opener.NONE)


def _back_to(passage: Passage, index: int, *, explicit: bool) -> list[Quantity]:
    """Return the parts before a total, back to the beginning of its sentence (of the one before, where it has none)."""
    text, found = passage.text, passage.quantities
    total = found[index]
    parts: list[Quantity] = []
    for quantity in reversed(found[:index]):
        between = text[quantity.end : parts[-1].start if parts else total.start]
        ends = _PLAIN_END.findall(between)
        if "\n" in between or (ends and (parts or len(ends) > 1)):
            break
        if explicit and parts and not _EXPLICIT.search(between):
            break
        if _TOTAL_AFTER.search(quantity.before) and quantity.depth == total.depth:
            break
        if quantity.depth == total.depth and may_be_part(quantity, total) and same_unit(quantity.unit, total.unit):
            parts.append(quantity)
    return parts[::-1]


def _of_fractions(passage: Passage) -> Iterator[Chain]:
    """Yield "19/33 vụ việc …, 14 vụ còn lại", and three fractions or more of one whole."""
    text, found = passage.text, passage.quantities
    for part in found:
        if part.part_of < 0 or part.part_of + 1 >= len(found):
            continue
        whole, left = found[part.part_of], found[part.part_of + 1]
        if left.is_share and part.part_of + 2 < len(found):
            left = found[part.part_of + 2]
        inside = not SENTENCE_END.search(text[whole.end : left.start]) and left.whole_of < 0 and left.part_of < 0
        told = _LEFT.search(left.before) or re.match(r"[^,;.]{0,30}còn lại", text[left.end :])
        if inside and told and may_be_part(left, whole):
            yield Chain(whole, (part, left), (), Opener.LEFT)
        elif inside and may_be_part(left, whole) and partition_of([part.words, left.words]) is DENIAL:
            yield Chain(whole, (part, left), (), Opener.REST)
    yield from _of_one_whole(passage)


def _of_one_whole(passage: Passage) -> Iterator[Chain]:
    text, found = passage.text, passage.quantities
    parts = [q for q in found if q.part_of >= 0 and q.part_of < len(found)]
    wholes = {found[q.part_of].value for q in parts}
    if len(parts) >= 3 and len(wholes) == 1 and not SENTENCE_END.search(text[parts[0].end : parts[-1].start]):
        yield Chain(found[parts[0].part_of], tuple(parts), (), Opener.NONE)
