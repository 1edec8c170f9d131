"""The period that is asked about: two local days, both inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congvu.kernel.errors import UsageRefusal


class Cycle(StrEnum):
    """How often a report is due."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ON_REQUEST = "on_request"


MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}
"""How many months a regular report covers."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise UsageRefusal(
                f"Kỳ số liệu bị ngược: từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}. "
                "Ngày đầu kỳ phải không sau ngày cuối kỳ."
            )
        if self.first < EARLIEST or self.last > LATEST:
            raise UsageRefusal("Kỳ số liệu phải nằm trong các năm 1900 đến 2199.")

    @property
    def year(self) -> int:
        return self.last.year

    def months(self) -> list[Period]:
        """Return the calendar months that the period touches, cut to it, at most the last 24."""
        found: list[Period] = []
        first = self.first
        while first <= self.last:
            next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            found.append(Period(first, min(self.last, next_month - timedelta(days=1))))
            first = next_month
        return found[-24:]

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"


def parse_day(text: str, what: str) -> date:
    """Return the day written ``YYYY-MM-DD`` (or ``DD/MM/YYYY``); refuse anything else, naming ``what``."""
    try:
        if "/" in text:
            day, month, year = text.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(text)
    except ValueError:
        raise UsageRefusal(f"{what}: «{text}» không phải là một ngày. Viết như 2022-12-31 hoặc 31/12/2022.") from None
