"""Figures over a period, as far as the reader may see the rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from congvu.access.rules import SYSTEM, Reach, Reader
from congvu.kernel.errors import UsageRefusal

from .catalogue import ADDITIVE, FIGURES
from .compile import bind, count_queries
from .definition import Count, Dimension, Figure
from .engines import Engine, PostgresEngine
from .period import Period

Members = tuple[tuple[str, str], ...]
"""Dimension and member, in the order of the figure's dimensions."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One figure, or one member of it. Shares lie in [0, 1]; ``value`` is None where a denominator is 0.

    ``stated`` is how much of the value agencies state (None for shares); ``partial`` how many ``instead``
    statements overlap the period without lying in it, and are not counted.
    """

    figure: Figure
    members: Members
    value: int | float | None
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    stated: int | None
    partial: int

    @property
    def counted(self) -> int | float | None:
        return None if self.value is None or self.stated is None else self.value - self.stated

    @property
    def key(self) -> str:
        return figure_key(self.figure.id, self.members)


Place = tuple[tuple[str, ...], int]
Counted = dict[Place, dict[tuple[Any, ...], Any]]
"""What each count came to per raw member; one count may serve figures of several dimensions."""


def place_of(dimensions: tuple[Dimension, ...], count: Count) -> Place:
    return tuple(d.column for d in dimensions), id(count)


def figure_key(id_: str, members: Members) -> str:
    """Return the figure as people and commands write it: ``dossiers.late[level=commune]``."""
    return id_ + ("[" + ",".join(f"{name}={member}" for name, member in members) + "]" if members else "")


@dataclass
class AgencyNames:
    """Agencies by id, and how a member that is one is written in a period."""

    codes: dict[int, tuple[str, date, date | None]]
    names: dict[int, str]
    shared: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, engine: Engine, period: Period) -> AgencyNames:
        rows = engine.fetch("SELECT agency, agency_code, agency_name, valid_from, valid_to FROM fact_agencies", {})
        found = cls({row[0]: (row[1], row[3], row[4]) for row in rows}, {row[0]: row[2] for row in rows})
        seen: set[str] = set()
        for code, first, last in found.codes.values():
            if first <= period.last and (last is None or last >= period.first):
                (found.shared if code in seen else seen).add(code)
        return found

    def code(self, agency: int) -> str:
        return self.codes[agency][0]

    def member(self, agency: int, *, twin: bool = False) -> str:
        """Return the code; ``code@valid_from`` where it changed hands in the period or has a ``twin`` beside it."""
        code, first, _last = self.codes[agency]
        return f"{code}@{first.isoformat()}" if twin or code in self.shared else code

    def id_of(self, member: str, period: Period) -> int:
        """Return the agency that :meth:`member` writes so (a bare code: the period's last such agency), else -1."""
        code, _, since = member.partition("@")
        matching = [(first, last, id_) for id_, (known, first, last) in self.codes.items() if known == code]
        if since:
            return next((id_ for first, _last, id_ in matching if first.isoformat() == since), -1)
        touching = [m for m in matching if m[0] <= period.last and (m[1] is None or m[1] >= period.first)]
        return max(((first, id_) for first, _last, id_ in touching or matching), default=(None, -1))[1]


def own_facts(reader: Reader, figures: Iterable[Figure]) -> frozenset[str]:
    return frozenset(f.fact.name for f in figures if f.fact.owner and reader.reach(f.fact.area) is Reach.OWN)


def may_see(reader: Reader, figure: Figure) -> bool:
    return reader.reach(figure.fact.area) is not Reach.NONE


def parameters(period: Period, reader: Reader, agency_code: str | None) -> dict[str, Any]:
    return {
        "first": period.first,
        "last": period.last,
        "year": period.year,
        "agencies": sorted(reader.agencies),
        "agency_code": agency_code,
    }


def compute(
    period: Period,
    *,
    reader: Reader = SYSTEM,
    engine: Engine | None = None,
    ids: Iterable[str] | None = None,
    agency_code: str | None = None,
) -> list[Answer]:
    """Return every figure (or ``ids``) over ``period``, over the rows that ``reader`` may see.

    Members without rows and statements are left out; a figure without dimensions is always there.
    ``agency_code`` restricts the figures whose rows have an agency.
    """
    engine = engine or PostgresEngine()
    wanted = [FIGURES[id_] for id_ in (ids if ids is not None else FIGURES)]
    figures = [figure for figure in wanted if may_see(reader, figure)]
    bound = parameters(period, reader, agency_code)
    own = own_facts(reader, figures)
    counted: Counted = {}
    for query in count_queries(tuple(f.id for f in figures), engine.dialect, own, agency_code is not None):
        width = len(query.dimensions)
        rows = engine.fetch(query.sql, bound)
        for position, count in enumerate(query.counts):
            counted[place_of(query.dimensions, count)] = {row[:width]: row[width + position] or 0 for row in rows}
    stated = any(count.statements for figure in figures for count in figure.counts)
    statements = Statements.load(engine, period, reader, agency_code) if stated else Statements({}, {})
    agencies = AgencyNames.load(engine, period) if any(d.is_agency for f in figures for d in f.dimensions) else None
    return [answer for figure in figures for answer in answers_of(figure, counted, statements, agencies)]


def answers_of(
    figure: Figure,
    counted: Counted,
    statements: Statements,
    agencies: AgencyNames | None,
) -> list[Answer]:
    members: set[tuple[Any, ...]] = set()
    for count in figure.counts:
        members |= counted[place_of(figure.dimensions, count)].keys() | statements.members(count.statements)
    shown = [raw for raw in members if None not in raw] if figure.dimensions else [()]
    twins = _twins(figure, shown, agencies) if agencies else frozenset()
    found = [_answer(figure, raw, _written(figure, raw, twins, agencies), counted, statements) for raw in shown]
    return sorted(found, key=lambda a: a.members)


def _twins(figure: Figure, members: Sequence[tuple[Any, ...]], agencies: AgencyNames) -> frozenset[tuple[Any, ...]]:
    """Return the beginnings of members that end in an agency, where another one of its code stands beside it."""
    found: set[tuple[Any, ...]] = set()
    for position, dimension in enumerate(figure.dimensions):
        if dimension.is_agency:
            written = {raw[: position + 1]: (*raw[:position], agencies.code(raw[position])) for raw in members}
            often = Counter(written.values())
            found |= {start for start, codes in written.items() if often[codes] > 1}
    return frozenset(found)


def _written(
    figure: Figure, raw: tuple[Any, ...], twins: frozenset[tuple[Any, ...]], agencies: AgencyNames | None
) -> Members:
    named = []
    for position, dimension in enumerate(figure.dimensions):
        member = raw[position]
        if dimension.is_agency:
            assert agencies is not None
            member = agencies.member(member, twin=raw[: position + 1] in twins)
        named.append((dimension.name, str(member)))
    return tuple(named)


def _answer(
    figure: Figure,
    raw: tuple[Any, ...],
    members: Members,
    counted: Counted,
    statements: Statements,
) -> Answer:
    def whole(count: Count) -> Any:
        return counted[place_of(figure.dimensions, count)].get(raw, 0) + statements.stated(count.statements, raw)

    numerator = whole(figure.numerator)
    partial = sum(statements.partial(count.statements, raw) for count in figure.counts)
    if figure.denominator is not None:
        denominator = whole(figure.denominator)
        value = float(numerator / denominator) if denominator else None
        return Answer(figure, members, value, numerator, denominator, None, partial)
    if figure.minus is not None:
        return Answer(figure, members, numerator - whole(figure.minus), None, None, 0, partial)
    stated = statements.stated(figure.numerator.statements, raw)
    return Answer(figure, members, numerator, None, None, stated, partial)


@dataclass
class Statements:
    """The ``instead`` statements that a period takes whole, and how many it only touches, per figure and member."""

    taken: dict[str, dict[tuple[Any, ...], int]]
    touched: dict[str, dict[tuple[Any, ...], int]]

    @classmethod
    def load(cls, engine: Engine, period: Period, reader: Reader, agency_code: str | None) -> Statements:
        found = cls.empty()
        for row in visible_statements(engine, period, reader, agency_code):
            if row["mode"] == "instead":
                found.take(row, ADDITIVE[row["figure"]], period)
        return found

    @classmethod
    def empty(cls) -> Statements:
        return cls(defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int)))

    def take(self, row: Mapping[str, Any], figure: Figure, period: Period) -> None:
        """Add an ``instead`` statement of ``figure`` that touches the period."""
        raw = tuple(row[d.statement] for d in figure.dimensions)
        if period.first <= row["period_from"] and row["period_to"] <= period.last:
            self.taken[figure.id][raw] += row["value"]
        else:
            self.touched[figure.id][raw] += 1

    def members(self, id_: str | None) -> set[tuple[Any, ...]]:
        if id_ is None:
            return set()
        return {raw for where in (self.taken, self.touched) if id_ in where for raw in where[id_]}

    def stated(self, id_: str | None, raw: tuple[Any, ...]) -> int:
        return self.taken[id_].get(raw, 0) if id_ in self.taken else 0

    def partial(self, id_: str | None, raw: tuple[Any, ...]) -> int:
        return self.touched[id_].get(raw, 0) if id_ in self.touched else 0


