"""A figure month by month.

Where a figure counts what happened on a day of the period and nothing else about the period (a *flow*), all months
are one query, grouped by the month of that day. Every other figure is computed for each month by itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import ibis

from congvu.access.rules import SYSTEM, Reader

from .catalogue import FIGURES
from .compile import Dialect, aggregate, any_of, condition_of, restrict, table, to_sql
from .compute import (
    AgencyNames,
    Answer,
    Counted,
    Statements,
    answers_of,
    compute,
    may_see,
    own_facts,
    parameters,
    place_of,
)
from .definition import Figure
from .engines import Engine, PostgresEngine
from .period import Period

Members = dict[tuple[Any, ...], Any]
"""Raw members -> what one count came to."""


@dataclass(frozen=True, slots=True)
class Month:
    """The answers of one calendar month, cut to the period; a member without rows in it is absent."""

    period: Period
    answers: tuple[Answer, ...]

    def answer(self, members: tuple[tuple[str, str], ...]) -> Answer | None:
        return next((answer for answer in self.answers if answer.members == members), None)


def monthly(
    figure: Figure,
    period: Period,
    *,
    reader: Reader = SYSTEM,
    engine: Engine | None = None,
    agency_code: str | None = None,
) -> list[Month]:
    """Return ``figure`` for each month that ``period`` touches, at most the last 24.

    Each month's answers equal :func:`compute` over that month.
    """
    engine = engine or PostgresEngine()
    months = period.months()
    if not may_see(reader, figure):
        return [Month(month, ()) for month in months]
    if counting_day(figure) is None:
        return [
            Month(
                month,
                tuple(compute(month, reader=reader, engine=engine, ids=[figure.id], agency_code=agency_code)),
            )
            for month in months
        ]
    counted = _counted_by_month(figure, Period(months[0].first, months[-1].last), reader, engine, agency_code)
    return [
        Month(
            month,
            _month_answers(figure, month, counted[_month(month.first)], reader, engine, agency_code),
        )
        for month in months
    ]


def _month_answers(
    figure: Figure,
    month: Period,
    counted: list[Members],
    reader: Reader,
    engine: Engine,
    agency_code: str | None,
) -> tuple[Answer, ...]:
    per_count: Counted = {
        place_of(figure.dimensions, count): found for count, found in zip(figure.counts, counted, strict=True)
    }
    fed = any(count.statements for count in figure.counts)
    statements = Statements.load(engine, month, reader, agency_code) if fed else Statements({}, {})
    by_agency = any(dimension.is_agency for dimension in figure.dimensions)
    agencies = AgencyNames.load(engine, month) if by_agency else None
    return tuple(answers_of(figure, per_count, statements, agencies))


class _NotAFlowError(Exception):
    """The condition asks for more of the period than whether a day lies in it."""


class _Probe:
    """Stands for the period, and notes by which day a condition asks whether a row lies in it."""

    def __init__(self) -> None:
        self.days: set[str] = set()

    def holds(self, day: Any) -> Any:
        self.days.add(day.get_name())
        return ibis.literal(True)

    def __getattr__(self, name: str) -> Any:
        raise _NotAFlowError(name)


@cache
def _counting_day(figure_id: str) -> str | None:
    figure = FIGURES[figure_id]
    probe = _Probe()
    try:
        for count in figure.counts:
            count.where(table(count.fact.name), probe)  # type: ignore[arg-type]  # it answers what a flow asks
    except _NotAFlowError:
        return None
    return probe.days.pop() if len(probe.days) == 1 else None


_MONTHS = 12


def _month(day: date) -> int:
    """Return the number that tells the months of all years apart: a date cut to its month differs by engine."""
    return day.year * _MONTHS + day.month


def counting_day(figure: Figure) -> str | None:
    """Return the column with the day on which a flow's rows count; None where the figure is no flow."""
    return _counting_day(figure.id)


@cache
def _monthly_sql(figure_id: str, dialect: Dialect, own: bool, one_agency: bool) -> str:
    """SQL whose columns are the month (:func:`_month`), the members, then one count each."""
    figure = FIGURES[figure_id]
    day = _counting_day(figure_id)
    t = restrict(table(figure.fact.name), figure.fact, own=own, one_agency=one_agency)
    t = t.filter(any_of(condition_of(count, t) for count in figure.counts))
    t = t.mutate(month=(t[day].year().cast("int64") * _MONTHS + t[day].month()))
    counts = {f"c{n}": aggregate(count, t) for n, count in enumerate(figure.counts)}
    return to_sql(t.group_by(["month", *(d.column for d in figure.dimensions)]).agg(**counts), dialect)


def _counted_by_month(
    figure: Figure, period: Period, reader: Reader, engine: Engine, agency_code: str | None
) -> defaultdict[int, list[Members]]:
    """Month (:func:`_month`) -> for each of the figure's counts what it came to per raw member."""
    own = bool(own_facts(reader, [figure]))
    width = len(figure.dimensions)
    found: defaultdict[int, list[Members]] = defaultdict(lambda: [{} for _count in figure.counts])
    sql = _monthly_sql(figure.id, engine.dialect, own, agency_code is not None)
    for month, *rest in engine.fetch(sql, parameters(period, reader, agency_code)):
        for position, number in enumerate(rest[width:]):
            found[month][position][tuple(rest[:width])] = number or 0
    return found
