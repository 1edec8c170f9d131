"""A whole load is taken back, unless something later rests on it; what does is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404

from congvu.access.rules import SYSTEM
from congvu.exchange import loading
from congvu.exchange.services import load_package
from congvu.figures.closing import close_period
from congvu.intake import withdrawing
from congvu.intake.models import Origin, SheetLoad
from congvu.intake.taking import LoadNotMoved
from congvu.intake.targets import target_tables
from congvu.intake.withdrawing import LoadDependedOn, dependents, withdraw
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from congvu.kernel.clock import VIETNAM
from congvu.province.models import Agency
from congvu.reports.services import freeze_report
from congvu.work.dossiers.models import Dossier
from congvu.work.dossiers.services import correct_finish
from congvu.work.indexes.models import IndexCriterion
from congvu.work.procedures.models import Procedure
from tests.sheets.books import written

from .loads import HEADER, OFFICER, PERSONNEL, loaded, row, settled, workbook

WHY = "Nạp nhầm tệp"


def everything() -> list[tuple[Any, ...]]:
    return sorted(Dossier.objects.values_list())


def test_new_rows_go_and_changed_rows_are_as_they_were(small_province: None) -> None:
    before = everything()
    load = loaded(
        workbook(
            row("N1"),
            row("A1", received="05/01/2022 08:00", channel="Qua mạng", due="14/01/2022 17:00", finished=""),
            row("A4", received="10/02/2022 08:00", finished="11/02/2022 10:00", due="30/12/2022 17:00"),
        )
    )
    assert (load.counts["new"], load.counts["changed"]) == (1, 2)
    done = withdraw(OFFICER, load.number, WHY)

    assert everything() == before
    act = Act.objects.get(pk=done.withdrawn_by)
    assert (act.kind, act.reason, act.data["removed"], act.data["restored"]) == ("sheet:withdraw", WHY, 1, 2)
    assert not Origin.objects.filter(load=load).exists()
    assert SheetLoad.objects.get(pk=load.pk).state == "withdrawn"


@pytest.mark.parametrize("each", [0, 5000])
def test_what_was_withdrawn_verifies(own_database: str, package: Any, monkeypatch: Any, each: int) -> None:
    """Also where a load's rows are hashed in blocks instead of being told one by one."""
    monkeypatch.setattr(loading, "EACH_NEW_ROW", each)
    monkeypatch.setattr(withdrawing, "EACH_NEW_ROW", each)
    settled(package)
    load = loaded(workbook(*(row(f"N{n}") for n in range(30)), row("A2", received="06/01/2022 08:00")))
    withdraw(OFFICER, load.number, WHY)
    seal_acts()
    assert [fault.text for fault in verify(records=True)] == []


def refused(number: int) -> str:
    before = everything()
    with pytest.raises(LoadDependedOn) as caught:
        withdraw(OFFICER, number, WHY)
    assert everything() == before
    assert SheetLoad.objects.get(pk=number).state == "loaded"
    assert [d.words for d in dependents(OFFICER, number)] == [d.words for d in caught.value.dependents]
    return str(caught.value)


def test_a_later_load_that_changed_a_row_is_named(small_province: None) -> None:
    first = loaded(workbook(row("N1"), row("N2")))
    second = loaded(workbook(row("N2", channel="Qua mạng")))
    assert f"thao tác số {second.act}" in refused(first.number)


def test_a_later_load_that_was_withdrawn_stands_in_no_way(small_province: None) -> None:
    before = everything()
    first = loaded(workbook(row("N1"), row("A4", received="10/02/2022 08:00", due="29/12/2022 17:00")))
    second = loaded(workbook(row("N1", channel="Qua mạng"), row("A4", received="10/02/2022 08:00")))
    withdraw(OFFICER, second.number, WHY)
    withdraw(OFFICER, first.number, WHY)
    assert everything() == before


