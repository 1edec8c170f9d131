"""Part of a file is taken on purpose, with a reason; the rest is kept, mended and loaded later."""

from __future__ import annotations

import pytest

from congvu.exchange.services import load_package
from congvu.intake.models import Origin
from congvu.intake.running import work
from congvu.intake.taking import LoadNotMoved, begin, mapping_of, settle, start
from congvu.journal.models import Act
from congvu.sheets.reading.opening import open_book
from congvu.work.dossiers.models import Dossier

from .loads import HEADER, OFFICER, checked, loaded, row, workbook

pytestmark = pytest.mark.usefixtures("small_province")
MIXED = workbook(
    row("N1"),
    row("N2", received="31/04/2022 08:00"),
    row("N3", agency="UBND xã Chín"),
    row("N4"),
    row("N5", procedure="T404"),
)


def test_wrong_rows_are_left_for_later_with_the_reason_in_the_journal() -> None:
    load = loaded(MIXED, reason="Chờ xã Chín gửi lại")
    assert set(Dossier.objects.filter(pk__startswith="N").values_list("pk", flat=True)) == {"N1", "N4"}
    assert (load.counts["new"], load.counts["refused"], load.only_right) == (2, 3, True)
    act = Act.objects.get(pk=load.act)
    assert (act.reason, act.data["left_out"]) == ("Chờ xã Chín gửi lại", 3)

    rest = open_book(bytes(load.rest.content), "con-lai.xlsx")
    grid = rest.read(rest.sheets[0].name)
    texts = [[cell for cell in grid.row(number) if cell] for number in range(1, grid.height + 1)]
    assert HEADER in texts
    assert [line[0] for line in texts if line and str(line[0]).startswith("N")] == ["N2", "N3", "N5"]


def test_the_rest_mended_is_loaded_like_any_file() -> None:
    loaded(MIXED, reason="Nạp trước")
    rest = loaded(workbook(row("N2"), row("N3")))
    assert rest.counts["new"] == 2
    assert Origin.objects.count() == 4


def test_without_the_choice_or_without_a_reason_nothing_is_loaded() -> None:
    load = checked(MIXED)
    with pytest.raises(LoadNotMoved, match="3 dòng có lỗi"):
        start(OFFICER, load.number)
    with pytest.raises(LoadNotMoved, match="lý do"):
        start(OFFICER, load.number, only_right=True, reason=" ")
    assert not Dossier.objects.filter(pk__startswith="N").exists()


def test_data_that_changed_since_the_check_lead_back_to_it(package) -> None:
    load = checked(workbook(row("N1", agency="UBND xã Hai", received="13/04/2022 08:00")))
    start(OFFICER, load.number)
    agency = {"code": "X2", "name": "Ủy ban nhân dân xã Hai", "kind": "commune_committee", "level": "commune"}
    load_package(package(agencies=[{**agency, "parent": "H", "valid_to": "2022-03-31"}]))
    work()
    load.refresh_from_db()
    assert (load.state, load.counts["refused"]) == ("checked", 1)
    assert "đã đổi từ lần kiểm tra trước" in load.trouble
    assert not Dossier.objects.filter(pk="N1").exists()


def test_a_file_without_anything_new_is_told_so() -> None:
    content = workbook(row("N1"))
    loaded(content)
    again = checked(content)
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 1)
    with pytest.raises(LoadNotMoved, match="không có gì để nạp"):
        start(OFFICER, again.number)


def test_what_is_being_worked_on_is_not_moved() -> None:
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    settle(OFFICER, load.number, mapping_of(load))
    with pytest.raises(LoadNotMoved, match="Đang kiểm tra"):
        settle(OFFICER, load.number, mapping_of(load))
    with pytest.raises(LoadNotMoved):
        start(OFFICER, load.number)
