"""Instants as text, as Python values and as whole microseconds of Vietnamese time.

Inside this room an instant is a count of *ticks*: microseconds since 1970-01-01T00:00+07:00. A day number is
``ticks // DAY``, so every comparison is one of integers and nothing is rounded unless a rule says so.
"""

import re
from datetime import date, datetime, timedelta

from congvu.kernel.clock import VIETNAM
from congvu.kernel.errors import Refusal

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
OFFSET = 7 * 60 * MINUTE
"""Ticks between a UTC count and the Vietnamese one: +07:00 always."""

_EPOCH = datetime(1970, 1, 1, tzinfo=VIETNAM)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_TICK = timedelta(microseconds=1)
_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


class InstantNotValid(Refusal):
    """A text is no instant in ISO 8601."""

    code = "instant_not_valid"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} không phải là thời điểm hợp lệ. Hãy ghi theo mẫu 2022-08-15T14:05:00+07:00;"
            " không ghi múi giờ thì hiểu là giờ Việt Nam."
        )


def parse_instant(text: str) -> datetime:
    """Return the instant that an ISO 8601 text states, with an offset; one without is Vietnamese time.

    Raises
    ------
    InstantNotValid
        The text has another shape (a date alone, a blank for the ``T``), or no such day or hour exists.
    """
    if not _SHAPE.fullmatch(text):
        raise InstantNotValid(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InstantNotValid(text) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


def ticks_of(instant: datetime) -> int:
    """Return an instant as ticks. ``ValueError`` for one without an offset: that is a fault of the caller."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return (instant - _EPOCH) // _TICK


def instant_of(ticks: int) -> datetime:
    """Return ticks as an instant of Vietnamese time."""
    return _EPOCH + timedelta(microseconds=ticks)


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to ``day``."""
    return day.toordinal() - _EPOCH_ORDINAL


def day_of(number: int) -> date:
    """Return the day with this number."""
    return date.fromordinal(number + _EPOCH_ORDINAL)


def day_text(day: date) -> str:
    """Return a day as people read it, such as ``thứ Hai 10/03/2025``."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def moment(instant: datetime) -> str:
    """Return an instant as people read it, such as ``17:00 thứ Hai 10/03/2025``."""
    local = instant.astimezone(VIETNAM)
    return f"{local:%H:%M} {day_text(local.date())}"