_STATEMENT_COLUMNS = (
    "figure",
    "stated_level",
    "member",
    "period_from",
    "period_to",
    "value",
    "mode",
    "agency",
    "agency_code",
    "agency_name",
    "symbol",
)


def visible_statements(engine: Engine, period: Period, reader: Reader, agency_code: str | None) -> list[dict[str, Any]]:
    """Return the statements that touch the period, as far as the reader may see their agencies."""
    sql = bind(
        f"SELECT {', '.join(_STATEMENT_COLUMNS)} FROM fact_statements "
        "WHERE period_from <= MAKE_DATE(1901, 1, 7) AND period_to >= MAKE_DATE(1901, 1, 3) "
        "ORDER BY figure, agency_code, stated_level, member, period_from",
        engine.dialect,
    )
    rows = (
        dict(zip(_STATEMENT_COLUMNS, row, strict=True))
        for row in engine.fetch(sql, {"first": period.first, "last": period.last})
    )
    return [row for row in rows if _sees_statement(reader, row) and agency_code in (None, row["agency_code"])]


def _sees_statement(reader: Reader, row: Mapping[str, Any]) -> bool:
    reach = reader.reach(ADDITIVE[row["figure"]].fact.area)
    return reach is Reach.PROVINCE or (reach is Reach.OWN and row["agency"] in reader.agencies)


def parse_key(text: str) -> tuple[Figure, Members]:
    """Return the figure and members that ``ID[dimension=member,…]`` names; refuse, saying what is known."""
    id_, _, inside = text.strip().partition("[")
    figure = FIGURES.get(id_)
    if figure is None:
        near = [known for known in FIGURES if known.split(".")[0] == id_.split(".")[0]]
        hint = f" Các chỉ tiêu gần giống: {', '.join(near)}." if near else ""
        raise UsageRefusal(f"Không có chỉ tiêu «{id_}».{hint}")
    names = [d.name for d in figure.dimensions]
    # a member may hold commas: it ends where the name of the next dimension begins
    before, *parts = re.split(rf"(?:^|,)({'|'.join(map(re.escape, names)) or '(?!)'})=", inside.removesuffix("]"))
    given = dict(zip(parts[::2], parts[1::2], strict=True))
    if before or len(parts) != 2 * len(names) or sorted(given) != sorted(names):
        form = figure_key(id_, tuple((name, "…") for name in names))
        raise UsageRefusal(f"Chỉ tiêu «{id_}» viết là {form}; nhận được «{text}».")
    return figure, tuple((name, given[name]) for name in names)
