"""Due instants and working time of a whole column, against numpy's own business days in the same run.

``python bench/worktime.py [rows]``. The floor, ``np.busday_offset``, knows no hours, no worked Saturdays, no start
rule and no years that it does not cover: it shows what any look-up over such a column costs here.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from congvu.worktime import (
    Nature,
    Term,
    due,
    due_batch,
    due_csv,
    elapsed_batch,
    national_calendar,
    parse_instant,
)

REPEATS = 5
UNITS = np.array(["working_day", "calendar_day", "month", "working_hour"])


def best(run: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds: on a busy machine the others measure the neighbours."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def main(rows: int) -> None:
    calendar = national_calendar()
    chance = np.random.default_rng(2022)
    seconds = chance.integers(0, 5 * 365 * 86400, rows).astype("m8[s]")
    received = (np.datetime64("2020-01-01T00:00:00") + seconds).astype("M8[us]")
    days = received.astype("M8[D]")
    amounts = chance.integers(1, 11, rows).astype(np.float64)
    units = UNITS[chance.integers(0, len(UNITS), rows)]
    off = [row.day for row in calendar.days if calendar.on(row.day).nature is not Nature.SWAPPED_WORKDAY]
    week = np.busdaycalendar(holidays=np.array(off, "M8[D]"))
    _, later = due_batch(received, 5, "working_day", calendar)
    start, hours = due_batch(received, 8, "working_hour", calendar)
    assert (elapsed_batch(start, hours, calendar) == 480).all()

    at, term = parse_instant("2024-04-24T18:00:00+07:00"), Term(5, "working_day")
    calendar.version  # noqa: B018  computed once, so not a cost of each row
    measured = [
        ("np.busday_offset, 5 days (floor)", best(lambda: np.busday_offset(days, 5, "forward", busdaycal=week)), rows),
        ("due_batch, 5 working days", best(lambda: due_batch(received, 5, "working_day", calendar)), rows),
        ("due_batch, 8 working hours", best(lambda: due_batch(received, 8, "working_hour", calendar)), rows),
        (
            "due_batch, rolling, 5 days",
            best(lambda: due_batch(received, 5, "working_day", calendar, rule="rolling")),
            rows,
        ),
        ("due_batch, four units mixed", best(lambda: due_batch(received, amounts, units, calendar)), rows),
        ("elapsed_batch", best(lambda: elapsed_batch(received, later, calendar)), rows),
        ("due, one by one, explained", best(lambda: [due(at, term, calendar) for _ in range(500)]), 500),
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8") as file:
            file.write("id,received_at,amount,unit\n")
            local = np.datetime_as_string(received.astype("M8[s]"))
            file.writelines(
                f"{row},{text}+07:00,{amount:.0f},{unit}\n"
                for row, (text, amount, unit) in enumerate(zip(local, amounts, units, strict=True))
            )
        measured.append(("due_csv, file to file", best(lambda: due_csv(source, target, calendar)), rows))

    print(f"{'':34}{'rows':>9}{'seconds':>10}{'µs a row':>10}")
    for name, taken, count in measured:
        print(f"{name:34}{count:>9}{taken:>10.3f}{taken / count * 1e6:>10.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
