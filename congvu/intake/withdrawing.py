"""Taking a whole load back: new rows go, changed rows are again as they were. Not while anything rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, connection, models, transaction
from django.db.backends.utils import CursorWrapper

from congvu.access.rules import Reader
from congvu.exchange.loading import EACH_NEW_ROW
from congvu.exchange.services import refuse_second
from congvu.exchange.tables import Table, tables
from congvu.figures.period import Cycle, Period
from congvu.journal.hashes import key_sql
from congvu.journal.services import act
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_instant, format_number, format_period
from congvu.province.records import AgencyCode, Record, guarded_models
from congvu.reports.models import ReportPeriod, Revision
from congvu.reports.term import Term

from .models import SheetLoad
from .rules import State
from .taking import LoadNotMoved, get_load, move

EXAMPLES, MOST = 5, 20
"""So many keys of what depends are told, and so many acts, periods and reports."""


class LoadDependedOn(Refusal):
    """Something later rests on the load; ``dependents`` name it."""

    code = "sheet.depended_on"
    status = 409

    def __init__(self, dependents: list[Dependent]) -> None:
        self.dependents = dependents
        told = "; ".join(dependent.words for dependent in dependents)
        super().__init__(f"Không rút được lần nạp này vì dữ liệu về sau dựa vào nó: {told}.")


@dataclass(frozen=True, slots=True)
class Dependent:
    """What rests on a load: ``rows`` of ``table``, with some of their keys."""

    words: str
    table: str
    rows: int
    examples: tuple[str, ...]


def dependents(reader: Reader, number: int) -> list[Dependent]:
    """Return what rests on a load that was written, whatever the reader may see of it."""
    load = get_load(reader, number)
    if load.act is None:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        _gather(cursor, load)
        found = list(_dependents(cursor, load, load.act))
        cursor.execute("DROP TABLE withdrawn")
    return found


def withdraw(reader: Reader, number: int, reason: str) -> SheetLoad:
    """Take a load back as one act.

    Raises
    ------
    LoadNotMoved
        It was not written, or was withdrawn before, or no reason is given.
    LoadDependedOn
    LoadUnderWay
        Another load runs.
    """
    if not reason.strip():
        raise LoadNotMoved("Hãy ghi lý do rút lần nạp này; lý do được ghi vào nhật ký.")
    get_load(reader, number)
    with transaction.atomic(), connection.cursor() as cursor:
        refuse_second(cursor)
        load = SheetLoad.objects.select_for_update().get(pk=number)
        move(load, State.WITHDRAWN)
        if load.act is not None:
            _gather(cursor, load)
            if found := list(_dependents(cursor, load, load.act)):
                raise LoadDependedOn(found)
            try:
                load.withdrawn_by = _take_back(cursor, reader, load, load.act, reason.strip())
            except IntegrityError as error:
                raise LoadDependedOn([_against(error, load.target)]) from error
            cursor.execute("DROP TABLE withdrawn")
        load.save()
    return load


def _gather(cursor: CursorWrapper, load: SheetLoad) -> None:
    """List the load's records in a temporary table: key, and whether the load brought it in."""
    cursor.execute(
        "CREATE TEMP TABLE withdrawn ON COMMIT DROP AS SELECT key, bool_or(new) AS new FROM sheet_origins "
        "WHERE load_id = %s GROUP BY key",
        [load.number],
    )
    cursor.execute("CREATE UNIQUE INDEX ON withdrawn (key)")
    cursor.execute("ANALYZE withdrawn")


def _take_back(cursor: CursorWrapper, reader: Reader, load: SheetLoad, written: int, reason: str) -> int:
    model = tables()[load.target].model
    cursor.execute("SELECT count(*) FILTER (WHERE new), count(*) FILTER (WHERE NOT new) FROM withdrawn")
    new, changed = cursor.fetchone()
    told = "true" if new <= EACH_NEW_ROW else "NOT new"
    data = {"load": load.number, "act": written, "table": load.target, "removed": new, "restored": changed}
    with act("sheet:withdraw", actor=reader, reason=reason, data=data) as opened:
        with opened.changing_set(model, f"SELECT key FROM withdrawn WHERE {told}"):
            _restore(cursor, model, written)
            cursor.execute(f"DELETE FROM {model.table()} r USING withdrawn w WHERE w.new AND w.key = {key_sql(model)}")
            # what a rule of the database says against it, it says here and not when the transaction ends
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        if new > EACH_NEW_ROW:
            opened.checkpoint(model)
    cursor.execute("DELETE FROM sheet_origins WHERE load_id = %s", [load.number])
    return opened.id


