"""A sheet of 200,000 dossiers through the background, beside the package of the same rows.

    .venv/bin/python -m bench.sheet_load [--rows 200000] [--wrong 20000] [--profile]

It builds the simulated province in a home of its own. Then, each in a database of its own that holds the province: the
workbook is taken in, looked over and written by the background's own function in a process of its own, whose peak
memory (read from /proc, Linux only) and seconds by phase are printed; the package of the same rows is loaded likewise.
At last a workbook in which ``--wrong`` cells name no agency is looked over and loaded without those rows.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import os
import pstats
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.dossier_sheet import MAPPING, ROWS, Place, write_package, write_xlsx
from congvu.kernel.errors import Refusal
from congvu.kernel.postgres import Cluster, destroy, fresh_database, running

DATABASE = "bench_sheet_load"
PATIENCE = 3600
_NOBODY = "Không rõ đơn vị"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=ROWS)
    arguments.add_argument("--wrong", type=int, default=20_000)
    arguments.add_argument("--profile", action="store_true", help="show where the background's time goes")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        try:
            with running(home) as cluster:
                _connect(cluster, home)
                _measure(cluster, Path(folder), options.rows, options.wrong, profile=options.profile)
        finally:
            destroy(home)


def _connect(cluster: Cluster, home: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.settings"
    os.environ["CONGVU_HOME"] = str(home)
    os.environ["DATABASE_URL"] = cluster.app_url.replace("/congvu?", f"/{DATABASE}?")
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url.replace("/congvu?", f"/{DATABASE}?")
    import django

    django.setup()


def _measure(cluster: Cluster, folder: Path, rows: int, wrong: int, *, profile: bool) -> None:
    from congvu.demo.build import build

    province = folder / "province"
    build(province)
    _fill(cluster, province)
    places = _places()
    package = write_package(folder / "package", province, places, rows)
    workbook = write_xlsx(folder / "export.xlsx", places, rows)
    print(f"{rows} dossiers, workbook of {workbook.stat().st_size / 1e6:.1f} MB, {len(places)} procedures at agencies")
    _told("package", _apart(_package, package), rows)
    _fill(cluster, province)
    _through(workbook, rows, "", profile=profile)
    if wrong:
        faulty = _with_wrong(folder / "faulty.xlsx", places, rows, wrong)
        _fill(cluster, province)
        print(f"{wrong} of them with an agency that nobody knows:")
        _through(faulty, rows, "đợi sửa", profile=False)


def _fill(cluster: Cluster, province: Path) -> None:
    from django.db import connections

    from congvu.exchange.services import load_package
    from congvu.web.installation import bring_up_to_date

    connections.close_all()
    fresh_database(cluster.superuser_url, DATABASE)
    bring_up_to_date()
    load_package(province)
    connections.close_all()


def _places() -> list[Place]:
    """Return the procedures that agencies took dossiers of, as far as the agency's name alone tells its code."""
    from django.db import connection

    from congvu.intake.known import register
    from congvu.sheets.values.agencies import Found

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT d.procedure, p.name, d.agency, a.name FROM dossiers d "
            "JOIN agencies a ON a.code = d.agency JOIN procedures p ON p.code = d.procedure ORDER BY 1, 3"
        )
        found = [Place(*row) for row in cursor.fetchall()]
    known = register()
    named = {place.agency_name: known.resolve(place.agency_name, None) for place in found}
    return [place for place in found if named[place.agency_name] == Found(place.agency, _level(named, place))]


def _level(named: dict[str, Any], place: Place) -> str:
    return getattr(named[place.agency_name], "level", "")


def _with_wrong(path: Path, places: list[Place], rows: int, wrong: int) -> Path:
    share = min(1.0, wrong / rows)
    lost = [replace(place, agency_name=_NOBODY) for place in places]
    return write_xlsx(path, places + lost[: round(len(lost) * share / (1 - share))] if share < 1 else lost, rows)


def _through(workbook: Path, rows: int, reason: str, *, profile: bool) -> None:
    taken = _apart(_begun, workbook)
    print(f"taken in (columns matched) {taken['seconds']:6.2f} s, {taken['peak']:.0f} MB at most")
    number = taken["told"]
    _told("looked over", _apart(_worked, (number, profile)), rows)
    _start(number, reason)
    _told("written", _apart(_worked, (number, profile)), rows)


def _start(number: int, reason: str) -> None:
    from django.db import connections

    from congvu.access.rules import SYSTEM
    from congvu.intake.models import SheetLoad
    from congvu.intake.taking import start

    counts = SheetLoad.objects.get(pk=number).counts
    print(f"  {counts}")
    start(SYSTEM, number, only_right=bool(reason), reason=reason)
    connections.close_all()


def _told(what: str, taken: dict[str, Any], rows: int) -> None:
    seconds = taken["seconds"]
    print(f"{what:<12}{seconds:7.2f} s, {rows / seconds:9.0f} rows/s, peak memory {taken['peak']:.0f} MB")
    for stage, part in taken["stages"]:
        print(f"    {part:6.2f} s  {stage}")
    if taken["told"]:
        print(f"  {taken['told']}")


def _apart(run: Callable[[Any, Callable[[str, float], None]], Any], given: Any) -> dict[str, Any]:
    """Return what a process of its own did: its seconds, by stage too, its peak memory and what it told."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply_async(_timed, (run, given)).get(PATIENCE)


def _timed(run: Callable[[Any, Callable[[str, float], None]], Any], given: Any) -> dict[str, Any]:
    import django

    django.setup()
    import congvu.intake.running  # noqa: F401 - so that importing is not timed

    begun = time.perf_counter()
    marks: list[tuple[str, float]] = []
    try:
        told = run(given, lambda stage, _share: marks.append((stage, time.perf_counter())))
    except Refusal as refusal:
        raise RuntimeError(str(refusal)) from None  # of a kind that passes between processes
    ended = time.perf_counter()
    ends = [at for _stage, at in (*marks[1:], ("", ended))][: len(marks)]
    stages = [(stage, end - at) for (stage, at), end in zip(marks, ends, strict=True)]
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return {"seconds": ended - begun, "stages": stages, "peak": peak, "told": told}


def _package(folder: Path, tell: Callable[[str, float], None]) -> str:
    from congvu.exchange.services import load_package

    load_package(folder, tell=tell)
    return ""


def _begun(workbook: Path, _tell: Callable[[str, float], None]) -> int:
    from congvu.access.rules import SYSTEM
    from congvu.intake.taking import begin, settle

    load = begin(SYSTEM, workbook.read_bytes(), workbook.name, table="dossiers")
    mapping = replace(MAPPING, sheet=load.facts["sheet"], header=load.facts["header"][1])
    return settle(SYSTEM, load.number, mapping).number


def _worked(asked: tuple[int, bool], tell: Callable[[str, float], None]) -> str:
    """Do what the background does with a load that waits, and hear how far it is."""
    from congvu.intake.judging import judge
    from congvu.intake.models import SheetLoad
    from congvu.intake.rules import State
    from congvu.intake.writing import write

    number, profiled = asked
    load = SheetLoad.objects.get(pk=number)
    deed = judge if load.state == State.CHECKING else write
    if not profiled:
        deed(load, tell)
        return SheetLoad.objects.get(pk=number).trouble
    with cProfile.Profile() as profile:
        deed(load, tell)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    return SheetLoad.objects.get(pk=number).trouble


if __name__ == "__main__":
    main()
