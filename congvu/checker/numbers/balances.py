"""Balances that do not close: "đầu năm A hộ, thoát B, phát sinh C, cuối năm còn D" where D is not A - B + C."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import Quantity
from ..grammar.slips import slipped, written
from ..grammar.units import same_unit
from ..grammar.vocabulary import said


class Role(Enum):
    """What a number is in a balance."""

    OPENING = auto()
    INFLOW = auto()
    OUTFLOW = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Balance:
    """One opening and one closing stock, and what came and went between."""

    opening: Quantity
    inflows: tuple[Quantity, ...]
    outflows: tuple[Quantity, ...]
    closing: Quantity

    @property
    def due(self) -> float:
        """What the closing stock should be."""
        return self.opening.value + sum(q.value for q in self.inflows) - sum(q.value for q in self.outflows)


_LONGEST = 6
_SINCE = re.compile(r"(?<!\w)(?:từ|tháng|ngày|quý|nửa|tuần) đầu (?:năm|kỳ|tháng|quý)(?!\w)")
_ROLES = (
    (
        Role.OPENING,
        said("""đầu năm, đầu kỳ, đầu tháng, đầu quý, tồn kỳ trước, kỳ trước, tháng trước, quý trước, năm trước"""),
    ),
    (Role.CLOSING, said("cuối năm, cuối kỳ, cuối tháng, cuối quý, còn, còn lại, hiện còn, chuyển kỳ sau")),
    (
        Role.INFLOW,
        said(
            """phát sinh, thụ lý mới, tiếp nhận mới, nhận mới, mới tiếp nhận, mới thụ lý, tái nghèo, kết nạp,
            thành lập mới, tuyển mới, nhập thêm, bổ sung thêm"""
        ),
    ),
    (
        Role.OUTFLOW,
        said(
            """thoát, giải quyết, đã xử lý, xử lý xong, đã thi hành, thi hành xong, giải thể, xóa tên, đã trả,
            xuất bán, đã xuất, hoàn thành"""
        ),
    ),
)
_BETWEEN = said("trong đó, gồm, bao gồm, cụ thể, so với, cùng kỳ")
_SENTENCE_END = re.compile(r"[.!?](?=\s)")


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for balance in _balances(passage):
            finding = _judged(balance, passage)
            if finding is not None:
                yield finding


def _balances(passage: Passage) -> Iterator[Balance]:
    """Yield each run of numbers of one kind of which every one has its own role, from the first stock to the last."""
    counted = [q for q in passage.quantities if not q.is_share]
    start = 0
    while start < len(counted):
        balance = _from(counted, start, passage)
        if balance is not None:
            yield balance
            start = counted.index(balance.closing)
        start += 1


def _from(counted: Sequence[Quantity], start: int, passage: Passage) -> Balance | None:
    told: dict[Role, list[Quantity]] = {role: [] for role in Role}
    for quantity in counted[start : start + _LONGEST]:
        role = _role(quantity)
        alike = quantity.is_count and quantity.depth == 0 and same_unit(quantity.unit, counted[start].unit)
        if role is None or not alike or quantity.part_of >= 0 or quantity.whole_of >= 0:
            return None
        told[role].append(quantity)
        if role is Role.CLOSING:
            break
    between = passage.text[counted[start].end : quantity.start]
    if len(told[Role.OPENING]) != 1 or not told[Role.CLOSING] or not told[Role.INFLOW] or not told[Role.OUTFLOW]:
        return None
    if "\n" in between or len(_SENTENCE_END.findall(between)) > 2 or _BETWEEN.search(between):
        return None
    return Balance(told[Role.OPENING][0], tuple(told[Role.INFLOW]), tuple(told[Role.OUTFLOW]), told[Role.CLOSING][0])


def _role(quantity: Quantity) -> Role | None:
    """Return the role that the words before a number tell, or else those after it."""
    for words in (_SINCE.sub("", quantity.before), " ".join(quantity.after.split()[:4])):
        for role, named in _ROLES:
            if named.search(words):
                return role
    return None


def _judged(balance: Balance, passage: Passage) -> Finding | None:
    due, closing = balance.due, balance.closing
    if due == closing.value or due <= 0:
        return None
    if not slipped(closing.value, due, 1) and not 0.5 < closing.value / due < 2:
        return None
    came = "".join(f" + {q.text}" for q in balance.inflows)
    went = "".join(f" - {q.text}" for q in balance.outflows)
    computed = written(due)
    message = (
        f"{balance.opening.text}{came}{went} là {computed}, còn cuối kỳ ghi {closing.text}."
        " Đúng nếu còn biến động khác không nêu ở đây."
    )
    return passage.finding(Kind.SUM, "likely", (closing.start, closing.end), closing.text, computed, message)
