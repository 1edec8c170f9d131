"""Parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from congvu.press.manuscript import Manuscript

from .findings import Certainty, Finding, Kind
from .partitions import LEVELS, partition_of
from .passages import Passage, passages
from .quantities import Quantity, Span
from .slips import slipped, written
from .units import PERCENT, POINTS, same_unit
from .vocabulary import CAPITAL, said

_OPENER = re.compile(
    r"(?<!\w)(?:(?P<weak>trong đó|trong số đó|trong số này|cụ thể|theo đó)"
    r"|(?P<strong>bao gồm|gồm có|gồm|chia ra|phân ra|chia theo|phân theo))(?!\w)|(?P<open>[:(])",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)(?!\s*(?:Trong đó|Trong số đó|Cụ thể|Bao gồm|Gồm))")
_NESTED = said("trong đó, trong số đó, bao gồm, gồm, riêng")
_COMPARED = said(
    """tăng, giảm, so với, cùng kỳ, năm trước, kế hoạch, chỉ tiêu, cao hơn, thấp hơn, nhiều hơn, ít hơn, từ, lên,
    xuống, còn hơn""",
    at="end",
    gap=2,
)
_CHANGED = said("tăng, giảm, hụt, vượt", at="end", gap=2)
_OPEN_LIST = said("như, tiêu biểu, điển hình, nhất là, chủ yếu, nổi bật, đặc biệt, nhiều nhất, tập trung, có thể kể")
_REST = said("còn lại, số còn lại, còn, khác")
_AMONG = said("trong số, trong tổng số, trên tổng số", at="end")
_LEFT = said("còn lại, còn lại là, còn lại có, còn, còn là, còn có", at="end")
_HAS = re.compile(r"^\s*(?:thì |đã )?(?:chỉ )?(?:có|còn|được)(?!\w)|(?<!\w)có\s*$")
_TOTAL = said("tổng, tổng số, tổng cộng, toàn tỉnh, lũy kế, luỹ kế, cộng")
_TOTAL_AFTER = said("tổng cộng, cộng lại, cộng chung, nâng tổng số, lũy kế, luỹ kế, tổng số, tổng, cộng")
_EXPLICIT = re.compile(r"^\s*(?:[^\W\d]+\s*){0,4}\+\s*(?:[^\W\d]+\s*){0,2}$")
_EQUALS = re.compile(r"^\s*(?:[^\W\d]+\s*){0,4}=\s*$")


@dataclass(frozen=True, slots=True)
class Chain:
    """A total and the parts that the text lists for it; ``more`` are further numbers that a reader might take too.

    ``named`` where each part stands with a name: "(Hà Giang: 142 ha; Lai Châu 474 ha)".
    """

    total: Quantity
    parts: tuple[Quantity, ...]
    more: tuple[Quantity, ...]
    opener: str
    named: bool = False


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        forward = list(chains(passage))
        settled = {
            id(part) for chain in forward if chain.opener != "rest" and _holds(chain, ()) for part in chain.parts
        }
        told = [chain for chain in forward if chain.opener != "rest" or id(chain.total) not in settled]
        for chain in (*told, *backward_chains(passage), *fraction_chains(passage)):
            finding = _judged(chain, passage)
            if finding is not None:
                yield finding


# Chains


def chains(passage: Passage) -> Iterator[Chain]:
    found = passage.quantities
    for index, total in enumerate(found):
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
    first = next((k for k in range(index + 1, len(found)) if _may_be_part(found[k], total)), None)
    if first is None:
        return None
    gap = text[total.end : found[first].start]
    if _SENTENCE_END.search(gap) or found[first].depth < total.depth or _OPEN_LIST.search(found[first].before):
        return None
    opener = _opener(gap) or ("weak" if _AMONG.search(total.before) else "")
    if (
        not opener
        and (";" in gap or not _HAS.search(gap.rpartition(",")[2]))
        and not _REST.search(text[found[first].start : _end_of_sentence(text, found[first].start)])
    ):
        return None
    if any(
        q.depth == total.depth and not q.is_share and q.whole_of < 0 and not same_unit(q.unit, total.unit)
        for q in found[index + 1 : first]
    ) and not (opener in ("weak", "strong") and total.unit == found[first].unit):
        return None
    more: list[Quantity] = []
    depth, parts, nested, previous = found[first].depth, [found[first]], False, found[first]
    for quantity in found[first + 1 :]:
        between = text[previous.end : quantity.start]
        if (
            quantity.depth < depth
            or _SENTENCE_END.search(between)
            or _closed(text, previous.end, quantity.start, depth, previous.depth)
        ):
            break
        previous = quantity
        if quantity.depth > depth or not _may_be_part(quantity, total):
            continue
        if _TOTAL.search(quantity.before):
            break
        if ";" in between or "\n" in between:
            nested = False
        if _NESTED.search(between):
            nested = True
        (more if nested else parts).append(quantity)
    return Chain(total, tuple(parts), tuple(more), opener or "rest", _named(text, parts))


_NAMED = re.compile(
    rf"(?:[(;,]|(?<!\w)và)\s*(?:tại |ở )?[{CAPITAL}][^\W\d]*(?:[ -][{CAPITAL}][^\W\d]*){{0,4}}\s*(?:có|:)?\s*\(?\s*$"
)


def _named(text: str, parts: Sequence[Quantity]) -> bool:
    """Return whether every part stands directly behind a name."""
    return all(_NAMED.search(text, max(0, part.start - 60), part.start) for part in parts)


def _closed(text: str, start: int, end: int, depth: int, at: int) -> bool:
    """Return whether the brackets around the list close between two numbers."""
    for character in text[start:end]:
        at += (character in "([") - (character in ")]")
        if at < depth:
            return True
    return False


_BRACKETED = re.compile(r"\([^()]*\)")


def _opener(gap: str) -> str:
    """Return what opens a list between a total and the next number; empty where the number is the total's sibling."""
    gap = _BRACKETED.sub(" ", gap)
    words = [found for found in _OPENER.finditer(gap) if found.lastgroup != "open"]
    if words:
        return "strong" if any(found.lastgroup == "strong" for found in words) else "weak"
    mark = _OPENER.search(gap)
    # "Hà Giang 239 ha; Lai Châu: 206 ha": after a stop the colon belongs to the next name
    return "open" if mark is not None and not re.search("[;,]", gap[: mark.start()]) else ""


