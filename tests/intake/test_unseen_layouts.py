"""Files whose words nobody has settled before: what is missing is shown, what a file brings is known to itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from congvu.access.rules import SYSTEM
from congvu.intake.models import SheetNote
from congvu.intake.targets import target_tables
from congvu.intake.wording import for_clerks
from tests.sheets.books import written

from .loads import checked

UNITS = [
    ["Mã ĐVHC", "Tên ĐVHC", "Cấp", "Loại ĐVHC", "Thuộc", "Đến ngày", "Sáp nhập vào"],
    ["99103", "Xã Ba Mới", "Xã", "Xã", "Huyện Thử", "", ""],
    ["99101", "Xã Một Mới", "Xã", "Xã", "991", "31/12/2019", "Xã Ba Mới"],
    ["991", "Huyện Thử", "Huyện", "Huyện", "P", "", ""],
]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_province")
def test_agencies_of_a_file_name_each_other() -> None:
    load = checked(written(UNITS), reader=SYSTEM, table="agencies", name="dv.xlsx")
    notes = list(SheetNote.objects.filter(load=load, severity="error").values_list("row", "target", "reason"))
    assert (load.counts["new"], load.counts["refused"], notes) == (3, 0, [])
    at = load.samples["columns"].index
    taken = {one["values"][at("code")]: one["values"] for one in load.samples["new"]}
    assert taken["99103"][at("parent")] == "991"
    assert (taken["99101"][at("parent")], taken["99101"][at("successor")]) == ("991", "99103")


@pytest.mark.django_db
@pytest.mark.usefixtures("small_province")
def test_a_sheet_that_lacks_a_column_is_shown_as_far_as_it_matches(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "hs.csv"
    path.write_text("Mã hồ sơ;Nơi nhận;Ngày nhận;Ghi chú\nA1;UBND xã Một;01/03/2022;x\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("import", str(path), "--check", "--as", "dossiers", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["missing"] == ["procedure", "channel"]
    assert "«Hình thức nộp»" in told["trouble"]
    assert {"target": "code", "source": ["Mã hồ sơ"]} in told["mapping"]["rules"]
    with pytest.raises(SystemExit):
        call_command("import", str(path), "--check", "--as", "dossiers")
    assert "--set" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("không có trong bảng index_frameworks, cả ở gói lẫn ở cơ sở dữ liệu", "chưa có trong dữ liệu «"),
        ("có kết quả mà chưa có finished_at", "có kết quả mà chưa có «Giải quyết xong lúc»"),
        ("trước received_at (2022-03-13T00:00:00+07:00)", "không được trước «Tiếp nhận lúc» (13/03/2022 00:00)"),
        (
            "không có cơ quan nào mang mã này vào ngày 2022-03-13",
            "không có cơ quan nào mang mã này vào ngày 13/03/2022",
        ),
    ],
)
def test_rules_speak_of_titles_and_days_as_people_do(said: str, told: str) -> None:
    found = for_clerks(said, target_tables()["dossiers"])
    assert found.startswith(told)
    assert "_" not in found
