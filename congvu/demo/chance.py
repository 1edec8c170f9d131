"""Seeded chance: one independent stream per subject, so a change in one room moves no number of another."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


class Chance:
    """A named stream of the seed; the same (seed, name) gives the same draws on every machine."""

    def __init__(self, seed: int, name: str) -> None:
        self.numbers = np.random.Generator(np.random.PCG64([seed, zlib.crc32(name.encode())]))

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.numbers.integers(len(items)))]

    def pick_some(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` different items, in the order of ``items``."""
        chosen = self.numbers.choice(len(items), size=count, replace=False)
        return [items[i] for i in sorted(int(i) for i in chosen)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        return [items[int(i)] for i in self.numbers.permutation(len(items))]

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self.numbers.integers(low, high + 1))

    def happens(self, probability: float) -> bool:
        return bool(self.numbers.random() < probability)

    def weighted(self, weights: Sequence[float], size: int) -> NDArray[np.int64]:
        """``size`` positions drawn in proportion to ``weights``."""
        edges = np.cumsum(np.asarray(weights, dtype=float))
        drawn = self.numbers.random(size) * edges[-1]
        return np.asarray(np.searchsorted(edges, drawn, side="right"), dtype=np.int64)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole shares that add up to ``total``, by the largest remainder."""
    exact = np.asarray(weights, dtype=float) * total / sum(weights)
    shares = np.floor(exact).astype(int)
    by_remainder = np.argsort(-(exact - shares), kind="stable")
    shares[by_remainder[: total - int(shares.sum())]] += 1
    return [int(share) for share in shares]
