"""The rows of a load in the database, before any record changes: one temporary table ``load_<table>`` each.

A staged row is whole: what the package does not carry is what the stored row has, else the default. Beside the
record's columns it has ``line``, ``known`` (its key is stored), ``changed`` (and something differs) and ``surrogate``
(what only the database knows a stored row by).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from .reading import Cooked
from .tables import Table


@dataclass(frozen=True)
class Staged:
    """One table of a load. ``alone``: nothing was stored before; ``new`` and ``changed`` count its rows."""

    table: Table
    file: str
    carried: frozenset[str]
    rows: int
    alone: bool
    new: int
    changed: int

    @property
    def unchanged(self) -> int:
        return self.rows - self.new - self.changed

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


def copy_in(cursor: CursorWrapper, table: Table, cooked: Cooked) -> None:
    """Create the staging table of ``table`` and copy the rows of the package into it."""
    cursor.execute(
        f"CREATE TEMP TABLE load_{table.name} ON COMMIT DROP AS SELECT NULL::int AS line, false AS known, "
        f"false AS changed, NULL::bigint AS surrogate, {quoted(table.names)} FROM {table.name} WITH NO DATA"
    )
    cursor.execute(
        f"ALTER TABLE load_{table.name} ALTER known SET DEFAULT false, ALTER changed SET DEFAULT false"
    )
    if not cooked.lines:
        return
    names = list(cooked.columns)
    rows = "\n".join(map("\t".join, zip(map(str, cooked.lines), *cooked.columns.values(), strict=True)))
    with cursor.copy(f"COPY load_{table.name} (line, {quoted(names)}) FROM STDIN") as copy:
        copy.write(rows)


def is_empty(cursor: CursorWrapper, table: Table) -> bool:
    cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {table.name})")
    return bool(cursor.fetchone()[0])


def merge(cursor: CursorWrapper, table: Table, file: str, cooked: Cooked) -> Staged:
    """Complete the staged rows from what is stored, and count what is new and what differs."""
    alone = is_empty(cursor, table)
    if not alone:
        _join_stored(cursor, table, cooked.carried)
    rows = len(cooked.lines)
    new, changed = rows, 0
    if not alone:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE changed) FROM load_{table.name}"
        )
        new, changed = cursor.fetchone()
    return Staged(table, file, cooked.carried, rows, alone, new, changed)


def _join_stored(cursor: CursorWrapper, table: Table, carried: frozenset[str]) -> None:
    whole = {name: _whole(table.name, name, carried) for name in table.names}
    values = ", ".join(f'{sql} AS "{name}"' for name, sql in whole.items())
    rest = [name for name in table.names if name not in table.key]
    differs = "false"
    if rest:
        after = ", ".join(whole[name] for name in rest)
        differs = f"r.ctid IS NOT NULL AND ROW({after}) IS DISTINCT FROM ROW({quoted(rest, 'r')})"
    surrogate = f'r."{table.surrogate}"' if table.surrogate else "NULL::bigint"
    cursor.execute(
        f"CREATE TEMP TABLE merged_{table.name} ON COMMIT DROP AS SELECT s.line, r.ctid IS NOT NULL AS known, "
        f"{differs} AS changed, {surrogate} AS surrogate, {values} "
        f"FROM load_{table.name} s LEFT JOIN {table.name} r ON {same_key(table, 'r', 's')}"
    )
    cursor.execute(f"DROP TABLE load_{table.name}")
    cursor.execute(f"ALTER TABLE merged_{table.name} RENAME TO load_{table.name}")


def _whole(table: str, name: str, carried: frozenset[str]) -> str:
    """Return SQL for a column of a staged row ``s`` whose stored row, if there is one, is ``r``."""
    # Due instants are stated once, or computed once: an empty cell does not take them back.
    if (table, name) == ("dossiers", "due_at"):
        return "coalesce(s.due_at, r.due_at)"
    if (table, name) == ("dossiers", "first_due_at"):
        first, then = ("s", "r") if name in carried else ("r", "s")
        return f"coalesce({first}.first_due_at, {then}.first_due_at)"
    return f's."{name}"' if name in carried else f'CASE WHEN r.ctid IS NULL THEN s."{name}" ELSE r."{name}" END'


def drop(cursor: CursorWrapper, staged: Iterable[Staged]) -> None:
    """Take the staging tables away: within a longer transaction another load may follow."""
    for one in staged:
        cursor.execute(f"DROP TABLE {one.name}")
