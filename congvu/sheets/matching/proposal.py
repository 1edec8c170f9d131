"""What is proposed for a sheet: a mapping, and a reason for everything in it."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.sheets.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Guess:
    """A column of the table, its headings in the sheet (none for a constant), and Vietnamese reasons.

    ``certainty`` is 0 to 1, and 1 only where the heading is our own name. ``alternatives`` are further headings
    that might be meant.
    """

    target: str
    sources: tuple[str, ...]
    certainty: float
    reasons: tuple[str, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spare:
    """A heading that no column takes; ``keep`` where it is proposed to be kept as stated, ``reason`` why or why not."""

    title: str
    keep: bool
    reason: str


@dataclass(frozen=True)
class Proposal:
    """``missing`` are required columns without a source, ``unused`` headings that no column takes."""

    mapping: Mapping
    guesses: tuple[Guess, ...]
    missing: tuple[str, ...] = ()
    unused: tuple[Spare, ...] = ()

    def guess(self, target: str) -> Guess | None:
        return next((guess for guess in self.guesses if guess.target == target), None)
