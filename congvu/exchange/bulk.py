"""Filling tables fast: their indexes and references are taken away before, and built at one go after.

The application's role owns no table; the functions of ``bulk.sql``, which the owner installs, do it for a table of
records that is empty or at least doubles, within an act, and the transaction cannot commit unless everything is back.
Until it ends nobody else reads that table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files

from django.db import connections
from django.db.backends.utils import CursorWrapper

WORTH_IT = 10_000
"""From so many rows on, building anew is faster than adding row by row."""


def install() -> None:
    """Put the functions in place (again), as the owner, out of reach of everybody but their callers."""
    owner = connections["owner"]
    application = connections["default"].settings_dict["USER"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        sql = (files("congvu.exchange") / "bulk.sql").read_text(encoding="utf-8")
        cursor.execute(sql.replace("{schema}", schema))
        if application and application != owner.settings_dict["USER"]:
            cursor.execute(f"REVOKE ALL ON exchange_suspended FROM {owner.ops.quote_name(application)}")


@contextmanager
def suspended(cursor: CursorWrapper, added: Mapping[str, int]) -> Iterator[None]:
    """Run the block, which adds so many rows to tables, with their indexes and references away where that pays."""
    done = [table for table, rows in added.items() if _suspend(cursor, table, rows)]
    yield
    if done:
        cursor.execute("SELECT exchange_restore()")


def _suspend(cursor: CursorWrapper, table: str, rows: int) -> bool:
    cursor.execute("SELECT exchange_suspend(%s, %s)", [table, rows])
    return bool(cursor.fetchone()[0])
