"""Scalar, vectorised and the walk minute by minute say the same over random calendars, instants and terms."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu.kernel.clock import VIETNAM
from congvu.worktime import (
    Calendar,
    ColumnNotValid,
    Pause,
    Rule,
    Term,
    Unit,
    YearNotCovered,
    due,
    due_batch,
    elapsed,
    elapsed_batch,
    start,
)

from .samples import calendars, instants, terms
from .walk import Walk

RANDOM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def column(*given: datetime) -> np.ndarray:
    return np.array([instant.astimezone(UTC).replace(tzinfo=None) for instant in given], "M8[us]")


def back(instant: np.datetime64) -> datetime:
    return instant.astype(datetime).replace(tzinfo=UTC).astimezone(VIETNAM)


@RANDOM
@given(calendars(), instants(), terms())
def test_due_is_what_a_walk_minute_by_minute_finds(calendar: Calendar, received: datetime, term: Term):
    walk = Walk(calendar)
    found = due(received, term, calendar)

    assert found.start_at == walk.start(received)
    assert found.due_at == found.first_due_at == walk.due(found.start_at, term)


@RANDOM
@given(
    calendars(),
    st.lists(instants(), min_size=1, max_size=20),
    st.lists(terms(), min_size=1, max_size=20),
    st.sampled_from(Rule),
)
def test_a_column_is_its_rows(calendar: Calendar, received: list[datetime], drawn: list[Term], rule: Rule):
    paired = list(zip(received, drawn, strict=False))
    amounts = np.array([float(term.amount) for _, term in paired])
    units = np.array([term.unit.value for _, term in paired])

    starts, dues = due_batch(column(*(at for at, _ in paired)), amounts, units, calendar, rule=rule)

    for row, (at, term) in enumerate(paired):
        alone = due(at, term, calendar, rule=rule)
        assert (back(starts[row]), back(dues[row])) == (alone.start_at, alone.due_at)


@RANDOM
@given(calendars(), st.lists(st.tuples(instants(), instants()).map(sorted), min_size=1, max_size=10))
def test_elapsed_is_the_session_time_between(calendar: Calendar, intervals: list[list[datetime]]):
    walk = Walk(calendar)
    begins, ends = zip(*intervals, strict=True)

    minutes = elapsed_batch(column(*begins), column(*ends), calendar)

    assert minutes.tolist() == [elapsed(begin, end, calendar) for begin, end in intervals]
    assert minutes.tolist() == [walk.worked(begin, end) for begin, end in intervals]


@RANDOM
@given(calendars(), instants(), terms(), st.sampled_from(Rule))
def test_a_limit_counts_from_its_start_alone(calendar: Calendar, received: datetime, term: Term, rule: Rule):
    begun = start(received, calendar)

    assert start(begun, calendar) == begun
    assert due(begun, term, calendar, rule=rule).due_at == due(received, term, calendar, rule=rule).due_at


@RANDOM
@given(calendars(), instants(), instants(), terms(), st.sampled_from(Rule))
def test_who_comes_later_is_due_no_earlier(calendar: Calendar, one: datetime, other: datetime, term: Term, rule: Rule):
    earlier, later = sorted((one, other))

    assert due(earlier, term, calendar, rule=rule).due_at <= due(later, term, calendar, rule=rule).due_at


@RANDOM
@given(
    calendars(),
    instants(),
    st.integers(1, 200).map(lambda twentieths: 3 * twentieths),  # minutes that are hours of two decimals
    st.lists(st.tuples(st.integers(-300, 5000), st.integers(0, 2000)), max_size=4),
)
def test_hours_run_on_only_outside_pauses(
    calendar: Calendar, received: datetime, minutes: int, drawn: list[tuple[int, int]]
):
    received = received.replace(second=0)
    pauses = [
        Pause(received + timedelta(minutes=begin), received + timedelta(minutes=begin + length))
        for begin, length in drawn
    ]
    walked = Walk(calendar).hours_due(start(received, calendar), minutes, pauses)

    found = due(received, Term.parse(f"{minutes / 60:.2f}", "working_hour"), calendar, pauses=pauses)

    assert found.due_at == walked


@RANDOM
@given(
    calendars(),
    instants(),
    terms(),
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 6000)), max_size=4),
    st.sampled_from(Rule),
)
def test_no_limit_ends_inside_a_pause_begun_in_time(
    calendar: Calendar, received: datetime, term: Term, drawn: list[tuple[int, int]], rule: Rule
):
    pauses = [
        Pause(received + timedelta(minutes=begin), received + timedelta(minutes=begin + length))
        for begin, length in drawn
    ]
    found = due(received, term, calendar, rule=rule, pauses=pauses)

    assert found.due_at >= due(received, term, calendar, rule=rule).due_at
    for pause in pauses:
        assert pause.ends_at is not None
        begun_in_time = pause.begins_at < found.due_at
        if begun_in_time and elapsed(pause.begins_at, pause.ends_at, calendar):
            assert elapsed(found.due_at, max(found.due_at, pause.ends_at), calendar) == 0


@RANDOM
@given(calendars(), instants(), st.sampled_from(Unit), st.sampled_from(Rule))
def test_a_limit_beyond_the_last_year_is_refused_by_both(
    calendar: Calendar, received: datetime, unit: Unit, rule: Rule
):
    with pytest.raises(YearNotCovered) as alone:
        due(received, Term(10**9, unit), calendar, rule=rule)
    with pytest.raises(ColumnNotValid) as together:
        due_batch(column(received), 10**9, unit.value, calendar, rule=rule)

    assert alone.value.year == 2026
    assert together.value.problems[0].reason == str(alone.value)
