"""Over which days the pages count: those in the address, else the periods of the annual report."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from congvu.figures.definition import Figure
from congvu.figures.period import Period
from congvu.kernel import clock
from congvu.reports.queries import ANNUAL, periods_of

from .address import period_in

YEAR, DOSSIERS, DISCIPLINE = "year", "dossiers", "discipline"
_OF_FIGURE = {"dossiers": DOSSIERS, "officers": DISCIPLINE}
"""First part of a figure's id -> the report's period in which it is counted; every other one counts in the year."""


@dataclass(frozen=True, slots=True)
class Periods:
    """``chosen`` comes from the address; ``named`` are the report's."""

    chosen: Period | None
    named: dict[str, Period]

    def for_figure(self, figure: Figure) -> Period:
        name = _OF_FIGURE.get(figure.id.partition(".")[0], YEAR)
        return self.chosen or self.named.get(name) or self.named[YEAR]

    @property
    def year(self) -> Period:
        return self.chosen or self.named[YEAR]


@dataclass(frozen=True, slots=True)
class Picker:
    """What the period picker shows; ``reset`` leads back to the report's periods."""

    first: object
    last: object
    chosen: bool
    reset: str


def periods_for(request: HttpRequest) -> Periods:
    """Return the periods of a page: the report of the clock's year says them, where it has been prepared."""
    return Periods(period_in(request), periods_of(ANNUAL, clock.today().year))


def picker_for(period: Period, periods: Periods, reset: str) -> Picker:
    return Picker(period.first, period.last, periods.chosen is not None, reset)
