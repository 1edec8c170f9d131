"""Where figures are counted: PostgreSQL over the live facts, DuckDB over a snapshot of them."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping, Sequence
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
    """Facts in Parquet files, as :func:`snapshot` and closings write them.

    ``source`` is a folder with one file a fact, or fact -> its files, of which there may be none.
    """

    dialect: Dialect = "duckdb"

    def __init__(self, source: Path | Mapping[str, Sequence[Path]]) -> None:
        files = {f.name: [source / f"{f.name}.parquet"] for f in FACTS} if isinstance(source, Path) else source
        self._connection = duck_connection()
        for fact in FACTS:
            self._connection.execute(read_files(fact, files.get(fact.name, ())))

    @classmethod
    def over(cls, connection: Any) -> DuckEngine:
        """Return the engine over a connection that has the facts' tables already."""
        engine = cls.__new__(cls)
        engine._connection = connection
        return engine

    def fetch(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        named = set(re.findall(r"\$([a-z_0-9]+)", sql))
        rows = self._connection.execute(sql, {k: v for k, v in parameters.items() if k in named}).fetchall()
        return [tuple(_aware(value) for value in row) for row in rows]

    def close(self) -> None:
        self._connection.close()


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def duck_connection() -> Any:
    """Return a DuckDB of our own in memory."""
    import duckdb

    return duckdb.connect(config={"threads": 2})


def read_files(fact: Fact, files: Sequence[Path], *, schema: str = "main") -> str:
    """Return the SQL that makes a fact's table: a view of its file, its files read once, or no rows at all."""
    name = f"{schema}.{fact.view}"
    if not files:
        return f"CREATE TABLE {name} ({', '.join(f'{c.name} {_DUCK_TYPES[c.type]}' for c in fact.columns)})"
    kind = "VIEW" if len(files) == 1 else "TABLE"
    listed = ", ".join(_text(str(path)) for path in files)
    return f"CREATE {kind} {name} AS SELECT * FROM read_parquet([{listed}])"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def snapshot(folder: Path, facts: Sequence[Fact] = FACTS) -> str:
    """Write every fact as Parquet into ``folder``; return the SHA-256 over the files, in the order of names.

    Call it inside a REPEATABLE READ transaction where the facts must be those of one instant.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, duck_connection() as duck:
        for fact in facts:
            text = Path(scratch) / "rows.csv"
            _copy_out(fact, fact.view, {}, text)
            write_parquet(duck, _read_csv(fact, text), folder / f"{fact.name}.parquet")
    return digest(folder)


def write_parquet(duck: Any, select: str, path: Path) -> None:
    """Write what DuckDB selects as one Parquet file."""
    duck.execute(f"COPY (SELECT * FROM {select}) TO {_text(str(path))} (FORMAT parquet, COMPRESSION zstd)")


def copy_into(duck: Any, fact: Fact, rows: str, parameters: Mapping[str, Any]) -> None:
    """Fill the fact's table in ``duck`` with what ``rows`` (a query, or the name of a view) yields in PostgreSQL."""
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "rows.csv"
        _copy_out(fact, rows, parameters, text)
        duck.execute(f"CREATE TABLE {fact.view} AS SELECT * FROM {_read_csv(fact, text)}")


def _read_csv(fact: Fact, path: Path) -> str:
    columns = ", ".join(f"'{c.name}': '{_DUCK_TYPES[c.type]}'" for c in fact.columns)
    return (
        f"read_csv({_text(str(path))}, header = false, auto_detect = false, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '\\N', columns = {{{columns}}}, max_line_size = 67108864)"
    )


def _copy_out(fact: Fact, rows: str, parameters: Mapping[str, Any], path: Path) -> None:
    columns = ", ".join(
        f"{c.name} AT TIME ZONE 'UTC' AS {c.name}" if c.type == "timestamp" else c.name for c in fact.columns
    )
    order = ", ".join(f'{name} COLLATE "C"' if fact.column(name).type == "string" else name for name in fact.key)
    # numbers, dates and text alike are quoted, so that the bare \N alone is NULL
    quoted = ", ".join(c.name for c in fact.columns)
    sql = (
        f"COPY (SELECT {columns} FROM {rows} ORDER BY {order}) TO STDOUT "
        f"(FORMAT csv, NULL '\\N', FORCE_QUOTE ({quoted}))"
    )
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(sql, parameters or None) as copy:
        for block in copy:
            file.write(block)


def digest(folder: Path) -> str:
    """Return the SHA-256 over every file of ``folder``: name and content, in the order of names."""
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
