"""The rule ``end_of_day``, case by case; the week of 2025-03-10 has no day off."""

import csv
from pathlib import Path

import numpy as np
import pytest

from congvu.worktime import Term, due, due_batch, national_calendar, office_week, parse_instant, start

from .samples import PLAIN, SATURDAY_MORNING, at, off, office, worked

EXAMPLES = Path(__file__).parent.parent / "data" / "deadline_examples.csv"


def due_at(received: str, amount: str, unit: str = "working_day", calendar=PLAIN) -> str:
    return f"{due(at(received), Term.parse(amount, unit), calendar).due_at:%Y-%m-%d %H:%M}"


def test_every_published_example_comes_out_alone_and_in_a_column():
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [parse_instant(row["due_at"]) for row in rows]
    received = [parse_instant(row["received_at"]) for row in rows]
    calendar = national_calendar()

    alone = [
        due(at, Term.parse(row["amount"], row["unit"]), calendar).due_at for at, row in zip(received, rows, strict=True)
    ]
    _, together = due_batch(
        np.array([int(instant.timestamp()) for instant in received], "M8[s]"),
        np.array([float(row["amount"]) for row in rows]),
        np.array([row["unit"] for row in rows]),
        calendar,
    )

    assert len(rows) == 300
    assert alone == expected
    assert together.astype("M8[s]").astype(int).tolist() == [int(instant.timestamp()) for instant in expected]


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2025-03-10 09:00:59", "2025-03-10 09:00"),
        ("2025-03-10 11:30:00", "2025-03-10 11:30"),
        ("2025-03-10 11:30:01", "2025-03-10 13:30"),
        ("2025-03-10 12:00", "2025-03-10 13:30"),
        ("2025-03-10 17:00:00", "2025-03-10 17:00"),
        ("2025-03-10 17:00:01", "2025-03-11 07:30"),
        ("2025-03-10 23:59", "2025-03-11 07:30"),
        ("2025-03-10 07:29:59", "2025-03-10 07:30"),
        ("2025-03-15 10:00", "2025-03-17 07:30"),
        ("2025-04-26 10:00", "2025-04-26 10:00"),
        ("2025-04-29 18:00", "2025-05-05 07:30"),
    ],
)
def test_a_limit_starts_at_the_receipt_or_the_next_opening(received, expected):
    assert start(at(received), PLAIN) == at(expected)


def test_a_start_is_vietnamese_whatever_offset_the_receipt_has():
    assert start(parse_instant("2025-03-10T02:00:00Z"), PLAIN).isoformat() == "2025-03-10T09:00:00+07:00"


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2025-03-10 09:00", "5", "2025-03-17 17:00"),
        ("2025-03-10 17:00", "1", "2025-03-11 17:00"),
        ("2025-03-10 18:00", "1", "2025-03-12 17:00"),
        ("2025-03-08 10:00", "1", "2025-03-11 17:00"),
        ("2025-04-24 09:00", "5", "2025-05-05 17:00"),
        ("2025-03-10 09:00", "0.5", "2025-03-10 17:00"),
        ("2025-03-10 11:30", "0.5", "2025-03-10 17:00"),
        ("2025-03-10 14:00", "0.5", "2025-03-11 11:30"),
        ("2025-03-10 17:00", "0.5", "2025-03-11 11:30"),
        ("2025-03-14 17:00", "0.5", "2025-03-17 11:30"),
        ("2025-03-10 09:00", "1.5", "2025-03-12 11:30"),
        ("2025-03-10 16:00", "1.5", "2025-03-12 11:30"),
    ],
)
def test_working_days_end_at_a_close(received, amount, expected):
    assert due_at(received, amount) == expected


