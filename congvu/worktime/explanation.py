"""Why a due instant is what it is: kept beside it, readable by people and by machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from congvu.kernel.clock import VIETNAM

from .calendar import Calendar, Nature
from .instants import day_number, day_of, day_text, moment
from .limits import RULE_NAMES, Rule
from .terms import Term

_REASONS = {
    Nature.WEEKLY_REST: "nghỉ hằng tuần",
    Nature.RECEPTION_ONLY: "chỉ tiếp nhận hồ sơ",
    Nature.HOLIDAY: "nghỉ lễ",
    Nature.COMPENSATORY_OFF: "nghỉ bù",
}


@dataclass(frozen=True)
class SkippedDay:
    """A day that a limit passed over: what it was and, for a day off by decision, its name and source."""

    day: date
    nature: Nature
    name: str = ""
    source: str = ""

    def __str__(self) -> str:
        reason = _REASONS[self.nature]
        return f"{day_text(self.day)} ({f'{reason}: {self.name}' if self.name else reason})"


@dataclass(frozen=True)
class GivenBack:
    """What one stretch of pauses gave back: working minutes, and the days after its first that it touched."""

    begins_at: datetime
    ends_at: datetime
    minutes: int
    days: int


@dataclass(frozen=True)
class Explanation:
    """How ``first_due_at`` and ``due_at`` came about.

    ``skipped`` are the days passed over on the way to the first due instant. ``unconfirmed`` are days within
    it that would be off, were their rows confirmed.
    """

    rule: Rule
    calendar: str
    calendar_version: str
    term: Term
    received_at: datetime
    start_at: datetime
    first_due_at: datetime
    due_at: datetime
    restarted_at: datetime | None
    extended_to: datetime | None
    skipped: tuple[SkippedDay, ...]
    unconfirmed: tuple[date, ...]
    given_back: tuple[GivenBack, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the explanation as JSON can hold it; instants are ISO 8601 texts of Vietnamese time."""
        return {
            "rule": self.rule.value,
            "calendar": self.calendar,
            "calendar_version": self.calendar_version,
            "term": {"amount": f"{self.term.amount:f}", "unit": self.term.unit.value},
            "received_at": _iso(self.received_at),
            "start_at": _iso(self.start_at),
            "first_due_at": _iso(self.first_due_at),
            "due_at": _iso(self.due_at),
            "restarted_at": self.restarted_at and _iso(self.restarted_at),
            "extended_to": self.extended_to and _iso(self.extended_to),
            "skipped": [
                {"day": str(s.day), "nature": s.nature.value, "name": s.name, "source": s.source} for s in self.skipped
            ],
            "unconfirmed": [str(day) for day in self.unconfirmed],
            "given_back": [
                {
                    "begins_at": _iso(g.begins_at),
                    "ends_at": _iso(g.ends_at),
                    "minutes": g.minutes,
                    "days": g.days,
                }
                for g in self.given_back
            ],
        }

    def sentences(self) -> tuple[str, ...]:
        """Return the explanation in Vietnamese, one sentence after another."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        yield f"Thời hạn {self.term}, tính {RULE_NAMES[self.rule]} (quy tắc {self.rule})."
        yield f"Lịch làm việc: {self.calendar}, phiên bản {self.calendar_version}."
        if self.restarted_at:
            yield f"Tính lại từ đầu vì hồ sơ nhận đủ lúc {moment(self.restarted_at)}."
        begun = self.restarted_at or self.received_at
        if self.start_at > begun:
            yield f"Nhận lúc {moment(begun)}, ngoài giờ làm việc; bắt đầu tính từ {moment(self.start_at)}."
        else:
            yield f"Bắt đầu tính từ {moment(self.start_at)}."
        if self.skipped:
            yield f"Không tính: {'; '.join(map(str, self.skipped))}."
        if self.unconfirmed:
            days = "; ".join(map(day_text, self.unconfirmed))
            yield f"Vẫn tính là ngày làm việc vì ngày nghỉ chưa được xác nhận: {days}."
        for given in self.given_back:
            back = f"{given.minutes} phút làm việc" + (f", {given.days} ngày" if given.days else "")
            yield f"Tạm dừng từ {moment(given.begins_at)} đến {moment(given.ends_at)}: {back}."
        if self.extended_to:
            yield f"Hạn đầu: {moment(self.first_due_at)}. Đã hẹn lại một lần đến {moment(self.extended_to)}."
        yield f"Hạn trả kết quả: {moment(self.due_at)}."


def skipped_days(calendar: Calendar, stretches: list[tuple[int, int]]) -> tuple[SkippedDay, ...]:
    """Return the days that are no working days in half-open stretches of day numbers."""
    skipped = []
    for first, end in stretches:
        for number in range(first, end):
            day = day_of(number)
            about = calendar.on(day)
            if not about.is_working:
                row = about.row
                skipped.append(SkippedDay(day, about.nature, row.name if row else "", row.source if row else ""))
    return tuple(skipped)


def unconfirmed_days(calendar: Calendar, first: int, last: int) -> tuple[date, ...]:
    """Return the working days from ``first`` through ``last`` that rows not yet confirmed call off."""
    return tuple(
        row.day
        for row in calendar.unconfirmed
        if first <= day_number(row.day) <= last and calendar.on(row.day).is_working
    )


def _iso(instant: datetime) -> str:
    return instant.astimezone(VIETNAM).isoformat()
