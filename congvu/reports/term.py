"""For which stretch of a year a report is: the year, a half, a quarter, a month, or once on request."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from congvu.figures.period import EARLIEST, LATEST, MONTHS, Cycle, Period
from congvu.kernel.errors import UsageRefusal

PARTS = {Cycle.YEAR: 0, Cycle.HALF_YEAR: 2, Cycle.QUARTER: 4, Cycle.MONTH: 12, Cycle.ON_REQUEST: 99}
"""How many parts of its cycle a year has; 0: the year itself is the only one, and is called part 0."""

_SLUGS = {Cycle.HALF_YEAR: "nua-nam", Cycle.QUARTER: "quy", Cycle.MONTH: "thang", Cycle.ON_REQUEST: "lan"}
ADDRESS = f"[0-9]+(?:/(?:{'|'.join(_SLUGS.values())})-[1-9][0-9]?)?"
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """``part`` is 0 for a whole year, else counts from 1 within it."""

    year: int
    cycle: Cycle = Cycle.YEAR
    part: int = 0

    @property
    def days(self) -> Period:
        """The days of the calendar; a report on request has the year's until others are stored with it."""
        if self.cycle in (Cycle.YEAR, Cycle.ON_REQUEST):
            return Period(date(self.year, 1, 1), date(self.year, 12, 31))
        months = MONTHS.get(self.cycle, 12)
        first, last = 1 + months * (self.part - 1), months * self.part
        return Period(date(self.year, first, 1), date(self.year, last, calendar.monthrange(self.year, last)[1]))

    def before(self, days: Period) -> Period:
        """Return the days as long before ``days`` as a report of this cycle covers; a month's end stays one."""
        months = MONTHS.get(self.cycle, 12)
        return Period(_earlier(days.first, months), _earlier(days.last, months, keep_end=True))

    def beside(self, step: int) -> Term:
        """Return the term ``step`` terms later (earlier where below 0)."""
        parts = PARTS[self.cycle]
        if not parts:
            return Term(self.year + step, self.cycle)
        years, place = divmod(self.part - 1 + step, parts)
        return Term(self.year + years, self.cycle, place + 1)

    @property
    def address(self) -> str:
        """``2022``, ``2022/quy-3``: how addresses name it; :func:`term_at` reads it back."""
        return f"{self.year}/{_SLUGS[self.cycle]}-{self.part}" if self.part else f"{self.year}"

    @property
    def slug(self) -> str:
        """``2022``, ``2022-quy-3``: as part of a file's name."""
        return self.address.replace("/", "-")

    @property
    def words(self) -> str:
        """``năm 2022``, ``quý III năm 2022``, ``6 tháng đầu năm 2022``, ``tháng 3 năm 2022``, ``lần 2 năm 2022``."""
        year = {"year": self.year, "part": self.part}
        match self.cycle:
            case Cycle.HALF_YEAR:
                return (_("6 tháng đầu năm %(year)s") if self.part == 1 else _("6 tháng cuối năm %(year)s")) % year
            case Cycle.QUARTER:
                return _("quý %(part)s năm %(year)s") % (year | {"part": _ROMAN[self.part - 1]})
            case Cycle.MONTH:
                return _("tháng %(part)s năm %(year)s") % year
            case Cycle.ON_REQUEST:
                return _("lần %(part)s năm %(year)s") % year
        return _("năm %(year)s") % year


def term_of(cycle: Cycle, year: int, part: int) -> Term:
    """Return the term of a report; refuse a year of which none can be, and a part that its cycle does not have."""
    if not EARLIEST.year < year < LATEST.year:
        raise UsageRefusal(f"Năm báo cáo «{year}» phải nằm trong khoảng 1901 đến 2198.")
    parts = PARTS[cycle]
    if part not in (range(1, parts + 1) if parts else (0,)):
        expected = f"kỳ từ 1 đến {parts}" if parts else "kỳ 0 (cả năm)"
        raise UsageRefusal(f"Loại báo cáo này không có kỳ {part} trong năm; hãy chọn {expected}.")
    return Term(year, cycle, part)


def term_at(address: str) -> Term:
    """Return the term that :data:`ADDRESS` matched."""
    year, slash, rest = address.partition("/")
    if not slash:
        return Term(int(year))
    slug, _dash, part = rest.rpartition("-")
    return Term(int(year), next(cycle for cycle, name in _SLUGS.items() if name == slug), int(part))


def _earlier(day: date, months: int, *, keep_end: bool = False) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    end = calendar.monthrange(years, month + 1)[1]
    is_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(years, month + 1, end if keep_end and is_end else min(day.day, end))
