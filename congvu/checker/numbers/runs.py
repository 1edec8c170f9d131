"""Which numbers behind a total may be its parts, and how far a row of them goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..grammar.passages import Passage
from ..grammar.quantities import Quantity
from ..grammar.units import PERCENT, POINTS, of_kind, same_unit
from ..grammar.vocabulary import said
from .partitions import partition_of

SENTENCE_END = re.compile(r"[.!?](?=\s)(?!\s*(?:Trong đó|Trong số (?:đó|này)|Cụ thể|Bao gồm|Gồm)(?!\w))")
_NESTED = said("trong đó, trong số đó, bao gồm, gồm, riêng")
_COMPARED = said(
    """tăng, giảm, so với, cùng kỳ, năm trước, kế hoạch, chỉ tiêu, cao hơn, thấp hơn, nhiều hơn, ít hơn, từ,
    tăng lên, lên đến, lên tới, xuống, còn hơn""",
    at="end",
    gap=2,
)
_EXTRA = said("vốn tăng thêm, vốn điều chỉnh tăng thêm, vốn đăng ký tăng thêm, thay đổi tăng vốn", at="end", gap=1)
_REST = said("còn lại, số còn lại, còn, khác")
_TOTAL = said("tổng, tổng số, tổng cộng, toàn tỉnh, lũy kế, luỹ kế, cộng, cộng lại, cộng chung")
_BASE = re.compile(
    r"\s*%\s*(?:so với |so )?(?:kế hoạch|dự toán|chỉ tiêu|cùng kỳ|năm trước)[^().;,\d]*\([^()\d]{0,30}", re.IGNORECASE
)
_BETWEEN_BRACKETS = re.compile(r"[^()\d\n]{0,30}\)\s*(?:,|;|và|, và)(?:TP\.|[^().;\d\n]){2,60}\(")


def is_rest(part: Quantity) -> bool:
    """Return whether a part is told as what is left: "còn lại", "… khác"."""
    return bool(_REST.search(part.before)) or part.after.endswith("khác")


def is_total(quantity: Quantity) -> bool:
    return bool(_TOTAL.search(quantity.before))


def may_be_part(quantity: Quantity, total: Quantity) -> bool:
    return (
        quantity.unit not in (PERCENT, POINTS)
        and quantity.whole_of < 0
        and of_kind(quantity.unit, total.unit)
        and (not _COMPARED.search(quantity.before) or bool(_EXTRA.search(quantity.before)))
    )


def is_base(passage: Passage, index: int) -> bool:
    """Return whether a number is what the rate before it is of: "đạt 82,15% kế hoạch (13.448 lao động)"."""
    left, base = passage.quantities[index - 1], passage.quantities[index]
    between = passage.text[left.end : base.start]
    return left.is_share and base.depth > left.depth and bool(_BASE.fullmatch(between))


def paired(passage: Passage, numbers: Sequence[Quantity]) -> bool:
    """Return whether each number has one of another kind at its side: "278 vụ, 477 đối tượng; 174 vụ, 342 bị can"."""
    found, text = passage.quantities, passage.text
    for side in (1, -1):
        pairs = [(q, found[at]) for q in numbers if 0 <= (at := found.index(q) + side) < len(found)]
        if len(numbers) > 2 and len(pairs) == len(numbers) and all(_beside(text, *pair) for pair in pairs):
            return True
    return False


def _beside(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    apart = bool(one.unit and other.unit) and not of_kind(other.unit, one.unit)
    return apart and other.is_count and len(between) < 40 and not re.search(r"[.;:()\n]", between)


def parted(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether the words of a total say that it is told apart as its parts are: handled, late and on time."""
    partition = partition_of([part.words for part in parts])
    return partition is not None and partition.whole is not None and bool(partition.whole.search(total.before))


def bracket_by_bracket(passage: Passage, first: int, total: Quantity) -> list[Quantity]:
    """Return the parts of a list whose numbers stand in brackets behind their names: "Hạ Lang (47), Bảo Lâm (28)"."""
    text, parts = passage.text, [passage.quantities[first]]
    if not re.match(r"[^()\d]*\)", text[parts[0].end :]) or text[: parts[0].start].rstrip()[-1:] != "(":
        return []
    for quantity in passage.quantities[first + 1 :]:
        if not _BETWEEN_BRACKETS.fullmatch(text[parts[-1].end : quantity.start]) or not may_be_part(quantity, total):
            break
        parts.append(quantity)
    return parts


def run_of(passage: Passage, first: int, total: Quantity) -> tuple[list[Quantity], list[Quantity]]:
    """Return the parts from ``first`` on, and what a reader may count beside them."""
    text, found = passage.text, passage.quantities
    start = found[first]
    parts, more, nested, previous = [start], [], False, start
    for quantity in found[first + 1 :]:
        between = text[previous.end : quantity.start]
        ended = quantity.depth < start.depth or closed(text, previous, quantity, start.depth)
        if ended or SENTENCE_END.search(between):
            break
        previous = quantity
        if quantity.depth > start.depth or quantity.is_share or quantity.whole_of >= 0:
            continue
        if is_total(quantity):
            break
        if ";" in between or "\n" in between:
            nested = False
        if _NESTED.search(between):
            nested = True
        if may_be_part(quantity, total) and not nested:
            parts.append(quantity)
        else:
            more.append(quantity)
    return _of_one_unit(parts, more, total)


def _of_one_unit(parts: list[Quantity], more: list[Quantity], total: Quantity) -> tuple[list[Quantity], list[Quantity]]:
    """Keep, where a run mixes the total's own unit with others of its family, those of its own."""
    own = [part for part in parts if same_unit(part.unit, total.unit)]
    if len(own) == len(parts) or len(own) < 2 or not same_unit(parts[0].unit, total.unit):
        return parts, more
    return own, sorted([*more, *(p for p in parts if p not in own)], key=lambda q: q.start)


def closed(text: str, previous: Quantity, quantity: Quantity, depth: int) -> bool:
    """Return whether the brackets around a list close between two numbers."""
    at = previous.depth
    for character in text[previous.end : quantity.start]:
        at += (character in "([") - (character in ")]")
        if at < depth:
            return True
    return False
