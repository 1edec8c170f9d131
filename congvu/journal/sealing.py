"""Sealing acts in batches, and the copy of each seal outside the database."""

from __future__ import annotations

import json
import os
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from congvu.kernel import clock

from .hashes import act_hash, merkle_root, seal_hash

BATCH = 1000
_LOCK = 0x434F4E47  # one sealer at a time


def seals_folder() -> Path:
    return Path(settings.HOME) / "seals"


def seal_acts() -> int:
    """Seal every committed act that is not sealed yet; return how many. Another sealer at work is left to it.

    An act that stands before the last sealed one, though its transaction was not under way when that one was
    sealed, was put there by somebody: it is never sealed, and ``audit verify`` names it.
    """
    sealed = 0
    while True:
        batch = _seal_batch()
        sealed += batch
        if batch < BATCH:
            return sealed


_UNSEALED = """
WITH last AS (
    SELECT (SELECT max(act_id) FROM journal_sealed_act) AS act,
           (SELECT snapshot::pg_snapshot FROM journal_seal ORDER BY number DESC LIMIT 1) AS snapshot
)
SELECT a.id, pg_current_snapshot()::text
FROM journal_act a CROSS JOIN last LEFT JOIN journal_sealed_act s ON s.act_id = a.id
WHERE s.act_id IS NULL
  AND (last.act IS NULL OR a.id > last.act OR (
      a.transaction < pg_snapshot_xmax(last.snapshot)::text::bigint
      AND NOT pg_visible_in_snapshot(a.transaction::text::xid8, last.snapshot)))
ORDER BY a.id LIMIT %s
"""


def _seal_batch() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_UNSEALED, [BATCH])
        found = cursor.fetchall()
        if not found:
            return 0
        acts, snapshot = [row[0] for row in found], found[0][1]
        leaves = [act_hash(act_id) or b"" for act_id in acts]
        cursor.execute("SELECT number, hash FROM journal_seal ORDER BY number DESC LIMIT 1")
        last = cursor.fetchone() or (0, "")
        number, at = last[0] + 1, clock.now().astimezone(UTC)
        root = merkle_root(leaves).hex()
        hash_ = seal_hash(number, last[1], root, at.isoformat(), snapshot, acts)
        cursor.execute(
            "INSERT INTO journal_seal (number, at, acts, snapshot, root, previous, hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [number, at, json.dumps(acts), snapshot, root, last[1], hash_],
        )
        cursor.executemany(
            "INSERT INTO journal_sealed_act (act_id, seal_id, position, hash) VALUES (%s, %s, %s, %s)",
            [
                (act_id, number, place, leaf.hex())
                for place, (act_id, leaf) in enumerate(zip(acts, leaves, strict=True))
            ],
        )
    _write_outside()
    return len(acts)


def _write_outside() -> None:
    """Append the seals that the book outside does not have yet to the day's file, and force it to disk.

    Written after the commit: a number then never stands in the book twice, unless somebody took a seal away
    and another was made in its place. A seal whose line was lost to a crash is written by the next sealing.
    """
    written = max(seals_outside(), default=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM journal_seal")
        newest = cursor.fetchone()[0] or 0
        cursor.execute(
            "SELECT number, hash, at, acts FROM journal_seal WHERE number > %s ORDER BY number",
            [min(written, newest - 1)],
        )
        seals = cursor.fetchall()
    folder = seals_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{clock.today().isoformat()}.jsonl").open("a", encoding="utf-8") as file:
        for number, hash_, at, acts in seals:
            last_act = json.loads(acts)[-1]
            line = {"number": number, "hash": hash_, "at": at.isoformat(), "last_act": last_act}
            file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def seals_outside() -> dict[int, set[str]]:
    """Return number -> the hashes under which the book outside has a seal; more than one is a fault."""
    found: dict[int, set[str]] = {}
    for path in sorted(seals_folder().glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                seal = json.loads(line)
                found.setdefault(seal["number"], set()).add(seal["hash"])
    return found
