"""What a sheet is to become: a table, its columns, and the words by which people call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "choice", "date", "instant", "boolean", "integer", "decimal"]
Moment = Literal["start", "close", "end"]
"""Which moment of a day is meant where a cell gives the day alone: 00:00:00, 17:00:00 or 23:59:59."""


@dataclass(frozen=True)
class Target:
    """A column of the table.

    ``label``, ``hint`` and ``called`` are Vietnamese: its name, what belongs into it, and other names for it.
    ``values`` has a choice's value and the words for it, the first of which is its label; ``empty`` are words that
    mean "nothing yet" in this column. ``refers`` is the table whose key it holds, ``agencies`` among them; where it
    is ``free``, the name of an agency that is not ours may stand instead. ``not_before`` is the column whose instant
    a bare day of this one is never put before.
    ``constant`` is what every row is taken to have where no column of a sheet says it.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    key: bool = False
    hint: str = ""
    called: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    refers: str = ""
    moment: Moment = "start"
    constant: str = ""
    free: bool = False
    not_before: str = ""


@dataclass(frozen=True)
class TargetTable:
    """A table; ``day`` is the column whose date is the row's own day, "" where another table has it."""

    name: str
    label: str
    targets: tuple[Target, ...]
    hint: str = ""
    called: tuple[str, ...] = ()
    day: str = ""

    def target(self, name: str) -> Target:
        return next(target for target in self.targets if target.name == name)
