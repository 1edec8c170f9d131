"""The rows of a load in the database, before any record changes: one temporary table ``load_<table>`` each.

A staged row is whole: what the package does not carry is what the stored row has, else the default. Beside the
record's columns it has ``line``, ``known`` (its key is stored), ``changed`` (and something differs) and ``surrogate``
(what only the database knows a stored row by).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from .canonical import Canonical
from .reading import Cooked
from .tables import Table

Sent = Cooked | Canonical


@dataclass(frozen=True)
class Staged:
    """One table of a load; ``new`` and ``changed`` count its rows."""

    table: Table
    file: str
    carried: frozenset[str]
    rows: int
    new: int
    changed: int

    @property
    def unchanged(self) -> int:
        return self.rows - self.new - self.changed

    @property
    def all_new(self) -> bool:
        return self.new == self.rows

    @property
    def name(self) -> str:
        return f"load_{self.table.name}"


def quoted(names: Sequence[str], alias: str = "") -> str:
    """Return a list of columns for SQL."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(f'{prefix}"{name}"' for name in names)


def same_key(table: Table, left: str, right: str) -> str:
    """Return the SQL condition that two rows have one key; an empty part equals an empty one."""
    terms = []
    for name in table.key:
        required = table.column(name).required or table.column(name).default is not None
        operator = "=" if required or (table.name, name) == ("statements", "level") else "IS NOT DISTINCT FROM"
        terms.append(f'{left}."{name}" {operator} {right}."{name}"')
    return " AND ".join(terms)


def value(table: Table, name: str) -> str:
    """Return SQL for a column of a staged row ``s``; an empty cell may follow from another one of its row."""
    if (table.name, name) == ("dossiers", "handling_agency"):
        return "coalesce(s.handling_agency, s.agency)"
    if (table.name, name) == ("dossiers", "first_due_at"):
        return "coalesce(s.first_due_at, s.due_at)"
    return f's."{name}"'


def generated(table: Table) -> dict[str, tuple[str, str]]:
    """Return the columns that the database computes, each with its type and its SQL over the row's other columns."""
    found = {}
    for field in table.model._meta.concrete_fields:
        if isinstance(field, models.GeneratedField):
            sql, _params = field.generated_sql(connection)
            found[str(field.column)] = str(field.db_type(connection)), sql
    return found


def is_day(table: Table, column: str) -> bool:
    """Return whether a computed column is the row's own day: asked for so often that it is staged."""
    return f"r.{column}" in table.model.day


def copy_in(cursor: CursorWrapper, table: Table, sent: Sent) -> None:
    """Create the staging table of ``table`` and copy the rows of the package into it."""
    name = f"load_{table.name}"
    cursor.execute(
        f"CREATE TEMP TABLE {name} ON COMMIT DROP AS SELECT NULL::int AS line, false AS known, "
        f"false AS changed, NULL::bigint AS surrogate, {quoted(table.names)} FROM {table.name} WITH NO DATA"
    )
    computed = "".join(
        f', ADD "{column}" {type_} GENERATED ALWAYS AS ({sql}) STORED'
        for column, (type_, sql) in generated(table).items()
        if is_day(table, column)
    )
    cursor.execute(f"ALTER TABLE {name} ALTER known SET DEFAULT false, ALTER changed SET DEFAULT false{computed}")
    if isinstance(sent, Canonical):
        _copy_file(cursor, name, sent)
    elif sent.rows:
        names = list(sent.columns)
        rows = "\n".join(map("\t".join, zip(map(str, sent.lines), *sent.columns.values(), strict=True)))
        with cursor.copy(f"COPY {name} (line, {quoted(names)}) FROM STDIN") as copy:
            copy.write(rows)


def _copy_file(cursor: CursorWrapper, name: str, sent: Canonical) -> None:
    """Copy a file as it is; its rows begin on line 2, one a line, so the database can count them."""
    cursor.execute("CREATE TEMP SEQUENCE load_line CACHE 1000 MINVALUE 2")
    cursor.execute(f"ALTER TABLE {name} ALTER line SET DEFAULT nextval('load_line')")
    with cursor.copy(f"COPY {name} ({quoted(sent.header)}) FROM STDIN (FORMAT csv, HEADER)") as copy:
        copy.write(sent.content)
    cursor.execute(f"ALTER TABLE {name} ALTER line DROP DEFAULT")
    cursor.execute("DROP SEQUENCE load_line")


def merge(cursor: CursorWrapper, table: Table, file: str, sent: Sent) -> Staged:
    """Complete the staged rows from what is stored, and count what is new and what differs."""
    new, changed = sent.rows, 0
    cursor.execute(
        f"SELECT EXISTS (SELECT FROM {table.name}) "
        f"AND EXISTS (SELECT FROM load_{table.name} s JOIN {table.name} r ON {same_key(table, 'r', 's')})"
    )
    if cursor.fetchone()[0]:
        _join_stored(cursor, table, sent.carried)
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE changed) FROM load_{table.name}"
        )
        new, changed = cursor.fetchone()
    return Staged(table, file, sent.carried, sent.rows, new, changed)


def _join_stored(cursor: CursorWrapper, table: Table, carried: frozenset[str]) -> None:
    whole = {name: _whole(table, name, carried) for name in table.names}
    rest = [name for name in table.names if name not in table.key]
    differs = "false"
    if rest:
        after = ", ".join(whole[name] for name in rest)
        differs = f"r.ctid IS NOT NULL AND ROW({after}) IS DISTINCT FROM ROW({quoted(rest, 'r')})"
    surrogate = f'r."{table.surrogate}"' if table.surrogate else "NULL::bigint"
    values = ", ".join(f'{sql} AS "{name}"' for name, sql in whole.items())
    computed = "".join(f', {sql} AS "{name}"' for name, (_type, sql) in generated(table).items() if is_day(table, name))
    cursor.execute(
        f"CREATE TEMP TABLE merged_{table.name} ON COMMIT DROP AS SELECT q.*{computed} FROM ("
        f"SELECT s.line, r.ctid IS NOT NULL AS known, {differs} AS changed, {surrogate} AS surrogate, {values} "
        f"FROM load_{table.name} s LEFT JOIN {table.name} r ON {same_key(table, 'r', 's')}) q"
    )
    cursor.execute(f"DROP TABLE load_{table.name}")
    cursor.execute(f"ALTER TABLE merged_{table.name} RENAME TO load_{table.name}")


def _whole(table: Table, name: str, carried: frozenset[str]) -> str:
    """Return SQL for a column of a staged row ``s`` whose stored row, if there is one, is ``r``."""
    # Due instants are stated once, or computed once: an empty cell does not take them back.
    if (table.name, name) == ("dossiers", "due_at"):
        return "coalesce(s.due_at, r.due_at)"
    if (table.name, name) == ("dossiers", "first_due_at"):
        return f"coalesce({value(table, name)}, r.{name})" if name in carried else f"coalesce(r.{name}, s.due_at)"
    sent = value(table, name)
    return sent if name in carried else f'CASE WHEN r.ctid IS NULL THEN {sent} ELSE r."{name}" END'


def drop(cursor: CursorWrapper, staged: Iterable[Staged]) -> None:
    """Take the staging tables away: within a longer transaction another load may follow."""
    for one in staged:
        cursor.execute(f"DROP TABLE {one.name}")
