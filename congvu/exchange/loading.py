"""Writing what was staged and found right: one act, set by set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError
from django.db.backends.utils import CursorWrapper

from congvu.journal.hashes import key_sql
from congvu.journal.services import OpenAct

from .problems import Findings, PackageRefused, Problem
from .staging import Staged, quoted, same_key

EACH_NEW_ROW = 5_000
"""So many new rows of a table are told one by one in the journal; beyond, the table is hashed in blocks."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a load did to one table."""

    new: int
    changed: int
    unchanged: int


def write(cursor: CursorWrapper, act: OpenAct, staged: Iterable[Staged]) -> None:
    """Write every new and changed row, and tell the journal.

    Raises
    ------
    PackageRefused
        The database itself refuses a row that every check let pass.
    """
    for one in staged:
        if not one.new and not one.changed:
            continue
        told = "true" if one.new <= EACH_NEW_ROW else "s.known"
        keys = f"SELECT {key_sql(one.table.model, 's')} AS key FROM {one.name} s WHERE (s.changed OR NOT s.known) AND {told}"
        try:
            with act.changing_set(one.table.model, keys):
                _update(cursor, one)
                _insert(cursor, one)
        except IntegrityError as error:
            raise _refused(one, error) from error
        if one.new > EACH_NEW_ROW:
            act.checkpoint(one.table.model)


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
    names = quoted(staged.table.names)
    where = "" if staged.alone else "WHERE NOT known "
    cursor.execute(f"INSERT INTO {staged.table.name} ({names}) SELECT {names} FROM {staged.name} {where}")


def _refused(staged: Staged, error: DatabaseError) -> PackageRefused:
    cause = error.__cause__
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", None) or "?"
    found = Findings()
    found.add(Problem(staged.file, None, None, None, f"cơ sở dữ liệu không nhận (ràng buộc {constraint})"))
    return PackageRefused(found)
