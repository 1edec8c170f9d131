"""The rows that closings keep, read once from the database; and the figures over them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from congvu.access.facts import Fact

from .catalogue import FIGURES
from .compute import Answer, compute
from .engines import DuckEngine, copy_into, duck_connection, read_files, write_parquet
from .facts import FACTS
from .late import bound
from .membership import Scope, members_sql
from .models import Closing
from .period import Period
from .store import keep, scratch_folder, verified

OWN_FIGURES = tuple(id_ for id_, figure in FIGURES.items() if figure.fact.has_agency)
"""The figures that one agency can have; the others are of the whole province, and are closed with it."""


def tier_figures(period: Period, files: Mapping[str, str], below: Sequence[Closing], *, whole: bool) -> list[Answer]:
    """Return the figures over one agency's files and those of the closings below it; ``whole`` of the province."""
    engine = DuckEngine(verified([("", files), *((str(one), one.files) for one in below)]))
    try:
        return compute(period, engine=engine, ids=None if whole else OWN_FIGURES)
    finally:
        engine.close()


class Gathered:
    """The rows of everybody who is closed in one act, read once from the database."""

    def __init__(self, duck: Any, period: Period, scratch: Path) -> None:
        self._duck = duck
        self._period = period
        self._scratch = scratch
        self._engine = DuckEngine.over(duck)
        self._owners: dict[str, set[str | None]] = {}

    @classmethod
    @contextmanager
    def of(cls, scopes: Iterable[Scope], period: Period) -> Iterator[Gathered]:
        """Read the rows of these agencies; the block may then keep them, and count them."""
        together = list(scopes)
        scope = Scope(tuple(one.codes[0] for one in together), rest=any(one.rest for one in together))
        with duck_connection() as duck, tempfile.TemporaryDirectory(dir=scratch_folder()) as scratch:
            gathered = cls(duck, period, Path(scratch))
            for fact in FACTS:
                gathered._read(fact, scope)
            yield gathered

    def _read(self, fact: Fact, scope: Scope) -> None:
        if not scope.has(fact):
            self._duck.execute(read_files(fact, ()))
            return
        copy_into(self._duck, fact, members_sql(fact, scope), bound(self._period, scope))
        owner = "agency_code" if fact.has_agency else "NULL"
        self._owners[fact.name] = {
            row[0] for row in self._duck.execute(f"SELECT DISTINCT {owner} FROM {fact.view}").fetchall()
        }

    def keep_rows(self, scope: Scope) -> dict[str, str]:
        """Write the rows of one agency, and return fact -> hash of its file; facts without rows are absent."""
        wanted: set[str | None] = {*scope.codes, *((None,) if scope.rest else ())}
        return {
            fact.name: self._keep(fact, scope)
            for fact in FACTS
            if scope.has(fact) and wanted & self._owners.get(fact.name, set())
        }

    def _keep(self, fact: Fact, scope: Scope) -> str:
        path = self._scratch / f"{fact.name}.parquet"
        mine = "true"
        if fact.has_agency:
            code = scope.codes[0].replace("'", "''")
            mine = f"(agency_code = '{code}'" + (" OR agency_code IS NULL)" if scope.rest else ")")
        write_parquet(self._duck, f"(SELECT * FROM {fact.view} WHERE {mine} ORDER BY {', '.join(fact.key)})", path)
        return keep(path)

    def figures(self, code: str) -> list[Answer]:
        """Return the figures of one agency's own rows."""
        return compute(self._period, engine=self._engine, ids=OWN_FIGURES, agency_code=code)
