"""A working calendar: which sessions each day has, why a day is off, and what the calendar does not know."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from congvu.kernel.errors import Refusal

from .instants import DAY, MINUTE, WEEKDAYS, day_number, day_of
from .timeline import Timeline, YearNotCovered

UNCONFIRMED_MARK = "CHƯA XÁC NHẬN"
MONDAY, SATURDAY = 0, 5


class CalendarNotValid(Refusal):
    """The data given do not make a calendar."""

    code = "calendar_not_valid"


class RowKind(StrEnum):
    HOLIDAY = "holiday"
    COMPENSATORY_OFF = "compensatory_off"
    SWAPPED_WORKDAY = "swapped_workday"


class Nature(StrEnum):
    """What a day is once its weekday and all its confirmed rows are weighed."""

    WORKING = "working"
    SWAPPED_WORKDAY = "swapped_workday"
    RECEPTION_ONLY = "reception_only"
    WEEKLY_REST = "weekly_rest"
    HOLIDAY = "holiday"
    COMPENSATORY_OFF = "compensatory_off"


@dataclass(frozen=True, order=True)
class Session:
    """One stretch of office hours, whole minutes, inside one day; both ends belong to it."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> "Session":
        """Return the session of a text such as ``07:30-11:30``; ``CalendarNotValid`` for another shape."""
        opens, dash, closes = text.replace("\N{EN DASH}", "-").partition("-")
        try:
            if dash:
                return cls(time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip()))
        except ValueError:
            pass
        raise CalendarNotValid(f"Buổi làm việc {text!r} không hợp lệ. Hãy ghi theo mẫu 07:30-11:30.")

    def ticks(self, day: int) -> tuple[int, int]:
        """Return the session's ends on the day with this number."""
        return day * DAY + _minutes(self.opens) * MINUTE, day * DAY + _minutes(self.closes) * MINUTE


@dataclass(frozen=True)
class DayRow:
    """One line of the list of days off and days worked instead.

    ``replaces`` is the day for which a swap day is worked. ``confirmed`` is an administrator's word; where
    there is none, a row counts unless its name or source carries the mark CHƯA XÁC NHẬN.
    """

    day: date
    kind: RowKind
    name: str
    source: str
    replaces: date | None = None
    confirmed: bool | None = None

    @property
    def counts(self) -> bool:
        if self.confirmed is not None:
            return self.confirmed
        return UNCONFIRMED_MARK not in unicodedata.normalize("NFC", f"{self.name}\n{self.source}").upper()


@dataclass(frozen=True)
class Day:
    """What a calendar says about one day: its nature, its sessions, and the row that decides, if one does."""

    nature: Nature
    sessions: tuple[Session, ...]
    row: DayRow | None = None

    @property
    def is_working(self) -> bool:
        return self.nature in (Nature.WORKING, Nature.SWAPPED_WORKDAY)


_REST = Day(Nature.WEEKLY_REST, ())


def office_week(*sessions: str, weekdays: Iterable[int] = range(5)) -> tuple[tuple[Session, ...], ...]:
    """Return seven weekdays, Monday first, with the same sessions on each of ``weekdays`` (0 is Monday)."""
    open_days, parsed = frozenset(weekdays), tuple(Session.parse(text) for text in sessions)
    return tuple(parsed if weekday in open_days else () for weekday in range(7))