def _end_of_sentence(text: str, start: int) -> int:
    end = _SENTENCE_END.search(text, start)
    return end.start() if end else len(text)


def _listed(passage: Passage, index: int) -> Chain | None:
    """Return the first numbers of the list items below a total that ends its paragraph."""
    text, found = passage.text, passage.quantities
    total = found[index]
    end = text.find("\n", total.end)
    if _SENTENCE_END.search(text[total.end : end]) or not text[total.end : end].rstrip().endswith(":"):
        return None
    if any(_may_be_part(q, total) for q in found[index + 1 :] if q.start < end):
        return None
    parts, at = [], end
    marker = text[end + 1 : end + 3].strip()[:1]
    while 0 <= at < len(text):
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        if marker in "-+–•*" and text[at + 1 : stop].strip()[:1] == marker:
            inside = next((q for q in found if at < q.start < stop and _may_be_part(q, total) and q.depth == 0), None)
            if inside is None:
                return None
            parts.append(inside)
        at = stop if stop < len(text) else -1
    return Chain(total, tuple(parts), (), "open") if len(parts) >= 2 else None


def _may_be_part(quantity: Quantity, total: Quantity) -> bool:
    return (
        quantity.unit not in (PERCENT, POINTS)
        and quantity.whole_of < 0
        and same_unit(quantity.unit, total.unit)
        and not _COMPARED.search(quantity.before)
    )


