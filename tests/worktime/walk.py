"""A second, slow opinion: the declared rules read aloud, one minute or one day after another.

It shares nothing with the code under test but the calendar's rows: sessions are worked out here again, time
is walked, never looked up. It is the judge in the property tests.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from congvu.worktime import Calendar, Pause, RowKind, Term

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
Sessions = list[tuple[datetime, datetime]]


class Walk:
    def __init__(self, calendar: Calendar) -> None:
        self.calendar, self.zone = calendar, timezone(timedelta(hours=7))
        self.known: dict[date, tuple[bool, Sessions]] = {}

    def about(self, day: date) -> tuple[bool, Sessions]:
        """Return whether a day is worked, and its sessions."""
        if day not in self.known:
            self.known[day] = self._about(day)
        return self.known[day]

    def _about(self, day: date) -> tuple[bool, Sessions]:
        kinds = {r.kind: r for r in self.calendar.days if r.day == day and "CHƯA XÁC NHẬN" not in r.name}
        weekday, week = day.weekday(), self.calendar.week
        chosen = self.calendar.reception_only
        reception = weekday == 5 if chosen is None else weekday in chosen
        if RowKind.SWAPPED_WORKDAY in kinds:
            instead = kinds[RowKind.SWAPPED_WORKDAY].replaces
            hours = (week[instead.weekday()] if instead else None) or week[0]
            reception = False
        else:
            hours = () if kinds else week[weekday]
        sessions = [
            (datetime.combine(day, s.opens, self.zone), datetime.combine(day, s.closes, self.zone)) for s in hours
        ]
        return bool(sessions) and not reception, sessions

    def start(self, received: datetime) -> datetime:
        day = received.date()
        while True:
            for opens, closes in self.about(day)[1]:
                if opens <= received <= closes:
                    return received.replace(second=0, microsecond=0)
                if received < opens:
                    return opens
            day += DAY

    def working_days_after(self, day: date) -> Iterator[Sessions]:
        while True:
            day += DAY
            working, sessions = self.about(day)
            if working:
                yield sessions

    def minutes_after(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the beginning and the end of every working minute after an instant."""
        day = instant.date()
        while True:
            working, sessions = self.about(day)
            for opens, closes in sessions if working else ():
                begin = opens
                while begin < closes:
                    if begin >= instant:
                        yield begin, begin + MINUTE
                    begin += MINUTE
            day += DAY

    def due(self, start: datetime, term: Term) -> datetime:
        amount, day = float(term.amount), start.date()
        if term.unit == "working_hour":
            return self.hours_due(start, round(amount * 60), [])
        if term.unit == "calendar_day":
            return self.close_from(day + int(amount) * DAY)
        if term.unit == "month":
            return self.close_from(_months_later(day, int(amount)))
        if amount == 0.5:
            return self.next_session_close(start)
        following = self.working_days_after(day)
        sessions = [next(following) for _ in range(int(amount + 0.5))][-1]
        return sessions[-1][1] if amount == int(amount) else sessions[0][1]

    def close_from(self, day: date) -> datetime:
        return next(self.working_days_after(day - DAY))[-1][1]

    def next_session_close(self, start: datetime) -> datetime:
        working, sessions = self.about(start.date())
        holder = next(place for place, (opens, closes) in enumerate(sessions) if opens <= start <= closes)
        if working and holder + 1 < len(sessions):
            return sessions[holder + 1][1]
        return next(self.working_days_after(start.date()))[0][1]

    def hours_due(self, start: datetime, minutes: int, pauses: list[Pause]) -> datetime:
        """Return the end of the n-th working minute that no pause touches; pauses of whole minutes only."""
        for begin, end in self.minutes_after(start):
            if not any(p.begins_at <= begin and p.ends_at and end <= p.ends_at for p in pauses):
                minutes -= 1
                if not minutes:
                    return end
        raise AssertionError

    def worked(self, begin: datetime, end: datetime) -> int:
        """Return whole working minutes, counted second by second over session time."""
        total, day = timedelta(), begin.date()
        while day <= end.date():
            working, sessions = self.about(day)
            for opens, closes in sessions if working else ():
                total += max(min(closes, end) - max(opens, begin), timedelta())
            day += DAY
        return total // MINUTE


def _months_later(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + 31 * DAY).replace(day=1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (day.day - 1) * DAY, last)
