"""Numbers and codes of a column."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from congvu.sheets.grid import Cell
from congvu.sheets.values.cells import Reading, plain_number
from congvu.sheets.values.numbers import read_codes, read_numbers


def whole(*cells: Cell) -> Reading:
    return read_numbers(Counter(cells), whole=True)


def decimal(*cells: Cell) -> Reading:
    return read_numbers(Counter(cells), whole=False)


def test_numbers_are_told_without_exponent_and_without_needless_decimals() -> None:
    assert [plain_number(one) for one in (3.0, 2.5, 1e20, 0.1 + 0.2, -4.0)] == [
        "3",
        "2.5",
        "100000000000000000000",
        "0.3",
        "-4",
    ]


def test_a_column_proves_what_its_marks_mean() -> None:
    assert decimal("1.234,5", "1.234").values["1.234"] == "1234"
    assert decimal("1,234.5", "1.234").values["1.234"] == "1.234"
    assert decimal("2,5", "1.234").values["1.234"] == "1234"


def test_what_the_column_does_not_prove_is_a_thousand_and_noted_among_decimals() -> None:
    assert whole("1.234").values["1.234"] == "1234"
    assert not whole("1.234").odd
    assert decimal("1.234").values["1.234"] == "1234"
    assert "1.234" in decimal("1.234").odd


def test_the_fewer_of_two_ways_are_refused() -> None:
    found = decimal("1.234,5", "2,5", "1,234.5")
    assert found.wrong.keys() == {"1,234.5"}
    assert "ở 2 ô" in found.wrong["1,234.5"]


def test_numbers_stored_as_text_are_numbers() -> None:
    found = whole("007", " 1 234 ", "-5", "(5)", "1.234.567", "12\u00a0345", "−3")
    assert [*found.values.values()][1:] == ["7", "1234", "-5", "-5", "1234567", "12345", "-3"]


def test_percents_are_shares_with_a_note() -> None:
    found = decimal("12%")
    assert found.values["12%"] == "0.12"
    assert "0,12" in found.odd["12%"]


def test_what_is_no_number_is_refused_with_the_reason() -> None:
    found = whole("5 ngày", "nhiều", 2.5, dt.date(2022, 1, 2), "2,5", "1.2.3")
    assert found.wrong.keys() == {"5 ngày", "nhiều", 2.5, dt.date(2022, 1, 2), "2,5", "1.2.3"}
    assert "chỉ ghi số" in found.wrong["5 ngày"]
    assert "đổi số thành ngày" in found.wrong[dt.date(2022, 1, 2)]


def test_words_for_nothing_leave_a_number_empty() -> None:
    found = whole("-", "không có", "N/A", "")
    assert set(found.values.values()) == {""}
    assert not found.wrong


def test_codes_in_number_cells_are_texts() -> None:
    found = read_codes(Counter([40.0, 1.000178, 123456789012.0, "H14 \n01"]))
    assert set(found.values.values()) == {"", "H14 01", "40", "1.000178", "123456789012"}


def test_zeros_lost_at_the_end_of_codes_come_back_with_a_note() -> None:
    found = read_codes(Counter([1.000178, 1.00017, "2.000199", 1.000201]))
    assert found.values[1.00017] == "1.000170"
    assert found.odd.keys() == {1.00017}


def test_codes_with_few_decimals_are_left_alone() -> None:
    assert read_codes(Counter([1.1, 1.25, 2.0])).values[1.1] == "1.1"


def test_codes_that_excel_spoilt_are_refused() -> None:
    found = read_codes(Counter([dt.date(2003, 2, 1), 1234567890123456.0]))
    assert "thành ngày" in found.wrong[dt.date(2003, 2, 1)]
    assert "15 chữ số" in found.wrong[1234567890123456.0]


@given(st.lists(st.text() | st.floats() | st.dates(), max_size=6))
def test_no_cells_break_the_reading_of_numbers_and_codes(cells: list[Cell]) -> None:
    for found in (whole(*cells), decimal(*cells), read_codes(Counter(cells))):
        assert found.values.keys() >= set(cells)
