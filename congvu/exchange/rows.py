"""Rows for one table that come from elsewhere than a package: looked at by the same rules, written as one act."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from congvu.journal.services import Actor, OpenAct, act

from .after import After
from .derived import report_twins
from .loading import Counts, write
from .problems import Findings, PackageRefused, Report
from .reading import Cooked, Sheet, cook
from .services import Tell, begin, judge_all, refuse_second, stand_in, told
from .staging import Staged, copy_in, drop, quoted, same_key
from .tables import Table, tables

CAP = 100_000
"""So many errors of rows are kept, for each is to be shown at its cell."""


@dataclass(frozen=True)
class Rows:
    """``columns`` are texts as a package writes them; ``lines`` name the rows, each once.

    ``file`` and ``place`` are what sentences call the rows' origin, and one of its lines.
    """

    table: str
    file: str
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    place: Callable[[int], str] = "dòng {}".format

    def without(self, lines: Set[int]) -> Rows:
        """Return the rows that do not stand on ``lines``."""
        if not lines:
            return self
        kept = [number for number, line in enumerate(self.lines) if line not in lines]
        columns = {name: [cells[number] for number in kept] for name, cells in self.columns.items()}
        return Rows(self.table, self.file, columns, [self.lines[number] for number in kept], self.place)


@dataclass(frozen=True)
class Changed:
    """A stored row that would change: its line, and what it has now and then, by column."""

    line: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class Foreseen:
    """What a load of rows would do; ``wrong`` are the lines that it could not take, ``counts`` are of the others."""

    counts: Counts
    errors: Findings
    warnings: Findings
    wrong: frozenset[int]
    new: tuple[int, ...] = ()
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Written:
    """What a load of rows did; ``act_id`` is None where nothing was new or changed."""

    act_id: int | None
    counts: Counts
    warnings: Findings


@contextmanager
def _judged(cursor: CursorWrapper, rows: Rows, tell: Tell) -> Iterator[After]:
    """Stage the rows and report on them; the staging tables are gone after the block."""
    table = tables()[rows.table]
    report = Report(Findings(cap=CAP), Findings(cap=CAP), rows.place)
    after = begin(cursor, report)
    tell("Đọc các dòng", 0.2)
    cooked = _cooked(table, rows, report)
    if cooked is None:
        raise PackageRefused(report.errors)
    copy_in(cursor, table, cooked)
    after.take_marks(cooked)
    stand_in(after, table, rows.file, cooked)
    tell("Kiểm tra các dòng", 0.5)
    judge_all(after)
    yield after
    after.uncover()
    drop(cursor, after.staged.values())


def _cooked(table: Table, rows: Rows, report: Report) -> Cooked | None:
    columns = tuple(tuple(cells) for cells in rows.columns.values())
    sheet = Sheet(
        header=tuple(rows.columns),
        columns=columns,
        lines=rows.lines,
        ascii_only=False,
        quoted=False,
        escapes=True,
        strange=True,
    )
    cooked = cook(rows.file, table, sheet, report)
    if cooked is not None:
        report_twins(rows.file, table, cooked, report)
    return cooked


def foresee(rows: Rows, tell: Tell, *, wrong: Set[int] = frozenset(), samples: int = 20) -> Foreseen:
    """Return what a load of ``rows`` would do, and write nothing. ``wrong`` are lines known not to be taken.

    Raises
    ------
    PackageRefused
        A column that every row needs is not there, or one is there that the table has not.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        with _judged(cursor, rows, tell) as after:
            wrong = frozenset(wrong).union(after.report.errors.lines())
            after.uncover()  # or what is stored would be read as it will be then
            foreseen = Foreseen(
                counts=_counts(cursor, after.staged[rows.table], wrong),
                errors=after.report.errors,
                warnings=after.report.warnings,
                wrong=wrong,
                new=_new(cursor, after.staged[rows.table], wrong, samples),
                changed=_changed(cursor, after.staged[rows.table], wrong, samples),
            )
        transaction.set_rollback(True)
    return foreseen


def _counts(cursor: CursorWrapper, staged: Staged, wrong: frozenset[int]) -> Counts:
    cursor.execute(
        "SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE changed), "
        f"count(*) FILTER (WHERE known AND NOT changed) FROM {staged.name} WHERE line <> ALL(%s)",
        [list(wrong)],
    )
    return Counts(*cursor.fetchone())


def _new(cursor: CursorWrapper, staged: Staged, wrong: frozenset[int], samples: int) -> tuple[int, ...]:
    cursor.execute(
        f"SELECT line FROM {staged.name} WHERE NOT known AND line <> ALL(%s) ORDER BY line LIMIT %s",
        [list(wrong), samples],
    )
    return tuple(line for (line,) in cursor.fetchall())


def _changed(cursor: CursorWrapper, staged: Staged, wrong: frozenset[int], samples: int) -> tuple[Changed, ...]:
    table = staged.table
    stored, sent = (f"to_jsonb(q_{alias}) FROM (SELECT {quoted(table.names, alias)}) q_{alias}" for alias in ("r", "s"))
    cursor.execute(
        f"SELECT s.line, (SELECT {stored}), (SELECT {sent}) FROM {staged.name} s JOIN {table.name} r "
        f"ON {same_key(table, 'r', 's')} WHERE s.changed AND s.line <> ALL(%s) ORDER BY s.line LIMIT %s",
        [list(wrong), samples],
    )
    return tuple(_difference(*row) for row in cursor.fetchall())


def _difference(line: int, stored: Any, sent: Any) -> Changed:
    before, after = (json.loads(side) if isinstance(side, str) else side for side in (stored, sent))
    differing = [name for name in after if before[name] != after[name]]
    return Changed(line, {name: before[name] for name in differing}, {name: after[name] for name in differing})


AfterWriting = Callable[[CursorWrapper, OpenAct, Staged], None]
"""Called in the act's transaction, while the staged rows (``load_<table>``) are still there."""


def load(
    rows: Rows,
    *,
    actor: Actor,
    kind: str,
    data: Mapping[str, Any],
    reason: str = "",
    then: AfterWriting,
    tell: Tell,
) -> Written:
    """Write all ``rows`` as one act of ``kind``, or nothing.

    Raises
    ------
    PackageRefused
        Something is wrong with a row; nothing was written.
    LoadUnderWay
        Another load runs.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        refuse_second(cursor)
        with _judged(cursor, rows, tell) as after:
            if after.report.errors.count:
                raise PackageRefused(after.report.errors)
            after.uncover()
            tell("Ghi vào cơ sở dữ liệu", 0.7)
            staged = after.staged[rows.table]
            act_id = None
            if staged.new or staged.changed:
                with act(kind, actor=actor, reason=reason, data={**data, "tables": told([staged])}) as opened:
                    write(cursor, opened, [staged])
                    then(cursor, opened, staged)
                act_id = opened.id
            written = Written(act_id, Counts(staged.new, staged.changed, staged.unchanged), after.report.warnings)
    return written
