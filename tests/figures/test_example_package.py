"""The example package gives exactly what is expected of it, live and from a snapshot, and every figure opens."""

import json

import pytest

from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import compute
from congvu.figures.engines import DuckEngine, PostgresEngine, snapshot
from congvu.figures.opening import open_figure
from congvu.figures.written import answer_to_json
from tests.conftest import EXAMPLE
from tests.oracle import count, disagreements, read_package

from .conftest import EXAMPLE_PERIOD


@pytest.fixture(params=["postgres", "duckdb"])
def engine(request, example, tmp_path):
    if request.param == "postgres":
        yield PostgresEngine()
        return
    snapshot(tmp_path / "facts")
    duck = DuckEngine(tmp_path / "facts")
    yield duck
    duck.close()


def as_values(answers):
    return {(a.figure.id, tuple(sorted(a.members))): a.value for a in answers}


def test_every_expected_figure_has_its_value(engine):
    expected = json.loads((EXAMPLE / "expected.json").read_text())
    found = as_values(compute(EXAMPLE_PERIOD, engine=engine))

    for entry in expected:
        key = (entry["id"], tuple(sorted(entry["dimensions"].items())))
        assert found[key] == pytest.approx(entry["value"], abs=1e-12), key


def test_the_independent_count_agrees_on_every_field(engine):
    counted = count(read_package(EXAMPLE / "package"), EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last)
    answers = [answer_to_json(a) for a in compute(EXAMPLE_PERIOD, engine=engine)]

    assert disagreements(counted, answers) == []


@pytest.mark.parametrize("agency", ["S11", "H00X00", "H02", "P", "khong-co"])
def test_one_agency_alone_agrees_too(engine, agency):
    counted = count(read_package(EXAMPLE / "package"), EXAMPLE_PERIOD.first, EXAMPLE_PERIOD.last, agency)
    answers = [answer_to_json(a) for a in compute(EXAMPLE_PERIOD, engine=engine, agency_code=agency)]

    assert disagreements(counted, answers) == []


def test_every_figure_equals_the_rows_it_opens_to_and_what_is_stated(engine):
    answers = compute(EXAMPLE_PERIOD, engine=engine)
    assert {a.figure.id for a in answers} == set(FIGURES)

    for answer in answers:
        opened = open_figure(answer.figure, answer.members, EXAMPLE_PERIOD, engine=engine, limit=None)
        stated = sum(s["value"] for s in opened.statements)
        if answer.figure.minus is not None:
            assert opened.parts[0][1] - opened.parts[1][1] == answer.value
        elif answer.figure.id == "index.score":
            assert sum(r["score"] or 0 for r in opened.rows) == answer.numerator
            assert sum(r["max_score"] for r in opened.rows) == answer.denominator
        elif answer.figure.is_share:
            within = [s for s in opened.statements if s["figure"] == answer.figure.numerator.statements]
            among = [s for s in opened.statements if s["figure"] == answer.figure.denominator.statements]
            assert sum(r["in_numerator"] for r in opened.rows) + sum(s["value"] for s in within) == answer.numerator
            assert len(opened.rows) + sum(s["value"] for s in among) == answer.denominator
        else:
            assert len(opened.rows) + stated == answer.value, answer.key
            assert stated == answer.stated


def test_the_flow_of_dossiers_closes(example):
    def total(id_):
        rows = 0
        for answer in compute(EXAMPLE_PERIOD, ids=[id_]):
            rows += answer.value - (answer.stated or 0)
        return rows

    assert total("dossiers.carried_over") + total("dossiers.received") == (
        total("dossiers.finished") + total("dossiers.withdrawn") + total("dossiers.pending")
    )


def test_pages_of_rows_join_to_the_whole_without_gap_or_repetition(engine):
    answer = next(a for a in compute(EXAMPLE_PERIOD, engine=engine, ids=["feedback.received"]))
    whole = open_figure(answer.figure, (), EXAMPLE_PERIOD, engine=engine, limit=None).rows
    paged, after = [], None
    while True:
        page = open_figure(answer.figure, (), EXAMPLE_PERIOD, engine=engine, limit=37, after=after)
        paged += page.rows
        after = page.after
        if after is None:
            break

    assert paged == whole
    assert [row["code"] for row in whole] == sorted(row["code"] for row in whole)
