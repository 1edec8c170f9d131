"""The hash of a record, of an act, of a batch of acts. Records are hashed by the database, acts here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from congvu.province.records import Record

BLOCK_ROWS = 500


def key_sql(model: type[Record], alias: str = "r") -> str:
    """Return SQL for a record's key as one text; parts are joined by U+001F, which no code holds."""
    parts = [
        f"nullif({alias}.{column}::text, '{model.later[column]}')"
        if column in model.later
        else f"coalesce({alias}.{column}::text, '')"
        for column in model.key
    ]  # what is NULL is left out where the parts are joined
    joined = parts[0] if len(parts) == 1 else "concat_ws(E'\\x1f', " + ", ".join(parts) + ")"
    return f'({joined} COLLATE "C")'


def hash_sql(model: type[Record], alias: str = "r") -> str:
    """Return SQL (bytea) for the hash of a record's row; the session's time zone must be UTC, as ours is."""
    first = ", ".join(f"{alias}.{column}" for column in model.columns() if column not in model.later)
    later = "".join(
        f" || coalesce(' {column} ' || nullif({alias}.{column}::text, '{model.later[column]}'), '')"
        for column in model.columns()
        if column in model.later
    )
    return f"sha256(convert_to(ROW({first})::text{later}, 'UTF8'))"


def act_hash(act_id: int) -> bytes | None:
    """Return the hash over an act and all its parts as they stand in the database now; None where it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, kind, actor_id, actor_name, agency, subject_table, subject_key, reason, data::text, "
            "transaction FROM journal_act WHERE id = %s",
            [act_id],
        )
        act = cursor.fetchone()
        if act is None:
            return None
        whole = hashlib.sha256(_line(act))
        cursor.execute(
            'SELECT id, "table", key, before::text, after::text, before_hash, after_hash '
            "FROM journal_change WHERE act_id = %s ORDER BY id",
            [act_id],
        )
        for row in cursor.fetchall():
            whole.update(_line(row))
        cursor.execute(
            'SELECT id, "table", first, last, rows, hash FROM journal_block WHERE act_id = %s ORDER BY id', [act_id]
        )
        for row in cursor.fetchall():
            whole.update(_line(row))
    return whole.digest()


def _line(row: Sequence[Any]) -> bytes:
    return json.dumps([str(v) if v is not None else None for v in row], ensure_ascii=False).encode() + b"\n"


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over ``leaves`` (RFC 6962's tree: leaves and nodes are hashed apart; an odd one moves up)."""
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def seal_hash(number: int, previous: str, root: str, at: str, snapshot: str, acts: Sequence[int]) -> str:
    return hashlib.sha256(json.dumps([number, previous, root, at, snapshot, list(acts)]).encode()).hexdigest()
