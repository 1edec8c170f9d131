"""Which rows the figures of a period count at all, and what each of them counts for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from congvu.access.facts import Fact

from .catalogue import FIGURES
from .compile import any_of, condition_of, table, to_sql
from .compute import Members
from .definition import Count, Figure
from .facts import AGENCIES, FACTS, STATEMENTS

NUMERATOR, DENOMINATOR, ONCE = "numerator", "denominator", "once"
"""What a row adds to: a count or a share's numerator, a share's denominator, a number of distinct ones."""

Effect = tuple[str, Members, str]
"""Figure's id, its members, and one of the roles above."""
Effects = dict[Effect, float]


@dataclass(frozen=True)
class Scope:
    """Rows of the agencies of ``codes``; ``rest`` adds those that no agency has, for the province itself."""

    codes: tuple[str, ...]
    rest: bool = False

    def has(self, fact: Fact) -> bool:
        return self.rest or fact.has_agency

    def condition(self, fact: Fact, codes: str = "%(codes)s") -> str:
        """Return the SQL condition over the fact's rows; ``codes`` is how the engine writes that parameter."""
        if not fact.has_agency:
            return "true" if self.rest else "false"
        return f"(agency_code = ANY({codes})" + (" OR agency_code IS NULL)" if self.rest else ")")


@cache
def figures_of(fact_name: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in FIGURES.values() if figure.fact.name == fact_name)


@cache
def _members_sql(fact_name: str) -> str:
    fact = next(f for f in FACTS if f.name == fact_name)
    columns = ", ".join(c.name for c in fact.columns)
    if fact is AGENCIES:  # every holder of a code: members are named after them
        return f"SELECT {columns} FROM {fact.view}"
    if fact is STATEMENTS:
        return f"SELECT {columns} FROM {fact.view} WHERE period_from <= %(last)s AND period_to >= %(first)s"
    t = table(fact_name)
    conditions = (condition_of(count, t) for figure in figures_of(fact_name) for count in figure.counts)
    return to_sql(t.filter(any_of(conditions)).select(*(c.name for c in fact.columns)), "postgres")


def members_sql(fact: Fact, scope: Scope) -> str:
    """Return what selects, in PostgreSQL, the rows of ``fact`` that any figure of a period may count."""
    return f"(SELECT * FROM ({_members_sql(fact.name)}) counted WHERE {scope.condition(fact)}) members"


@dataclass(frozen=True, slots=True)
class _Part:
    """One count of one figure: the columns that say whether a row is in it, for how much, and in which member."""

    figure: Figure
    role: str
    flag: str
    total: str | None
    once: str | None


@dataclass(frozen=True)
class Signature:
    """SQL for DuckDB: of each row its agency, its key, and all that decides for what it counts."""

    fact: Fact
    sql: str
    columns: tuple[str, ...]
    _parts: tuple[_Part, ...]

    def effects(self, row: Mapping[str, Any]) -> Effects:
        """Return what one row adds to which figures."""
        if self.fact is STATEMENTS:
            return _stated(row)
        found: Effects = {}
        for part in self._parts:
            if row[part.flag]:
                members = tuple(row["agency_code" if d.is_agency else d.column] for d in part.figure.dimensions)
                amount = row[part.total] if part.total else 1
                if amount and None not in members:
                    found[_effect(part.figure, members, part.role)] = float(amount)
        return found

    def once(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what of one row is counted once among all rows, however many there are of it."""
        return tuple(row[part.once] if part.once and row[part.flag] else None for part in self._parts)


def _effect(figure: Figure, members: Sequence[Any], role: str) -> Effect:
    named = tuple((d.name, str(member)) for d, member in zip(figure.dimensions, members, strict=True))
    return figure.id, named, role


def _roles(figure: Figure) -> Iterator[tuple[str, Count]]:
    if figure.minus is not None:
        return
    yield (ONCE if figure.numerator.distinct else NUMERATOR), figure.numerator
    if figure.denominator is not None:
        yield DENOMINATOR, figure.denominator


def _stated(row: Mapping[str, Any]) -> Effects:
    found: Effects = {}
    if row["taken"]:
        for figure in FIGURES.values():
            for role, count in _roles(figure):
                if count.statements == row["figure"] and row["value"]:
                    members = tuple(row[d.statement] for d in figure.dimensions)
                    if None not in members:
                        found[_effect(figure, members, role)] = float(row["value"])
    return found


@cache
def signature(fact_name: str) -> Signature:
    fact = next(f for f in FACTS if f.name == fact_name)
    if fact is STATEMENTS:
        columns = ("agency_code", *(name for name in fact.key if name != "agency_code"), "period_to", "value", "taken")
        taken = "mode = 'instead' AND period_from >= $first AND period_to <= $last"
        named = ", ".join(name for name in columns if name != "taken")
        return Signature(fact, f"SELECT {named}, {taken} AS taken FROM {fact.view}", columns, ())
    t = table(fact_name)
    figures = figures_of(fact_name)
    # one count serves several figures: it is told apart by what it is, not by what it equals
    counts = {id(count): count for figure in figures for count in figure.counts}
    flags = {id_: f"c{position}" for position, id_ in enumerate(counts)}
    names = dict.fromkeys(
        (
            *(("agency_code",) if fact.has_agency else ()),
            *fact.key,
            *(d.column for figure in figures for d in figure.dimensions),
            *(count.total for count in counts.values() if count.total),
            *(count.distinct[0] for count in counts.values() if count.distinct),
        )
    )
    conditions = {flags[id_]: condition_of(count, t).fill_null(False) for id_, count in counts.items()}
    chosen = t.filter(any_of(condition_of(count, t) for count in counts.values())).select(*names, **conditions)
    parts = tuple(
        _Part(figure, role, flags[id(count)], count.total, count.distinct[0] if count.distinct else None)
        for figure in figures
        for role, count in _roles(figure)
    )
    return Signature(fact, to_sql(chosen, "duckdb"), (*names, *flags.values()), parts)
