"""Parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from congvu.press.manuscript import Manuscript

from ..findings import Certainty, Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import Quantity
from ..grammar.slips import slipped, written
from ..grammar.units import same_unit
from ..grammar.vocabulary import said
from .chains import Chain, Opener, adds_up, all_chains
from .partitions import LEVELS, Partition, partition_of
from .retold import chains_named_again
from .runs import is_rest, is_total, parted
from .sum_evidence import by_its_rate, counts_several, cut_off, of_its_shares, proven, told_twice

_ATTRIBUTE = said(
    """nữ, phụ nữ, dân tộc thiểu số, đảng viên, đoàn viên, ngoài đảng, có đạo, tôn giáo, tuổi, trẻ tuổi, tái cử,
    tự ứng cử, trên đại học, người khuyết tật, lần đầu"""
)

_FLOW = said("thoát, phát sinh, đầu năm, đầu kỳ, cuối năm, cuối kỳ, tái nghèo, tăng thêm")

_ADDED_MONEY = re.compile(r"(?<!\w)vốn (?:\w+ ){0,3}tăng thêm(?!\w)")

_UNDER_WAY = said("đang, chưa")

_COMMA = re.compile(r"(?:[,;]|(?<!\w)và)\s*$")

Verdict = tuple[Certainty | None, str]
_SILENT: Verdict = (None, "")


def find(manuscript: Manuscript) -> Iterator[Finding]:
    read = list(passages(manuscript))
    for index, passage in enumerate(read):
        found = [*all_chains(passage), *chains_named_again(passage, read[:index])]
        holding = [chain for chain in found if len(chain.parts) > 1 and adds_up(chain.parts, chain.total)]
        told: set[int] = set()
        settled = {id(part) for chain in holding for part in chain.parts}
        for chain in found:
            # a part of one sum is no total of its siblings, whatever follows it
            if chain.opener in (Opener.NONE, Opener.REST) and id(chain.total) in settled:
                continue
            if any(_among(chain, other) for other in found) or any(_twice(chain, other) for other in holding):
                continue
            finding = _judged(chain, passage, holding)
            numbers = {id(quantity) for quantity in (chain.total, *chain.parts)}
            if finding is not None and id(chain.total) not in told and len(numbers & told) < 2:
                told |= numbers
                yield finding


def _among(chain: Chain, other: Chain) -> bool:
    """Return whether a chain's total and parts are all parts of another: siblings of one list."""
    listed = {id(part) for part in other.parts}
    weaker = other.opener is Opener.NONE and chain.opener in (Opener.PART, Opener.WHOLE, Opener.MARK)
    weaker = weaker or (other.opener in (Opener.NONE, Opener.REST) and parted(chain.total, chain.parts))
    return not weaker and id(chain.total) in listed and all(id(part) in listed for part in chain.parts)


def _twice(chain: Chain, other: Chain) -> bool:
    """Return whether a chain would count a total beside its own parts."""
    listed = {id(part) for part in chain.parts}
    return id(other.total) in listed and any(id(part) in listed for part in other.parts)


def _judged(chain: Chain, passage: Passage, holding: Sequence[Chain]) -> Finding | None:
    if len(chain.parts) == 1:
        return _greater_part(chain, passage)
    if _holds(chain, passage.quantities, holding) or any(cut_off(q, passage) for q in (chain.total, *chain.parts)):
        return None
    if counts_several(chain):
        return None
    certainty, why = _verdict(chain, proven(chain, holding), of_its_shares(chain, passage))
    if certainty is None and (half := told_twice(chain, passage.quantities)) is not None:
        chain, certainty = half, "likely"
        why = "Các số kể tiếp theo cũng cộng lại như vậy; đúng nếu cả hai lần đều không kể hết."
    if certainty is None and (whole := _with_strangers(chain, passage)) is not None:
        chain, certainty = whole, "likely"
        why = "Sửa một chữ số thì khớp; đúng nếu danh sách không kể hết hoặc các phần chồng nhau."
    if certainty is None and by_its_rate(chain, passage):
        certainty, why = "likely", "Tỷ lệ ghi cạnh tổng tính theo số cộng lại; đúng nếu tỷ lệ đó của một số khác."
    if certainty is None:
        return None
    total, parts = chain.total, chain.parts
    here = total if total in passage.quantities else parts[0]
    if here is not total:
        certainty, why = "likely", "Đúng nếu tổng nêu ở trước thuộc phạm vi khác."
    amount, step = sum(part.value for part in parts), min(q.step for q in (total, *parts))
    listed = " + ".join(part.text for part in parts)
    message = (
        f"Các phần {listed} cộng lại là {written(amount, step)}, còn tổng ghi {total.text}"
        f" (chênh {written(abs(amount - total.value), step)}). {why}"
    )
    span = (here.start, here.end)
    return passage.finding(Kind.SUM, certainty, span, here.text, written(amount, step), message.rstrip())


