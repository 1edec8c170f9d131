"""How fast a package loads, beside a plain COPY of the same rows into the same indexed tables.

    .venv/bin/python bench/import.py [--rounds 3] [--package FOLDER]

Without ``--package`` it takes the simulated province (congvu.demo.build). Each round runs on databases of its own:
the package into an empty database and into a filled one (the same dossiers and events under other codes), and
COPY in one transaction, commit included. The ratio is COPY's time by ours: above 1, loading is the faster of the two.
The machine matters little to the ratios, a busy one a lot: the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from congvu.kernel.postgres import Cluster, destroy, fresh_database, running

DATABASE = "bench"
AGAIN = ("dossiers", "dossier_events")
Rows = dict[str, bytes]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--package", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        package = options.package or _simulated(Path(folder, "package"))
        second = _under_other_codes(package, Path(folder, "second"))
        try:
            with running(home) as cluster:
                _connect(cluster, home)
                _measure(cluster, package, second, options.rounds)
        finally:
            destroy(home)


def _simulated(folder: Path) -> Path:
    from congvu.demo.build import build

    build(folder)
    return folder


def _under_other_codes(package: Path, folder: Path) -> Path:
    """Return a package of the same dossiers and events under codes of their own."""
    folder.mkdir()
    for table in AGAIN:
        with (package / f"{table}.csv").open(newline="", encoding="utf-8-sig") as source:
            rows = csv.reader(source)
            header = next(rows)
            code = header.index("code" if table == "dossiers" else "dossier")
            with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as target:
                writer = csv.writer(target)
                writer.writerow(header)
                writer.writerows([*row[:code], f"2{row[code]}", *row[code + 1 :]] for row in rows)
    text = (package / "datapackage.json").read_text(encoding="utf-8-sig")
    import json

    description = json.loads(text)
    description["resources"] = [{"name": table, "path": f"{table}.csv"} for table in AGAIN]
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return folder


def _connect(cluster: Cluster, home: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.settings"
    os.environ["CONGVU_HOME"] = str(home)
    os.environ["DATABASE_URL"] = cluster.app_url.replace("/congvu?", f"/{DATABASE}?")
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url.replace("/congvu?", f"/{DATABASE}?")
    import django

    django.setup()
    import congvu.exchange.services  # noqa: F401 - so that importing is not timed


def _measure(cluster: Cluster, package: Path, second: Path, rounds: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in ("load empty", "COPY empty", "load filled", "COPY filled")}
    for number in range(rounds):
        _empty_database(cluster)
        taken["load empty"].append(_timed(_load, package))
        first_rows = _rows_of(None)
        taken["load filled"].append(_timed(_load, second))
        second_rows = _rows_of("2%")
        _empty_database(cluster)
        taken["COPY empty"].append(_timed(_copy, first_rows))
        taken["COPY filled"].append(_timed(_copy, second_rows))
        if number == 0:
            rows = sum(block.count(b"\n") for block in first_rows.values())
            again = sum(block.count(b"\n") for block in second_rows.values())
            print(f"{rows} rows into the empty database, then {again} rows into the filled one")
    for name, seconds in taken.items():
        print(f"{name:<12} best {min(seconds):6.2f} s   median {statistics.median(seconds):6.2f} s")
    for state, wanted in (("empty", 1.0), ("filled", 0.6)):
        ratio = min(taken[f"COPY {state}"]) / min(taken[f"load {state}"])
        print(f"{state:<7} loading runs at {ratio:.2f} of COPY's speed (wanted: {wanted} or more)")


def _empty_database(cluster: Cluster) -> None:
    from django.db import connections

    from congvu.web.installation import bring_up_to_date

    connections.close_all()
    fresh_database(cluster.superuser_url, DATABASE)
    bring_up_to_date()


def _timed(what: Callable[[Any], None], given: Any) -> float:
    began = time.perf_counter()
    what(given)
    return time.perf_counter() - began


def _load(package: Path) -> None:
    from congvu.exchange.services import load_package

    load_package(package)


def _rows_of(codes: str | None) -> Rows:
    """Return what COPY writes of every table, or of the dossiers and events whose code is like ``codes``."""
    from django.db import connection

    from congvu.exchange.tables import tables

    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables().values():
            if codes is not None and table.name not in AGAIN:
                continue
            where = f"WHERE {table.key[0]} LIKE '{codes}'" if codes else ""
            with cursor.copy(f"COPY (SELECT {_names(table)} FROM {table.name} {where}) TO STDOUT") as copy:
                found[table.name] = b"".join(bytes(block) for block in copy)
    return found


def _names(table: Any) -> str:
    return ", ".join(f'"{name}"' for name in table.names)


def _copy(rows: Rows) -> None:
    """Copy the rows straight into their tables: one transaction, with the act that the guard asks for."""
    from django.db import connection

    from congvu.access.rules import SYSTEM
    from congvu.exchange.tables import tables
    from congvu.journal.services import act

    with act("package:load", actor=SYSTEM), connection.cursor() as cursor:
        for name, block in rows.items():
            with cursor.copy(f"COPY {name} ({_names(tables()[name])}) FROM STDIN") as copy:
                copy.write(block)


if __name__ == "__main__":
    main()
