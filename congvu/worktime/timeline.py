"""A run of covered years as sorted lists, so that every rule is a look-up by bisection.

Nothing here knows weekdays or holidays: :mod:`.calendar` has already decided them. All instants are ticks
(:mod:`.instants`). *Working* sessions are those of working days; the others only take receipts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from congvu.kernel.errors import Refusal

from .instants import DAY


class YearNotCovered(Refusal):
    """A limit needs a year whose days off the calendar does not know; ``year`` is the first such."""

    code = "year_not_covered"

    def __init__(self, calendar: str, year: int) -> None:
        super().__init__(
            f"Lịch làm việc “{calendar}” chưa có năm {year} nên không tính được thời hạn."
            f" Quản trị viên cần bổ sung ngày nghỉ của năm {year}."
        )
        self.calendar, self.year = calendar, year

    def __reduce__(self) -> tuple[type["YearNotCovered"], tuple[str, int]]:
        return type(self), (self.calendar, self.year)


@dataclass(frozen=True)
class Timeline:
    """The sessions of consecutive years.

    ``working_before[i]`` counts the working sessions before session ``i``; ``worked_before[i]`` is the
    working time, in ticks, before working session ``i``; ``first_session[i]`` is the first working session of
    working day ``i``. These three are one longer than what they index, so differences need no special end.
    """

    name: str
    first_year: int
    next_year: int
    opens: Sequence[int]
    closes: Sequence[int]
    working_before: Sequence[int]
    work_opens: Sequence[int]
    work_closes: Sequence[int]
    worked_before: Sequence[int]
    days: Sequence[int]
    first_session: Sequence[int]

    @classmethod
    def of(
        cls, name: str, years: tuple[int, int], days: Iterable[tuple[int, bool, Sequence[tuple[int, int]]]]
    ) -> "Timeline":
        """Return the timeline of ``(day number, is it a working day, its sessions)``, in order of days."""
        laid = list(days)
        sessions = [(ends, working) for _, working, day_sessions in laid for ends in day_sessions]
        work = [ends for ends, working in sessions if working]
        return cls(
            name,
            *years,
            opens=[opens for (opens, _), _ in sessions],
            closes=[closes for (_, closes), _ in sessions],
            working_before=list(accumulate((working for _, working in sessions), initial=0)),
            work_opens=[opens for opens, _ in work],
            work_closes=[closes for _, closes in work],
            worked_before=list(accumulate((closes - opens for opens, closes in work), initial=0)),
            days=[number for number, working, _ in laid if working],
            first_session=list(accumulate((len(of_day) for _, working, of_day in laid if working), initial=0)),
        )

    def beyond(self) -> YearNotCovered:
        """Return the refusal for whatever would lie after the last covered year."""
        return YearNotCovered(self.name, self.next_year)

    def _at(self, values: Sequence[int], index: int) -> int:
        if index >= len(values):
            raise self.beyond()
        return values[index]

    def holder(self, ticks: int) -> int:
        """Return the first session that ends now or later: the one that holds the instant, else the next."""
        return bisect_left(self.closes, ticks)

    def opening(self, ticks: int) -> int:
        """Return the instant itself if it lies in a session, ends included, else the next opening."""
        return max(ticks, self._at(self.opens, self.holder(ticks)))

    def days_up_to(self, day: int) -> int:
        """Return how many working days there are through this day: the index of the one that follows."""
        return bisect_right(self.days, day)

    def day(self, index: int) -> int:
        """Return the number of the working day with this index."""
        return self._at(self.days, index)

    def first_close(self, index: int) -> int:
        """Return the close of the first session of the working day with this index."""
        self.day(index)
        return self.work_closes[self.first_session[index]]

    def last_close(self, index: int) -> int:
        """Return the close of the last session of the working day with this index."""
        self.day(index)
        return self.work_closes[self.first_session[index + 1] - 1]

    def close_on_or_after(self, day: int) -> int:
        """Return the close of the last session of this day, or of the next working day if it is none."""
        return self.last_close(bisect_left(self.days, day))

    def close_of_day(self, ticks: int) -> int:
        """Return the close of the last session of the working day on which the instant lies."""
        return self.close_on_or_after(ticks // DAY)

    def close_after_holder(self, ticks: int) -> int:
        """Return the close of the first working session after the session that holds the instant."""
        return self._at(self.work_closes, self.working_before[self.holder(ticks) + 1])

    def close_of_session(self, ticks: int) -> int:
        """Return the close of the working session that holds the instant."""
        return self._at(self.work_closes, bisect_left(self.work_closes, ticks))

    def worked(self, ticks: int) -> int:
        """Return the working time from the beginning of the timeline to an instant, in ticks."""
        session = bisect_left(self.work_closes, ticks)
        if session == len(self.work_closes):
            return self.worked_before[-1]
        return self.worked_before[session] + max(0, ticks - self.work_opens[session])

    def reached(self, worked: int) -> int:
        """Return the first instant by which this much has been worked: a close, not the next opening."""
        session = max(0, bisect_left(self.worked_before, worked) - 1)
        return self._at(self.work_opens, session) + worked - self.worked_before[session]

    def resumed(self, worked: int) -> int:
        """Return the last instant by which no more has been worked: an opening, not the close before."""
        session = bisect_right(self.worked_before, worked) - 1
        return self._at(self.work_opens, session) + worked - self.worked_before[session]
