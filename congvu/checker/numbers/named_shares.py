"""Shares whose part or whole is named in words: "tỷ lệ số hóa: 90,04%", "đạt 26,0% số phải thu hồi"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..findings import Finding
from ..grammar.passages import Passage
from ..grammar.quantities import Quantity
from ..grammar.units import of_kind, same_unit
from ..grammar.vocabulary import words
from .chains import Chain
from .rates import CHANGE, OTHER, SENTENCE_END, fits, is_growth, is_number, numerator_of, reported

WINDOW = 3  # passages before in which a named whole is looked for
_BASE = re.compile(r"^(?:so với |của |trên |trong )?(?:tổng số|tổng|số) (?P<name>(?:\w+ ?){1,7})")
_SUBJECT = re.compile(r"(?:^|[,;] ?)(?:như vậy )?(?:tổng )?số (?P<name>(?:\w+ ?){1,7}?) ?(?:bằng|chiếm|đạt|là)$")
_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ|việc) (?P<name>(?:\w+ ?){1,6}?) ?(?:là|đạt|bằng|chiếm|:|,|\s)*$")
_OF_THOSE = re.compile(r"^(?:\w+ ){0,4}(?:trong|của) số (?:đó|này|trên)(?!\w)")
_FILLING = words(
    "phải cần đã được các những của trên địa bàn có bị tổng thuộc diện hồ sơ vụ việc đơn người cuộc tiền này đó"
)
_NOT = re.compile(r"(?<!\w)(?:chưa|không|phải|cần)(?: được)? (?:\w+ ){0,1}$")


def names_base(share: Quantity) -> bool:
    """Return whether a rate says in words what it is of: "31,5% số đến hạn nộp"."""
    return bool(_BASE.search(share.after))


def of_named_ends(passage: Passage, place: int, before: Sequence[Passage]) -> Finding | None:
    """Judge "đã thu hồi A, đạt P% số phải thu hồi" and "số vụ xử lý bằng P% số vụ kiểm tra" by what the words name.

    The whole may be told in one of the passages ``before``.
    """
    share = passage.quantities[place]
    base = _BASE.search(share.after)
    if base is None or is_growth(share):
        return None
    told = _told(passage, place)
    part = numerator_of(passage, place)
    if part is None and (subject := _SUBJECT.search(share.before)):
        part = _only(_naming(subject["name"], told))
    if part is None or CHANGE.search(part.before):
        return None
    for among in (told, *([q for q in other.quantities if is_number(q)] for other in reversed(before[-WINDOW:]))):
        named = [q for q in _naming(base["name"], among) if q is not part and same_unit(q.unit, part.unit)]
        if named:
            whole = _only(named)
            own = whole is not None and any(_has_share(other, whole) for other in (passage, *before[-WINDOW:]))
            below = whole is not None and whole.value <= part.value
            return None if own or below else _judged(passage, share, part, whole)
    return None


def _has_share(passage: Passage, quantity: Quantity) -> bool:
    """Return whether a number is told to be a share of another."""
    rates = (i for i, q in enumerate(passage.quantities) if q.is_share and not is_growth(q))
    return any(numerator_of(passage, place) is quantity for place in rates)


def of_named_part(passage: Passage, place: int, chains: Sequence[Chain]) -> Finding | None:
    """Judge "tỷ lệ X: P%" by the part X of a whole whose parts are told beside it, and add up."""
    share = passage.quantities[place]
    name = _RATE.search(share.before)
    if name is None or is_growth(share):
        return None
    local = [q for q in passage.quantities if is_number(q)]
    if any(a is not b and of_kind(a.unit, b.unit) and fits(share, a.span, b.span) for a in local for b in local):
        return None
    for chain in chains:
        told = [part for part in _naming(name["name"], chain.parts) if not _denied(name["name"], part)]
        if len(told) == 1 and told[0].value < chain.total.value:
            return _judged(passage, share, told[0], chain.total)
    return None


def of_those(passage: Passage, place: int, part: Quantity) -> Finding | None:
    """Judge "có B hồ sơ, A hồ sơ trong số đó … (đạt P%)"."""
    at = passage.quantities.index(part)
    whole = passage.quantities[at - 1] if at else None
    if whole is None or not _OF_THOSE.search(part.after) or whole.part_of >= 0 or whole.depth != part.depth:
        return None
    near = not SENTENCE_END.search(passage.text[whole.end : part.start]) and whole.value > part.value
    return _judged(passage, passage.quantities[place], part, whole) if near and of_kind(part.unit, whole.unit) else None


def _judged(passage: Passage, share: Quantity, part: Quantity, whole: Quantity | None) -> Finding | None:
    if whole is None or whole.value < 10 or not part.value or fits(share, part.span, whole.span):
        return None
    due = 100 * part.value / whole.value
    if abs(share.value - due) <= 1.5 * share.step or not 0.1 < share.value / due < 10:
        return None
    return reported(passage, share, part, whole, "likely", OTHER)


def _told(passage: Passage, place: int) -> list[Quantity]:
    """Return the numbers before a share in its line, outside brackets that are closed again."""
    begin = passage.text.rfind("\n", 0, passage.quantities[place].start)
    depth = passage.quantities[place].depth
    return [q for q in passage.quantities[:place] if q.start > begin and q.depth <= depth and is_number(q)]


def _naming(name: str, among: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers in whose words all that a name says is said."""
    core = _core(name)
    return [q for q in among if f" {core} " in f" {q.words} "] if " " in core else []


def _core(name: str) -> str:
    """Return a name without the words before it that name the thing counted: "số hồ sơ phải số hóa" is "số hóa"."""
    left = name.split()
    while len(left) > 2 and (left[0] in _FILLING or (left[0] == "số" and left[1] in _FILLING)):
        left.pop(0)
    return " ".join(left)


def _denied(name: str, part: Quantity) -> bool:
    """Return whether a number tells those that are not so: "chưa số hóa", "phải số hóa"."""
    return bool(_NOT.search(part.words[: part.words.find(_core(name))]))


def _only(found: Sequence[Quantity]) -> Quantity | None:
    return found[0] if len(found) == 1 else None