def test_rows_that_name_a_row_are_named(small_province: None) -> None:
    sheet = written(
        [["Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Có hiệu lực từ"], ["T9", "Mới", "Đất đai", "01/01/2020"]]
    )
    procedures = loaded(sheet, table="procedures")
    loaded(workbook(row("N1", procedure="T9")))
    words = refused(procedures.number)
    assert "1 dòng của bảng dossiers" in words
    assert Procedure.objects.filter(pk="T9").exists()


def test_agencies_with_rows_are_named(small_province: None, package: Any) -> None:
    header = ["Mã cơ quan", "Tên cơ quan", "Loại cơ quan", "Cấp", "Trực thuộc"]
    sheet = written([header, ["X9", "Ủy ban nhân dân xã Chín", "Ủy ban nhân dân cấp xã", "Cấp xã", "H"]])
    agencies = loaded(sheet, table="agencies")
    loaded(workbook(row("N1", agency="UBND xã Chín")))
    assert "dossiers" in refused(agencies.number)
    assert Agency.objects.filter(code="X9").exists()


def test_a_closed_period_over_its_rows_is_named(small_province: None, settings: Any, tmp_path: Any) -> None:
    from tests.figures.closings import FEBRUARY, JANUARY

    settings.HOME = tmp_path
    load = loaded(workbook(row("N1", received="13/01/2022 08:00", due="20/01/2022 17:00")))
    close_period("X1", FEBRUARY, reader=SYSTEM)
    assert dependents(OFFICER, load.number) == []
    close_period("X1", JANUARY, reader=SYSTEM)
    assert "01/01/2022" in refused(load.number)


