"""Every number that the report of 2022 states, counted over the simulated records by the oracle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.demo.conftest import Texts
from tests.oracle.figures import count, rows
from tests.oracle.package import Package, read_package
from tests.oracle.tally import Answer, Key, key_of

DOSSIER_PERIOD = date(2021, 12, 5), date(2022, 12, 13)
YEAR = date(2022, 1, 1), date(2022, 12, 31)
AS_OF_THE_DEMO = date(2022, 1, 1), date(2022, 12, 21)
DISCIPLINE_PERIOD = date(2022, 1, 1), date(2022, 12, 20)

OF_THE_DOSSIERS = {
    "province": {"dossiers.finished": 48_447, "dossiers.on_time": 48_207, "dossiers.late": 240},
    "district": {"dossiers.finished": 12_650, "dossiers.on_time": 12_560, "dossiers.late": 90},
    "commune": {"dossiers.finished": 145_494, "dossiers.on_time": 144_587, "dossiers.late": 907},
}
OF_THE_YEAR = [
    ("par_tasks.total", {}, 59),
    ("par_tasks.completed", {}, 55),
    ("par_tasks.remaining", {}, 4),
    ("par_tasks.completion_rate", {}, Fraction(55, 59)),
    ("procedures.decisions", {}, 43),
    ("procedures.changed", {"change": "new"}, 154),
    ("procedures.changed", {"change": "amended"}, 193),
    ("procedures.changed", {"change": "abolished"}, 80),
    ("procedures.changed", {"change": "standardised"}, 133),
    ("procedures.changed", {"change": "time_reduced"}, 135),
    ("procedures.internal_process_decisions", {}, 31),
    ("procedures.in_force", {}, 2_192),
    ("procedures.in_force_by_level", {"level": "province"}, 1_731),
    ("procedures.in_force_by_level", {"level": "district"}, 297),
    ("procedures.in_force_by_level", {"level": "commune"}, 194),
    ("feedback.received", {}, 703),
    ("feedback.resolved", {}, 598),
    ("feedback.about_procedure", {}, 47),
    ("feedback.procedure_share", {}, Fraction(47, 703)),
    ("inspections.targets", {"kind": "par", "level": "province"}, 6),
    ("inspections.targets", {"kind": "par", "level": "district"}, 3),
    ("inspections.targets", {"kind": "par", "level": "commune"}, 6),
    ("findings.reports", {"kind": "par"}, 9),
    ("inspections.count", {"kind": "duty"}, 9),
    ("inspections.targets", {"kind": "duty", "level": "province"}, 6),
    ("inspections.targets", {"kind": "duty", "level": "district"}, 3),
    ("index.published_districts", {}, 10),
    ("courses.count", {}, 10),
    ("courses.attendances", {}, 619),
    ("courses.count_by_topic", {"topic": "communication"}, 10),
    ("courses.attendances_by_topic", {"topic": "communication"}, 619),
    ("teams.formed", {"kind": "supervision"}, 3),
    ("agencies.count", {"level": "province"}, 20),
    ("agencies.count", {"level": "district"}, 10),
    ("agencies.count", {"level": "commune"}, 161),
]


@pytest.fixture(scope="module")
def dossiers(folder: Path) -> dict[Key, Answer]:
    kept = {"agencies", "dossiers"}
    others = {path.stem for path in folder.glob("*.csv")} - kept
    return count(read_package(folder, without=others), *DOSSIER_PERIOD)


@pytest.mark.parametrize("level", OF_THE_DOSSIERS)
def test_dossiers_of_the_period_are_finished_on_time_and_late_as_the_report_states(
    dossiers: Mapping[Key, Answer], level: str
) -> None:
    for figure, stated in OF_THE_DOSSIERS[level].items():
        assert dossiers[key_of(figure, {"level": level})].value == stated, figure


def test_no_other_level_finishes_dossiers_and_all_are_206591(dossiers: Mapping[Key, Answer]) -> None:
    finished = [answer.value for key, answer in dossiers.items() if key[0] == "dossiers.finished"]
    assert sum(value or 0 for value in finished) == 206_591


@pytest.mark.parametrize("level", OF_THE_DOSSIERS)
def test_dossiers_balance_and_every_kind_of_them_occurs(dossiers: Mapping[Key, Answer], level: str) -> None:
    def value(figure: str) -> int:
        found = dossiers[key_of(f"dossiers.{figure}", {"level": level})].value
        assert isinstance(found, int)
        assert found > 0, figure
        return found

    came = value("carried_over") + value("received")
    assert came == value("finished") + value("withdrawn") + value("pending")
    assert value("extended") < value("finished") // 100
    assert value("early") > value("on_time") // 2


@pytest.fixture(scope="module", params=["to the year's end", "to the demo's day"])
def of_the_year(request: pytest.FixtureRequest, records: Package) -> dict[Key, Answer]:
    return count(records, *(YEAR if request.param == "to the year's end" else AS_OF_THE_DEMO))


@pytest.mark.parametrize(("figure", "dimensions", "stated"), OF_THE_YEAR)
def test_a_figure_of_the_year_is_as_the_report_states(
    of_the_year: Mapping[Key, Answer], figure: str, dimensions: dict[str, str], stated: int | Fraction
) -> None:
    assert of_the_year[key_of(figure, dimensions)].value == stated


def test_findings_of_the_commission_are_all_rectified(of_the_year: Mapping[Key, Answer]) -> None:
    total = of_the_year[key_of("findings.total", {"kind": "par"})].value
    assert total == of_the_year[key_of("findings.rectified", {"kind": "par"})].value


def test_evaluations_of_2022_are_not_there_yet(of_the_year: Mapping[Key, Answer]) -> None:
    assert not [key for key in of_the_year if key[0] == "evaluations.graded"]


def test_not_all_remaining_tasks_are_overdue_on_the_demos_day(records: Package) -> None:
    left = [task for task in records["tasks"] if task["plan"] == "mp-kh-cchc-2022" and not task["completed_on"]]
    overdue = [task for task in left if task["due_on"] < AS_OF_THE_DEMO[1]]
    assert (len(left), len(overdue)) == (4, 1)


def test_96_officers_of_the_15_agencies_of_footnote_20_were_disciplined(records: Package) -> None:
    answers = count(records, *DISCIPLINE_PERIOD)
    assert answers[key_of("officers.disciplined", {})].value == 96
    by_agency = {key[1][0][1] for key in answers if key[0] == "officers.disciplined_by_agency"}
    departments = {"SYT", "STNMT", "SGDDT", "SVHTTDL", "SNNPTNT", "SCT"}
    assert by_agency == departments | {"051", "053", "047", "052", "049", "043", "042", "045", "040"}


def test_the_commission_went_to_the_agencies_of_footnote_18_and_communes_of_those_districts(
    records: Package,
) -> None:
    def targets(level: str) -> set[str]:
        found = rows(records, "inspections.targets", {"kind": "par", "level": level}, *YEAR)
        return {key[0] for key in found if isinstance(key, tuple)}

    assert targets("province") == {"SLDTBXH", "SKHCN", "STTTT", "SGTVT", "SGDDT", "SNGV"}
    assert targets("district") == {"052", "042", "043"}
    parents = {agency["code"]: agency["parent"] for agency in records["agencies"]}
    assert sorted(parents[commune] for commune in targets("commune")) == [
        "042",
        "042",
        "043",
        "043",
        "052",
        "052",
    ]


def test_supervision_teams_were_formed_anew_at_the_agencies_of_footnote_5(records: Package) -> None:
    found = rows(records, "teams.formed", {"kind": "supervision"}, *YEAR)
    assert {key[0] for key in found if isinstance(key, tuple)} == {"SNGV", "SKHCN", "053"}


def test_reform_indexes_of_2021_are_weak_in_finance_and_modernisation_but_nobody_is_poor(
    records: Package,
) -> None:
    scores = {key[1]: answer.value for key, answer in count(records, *YEAR).items() if key[0] == "index.score"}
    assert len(scores) == 20 + 10 + 161
    assert min(value or 0 for value in scores.values()) > Fraction(1, 2)
    shares = {area: _share_of(records, area) for area in "12345678"}
    assert sorted(shares, key=lambda area: shares[area])[:2] == ["7", "6"]


def _share_of(records: Package, area: str) -> Fraction:
    leaves = {
        (row["framework"], row["code"]): row["max_score"]
        for row in records["index_criteria"]
        if row["parent"] == area and row["framework"].endswith("2021")
    }
    counted = [row for row in records["index_scores"] if (row["framework"], row["criterion"]) in leaves]
    reached = sum(row["appraised_score"] for row in counted)
    possible = sum(leaves[row["framework"], row["criterion"]] for row in counted)
    return Fraction(reached) / Fraction(possible)


def test_land_and_a_few_slow_communes_make_most_of_the_late_dossiers(texts: Callable[[str], Texts]) -> None:
    land = {row["code"] for row in texts("procedures") if row["field"] == "Đất đai"}
    levels = {row["code"]: row["level"] for row in texts("agencies")}
    late = [row for row in texts("dossiers") if row["finished_at"] > row["due_at"]]
    assert sum(row["procedure"] in land for row in late) > 0.6 * len(late)
    communes = Counter(row["agency"] for row in late if levels[row["agency"]] == "commune")
    assert sum(number for _, number in communes.most_common(9)) > 0.4 * communes.total()