def _greater_part(chain: Chain, passage: Passage) -> Finding | None:
    total, part = chain.total, chain.parts[0]
    counts = (
        total.is_count and part.is_count and bool(total.unit) and same_unit(total.unit, part.unit) and bool(part.unit)
    )
    if not counts or part.value <= total.value or total.value < 10:
        return None
    if chain.opener not in (Opener.PART, Opener.WHOLE) or is_total(part):
        return None
    message = f"Phần {part.text} lớn hơn tổng {total.text} mà nó nằm trong đó; đúng nếu hai số không cùng phạm vi."
    return passage.finding(Kind.SUM, "likely", (part.start, part.end), part.text, f"≤ {total.text}", message)


# What saves a sum


def _holds(chain: Chain, around: Sequence[Quantity], holding: Sequence[Chain]) -> bool:
    """Return whether some reading of the list adds up to the total, or to another number nearby.

    What another list tells for the same total, and adds up, is no part of this one.
    """
    total, run = chain.total, chain.parts
    apart = {id(q) for other in holding if other.total is total for q in other.parts} - {id(q) for q in run}
    more = [q for q in chain.more if id(q) not in apart]
    everything = tuple(sorted((*run, *more), key=lambda q: q.start))
    if chain.opener is Opener.WHOLE and len(run) == len(everything):
        return adds_up(run, total)  # all of them are told: none may be left out
    for listed in (run, everything):
        for begin in range(len(listed)):
            for end in range(begin + 2, len(listed) + 1):
                if adds_up(listed[begin:end], total):
                    return True
    if len(run) > 2 and any(adds_up(run[:i] + run[i + 1 :], total) for i in range(len(run))):
        return True
    others = [q for q in around if same_unit(q.unit, total.unit) and q is not total and q not in run and q.value > 9]
    return any(adds_up(run, other) for other in others)


# What speaks against it


def _with_strangers(chain: Chain, passage: Passage) -> Chain | None:
    """Return a list with the things of another name that stand among its parts, if one digit makes it add up."""
    if chain.opener not in (Opener.PART, Opener.WHOLE, Opener.MARK) or not chain.more or chain.total.value < 100:
        return None
    listed = sorted((*chain.parts, *chain.more), key=lambda q: q.start)
    inside = listed[0] in chain.parts and listed[-1] in chain.parts
    counted = all(q.is_count and q.unit and q.depth == listed[0].depth for q in listed)
    gaps = [passage.text[a.end : b.start] for a, b in pairwise(listed) if b in chain.more]
    if not inside or not counted or not all(_COMMA.search(gap) for gap in gaps):
        return None
    whole = replace(chain, parts=tuple(listed), more=())
    return whole if slipped(chain.total.value, sum(part.value for part in listed), 1) else None


def _verdict(chain: Chain, told_with: bool, shared: bool) -> Verdict:
    total, parts = chain.total, chain.parts
    exact = all(not q.qualifier and q.step == total.step for q in (total, *parts))
    amount = sum(part.value for part in parts)
    ratio = amount / total.value if total.value else float("inf")
    slip = exact and _is_slip(chain)
    if chain.opener in (Opener.EXPLICIT, Opener.LEFT):
        return ("certain" if exact else "likely"), ""
    if told_with and exact and (chain.opener is not Opener.NONE or len(parts) > 2):
        return "likely", "Số cùng kể trong các phần này thì cộng đúng."
    partition = partition_of([part.words for part in parts]) or partition_of([part.before for part in parts])
    if partition is LEVELS:
        return _of_levels(chain, amount)
    if partition is not None and (verdict := _of_partition(chain, partition, exact=exact, slip=slip)) != _SILENT:
        return verdict
    if _overlapping(chain):
        return _SILENT
    if chain.shares is not None and abs(chain.shares - 100) <= 0.06 * len(parts) and (slip or 0.6 < ratio < 1.7):
        return "likely", "Các tỷ lệ kèm theo cộng lại đủ 100%; đúng nếu các phần này thuộc một tổng khác."
    if chain.opener is Opener.WHOLE and not exact and 0.3 < ratio < 3 and not _about(total, ratio):
        return "likely", "Đúng nếu danh sách không kể hết."
    told = exact or (chain.opener in (Opener.WHOLE, Opener.MARK) and _plainly_apart(chain, amount))
    if told and (verdict := _of_opener(chain, ratio, slip=slip)) != _SILENT:
        return verdict
    if slip and total.value / total.step >= 100 and not shared:
        return "likely", "Sửa một chữ số thì khớp; đúng nếu danh sách không kể hết hoặc các phần chồng nhau."
    return _SILENT


def _plainly_apart(chain: Chain, amount: float) -> bool:
    """Return whether parts written more exactly than their total differ from it by more than rounding explains."""
    total, parts = chain.total, chain.parts
    finer = not any(q.qualifier or q.step > total.step for q in (total, *parts))
    return finer and abs(amount - total.value) > 1.5 * total.step


