"""What a figure counts: its rows, in the order of their keys, then the statements that it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from congvu.access.facts import Column
from congvu.access.rules import SYSTEM, Area, Permission, Reader
from congvu.kernel.errors import Refusal

from .compile import Dialect, RowsQuery, rows_query
from .compute import AgencyNames, Answer, Members, compute, may_see, own_facts, parameters, visible_statements
from .definition import Figure
from .engines import Engine, PostgresEngine
from .period import Period

PAGE = 50
HIDDEN = "•••"


class NotVisible(Refusal):
    code = "figure.not_visible"
    status = 404


@dataclass(frozen=True)
class Opened:
    """``rows`` are dicts over ``columns``; ``after`` is the cursor of the next page, None on the last.

    ``parts`` are the two figures of a difference, which has no rows of its own.
    """

    answer: Answer
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    parts: tuple[tuple[str, int], ...]
    after: list[Any] | None
    names_hidden: bool


def open_figure(
    figure: Figure,
    members: Members,
    period: Period,
    *,
    reader: Reader = SYSTEM,
    engine: Engine | None = None,
    agency_code: str | None = None,
    limit: int | None = PAGE,
    after: list[Any] | None = None,
    answer: Answer | None = None,
) -> Opened:
    """Return what ``figure`` counts for ``members``: rows and statements whose sum is its value.

    ``answer`` is the value, where the caller has it of the same state of the records: else all rows are counted.
    """
    if not may_see(reader, figure):
        raise NotVisible("Không tìm thấy chỉ tiêu này trong phạm vi được xem.")
    engine = engine or PostgresEngine()
    if answer is None:
        answer = answer_for(figure, members, period, reader=reader, engine=engine, agency_code=agency_code)
    statements = _statements(figure, members, period, reader, engine, agency_code)
    if figure.minus is not None:
        parts = _parts(figure, period, reader, engine, agency_code)
        return Opened(answer, (), [], statements, parts, None, False)
    own = bool(own_facts(reader, [figure]))
    query = rows_query(figure.id, engine.dialect, own, agency_code is not None)
    bound = parameters(period, reader, agency_code) | _members(figure, members, engine, period)
    columns = _columns(figure, query)
    hidden = any(c.personal for c in columns) and not sees_names(reader, figure)
    by_offset = any(figure.fact.column(name).personal for name in query.key)
    rows = _page(query, bound, engine, limit, after, by_offset=by_offset)
    more = limit is not None and len(rows) > limit
    rows = rows[:limit]
    cursor = None
    if more:
        cursor = [(after or [0])[0] + len(rows)] if by_offset else [str(rows[-1][name]) for name in query.key]
    if hidden:
        personal = {c.name for c in columns if c.personal}
        rows = [{name: HIDDEN if name in personal else value for name, value in row.items()} for row in rows]
    return Opened(answer, columns, rows, statements, (), cursor, hidden)


def sees_names(reader: Reader, figure: Figure) -> bool:
    """Return whether the personal columns of the figure's rows are this reader's work."""
    needs = {Area.PERSONNEL: Permission.SEE_PERSONNEL_NAMES, Area.FEEDBACK: Permission.SEE_FEEDBACK_WORDS}
    permission = needs.get(figure.fact.area)
    return permission is None or reader.may(permission)


def answer_for(
    figure: Figure,
    members: Members,
    period: Period,
    *,
    reader: Reader = SYSTEM,
    engine: Engine | None = None,
    agency_code: str | None = None,
) -> Answer:
    """Return one member's answer; a member without rows has the value 0 (a share: None)."""
    found = compute(period, reader=reader, engine=engine, ids=[figure.id], agency_code=agency_code)
    for answer in found:
        if answer.members == members:
            return answer
    return empty_answer(figure, members)


def empty_answer(figure: Figure, members: Members) -> Answer:
    """Return the answer of a member without rows and statements."""
    if figure.is_share:
        return Answer(figure, members, None, 0, 0, None, 0)
    return Answer(figure, members, 0, None, None, 0, 0)


def _members(figure: Figure, members: Members, engine: Engine, period: Period) -> dict[str, Any]:
    bound: dict[str, Any] = {}
    for position, (dimension, (_name, member)) in enumerate(zip(figure.dimensions, members, strict=True)):
        if dimension.is_agency:
            bound["member_id"] = AgencyNames.load(engine, period).id_of(member, period)
        else:
            bound[f"member{position}"] = member
    return bound


def _columns(figure: Figure, query: RowsQuery) -> tuple[Column, ...]:
    shown = [c for c in figure.fact.columns if c.name in query.columns]
    if "in_numerator" in query.columns:
        shown.append(Column("in_numerator", "boolean"))
    return tuple(shown)


def _page(
    query: RowsQuery,
    bound: dict[str, Any],
    engine: Engine,
    limit: int | None,
    after: list[Any] | None,
    *,
    by_offset: bool,
) -> list[dict[str, Any]]:
    order = [_collated(name, engine.dialect) for name in query.key]
    rows, beyond = f"({query.sql}) counted", ""
    if after and not by_offset:
        keys = {f"after{position}": value for position, value in enumerate(after)}
        beyond = f" WHERE ({', '.join(order)}) > ({', '.join(_parameter(name, engine.dialect) for name in keys)})"
        bound = bound | keys
    cut = "" if limit is None else f" LIMIT {limit + 1:d}"
    if after and by_offset:
        cut += f" OFFSET {int(after[0]):d}"
    sql = f"SELECT * FROM {rows}{beyond}"
    if cut and query.of_some_agencies and len(order) == 1 and not by_offset and engine.dialect == "postgres":
        # no index has the order of the inner query: it finds the rows by their agencies, and sorts their keys alone
        key = query.key[0]
        first = f"SELECT {key} FROM {rows}{beyond} ORDER BY {order[0]} || ''{cut}"
        sql = f"SELECT * FROM {rows} WHERE {key} = ANY(ARRAY({first}))"
    sql += f" ORDER BY {', '.join(order)}{cut}"
    return [dict(zip(query.columns, row, strict=True)) for row in engine.fetch(sql, bound)]


def _collated(name: str, dialect: Dialect) -> str:
    """Return ``name`` as it orders the same everywhere: text by its bytes."""
    return f'CAST({name} AS text) COLLATE "C"' if dialect == "postgres" else f"CAST({name} AS VARCHAR)"


def _parameter(name: str, dialect: Dialect) -> str:
    return f"%({name})s" if dialect == "postgres" else f"${name}"


def _statements(
    figure: Figure, members: Members, period: Period, reader: Reader, engine: Engine, agency_code: str | None
) -> list[dict[str, Any]]:
    wanted = {count.statements for count in figure.counts if count.statements}
    if not wanted:
        return []
    raw = tuple(member for _name, member in members)
    return [
        row
        for row in visible_statements(engine, period, reader, agency_code)
        if row["mode"] == "instead"
        and row["figure"] in wanted
        and period.first <= row["period_from"]
        and row["period_to"] <= period.last
        and tuple(row[d.statement] for d in figure.dimensions) == raw
    ]


def _parts(
    figure: Figure, period: Period, reader: Reader, engine: Engine, agency_code: str | None
) -> tuple[tuple[str, int], ...]:
    from .catalogue import FIGURES

    parts = []
    for count in (figure.numerator, figure.minus):
        part = next(f for f in FIGURES.values() if f.counts == (count,))
        answer = answer_for(part, (), period, reader=reader, engine=engine, agency_code=agency_code)
        parts.append((part.id, int(answer.value or 0)))
    return tuple(parts)