@dataclass(frozen=True)
class Calendar:
    """A calendar as data.

    Parameters
    ----------
    name
        What people call it.
    years
        The years whose days off are known. An instant outside them is refused, never guessed.
    week
        Seven tuples of sessions, Monday first; ``()`` is a day without any.
    days
        Days off and days worked instead, in any order, at most one row per day and kind.
    reception_only
        Weekdays (0 is Monday) on which receipts count although they are no working days. Not given:
        Saturday, if it has sessions.

    Raises
    ------
    CalendarNotValid
        Sessions that overlap or are out of order, two rows of one day and kind, a swap day without
        sessions, no working weekday at all.
    """

    name: str
    years: frozenset[int]
    week: tuple[tuple[Session, ...], ...]
    days: tuple[DayRow, ...] = ()
    reception_only: frozenset[int] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "years", frozenset(self.years))
        object.__setattr__(self, "days", tuple(sorted(self.days, key=lambda row: (row.day, row.kind))))
        _check_week(self)
        _check_days(self)

    @cached_property
    def reception_weekdays(self) -> frozenset[int]:
        chosen = frozenset({SATURDAY}) if self.reception_only is None else self.reception_only
        return frozenset(weekday for weekday in chosen if self.week[weekday])

    @cached_property
    def version(self) -> str:
        """Return 16 hexadecimal digits that change whenever the data change."""
        data = {
            "years": sorted(self.years),
            "week": [[[str(s.opens), str(s.closes)] for s in sessions] for sessions in self.week],
            "reception_only": sorted(self.reception_weekdays),
            "days": [
                [str(row.day), row.kind, row.name, row.source, str(row.replaces or ""), row.counts] for row in self.days
            ],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def unconfirmed(self) -> tuple[DayRow, ...]:
        """Return the rows that wait for an administrator and do not count yet."""
        return tuple(row for row in self.days if not row.counts)

    def with_confirmed(self, *days: date) -> "Calendar":
        """Return this calendar, the rows of ``days`` confirmed; ``CalendarNotValid`` for one without."""
        for day in days:
            if not any(row.day == day for row in self.days):
                raise CalendarNotValid(f"Lịch “{self.name}” không có dòng nào của ngày {day:%d/%m/%Y} để xác nhận.")
        rows = tuple(replace(row, confirmed=True) if row.day in days else row for row in self.days)
        return replace(self, days=rows)

    def on(self, day: date) -> Day:
        """Return what this calendar says about ``day``; ``YearNotCovered`` where it says nothing."""
        if day.year not in self.years:
            raise YearNotCovered(self.name, day.year)
        rows = self._rows.get(day, {})
        if swap := rows.get(RowKind.SWAPPED_WORKDAY):
            return Day(Nature.SWAPPED_WORKDAY, self._swap_sessions(swap), swap)
        if off := rows.get(RowKind.HOLIDAY) or rows.get(RowKind.COMPENSATORY_OFF):
            return Day(Nature(off.kind), (), off)
        return self._plain[day.weekday()]

    def timeline(self, year: int) -> Timeline:
        """Return the covered years around ``year`` laid end to end; ``YearNotCovered`` if it is none."""
        if year not in self.years:
            raise YearNotCovered(self.name, year)
        return self._timelines[year]

    @cached_property
    def _rows(self) -> dict[date, dict[RowKind, DayRow]]:
        rows: dict[date, dict[RowKind, DayRow]] = {}
        for row in self.days:
            if row.counts:
                rows.setdefault(row.day, {})[row.kind] = row
        return rows

    @cached_property
    def _plain(self) -> tuple[Day, ...]:
        def plain(weekday: int) -> Day:
            if not self.week[weekday]:
                return _REST
            reception = weekday in self.reception_weekdays
            return Day(Nature.RECEPTION_ONLY if reception else Nature.WORKING, self.week[weekday])

        return tuple(plain(weekday) for weekday in range(7))

    def _swap_sessions(self, swap: DayRow) -> tuple[Session, ...]:
        replaced = self.week[swap.replaces.weekday()] if swap.replaces else ()
        return replaced or self.week[MONDAY]

    @cached_property
    def _timelines(self) -> dict[int, Timeline]:
        timelines: dict[int, Timeline] = {}
        for year in sorted(self.years):
            if year - 1 not in self.years:
                timeline = self._lay_out(year)
            timelines[year] = timeline
        return timelines

    def _lay_out(self, first_year: int) -> Timeline:
        next_year = first_year
        while next_year in self.years:
            next_year += 1
        first, end = (day_number(date(year, 1, 1)) for year in (first_year, next_year))
        days = ((number, self.on(day_of(number))) for number in range(first, end))
        return Timeline.of(
            self.name,
            (first_year, next_year),
            [(number, day.is_working, [s.ticks(number) for s in day.sessions]) for number, day in days if day.sessions],
        )


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _check_week(calendar: Calendar) -> None:
    if len(calendar.week) != 7:
        raise CalendarNotValid("Lịch phải ghi đủ bảy ngày trong tuần, bắt đầu từ thứ Hai.")
    if not calendar.years or min(calendar.years) < 1900 or max(calendar.years) > 2199:
        raise CalendarNotValid("Lịch phải ghi những năm đã có danh sách ngày nghỉ, từ 1900 đến 2199.")
    if not (calendar.reception_only or frozenset()) <= frozenset(range(7)):
        raise CalendarNotValid("Ngày chỉ tiếp nhận phải là số từ 0 (thứ Hai) đến 6 (Chủ nhật).")
    for weekday, sessions in enumerate(calendar.week):
        _check_sessions(WEEKDAYS[weekday], sessions)
    if all(not sessions or weekday in calendar.reception_weekdays for weekday, sessions in enumerate(calendar.week)):
        raise CalendarNotValid("Lịch phải có ít nhất một ngày làm việc trong tuần.")


def _check_sessions(weekday: str, sessions: tuple[Session, ...]) -> None:
    for session in sessions:
        if any(clock.second or clock.microsecond or clock.tzinfo for clock in (session.opens, session.closes)):
            raise CalendarNotValid(f"Giờ làm việc {weekday} phải tròn phút.")
        if session.opens >= session.closes:
            raise CalendarNotValid(f"Buổi làm việc {weekday} phải có giờ mở trước giờ đóng.")
    for before, after in pairwise(sessions):
        if after.opens < before.closes:
            raise CalendarNotValid(f"Các buổi làm việc {weekday} phải theo thứ tự và không chồng lên nhau.")


def _check_days(calendar: Calendar) -> None:
    seen: set[tuple[date, RowKind]] = set()
    for row in calendar.days:
        if (row.day, row.kind) in seen:
            raise CalendarNotValid(f"Ngày {row.day:%d/%m/%Y} có hai dòng cùng loại {row.kind}. Hãy bỏ một dòng.")
        seen.add((row.day, row.kind))
        if row.kind is not RowKind.SWAPPED_WORKDAY:
            if row.replaces:
                raise CalendarNotValid(f"Ngày {row.day:%d/%m/%Y} không phải ngày làm bù nên không thay cho ngày nào.")
        elif not calendar._swap_sessions(row):
            raise CalendarNotValid(
                f"Ngày làm bù {row.day:%d/%m/%Y} không có giờ làm việc:"
                " cả ngày được thay lẫn thứ Hai đều không có buổi nào."
            )
