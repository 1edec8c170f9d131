"""By when a report is owed, and how late it is, in working days of the national calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from congvu.kernel.clock import VIETNAM, local_day, start_of
from congvu.kernel.format import format_day, format_due, format_number, format_time
from congvu.worktime import Calendar, national_calendar
from congvu.worktime.terms import Unit

from .form import Terms

_ONE = timedelta(days=1)


def due_at(last_day: date, terms: Terms, level: str, calendar: Calendar | None = None) -> datetime:
    """Return the close of office of the day by which an agency of ``level`` owes the report.

    Days are counted from the day after the period's last one. A term of calendar days that ends on a day off is
    met on the next working day.

    Raises
    ------
    YearNotCovered
        The calendar does not cover a year between the two.
    """
    calendar = calendar or national_calendar()
    days = next((many for known, many in terms.days.items() if known == level), max(terms.days.values(), default=0))
    day = last_day
    if terms.unit is Unit.WORKING_DAY:
        for _number in range(days):
            day = _next_working_day(day + _ONE, calendar)
    else:
        day += timedelta(days=days)
    return closing_of(_next_working_day(day, calendar), calendar)


def closing_of(day: date, calendar: Calendar | None = None) -> datetime:
    """Return when offices close on a day; midday's end of a day off is that of a usual day."""
    sessions = (calendar or national_calendar()).on(day).sessions
    return datetime.combine(day, sessions[-1].closes if sessions else time(17), VIETNAM)


def _next_working_day(day: date, calendar: Calendar) -> date:
    while not calendar.on(day).is_working:
        day += _ONE
    return day


def working_days_between(first: date, last: date, calendar: Calendar | None = None) -> int:
    """Return how many working days lie after ``first``, up to and with ``last``."""
    calendar = calendar or national_calendar()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.on(day).is_working for day in days)


def standing_words(due: datetime, now: datetime, calendar: Calendar | None = None) -> str:
    """Return how a report that is not handed in stands: ``còn 2 ngày làm việc``, ``quá hạn 2 ngày làm việc``."""
    today, day = local_day(now), local_day(due)
    if now <= due:
        left = working_days_between(today, day, calendar)
        return f"còn {format_number(left)} ngày làm việc" if left else f"đến hạn {format_time(due)} hôm nay"
    whole = today if now >= closing_of(today, calendar) else today - _ONE
    late = working_days_between(day, whole, calendar) if whole > day else 0
    return f"quá hạn {format_number(late)} ngày làm việc" if late else f"quá hạn từ {format_due(due)}"


def end_of(day: date) -> datetime:
    """Return the last instant that belongs to a day, for what is asked as of that day."""
    return start_of(day + _ONE) - timedelta(microseconds=1)


def due_words(due: datetime) -> str:
    return f"{format_time(due)} ngày {format_day(due.astimezone(VIETNAM).date())}"