def backward_chains(passage: Passage) -> Iterator[Chain]:
    """Yield the chains whose total stands after its parts: "…, tổng cộng …", "a + b = c"."""
    text, found = passage.text, passage.quantities
    for index, total in enumerate(found):
        if index < 2 or not _may_be_total(total):
            continue
        parts: list[Quantity] = []
        explicit = bool(_EQUALS.search(text[found[index - 1].end : total.start]))
        for quantity in reversed(found[:index]):
            after = parts[-1].start if parts else total.start
            between = text[quantity.end : after]
            if _SENTENCE_END.search(between) or "\n" in between:
                break
            if explicit and parts and not _EXPLICIT.search(between):
                break
            if quantity.depth == total.depth and _may_be_part(quantity, total):
                parts.append(quantity)
        if len(parts) < 2:
            continue
        if explicit and _EXPLICIT.search(text[parts[1].end : parts[0].start]):
            yield Chain(total, tuple(reversed(parts)), (), "explicit")
        elif _TOTAL_AFTER.search(total.before) and not _TOTAL.search(parts[-1].before):
            yield Chain(total, tuple(reversed(parts)), (), "after")


def fraction_chains(passage: Passage) -> Iterator[Chain]:
    """Yield "19/33 vụ việc …, 14 vụ còn lại": a part of a whole and what is left of it."""
    text, found = passage.text, passage.quantities
    for part in found:
        if part.part_of < 0 or part.part_of + 1 >= len(found):
            continue
        whole, left = found[part.part_of], found[part.part_of + 1]
        if left.is_share and part.part_of + 2 < len(found):
            left = found[part.part_of + 2]
        if (
            _SENTENCE_END.search(text[whole.end : left.start])
            or left.whole_of >= 0
            or left.part_of >= 0
            or not _may_be_part(left, whole)
        ):
            continue
        if _LEFT.search(left.before) or re.match(r"[^,;.]{0,30}còn lại", text[left.end :]):
            yield Chain(whole, (part, left), (), "left")


# Judgement


def _judged(chain: Chain, passage: Passage) -> Finding | None:
    total, parts = chain.total, chain.parts
    if len(parts) == 1:
        return _greater_part(chain, passage) if chain.opener != "rest" else None
    if _holds(chain, passage.quantities):
        return None
    certainty, why = _certainty(chain)
    if certainty is None:
        return None
    amount = sum(part.value for part in parts)
    step = min(q.step for q in (total, *parts))
    computed = written(amount, step)
    listed = " + ".join(part.text for part in parts)
    message = (
        f"Các phần {listed} cộng lại là {computed}, còn tổng ghi {total.text}"
        f" (chênh {written(abs(amount - total.value), step)}).{' ' + why if why else ''}"
    )
    return passage.finding(Kind.SUM, certainty, (total.start, total.end), total.text, computed, message)


def _greater_part(chain: Chain, passage: Passage) -> Finding | None:
    total, part = chain.total, chain.parts[0]
    if not (total.unit and part.unit and total.is_count and part.is_count and part.value > total.value):
        return None
    if chain.opener not in ("weak", "strong") or _TOTAL.search(part.before) or total.value < 10:
        return None
    message = f"Phần {part.text} lớn hơn tổng {total.text} mà nó nằm trong đó; đúng nếu hai số không cùng phạm vi."
    return passage.finding(Kind.SUM, "likely", (part.start, part.end), part.text, f"≤ {total.text}", message)


def _holds(chain: Chain, around: Sequence[Quantity]) -> bool:
    """Return whether some reading of the list adds up to the total, or to another number nearby."""
    total, run = chain.total, chain.parts
    everything = tuple(sorted((*run, *chain.more), key=lambda q: q.start))
    for listed in (run, everything):
        for begin in range(len(listed)):
            for end in range(begin + 2, len(listed) + 1):
                if _adds_up(listed[begin:end], total):
                    return True
    if len(run) > 2 and any(_adds_up(run[:i] + run[i + 1 :], total) for i in range(len(run))):
        return True
    others = [q for q in around if same_unit(q.unit, total.unit) and q is not total and q not in run and q.value > 9]
    return any(_adds_up(run, other) for other in others)


