"""Weaknesses, directions and the plan travel in province packages like any other record."""

import csv

from congvu.access.rules import SYSTEM
from congvu.assessment.planning import make_plan
from congvu.assessment.queries import read_assessment
from congvu.exchange.export import export_package
from congvu.exchange.services import load_package
from congvu.journal.models import Change


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_exported_is_loaded_again_as_it_was(officer, sheet, weak, direct, tmp_path):
    weak(evidence="finding:F1")
    weak("Hai")
    direct()
    make_plan(officer, sheet)
    folder = tmp_path / "out"
    export_package(folder)
    before = Change.objects.count()
    load_package(folder, actor=SYSTEM)

    assert Change.objects.count() == before  # the same rows again change nothing
    found = read_assessment("annual", 2022)
    assert [(one.text, one.finding_id, one.task_id) for one in found.weaknesses] == [
        ("Còn hồ sơ trễ hạn", "F1", "kh-annual-2023-02"),
        ("Hai", None, "kh-annual-2023-03"),
    ]
    assert found.plan.pk == "kh-annual-2023"
    assert [row["agency"] for row in rows(folder, "x_report_direction_agencies")] == ["H"]
    assert [row["stated"] for row in rows(folder, "x_report_weaknesses")] == ["", "2"]