def _against(error: IntegrityError, table: str) -> Dependent:
    """Return what the database itself has against the rows being as they were before."""
    detail = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "?"
    return Dependent(f"dữ liệu hiện có của bảng {table} trái với các dòng cũ (ràng buộc {detail})", table, 1, ())


def _restore(cursor: CursorWrapper, model: type[Record], written: int) -> None:
    columns = [column for column in model.columns() if column not in model.key]
    if not columns:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f'(b.old)."{column}"' for column in columns)
    cursor.execute(
        f"UPDATE {model.table()} r SET ({names}) = ROW({values}) "
        "FROM (SELECT w.key, jsonb_populate_record(q, c.before) AS old FROM withdrawn w "
        'JOIN journal_change c ON c.act_id = %s AND c."table" = %s AND c.key = w.key '
        f"JOIN {model.table()} q ON {key_sql(model, 'q')} = w.key WHERE NOT w.new) b "
        f"WHERE b.key = {key_sql(model)}",
        [written, model.table()],
    )


def _dependents(cursor: CursorWrapper, load: SheetLoad, written: int) -> Iterator[Dependent]:
    table = tables()[load.target]
    yield from _changed_later(cursor, table, written)
    for model in guarded_models():
        for field in model._meta.concrete_fields:
            if field.related_model is table.model:
                yield from _named(cursor, model, table, str(field.column))
            elif isinstance(field, AgencyCode) and table.name == "agencies":
                yield from _without_agency(cursor, model, field, written)
    yield from _closed_over(cursor, table, load)


def _changed_later(cursor: CursorWrapper, table: Table, written: int) -> Iterator[Dependent]:
    cursor.execute(
        "SELECT c.act_id, a.at, count(*), (array_agg(c.key ORDER BY c.key))[:%s] FROM journal_change c "
        "JOIN withdrawn w ON w.key = c.key JOIN journal_act a ON a.id = c.act_id "
        'WHERE c."table" = %s AND c.act_id > %s '
        # a later load that was itself withdrawn left the row as it found it
        "AND NOT EXISTS (SELECT FROM sheet_loads l WHERE l.withdrawn_by IS NOT NULL "
        "AND c.act_id IN (l.act, l.withdrawn_by)) "
        "GROUP BY c.act_id, a.at ORDER BY c.act_id LIMIT %s",
        [EXAMPLES, table.name, written, MOST],
    )
    for later, at, rows, keys in cursor.fetchall():
        words = f"{format_number(rows)} dòng được sửa về sau bởi thao tác số {later} lúc {format_instant(at)}"
        yield _dependent(words, table.name, rows, keys)


def _named(cursor: CursorWrapper, model: type[Record], table: Table, column: str) -> Iterator[Dependent]:
    """Yield the rows of ``model`` that name a row which would go, other than those that would go themselves."""
    own = f"AND NOT EXISTS (SELECT FROM withdrawn o WHERE o.new AND o.key = {key_sql(model)})"
    cursor.execute(
        f'SELECT {key_sql(model)} FROM {model.table()} r JOIN withdrawn w ON w.new AND w.key = r."{column}" '
        f"{own if model is table.model else ''}"
    )
    keys = [key for (key,) in cursor.fetchall()]
    if keys:
        words = f"{format_number(len(keys))} dòng của bảng {model.table()} dẫn đến các dòng này"
        yield _dependent(words, model.table(), len(keys), sorted(keys)[:EXAMPLES])


