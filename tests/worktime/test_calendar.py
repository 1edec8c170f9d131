"""Calendars: what a day is, what they refuse, and what they do not know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from congvu.worktime import (
    Calendar,
    CalendarNotValid,
    DayRow,
    Nature,
    RowKind,
    Session,
    Term,
    YearNotCovered,
    due,
    national_calendar,
    office_week,
    read_days,
    start,
)

from .samples import OFFICE, SATURDAY_MORNING, at, off, office, worked


def days_of(year: int) -> list[date]:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return [first + timedelta(days=passed) for passed in range((after - first).days)]


@pytest.mark.parametrize(
    ("year", "working_days", "swap_days"),
    [
        (2020, 252, 0),
        (2021, 250, 0),
        (2022, 249, 0),
        (2023, 249, 0),
        (2024, 251, 1),
        (2025, 250, 1),
        (2026, 250, 2),
    ],
)
def test_the_national_calendar_has_the_known_number_of_working_days(year, working_days, swap_days):
    days = [national_calendar().on(day) for day in days_of(year)]

    assert sum(day.is_working for day in days) == working_days
    assert sum(day.nature is Nature.SWAPPED_WORKDAY for day in days) == swap_days


def test_the_national_calendar_has_office_hours_and_a_source_on_every_row():
    calendar = national_calendar()

    assert calendar.on(date(2025, 3, 10)).sessions == (
        Session.parse("07:30-11:30"),
        Session.parse("13:30-17:00"),
    )
    assert len(calendar.days) == 103
    assert all(row.source and row.name for row in calendar.days)


def test_an_unconfirmed_row_counts_only_once_an_administrator_confirms_it():
    calendar, day = national_calendar(), date(2026, 11, 24)

    assert [row.day for row in calendar.unconfirmed] == [day]
    assert calendar.on(day).is_working

    confirmed = calendar.with_confirmed(day)

    assert confirmed.on(day).nature is Nature.HOLIDAY
    assert confirmed.unconfirmed == ()
    assert confirmed.version != calendar.version


def test_the_mark_counts_in_any_letters_and_normal_form_and_on_swap_days():
    decomposed = "Nghi\u0309 (chu\u031ba xa\u0301c nha\u0323\u0302n)"

    assert not off("2025-03-11", decomposed).counts
    assert not DayRow(date(2025, 3, 15), RowKind.SWAPPED_WORKDAY, "Làm bù (CHƯA XÁC NHẬN)", "").counts


def test_only_a_day_with_a_row_can_be_confirmed():
    with pytest.raises(CalendarNotValid, match="11/03/2025"):
        office().with_confirmed(date(2025, 3, 11))


def test_a_day_of_a_year_not_covered_is_neither_working_nor_off():
    with pytest.raises(YearNotCovered, match="năm 2027"):
        national_calendar().on(date(2027, 1, 4))


@pytest.mark.parametrize("kind", [RowKind.HOLIDAY, RowKind.COMPENSATORY_OFF])
def test_a_day_off_that_is_also_a_swap_day_is_worked(kind):
    calendar = office(off("2025-03-11", kind=kind), worked("2025-03-11"))

    assert calendar.on(date(2025, 3, 11)).nature is Nature.SWAPPED_WORKDAY


def test_a_swap_day_has_the_sessions_of_the_day_that_it_replaces():
    week = (OFFICE[0], *office_week("08:00-12:00")[1:5], (), ())

    assert office(worked("2025-03-15", "2025-03-14"), week=week).on(date(2025, 3, 15)).sessions == (
        Session.parse("08:00-12:00"),
    )
    assert office(worked("2025-03-15"), week=week).on(date(2025, 3, 15)).sessions == OFFICE[0]
    assert office(worked("2025-03-15", "2025-03-16"), week=week).on(date(2025, 3, 15)).sessions == OFFICE[0]


def test_a_saturday_with_sessions_only_takes_receipts_unless_said_otherwise():
    calendar = office(week=SATURDAY_MORNING)

    assert calendar.on(date(2025, 3, 15)).nature is Nature.RECEPTION_ONLY
    assert replace(calendar, reception_only=frozenset()).on(date(2025, 3, 15)).nature is Nature.WORKING
    assert replace(calendar, reception_only=frozenset({4})).on(date(2025, 3, 14)).nature is Nature.RECEPTION_ONLY


def test_a_holiday_closes_a_reception_day():
    calendar = office(off("2025-03-15"), week=SATURDAY_MORNING)

    assert start(at("2025-03-15 09:00"), calendar) == at("2025-03-17 07:30")


def test_the_version_depends_on_the_data_and_on_nothing_else():
    rows = (off("2025-04-30"), off("2025-05-01"))
    calendar = office(*rows)

    assert office(*reversed(rows)).version == calendar.version
    assert replace(calendar, name="Tên khác").version == calendar.version
    others = [
        office(rows[0]),
        office(*rows, years=(2025, 2026)),
        office(*rows, week=office_week("07:30-11:30", "13:30-17:30")),
        office(rows[0], replace(rows[1], source="nguồn khác")),
        office(*rows, week=SATURDAY_MORNING),
        replace(office(*rows, week=SATURDAY_MORNING), reception_only=frozenset()),
    ]
    assert len({calendar.version, *(other.version for other in others)}) == 1 + len(others)


@pytest.mark.parametrize(
    ("received", "term", "year"),
    [
        ("2019-12-31 09:00", Term(1, "working_day"), 2019),
        ("2027-01-04 09:00", Term(1, "working_day"), 2027),
        ("2026-12-31 17:01", Term(1, "working_hour"), 2027),
        ("2026-12-31 09:00", Term(1, "working_day"), 2027),
        ("2026-12-31 15:00", Term.parse("0.5", "working_day"), 2027),
        ("2026-12-31 15:00", Term(3, "working_hour"), 2027),
        ("2026-12-30 15:00", Term(2, "calendar_day"), 2027),
        ("2026-12-15 15:00", Term(1, "month"), 2027),
        ("2026-12-15 15:00", Term(12000, "month"), 2027),
    ],
)
def test_a_year_that_is_not_covered_is_named(received, term, year):
    with pytest.raises(YearNotCovered, match=f"năm {year}") as refusal:
        due(at(received), term, national_calendar())

    assert refusal.value.year == year


def test_a_limit_may_end_at_the_very_last_close():
    assert due(at("2026-12-31 15:00"), Term(2, "working_hour"), national_calendar()).due_at == at("2026-12-31 17:00")


def test_a_gap_between_covered_years_is_not_bridged():
    calendar = office(years=(2023, 2025))

    with pytest.raises(YearNotCovered, match="năm 2024"):
        due(at("2023-12-29 09:00"), Term(300, "working_day"), calendar)
    assert due(at("2025-03-10 09:00"), Term(1, "working_day"), calendar).due_at == at("2025-03-11 17:00")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Session.parse("07:30"),
        lambda: Session.parse("7h30-11h30"),
        lambda: office(week=OFFICE[:6]),
        lambda: office(years=()),
        lambda: office(week=((),) * 7),
        lambda: office(week=((),) * 5 + (OFFICE[0], ())),
        lambda: office(week=office_week("11:30-07:30")),
        lambda: office(week=office_week("07:30-11:30", "11:00-17:00")),
        lambda: office(week=office_week("13:30-17:00", "07:30-11:30")),
        lambda: office(week=office_week("07:30:30-11:30")),
        lambda: office(off("2025-03-11"), off("2025-03-11", "Nghỉ khác")),
        lambda: office(replace(off("2025-03-11"), replaces=date(2025, 3, 12))),
        lambda: office(worked("2025-03-15"), week=((), *OFFICE[1:])),
        lambda: Calendar("Lịch", frozenset({2025}), OFFICE, (), frozenset({7})),
    ],
)
def test_data_that_make_no_calendar_are_refused(make):
    with pytest.raises(CalendarNotValid):
        make()


def test_a_list_of_days_is_read_with_what_each_day_replaces():
    rows = read_days(["date,kind,name,source,replaces\n", "2025-04-26,swapped_workday,Làm bù,TB 6150,2025-05-02\n"])

    assert rows == (DayRow(date(2025, 4, 26), RowKind.SWAPPED_WORKDAY, "Làm bù", "TB 6150", date(2025, 5, 2)),)


@pytest.mark.parametrize(
    ("line", "named"),
    [("2025-02-30,holiday,Nghỉ,x\n", "dòng 2"), ("2025-03-11,feast,Nghỉ,x\n", "dòng 2")],
)
def test_a_wrong_line_in_a_list_of_days_is_named(line, named):
    with pytest.raises(CalendarNotValid, match=named):
        read_days(["date,kind,name,source\n", line])


def test_a_list_of_days_without_a_column_is_refused():
    with pytest.raises(CalendarNotValid, match="source"):
        read_days(["date,kind,name\n"])
