"""Pages of rows and figures at 10 000 dossiers and at 1 000 000: a commune's clerk, a district, the province.

    .venv/bin/python bench/rows.py [--rounds 7] [--home FOLDER]

It builds the simulated province in a home of its own (kept where ``--home`` names one), leaves 10 000 of its dossiers,
measures, multiplies dossiers and feedback in SQL under new codes, and measures again. Every copy lies in the same
period, so that a clerk's own rows grow a hundredfold as well: more than any commune would ever see. What a page
asks of the database must not depend on how many rows it shows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.kernel.postgres import Cluster, destroy, fresh_database, running

if TYPE_CHECKING:
    from congvu.access.rules import Reader

DATABASE = "bench_rows"
FEW, MANY, FEEDBACK = 10_000, 1_000_000, 300_000
FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)
FIGURE = "dossiers.finished[level=commune]"

Taken = dict[str, float]
"""What was asked -> median seconds."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--home", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = (options.home or Path(folder, "home")).absolute()
        try:
            with running(home) as cluster:
                _connect(cluster, home)
                _load_few(cluster, Path(folder, "package"))
                few = _measure(options.rounds)
                _multiply()
                _print(few, _measure(options.rounds))
        finally:
            if options.home is None:
                destroy(home)


def _connect(cluster: Cluster, home: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.settings"
    os.environ["CONGVU_HOME"] = str(home)
    os.environ["DATABASE_URL"] = cluster.app_url.replace("/congvu?", f"/{DATABASE}?")
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url.replace("/congvu?", f"/{DATABASE}?")
    import django

    django.setup()


def _load_few(cluster: Cluster, package: Path) -> None:
    """Load the simulated province and leave ``FEW`` dossiers, picked by chance and the same every time."""
    from congvu.demo.build import build
    from congvu.exchange.services import load_package
    from congvu.web.installation import bring_up_to_date

    fresh_database(cluster.superuser_url, DATABASE)
    bring_up_to_date()
    build(package)
    load_package(package)
    with _changing() as execute:
        execute(
            f"CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT code FROM dossiers ORDER BY md5(code), code LIMIT {FEW}"
        )
        execute("DELETE FROM dossier_events WHERE dossier NOT IN (SELECT code FROM kept)")
        execute("DELETE FROM dossiers WHERE code NOT IN (SELECT code FROM kept)")
    _settle()


def _multiply() -> None:
    """Copy dossiers and feedback under new codes, which lie among the old ones."""
    from congvu.work.dossiers.models import Dossier
    from congvu.work.feedback.models import Feedback

    with _changing() as execute:
        for model, wanted in ((Dossier, MANY), (Feedback, FEEDBACK)):
            columns = ", ".join(f"r.{name}" for name in model.columns() if name != "code")
            names = ", ".join(name for name in model.columns() if name != "code")
            execute(
                f"WITH had AS (SELECT count(*) AS rows FROM {model.table()}) "
                f"INSERT INTO {model.table()} (code, {names}) "
                f"SELECT r.code || '-' || lpad(copy::text, 4, '0'), {columns} "
                f"FROM generate_series(1, (SELECT {wanted} / rows FROM had)) copy CROSS JOIN {model.table()} r "
                f"ORDER BY md5(r.code || copy) LIMIT {wanted} - (SELECT rows FROM had)"
            )
    _settle()


@contextmanager
def _changing() -> Iterator[Callable[[str], Any]]:
    from django.db import connection

    from congvu.access.rules import SYSTEM
    from congvu.journal.services import act

    with act("bench:rows", actor=SYSTEM), connection.cursor() as cursor:
        yield cursor.execute


def _settle() -> None:
    """Do at once what the server would do by itself within some minutes of such a change."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure(rounds: int) -> Taken:
    from congvu.access.rules import SYSTEM
    from congvu.figures.catalogue import FIGURES
    from congvu.figures.compute import compute, parse_key
    from congvu.figures.opening import open_figure
    from congvu.figures.period import Period

    period = Period(FIRST, LAST)
    figure, members = parse_key(FIGURE)
    taken: Taken = {}
    for name, reader in (("clerk", _clerk()), ("district", _district()), ("province", SYSTEM)):
        page = partial(open_figure, figure, members, period, reader=reader)
        one, fifty = _queries(partial(page, limit=1)), _queries(partial(page, limit=50))
        assert one == fifty, f"{one} queries for a page of one row, {fifty} for one of fifty"
        answer = page().answer
        print(f"  {name}: {answer.value} rows behind {FIGURE}, {fifty} queries for 1 row as for 50")
        deep, last = _far(reader, 0.9), _far(reader, 1)
        asked: dict[str, Callable[[], object]] = {
            "first page and its count": page,
            "first page": partial(page, answer=answer),
            "page at nine tenths": partial(page, answer=answer, after=[deep]),
            "past the last row": partial(page, answer=answer, after=[last]),
        }
        for room in ("dossiers", "feedback"):
            ids = [id_ for id_ in FIGURES if id_.startswith(room)]
            asked[f"figures of {room}"] = partial(compute, period, reader=reader, ids=ids)
        taken |= {f"{name}: {what}": _median(run, rounds) for what, run in asked.items()}
    return taken


def _clerk() -> Reader:
    """Return the clerk of the commune that stands in the middle by its dossiers."""
    from congvu.access.rules import Reader, Role
    from congvu.access.visibility import agencies_under

    [(code, name)] = _fetch(
        "SELECT agency_code, agency_name FROM (SELECT agency_code, agency_name, count(*) AS rows, "
        "row_number() OVER (ORDER BY count(*), agency_code) AS place, count(*) OVER () AS communes "
        "FROM fact_dossiers WHERE level = 'commune' GROUP BY 1, 2) c WHERE place = communes / 2"
    )
    return Reader(None, "clerk", Role.ONE_STOP_CLERK, code, name, agencies_under(code, LAST))


def _district() -> Reader:
    """Return the head of the district with the most communes."""
    from congvu.access.rules import Reader, Role
    from congvu.access.visibility import agencies_under

    [(code,)] = _fetch(
        "SELECT parent FROM agencies WHERE level = 'commune' GROUP BY parent ORDER BY count(*) DESC, parent LIMIT 1"
    )
    return Reader(None, "head", Role.AGENCY_HEAD, code, code, agencies_under(code, LAST))


def _far(reader: Reader, share: float) -> str:
    """Return the code of the row so far down the list behind the figure."""
    from congvu.access.visibility import visible_to
    from congvu.work.dossiers.facts import DOSSIERS

    visible = visible_to(reader, DOSSIERS)
    [(code,)] = _fetch(
        f"SELECT percentile_disc({share}) WITHIN GROUP (ORDER BY code) FROM {DOSSIERS.view} "
        f"WHERE level = 'commune' AND finished_on BETWEEN %s AND %s AND outcome <> 'withdrawn' AND {visible.sql}",
        [FIRST, LAST, *visible.params],
    )
    return str(code)


def _fetch(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _queries(run: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def _median(run: Callable[[], object], rounds: int) -> float:
    run()  # its SQL is compiled and its blocks are read
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _print(few: Taken, many: Taken) -> None:
    print(f"{'median, ms':<32}{FEW:>12,}{MANY:>12,}{'growth':>9}")
    for what, before in few.items():
        print(f"{what:<32}{before * 1e3:>12.1f}{many[what] * 1e3:>12.1f}{many[what] / before:>8.1f}x")


if __name__ == "__main__":
    main()
