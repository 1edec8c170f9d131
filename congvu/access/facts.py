"""What a fact is: one kind of record as the figures see it.

A fact is one SELECT with stable, documented columns, agencies and levels already resolved on the row's own day.
It becomes the view ``fact_<name>``; work rooms declare theirs in ``facts.py``, and nothing above reads their tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .rules import Area

if TYPE_CHECKING:
    from django.db.models import TextChoices

    Choices = type[TextChoices]

TYPES = {
    "string": "text",
    "int64": "bigint",
    "date": "date",
    "timestamp": "timestamptz",
    "boolean": "boolean",
    "decimal": "numeric(30,10)",
}
"""Type of a column -> PostgreSQL's; every fact's view is cast to these."""


@dataclass(frozen=True, slots=True)
class Column:
    """``type`` is one of ``TYPES``; ``label`` is what people read, empty where the column is not shown."""

    name: str
    type: str = "string"
    label: Any = ""
    choices: Choices | None = None
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """``key`` orders the rows and tells them apart; ``owner`` is the column with the id of the agency whose
    row it is (None: everybody who may see the area sees every row); ``table`` is the record behind it."""

    name: str
    table: str
    title: Any
    area: Area
    sql: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    owner: str | None = "agency"

    @property
    def view(self) -> str:
        return f"fact_{self.name}"

    @property
    def has_agency(self) -> bool:
        return any(c.name == "agency_code" for c in self.columns)

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def agency_columns(label: Any) -> tuple[Column, ...]:
    """Return the columns that :func:`agency_select` yields."""
    return (
        Column("agency", "int64"),
        Column("agency_code"),
        Column("agency_name", label=label),
        Column("level"),
    )


def agency_select(alias: str = "a") -> str:
    return f"{alias}.id AS agency, {alias}.code AS agency_code, {alias}.name AS agency_name, {alias}.level"


def agency_join(code: str, day: str, alias: str = "a", *, dated: bool = True) -> str:
    """Return the join to the agency of ``code`` valid on ``day`` (``dated``: the day is never NULL)."""
    on_day = f"{day} BETWEEN {alias}.valid_from AND {alias}.valid_through"
    if not dated:
        on_day = f"({on_day} OR ({day} IS NULL AND {alias}.latest))"
    return f"LEFT JOIN agency_periods {alias} ON {alias}.code = {code} AND {on_day}"


AGENCY_PERIODS = """
CREATE VIEW agency_periods AS
SELECT id, code, coalesce(short_name, name) AS name, kind, level, parent, valid_from, valid_to,
       coalesce(valid_to, 'infinity'::date) AS valid_through,
       valid_from = max(valid_from) OVER (PARTITION BY code) AS latest
FROM agencies
"""
"""Every agency with the days on which its code means it; ``latest`` is the one meant where there is no day."""
