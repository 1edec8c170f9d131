"""Requests and answers travel as every record does: exported whole, loaded again without a change."""

import csv

from congvu.access.rules import SYSTEM
from congvu.collection.filling import Entry, Item
from congvu.collection.late import urge
from congvu.collection.models import ReportAnswer, ReportMove, ReportObligation, ReportRequest, ReportUrging
from congvu.exchange.export import export_package
from congvu.exchange.services import load_package
from congvu.journal.services import act

MODELS = (ReportUrging, ReportMove, ReportAnswer, ReportObligation, ReportRequest)


def rows():
    kept = {}
    for model in MODELS:
        names = list(model.columns()) + (["folded"] if model is ReportAnswer else [])
        kept[model.table()] = sorted(map(str, model.objects.values_list(*names)))
    return kept


def test_what_is_exported_is_loaded_again_the_same(asked, hand_in, accept, officer, tmp_path):
    typed = {
        "lop": Entry("2"),
        "tu-kiem-tra": Entry("12,5"),
        "uu-diem": Entry('Dòng một\nDòng hai, "trích dẫn"'),
        "han-che": Entry(items=(Item("Chậm", "question:tre", "Sửa"),)),
    }
    hand_in("X1", typed)
    accept("X1", "H")
    urge(officer, asked.code)
    before = rows()
    export_package(tmp_path / "package")

    assert load_package(tmp_path / "package", actor=SYSTEM).act_id is None, "nothing has changed"
    with act("package:load", actor=SYSTEM):
        for model in MODELS:
            model.objects.all().delete()
    result = load_package(tmp_path / "package", actor=SYSTEM)

    assert rows() == before
    assert result.tables["x_report_answers"].new == len(before["x_report_answers"])


def test_the_exported_form_is_the_text_that_was_asked(asked, tmp_path):
    export_package(tmp_path / "package")

    with (tmp_path / "package" / "x_report_requests.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["source"] == asked.source
