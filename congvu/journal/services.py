"""Writing acts. Everything that changes a record does so inside :func:`act`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from congvu.kernel import clock
from congvu.province.records import Record

from .hashes import BLOCK_ROWS, hash_sql, key_sql


class Actor(Protocol):
    """Who does it: a reader in a seat (:class:`congvu.access.rules.Reader`), or the system itself."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def agency_code(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act being written; its parts join it until the block ends."""

    id: int

    @contextmanager
    def changing(self, model: type[Record], keys: Sequence[str]) -> Iterator[None]:
        """Tell what the block does to the records of ``keys``: what changed, and their hashes before and after."""
        before = _read(model, keys)
        yield
        after = _read(model, keys)
        for key in keys:
            if before.get(key) != after.get(key):
                _write_change(self.id, model.table(), key, before.get(key), after.get(key))

    @contextmanager
    def changing_set(self, model: type[Record], keys: str) -> Iterator[None]:
        """Do what :meth:`changing` does, set by set in the database: for as many records as one likes.

        ``keys`` is a query for one column ``key`` (:func:`.hashes.key_sql`), each key once; it is asked before
        and after the block, and must then still give the same.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE journal_before AS SELECT k.key, {_values_and_hash(model)} "
                f"FROM ({keys}) k JOIN {model.table()} r ON {key_sql(model)} = k.key"
            )
            yield
            cursor.execute(_WRITE_CHANGES.format(keys=keys, after=_after_sql(model)), [self.id, model.table()])
            cursor.execute("DROP TABLE journal_before")

    def checkpoint(self, model: type[Record]) -> None:
        """Hash the whole table, block by block: a load's answer to "what stood here after it"."""
        # OFFSET 0: hash first, then sort the short hashes instead of the whole rows
        hashes = f"SELECT {key_sql(model)} AS key, {hash_sql(model)} AS hash FROM {model.table()} r OFFSET 0"
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO journal_block (act_id, "table", first, last, rows, hash) '
                f"SELECT %s, %s, min(key), max(key), count(*), "
                f"encode(sha256(string_agg(hash, ''::bytea ORDER BY key)), 'hex') "
                f"FROM (SELECT key, hash, (row_number() OVER (ORDER BY key) - 1) / {BLOCK_ROWS} AS block "
                f"FROM ({hashes}) h) b "
                f"GROUP BY block ORDER BY block",
                [self.id, model.table()],
            )


_WRITE_CHANGES = """
INSERT INTO journal_change (act_id, "table", key, before, after, before_hash, after_hash)
SELECT %s, %s, k.key,
       CASE WHEN a.key IS NULL THEN b.values ELSE
           (SELECT jsonb_object_agg(o.key, o.value) FROM jsonb_each(b.values) o
            WHERE o.value IS DISTINCT FROM a.values -> o.key) END,
       CASE WHEN b.key IS NULL THEN a.values ELSE
           (SELECT jsonb_object_agg(n.key, n.value) FROM jsonb_each(a.values) n
            WHERE n.value IS DISTINCT FROM b.values -> n.key) END,
       b.hash, a.hash
FROM ({keys}) k LEFT JOIN journal_before b ON b.key = k.key LEFT JOIN ({after}) a ON a.key = k.key
WHERE b.hash IS DISTINCT FROM a.hash
ORDER BY k.key
"""
"""Both sides tell only what differs, where both exist; ``before`` and ``after`` as :func:`_write_change` has them."""


def _values_and_hash(model: type[Record]) -> str:
    hashed = "encode(sha256(convert_to(r.{}::text, 'UTF8')), 'hex')"
    pairs = ", ".join(f"'{c}', {hashed.format(c) if c in model.large else f'r.{c}'}" for c in model.columns())
    return f"jsonb_build_object({pairs}) AS values, encode({hash_sql(model)}, 'hex') AS hash"


def _after_sql(model: type[Record]) -> str:
    return f"SELECT {key_sql(model)} AS key, {_values_and_hash(model)} FROM {model.table()} r"


def _read(model: type[Record], keys: Sequence[str]) -> dict[str, tuple[dict[str, Any], str]]:
    hashed = "encode(sha256(convert_to(r.{}::text, 'UTF8')), 'hex')"
    pairs = ", ".join(f"'{c}', {hashed.format(c) if c in model.large else f'r.{c}'}" for c in model.columns())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key_sql(model)}, jsonb_build_object({pairs})::text, "
            f"encode({hash_sql(model)}, 'hex') FROM {model.table()} r WHERE {key_sql(model)} = ANY(%s)",
            [list(keys)],
        )
        return {key: (json.loads(values), hash_) for key, values, hash_ in cursor.fetchall()}


def _write_change(
    act_id: int,
    table: str,
    key: str,
    before: tuple[dict[str, Any], str] | None,
    after: tuple[dict[str, Any], str] | None,
) -> None:
    old, new = (dict(side[0]) if side else None for side in (before, after))
    if old is not None and new is not None:
        same = {column for column in new if old.get(column) == new[column]}
        old = {c: v for c, v in old.items() if c not in same}
        new = {c: v for c, v in new.items() if c not in same}
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO journal_change (act_id, "table", key, before, after, before_hash, after_hash) '
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                act_id,
                table,
                key,
                None if old is None else json.dumps(old, ensure_ascii=False),
                None if new is None else json.dumps(new, ensure_ascii=False),
                before[1] if before else None,
                after[1] if after else None,
            ],
        )


@contextmanager
def act(
    kind: str,
    *,
    actor: Actor,
    subject: tuple[str, str] | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Iterator[OpenAct]:
    """Write an act and let the block's changes pass the guard; all of it is one transaction, or nothing.

    Parameters
    ----------
    kind
        ``subject:deed``; its sentence stands in :mod:`congvu.journal.kinds`.
    subject
        Table and key of the record that the act is about.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # the transaction takes its number before the act does: sealing relies on that order
        cursor.execute("SELECT coalesce(current_setting('congvu.act', true), ''), pg_current_xact_id()::text")
        outer = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO journal_act (at, kind, actor_id, actor_name, agency, subject_table, subject_key, reason, "
            "data, transaction) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, pg_current_xact_id()::text::bigint) "
            "RETURNING id",
            [
                clock.now(),
                kind,
                actor.user_id,
                actor.name,
                actor.agency_code,
                *(subject or (None, None)),
                reason,
                json.dumps(dict(data or {}), ensure_ascii=False, cls=DjangoJSONEncoder),
            ],
        )
        act_id: int = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('congvu.act', %s, true)", [str(act_id)])
        yield OpenAct(act_id)
        cursor.execute("SELECT set_config('congvu.act', %s, true)", [outer])
