"""A column's days: whatever a workbook calls a day, as ``2022-08-05`` or ``2022-08-05T14:05:00+07:00``.

A column writes its days in one way. Where it does not, nobody can know which cells Excel has turned round, and the
cells of the lesser way are refused, unless the mapping states the way.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from congvu.kernel.clock import VIETNAM
from congvu.kernel.format import format_day, format_number
from congvu.sheets.grid import Cell
from congvu.sheets.mapping import Dates
from congvu.sheets.target import Moment

from .cells import Reading, says_nothing
from .written import Day, NotWritten, clock_of, day_of, split

FIRST_YEAR, LAST_YEAR = 1900, 2199
CLOCKS: Mapping[Moment, str] = {"start": "00:00:00", "close": "17:00:00", "end": "23:59:59"}

_Style = Literal["typed", "day_first", "month_first", "year_first", "words", "unsure"]
_EXAMPLES: Mapping[str, str] = {
    "typed": "ô kiểu ngày của Excel",
    "day_first": "kiểu 31/12/2022",
    "month_first": "kiểu 12/31/2022 (tháng trước ngày)",
    "year_first": "kiểu 2022-12-31",
    "words": "kiểu “ngày 31 tháng 12 năm 2022”",
}
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook's days have no zone
_EPOCH_1900 = dt.datetime(1899, 12, 31)  # noqa: DTZ001
_LEAP_DAY_OF_1900 = 60
_PLAUSIBLE = (1950, 2100)
_MOST_MONTHS = 12


@dataclass
class DaysReading(Reading):
    """``bare`` are the cells that gave a day without a time, where an instant was asked for."""

    bare: set[Hashable] = field(default_factory=set)


def from_serial(number: float, *, epoch_1904: bool = False) -> dt.datetime | None:
    """Return the moment that a workbook's number stands for, to the second; None where there is none.

    Serial 60 of the epoch 1900 is 29/02/1900, a day that never was; those after it are one too high.

    >>> from_serial(59), from_serial(60), from_serial(61)
    (datetime.datetime(1900, 2, 28, 0, 0), None, datetime.datetime(1900, 3, 1, 0, 0))
    """
    if not math.isfinite(number):
        return None
    seconds = round((number % 1) * 86400)
    days = int(number // 1)
    if days < 0 or (days == _LEAP_DAY_OF_1900 and not epoch_1904):
        return None
    late = 0 if epoch_1904 or days < _LEAP_DAY_OF_1900 else 1
    try:
        return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + dt.timedelta(days=days - late, seconds=seconds)
    except OverflowError:
        return None


def read_days(
    counts: Mapping[Cell, int],
    *,
    moment: Moment | None = None,
    dates: Dates = "",
    epoch_1904: bool = False,
    empty: tuple[str, ...] = (),
) -> DaysReading:
    """Return what the distinct cells of a column mean as days, or as instants where ``moment`` is given.

    ``counts`` is how many cells hold each value: the way of more cells is the column's.
    """
    column = _Column(dates, epoch_1904)
    found = DaysReading()
    for cell, count in counts.items():
        if type(cell) is str and (not cell or (says_nothing(cell, empty) and not cell.isdigit())):
            found.values[cell] = ""
            continue
        try:
            column.take(cell, count)
        except NotWritten as error:
            found.refuse(cell, str(error))
    column.settle()
    found.remark = column.remark
    ending = None if moment is None else CLOCKS[moment]
    for cell, (day, clock) in column.moments.items():
        told, reason = column.verdict(day)
        if reason:
            found.refuse(cell, reason)
        elif len(clock) > len("14:05:00"):
            instant = dt.datetime.fromisoformat(f"{told}T{clock}").astimezone(VIETNAM)
            found.values[cell] = instant.isoformat() if ending else instant.date().isoformat()
        elif ending is None:
            found.values[cell] = told
        else:
            found.values[cell] = f"{told}T{clock or ending}+07:00"
            if not clock:
                found.bare.add(cell)
    return found


def read_clocks(cells: Mapping[Cell, int]) -> Reading:
    """Return what the distinct cells of a column mean as times of a day, ``HH:MM:SS``."""
    found = Reading()
    for cell in cells:
        try:
            found.values[cell] = _clock(cell)
        except NotWritten as error:
            found.refuse(cell, str(error))
    return found


def _clock(cell: Cell) -> str:
    match cell:
        case str():
            return "" if says_nothing(cell) else clock_of(cell)
        case dt.datetime():
            return f"{cell:%H:%M:%S}"
        case dt.time():
            return f"{cell:%H:%M:%S}"
        case dt.timedelta() if 0 <= cell.total_seconds() < 86400:
            return _clock_after(cell.total_seconds())
        case float() if 0 <= cell < 1:
            return _clock_after(cell * 86400)
    raise NotWritten("không đọc được là giờ; cần ví dụ 14:05")


def _clock_after(seconds: float) -> str:
    whole = round(seconds) % 86400
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class _Column:
    """The days of a column, collected before it is decided how the column writes them."""

    def __init__(self, dates: Dates, epoch_1904: bool) -> None:
        self.moments: dict[Cell, tuple[dt.date | str, str]] = {}
        self.remark = ""
        self._stated = dates
        self._epoch_1904 = epoch_1904
        self._styles: Counter[_Style] = Counter()
        self._verdicts: dict[dt.date | str, tuple[str, str]] = {}
        self._written: dict[str, Day] = {}
        self._clocks: dict[str, str] = {}
        self._main: _Style = "typed"
        self._order: Dates = "day_first"
        self._turned_round = False
        self._typed_months = True  # no typed day lies after the 12th

    def take(self, cell: Cell, count: int) -> None:
        match cell:
            case str():
                self._take_text(cell, count)
            case dt.datetime():
                rounded = cell.microsecond and cell.year <= LAST_YEAR
                whole = cell + dt.timedelta(microseconds=500_000) if rounded else cell
                self._take_typed(cell, whole.replace(microsecond=0), count)
            case dt.date():
                self._take_typed(cell, cell, count)
            case float():
                self._take_number(cell, count)
            case _:
                raise NotWritten("chỉ có giờ; cần cả ngày, tháng, năm")

    def _take_typed(self, cell: Cell, day: dt.date, count: int) -> None:
        self._styles["typed"] += count
        self._typed_months = self._typed_months and day.day <= _MOST_MONTHS
        if type(day) is dt.datetime:
            self.moments[cell] = (day.date(), day.time().isoformat() if day.hour or day.minute or day.second else "")
        else:
            self.moments[cell] = (day, "")

    def _take_number(self, number: float, count: int) -> None:
        moment = from_serial(number, epoch_1904=self._epoch_1904)
        if moment and _PLAUSIBLE[0] <= moment.year <= _PLAUSIBLE[1]:
            self._take_typed(number, moment, count)
        elif number.is_integer() and (FIRST_YEAR <= number <= LAST_YEAR or len(f"{number:.0f}") == len("20221231")):
            self._take_text(str(int(number)), count, cell=number)
        else:
            raise NotWritten("là một số, không phải ngày; cần ví dụ 31/12/2022")

    def _take_text(self, text: str, count: int, cell: float | None = None) -> None:
        key: Cell = text if cell is None else cell
        head, _blank, tail = text.partition(" ")
        if head in self._written and (tail in self._clocks or not tail):
            day, clock = head, self._clocks.get(tail, "")
        else:
            found = split(text)
            day, clock = found.day, found.clock
            if not day:
                raise NotWritten("chỉ có giờ; cần cả ngày, tháng, năm")
            if day not in self._written:
                if cell is None and day.isdigit() and (typed := self._serial_in_text(day)):
                    self._take_typed(text, typed, count)
                    return
                self._written[day] = day_of(day)
            if day == head and clock:
                self._clocks[tail] = clock
        self._styles[_style(self._written[day])] += count
        self.moments[key] = (day, clock)

    def _serial_in_text(self, text: str) -> dt.datetime | None:
        """Return the moment of a serial number that is stored as text."""
        if len(text) != len("44788"):
            return None
        moment = from_serial(float(text), epoch_1904=self._epoch_1904)
        return moment if moment and _PLAUSIBLE[0] <= moment.year <= _PLAUSIBLE[1] else None

    def settle(self) -> None:
        """Decide how the column writes its days."""
        if all(clock in ("", CLOCKS["start"]) for _day, clock in self.moments.values()):
            self.moments = {cell: (day, "") for cell, (day, _clock) in self.moments.items()}  # exported without times
        if self._stated:
            self._order = self._stated
            return
        styles = self._styles
        proven = (styles["day_first"], styles["month_first"])
        self._order = "month_first" if proven[1] > proven[0] else "day_first"
        self._turned_round = bool(
            styles["typed"] and self._typed_months and not styles["unsure"] and sum(proven) and not all(proven)
        )
        styles[self._order] += styles.pop("unsure", 0)
        self._main = max(
            (style for style in styles if styles[style]),
            key=lambda style: (styles[style], style == "typed"),
            default="typed",
        )
        if self._main == "month_first":
            self.remark = "cột này viết tháng trước ngày (12/31/2022), được đọc như vậy"
        elif self._main == "day_first" and not sum(proven):
            self.remark = "không ngày nào trong cột này quá 12 ở cả hai số: được đọc ngày trước, tháng sau (31/12/2022)"

    def verdict(self, day: dt.date | str) -> tuple[str, str]:
        """Return a day as ``2022-08-05``, and why it cannot be taken, "" where it can."""
        if day not in self._verdicts:
            reason, told = self._wrong(day), ""
            if not reason:
                try:
                    told = self._day(day).isoformat()
                except NotWritten as error:
                    reason = str(error)
            self._verdicts[day] = (told, reason)
        return self._verdicts[day]

    def _wrong(self, day: dt.date | str) -> str:
        """Return why a cell's way to write is not the column's, "" where it is."""
        style = "typed" if not isinstance(day, str) else _style(self._written[day])
        if self._stated:
            return self._against_stated(style)
        if style == "unsure":
            style = "month_first" if self._order == "month_first" else "day_first"
        if self._turned_round and (style == "typed" or style != self._main):
            return (
                "mọi ô chữ của cột này có ngày lớn hơn 12, mọi ô kiểu ngày đều không quá 12: Excel đặt vùng Hoa Kỳ "
                "có thể đã đảo ngày và tháng của các ô kiểu ngày; "
                "hãy kiểm tra ở nguồn, hoặc chọn cách ghi ngày của cột"
            )
        if style == self._main:
            return ""
        count = format_number(self._styles[self._main])
        return (
            f"cột này viết ngày theo {_EXAMPLES[self._main]} ở {count} ô, ô này theo {_EXAMPLES[style]}; "
            "cần một kiểu cho cả cột, hoặc chọn cách ghi ngày của cột"
        )

    def _against_stated(self, style: _Style) -> str:
        """Return why a text cannot be of the stated way; what can be read in one way only is never against it."""
        if style in ("typed", "words", "year_first"):
            return ""
        if self._stated == "year_first" or style not in ("unsure", self._stated):
            return f"cột này được khai là viết ngày theo {_EXAMPLES[self._stated]}, ô này theo kiểu khác"
        return ""

    def _day(self, day: dt.date | str) -> dt.date:
        if not isinstance(day, str):
            return _within_years(day)
        written = self._written[day]
        number, month = written.first, written.second
        if written.order == "numbers" and self._order == "month_first":
            number, month = month, number
        try:
            return _within_years(dt.date(written.year, month, number))
        except ValueError:
            raise NotWritten(_no_such_day(number, month, written.year)) from None


def _style(day: Day) -> _Style:
    if day.order != "numbers":
        return day.order
    if day.first > _MOST_MONTHS:
        return "day_first"
    return "month_first" if day.second > _MOST_MONTHS else "unsure"


def _within_years(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotWritten(f"năm {day.year} ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}")
    return day


def _no_such_day(number: int, month: int, year: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"năm {year} ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}"
    last = _last_of(month, year)
    if last is None:
        return f"không có tháng {month}"
    return f"không có ngày {number:02d}/{month:02d}/{year}; tháng này đến ngày {format_day(last)}"


def _last_of(month: int, year: int) -> dt.date | None:
    if not 1 <= month <= _MOST_MONTHS:
        return None
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)