def _without_agency(cursor: CursorWrapper, model: type[Record], field: AgencyCode, written: int) -> Iterator[Dependent]:
    """Yield the rows whose agency, on their own day, would go or would end before that day."""
    day, joins = (field.day, "") if field.day else (model.day, model.day_joins)
    own = f"AND NOT EXISTS (SELECT FROM withdrawn o WHERE o.new AND o.key = {key_sql(model)})"
    cursor.execute(
        f'SELECT {key_sql(model)} FROM {model.table()} r {joins} JOIN agencies a ON a.code = r."{field.column}" '
        f"AND (({day}) IS NULL OR ({day}) BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')) "
        f"JOIN withdrawn w ON w.key = {key_sql(tables()['agencies'].model, 'a')} "
        "LEFT JOIN journal_change told ON NOT w.new AND told.act_id = %s AND told.\"table\" = 'agencies' "
        "AND told.key = w.key "
        f"WHERE (w.new OR ({day}) > (told.before ->> 'valid_to')::date) {own if model.table() == 'agencies' else ''}",
        [written],
    )
    keys = [key for (key,) in cursor.fetchall()]
    if keys:
        words = f"{format_number(len(keys))} dòng của bảng {model.table()} thuộc các cơ quan này"
        yield _dependent(words, model.table(), len(keys), sorted(keys)[:EXAMPLES])


def _closed_over(cursor: CursorWrapper, table: Table, load: SheetLoad) -> Iterator[Dependent]:
    """Yield the periods and reports that were closed after the load over the days of its rows."""
    days = " UNION ALL ".join(
        f"SELECT {agency} AS agency, ({day}) AS day, {key_sql(table.model)} AS key FROM {table.name} r {joins} "
        f"JOIN withdrawn w ON w.key = {key_sql(table.model)}"
        for agency, day, joins in _days(table)
    )
    cursor.execute(
        "SELECT c.agency, c.period_from, c.period_to, count(DISTINCT d.key), min(d.key) FROM x_closings c "
        f"JOIN ({days}) d ON d.day BETWEEN c.period_from AND c.period_to "
        "AND (d.agency = c.agency OR c.below ? d.agency) "
        "WHERE c.reopened_at IS NULL AND c.closed_at > %s GROUP BY 1, 2, 3 ORDER BY 2, 1 LIMIT %s",
        [load.done_at, MOST],
    )
    for agency, first, last, rows, example in cursor.fetchall():
        words = f"số liệu {format_period(first, last)} của {agency} đã chốt, có {format_number(rows)} dòng này"
        yield _dependent(words, "x_closings", rows, [example])
    for revision in Revision.objects.filter(frozen_at__gt=load.done_at).order_by("frozen_at")[:MOST]:
        periods = _periods(revision)
        within = " OR ".join(["d.day BETWEEN %s AND %s"] * len(periods))
        bounds = [day for period in periods for day in (period.first, period.last)]
        cursor.execute(f"SELECT count(DISTINCT d.key), min(d.key) FROM ({days}) d WHERE {within}", bounds)
        rows, example = cursor.fetchone()
        if rows:
            words = (
                f"«{revision.document['title']}», bản {revision.number}, đã chốt lúc "
                f"{format_instant(revision.frozen_at)}, có kỳ số liệu chứa {format_number(rows)} dòng này"
            )
            yield _dependent(words, "report_revisions", rows, [example])


def _periods(revision: Revision) -> list[Period]:
    """Return the days that a frozen report is about: those of its term, and the periods stored with it."""
    stored = ReportPeriod.objects.filter(report=revision.report, year=revision.year, part=revision.part)
    term = Term(revision.year, Cycle(revision.cycle), revision.part)
    return [term.days, *(Period(one.period_from, one.period_to) for one in stored)]


def _days(table: Table) -> Iterator[tuple[str, str, str]]:
    """Yield the agency, the day and its joins, for every day on which figures may count a row ``r``."""
    model = table.model
    agency = next((f'r."{c.name}"' for c in table.columns if c.agency and c.name.endswith("agency")), "NULL::text")
    yield agency, model.day, model.day_joins
    for field in model._meta.concrete_fields:
        if isinstance(field, models.GeneratedField) and f"r.{field.column}" != model.day:
            yield agency, f"r.{field.column}", ""


def _dependent(words: str, table: str, rows: int, keys: list[str]) -> Dependent:
    return Dependent(words, table, rows, tuple(key.replace("\x1f", ", ") for key in keys))
