"""The year and its parts: days, the days before, words, addresses."""

from datetime import date

import pytest

from congvu.figures.period import Cycle, Period
from congvu.kernel.errors import UsageRefusal
from congvu.reports.term import Term, term_at, term_of

HALF, QUARTER, MONTH = Cycle.HALF_YEAR, Cycle.QUARTER, Cycle.MONTH


@pytest.mark.parametrize(
    ("term", "first", "last", "words", "address"),
    [
        (Term(2022), (1, 1), (12, 31), "năm 2022", "2022"),
        (Term(2022, HALF, 2), (7, 1), (12, 31), "6 tháng cuối năm 2022", "2022/nua-nam-2"),
        (Term(2022, QUARTER, 3), (7, 1), (9, 30), "quý III năm 2022", "2022/quy-3"),
        (Term(2024, MONTH, 2), (2, 1), (2, 29), "tháng 2 năm 2024", "2024/thang-2"),
        (Term(2022, Cycle.ON_REQUEST, 12), (1, 1), (12, 31), "lần 12 năm 2022", "2022/lan-12"),
    ],
)
def test_a_term_knows_its_days_its_words_and_its_address(term, first, last, words, address):
    assert term.days == Period(date(term.year, *first), date(term.year, *last))
    assert (term.words, term.address) == (words, address)
    assert term_at(address) == term


@pytest.mark.parametrize(
    ("cycle", "days", "before"),
    [
        (Cycle.YEAR, ("2021-12-15", "2022-12-14"), ("2020-12-15", "2021-12-14")),
        (Cycle.YEAR, ("2024-01-01", "2024-02-29"), ("2023-01-01", "2023-02-28")),
        (Cycle.YEAR, ("2023-01-01", "2023-02-28"), ("2022-01-01", "2022-02-28")),
        (QUARTER, ("2022-01-01", "2022-03-31"), ("2021-10-01", "2021-12-31")),
        (QUARTER, ("2022-10-01", "2022-12-31"), ("2022-07-01", "2022-09-30")),
        (QUARTER, ("2022-04-01", "2022-06-30"), ("2022-01-01", "2022-03-31")),
        (MONTH, ("2024-03-01", "2024-03-31"), ("2024-02-01", "2024-02-29")),
        (MONTH, ("2024-02-15", "2024-03-14"), ("2024-01-15", "2024-02-14")),
        (HALF, ("2022-07-01", "2022-12-31"), ("2022-01-01", "2022-06-30")),
    ],
)
def test_the_days_before_are_as_many_months_earlier_and_a_month_s_end_stays_one(cycle, days, before):
    term = Term(int(days[1][:4]), cycle, 0 if cycle is Cycle.YEAR else 1)

    assert term.before(Period(*map(date.fromisoformat, days))) == Period(*map(date.fromisoformat, before))


@pytest.mark.parametrize(
    ("term", "step", "other"),
    [
        (Term(2022), 1, Term(2023)),
        (Term(2022, QUARTER, 4), 1, Term(2023, QUARTER, 1)),
        (Term(2022, QUARTER, 1), -1, Term(2021, QUARTER, 4)),
        (Term(2022, MONTH, 6), 7, Term(2023, MONTH, 1)),
    ],
)
def test_the_terms_beside_follow_over_the_new_year(term, step, other):
    assert term.beside(step) == other


@pytest.mark.parametrize(
    ("cycle", "year", "part"),
    [
        (QUARTER, 2022, 5),
        (QUARTER, 2022, 0),
        (QUARTER, 2022, -1),
        (Cycle.YEAR, 2022, 1),
        (MONTH, 2022, 13),
        (HALF, 9, 1),
    ],
)
def test_a_part_that_a_year_does_not_have_is_refused(cycle, year, part):
    with pytest.raises(UsageRefusal):
        term_of(cycle, year, part)
