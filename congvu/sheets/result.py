"""What a mapping made of a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """Something about one cell. ``column`` is the sheet's (from 0), None where no cell of the sheet is meant.

    ``target`` is the table's column, ``value`` what the sheet has there, ``reason`` a Vietnamese sentence that says
    what is wrong and what was expected.
    """

    row: int
    column: int | None
    target: str
    value: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """The columns of a table, made of a sheet's.

    ``columns`` has a text for every row, written as the province package writes values ("" is empty); ``rows`` has
    the sheet's row of each (twice where a row was split). ``errors`` keep their rows from being taken; ``reviews``
    do not: a person should look, the value was left empty or read in the likelier way. ``stated`` are the columns
    kept beside the rows. ``sources`` is the sheet's column behind each of the table's, where it has one.
    """

    columns: Mapping[str, Sequence[str]]
    rows: Sequence[int]
    errors: Sequence[Note] = ()
    reviews: Sequence[Note] = ()
    stated: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
