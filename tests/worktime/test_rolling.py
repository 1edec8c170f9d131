"""The rule ``rolling``: the same share of a later day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.worktime import Session, Term, due, due_batch, elapsed, start

from .samples import OFFICE, PLAIN, SATURDAY_MORNING, at, office

SHORT_FRIDAY = (*OFFICE[:4], (Session.parse("07:30-11:30"),), (), ())
ODD_FRIDAY = (*OFFICE[:4], (Session.parse("08:00-11:31"),), (), ())


def rolled(received: str, amount: str, unit: str = "working_day", calendar=PLAIN) -> str:
    """Return the due instant, the same alone and in a column."""
    alone = due(at(received), Term.parse(amount, unit), calendar, rule="rolling").due_at
    column = np.array([int(at(received).timestamp())], "M8[s]")
    _, together = due_batch(column, float(amount), unit, calendar, rule="rolling")
    assert together.astype("M8[s]").astype(int).tolist() == [int(alone.timestamp())]
    return f"{alone:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2025-03-10 10:30", "1", "2025-03-11 10:30"),
        ("2025-03-10 09:00", "5", "2025-03-17 09:00"),
        ("2025-03-10 17:00", "1", "2025-03-11 17:00"),
        ("2025-03-10 11:30", "2", "2025-03-12 11:30"),
        ("2025-03-10 13:30", "2", "2025-03-12 11:30"),
        ("2025-03-10 18:00", "1", "2025-03-12 07:30"),
        ("2025-03-09 23:00", "1", "2025-03-11 07:30"),
        ("2025-03-10 09:00", "0.5", "2025-03-10 14:45"),
        ("2025-03-10 07:30", "0.5", "2025-03-10 11:15"),
        ("2025-03-10 13:15", "0.5", "2025-03-11 07:45"),
        ("2025-03-10 14:30", "0.5", "2025-03-11 08:45"),
        ("2025-03-10 11:15", "0.5", "2025-03-10 17:00"),
        ("2025-03-10 17:00", "0.5", "2025-03-11 11:15"),
        ("2025-03-10 14:30", "1.5", "2025-03-12 08:45"),
    ],
)
def test_working_days_are_shares_of_days(received, amount, expected):
    assert rolled(received, amount) == expected


@pytest.mark.parametrize(
    ("received", "calendar", "expected"),
    [
        ("2025-03-13 10:30", SHORT_FRIDAY, "2025-03-14 09:06"),
        ("2025-03-13 07:37", SHORT_FRIDAY, "2025-03-14 07:33"),
        ("2025-03-13 17:00", SHORT_FRIDAY, "2025-03-14 11:30"),
        ("2025-03-14 09:38", SHORT_FRIDAY, "2025-03-17 11:30"),
        # 113 of 211 minutes are 240.99 of 450: past the morning, so rounding down stays in the afternoon.
        ("2025-03-14 09:53", ODD_FRIDAY, "2025-03-17 13:30"),
    ],
)
def test_days_of_unlike_length_keep_the_share_rounded_down(received, calendar, expected):
    assert rolled(received, "1", calendar=office(week=calendar)) == expected


def test_a_reception_day_stands_at_the_end_of_the_working_day_before():
    calendar = office(week=SATURDAY_MORNING)

    assert rolled("2025-03-15 09:00", "1", calendar=calendar) == "2025-03-17 17:00"
    assert rolled("2025-03-15 09:00", "0.5", calendar=calendar) == "2025-03-17 11:15"


@pytest.mark.parametrize("unit", ["calendar_day", "month", "working_hour"])
def test_other_units_do_not_depend_on_the_rule(unit):
    term = Term(3, unit)

    assert due(at("2025-03-10 09:00"), term, PLAIN, rule="rolling").due_at == (
        due(at("2025-03-10 09:00"), term, PLAIN).due_at
    )


@given(st.integers(0, 60 * 24 * 90), st.integers(1, 20))
def test_whole_days_are_that_many_days_of_session_time(minute, days):
    received = at("2025-01-01 00:00") + minute * (at("2025-01-01 00:01") - at("2025-01-01 00:00"))
    begun = start(received, PLAIN)

    rolled_due = due(received, Term(days, "working_day"), PLAIN, rule="rolling").due_at

    assert elapsed(begun, rolled_due, PLAIN) == days * 450