def _adds_up(parts: Sequence[Quantity], total: Quantity) -> bool:
    return reduce(add, (part.span for part in parts), Span(0, 0)).meets(total.span)


def _certainty(chain: Chain) -> tuple[Certainty | None, str]:
    total, parts = chain.total, chain.parts
    exact = all(q.is_count for q in (total, *parts))
    amount = sum(part.value for part in parts)
    slip = exact and is_slip_of(total, parts)
    partition = partition_of([part.words for part in parts]) or partition_of([part.before for part in parts])
    rest = bool(_REST.search(parts[-1].before)) or parts[-1].after.endswith("khác")
    if chain.opener in ("explicit", "left"):
        return ("certain" if exact else "likely"), ""
    if partition is not None and partition is not LEVELS:
        return _of_partition(chain, partition, exact=exact, slip=slip)
    if partition is LEVELS:
        return _of_levels(chain, amount)
    near = 0.75 <= amount / total.value <= 1.3
    if chain.opener == "strong" and exact and (near or slip):
        return "likely", "Đúng nếu danh sách không kể hết, hoặc có phần được kể hai lần."
    if rest and (near or slip) and (exact or chain.opener != "rest"):
        certain = exact and slip and chain.opener != "rest"
        return ("certain" if certain else "likely"), "" if certain else "Đúng nếu còn phần chưa nêu."
    if chain.named and chain.opener == "open" and exact and (slip or 0.6 <= amount / total.value <= 1.6):
        return "likely", "Đúng nếu danh sách không kể hết."
    if slip and total.value >= 100:
        return "likely", "Sửa một chữ số thì khớp; đúng nếu danh sách không kể hết hoặc các phần chồng nhau."
    if (
        chain.opener in ("weak", "open", "after")
        and exact
        and total.value < amount <= 1.2 * total.value
        and total.value >= 20
        and len(parts) > 2
    ):
        return "likely", "Đúng nếu các phần chồng nhau."
    return None, ""


def _of_partition(chain, partition, *, exact: bool, slip: bool) -> tuple[Certainty | None, str]:  # type: ignore[no-untyped-def]
    total, amount = chain.total, sum(part.value for part in chain.parts)
    fits = partition.whole is None or bool(partition.whole.search(total.words))
    if partition.not_whole is not None and partition.not_whole.search(total.words):
        fits = False
    if chain.opener == "rest" and not slip:
        return None, ""
    if fits and exact and (slip or amount > total.value):
        return "certain", ""
    if fits and exact:
        return "likely", "Đúng nếu còn phần không thuộc các loại đã nêu."
    if slip or (exact and amount > total.value):
        return "likely", "Đúng nếu tổng không chỉ gồm các loại đã nêu."
    return None, ""


def _of_levels(chain: Chain, amount: float) -> tuple[Certainty | None, str]:
    total = chain.total
    if not all(q.is_count for q in (total, *chain.parts)):
        return None, ""
    if amount > total.value:
        return "likely", f"Đúng nếu {LEVELS.overlap}{_one_digit(chain)}."
    near = amount >= 0.7 * total.value
    return ("likely", f"Đúng nếu còn phần không thuộc các cấp đã nêu{_one_digit(chain)}.") if near else (None, "")


def _one_digit(chain: Chain) -> str:
    """Return the corrections of one digit, each of which would make the sum right."""
    total, parts = chain.total, chain.parts
    amount = sum(part.value for part in parts)
    saving = []
    if slipped(total.value, amount, 1):
        saving.append(f"tổng là {written(amount)}")
    for part in parts:
        due = total.value - (amount - part.value)
        if due > 0 and slipped(part.value, due, 1):
            saving.append(f"{part.text} là {written(due)}")
    return f", hoặc {', hay '.join(saving)}" if saving else ""


def is_slip_of(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether one digit of one number would make the parts add up to the total."""
    amount = sum(part.value for part in parts)
    if slipped(total.value, amount, 1):
        return True
    return any(slipped(part.value, total.value - (amount - part.value), 1) for part in parts)
