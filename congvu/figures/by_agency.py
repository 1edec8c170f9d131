"""Figures of many agencies at once, each over its own rows: one query for all figures of one fact and dimensions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from congvu.access.rules import SYSTEM

from .catalogue import ADDITIVE, FIGURES
from .compile import Dialect, Query, aggregate, restrict, table, to_sql
from .compute import Answer, Counted, Members, Statements, answers_of, place_of, visible_statements
from .definition import Figure
from .engines import Engine, PostgresEngine
from .opening import empty_answer
from .period import Period

_ROWS = "all_rows"


@dataclass
class OfAgency:
    """What the records say of one agency in a period.

    ``rows`` is how many rows of a fact the agency has at all, on whatever day: where it has none of a fact,
    a count of 0 may only mean that it keeps such records elsewhere.
    """

    answers: dict[tuple[str, Members], Answer] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def answer(self, figure: Figure, members: Members) -> Answer:
        """Return one member's answer; a member without rows and statements has its figure's empty value."""
        return self.answers.get((figure.id, members)) or empty_answer(figure, members)


def of_agencies(
    period: Period,
    agencies: Collection[int],
    ids: Sequence[str],
    *,
    own_report: bool = True,
    engine: Engine | None = None,
) -> dict[int, OfAgency]:
    """Return agency's id -> what its own rows and statements say of the figures ``ids``.

    Without ``own_report`` statements for exactly these days are left out: they are what the agency's report on this
    very period states, not what is known beside it.

    Every figure's fact has an owner (:attr:`congvu.access.facts.Fact.owner`), and no figure is a difference.
    """
    engine = engine or PostgresEngine()
    found = {agency: OfAgency() for agency in agencies}
    counted: dict[int, Counted] = {agency: {} for agency in agencies}
    bound = {"first": period.first, "last": period.last, "year": period.year, "agencies": sorted(found)}
    for query in _queries(tuple(ids), engine.dialect):
        _count(query, engine.fetch(query.sql, bound), found, counted)
    statements = _statements(engine, period, found, own_report)
    for agency, of_agency in found.items():
        for id_ in ids:
            for answer in answers_of(FIGURES[id_], counted[agency], statements[agency], None):
                of_agency.answers[id_, answer.members] = answer
    return found


def _count(
    query: Query, rows: Sequence[tuple[Any, ...]], found: dict[int, OfAgency], counted: dict[int, Counted]
) -> None:
    width, known = len(query.dimensions), defaultdict[int, int](int)
    places = [place_of(query.dimensions, count) for count in query.counts]
    for of_agency in counted.values():
        of_agency.update({place: {} for place in places})
    for agency, *rest in rows:
        members, numbers = tuple(rest[:width]), rest[width:]
        known[agency] += numbers[-1]
        for place, number in zip(places, numbers, strict=False):
            counted[agency][place][members] = number or 0
    for agency, many in known.items():
        found[agency].rows[query.fact.name] = max(found[agency].rows[query.fact.name], many)


@cache
def _queries(figure_ids: tuple[str, ...], dialect: Dialect) -> tuple[Query, ...]:
    groups: dict[tuple[str, tuple[str, ...]], list[Figure]] = defaultdict(list)
    for id_ in figure_ids:
        figure = FIGURES[id_]
        groups[figure.fact.name, tuple(d.column for d in figure.dimensions)].append(figure)
    return tuple(_query(figures, dialect) for figures in groups.values())


def _query(figures: Sequence[Figure], dialect: Dialect) -> Query:
    """Return SQL whose columns are the agency, the members, one count each, and how many rows there are at all."""
    fact, dimensions = figures[0].fact, figures[0].dimensions
    assert fact.owner is not None
    counts = tuple({id(count): count for figure in figures for count in figure.counts}.values())
    t = restrict(table(fact.name), fact, own=True, one_agency=False)
    aggregates = {f"c{position}": aggregate(count, t) for position, count in enumerate(counts)}
    aggregates[_ROWS] = t.count()
    names = list(dict.fromkeys([fact.owner, *(d.column for d in dimensions)]))
    return Query(to_sql(t.group_by(names).agg(**aggregates), dialect), dimensions, counts, fact)


def _statements(engine: Engine, period: Period, agencies: Collection[int], own_report: bool) -> dict[int, Statements]:
    found = {agency: Statements.empty() for agency in agencies}
    for row in visible_statements(engine, period, SYSTEM, None):
        if not own_report and (row["period_from"], row["period_to"]) == (period.first, period.last):
            continue
        if row["mode"] == "instead" and row["agency"] in found:
            found[row["agency"]].take(row, ADDITIVE[row["figure"]], period)
    return found