def _about(total: Quantity, ratio: float) -> bool:
    """Return whether a total that is told loosely may stand for its parts: "hơn" is of no less than it says."""
    return (1 if total.qualifier == "over" else 0.95) <= ratio < 1.05


def _overlapping(chain: Chain) -> bool:
    """Return whether the parts are told by what one thing may be beside another: a woman and a Party member."""
    if chain.opener in (Opener.NONE, Opener.REST) and any(map(_flows, (chain.total, *chain.parts))):
        return True
    return chain.opener in (Opener.PART, Opener.MARK, Opener.NONE, Opener.REST) and any(
        _ATTRIBUTE.search(part.words) for part in chain.parts
    )


def _flows(quantity: Quantity) -> bool:
    """Return whether a number tells a stock or its change; "vốn tăng thêm" is a kind of money."""
    return bool(_FLOW.search(_ADDED_MONEY.sub("", quantity.words)))


def _of_opener(chain: Chain, ratio: float, *, slip: bool) -> Verdict:
    """Judge exact numbers by what leads from the total to the parts."""
    parts = chain.parts
    near = 0.75 <= ratio <= 1.3 and chain.total.value / chain.total.step >= 10
    match chain.opener:
        case Opener.WHOLE if slip or 0.6 <= ratio <= 1.67:
            return "likely", "Đúng nếu danh sách không kể hết, hoặc có phần được kể hai lần."
        case Opener.MARK if chain.named and (slip or 0.6 <= ratio <= 1.6):
            return "likely", "Đúng nếu danh sách không kể hết."
        case Opener.MARK if (len(parts) >= 3 and (slip or 0.5 <= ratio <= 2)) or near:
            return "likely", "Đúng nếu danh sách không kể hết."
        case Opener.AFTER if slip or near:
            return "likely", "Đúng nếu tổng gồm cả phần chưa nêu."
        case Opener.PART | Opener.MARK if is_rest(parts[-1]) and (near or slip):
            return ("certain" if slip else "likely"), "" if slip else "Đúng nếu còn phần chưa nêu."
        case Opener.PART if chain.total.value >= 20 and 1 < ratio <= 1.2 and len(parts) > 2:
            return "likely", "Đúng nếu các phần chồng nhau."
        case Opener.NONE if (
            parts[0].part_of >= 0
            and parts[-1].part_of >= 0
            and (0.85 <= ratio <= 1.15 or (any(map(_under_way, parts)) and (slip or ratio <= 1.5)))
        ):
            return "likely", "Đúng nếu các phần chồng nhau hoặc không kể hết."
        case Opener.NONE if chain.named and near and len(parts) > 2:
            return "likely", "Đúng nếu danh sách không kể hết."
        case Opener.REST if near or slip:
            return "likely", "Đúng nếu còn phần chưa nêu."
    return _SILENT


def _under_way(part: Quantity) -> bool:
    return bool(_UNDER_WAY.search(part.words))


def _of_partition(chain: Chain, partition: Partition, *, exact: bool, slip: bool) -> Verdict:
    total, amount = chain.total, sum(part.value for part in chain.parts)
    fits = partition.whole is None or bool(partition.whole.search(total.words))
    if partition.not_whole is not None and partition.not_whole.search(total.words):
        fits = False
    near = 0.7 * total.value <= amount <= 1.4 * total.value
    sibling = partition.tells(total.words) and not (partition.whole and fits)
    if chain.opener in (Opener.NONE, Opener.REST) and (sibling or not (slip or (fits and near))):
        return _SILENT
    if fits and exact and (slip or amount > total.value) and chain.opener is not Opener.NONE and partition.sure:
        return "certain", ""
    if fits and exact:
        return "likely", "Đúng nếu còn phần không thuộc các loại đã nêu."
    if slip or (exact and amount > total.value and chain.opener not in (Opener.NONE, Opener.REST)):
        return "likely", "Đúng nếu tổng không chỉ gồm các loại đã nêu."
    return _SILENT


def _of_levels(chain: Chain, amount: float) -> Verdict:
    total = chain.total
    if chain.opener is Opener.NONE or not all(q.is_count for q in (total, *chain.parts)):
        return _SILENT
    if amount > total.value:
        return "likely", f"Đúng nếu {LEVELS.overlap}{_one_digit(chain)}."
    near = amount >= 0.7 * total.value
    return ("likely", f"Đúng nếu còn phần không thuộc các cấp đã nêu{_one_digit(chain)}.") if near else _SILENT


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


def _is_slip(chain: Chain) -> bool:
    """Return whether one digit of one number would make the parts add up to the total."""
    total, parts = chain.total, chain.parts
    amount = sum(part.value for part in parts)
    return slipped(total.value / total.step, amount / total.step, 1) or any(
        slipped(part.value / total.step, (total.value - (amount - part.value)) / total.step, 1) for part in parts
    )
