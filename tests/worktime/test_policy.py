"""On time, by named policies."""

from datetime import timedelta

import pytest

from congvu.worktime import Policy, Standing, Timeliness, difference, parse_instant, standing, timeliness

from .samples import at

DUE = at("2025-03-11 17:00")


@pytest.mark.parametrize(
    ("finished", "by_instant", "by_date"),
    [
        ("2025-03-10 23:59:59", Timeliness.EARLY, Timeliness.EARLY),
        ("2025-03-11 00:00:00", Timeliness.ON_TIME, Timeliness.ON_TIME),
        ("2025-03-11 17:00:00", Timeliness.ON_TIME, Timeliness.ON_TIME),
        ("2025-03-11 17:00:01", Timeliness.LATE, Timeliness.ON_TIME),
        ("2025-03-11 23:59:59", Timeliness.LATE, Timeliness.ON_TIME),
        ("2025-03-12 00:00:00", Timeliness.LATE, Timeliness.LATE),
    ],
)
def test_each_policy_draws_its_own_line(finished, by_instant, by_date):
    assert timeliness(at(finished), DUE) is by_instant
    assert timeliness(at(finished), DUE, Policy.INSTANT) is by_instant
    assert timeliness(at(finished), DUE, "date") is by_date


@pytest.mark.parametrize("policy", Policy)
def test_days_are_vietnamese_days(policy):
    half_past_midnight = parse_instant("2025-03-10T17:30:00Z")

    assert timeliness(half_past_midnight, DUE, policy) is Timeliness.ON_TIME


@pytest.mark.parametrize("policy", Policy)
def test_without_a_due_instant_nothing_is_late(policy):
    assert timeliness(at("2099-01-01 00:00"), None, policy) is Timeliness.ON_TIME
    assert standing(at("2099-01-01 00:00"), None, policy, is_paused=False) is Standing.RUNNING


def test_a_policy_that_does_not_exist_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="Policy"):
        timeliness(at("2025-03-11 09:00"), None, "session")


@pytest.mark.parametrize(
    ("now", "policy", "expected"),
    [
        ("2025-03-11 17:00:00", "instant", Standing.RUNNING),
        ("2025-03-11 17:00:01", "instant", Standing.OVERDUE),
        ("2025-03-11 23:00:00", "date", Standing.RUNNING),
        ("2025-03-12 00:00:00", "date", Standing.OVERDUE),
    ],
)
def test_unfinished_work_is_overdue_after_its_due_instant_unless_paused(now, policy, expected):
    assert standing(at(now), DUE, policy, is_paused=False) is expected
    assert standing(at(now), DUE, policy, is_paused=True) is Standing.PAUSED


def test_a_stated_due_instant_that_differs_shows_by_how_much():
    assert difference(DUE + timedelta(hours=2), DUE) == timedelta(hours=2)
    assert difference(DUE - timedelta(days=1), DUE) == timedelta(days=-1)
    assert difference(DUE, parse_instant("2025-03-11T10:00:00Z")) is None
    assert difference(None, DUE) is None
    assert difference(DUE, None) is None
