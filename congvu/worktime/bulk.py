"""The same rules over whole columns with numpy; a test holds the scalar functions and these together.

Instants are ``datetime64[us]`` in UTC on the way in and out, ticks (:mod:`.instants`) inside.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from congvu.kernel.errors import Refusal

from .calendar import Calendar
from .instants import DAY, MINUTE, OFFSET
from .limits import Rule
from .terms import Term, TermNotValid, Unit
from .timeline import Timeline, YearNotCovered

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Instants = NDArray[np.datetime64]

UNITS = tuple(Unit)
_FARTHEST = 1 << 36
"""More steps than any calendar holds, few enough for the arithmetic of 64 bits."""


@dataclass(frozen=True)
class Problem:
    """Why one row of a column, counted from 0, cannot be computed."""

    row: int
    reason: str


class ColumnNotValid(Refusal):
    """Some rows of a column cannot be computed, so none is; ``problems`` lists them in order."""

    code = "column_not_valid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.row)
        first = self.problems[0]
        super().__init__(f"{len(self.problems)} dòng không tính được. Dòng thứ {first.row + 1}: {first.reason}")


def due_batch(
    received: Instants,
    amount: NDArray[np.float64] | Ints | float,
    unit: NDArray[np.str_] | str,
    calendar: Calendar,
    *,
    rule: Rule | str = Rule.END_OF_DAY,
) -> tuple[Instants, Instants]:
    """Return ``(start, due)`` of a column of receipts, each ``datetime64[us]`` in UTC.

    ``amount`` and ``unit`` are columns of the same length or one value for all. An amount given as a float
    means the number that it prints as, so ``0.1`` working hours are six minutes.

    Raises
    ------
    ColumnNotValid
        Some rows have no receipt, no valid term, or leave the covered years.
    """
    shape = received.shape
    units, steps, problems = _terms(np.broadcast_to(amount, shape), np.broadcast_to(unit, shape))
    if problems:
        raise ColumnNotValid(problems)
    return due_of_steps(received, units, steps, calendar, rule=Rule(rule))


def due_of_steps(
    received: Instants,
    units: NDArray[np.int8],
    steps: Ints,
    calendar: Calendar,
    *,
    rule: Rule = Rule.END_OF_DAY,
) -> tuple[Instants, Instants]:
    """Return ``(start, due)`` of terms given as indexes into ``UNITS`` and amounts in smallest steps."""

    def counted(columns: "Columns", ticks: Ints, rows: Ints) -> tuple[Ints, ...]:
        # An opening past the last year leads past it in every unit, so looking at the due instant is enough.
        start = columns.opening(ticks)
        start -= start % MINUTE
        due, of_unit, amounts = np.empty_like(start), units[rows], np.minimum(steps[rows], _FARTHEST)
        for index, unit in enumerate(UNITS):
            chosen = np.flatnonzero(of_unit == index)
            if chosen.size:
                due[chosen] = columns.due(start[chosen], amounts[chosen], unit, rule)
        return start, due

    ticks, problems = _ticks(received)
    start, due = _by_timeline(calendar, ticks, 2, counted, problems)
    return _instants(start), _instants(due)


def elapsed_batch(begin: Instants, end: Instants, calendar: Calendar) -> Ints:
    """Return the whole working minutes between two columns of instants.

    Raises
    ------
    ColumnNotValid
        Some rows lack an instant, end before they begin, or leave the covered years.
    """
    begins, problems = _ticks(begin)
    ends, of_ends = _ticks(end)
    problems |= of_ends
    for row in np.flatnonzero(ends < begins):
        problems.setdefault(int(row), "Thời điểm cuối trước thời điểm đầu.")

    def counted(columns: "Columns", ticks: Ints, rows: Ints) -> tuple[Ints, ...]:
        minutes = (columns.worked(ends[rows]) - columns.worked(ticks)) // MINUTE
        minutes[ends[rows] >= columns.end] = columns.unknown
        return (minutes,)

    (minutes,) = _by_timeline(calendar, begins, 1, counted, problems)
    return minutes


class Columns:
    """A timeline as arrays. A result past its last year is ``unknown``, the largest integer."""

    unknown = int(np.iinfo(np.int64).max)

    def __init__(self, timeline: Timeline) -> None:
        self.end = _first_tick(timeline.next_year)
        self._first_day = _first_tick(timeline.first_year) // DAY
        self._opens = self._padded(timeline.opens)
        self._closes = np.asarray(timeline.closes, np.int64)
        self._working_before = np.asarray(timeline.working_before, np.int64)
        self._work_opens = self._padded(timeline.work_opens)
        self._work_closes = self._padded(timeline.work_closes)
        self._worked_before = np.asarray(timeline.worked_before, np.int64)
        self._days = np.asarray(timeline.days, np.int64)
        # A table of all days answers four times faster than a search; its last entry stands for all later ones.
        every_day = np.arange(self._first_day - 1, self.end // DAY, dtype=np.int64)
        self._through = np.searchsorted(self._days, every_day, side="right").astype(np.int64)
        self._first_session = np.asarray(timeline.first_session, np.int64)
        last = self._first_session[1:] - 1
        self._first_close = self._padded(self._work_closes[self._first_session[:-1]])
        self._last_close = self._padded(self._work_closes[last])
        self._begun = self._worked_before[self._first_session]
        self._capacity = np.append(np.diff(self._begun), 0) // MINUTE

    @classmethod
    def _padded(cls, values: Sequence[int] | Ints) -> Ints:
        return np.append(np.asarray(values, np.int64), cls.unknown)

    @staticmethod
    def _at(values: Ints, index: Ints) -> Ints:
        return values[np.minimum(index, len(values) - 1)]

    def opening(self, ticks: Ints) -> Ints:
        return np.maximum(ticks, self._at(self._opens, np.searchsorted(self._closes, ticks)))

    def worked(self, ticks: Ints) -> Ints:
        session = np.searchsorted(self._work_closes[:-1], ticks)
        into = np.maximum(0, ticks - self._work_opens[session])
        return self._worked_before[session] + np.where(session < len(self._work_opens) - 1, into, 0)

    def due(self, start: Ints, steps: Ints, unit: Unit, rule: Rule) -> Ints:
        """Return the due ticks of starts with amounts in the smallest steps of one unit."""
        if unit is Unit.WORKING_HOUR:
            return self._reached(self.worked(start) + steps * MINUTE)
        if unit is Unit.CALENDAR_DAY:
            return self._close_on_or_after(start // DAY + steps)
        if unit is Unit.MONTH:
            return self._close_on_or_after(_months_later(start // DAY, steps))
        count = self._rolling if rule is Rule.ROLLING else self._end_of_day
        return count(start, steps // 2, steps % 2)

    def _reached(self, worked: Ints) -> Ints:
        session = np.maximum(0, np.searchsorted(self._worked_before, worked) - 1)
        return self._into(session, worked)

    def _resumed(self, worked: Ints) -> Ints:
        return self._into(np.searchsorted(self._worked_before, worked, side="right") - 1, worked)

    def _into(self, session: Ints, worked: Ints) -> Ints:
        opens = self._at(self._work_opens, session)
        # Adding to the unknown would wrap around, so it stays as it is.
        return np.where(opens == self.unknown, opens, opens + worked - self._at(self._worked_before, session))

    def _close_on_or_after(self, day: Ints) -> Ints:
        return self._at(self._last_close, self._days_through(day - 1))

    def _days_through(self, day: Ints) -> Ints:
        return self._at(self._through, day - self._first_day + 1)

    def _end_of_day(self, start: Ints, whole: Ints, half: Ints) -> Ints:
        following = self._days_through(start // DAY)
        due = self._at(self._last_close, following + whole - 1)
        rows = np.flatnonzero((half > 0) & (whole > 0))
        due[rows] = self._at(self._first_close, following[rows] + whole[rows])
        rows = np.flatnonzero(whole == 0)
        holder = np.minimum(np.searchsorted(self._closes, start[rows]), len(self._closes) - 1)
        due[rows] = self._at(self._work_closes, self._working_before[holder + 1])
        return due

    def _rolling(self, start: Ints, whole: Ints, half: Ints) -> Ints:
        day = start // DAY
        before = self._days_through(day) - 1
        own = (before >= 0) & (self._days[before] == day)
        share = np.where(own, (self.worked(start) - self._begun[before]) // MINUTE, 1)
        of = np.where(own, self._capacity[before], 1)
        share, of = 2 * share + half * of, 2 * of
        over = share > of
        index = np.minimum(before + whole + over, len(self._days))
        minutes, rest = np.divmod((share - over * of) * self._capacity[index], of)
        worked = self._begun[index] + minutes * MINUTE
        due = np.where((rest > 0) | (minutes == 0), self._resumed(worked), self._reached(worked))
        return np.where(index < len(self._days), due, self.unknown)


def _by_timeline(
    calendar: Calendar,
    ticks: Ints,
    results: int,
    counted: Callable[[Columns, Ints, Ints], tuple[Ints, ...]],
    problems: dict[int, str],
) -> list[Ints]:
    """Return the columns that ``counted`` gives for each run of covered years, put together again."""
    out = [np.zeros_like(ticks) for _ in range(results)]
    waiting = np.ones(len(ticks), bool)
    waiting[list(problems)] = False
    years = _years(ticks)
    while (rows := np.flatnonzero(waiting)).size:
        first = int(years[rows[0]])
        try:
            timeline = calendar.timeline(first)
        except YearNotCovered as refusal:
            here = rows[years[rows] == first]
            problems |= {int(row): str(refusal) for row in here}
        else:
            here = rows[(years[rows] >= timeline.first_year) & (years[rows] < timeline.next_year)]
            columns = counted(Columns(timeline), ticks[here], here)
            for whole, part in zip(out, columns, strict=True):
                whole[here] = part
            unknown = here[columns[-1] == Columns.unknown]
            problems |= {int(row): str(timeline.beyond()) for row in unknown}
        waiting[here] = False
    if problems:
        raise ColumnNotValid(Problem(row, reason) for row, reason in problems.items())
    return out


def _terms(amounts: NDArray[np.generic], units: NDArray[np.generic]) -> tuple[NDArray[np.int8], Ints, list[Problem]]:
    """Return units as indexes into ``UNITS``, amounts in smallest steps, and the rows that are no term."""
    indexes = np.full(amounts.shape, -1, np.int8)
    steps = np.zeros(amounts.shape, np.int64)
    problems = []
    for index, unit in enumerate(UNITS):
        rows = np.flatnonzero(units == unit.value)
        indexes[rows] = index
        values, inverse = np.unique(amounts[rows], return_inverse=True)
        sizes = np.zeros(len(values), np.int64)
        for position, value in enumerate(values.tolist()):
            try:
                sizes[position] = min(Term(Decimal(str(value)), unit).steps, _FARTHEST)
            except TermNotValid as refusal:
                problems += [Problem(int(row), str(refusal)) for row in rows[inverse == position]]
        steps[rows] = sizes[inverse]
    for row in np.flatnonzero(indexes < 0).tolist():
        try:
            Term(1, str(units[row]))
        except TermNotValid as refusal:
            problems.append(Problem(row, str(refusal)))
    return indexes, steps, problems


def _ticks(instants: Instants) -> tuple[Ints, dict[int, str]]:
    missing = np.flatnonzero(np.isnat(instants)).tolist()
    ticks = np.where(np.isnat(instants), np.datetime64(0, "us"), instants).astype("M8[us]").astype(np.int64) + OFFSET
    return ticks, dict.fromkeys(missing, "Thiếu thời điểm.")


def _instants(ticks: Ints) -> Instants:
    return (ticks - OFFSET).view("M8[us]")


def _years(ticks: Ints) -> Ints:
    return (ticks // DAY).view("M8[D]").astype("M8[Y]").astype(np.int64) + 1970


def _first_tick(year: int) -> int:
    return int(np.datetime64(f"{year:04}-01-01", "us").astype(np.int64))


def _months_later(day: Ints, months: Ints) -> Ints:
    dates = day.view("M8[D]")
    month = dates.astype("M8[M]")
    later = (month.astype(np.int64) + months).view("M8[M]")
    first = later.astype("M8[D]").astype(np.int64)
    length = (later + 1).astype("M8[D]").astype(np.int64) - first
    into_month: Ints = (dates - month.astype("M8[D]")).astype(np.int64)
    target: Ints = first + np.minimum(into_month, length - 1)
    return target
