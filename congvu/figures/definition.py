"""What a figure is: a small record from which its number, rows, share, sentence and SQL all derive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from congvu.access.facts import Fact

if TYPE_CHECKING:
    from django.db.models import TextChoices


@dataclass(frozen=True, slots=True)
class Asked:
    """The period as an expression sees it: two local days, both inclusive, and the year of the last."""

    first: ir.DateScalar
    last: ir.DateScalar
    year: ir.IntegerScalar

    def holds(self, day: ir.DateColumn) -> ir.BooleanColumn:
        """Return whether ``day`` lies in the period."""
        return (day >= self.first) & (day <= self.last)


Condition = Callable[[ir.Table, Asked], Any]


@dataclass(frozen=True)
class Count:
    """How many rows of a fact satisfy ``where``.

    ``distinct``    what is counted once, with the columns that show it (none: the rows themselves)
    ``total``       the column that is added up instead of counting
    ``statements``  id of the additive figure whose ``instead`` statements join the rows
    """

    fact: Fact
    where: Condition
    distinct: tuple[str, ...] = ()
    total: str | None = None
    statements: str | None = None


@dataclass(frozen=True)
class Dimension:
    """``column`` of the fact gives the member; ``statement`` the column of a statement that does."""

    name: str
    column: str
    label: Any
    choices: type[TextChoices] | None = None

    @property
    def statement(self) -> str:
        return "stated_level" if self.name == "level" else "member"

    @property
    def is_agency(self) -> bool:
        return self.name == "agency"


@dataclass(frozen=True)
class Figure:
    """One number with a definition.

    A share has a ``denominator``; ``numerator.where`` then only says which of the denominator's rows are in it.
    A difference takes ``minus`` away. ``sentence`` says in Vietnamese what is counted, ``source`` where the
    definition comes from, ``policy`` the named policy of time that it follows.
    """

    id: str
    name: Any
    sentence: Any
    unit: Any
    numerator: Count
    denominator: Count | None = None
    minus: Count | None = None
    dimensions: tuple[Dimension, ...] = ()
    policy: str = ""
    source: Any = ""

    @property
    def additive(self) -> bool:
        return self.denominator is None and self.numerator.statements == self.id

    @property
    def is_share(self) -> bool:
        return self.denominator is not None

    @property
    def fact(self) -> Fact:
        return self.numerator.fact

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        return tuple(c for c in (self.numerator, self.denominator, self.minus) if c is not None)


def share_of(denominator: Count, where: Condition, statements: str | None = None, total: str | None = None) -> Count:
    """Return the count of those rows of ``denominator`` that also satisfy ``where``."""
    return Count(
        denominator.fact,
        lambda t, asked: denominator.where(t, asked) & where(t, asked),
        distinct=denominator.distinct,
        total=total,
        statements=statements,
    )


def everything(_t: ir.Table, _asked: Asked) -> Any:
    return ibis.literal(True)
