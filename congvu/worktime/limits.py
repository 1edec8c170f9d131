"""The two rules, and a limit that pauses can move. Ticks in, ticks out; no zone, no text."""

import calendar as gregorian
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .instants import DAY, MINUTE, day_number, day_of
from .terms import Term, Unit
from .timeline import Timeline


class Rule(StrEnum):
    """How the amounts of ``working_day`` are counted; the other units do not depend on it."""

    END_OF_DAY = "end_of_day"
    ROLLING = "rolling"


RULE_NAMES = {
    Rule.END_OF_DAY: "đến hết giờ làm việc của ngày cuối",
    Rule.ROLLING: "đủ giờ làm việc, tính từ lúc nhận",
}


@dataclass(frozen=True)
class Limit:
    """A time limit that runs: where it ends without pauses, and what pauses have given back so far.

    ``end`` is the instant without pauses. ``day`` is the calendar day that a limit of days or months ends on,
    working day or not. ``minutes`` is the working time given back.
    """

    timeline: Timeline
    term: Term
    rule: Rule
    end: int
    day: int
    minutes: int = 0
    is_moved: bool = False

    @property
    def due(self) -> int:
        """Return the due instant with what pauses gave back: one move by their sum, rounded once."""
        if self.counts_calendar_days:
            return self.timeline.close_on_or_after(self.day) if self.is_moved else self.end
        if not self.minutes:
            return self.end
        reached = self.timeline.reached(self.timeline.worked(self.end) + self.minutes * MINUTE)
        if self.term.unit is Unit.WORKING_HOUR or self.rule is Rule.ROLLING:
            return reached
        if self.term.steps % 2:
            return self.timeline.close_of_session(reached)
        return self.timeline.close_of_day(reached)

    @property
    def counts_calendar_days(self) -> bool:
        return self.term.unit in (Unit.CALENDAR_DAY, Unit.MONTH)

    def given_back(self, minutes: int, first_day: int, last_day: int) -> "Limit":
        """Return the limit after one more pause, given as working minutes and the days that it touches."""
        if not self.counts_calendar_days:
            return replace(self, minutes=self.minutes + minutes)
        if last_day == first_day:
            return self
        # A pause that begins after the limit's own day, while the limit waits for a working day, counts from
        # the day it waits for; else the limit could end before the pause does.
        day = self.day if first_day <= self.day else self.due // DAY
        return replace(self, day=day + last_day - first_day, is_moved=True)


def limit(timeline: Timeline, start: int, term: Term, rule: Rule) -> Limit:
    """Return the limit of ``term`` that starts at ``start``, a whole minute inside a session.

    Raises
    ------
    YearNotCovered
        The limit ends after the last covered year.
    """
    steps = term.steps
    if term.unit is Unit.WORKING_HOUR:
        end = timeline.reached(timeline.worked(start) + steps * MINUTE)
    elif term.unit is Unit.WORKING_DAY:
        end = (_rolling if rule is Rule.ROLLING else _end_of_day)(timeline, start, *divmod(steps, 2))
    else:
        day = start // DAY + steps if term.unit is Unit.CALENDAR_DAY else _months_later(timeline, start // DAY, steps)
        return Limit(timeline, term, rule, timeline.close_on_or_after(day), day)
    return Limit(timeline, term, rule, end, end // DAY)


def _end_of_day(timeline: Timeline, start: int, whole: int, half: int) -> int:
    following = timeline.days_up_to(start // DAY)
    if not half:
        return timeline.last_close(following + whole - 1)
    if whole:
        return timeline.first_close(following + whole)
    return timeline.close_after_holder(start)


def _rolling(timeline: Timeline, start: int, whole: int, half: int) -> int:
    """Return the instant at the same share of a later working day, computed in exact fractions of a day.

    A start on a day that only takes receipts stands at 100 % of the working day before it.
    """
    following = timeline.days_up_to(start // DAY)
    share, of = _share_of_day(timeline, start, following - 1)
    index, share, of = following - 1 + whole, 2 * share + half * of, 2 * of
    if share > of:
        index, share = index + 1, share - of
    timeline.day(index)
    begun = timeline.worked_before[timeline.first_session[index]]
    minutes, rest = divmod(share * _capacity(timeline, index), of)
    if rest or not minutes:
        return timeline.resumed(begun + minutes * MINUTE)
    return timeline.reached(begun + minutes * MINUTE)


def _share_of_day(timeline: Timeline, start: int, index: int) -> tuple[int, int]:
    if index < 0 or timeline.days[index] != start // DAY:
        return 1, 1
    begun = timeline.worked_before[timeline.first_session[index]]
    return (timeline.worked(start) - begun) // MINUTE, _capacity(timeline, index)


def _capacity(timeline: Timeline, index: int) -> int:
    first, end = timeline.first_session[index : index + 2]
    return (timeline.worked_before[end] - timeline.worked_before[first]) // MINUTE


def _months_later(timeline: Timeline, day: int, months: int) -> int:
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year >= timeline.next_year:
        raise timeline.beyond()
    return day_number(date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1])))
