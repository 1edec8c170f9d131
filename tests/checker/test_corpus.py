"""A small part of the corpus of ``bench/checker.py``: the checker finds no less and cries wolf no more than it did."""

from __future__ import annotations

import pytest

from bench.checker_corpus.measure import KINDS, Result, measure, product

SEED, A_KIND, ROUNDS, DOCUMENTS = 11, 30, 1, 3

RECALL = dict.fromkeys(KINDS, 0.0) | {"sum": 0.25, "share": 0.4, "list_count": 0.45, "shares_total": 0.4}
"""The least share of the errors of a kind that is found."""

PRECISION = 0.85
"""The least share of right findings among all, over all kinds."""

PRECISION_CERTAIN = 0.95
"""The same among those that are called certain."""

ALARMS = 0.05
"""The greatest share of clean passages and documents in which anything is found."""

SECONDS = 1.0
"""What ten pages may take."""


@pytest.fixture(scope="module")
def result() -> Result:
    return measure(product(), seed=SEED, a_kind=A_KIND, rounds=ROUNDS, documents=DOCUMENTS, sizes=(10,))


@pytest.mark.parametrize("kind", KINDS)
def test_errors_of_each_kind_are_found(result: Result, kind: str) -> None:
    tally = result.tallies[kind]
    assert tally.injected == A_KIND
    assert tally.recall >= RECALL[kind], f"{tally.found} of {tally.injected}"


def test_what_is_found_is_wrong(result: Result) -> None:
    total = result.total
    assert total.precision >= PRECISION, [(where, finding.message) for where, finding in result.false]
    assert total.precision_certain >= PRECISION_CERTAIN


def test_where_all_holds_hardly_anything_is_found(result: Result) -> None:
    assert result.passages_with_alarm <= ALARMS * result.passages


def test_ten_pages_take_no_longer_than_they_may(result: Result) -> None:
    assert result.seconds[10] <= SECONDS
