"""Numbers and dates as people here write them."""

import doctest
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.kernel import format as words


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(words).attempted > 5
    assert doctest.testmod(words).failed == 0


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1.000"),
        (145_494, 0, "145.494"),
        (-48_447, 0, "-48.447"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.4, 0, "0"),
        (Decimal("1234.565"), 2, "1.234,57"),
        (10**15, 0, "1.000.000.000.000.000"),
        (10**40 + 1, 0, "10" + ".000" * 12 + ".001"),
    ],
)
def test_a_number_has_dots_between_thousands_and_a_comma_before_decimals(value, places, written):
    assert words.format_number(value, places) == written


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [
        (48_207, 48_447, "99,50%"),
        (1, 1, "100,00%"),
        (0, 7, "0,00%"),
        (1, 3, "33,33%"),
        (2, 3, "66,67%"),
        (199, 20_000, "1,00%"),  # 0.995 % exactly: half goes up, where a float would not reach it
        (1_005, 100_000, "1,01%"),
    ],
)
def test_a_share_is_rounded_half_up_from_its_exact_quotient(numerator, denominator, written):
    assert words.format_ratio(numerator, denominator) == written


def test_a_share_of_nothing_has_no_percentage():
    with pytest.raises(ZeroDivisionError):
        words.format_ratio(0, 0)


def test_a_float_share_stands_for_its_shortest_writing():
    assert words.format_percent(0.01005) == "1,01%"
    assert words.format_percent(Fraction(47, 703), places=1) == "6,7%"


@given(st.integers(-(10**18), 10**18))
def test_a_whole_number_can_be_read_back(number):
    assert int(words.format_number(number).replace(".", "")) == number


@pytest.mark.parametrize(("count", "written"), [(0, "00"), (9, "09"), (10, "10"), (1_259, "1.259")])
def test_counts_below_ten_get_a_zero_in_running_text(count, written):
    assert words.format_count_in_text(count) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 2, 8), "ngày 08 tháng 02 năm 2022"),
        (date(2022, 1, 31), "ngày 31 tháng 01 năm 2022"),
        (date(2022, 3, 8), "ngày 08 tháng 3 năm 2022"),
        (date(2022, 12, 10), "ngày 10 tháng 12 năm 2022"),
    ],
)
def test_only_days_under_ten_and_the_first_two_months_get_a_zero(day, written):
    assert words.format_day_in_words(day) == written


def test_instants_are_written_in_vietnamese_time():
    late_evening_in_utc = datetime(2022, 12, 11, 17, 30, tzinfo=UTC)

    assert words.format_instant(late_evening_in_utc) == "00:30 12/12/2022"
    assert words.format_due(late_evening_in_utc) == "00:30 thứ Hai, 12/12/2022"
    assert words.format_due(datetime(2022, 12, 11, 3, tzinfo=UTC)) == "10:00 Chủ nhật, 11/12/2022"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        words.format_instant(datetime(2022, 12, 11, 17, 30))


def test_a_period_of_one_day_is_that_day():
    assert words.format_period(date(2021, 12, 5), date(2022, 12, 13)) == "05/12/2021–13/12/2022"
    assert words.format_period(date(2021, 12, 5), date(2021, 12, 5)) == "05/12/2021"
    assert words.format_month(date(2021, 2, 5)) == "02/2021"
