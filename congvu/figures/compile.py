"""From figures to SQL: Ibis compiles each fact's counts once; the period and the reader are bound as parameters.

An expression is built over marked literals (a date in 1901, a number nobody uses). In the SQL that Ibis writes,
each of them is replaced by a parameter of the same meaning, so that one compilation serves every period.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import ibis
import ibis.expr.types as ir

from congvu.access.facts import Fact

from .catalogue import FIGURES
from .definition import Asked, Count, Dimension, Figure

Dialect = Literal["postgres", "duckdb"]

_FIRST, _LAST = date(1901, 1, 3), date(1901, 1, 7)
_YEAR, _AGENCIES, _MEMBER_ID = 190119011, 190119012, 190119013
_AGENCY_CODE, _MEMBER = "⟦agency⟧", "⟦member{}⟧"

_IBIS_TYPES = {"decimal": "decimal(30, 10)"}
ASKED = Asked(ibis.literal(_FIRST), ibis.literal(_LAST), ibis.literal(_YEAR, type="int64"))


@dataclass(frozen=True)
class Query:
    """SQL with named parameters, and what its columns are: first the members, then one count each."""

    sql: str
    dimensions: tuple[Dimension, ...]
    counts: tuple[Count, ...]
    fact: Fact


@cache
def table(fact_name: str) -> ir.Table:
    from .facts import FACTS

    fact = next(f for f in FACTS if f.name == fact_name)
    return ibis.table({c.name: _IBIS_TYPES.get(c.type, c.type) for c in fact.columns}, name=fact.view)


def bind(sql: str, dialect: Dialect) -> str:
    """Replace the marked literals by parameters: ``%(name)s`` for PostgreSQL, ``$name`` for DuckDB."""

    def parameter(name: str) -> str:
        return f"%({name})s" if dialect == "postgres" else f"${name}"

    if dialect == "postgres":
        sql = sql.replace("%", "%%")
    for mark, name in ((_FIRST, "first"), (_LAST, "last")):
        pattern = rf"MAKE_DATE\({mark.year}, {mark.month}, {mark.day}\)|CAST\('{mark}' AS DATE\)"
        sql = re.sub(pattern, f"CAST({parameter(name)} AS DATE)", sql)
    sql = re.sub(rf"= (?:CAST\({_AGENCIES} AS \w+\)|{_AGENCIES})", f"= ANY({parameter('agencies')})", sql)
    for number, name in ((_YEAR, "year"), (_MEMBER_ID, "member_id")):
        sql = re.sub(rf"CAST\({number} AS \w+\)|\b{number}\b", f"CAST({parameter(name)} AS BIGINT)", sql)
    sql = sql.replace(f"'{_AGENCY_CODE}'", parameter("agency_code"))
    sql = re.sub(r"'⟦member(\d)⟧'", lambda found: parameter(f"member{found[1]}"), sql)
    if "⟦" in sql or "19011901" in sql or "1901, 1" in sql:
        raise AssertionError(f"a marked literal was left unbound in: {sql}")
    return sql


def condition_of(count: Count, t: ir.Table) -> Any:
    return count.where(t, ASKED)


def aggregate(count: Count, t: ir.Table) -> Any:
    where = condition_of(count, t)
    if count.total:
        return t[count.total].sum(where=where)
    if count.distinct:
        return t[count.distinct[0]].nunique(where=where)
    return t.count(where=where)


def restrict(t: ir.Table, fact: Fact, *, own: bool, one_agency: bool) -> ir.Table:
    """Keep the rows of the reader's agencies (``own``), and of one agency code (``one_agency``)."""
    if own and fact.owner:
        t = t.filter(t[fact.owner] == ibis.literal(_AGENCIES, type="int64"))
    if one_agency and fact.has_agency:
        t = t.filter(t.agency_code == _AGENCY_CODE)
    return t


FEW = 3
"""Up to so many counts a query also says in WHERE which rows it needs, so that an index may serve it."""


