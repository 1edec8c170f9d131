"""The page on which the columns of a sheet are matched with those of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congvu.intake.models import SheetLoad
from congvu.intake.queries import LISTED, entries_of
from congvu.sheets.grid import letters
from congvu.sheets.target import Target, TargetTable

from .mapping_form import (
    CONSTANT,
    DATES,
    DATES_WORDS,
    DERIVE,
    DERIVE_WORDS,
    KEPT,
    MOMENT,
    MOMENT_WORDS,
    SOURCE,
    SPLIT,
    VALUES,
    Entered,
    Problem,
    Typed,
    field_id,
)
from .sheet_words import KIND_WORDS, certainty_words, entry_words, label_of

_SAMPLES_IN_CHOICES = 60
"""Up to so many columns, each column's first value stands beside its name where columns are chosen."""
_LISTED_AT_EACH = 120
_LONGEST = 28


@dataclass(frozen=True)
class Row:
    """One column of the table with its fields."""

    target: Target
    typed: Typed
    samples: list[str]
    certainty: str
    reasons: list[str]
    alternatives: list[str]
    problems: list[Problem]

    def id(self, name: str) -> str:
        return field_id(name, self.target.name)

    def problems_at(self, name: str) -> list[str]:
        return [problem.words for problem in self.problems if problem.place == self.id(name)]

    @property
    def kind(self) -> str:
        return str(KIND_WORDS[self.target.kind])

    @property
    def is_open(self) -> bool:
        return self.typed.has_more or any(self.problems_at(name) for name in (DERIVE, DATES, MOMENT, VALUES))

    @property
    def first(self) -> str:
        return self.typed.sources[0] if self.typed.sources else ""

    @property
    def others(self) -> list[str]:
        """What stands in the further fields for columns, one of which is always free."""
        return [*self.typed.sources[1:], ""]

    @property
    def is_missing(self) -> bool:
        """Whether every row needs the column and nothing is chosen for it."""
        return self.target.required and not (self.typed.sources or self.typed.constant or self.typed.derive)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The values of a choice; what stands there and is none of them is among them too, so that it is seen."""
        known = [(value, words[0]) for value, words in self.target.values.items()]
        typed = self.typed.constant
        return known if not known or not typed or typed in dict(known) else [*known, (typed, typed)]

    @property
    def listed(self) -> str:
        return self.target.refers if self.target.refers in LISTED else ""

    @property
    def has_days(self) -> bool:
        return self.target.kind in ("date", "instant", "integer") or bool(self.typed.dates)

    @property
    def has_moments(self) -> bool:
        return self.target.kind == "instant" or bool(self.typed.moment)


@dataclass(frozen=True)
class Heading:
    letter: str
    title: str
    hidden: bool
    samples: list[str]
    used_by: list[str]
    kept: bool


@dataclass(frozen=True)
class MatchingPage:
    load: SheetLoad
    table: TargetTable
    tables: Sequence[TargetTable]
    entered: Entered
    problems: Sequence[Problem] = ()

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.load.facts
        return facts

    @property
    def header(self) -> int:
        return int(self.facts["header"][1])

    @property
    def names(self) -> dict[str, str]:
        """How the fields are called, for the template."""
        return {
            "source": SOURCE,
            "constant": CONSTANT,
            "derive": DERIVE,
            "dates": DATES,
            "moment": MOMENT,
            "translations": VALUES,
            "split": SPLIT,
            "kept": KEPT,
        }

    @property
    def words(self) -> dict[str, dict[str, Any]]:
        return {DERIVE: DERIVE_WORDS, DATES: DATES_WORDS, MOMENT: MOMENT_WORDS}

    @cached_property
    def _samples(self) -> dict[str, list[str]]:
        return {heading["title"]: heading["samples"] for heading in self.facts["headings"]}

    @property
    def has_many(self) -> bool:
        """Whether the sheet has so many columns that they are typed with suggestions, and not listed at each field."""
        return len(self._samples) > _LISTED_AT_EACH

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """Every column of the sheet with what stands in it first."""
        few = len(self._samples) <= _SAMPLES_IN_CHOICES
        return [
            (title, f"{title} – {_short(samples[0])}" if few and samples else title)
            for title, samples in self._samples.items()
        ]

    def is_absent(self, title: str) -> bool:
        """Whether the sheet has no such column; it is offered all the same, for it was chosen."""
        return bool(title) and title not in self._samples

    @property
    def rows(self) -> list[Row]:
        return [self._row(target) for target in self.table.targets]

    def _row(self, target: Target) -> Row:
        typed = self.entered.column(target.name)
        guess = self.facts["guesses"].get(target.name, {})
        shown = bool(guess) and bool(typed.sources or typed.constant or typed.derive)
        own = {field_id(name, target.name) for name in (SOURCE, CONSTANT, DERIVE, DATES, MOMENT, VALUES)}
        return Row(
            target=target,
            typed=typed,
            samples=self._samples.get(typed.sources[0], []) if typed.sources else [],
            certainty=certainty_words(guess["certainty"]) if shown else "",
            reasons=guess["reasons"] if shown else [],
            alternatives=[str(title) for title in guess.get("alternatives", [])],
            problems=[problem for problem in self.problems if problem.place in own],
        )

    @property
    def headings(self) -> list[Heading]:
        used: dict[str, list[str]] = {}
        for name, typed in self.entered.columns.items():
            for title in typed.sources:
                used.setdefault(title, []).append(label_of(self.table, name))
        return [
            Heading(
                letters(heading["column"]),
                heading["title"],
                heading["hidden"],
                heading["samples"],
                used.get(heading["title"], []),
                heading["title"] in self.entered.kept,
            )
            for heading in self.facts["headings"]
        ]

    @property
    def entries(self) -> dict[str, list[str]]:
        """What can be chosen from where a key of another table is asked for, by table."""
        tables = sorted({target.refers for target in self.table.targets if target.refers in LISTED})
        return {table: [entry_words(*entry) for entry in entries_of(table)] for table in tables}

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [(problem.words, problem.place) for problem in self.problems]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
