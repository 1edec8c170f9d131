"""Time limits and instants as stated."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from congvu.worktime import InstantNotValid, Term, TermNotValid, due, parse_instant

from .samples import PLAIN, at


@pytest.mark.parametrize(
    ("amount", "unit", "steps", "text"),
    [
        ("5", "working_day", 10, "5 ngày làm việc"),
        ("0.5", "working_day", 1, "0,5 ngày làm việc"),
        ("2.50", "working_day", 5, "2,5 ngày làm việc"),
        ("15.0", "calendar_day", 15, "15 ngày"),
        ("100", "calendar_day", 100, "100 ngày"),
        ("2", "month", 2, "2 tháng"),
        ("7.5", "working_hour", 450, "7,5 giờ làm việc"),
        ("0.05", "working_hour", 3, "0,05 giờ làm việc"),
    ],
)
def test_terms_are_exact(amount, unit, steps, text):
    term = Term.parse(amount, unit)

    assert term.steps == steps
    assert str(term) == text


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        ("0", "working_day"),
        ("0.00", "working_hour"),
        ("0.25", "working_day"),
        ("1.5", "calendar_day"),
        ("0.5", "month"),
        ("0.33", "working_hour"),
        ("1.000000000000001", "calendar_day"),
        ("5", "day"),
        ("5", ""),
        ("-1", "working_day"),
        ("+1", "working_day"),
        ("1e2", "working_day"),
        ("1,5", "working_day"),
        ("", "working_day"),
        ("NaN", "working_day"),
        ("٥", "working_day"),
    ],
)
def test_anything_else_is_refused(amount, unit):
    with pytest.raises(TermNotValid):
        Term.parse(amount, unit)


@pytest.mark.parametrize("amount", [0, -1, Decimal("NaN"), Decimal("Infinity"), Decimal("-0.5")])
def test_amounts_that_are_no_amounts_are_refused(amount):
    with pytest.raises(TermNotValid):
        Term(amount, "working_day")


def test_an_amount_finer_than_decimal_arithmetic_is_still_seen():
    with pytest.raises(TermNotValid):
        Term(Decimal("1." + "0" * 40 + "1"), "working_day")


@pytest.mark.parametrize(
    ("text", "hour_utc"),
    [
        ("2025-03-10T09:00:00+07:00", 2),
        ("2025-03-10T02:00:00Z", 2),
        ("2025-03-10T09:00", 2),
        ("2025-03-10T09:00:00", 2),
        ("2025-03-10T04:00+02", 2),
        ("2025-03-10T04:00+0200", 2),
    ],
)
def test_instants_are_read_with_or_without_an_offset(text, hour_utc):
    assert parse_instant(text) == datetime(2025, 3, 10, hour_utc, tzinfo=UTC)


def test_instants_keep_their_fraction_of_a_second():
    assert parse_instant("2025-03-10T09:00:00.25+07:00").microsecond == 250_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-03-10",
        "2025-03-10 09:00",
        "20250310T090000",
        "2025-02-30T09:00:00+07:00",
        "2025-13-01T09:00:00",
        "2025-03-10T24:00:00",
        "2025-03-10T09:60:00",
        "10/03/2025T09:00",
        "2025-03-10T09:00:00+07:00 ",
    ],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(InstantNotValid):
        parse_instant(text)


def test_an_instant_without_an_offset_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="offset"):
        due(at("2025-03-10 09:00").replace(tzinfo=None), Term(1, "working_day"), PLAIN)