@pytest.mark.parametrize(
    ("received", "term", "expected_day", "calendar"),
    [
        # Received at noon, after closing, on Saturday, on a holiday, on the worked Saturday; over 30 April.
        ("2025-03-10 12:00", "1", "2025-03-11", national_calendar()),
        ("2025-03-10 18:00", "1", "2025-03-12", national_calendar()),
        ("2025-03-08 10:00", "1", "2025-03-11", national_calendar()),
        ("2025-09-02 10:00", "1", "2025-09-04", national_calendar()),
        ("2025-04-26 09:00", "1", "2025-04-28", national_calendar()),
        ("2025-04-24 09:00", "5", "2025-05-05", national_calendar()),
        ("2025-03-10 09:00", "30", "2025-04-22", national_calendar()),
        ("2025-03-09 23:00", "1", "2025-03-11", national_calendar()),
    ],
)
def test_the_day_is_the_one_that_offices_expect(received, term, expected_day, calendar):
    assert due_at(received, term, calendar=calendar).startswith(expected_day)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "expected"),
    [
        ("2025-03-10 09:00", "3", "calendar_day", "2025-03-13 17:00"),
        ("2025-03-10 09:00", "5", "calendar_day", "2025-03-17 17:00"),
        ("2025-03-14 18:00", "1", "calendar_day", "2025-03-18 17:00"),
        ("2025-04-29 09:00", "1", "calendar_day", "2025-05-05 17:00"),
        ("2025-01-31 09:00", "1", "month", "2025-02-28 17:00"),
        ("2025-01-30 09:00", "2", "month", "2025-03-31 17:00"),
        ("2025-03-31 09:00", "6", "month", "2025-09-30 17:00"),
        ("2025-03-10 09:00", "1", "month", "2025-04-10 17:00"),
    ],
)
def test_days_and_months_end_at_the_close_of_a_working_day(received, amount, unit, expected):
    assert due_at(received, amount, unit) == expected


def test_months_cross_the_year_and_know_leap_days():
    calendar = office(years=(2023, 2024))

    assert due_at("2023-10-31 09:00", "4", "month", calendar) == "2024-02-29 17:00"


@pytest.mark.parametrize(
    ("received", "amount", "expected"),
    [
        ("2025-03-10 09:30", "4", "2025-03-10 15:30"),
        ("2025-03-10 15:30", "4", "2025-03-11 10:00"),
        ("2025-03-10 09:30", "2", "2025-03-10 11:30"),
        ("2025-03-10 11:30", "1", "2025-03-10 14:30"),
        ("2025-03-10 13:30", "3.5", "2025-03-10 17:00"),
        ("2025-03-14 16:59", "0.05", "2025-03-17 07:32"),
        ("2025-04-25 16:00", "7.5", "2025-04-26 16:00"),
    ],
)
def test_hours_are_session_time(received, amount, expected):
    assert due_at(received, amount, "working_hour") == expected


def test_a_reception_day_takes_receipts_but_is_not_counted():
    calendar = office(week=SATURDAY_MORNING)

    assert start(at("2025-03-15 09:00"), calendar) == at("2025-03-15 09:00")
    assert due_at("2025-03-15 09:00", "1", calendar=calendar) == "2025-03-17 17:00"
    assert due_at("2025-03-15 09:00", "0.5", calendar=calendar) == "2025-03-17 11:30"
    assert due_at("2025-03-15 09:00", "1", "working_hour", calendar) == "2025-03-17 08:30"
    assert due_at("2025-03-15 09:00", "7", "calendar_day", calendar) == "2025-03-24 17:00"
    assert due_at("2025-03-14 09:00", "2", calendar=calendar) == "2025-03-18 17:00"


def test_a_swapped_reception_day_is_worked_with_full_hours():
    calendar = office(worked("2025-03-15"), week=SATURDAY_MORNING)

    assert due_at("2025-03-14 09:00", "1", calendar=calendar) == "2025-03-15 17:00"


def test_the_earlier_of_two_touching_sessions_holds_their_common_instant():
    calendar = office(week=office_week("08:00-12:00", "12:00-17:00"))

    assert due_at("2025-03-10 12:00", "0.5", calendar=calendar) == "2025-03-10 17:00"
    assert due_at("2025-03-10 12:01", "0.5", calendar=calendar) == "2025-03-11 12:00"


def test_a_half_day_close_is_the_last_of_its_day():
    week = list(office().week)
    week[4] = week[4][:1]

    assert due_at("2025-03-13 09:00", "1", calendar=office(week=tuple(week))) == "2025-03-14 11:30"


def test_a_holiday_row_closes_a_day():
    assert due_at("2025-03-10 09:00", "1", calendar=office(off("2025-03-11"))) == "2025-03-12 17:00"
