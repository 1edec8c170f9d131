"""Closing periods of the simulated province, beside the plain writing of the same rows.

    make demo SERVE=0
    .venv/bin/python bench/closing.py [--home var]

One commune alone; then the whole province with everybody below it, once a month for two months; then the late
entries of all of it. The floor of a closing is COPY of the rows that its figures count and one Parquet file a fact
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
    files = [path for path in folder.rglob("*.parquet")]
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


def measure() -> bool:
    from django.db import connection, transaction

    from congvu.access.rules import SYSTEM
    from congvu.figures.closed import get_closed, late_entries
    from congvu.figures.closing import TIER, close_many, close_period
    from congvu.figures.period import Period
    from congvu.figures.tiers import Tiers

    october, november = Period(date(2022, 10, 1), date(2022, 10, 31)), Period(date(2022, 11, 1), date(2022, 11, 30))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency FROM dossiers r JOIN agencies a ON a.code = r.agency AND a.level = 'commune' "
            "WHERE received_on BETWEEN %s AND %s GROUP BY agency ORDER BY count(*) DESC LIMIT 1",
            [october.first, october.last],
        )
        commune = cursor.fetchone()[0]
    tiers = Tiers.read(october)
    province = next(code for code, unit in tiers.units.items() if unit.is_province)
    held = True
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        from django.conf import settings

        settings.HOME = Path(folder)
        timed(
            "first closing of the process (compiles the queries)", lambda: close_period(commune, october, reader=SYSTEM)
        )
        timed("floor: the rows of one commune", lambda: floor([commune], november, rest=False))
        _closing, seconds = timed(
            f"one commune, {commune}", lambda: close_period(commune, november, reader=SYSTEM), ONE
        )
        held &= seconds <= ONE
        for period in (october, november):
            codes = sorted(tiers.due_below(province) | {province})
            timed(f"floor: the rows of {len(codes)} agencies, {period}", lambda: floor(codes, period, rest=True))
            before = disk(Path(folder))
            made, seconds = timed(f"everybody, {period}", lambda: close_many(province, period, reader=SYSTEM), ALL)
            after = disk(Path(folder))
            held &= seconds <= ALL
            print(
                f"    {len(made)} closings, {after[0] - before[0]} new files, {(after[1] - before[1]) / 1e6:.1f} MB on disk"
            )
        closed = get_closed(SYSTEM, province, november)
        entries, _seconds = timed(
            "late entries of the whole tier", lambda: late_entries(closed, reader=SYSTEM, scope=TIER)
        )
        print(f"    {len(entries)} late entries")
        one = get_closed(SYSTEM, commune, november)
        timed("late entries of one commune", lambda: late_entries(one, reader=SYSTEM))
        transaction.set_rollback(True)
    return held


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path, default=Path(os.environ.get("CONGVU_HOME") or "var"))
    home = arguments.parse_args().home.absolute()
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
            return 0 if measure() else 1
        finally:
            connections.close_all()


if __name__ == "__main__":
    raise SystemExit(main())
