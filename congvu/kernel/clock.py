"""The one place that reads the clock."""

import os
from datetime import UTC, date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""+07:00 always: every instant of the records lies after 1975."""


def now() -> datetime:
    """Return the instant that pages and acts live on: ``CONGVU_NOW`` where it is set, else the real one.

    ``CONGVU_NOW`` is ISO 8601; without an offset it is Vietnamese time (the demo: ``2022-12-21T08:00``).
    """
    if stated := os.environ.get("CONGVU_NOW"):
        instant = datetime.fromisoformat(stated)
        return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)
    return datetime.now(UTC)


def today() -> date:
    """Return the Vietnamese day of :func:`now`."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    """Return the Vietnamese day on which ``instant`` lies."""
    return instant.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """Return the first instant of a Vietnamese day."""
    return datetime.combine(day, time.min, VIETNAM)