def test_a_report_frozen_over_its_rows_is_named_and_one_of_other_days_is_not(
    small_province: None, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    load = loaded(workbook(row("N1")))
    freeze_report("par_quarter", 2022, part=1, reader=SYSTEM)
    assert dependents(OFFICER, load.number) == [], "its row is of April"
    freeze_report("annual", 2022, reader=SYSTEM)
    assert "bản 1, đã chốt lúc" in refused(load.number)


def test_a_later_correction_is_named(small_province: None) -> None:
    load = loaded(workbook(row("N1", finished="19/04/2022 09:00")))
    correct_finish(SYSTEM, "N1", dt.datetime(2022, 4, 18, 9, tzinfo=VIETNAM), "Ghi nhầm")
    assert "1 dòng được sửa về sau bởi thao tác số" in refused(load.number)


def test_what_was_empty_before_is_empty_again(small_province: None) -> None:
    kept = ("first_due_at", "due_at", "finished_at", "outcome", "applicant_kind", "handling_agency")
    before = Dossier.objects.values_list(*kept).get(pk="A4")
    assert before[2:5] == (None, None, None)
    header = [*HEADER, "Đối tượng nộp"]
    changed = row("A4", received="10/02/2022 08:00", due="11/03/2022 17:00", finished="11/02/2022 10:00")
    load = loaded(workbook([*changed, "Cá nhân"], header=header))
    assert Dossier.objects.values_list(*kept).get(pk="A4")[4] == "person"
    withdraw(OFFICER, load.number, WHY)
    assert Dossier.objects.values_list(*kept).get(pk="A4") == before


AGENCY_HEADER = ["Mã cơ quan", "Tên cơ quan", "Loại cơ quan", "Cấp", "Trực thuộc", "Đến hết ngày"]


def agency(code: str, name: str, until: str = "") -> list[str]:
    return [code, f"Ủy ban nhân dân {name}", "Ủy ban nhân dân cấp xã", "Cấp xã", "H", until]


def test_a_new_name_of_an_agency_with_rows_is_taken_back(small_province: None) -> None:
    load = loaded(written([AGENCY_HEADER, agency("X1", "xã Một đổi tên")]), table="agencies")
    withdraw(OFFICER, load.number, WHY)
    assert Agency.objects.get(code="X1").name == "Ủy ban nhân dân xã Một"


def test_rows_after_the_day_on_which_an_agency_would_end_again_are_named(small_province: None, package: Any) -> None:
    ended = {"code": "X9", "name": "Ủy ban nhân dân xã Chín", "kind": "commune_committee", "level": "commune"}
    load_package(package(agencies=[{**ended, "parent": "H", "valid_to": "2022-03-31"}]))
    load = loaded(written([AGENCY_HEADER, agency("X9", "xã Chín", "31/12/2022")]), table="agencies")
    loaded(workbook(row("N1", agency="UBND xã Chín", received="13/03/2022 08:00", due="20/03/2022 17:00")))
    assert dependents(OFFICER, load.number) == [], "the row is of March"
    loaded(workbook(row("N2", agency="UBND xã Chín")))
    assert "1 dòng của bảng dossiers thuộc các cơ quan này" in refused(load.number)


def test_what_the_database_would_not_keep_is_refused(small_province: None, package: Any) -> None:
    """The agency ended, and another took its code; without its end both would stand at one time."""
    load = loaded(written([AGENCY_HEADER, agency("X2", "xã Hai", "30/06/2023")]), table="agencies")
    other = {"code": "X2", "name": "Ủy ban nhân dân xã Mới", "kind": "commune_committee", "level": "commune"}
    load_package(package(agencies=[{**other, "parent": "H", "valid_from": "2023-07-01"}]))
    with pytest.raises(LoadDependedOn, match="agencies_periods_apart"):
        withdraw(OFFICER, load.number, WHY)
    assert Agency.objects.filter(code="X2").count() == 2
    assert SheetLoad.objects.get(pk=load.pk).state == "loaded"


def test_what_a_rule_would_not_keep_at_the_end_is_refused_now(small_province: None, package: Any) -> None:
    """A criterion's maximum was raised and a score stands above the old one: the rule is looked at last of all."""
    criterion = {"framework": "B1", "code": "1", "title": "Tiêu chí", "kind": "reported"}
    framework = {"id": "B1", "title": "Bộ chỉ số", "year": "2022", "scope": "department"}
    load_package(package(index_frameworks=[framework], index_criteria=[{**criterion, "max_score": "2"}]))
    labels = {target.name: target.label for target in target_tables()["index_criteria"].targets}
    cells = criterion | {"max_score": "3"}
    load = loaded(written([[labels[name] for name in cells], list(cells.values())]), table="index_criteria")
    score = {"framework": "B1", "criterion": "1", "agency": "S1", "self_score": "2.5"}
    load_package(package(index_scores=[score]))
    with pytest.raises(LoadDependedOn, match="index_scores_within_maximum"):
        withdraw(OFFICER, load.number, WHY)
    assert IndexCriterion.objects.get(framework="B1", code="1").max_score == 3


def test_a_withdrawal_that_fails_halfway_leaves_everything(small_province: None, monkeypatch: Any) -> None:
    load = loaded(workbook(row("N1"), row("A4", received="10/02/2022 08:00", due="29/12/2022 17:00")))
    before = everything()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(SheetLoad, "save", fail)
    with pytest.raises(ZeroDivisionError):
        withdraw(OFFICER, load.number, WHY)
    assert everything() == before
    assert Origin.objects.filter(load=load).count() == 2
    assert not Act.objects.filter(kind="sheet:withdraw").exists()


def test_what_is_no_reason_or_was_withdrawn_is_refused(small_province: None) -> None:
    load = loaded(workbook(row("N1")))
    with pytest.raises(LoadNotMoved, match="lý do"):
        withdraw(OFFICER, load.number, "  ")
    withdraw(OFFICER, load.number, WHY)
    with pytest.raises(LoadNotMoved, match="Đã rút"):
        withdraw(OFFICER, load.number, WHY)


def test_a_load_into_tables_of_others_is_not_found(small_province: None) -> None:
    load = loaded(workbook(row("N1")))
    with pytest.raises(Http404):
        withdraw(PERSONNEL, load.number, WHY)
    assert Dossier.objects.filter(pk="N1").exists()


def test_a_withdrawn_file_can_be_loaded_again(small_province: None) -> None:
    content = workbook(row("N1"))
    withdraw(OFFICER, loaded(content).number, WHY)
    assert loaded(content).counts["new"] == 1
