"""Dates in working days, and the words for how a report stands against its date."""

from datetime import date

import pytest

from congvu.collection.deadlines import due_at, standing_words, working_days_between
from congvu.collection.form import Terms
from congvu.province.models import Level
from congvu.worktime.terms import Unit
from tests.web.province import at

WORKING = Terms(Unit.WORKING_DAY, {Level.COMMUNE: 3, Level.DISTRICT: 4})
CALENDAR = Terms(Unit.CALENDAR_DAY, {Level.COMMUNE: 3})


@pytest.mark.parametrize(
    ("terms", "level", "last", "due"),
    [
        (WORKING, "commune", date(2022, 12, 14), at("12-19", 17)),  # over a weekend
        (WORKING, "district", date(2022, 12, 14), at("12-20", 17)),
        (WORKING, "province", date(2022, 12, 14), at("12-20", 17)),  # a level without a term has the longest
        (WORKING, "commune", date(2022, 4, 29), at("05-06", 17)),  # over two holidays and the day off for one
        (CALENDAR, "commune", date(2022, 12, 14), at("12-19", 17)),  # the 17th is a Saturday
        (CALENDAR, "commune", date(2022, 12, 12), at("12-15", 17)),
    ],
)
def test_a_report_is_owed_at_the_close_of_a_working_day(terms, level, last, due):
    assert due_at(last, terms, level) == due


def test_holidays_are_no_working_days():
    assert working_days_between(date(2022, 1, 28), date(2022, 2, 7)) == 1


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at("12-14", 8), "còn 4 ngày làm việc"),
        (at("12-19", 8), "còn 1 ngày làm việc"),
        (at("12-20", 8), "đến hạn 17:00 hôm nay"),
        (at("12-20", 17), "đến hạn 17:00 hôm nay"),
        (at("12-20", 18), "quá hạn từ 17:00 thứ Ba, 20/12/2022"),
        (at("12-21", 8), "quá hạn từ 17:00 thứ Ba, 20/12/2022"),
        (at("12-21", 17), "quá hạn 1 ngày làm việc"),
        (at("12-23", 8), "quá hạn 2 ngày làm việc"),
        (at("12-26", 8), "quá hạn 3 ngày làm việc"),  # the weekend counts for nothing
    ],
)
def test_how_a_report_stands_is_said_in_working_days(now, words):
    assert standing_words(at("12-20", 17), now) == words
