"""The words of the contract's tables are whole, and none means two things."""

from __future__ import annotations

from collections import Counter

import pytest

from congvu.exchange.tables import tables
from congvu.intake.targets import _words, target_tables
from congvu.kernel.text import fold

NAMES = [name for name in tables() if not name.startswith("x_")]


def test_every_table_of_the_contract_is_one_to_become() -> None:
    assert list(target_tables()) == NAMES
    assert len(NAMES) == 30


@pytest.mark.parametrize("name", NAMES)
def test_every_table_and_column_is_called_and_explained(name: str) -> None:
    words, table = _words(name), target_tables()[name]
    assert table.label
    assert table.hint
    assert table.called
    assert list(words["columns"]) == [target.name for target in table.targets]
    assert all(target.label and target.hint and len(target.called) >= 2 for target in table.targets)
    allowed = {"label", "hint", "called", "values", "empty", "moment", "constant"}
    assert all(set(told) <= allowed for told in words["columns"].values())


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_what_their_records_say(name: str) -> None:
    source = tables()[name]
    for target, column in zip(target_tables()[name].targets, (*source.columns, *source.own), strict=True):
        assert (target.name, target.kind, target.required) == (column.name, column.kind.value, column.required)
        assert target.key == (column.name in source.key)
        assert target.refers == ("agencies" if column.agency else column.references or "")
        if column.choices:
            assert tuple(target.values) == column.choices


@pytest.mark.parametrize("name", NAMES)
def test_no_word_means_two_values_of_a_column(name: str) -> None:
    for target in target_tables()[name].targets:
        counted = Counter(fold(word) for words in target.values.values() for word in words)
        counted.update(fold(word) for word in target.empty)
        assert not [word for word, times in counted.items() if times > 1], (target.name, counted.most_common(3))


@pytest.mark.parametrize("name", NAMES)
def test_no_word_calls_two_columns_of_a_table(name: str) -> None:
    targets = target_tables()[name].targets
    counted = Counter(word for t in targets for word in {fold(word) for word in (t.label, *t.called)})
    assert not [word for word, times in counted.items() if times > 1]


@pytest.mark.parametrize("name", NAMES)
def test_words_for_values_are_of_values_that_there_are(name: str) -> None:
    for column, told in _words(name)["columns"].items():
        assert set(told.get("values", {})) <= set(target_tables()[name].target(column).values), column


@pytest.mark.parametrize("name", NAMES)
def test_every_instant_says_which_moment_a_day_means(name: str) -> None:
    for column, told in _words(name)["columns"].items():
        instant = target_tables()[name].target(column).kind == "instant"
        assert ("moment" in told) == instant, column
        assert told.get("moment", "start") in {"start", "close", "end"}


def test_labels_of_choices_come_first() -> None:
    dossiers = target_tables()["dossiers"]
    assert dossiers.target("channel").values["online"][0] == "Trực tuyến"
    assert "dvctt" in dossiers.target("channel").values["online"]
    assert target_tables()["statements"].target("figure").values["dossiers.late"][0]
    assert target_tables()["procedures"].target("postal").values["true"][0] == "Có"


def test_the_day_of_a_row_is_the_contracts() -> None:
    days = {name: table.day for name, table in target_tables().items()}
    assert days["dossiers"] == "received_at"
    assert days["documents"] == "issued_on"
    assert days["agencies"] == "valid_from"
    assert days["tasks"] == "assigned_on"
    assert days["statements"] == "period_to"
    assert days["findings"] == ""
    assert all(day == "" or target_tables()[name].target(day) for name, day in days.items())
