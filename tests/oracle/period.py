"""The asked period: Vietnamese days, and the instants at which they begin and end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .package import VIETNAM


@dataclass(frozen=True)
class Period:
    """Two Vietnamese days, both inclusive, and the instants at which they begin and end."""

    first: date
    last: date

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.first, time.min, VIETNAM)

    @property
    def end(self) -> datetime:
        """The first instant after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time.min, VIETNAM)

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def reached(self, day: date | None) -> bool:
        """Whether that day had come by the last day of the period."""
        return day is not None and day <= self.last


def local_day(instant: datetime) -> date:
    return instant.astimezone(VIETNAM).date()
