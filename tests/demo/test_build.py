"""One seed, one package: byte for byte; another seed, other records that add up as well."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from congvu.demo.build import build
from congvu.demo.chance import Chance, apportion
from congvu.demo.tables import Tables
from congvu.demo.workdays import DAY, MORNING, WORKING, due_texts, instant_texts, position
from tests.oracle.figures import count
from tests.oracle.package import read_package
from tests.oracle.tally import key_of


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_two_builds_of_one_seed_are_equal_byte_for_byte_and_progress_is_told(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(tmp_path / "again", progress=lambda what, done, of: told.append((what, done, of)))
    assert _hashes(tmp_path / "again") == _hashes(folder)
    steps = told[-1][2]
    assert [done for _, done, _ in told] == list(range(steps + 1))
    assert len({what for what, _, _ in told}) == steps + 1


def test_another_seed_gives_other_dossiers_that_add_up_too(folder: Path, tmp_path: Path) -> None:
    build(tmp_path / "other", seed=7)
    assert _hashes(tmp_path / "other")["dossiers.csv"] != _hashes(folder)["dossiers.csv"]
    with (tmp_path / "other" / "dossiers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "2021-12-05" <= row["finished_at"][:10] <= "2022-12-13"]
    finished = [row for row in rows if row["outcome"] != "withdrawn"]
    assert len(finished) == 206_591
    assert sum(row["finished_at"] > row["due_at"] for row in finished) == 240 + 90 + 907
    others = read_package(tmp_path / "other", without=("dossiers", "dossier_events"))
    answers = count(others, date(2022, 1, 1), date(2022, 12, 31))
    stated = {"procedures.in_force": 2_192, "feedback.resolved": 598, "officers.disciplined": 96}
    assert {figure: answers[key_of(figure, {})].value for figure in stated} == stated


def test_a_row_with_an_unknown_column_or_without_a_required_one_is_refused() -> None:
    tables = Tables()
    with pytest.raises(ValueError, match="no column"):
        tables.add("officers", code="1", full_name="A", category="cadre", age=5)
    with pytest.raises(ValueError, match="full_name"):
        tables.add("officers", code="1", category="cadre")


def test_working_seconds_are_office_hours_of_working_days() -> None:
    day = position("2022-02-04")
    assert str(WORKING[day]) == "2022-02-07"
    texts = instant_texts(day * DAY + np.array([0, MORNING - 1, MORNING, DAY - 1]))
    assert [text[11:19] for text in texts] == ["07:30:00", "11:29:59", "13:30:00", "16:59:59"]
    assert due_texts(np.array([day, day]), np.array([False, True])) == [
        "2022-02-07T17:00:00+07:00",
        "2022-02-07T11:30:00+07:00",
    ]


def test_shares_add_up_to_the_total_and_follow_the_weights() -> None:
    assert sum(apportion(619, [3.1, 2.2, 9.9, 0.4])) == 619
    assert apportion(10, [1, 1, 2]) == [3, 2, 5]


def test_a_stream_depends_on_seed_and_name_alone() -> None:
    first = Chance(5, "a").between(0, 10**9)
    assert Chance(5, "a").between(0, 10**9) == first
    assert first not in (Chance(5, "b").between(0, 10**9), Chance(6, "a").between(0, 10**9))
