"""Changes that do not follow from the two levels told beside them: "từ 533 xuống 470 đơn vị, giảm 36 đơn vị"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.passages import Passage, passages
from ..grammar.quantities import Quantity
from ..grammar.slips import slipped, written
from ..grammar.units import PERCENT, POINTS, same_unit
from ..grammar.vocabulary import said
from .runs import SENTENCE_END

_CHANGE = said("tăng, giảm, tăng thêm, giảm bớt, hụt", at="end")
_FROM = said("từ", at="end", gap=2)
_BECAME = said("lên, xuống, xuống còn, còn, đến, lên đến, tăng lên, giảm xuống, cuối năm còn", at="end", gap=3)


@dataclass(frozen=True, slots=True)
class Change:
    """A change and the levels told with it, in the order of the text; ``fixed`` where "từ … xuống …" orders them."""

    change: Quantity
    levels: tuple[Quantity, Quantity]
    fixed: bool


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for told in _changes(passage):
            finding = _judged(told, passage)
            if finding is not None:
                yield finding


def _changes(passage: Passage) -> Iterator[Change]:
    """Yield each change that stands with two levels, and no other number of their kind, in one sentence."""
    for sentence in _sentences(passage):
        for change in sentence:
            if change.unit == PERCENT or not _CHANGE.search(change.before):
                continue
            unit = PERCENT if change.unit == POINTS else change.unit
            levels = [
                q for q in sentence if q is not change and same_unit(q.unit, unit) and not _CHANGE.search(q.before)
            ]
            if len(levels) == 2 and levels[0].whole_of < 0 and levels[1].part_of < 0:
                fixed = bool(_FROM.search(levels[0].before) and _BECAME.search(levels[1].before))
                yield Change(change, (levels[0], levels[1]), fixed)


def _sentences(passage: Passage) -> Iterator[list[Quantity]]:
    held: list[Quantity] = []
    for quantity in passage.quantities:
        if held and (
            SENTENCE_END.search(passage.text, held[-1].end, quantity.start) or _new_line(passage, held, quantity)
        ):
            yield held
            held = []
        held.append(quantity)
    if held:
        yield held


def _new_line(passage: Passage, held: Sequence[Quantity], quantity: Quantity) -> bool:
    return "\n" in passage.text[held[-1].end : quantity.start]


def _judged(told: Change, passage: Passage) -> Finding | None:
    change, (first, second) = told.change, told.levels
    due = abs(first.value - second.value)
    room = sum(q.step for q in (change, first, second) if q.step != 1)
    exact = not any(q.qualifier for q in (change, first, second)) and change.step == first.step == second.step
    if abs(due - change.value) <= room / 2 + 1e-9 or not exact:
        return None
    slip = any(
        slipped(stated / change.step, right / change.step, 1)
        for stated, right in (
            (change.value, due),
            (first.value, second.value + change.value),
            (first.value, second.value - change.value),
            (second.value, first.value + change.value),
            (second.value, first.value - change.value),
        )
    )
    if not told.fixed and not (slip and change.value / change.step >= 10):
        return None
    computed = written(due, change.step)
    message = f"Giữa {first.text} và {second.text} là {computed}, không phải {change.text}."
    if not told.fixed:
        message += " Đúng nếu so với một số khác không nêu ở đây."
    span = (change.start, change.end)
    return passage.finding(Kind.SUM, "certain" if told.fixed else "likely", span, change.text, computed, message)
