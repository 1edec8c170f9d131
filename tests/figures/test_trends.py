"""A figure by month is that figure over each month."""

from datetime import date

import pytest

from congvu.access.rules import Reader, Role
from congvu.access.visibility import agencies_under
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import compute
from congvu.figures.engines import DuckEngine, snapshot
from congvu.figures.period import Period
from congvu.figures.trends import counting_day, monthly

from .conftest import EXAMPLE_PERIOD


def said(answer):
    return (answer.key, answer.value, answer.numerator, answer.denominator, answer.stated, answer.partial)


def assert_equal_months(period=EXAMPLE_PERIOD, figures=FIGURES, **options):
    for id_ in figures:
        for month in monthly(FIGURES[id_], period, **options):
            expected = compute(month.period, ids=[id_], **options)
            assert [said(a) for a in month.answers] == [said(a) for a in expected], (id_, month.period)


def test_every_figure_by_month_equals_itself_over_each_month(example):
    assert_equal_months()


def test_the_same_holds_of_a_snapshot(example, tmp_path):
    snapshot(tmp_path / "facts")
    engine = DuckEngine(tmp_path / "facts")

    assert_equal_months(engine=engine)
    engine.close()


@pytest.mark.parametrize("role", [Role.AGENCY_HEAD, Role.PERSONNEL_OFFICER])
def test_the_same_holds_of_what_one_reader_sees(example, role):
    agencies = agencies_under("H00", date(2022, 12, 1))
    reader = Reader(1, "Thử", role, "H00", "Huyện", agencies)

    flows = [id_ for id_, figure in FIGURES.items() if counting_day(figure)]
    assert_equal_months(figures=flows, reader=reader)


def test_the_same_holds_of_one_agency(example):
    assert_equal_months(figures=["dossiers.late", "dossiers.on_time_rate", "officers.disciplined"], agency_code="H00")


def test_months_are_cut_to_the_period(example):
    months = monthly(FIGURES["dossiers.finished"], Period(date(2022, 1, 20), date(2022, 3, 5)))

    assert [(m.period.first, m.period.last) for m in months] == [
        (date(2022, 1, 20), date(2022, 1, 31)),
        (date(2022, 2, 1), date(2022, 2, 28)),
        (date(2022, 3, 1), date(2022, 3, 5)),
    ]


@pytest.mark.parametrize(
    ("id_", "day"),
    [
        ("dossiers.on_time_rate", "finished_on"),
        ("dossiers.received", "received_on"),
        ("feedback.received", "received_on"),
        ("dossiers.pending", None),  # as of the last day
        ("feedback.resolved", None),  # received in the period, resolved by its end
        ("evaluations.graded", None),  # of a year
    ],
)
def test_a_flow_counts_by_one_day_and_asks_nothing_else_of_the_period(id_, day):
    assert counting_day(FIGURES[id_]) == day


def test_a_flow_takes_one_query_for_all_months(example, django_assert_num_queries):
    with django_assert_num_queries(1):
        monthly(FIGURES["feedback.received"], EXAMPLE_PERIOD)
