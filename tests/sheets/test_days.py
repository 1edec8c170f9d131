"""A column's days, however offices write them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.sheets.grid import Cell
from congvu.sheets.mapping import Dates
from congvu.sheets.target import Moment
from congvu.sheets.values.day_columns import typed_column, written_column
from congvu.sheets.values.days import DaysReading, from_serial, read_clocks, read_days


def read(*cells: Cell, moment: Moment | None = None, dates: Dates = "", epoch_1904: bool = False) -> DaysReading:
    return read_days(Counter(cells), moment=moment, dates=dates, epoch_1904=epoch_1904)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("25/08/2022", "2022-08-25T00:00:00+07:00"),
        ("25-8-2022", "2022-08-25T00:00:00+07:00"),
        ("25.08.22", "2022-08-25T00:00:00+07:00"),
        ("2022-08-25", "2022-08-25T00:00:00+07:00"),
        ("2022/8/5 7:05", "2022-08-05T07:05:00+07:00"),
        ("2022-08-25T14:05:00Z", "2022-08-25T21:05:00+07:00"),
        ("2022-08-25T14:05:07+0900", "2022-08-25T12:05:07+07:00"),
        ("14:05 25/08/2022", "2022-08-25T14:05:00+07:00"),
        ("25/08/2022 14:05:09", "2022-08-25T14:05:09+07:00"),
        ("25/08/2022 - 2:05 CH", "2022-08-25T14:05:00+07:00"),
        ("25/08/2022 12:05 AM", "2022-08-25T00:05:00+07:00"),
        ("2h30 25/08/2022", "2022-08-25T02:30:00+07:00"),
        ("14h 05/08/2022", "2022-08-05T14:00:00+07:00"),
        ("lúc 14 giờ 05, ngày 5 tháng 8 năm 2022", "2022-08-05T14:05:00+07:00"),
        ("05 tháng 8, 2022", "2022-08-05T00:00:00+07:00"),
        ("Thứ Năm, 25/08/2022", "2022-08-25T00:00:00+07:00"),
        ("20220825", "2022-08-25T00:00:00+07:00"),
        ("20220825140509", "2022-08-25T14:05:09+07:00"),
    ],
)
def test_a_text_is_read_as_the_instant_that_it_tells(text: str, instant: str) -> None:
    assert read(text, moment="start").values[text] == instant


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("08/2022", "chỉ có tháng và năm"),
        ("2022", "chỉ có năm"),
        (2022.0, "chỉ có năm"),
        ("31/02/2022", "không có ngày 31/02/2022"),
        ("15/13/2022", "không có tháng 13"),
        ("01/01/1899", "năm 1899"),
        (dt.date(2250, 1, 1), "năm 2250"),
        ("chờ bổ sung", "không đọc được là ngày"),
        ("25:10 25/08/2022", "không có giờ 25:10"),
        ("14:05", "chỉ có giờ"),
        (dt.time(14, 5), "chỉ có giờ"),
        (60.0, "là một số"),
        (12.5, "là một số"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(cell: Cell, reason: str) -> None:
    found = read(cell)
    assert found.values[cell] == ""
    assert reason in found.wrong[cell]


def test_words_for_nothing_leave_a_day_empty() -> None:
    found = read_days(Counter(["-", "N/A", "không có", "chờ", ""]), empty=("Chờ",))
    assert set(found.values.values()) == {""}
    assert not found.wrong


def test_day_first_and_month_first_in_one_column_refuse_the_fewer() -> None:
    found = read("31/12/2022", "30/12/2022", "12/31/2022", "05/08/2022")
    assert found.values["05/08/2022"] == "2022-08-05"
    assert found.wrong.keys() == {"12/31/2022"}
    assert "kiểu 31/12/2022 ở 3 ô" in found.wrong["12/31/2022"]


def test_a_column_that_proves_month_first_is_read_so_with_a_remark() -> None:
    found = read("12/31/2022", "05/08/2022")
    assert found.values["05/08/2022"] == "2022-05-08"
    assert "tháng trước ngày" in found.remark


def test_two_written_styles_refuse_the_fewer_unless_the_style_is_stated() -> None:
    cells = ("25/08/2022", "26/08/2022", "2022-08-05")
    assert read(*cells).wrong.keys() == {"2022-08-05"}
    stated = read(*cells, dates="day_first")
    assert not stated.wrong
    assert stated.values["2022-08-05"] == "2022-08-05"


def test_texts_beside_typed_days_refuse_the_fewer() -> None:
    typed = [dt.date(2022, 5, day) for day in (18, 19, 11)]
    found = read("06/08/2022", *typed)
    assert found.wrong.keys() == {"06/08/2022"}
    assert not read("06/08/2022", *typed, dates="day_first").wrong


def test_days_that_excel_turned_round_are_named_as_such() -> None:
    found = read("25/08/2022", "26/08/2022", "27/08/2022", dt.date(2022, 5, 8), dt.date(2022, 6, 8))
    assert found.wrong.keys() == {dt.date(2022, 5, 8), dt.date(2022, 6, 8)}
    assert all("đảo ngày và tháng" in reason for reason in found.wrong.values())


def test_texts_of_every_day_beside_typed_ones_are_no_sign_of_turning() -> None:
    found = read("25/08/2022", "05/08/2022", "06/08/2022", dt.date(2022, 5, 8))
    assert found.wrong.keys() == {dt.date(2022, 5, 8)}
    assert "đảo ngày" not in found.wrong[dt.date(2022, 5, 8)]


def test_a_column_that_proves_nothing_is_read_day_first_with_one_remark() -> None:
    found = read("05/08/2022", "06/08/2022")
    assert found.values["05/08/2022"] == "2022-08-05"
    assert "ngày trước" in found.remark
    assert not read("25/08/2022", "06/08/2022").remark


def test_a_stated_order_refuses_what_is_written_otherwise() -> None:
    assert read("08/25/2022", "05/08/2022", dates="day_first").wrong.keys() == {"08/25/2022"}
    assert read("08/25/2022", "05/08/2022", dates="month_first").values["05/08/2022"] == "2022-05-08"
    assert read("25/08/2022", dates="year_first").wrong.keys() == {"25/08/2022"}


def test_serial_numbers_follow_the_epoch_of_the_workbook() -> None:
    assert read(44788.0).values[44788.0] == "2022-08-15"
    assert read(43326.0, epoch_1904=True).values[43326.0] == "2022-08-15"
    assert read(44788.5, moment="close").values[44788.5] == "2022-08-15T12:00:00+07:00"
    assert read("44788").values["44788"] == "2022-08-15"
    assert read(20220815.0).values[20220815.0] == "2022-08-15"


def test_the_day_that_never_was_is_no_day() -> None:
    assert from_serial(1) == dt.datetime(1900, 1, 1)
    assert from_serial(60) is None
    assert from_serial(61) == dt.datetime(1900, 3, 1)
    assert from_serial(60, epoch_1904=True) == dt.datetime(1904, 3, 1)


@pytest.mark.parametrize(("moment", "clock"), [("start", "00:00:00"), ("close", "17:00:00"), ("end", "23:59:59")])
def test_a_bare_day_is_the_asked_moment(moment: Moment, clock: str) -> None:
    cells = ("25/08/2022", "26/08/2022 08:00")
    found = read(*cells, moment=moment)
    assert found.values["25/08/2022"] == f"2022-08-25T{clock}+07:00"
    assert found.bare == {"25/08/2022"}


def test_a_column_whose_times_are_all_midnight_has_no_times() -> None:
    assert read("25/08/2022 00:00:00", moment="end").values["25/08/2022 00:00:00"] == "2022-08-25T23:59:59+07:00"
    both = read("25/08/2022 00:00:00", "26/08/2022 08:00:00", moment="end")
    assert both.values["25/08/2022 00:00:00"] == "2022-08-25T00:00:00+07:00"


def test_a_typed_column_is_told_at_once_as_it_would_be_cell_by_cell() -> None:
    cells: list[Cell] = [dt.datetime(2022, 8, 25, 14, 5), dt.date(2022, 8, 26), "", dt.datetime(2022, 8, 5, 7, 0, 1)]
    quick = typed_column(cells, "close")
    assert quick is not None
    slow = read(*cells, moment="close")
    assert quick[0] == [slow.values[cell] for cell in cells]
    assert quick[1] == [1]
    assert typed_column([*cells, "25/08/2022"], "close") is None
    assert typed_column([dt.date(1850, 1, 1)]) is None
    assert typed_column([dt.datetime(2022, 8, 5, 7, 0, 1, 500_000)], "close") is None


def test_fractions_of_seconds_are_rounded() -> None:
    cell = dt.datetime(2022, 8, 5, 13, 59, 59, 999_999)
    assert read(cell, moment="start").values[cell] == "2022-08-05T14:00:00+07:00"


def test_times_are_read_from_texts_fractions_and_typed_cells() -> None:
    cells: list[Cell] = ["14:05", "2h30", 0.5, dt.time(3, 4), dt.timedelta(hours=2, minutes=30), "", "giờ hành chính"]
    found = read_clocks(Counter(cells))
    assert [found.values[cell] for cell in cells] == [
        "14:05:00",
        "02:30:00",
        "12:00:00",
        "03:04:00",
        "02:30:00",
        "",
        "",
    ]
    assert found.wrong.keys() == {"giờ hành chính"}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text() | st.floats() | st.datetimes() | st.dates() | st.times() | st.timedeltas(), max_size=6))
def test_no_cells_break_the_reading_of_days(cells: list[Cell]) -> None:
    found = read_days(Counter(cells), moment="start")
    assert found.values.keys() >= set(cells)
    read_clocks(Counter(cells))


DAYS = st.dates(dt.date(1898, 1, 1), dt.date(2201, 12, 31)).map("{:%d/%m/%Y}".format)
WRITTEN = st.one_of(
    DAYS,
    st.builds("{} {:%H:%M}".format, DAYS, st.times()),
    st.builds("{} {:%H:%M:%S}".format, DAYS, st.times()),
    st.sampled_from(["", "31/04/2022", "12/31/2022", "13/01/2022 24:00", "5/8/2022", "13/01/2022\n", "1３/01/2022"]),
)


@settings(max_examples=300)
@given(st.lists(WRITTEN, min_size=1, max_size=6), st.sampled_from(["start", "close", "end", None]))
def test_a_column_of_plain_texts_is_read_at_once_as_it_is_cell_by_cell(cells: list[str], moment: Moment | None) -> None:
    quick = written_column(cells, moment)
    if quick is not None:
        slow = read_days(Counter(cells), moment=moment)
        assert quick[0] == [slow.values[cell] for cell in cells]
        assert quick[1] == [at for at, cell in enumerate(cells) if cell in slow.bare]
        assert (slow.wrong, slow.odd, slow.remark) == ({}, {}, "")


def test_only_days_that_prove_their_order_are_read_at_once() -> None:
    proven = ["13/01/2022 08:00", "02/01/2022"]
    told = ["2022-01-13T08:00:00+07:00", "2022-01-02T17:00:00+07:00"]
    assert written_column(proven, "close") == (told, [1])
    assert written_column(["02/01/2022"], "close") is None
    assert written_column(proven, "close", "month_first") is None
    assert written_column(proven) is None, "a day was asked for, and one has a time"
    assert written_column([*proven, dt.date(2022, 1, 5)], "close") is None
