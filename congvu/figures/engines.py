"""Where figures are counted: PostgreSQL over the live facts, DuckDB over a snapshot of them."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from congvu.access.facts import Fact

from .compile import Dialect
from .facts import FACTS

Row = tuple[Any, ...]


class Engine(Protocol):
    dialect: Dialect

    def fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        """Return the rows of ``sql``; parameters that it does not name are ignored."""
        ...


class PostgresEngine:
    dialect: Dialect = "postgres"

    def fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[Row] = cursor.fetchall()
            return rows


_DUCK_TYPES = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "date": "DATE",
    "timestamp": "TIMESTAMP",  # UTC; DuckDB's zoned type would need another library to be read back
    "boolean": "BOOLEAN",
    "decimal": "DECIMAL(30, 10)",
}


class DuckEngine:
    """A folder of Parquet files, one a fact, as written by :func:`snapshot`."""

    dialect: Dialect = "duckdb"

    def __init__(self, folder: Path) -> None:
        import duckdb

        self._connection = duckdb.connect(config={"threads": 2})
        for fact in FACTS:
            path = str(folder / f"{fact.name}.parquet").replace("'", "''")
            self._connection.execute(f"CREATE VIEW {fact.view} AS SELECT * FROM read_parquet('{path}')")

    def fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        named = set(re.findall(r"\$([a-z_0-9]+)", sql))
        rows = self._connection.execute(sql, {k: v for k, v in parameters.items() if k in named}).fetchall()
        return [tuple(_aware(value) for value in row) for row in rows]

    def close(self) -> None:
        self._connection.close()


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def snapshot(folder: Path, facts: Sequence[Fact] = FACTS) -> str:
    """Write every fact as Parquet into ``folder``; return the SHA-256 over the files, in the order of names.

    Call it inside a REPEATABLE READ transaction where the facts must be those of one instant.
    """
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(config={"threads": 2}) as duck:
        for fact in facts:
            text = Path(scratch) / "rows.csv"
            _copy_out(fact, text)
            columns = ", ".join(f"'{c.name}': '{_DUCK_TYPES[c.type]}'" for c in fact.columns)
            target = str(folder / f"{fact.name}.parquet").replace("'", "''")
            duck.execute(
                f"COPY (SELECT * FROM read_csv('{text}', header = false, auto_detect = false, "
                "delim = ',', quote = '\"', "
                f"escape = '\"', nullstr = '\\N', columns = {{{columns}}}, max_line_size = 67108864)) "
                f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
    return digest(folder)


def _copy_out(fact: Fact, path: Path) -> None:
    columns = ", ".join(
        f"{c.name} AT TIME ZONE 'UTC' AS {c.name}" if c.type == "timestamp" else c.name for c in fact.columns
    )
    order = ", ".join(f'{name} COLLATE "C"' if fact.column(name).type == "string" else name for name in fact.key)
    # numbers, dates and text alike are quoted, so that the bare \N alone is NULL
    quoted = ", ".join(c.name for c in fact.columns)
    sql = (
        f"COPY (SELECT {columns} FROM {fact.view} ORDER BY {order}) TO STDOUT "
        f"(FORMAT csv, NULL '\\N', FORCE_QUOTE ({quoted}))"
    )
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(sql) as copy:
        for block in copy:
            file.write(block)


def digest(folder: Path) -> str:
    """Return the SHA-256 over every file of ``folder``: name and content, in the order of names."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
