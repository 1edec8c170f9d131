"""Real lists of procedures: every row arrives, terms in words are typed or left to a person."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from congvu.intake.console import Asked, Imported, import_sheet
from congvu.intake.models import SheetNote
from congvu.work.procedures.models import Procedure

FOLDER = Path(os.environ.get("CONGVU_TESTDATA", "/nowhere")) / "vn_tthc"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="CONGVU_TESTDATA names no folder with vn_tthc"),
]


def imported(path: Path, **asked: object) -> Imported:
    settings = ("valid_from=2022-01-01",)
    return import_sheet(Asked(path, "procedures", settings=settings, **asked), lambda *_: None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "rows"), [("danh-sach-tthc-BoTuPhap.xlsx", 271), ("toa-an-nhan-dan.xlsx", 3)])
def test_an_official_list_arrives_whole(name: str, rows: int) -> None:
    """The title is merged over row 1, the header stands on row 2."""
    load = imported(FOLDER / name).load
    assert load.facts["header"] == [2, 2]
    assert (load.counts["rows"], load.counts["new"], load.counts["refused"]) == (rows, rows, 0)
    assert Procedure.objects.count() == rows


def test_terms_in_words_become_amount_and_unit_or_wait_for_a_person(tmp_path: Path) -> None:
    with gzip.open(FOLDER / "tthc_dev_610.jsonl.gz", "rt", encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines]
    file = tmp_path / "thu-tuc.csv"
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Thời hạn giải quyết"])
    writer.writerows([t["ma_thu_tuc"], t["ten_thu_tuc"], t["linh_vuc"], t["cach_thuc_thuc_hien"]] for t in told)
    file.write_text(text.getvalue(), encoding="utf-8")

    load = imported(file).load
    assert (load.counts["rows"], load.counts["new"], load.counts["refused"]) == (len(told), len(told), 0)
    typed = Procedure.objects.exclude(legal_time=None)
    reviewed = {n.row for n in SheetNote.objects.filter(load=load, severity="review")}
    assert typed.count() > len(told) / 2
    assert set(typed.values_list("legal_unit", flat=True)) >= {"working_day", "calendar_day"}
    # what is neither typed nor said to have no term is left to a person
    untyped = {n for n, t in enumerate(told, 2) if not typed.filter(code=t["ma_thu_tuc"]).exists()}
    none_stated = {
        n
        for n, t in enumerate(told, 2)
        if "ngày" not in (w := t["cach_thuc_thuc_hien"].lower()) and "giờ" not in w and "tháng" not in w
    }
    assert untyped - none_stated <= reviewed
