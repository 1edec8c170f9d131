"""Writing what was staged and found right: one act, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError
from django.db.backends.utils import CursorWrapper

from congvu.journal.hashes import key_sql
from congvu.journal.services import OpenAct

from .bulk import WORTH_IT, suspended
from .problems import Findings, PackageRefused, Problem
from .staging import Staged, quoted, same_key, value

EACH_NEW_ROW = 5_000
"""So many new rows of a table are told one by one in the journal; beyond, the table is hashed in blocks."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did to one table."""

    new: int
    changed: int
    unchanged: int


def write(cursor: CursorWrapper, act: OpenAct, staged: Sequence[Staged]) -> None:
    """Write every new and changed row, and tell the journal.

    Raises
    ------
    PackageRefused
        The database itself refuses a row that every check let pass.
    """
    many = {one.table.name: one.new for one in staged if one.new >= WORTH_IT}
    current = staged[0]
    try:
        with suspended(cursor, many):
            for current in staged:
                _write_table(cursor, act, current)
    except IntegrityError as error:
        raise _refused(current, error) from error


def _write_table(cursor: CursorWrapper, act: OpenAct, staged: Staged) -> None:
    if not staged.new and not staged.changed:
        return
    model = staged.table.model
    told = "NOT s.known OR s.changed" if staged.new <= EACH_NEW_ROW else "s.changed"
    if staged.changed or staged.new <= EACH_NEW_ROW:
        with act.changing_set(model, f"SELECT {key_sql(model, 's')} AS key FROM {staged.name} s WHERE {told}"):
            _update(cursor, staged)
            _insert(cursor, staged)
    else:
        _insert(cursor, staged)
    if staged.new > EACH_NEW_ROW:
        act.checkpoint(model)


def _update(cursor: CursorWrapper, staged: Staged) -> None:
    if not staged.changed:
        return
    table = staged.table
    values = ", ".join(f'"{name}" = s."{name}"' for name in table.names if name not in table.key)
    cursor.execute(
        f"UPDATE {table.name} r SET {values} FROM {staged.name} s WHERE s.changed AND {same_key(table, 'r', 's')}"
    )


def _insert(cursor: CursorWrapper, staged: Staged) -> None:
    if not staged.new:
        return
    table = staged.table
    values = ", ".join(value(table, name) for name in table.names)
    where = "" if staged.all_new else "WHERE NOT s.known"
    cursor.execute(f"INSERT INTO {table.name} ({quoted(table.names)}) SELECT {values} FROM {staged.name} s {where}")


def _refused(staged: Staged, error: DatabaseError) -> PackageRefused:
    cause = error.__cause__
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or "?"
    found = Findings()
    found.add(Problem(staged.file, None, None, None, f"cơ sở dữ liệu không nhận (ràng buộc {constraint})"))
    return PackageRefused(found)
