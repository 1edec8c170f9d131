"""Closing periods of the simulated province, beside the plain writing of the same rows.

    make demo SERVE=0
    .venv/bin/python bench/closing.py [--home var] [--months 2]

One commune alone; then the whole province with everybody below it, month after month; then the late entries of the
last month. The floor of a closing is COPY of the rows that its figures count and one Parquet file a fact
from them, without hashes, figures or acts. Everything runs in a transaction that is undone, the files stay in a
folder that is removed. Aims: one commune in a second, everybody in a minute.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from congvu.kernel.postgres import running

ONE, ALL = 1.5, 60.0


def timed(what: str, deed: Callable[[], Any], aim: float | None = None) -> Any:
    start = time.perf_counter()
    found = deed()
    seconds = time.perf_counter() - start
    verdict = "" if aim is None else f"   aim {aim:g} s: {'held' if seconds <= aim else 'MISSED'}"
    print(f"{what:<58} {seconds:8.2f} s{verdict}")
    return found, seconds


def disk(folder: Path) -> tuple[int, int]:
    files = list(folder.rglob("*.parquet"))
    return len(files), sum(path.stat().st_size for path in files)


def floor(codes: list[str], period: Any, *, rest: bool) -> None:
    """COPY the rows that the figures count, and write each fact as one file an agency."""
    from congvu.figures.engines import copy_into, duck_connection, write_parquet
    from congvu.figures.facts import FACTS
    from congvu.figures.late import bound
    from congvu.figures.membership import Scope, members_sql

    scope = Scope(tuple(codes), rest)
    with tempfile.TemporaryDirectory() as folder, duck_connection() as duck:
        for fact in FACTS:
            if not scope.has(fact):
                continue
            copy_into(duck, fact, members_sql(fact, scope), bound(period, scope))
            owners = [None]
            if fact.has_agency:
                owners = [row[0] for row in duck.execute(f"SELECT DISTINCT agency_code FROM {fact.view}").fetchall()]
            for number, owner in enumerate(owners):
                mine = f"WHERE agency_code = '{owner}'" if owner else ""
                write_parquet(duck, f"(SELECT * FROM {fact.view} {mine})", Path(folder) / f"{fact.name}-{number}")


def measure(months: int) -> bool:
    from django.conf import settings
    from django.db import connection, transaction

    from congvu.access.rules import SYSTEM
    from congvu.figures.closed import get_closed, late_entries
    from congvu.figures.closing import TIER, close_many, close_period
    from congvu.figures.models import Closing
    from congvu.figures.period import Period
    from congvu.figures.tiers import Tiers
    from congvu.journal.services import act

    periods = Period(date(2022, 1, 1), date(2022, 11, 30)).months()[-months:]
    last = periods[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency FROM dossiers r JOIN agencies a ON a.code = r.agency AND a.level = 'commune' "
            "WHERE received_on BETWEEN %s AND %s GROUP BY agency ORDER BY count(*) DESC LIMIT 1",
            [last.first, last.last],
        )
        commune = cursor.fetchone()[0]
    tiers = Tiers.read(last)
    province = next(code for code, unit in tiers.units.items() if unit.is_province)
    codes = sorted(tiers.due_below(province) | {province})
    held = True
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.HOME = Path(folder)
        with act("period:reopen", actor=SYSTEM):  # as if nothing had been closed yet; undone with all the rest
            Closing.objects.all().delete()
        timed("first of the process: it compiles", partial(close_period, commune, periods[0], reader=SYSTEM))
        timed("floor: the rows of one commune", partial(floor, [commune], last, rest=False))
        _one, seconds = timed(f"one commune, {commune}", partial(close_period, commune, last, reader=SYSTEM), ONE)
        held &= seconds <= ONE
        for period in periods:
            timed(f"floor: the rows of {len(codes)} agencies, {period}", partial(floor, codes, period, rest=True))
            before = disk(Path(folder))
            made, seconds = timed(f"everybody, {period}", partial(close_many, province, period, reader=SYSTEM), ALL)
            after = disk(Path(folder))
            held &= seconds <= ALL
            size = (after[1] - before[1]) / 1e6
            print(f"    {len(made)} closings, {after[0] - before[0]} new files, {size:.1f} MB on disk")
        whole, one = (get_closed(SYSTEM, code, last) for code in (province, commune))
        timed("late entries of the whole tier", partial(late_entries, whole, reader=SYSTEM, scope=TIER))
        timed("late entries of one commune", partial(late_entries, one, reader=SYSTEM))
        transaction.set_rollback(True)
    return held


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path, default=Path(os.environ.get("CONGVU_HOME") or "var"))
    arguments.add_argument("--months", type=int, default=2, choices=range(2, 12), metavar="2…11")
    options = arguments.parse_args()
    home = options.home.absolute()
    with running(home) as cluster:
        os.environ |= {
            "CONGVU_NOW": "2022-12-21T08:00",
            "DJANGO_SETTINGS_MODULE": "congvu.settings",
            "CONGVU_HOME": str(home),
            "DATABASE_URL": cluster.app_url,
            "DATABASE_OWNER_URL": cluster.owner_url,
        }
        import django

        django.setup()
        from django.db import connections

        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        try:
            return 0 if measure(options.months) else 1
        finally:
            connections.close_all()


if __name__ == "__main__":
    raise SystemExit(main())
