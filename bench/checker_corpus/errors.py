"""One error put into a passage that added up: the five kinds that concern numbers and lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from . import words
from .language import Draw, Passage, Relation, Segment, join_names
from .numbers import WORDS, decimals_of, grouped, to_places


@dataclass(frozen=True)
class Injected:
    """A passage with one error. ``spans``: where a finding may stand, in its text; ``quote``: what was put in.

    ``around``: what else no longer holds because of it, where a finding is no false alarm.
    """

    passage: Passage
    kind: str
    sort: str
    quote: str
    spans: tuple[tuple[int, int], ...]
    around: tuple[tuple[int, int], ...] = ()

    @property
    def line(self) -> int:
        """The line of the text, from 1, in which the error stands."""
        text = self.passage.text
        inside = (text.find(self.quote, start, end) for start, end in self.spans)
        at = next((found for found in inside if found >= 0), self.spans[0][0])
        return text[:at].count("\n") + 1


def swap(passage: Passage, indexes: list[int], text: str, value: Decimal | None = None) -> Passage:
    segments = list(passage.segments)
    for index in indexes:
        segments[index] = replace(segments[index], text=text, value=value)
    return replace(passage, segments=tuple(segments))


def where(passage: Passage, slot: str) -> list[int]:
    return [index for index, segment in enumerate(passage.segments) if segment.slot == slot]


def finished(passage: Passage, kind: str, sort: str, quote: str, slots: tuple[str, ...]) -> Injected:
    return Injected(passage, kind, sort, quote, tuple(passage.spans(slots)))


def neighbours(passage: Passage, slot: str | None) -> tuple[str, ...]:
    """The slots that stand in a relation with ``slot``, itself among them."""
    return tuple({name for one in passage.relations if slot in one.slots for name in one.slots})


def read(text: str) -> Decimal | None:
    """The number that ``text`` writes, None for one in words."""
    plain = text.replace(".", "").replace(",", ".")
    return Decimal(plain) if plain.replace(".", "").isdigit() else None


def written(number: Decimal, like: str) -> str:
    text = grouped(number) if "." in like or "," in like or number >= 1000 else f"{number:f}"
    return text.zfill(2) if len(like) == 2 and like.startswith("0") else text


def other_number(text: str, sort: str, rng: Random) -> Decimal | None:
    """A number that somebody could have written by mistake for ``text``; None where this mistake cannot be."""
    number = read(text)
    if number is None:
        return None
    places = decimals_of(number)
    unit = Decimal(1).scaleb(-places)
    if sort == "changed":
        step = max(unit * rng.randint(1, 9), abs(number) * Decimal(rng.randint(2, 25)) / 100)
        return to_places(abs(number + rng.choice((1, -1)) * step), places)
    digits = [*f"{number:f}".replace(".", "")]
    if sort == "transposed":
        pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
        if not pairs:
            return None
        at = rng.choice(pairs)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif sort == "digit":
        at = rng.randrange(len(digits))
        digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    elif sort == "thousands":
        if number < 2000 or places:
            return None
        return number + 1000 * rng.choice((1, -1, 10))
    return Decimal("".join(digits)).scaleb(-places)


def wrong_sum(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    relation = pick(passage, "sum", rng)
    if relation is None:
        return None
    role = rng.choice(("total", "part"))
    slot = relation.slots[0] if role == "total" else rng.choice(relation.slots[1:])
    sort = rng.choice(("changed", "transposed", "thousands", "digit"))
    return change_number(passage, relation, slot, f"{role} {sort}", sort, rng, relation.tolerance * 2)


def change_number(
    passage: Passage, relation: Relation, slot: str, label: str, sort: str, rng: Random, loose: Decimal
) -> Injected | None:
    """Write another number into ``slot``, if it then differs by more than ``loose`` (in what the text means)."""
    indexes = where(passage, slot)
    segment = passage.segments[indexes[0]]
    number, value = read(segment.text), segment.value
    new = other_number(segment.text, sort, rng)
    if segment.text in WORDS and value is not None:
        number, new = value, value + rng.choice((1, 2))
        text = WORDS[int(new)] if new <= 10 else f"{new}"
    elif new is not None:
        text = written(new, segment.text)
    if number is None or new is None or value is None or new == number or not number or new <= 0:
        return None
    scale = value / number
    divided = 1000 if "inspection-mixed" in passage.template and slot != relation.slots[0] else 1
    if abs(new - number) * scale / divided <= loose:
        return None
    changed = swap(passage, indexes, text, new * scale)
    related = neighbours(passage, slot)
    found = finished(changed, relation.kind, label, text, related if relation.kind == "sum" else relation.slots)
    return replace(found, around=tuple(changed.spans(related)))


def pick(passage: Passage, kind: str, rng: Random) -> Relation | None:
    found = [relation for relation in passage.relations if relation.kind == kind]
    return rng.choice(found) if found else None


def wrong_share(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    relation = pick(passage, "share", rng)
    if relation is None:
        return None
    stated = passage.segments[where(passage, relation.slots[0])[0]]
    if rng.random() < 0.2:
        return wrong_numerator(passage, relation, rng)
    sort = rng.choice(("changed", "transposed", "digit", "a little"))
    unit = Decimal(1).scaleb(-decimals_of(Decimal(read(stated.text) or 0)))
    loose = relation.tolerance + 2 * unit
    if sort != "a little":
        return change_number(passage, relation, relation.slots[0], f"rate {sort}", sort, rng, loose)
    new = (stated.value or Decimal(0)) + rng.choice((1, -1)) * rng.randint(4, 30) * unit
    if new <= 0 or abs(new - relation.computed) <= loose:
        return None
    changed = swap(passage, where(passage, relation.slots[0]), grouped(new), new)
    return finished(changed, "share", "rate a little", grouped(new), relation.slots)


def wrong_numerator(passage: Passage, relation: Relation, rng: Random) -> Injected | None:
    """Another numerator, where the share is one number of another and that number stands in no sum."""
    if len(relation.slots) != 3:
        return None
    top, bottom = (passage.segments[where(passage, name)[0]] for name in relation.slots[1:])
    in_sum = any(relation.slots[1] in one.slots for one in passage.relations if one.kind == "sum")
    if in_sum or top.value is None or not bottom.value or abs(100 * top.value / bottom.value - relation.computed) > 1:
        return None
    new = other_number(top.text, "changed", rng)
    if new is None or abs(100 * new / bottom.value - relation.stated) <= relation.tolerance + Decimal("0.5"):
        return None
    changed = swap(passage, where(passage, relation.slots[1]), written(new, top.text), new)
    return finished(changed, "share", "numerator", written(new, top.text), relation.slots)


def wrong_again(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    relation = pick(passage, "contradiction", rng)
    if relation is None:
        return None
    sort = rng.choice(("changed", "transposed", "thousands", "digit"))
    return change_number(passage, relation, relation.slots[0], f"again {sort}", sort, rng, relation.tolerance * 2)


def wrong_whole(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    relation = pick(passage, "shares_total", rng)
    if relation is None or any(one.kind == "share" for one in passage.relations):
        return None
    slot = rng.choice(relation.slots)
    sort = rng.choice(("changed", "transposed", "digit"))
    return change_number(passage, relation, slot, f"shares {sort}", sort, rng, max(relation.tolerance * 2, Decimal(1)))


def wrong_list(passage: Passage, drawing: Draw, rng: Random) -> Injected | None:
    relation = pick(passage, "list_count", rng)
    if relation is None:
        return None
    count, listed = relation.slots
    names, semicolons, pool = drawing.lists[listed]
    sort = rng.choice(("one missing", "one too many", "count"))
    if sort == "count":
        at = where(passage, count)
        old = passage.segments[at[0]].text
        number = len(names) + rng.choice((1, -1, 2))
        text = WORDS[number] if old in WORDS else (f"{number:02d}" if old.startswith("0") else f"{number}")
        return finished(swap(passage, at, text), "list_count", sort, text, relation.slots)
    if sort == "one missing":
        names = rng.sample(names, len(names) - 1)
    else:
        others = [name for name in words.POOLS[pool] if name not in names]
        if not others:
            return None
        names = [*names, rng.choice(others)]
    text = join_names(names, any("," in name for name in names), rng.random() < 0.5 and not semicolons)
    changed = swap(passage, where(passage, listed), text)
    return finished(changed, "list_count", sort, text, relation.slots)


Injector = Callable[[Passage, Draw, Random], Injected | None]

NUMERIC: dict[str, Injector] = {
    "sum": wrong_sum,
    "share": wrong_share,
    "contradiction": wrong_again,
    "list_count": wrong_list,
    "shares_total": wrong_whole,
}

__all__ = ["NUMERIC", "Injected", "Injector", "Segment", "finished", "neighbours", "swap", "where"]
