"""The province as it would stand after a load, so that rules can be put as plain SQL before anything is written.

Each loaded table is shadowed by a temporary view of its own name: PostgreSQL looks for a relation among the
session's temporary ones first. A rule that says ``documents`` then reads the stored documents with the package's
rows in their place, and the SQL of records, facts and figures serves unaltered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.utils import CursorWrapper

from congvu.access.facts import AGENCY_PERIODS, TYPES, Fact

from .problems import Findings, Report
from .reading import Cooked
from .staging import Sent, Staged, generated, is_day, quoted, same_key, value
from .tables import LATE, NO_DUE, Table


@dataclass
class After:
    """A load under check. ``unread`` are tables whose files could not be read: what refers to them is not judged.

    ``without_due`` are the lines of dossiers that are meant to have no due instant (column ``x_no_due``),
    ``called_late`` what the sender says of dossiers, by line (column ``x_late``).
    """

    cursor: CursorWrapper
    report: Report
    staged: dict[str, Staged] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    without_due: list[int] = field(default_factory=list)
    called_late: dict[int, bool] = field(default_factory=dict)
    _views: list[str] = field(default_factory=list)

    def take_marks(self, sent: Sent) -> None:
        """Keep what the rows say in columns that no record has."""
        if isinstance(sent, Cooked):
            self.without_due += [line for line, mark in _marks(sent, NO_DUE) if mark]
            self.called_late |= dict(_marks(sent, LATE))

    def shadow(self, staged: Staged) -> None:
        """Let the table's name mean its rows after the load, from now until :meth:`uncover`.

        Beside the record's columns a row has ``line`` (None for rows that the package does not send) and ``changed``.
        """
        table = staged.table
        sent = f"SELECT {_columns(table, 's', staged=True)}, s.line, s.changed FROM {staged.name} s"
        kept = f"SELECT {_columns(table, 'r', staged=False)}, NULL::int AS line, false AS changed FROM {table.name} r"
        if not staged.all_new:
            kept += f" WHERE NOT EXISTS (SELECT FROM {staged.name} s WHERE {same_key(table, 's', 'r')})"
        self._create(table.name, f"{sent} UNION ALL {kept}")
        self.staged[table.name] = staged
        if table.name == "agencies":
            self._create("agency_periods", AGENCY_PERIODS.partition(" AS\n")[2])

    def shadow_fact(self, fact: Fact) -> None:
        """Let the fact's view mean the fact after the load."""
        typed = ", ".join(f"{c.name}::{TYPES[c.type]} AS {c.name}" for c in fact.columns)
        self._create(fact.view, f"SELECT {typed} FROM ({fact.sql}) q")

    def uncover(self) -> None:
        """Let every name mean what is stored again."""
        while self._views:
            self.cursor.execute(f"DROP VIEW pg_temp.{self._views.pop()}")

    def _create(self, name: str, sql: str) -> None:
        self.cursor.execute(f"CREATE TEMP VIEW {name} AS {sql}")
        self._views.append(name)

    def loads(self, *names: str) -> bool:
        """Return whether rows of one of these tables were sent."""
        return any(name in self.staged and self.staged[name].rows for name in names)

    def changes(self, *names: str) -> bool:
        """Return whether stored rows of one of these tables would change."""
        return any(name in self.staged and self.staged[name].changed for name in names)

    def file(self, name: str) -> str:
        return self.staged[name].file if name in self.staged else f"{name}.csv"

    def found(
        self, sql: str, findings: Findings | None = None, params: Sequence[Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query on problems, in its own order; those beyond the cap are only counted."""
        findings = findings or self.report.errors
        self.cursor.execute(f"SELECT q.*, count(*) OVER () FROM ({sql}) q LIMIT {findings.cap}", params or None)
        rows = self.cursor.fetchall()
        for row in rows:
            yield row[:-1]
        if rows:
            findings.count += rows[0][-1] - len(rows)


def _marks(sent: Cooked, name: str) -> Iterator[tuple[int, bool]]:
    marks = {"true": True, "false": False}
    for line, mark in zip(sent.lines, sent.own.get(name) or [""] * sent.rows, strict=True):
        if mark in marks:
            yield line, marks[mark]


def _columns(table: Table, alias: str, *, staged: bool) -> str:
    columns = [f'{value(table, name)} AS "{name}"' if staged else quoted([name], alias) for name in table.names]
    if table.surrogate:
        # a row that is not stored yet is told from all others by its line
        number = f"coalesce({alias}.surrogate, -{alias}.line::bigint)" if staged else f'{alias}."{table.surrogate}"'
        columns.append(f'{number} AS "{table.surrogate}"')
    for name, (_type, sql) in generated(table).items():
        stored = not staged or is_day(table, name)
        columns.append(f'{alias}."{name}"' if stored else f'{sql} AS "{name}"')
    return ", ".join(columns)