@cache
def count_queries(
    figure_ids: tuple[str, ...], dialect: Dialect, own: frozenset[str], one_agency: bool
) -> tuple[Query, ...]:
    """Return the queries that count ``figure_ids``: one scan for all figures of one fact and one set of dimensions.

    ``own`` names the facts of which the reader sees only their agencies' rows.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Figure]] = defaultdict(list)
    for id_ in figure_ids:
        figure = FIGURES[id_]
        groups[figure.fact.name, tuple(d.column for d in figure.dimensions)].append(figure)
    return tuple(_group_query(figures, dialect, own, one_agency) for figures in groups.values())


def _group_query(figures: Sequence[Figure], dialect: Dialect, own: frozenset[str], one_agency: bool) -> Query:
    fact, dimensions = figures[0].fact, figures[0].dimensions
    counts = tuple({id(count): count for figure in figures for count in figure.counts}.values())
    t = restrict(table(fact.name), fact, own=fact.name in own, one_agency=one_agency)
    if len(counts) <= FEW:
        t = t.filter(any_of(condition_of(count, t) for count in _widest(figures, counts)))
    aggregates = {f"c{position}": aggregate(count, t) for position, count in enumerate(counts)}
    names = [d.column for d in dimensions]
    expression = t.group_by(names).agg(**aggregates) if names else t.agg(**aggregates)
    return Query(to_sql(expression, dialect), dimensions, counts, fact)


def _widest(figures: Sequence[Figure], counts: tuple[Count, ...]) -> list[Count]:
    """Return ``counts`` without the numerators of shares, whose rows their denominators have too."""
    within = {id(figure.numerator) for figure in figures if figure.is_share}
    return [count for count in counts if id(count) not in within]


def any_of(conditions: Iterable[Any]) -> Any:
    first, *rest = conditions
    for condition in rest:
        first = first | condition
    return first


def to_sql(expression: Any, dialect: Dialect) -> str:
    return bind(str(ibis.to_sql(expression, dialect=dialect)), dialect)


@dataclass(frozen=True)
class RowsQuery:
    """SQL for what a count counts, unordered; ``columns`` in order, ``key`` orders them.

    ``of_some_agencies`` says that a condition on the agency picks the rows. Codes begin with their agency, so an
    index in the order of the keys may have to be walked past every other agency's rows before the first of these.
    """

    sql: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    of_some_agencies: bool


@cache
def rows_query(figure_id: str, dialect: Dialect, own: bool, one_agency: bool) -> RowsQuery:
    """Return the query for the rows of one member of a figure; a share's rows say whether they are in the numerator.

    A member is bound as ``member0``, ``member1`` in the order of the dimensions, an agency as ``member_id``.
    """
    figure = FIGURES[figure_id]
    fact = figure.fact
    base = figure.denominator or figure.numerator
    t = restrict(table(fact.name), fact, own=own, one_agency=one_agency)
    t = t.filter(condition_of(base, t))
    for position, dimension in enumerate(figure.dimensions):
        member = ibis.literal(_MEMBER_ID, type="int64") if dimension.is_agency else _MEMBER.format(position)
        t = t.filter(_member_column(t, fact, dimension, own=own) == member)
    if base.distinct:
        columns = base.distinct
        # agencies in the order of their codes: the id is the database's own
        key = columns[1::-1] if columns[0] == "agency" else columns[:1]
        t = t.select(*columns).distinct()
    else:
        columns, key = tuple(c.name for c in fact.columns), fact.key
        if figure.denominator is not None:
            t = t.mutate(in_numerator=condition_of(figure.numerator, t).fill_null(False))
            columns = (*columns, "in_numerator")
        t = t.select(*columns)
    by_agency = fact.has_agency and any(d.is_agency or d.column == "level" for d in figure.dimensions)
    return RowsQuery(to_sql(t, dialect), columns, key, own or one_agency or by_agency)


def _member_column(t: ir.Table, fact: Fact, dimension: Dimension, *, own: bool) -> Any:
    """Return the column that a member is compared with.

    A plain comparison with the level would let the planner begin at the agencies, whose days it cannot weigh, and
    read a great table through an index, agency by agency. That is right for the few agencies of a reader only.
    """
    column = t[dimension.column]
    return column.fill_null("") if dimension.column == "level" and fact.has_agency and not own else column
