"""Pages of the rows of some agencies only, which are found before they are sorted."""

from collections import Counter

import pytest

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.access.visibility import agencies_under
from congvu.figures.compute import compute, parse_key
from congvu.figures.engines import PostgresEngine
from congvu.figures.opening import answer_for, open_figure

from .conftest import EXAMPLE_PERIOD


def clerk_of(code):
    agencies = agencies_under(code, EXAMPLE_PERIOD.last)
    return Reader(None, "clerk", Role.ONE_STOP_CLERK, code, code, agencies)


def pages(answer, limit, **asked):
    rows, after, number = [], None, 0
    while number == 0 or after is not None:
        page = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, limit=limit, after=after, **asked)
        assert len(page.rows) <= limit
        rows += page.rows
        after, number = page.after, number + 1
    return rows, number


@pytest.fixture
def busiest(example):
    """The code of the agency with the most dossiers."""
    rows = open_figure(*parse_key("dossiers.received[level=commune]"), EXAMPLE_PERIOD, limit=None).rows
    [(code, _number)] = Counter(row["agency_code"] for row in rows).most_common(1)
    return code


@pytest.mark.parametrize("own", [False, True], ids=["province", "clerk"])
@pytest.mark.parametrize("one_agency", [False, True], ids=["all", "one agency"])
def test_pages_join_to_the_whole_in_the_order_of_the_codes(busiest, own, one_agency):
    asked = {"reader": clerk_of(busiest) if own else SYSTEM, "agency_code": busiest if one_agency else None}
    divided = 0
    for answer in compute(EXAMPLE_PERIOD, ids=["dossiers.received", "dossiers.on_time_rate"], **asked):
        whole = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, limit=None, **asked).rows
        limit = max(1, len(whole) // 3)
        rows, number = pages(answer, limit, **asked)
        assert number == max(1, -(-len(whole) // limit))
        assert rows == whole
        assert [row["code"] for row in whole] == sorted(row["code"] for row in whole)
        divided += number > 1

    assert divided >= 2, "both figures have pages"


class Counting(PostgresEngine):
    """Counts its queries, and those among them that add rows up."""

    def __init__(self):
        self.asked = []

    def fetch(self, sql, parameters):
        self.asked.append(sql)
        return super().fetch(sql, parameters)

    @property
    def counts(self):
        return [sql for sql in self.asked if "COUNT(" in sql]


def test_a_known_answer_is_not_counted_again(example):
    answer = next(a for a in compute(EXAMPLE_PERIOD, ids=["dossiers.finished"]) if a.value)
    without, given = Counting(), Counting()

    counted = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, engine=without, limit=5)
    opened = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, engine=given, limit=5, answer=answer)

    assert opened == counted
    assert len(without.counts) == 1
    assert given.counts == []


def test_a_page_of_many_rows_asks_no_more_queries_than_a_page_of_one(example):
    answer = answer_for(*_finished(), EXAMPLE_PERIOD)
    one, many = Counting(), Counting()
    open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, engine=one, limit=1)
    page = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, engine=many, limit=50)

    assert len(page.rows) > 1
    assert len(one.asked) == len(many.asked)


def _finished():
    answer = max(compute(EXAMPLE_PERIOD, ids=["dossiers.finished"]), key=lambda a: a.value)
    return answer.figure, answer.members


def test_figures_without_statements_do_not_ask_for_any(example):
    engine = Counting()
    compute(EXAMPLE_PERIOD, engine=engine, ids=["feedback.received"])

    assert not [sql for sql in engine.asked if "fact_statements" in sql]
