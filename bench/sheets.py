"""Reading and mapping an export of 200,000 dossiers, beside python-calamine's bare read of the same file.

    .venv/bin/python -m bench.sheets [--rounds 5] [--rows 200000] [--profile]

Pairs in turn: the bare read (``from_object`` and ``to_python``), then ours (opening, reading, finding the table,
filling merged cells, applying a mapping with a register of 200 agencies). The ratio is ours by the bare read of the
same pair; its median counts, since the two runs of a pair lie close together on a machine that others use as well. The
peak memory of each comes from a process of its own, read from /proc (Linux only). The CSV of the same rows has no bare
read but Python's ``csv``. Aim: a ratio of 2.0 or less for the workbook.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import datetime as dt
import gc
import io
import multiprocessing
import os
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine as calamine

from bench.dossier_sheet import MAPPING, ROWS, SHEET, Place, write_csv, write_xlsx

AGENCIES, PROCEDURES = 200, 40
_BORN = dt.date(1900, 1, 1)
_TURN = dt.date(2022, 7, 1)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--rows", type=int, default=ROWS)
    arguments.add_argument("--profile", action="store_true", help="show where our time goes")
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.settings")
    import django

    django.setup()  # the words of the tables; no database is asked
    with tempfile.TemporaryDirectory() as folder:
        places = _places()
        files: dict[str, tuple[Path, Callable[[bytes], object]]] = {
            "days typed": (write_xlsx(Path(folder, "typed.xlsx"), places, options.rows), _bare),
            "days as texts": (write_xlsx(Path(folder, "t.xlsx"), places, options.rows, days_as_text=True), _bare),
            "CSV": (write_csv(Path(folder, "export.csv"), places, options.rows), _bare_csv),
        }
        for what, (path, bare) in files.items():
            print(f"{what}: {options.rows} rows, {path.stat().st_size / 1e6:.1f} MB")
            _pairs(path, bare, options.rounds)
            print("  (no aim: python-calamine reads no CSV)" if bare is _bare_csv else "  (aim: 2.0 or less)")
            for name, run in (("bare", bare), ("ours", _ours)):
                print(f"  peak memory, {name:<5}{_peak(run, path):6.0f} MB in a process of its own")
            if options.profile:
                _profiled(path)


def _places() -> list[Place]:
    return [
        Place(f"1.{procedure:06d}.000.00.00.H14", f"Thủ tục {procedure}", f"X{agency:03d}", f"UBND xã Bản {agency}")
        for agency in range(AGENCIES)
        for procedure in range(PROCEDURES)
    ]


def _bare(content: bytes) -> object:
    return calamine.CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name(SHEET).to_python()


def _bare_csv(content: bytes) -> object:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _ours(content: bytes, tell: Callable[[str], None] = lambda _stage: None) -> object:
    from congvu.intake.targets import target_tables
    from congvu.sheets.finding.find import fill_merged, find_layout
    from congvu.sheets.reading.opening import open_book
    from congvu.sheets.values.agencies import KnownAgency, Register
    from congvu.sheets.values.applying import apply

    name = "export.xlsx" if content.startswith(b"PK") else "export.csv"
    # a tenth of the agencies changed in the year, so that every row's own day matters
    known = [
        KnownAgency(code, called, "", "commune_committee", "commune", "", begins)
        for code, called in {place.agency: place.agency_name for place in _places()}.items()
        for begins in ((_BORN, _TURN) if code.endswith("0") else (_BORN,))
    ]
    register, table = Register(known), target_tables()["dossiers"]
    book = open_book(content, name)
    tell("opening")
    grid = book.read(book.sheets[0].name)
    tell("reading")
    layout = find_layout(grid)
    filled = fill_merged(grid, layout)
    tell("layout")
    outcome = apply(MAPPING, filled, layout, table, register, epoch_1904=book.epoch_1904)
    tell("applying")
    if outcome.errors:
        raise ValueError(f"{len(outcome.errors)} errors: {outcome.errors[0]}")
    return outcome


def _pairs(path: Path, bare: Callable[[bytes], object], rounds: int) -> None:
    content = path.read_bytes()
    _ours(content)  # so that importing and words are not timed
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    stages: dict[str, list[float]] = {}
    for _ in range(rounds):
        times["bare"].append(_timed(lambda: bare(content)))
        last = time.perf_counter()

        def tell(stage: str) -> None:
            nonlocal last
            now = time.perf_counter()
            stages.setdefault(stage, []).append(now - last)
            last = now

        times["ours"].append(_timed(lambda tell=tell: _ours(content, tell)))  # type: ignore[misc]
    for name, taken in times.items():
        print(f"  {name:<6} best {min(taken):5.2f} s, median {statistics.median(taken):5.2f} s")
    print("  of ours, best: " + ", ".join(f"{stage} {min(taken):.2f} s" for stage, taken in stages.items()))
    ratios = [ours / base for base, ours in zip(times["bare"], times["ours"], strict=True)]
    print(
        f"  ratio of the best {min(times['ours']) / min(times['bare']):.2f}, of the pairs: median "
        f"{statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}"
    )


def _timed(run: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    kept = run()
    taken = time.perf_counter() - begun
    del kept  # freed outside the clock for both
    return taken


def _peak(run: Callable[[bytes], object], path: Path) -> float:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_memory, (run, path))


def _memory(run: Callable[[bytes], object], path: Path) -> float:
    """Return the peak of this process in megabytes, the file and the modules among it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.settings")
    import django

    django.setup()
    kept = run(path.read_bytes())
    del kept
    # not getrusage: its peak begins with what the process that started this one had
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _profiled(path: Path) -> None:
    content = path.read_bytes()
    with cProfile.Profile() as profile:
        _ours(content)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
