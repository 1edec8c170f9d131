"""Working time between two instants: session time of working days, in whole minutes begun and finished."""

from datetime import datetime

from congvu.kernel.errors import Refusal

from .calendar import Calendar
from .instants import DAY, MINUTE, day_of, moment, ticks_of
from .timeline import Timeline


class IntervalNotValid(Refusal):
    """An interval ends before it begins."""

    code = "interval_not_valid"


def elapsed(begins_at: datetime, ends_at: datetime, calendar: Calendar) -> int:
    """Return the working minutes from one instant to another, a rest of less than a minute cut off.

    Raises
    ------
    IntervalNotValid
        ``ends_at`` lies before ``begins_at``.
    YearNotCovered
        The calendar does not cover a year between the two.
    """
    begin, end = ticks_of(begins_at), ticks_of(ends_at)
    if end < begin:
        raise IntervalNotValid(f"Thời điểm cuối ({moment(ends_at)}) trước thời điểm đầu ({moment(begins_at)}).")
    timeline = calendar.timeline(day_of(begin // DAY).year)
    if day_of(end // DAY).year >= timeline.next_year:
        raise timeline.beyond()
    return worked_minutes(timeline, begin, end)


def worked_minutes(timeline: Timeline, begin: int, end: int) -> int:
    """Return the whole working minutes between two ticks; time outside the timeline counts nothing."""
    return (timeline.worked(end) - timeline.worked(begin)) // MINUTE
