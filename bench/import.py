"""How fast a package loads, beside a plain COPY of the same rows into the same indexed tables.

    .venv/bin/python bench/import.py [--rounds 3] [--package FOLDER]

Without ``--package`` it takes the simulated province (congvu.demo.build). Each round runs on databases of its own: the
package into an empty database and into a filled one (the same dossiers and events under other codes), and COPY in one
transaction, commit included. The ratio is COPY's time by ours: above 1, loading is the faster of the two.

Seconds on the clock say what one waits; on a machine that others use as well they say little, so the seconds of the
processor are given too: this process and its backend together, though in a load the two partly work at the same time.
The best of the rounds counts.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvu.kernel.postgres import Cluster, destroy, fresh_database, running

DATABASE = "bench"
AGAIN = ("dossiers", "dossier_events")
WANTED = {"empty": 1.0, "filled": 0.6}
Rows = dict[str, bytes]


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, and of the processor."""

    clock: float
    processor: float


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
                _report(_measure(cluster, package, second, options.rounds))
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
    description = json.loads((package / "datapackage.json").read_text(encoding="utf-8-sig"))
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


def _measure(cluster: Cluster, package: Path, second: Path, rounds: int) -> dict[str, list[Taken]]:
    taken: dict[str, list[Taken]] = {name: [] for name in ("load empty", "COPY empty", "load filled", "COPY filled")}
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
            first, again = (sum(block.count(b"\n") for block in rows.values()) for rows in (first_rows, second_rows))
            print(f"{first} rows into the empty database, then {again} rows into the filled one")
    return taken


def _report(taken: dict[str, list[Taken]]) -> None:
    best = {name: Taken(min(t.clock for t in times), min(t.processor for t in times)) for name, times in taken.items()}
    for name, time_ in best.items():
        print(f"{name:<12} {time_.clock:6.2f} s on the clock {time_.processor:6.2f} s of the processor")
    for state, wanted in WANTED.items():
        load, copy = best[f"load {state}"], best[f"COPY {state}"]
        print(
            f"{state:<7} loading runs at {copy.clock / load.clock:.2f} of COPY's speed by the clock, "
            f"{copy.processor / load.processor:.2f} by the processor (wanted: {wanted} or more)"
        )


def _empty_database(cluster: Cluster) -> None:
    from django.db import connections

    from congvu.web.installation import bring_up_to_date

    connections.close_all()
    fresh_database(cluster.superuser_url, DATABASE)
    bring_up_to_date()


def _timed(what: Callable[[Any], None], given: Any) -> Taken:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    clock, processor = time.perf_counter(), time.process_time() + _processor_of(backend)
    what(given)
    return Taken(time.perf_counter() - clock, time.process_time() + _processor_of(backend) - processor)


def _processor_of(process: int) -> float:
    """Return the seconds of the processor that a process has had; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
