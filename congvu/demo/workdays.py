"""The demo's clock and office hours: working seconds, so that time spent at work is plain arithmetic.

An instant within office hours is ``day * DAY + second`` where ``day`` numbers the working days of 2021–2023
and ``second`` counts open time since 07:30 (07:30–11:30, then 13:30–17:00). Deadlines follow the contract's
rule ``end_of_day``; they are a pair (working day, whether it is due at noon).
"""

from datetime import date, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

from congvu.demo import sources
from congvu.demo.chance import Chance

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]

ZONE = timezone(timedelta(hours=7))
NOW = datetime(2022, 12, 21, 8, 0, tzinfo=ZONE)
TODAY = NOW.date()

MORNING = 4 * 3600
DAY = MORNING + 7 * 1800
_OPENS, _REOPENS = 27_000, 48_600

_OFF = np.array(sorted(row["date"] for row in sources.rows("days_off")), dtype="datetime64[D]")
_ALL = np.arange(np.datetime64("2021-01-01"), np.datetime64("2024-01-01"))
WORKING: Days = _ALL[np.is_busday(_ALL, holidays=_OFF)]
"""All working days of 2021–2023; an instant's day is its position here."""


def position(day: date | str) -> int:
    """The number of the first working day on or after ``day``."""
    return int(np.searchsorted(WORKING, np.datetime64(day)))


NOW_SECONDS = position(TODAY) * DAY + 1800


def positions_from(days: Days) -> Ints:
    """The numbers of the first working days on or after each of ``days``."""
    return np.searchsorted(WORKING, days).astype(np.int64)


def working_day(day: date | str, move: int = 0) -> date:
    """The working day ``move`` working days after the first one on or after ``day``."""
    found: date = WORKING[position(day) + move].astype(date)
    return found


def office_seconds(chance: Chance, size: int) -> Ints:
    """Seconds into the working day, busiest in the middle of the morning and of the afternoon."""
    numbers = chance.numbers
    morning = numbers.beta(2.0, 2.2, size) * (MORNING - 1)
    afternoon = MORNING + numbers.beta(1.8, 2.5, size) * (DAY - MORNING - 1)
    return np.where(numbers.random(size) < 0.62, morning, afternoon).astype(np.int64)


def instant_texts(seconds: Ints) -> list[str]:
    """ISO 8601 texts with +07:00 of instants in working seconds."""
    day, second = np.divmod(seconds, DAY)
    clock = np.where(second < MORNING, _OPENS + second, _REOPENS + second - MORNING)
    return _texts(day, clock)


def due_texts(day: Ints, noon: Flags) -> list[str]:
    """ISO 8601 texts of closing times: 11:30 where ``noon``, else 17:00."""
    return _texts(day, np.where(noon, 41_400, 61_200).astype(np.int64))


def _texts(day: Ints, clock: Ints) -> list[str]:
    stamps = WORKING[day].astype("datetime64[s]") + clock.astype("timedelta64[s]")
    return [f"{text}+07:00" for text in np.datetime_as_string(stamps, unit="s").tolist()]


def office_instant(chance: Chance, day: date) -> str:
    """One instant in office hours of ``day``'s first working day, never after the demo's now."""
    seconds = position(day) * DAY + office_seconds(chance, 1)
    return instant_texts(np.minimum(seconds, NOW_SECONDS - chance.between(30, 900)))[0]
