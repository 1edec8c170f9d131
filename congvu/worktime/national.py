"""The shipped calendar of the whole country, and the reading of lists of days."""

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from .calendar import Calendar, CalendarNotValid, DayRow, RowKind, office_week

FIRST_YEAR, LAST_YEAR = 2020, 2026
_COLUMNS = ("date", "kind", "name", "source")


@cache
def national_calendar() -> Calendar:
    """Return the calendar that holds where an agency has none of its own: 2020 to 2026, Monday to Friday.

    Days off are ``data/vn_calendar.csv``, each row with its source.
    """
    text = files(__package__).joinpath("data/vn_calendar.csv").read_text(encoding="utf-8")
    return Calendar(
        name="Lịch làm việc toàn quốc",
        years=frozenset(range(FIRST_YEAR, LAST_YEAR + 1)),
        week=office_week("07:30-11:30", "13:30-17:00"),
        days=read_days(text.splitlines(keepends=True)),
    )


def read_days(lines: Iterable[str]) -> tuple[DayRow, ...]:
    """Return the rows of a CSV list with columns ``date,kind,name,source`` and, if there, ``replaces``.

    Raises
    ------
    CalendarNotValid
        A column is missing, or a date or kind cannot be read; the line is named.
    """
    reader = csv.DictReader(lines)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise CalendarNotValid(f"Danh sách ngày nghỉ thiếu cột: {', '.join(missing)}.")
    return tuple(_row(row, reader.line_num) for row in reader)


def _row(row: dict[str, str | None], line: int) -> DayRow:
    try:
        kind = RowKind(row["kind"] or "")
        replaces = row.get("replaces")
        return DayRow(
            day=date.fromisoformat(row["date"] or ""),
            kind=kind,
            name=row["name"] or "",
            source=row["source"] or "",
            replaces=date.fromisoformat(replaces) if replaces else None,
        )
    except ValueError as error:
        raise CalendarNotValid(
            f"Danh sách ngày nghỉ, dòng {line}: ngày phải theo mẫu 2025-04-30 và loại phải là một trong"
            f" {', '.join(RowKind)}."
        ) from error
