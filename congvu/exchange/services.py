"""Loading a package: read, stage, check, write; whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from congvu.access.rules import SYSTEM, Reader
from congvu.figures.stating import LOADS
from congvu.journal.services import act
from congvu.kernel.errors import SurroundingsRefusal

from .after import After
from .arrival import judge, read_ahead
from .deadlines import complete_due_instants
from .derived import complete_levels
from .loading import Counts, write
from .oddities import look_for_oddities
from .package import Package, open_package, package_hash
from .problems import PackageRefused, Problem, Report
from .references import check_references
from .rules import check_rules
from .staging import Sent, Staged, copy_in, drop, merge
from .statements import check_statements
from .tables import Table, tables

_ROOM = "SET LOCAL work_mem = '128MB'; SET LOCAL jit = off"
"""A load sorts and joins whole tables; compiling its queries costs more than it saves."""

Tell = Callable[[str, float], None]
"""Told what is being done, and the share done of it, from 0 to 1."""


class LoadUnderWay(SurroundingsRefusal):
    """Another load runs; this one would have to wait for it."""

    code = "load_under_way"
    status = 409


@dataclass(frozen=True)
class LoadResult:
    """What a load did. ``act_id`` is None where it changed nothing and so wrote nothing.

    ``tables`` has every table that was sent. ``warnings`` lists at most ``problems.CAP`` oddities of ``warning_count``.
    """

    act_id: int | None
    sha256: str
    tables: dict[str, Counts]
    warnings: Sequence[Problem]
    warning_count: int


def _quietly(_what: str, _share: float) -> None:
    pass


def load_package(path: Path, *, actor: Reader = SYSTEM, tell: Tell = _quietly) -> LoadResult:
    """Load the province package at ``path``, a folder or a zip, as one act of ``actor``.

    Raises
    ------
    PackageRefused
        Something in it is wrong; nothing was written.
    LoadUnderWay
        Another load runs.
    UsageRefusal
        There is no package at ``path``.
    """
    report = Report()
    with transaction.atomic(), connection.cursor() as cursor:
        refuse_second(cursor)
        after = begin(cursor, report)
        with open_package(Path(path), report) as package:
            sha256 = _stage(after, package, tell) if package else ""
        files = [staged.file for staged in after.staged.values()]
        if package:
            tell("Kiểm tra gói", 0)
            judge_all(after, package.province)
        if report.errors.count:
            raise PackageRefused(report.errors, files)
        after.uncover()
        tell("Ghi vào cơ sở dữ liệu", 0)
        act_id = _write(after, sha256, actor)
        drop(cursor, after.staged.values())
    counts = {name: Counts(one.new, one.changed, one.unchanged) for name, one in after.staged.items()}
    return LoadResult(act_id, sha256, counts, report.warnings.in_order(files), report.warnings.count)


def refuse_second(cursor: CursorWrapper) -> None:
    """Take the lock that only one load has, until the transaction ends.

    Raises
    ------
    LoadUnderWay
    """
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOADS])
    if not cursor.fetchone()[0]:
        raise under_way()


def under_way() -> LoadUnderWay:
    """Return what is said to whoever comes second."""
    return LoadUnderWay("Một lần nạp khác đang chạy. Hãy đợi nó xong rồi chạy lại.")


def begin(cursor: CursorWrapper, report: Report) -> After:
    """Return an empty load within the transaction of ``cursor``."""
    cursor.execute(_ROOM)
    return After(cursor, report)


def _stage(after: After, package: Package, tell: Tell) -> str:
    """Read every file of the package, stage its rows, complete them from what is stored; return the package's hash."""
    known, digests = tables(), {}
    sent: dict[str, tuple[str, Sent]] = {}
    for number, arrived in enumerate(read_ahead(package.files, package.resources)):
        name, path = arrived.resource.table, arrived.resource.path
        tell(f"Đọc {path}", number / len(package.resources))
        digests[name] = arrived.sha256
        rows = judge(arrived, after.report)
        if rows is not None:
            copy_in(after.cursor, known[name], rows)
            after.take_marks(rows)
            sent[name] = path, rows
        elif name in known:
            after.unread.add(name)
    for name in filter(sent.__contains__, known):  # each table after those that it refers to
        stand_in(after, known[name], *sent[name])
    return package_hash(digests)


def stand_in(after: After, table: Table, file: str, rows: Sent) -> None:
    """Let the rows, which were copied in, stand for those stored."""
    if table.name == "statements":
        complete_levels(after, file)
    after.shadow(merge(after.cursor, table, file, rows))


def judge_all(after: After, province: str = "") -> None:
    """Report everything that is wrong or odd with the province as it would stand; ``province`` is the package's."""
    check_references(after, province)
    check_rules(after)
    if not after.report.errors.count:
        complete_due_instants(after)
    check_statements(after)
    if not after.report.errors.count:
        look_for_oddities(after)


def _write(after: After, sha256: str, actor: Reader) -> int | None:
    staged = list(after.staged.values())
    if not any(one.new or one.changed for one in staged):
        return None
    with act("package:load", actor=actor, data={"sha256": sha256, "tables": told(staged)}) as opened:
        write(after.cursor, opened, staged)
    return opened.id


def told(staged: Iterable[Staged]) -> dict[str, Any]:
    """Return what the journal says of each table of a load."""
    return {
        one.table.name: {
            "new": one.new,
            "changed": one.changed,
            "unchanged": one.unchanged,
            "columns": [name for name in one.table.names if name in one.carried],
        }
        for one in staged
    }
