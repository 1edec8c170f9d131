"""Where records came from: written with them, read beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from congvu.exchange.staging import Staged
from congvu.exchange.values import escaped
from congvu.journal.hashes import key_sql


@dataclass(frozen=True, slots=True)
class OriginShown:
    """The row of a sheet from which a record was last written; ``stated`` is what the sheet said beside, by title."""

    key: str
    load: int
    file_name: str
    sheet: str
    row: int
    mapping: str
    mapping_version: int | None
    by: str
    at: datetime
    stated: Mapping[str, str]


def write_origins(
    cursor: CursorWrapper,
    load: int,
    staged: Staged,
    lines: Sequence[int],
    rows: Sequence[int],
    stated: Mapping[str, Sequence[str]],
) -> None:
    """Keep for every new or changed row of ``staged`` which of the sheet's ``rows`` it is; ``lines`` name the rows."""
    cursor.execute("CREATE TEMP TABLE load_origins (line int PRIMARY KEY, row int, stated jsonb) ON COMMIT DROP")
    beside = _beside(stated, len(rows))
    with cursor.copy("COPY load_origins FROM STDIN") as copy:
        copy.write("".join(f"{line}\t{row}\t{told}\n" for line, row, told in zip(lines, rows, beside, strict=True)))
    cursor.execute(
        "INSERT INTO sheet_origins (record_table, key, load_id, row, new, stated) "
        f"SELECT %s, {key_sql(staged.table.model, 's')}, %s, o.row, NOT s.known, o.stated "
        f"FROM {staged.name} s JOIN load_origins o ON o.line = s.line WHERE NOT s.known OR s.changed",
        [staged.table.name, load],
    )
    cursor.execute("DROP TABLE load_origins")


def _beside(stated: Mapping[str, Sequence[str]], rows: int) -> list[str]:
    """Return for every row what ``COPY`` reads as its JSON."""
    if not stated:
        return ["\\N"] * rows
    titles = list(stated)
    texts = [
        json.dumps({title: cell for title, cell in zip(titles, cells, strict=True) if cell}, ensure_ascii=False)
        for cells in zip(*stated.values(), strict=True)
    ]
    changed = escaped(set(texts))
    return [changed.get(text, text) for text in texts]


_LATEST = """
SELECT DISTINCT ON (o.key) o.key, l.number, l.file_name, coalesce(l.facts ->> 'sheet', ''), o.row,
       coalesce(m.name, ''), l.saved_version, l.by, l.done_at, o.stated::text
FROM sheet_origins o JOIN sheet_loads l ON l.number = o.load_id
LEFT JOIN x_sheet_mappings m ON m.code = l.saved_code AND m.version = l.saved_version
WHERE o.record_table = %s AND o.key = ANY(%s)
ORDER BY o.key, o.id DESC
"""


def origins_of(table: str, keys: Iterable[str]) -> dict[str, OriginShown]:
    """Return the latest origin of each record of ``table`` that a sheet wrote; keys as the journal has them.

    Whoever may see a record may know where it came from: ask for the keys of rows that the reader was given.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [table, list(keys)])
        rows: list[Any] = cursor.fetchall()
    return {row[0]: OriginShown(*(*row[:-1], json.loads(row[-1] or "{}"))) for row in rows}
