"""Keeping count: which things each figure counts, and what statements add to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Dimensions = tuple[tuple[str, str], ...]
"""Pairs of dimension and member, sorted by dimension; empty for a figure without any."""

Key = tuple[str, Dimensions]
"""A figure's id and the member meant."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure as the contract prints it.

    A count has an ``int`` value, a share and ``index.score`` an exact ``Fraction``, or ``None`` where
    the denominator is 0; only the latter two have ``numerator`` and ``denominator`` and no ``stated``.
    """

    value: int | Fraction | None
    numerator: int | Fraction | None
    denominator: int | Fraction | None
    stated: int | None
    partial: int


def key_of(figure: str, dimensions: Mapping[str, str]) -> Key:
    """``key_of("dossiers.late", {"level": "commune"})``."""
    return figure, tuple(sorted(dimensions.items()))


class Tally:
    """The things that each figure counts (as sets, so that distinct is distinct) and the statements."""

    def __init__(self) -> None:
        self.counted: defaultdict[Key, set[Hashable]] = defaultdict(set)
        self.scores: dict[Key, tuple[Fraction, Fraction]] = {}
        self._stated: defaultdict[Key, int] = defaultdict(int)
        self._partial: defaultdict[Key, int] = defaultdict(int)

    def count(self, figure: str, thing: Hashable, **dimensions: str) -> None:
        """Let the figure count this thing; the same thing twice counts once."""
        self.counted[key_of(figure, dimensions)].add(thing)

    def score(self, figure: str, reached: Fraction, possible: Fraction, **dimensions: str) -> None:
        self.scores[key_of(figure, dimensions)] = (reached, possible)

    def state(self, key: Key, value: int) -> None:
        """A statement that lies in the period gives the figure this much."""
        self._stated[key] += value

    def state_in_part(self, key: Key) -> None:
        """A statement overlaps the period without lying in it, and gives nothing."""
        self._partial[key] += 1

    def members(self, figure: str) -> set[Dimensions]:
        """The members with rows or statements; the one member of a figure without dimensions always."""
        keys = (*self.counted, *self._stated, *self._partial)
        return {dimensions for name, dimensions in keys if name == figure}

    def total(self, key: Key) -> Answer:
        stated = self._stated.get(key, 0)
        return Answer(len(self.counted.get(key, ())) + stated, None, None, stated, self._partial.get(key, 0))

    def difference(self, whole: Key, part: Key) -> Answer:
        return Answer(self._number(whole) - self._number(part), None, None, 0, 0)

    def share(self, part: Key, whole: Key) -> Answer:
        numerator, denominator = self._number(part), self._number(whole)
        partial = self._partial.get(part, 0) + self._partial.get(whole, 0)
        value = Fraction(numerator, denominator) if denominator else None
        return Answer(value, numerator, denominator, None, partial)

    def scored(self, key: Key) -> Answer:
        reached, possible = self.scores[key]
        return Answer(reached / possible if possible else None, reached, possible, None, 0)

    def _number(self, key: Key) -> int:
        return len(self.counted.get(key, ())) + self._stated.get(key, 0)
