"""A small part of the corpus of ``bench/checker.py``: the checker finds no less and cries wolf no more than it did."""

from __future__ import annotations

import pytest

from bench.checker_corpus.measure import KINDS, Result, measure, product

SEED, A_KIND, ROUNDS, DOCUMENTS = 11, 30, 1, 3

RECALL = dict.fromkeys(KINDS, 0.85) | {"sum": 0.8, "contradiction": 0.75}
"""The least share of the errors of a kind that is found."""

PRECISION = 0.95
"""The least share of right findings among all, over all kinds."""

PRECISION_CERTAIN = 0.99
"""The same among those that are called certain."""

ALARMS = 0.01
"""The greatest share of clean passages and documents in which anything is found."""


@pytest.fixture(scope="module")
def result() -> Result:
    return measure(product(), seed=SEED, a_kind=A_KIND, rounds=ROUNDS, documents=DOCUMENTS, sizes=())


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
