"""A spreadsheet from the console: what is printed, what is written, and how the command ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from congvu.intake.models import SheetLoad
from congvu.kernel.errors import UsageRefusal
from congvu.sheets.grid import SheetRefused
from congvu.sheets.marking.mark import is_ours
from congvu.sheets.reading.opening import open_book
from congvu.work.dossiers.models import Dossier

from .loads import row, workbook

pytestmark = pytest.mark.usefixtures("small_province")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hs.xlsx"
    path.write_bytes(workbook(row("N1"), row("N2", received="31/04/2022 08:00"), row("N3")))
    return path


@pytest.fixture
def right(tmp_path: Path) -> Path:
    path = tmp_path / "dung.xlsx"
    path.write_bytes(workbook(row("N1"), row("N2")))
    return path


def stored() -> set[str]:
    return set(Dossier.objects.filter(pk__startswith="N").values_list("pk", flat=True))


def test_wrong_rows_end_with_1_write_nothing_and_come_back_marked(file: Path, tmp_path: Path, capsys: Any) -> None:
    marked = tmp_path / "sai.xlsx"
    with pytest.raises(SystemExit) as ended:
        call_command("import", file, name="dossiers", errors=marked)
    assert ended.value.code == 1
    assert stored() == set()
    printed = capsys.readouterr()
    assert "ô E5" in printed.err
    assert "31/04/2022" in printed.err
    assert "Chưa ghi gì" in printed.err
    book = open_book(marked.read_bytes(), "sai.xlsx")
    assert [is_ours(sheet.name) for sheet in book.sheets].count(True) == 1


def test_part_of_a_file_is_written_with_a_reason(file: Path) -> None:
    call_command("import", file, name="dossiers", part="Xã gửi lại sau")
    assert stored() == {"N1", "N3"}
    assert SheetLoad.objects.get().reason == "Xã gửi lại sau"


def test_a_check_writes_nothing(right: Path, capsys: Any) -> None:
    call_command("import", right, check=True)
    assert stored() == set()
    assert "2 mới" in capsys.readouterr().out


def test_a_saved_name_serves_the_next_file(right: Path, tmp_path: Path) -> None:
    call_command("import", right, save="Hồ sơ tháng")
    after = tmp_path / "sau.xlsx"
    after.write_bytes(workbook(row("N7")))
    call_command("import", after, name="hồ sơ THÁNG")
    assert stored() == {"N1", "N2", "N7"}
    assert SheetLoad.objects.order_by("number").last().saved_code == "ho-so-thang"  # type: ignore[union-attr]


def test_what_is_set_goes_before_what_is_guessed(right: Path, capsys: Any) -> None:
    call_command("import", right, name="dossiers", set=["channel=online"], format="json")
    told = json.loads(capsys.readouterr().out)
    assert {"target": "channel", "constant": "online"} in told["mapping"]["rules"]
    assert "channel" not in told["guesses"]
    assert (told["state"], told["counts"]["new"]) == ("loaded", 2)
    assert set(Dossier.objects.filter(pk__startswith="N").values_list("channel", flat=True)) == {"online"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "bang-khong-co"}, "dossiers"),
        ({"name": "dossiers", "set": ["khong_co=1"]}, "channel"),
        ({"name": "dossiers", "set": ["channel=@Cột lạ"]}, "Hình thức"),
        ({"name": "dossiers", "sheet": "Trang lạ"}, "Hồ sơ"),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_leaves_no_draft(right: Path, options: Any, words: str) -> None:
    with pytest.raises((UsageRefusal, SheetRefused), match=words):
        call_command("import", right, **options)
    assert not SheetLoad.objects.exclude(state="dropped").exists()
    assert stored() == set()
