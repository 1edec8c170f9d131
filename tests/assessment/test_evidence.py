"""What is suggested as evidence, how it stands, and what became of last year's remedies."""

from datetime import date
from decimal import Decimal

import pytest

from congvu.access.rules import SYSTEM
from congvu.assessment.evidence import EvidenceRefused, look_up, parse_evidence
from congvu.assessment.following import follow_directions, follow_weaknesses
from congvu.assessment.planning import make_plan
from congvu.assessment.queries import read_assessment
from congvu.assessment.suggestions import (
    WATCHED,
    agency_choices,
    figure_suggestions,
    finding_suggestions,
    written_by_agencies,
)
from congvu.collection.asking import Asked, open_request
from congvu.collection.filling import Entry, Item
from congvu.collection.rules import Deed
from congvu.collection.services import fill, move
from congvu.figures.catalogue import FIGURES
from congvu.journal.services import act
from congvu.reports.assessed import frozen_values
from congvu.reports.assessing import sheet_of
from congvu.reports.services import freeze_report
from congvu.work.dossiers.models import Dossier
from congvu.work.inspections.models import Finding
from congvu.work.tasks.models import Task
from tests.web.province import at, make_dossier

from .conftest import LATE


def suggested(reader, sheet):
    return {one.evidence.code: one for one in figure_suggestions(reader, sheet.periods, sheet.before)}


def test_every_watched_figure_is_in_the_catalogue():
    assert {watched.figure for watched in WATCHED} <= set(FIGURES)


def test_what_is_late_is_suggested_with_its_value_and_the_reason(officer, sheet):
    late = suggested(officer, sheet)["figure:dossiers:dossiers.late[level=commune]"]

    assert late.name == "Hồ sơ giải quyết trễ hạn, cấp xã"
    assert late.words == "2 hồ sơ"
    assert late.why == "còn hồ sơ giải quyết trễ hạn"


def test_what_got_worse_than_last_year_is_suggested_with_last_years_value(officer, sheet):
    with act("package:load", actor=SYSTEM):
        before = at("03-15").replace(year=2021)
        make_dossier("X1-2021", received_at=before, finished_at=before, due_at=before.replace(day=10))
    late = suggested(officer, sheet)["figure:dossiers:dossiers.late[level=commune]"]

    assert "kém hơn năm trước (1 hồ sơ)" in late.why


def test_the_level_with_the_worst_share_is_told(officer, sheet):
    with act("package:load", actor=SYSTEM):
        make_dossier("H-1", agency="H", finished_at=at("03-15"), due_at=at("03-20"))
    found = suggested(officer, sheet)

    assert found["figure:dossiers:dossiers.late_rate[level=commune]"].why == "kém nhất trong các cấp"
    assert "figure:dossiers:dossiers.late_rate[level=district]" not in found


def test_findings_that_were_not_rectified_by_the_years_end_are_suggested(officer, sheet):
    assert [one.evidence.finding for one in finding_suggestions(officer, sheet.periods)] == ["F1"]
    with act("package:load", actor=SYSTEM):
        Finding.objects.filter(pk="F1").update(rectified_on=date(2023, 1, 2))
        Finding.objects.filter(pk="F2").update(rectified_on=date(2022, 12, 31))
    assert [one.evidence.finding for one in finding_suggestions(officer, sheet.periods)] == ["F1"]


@pytest.fixture
def answered(province):
    open_request(SYSTEM, Asked("annual", 2022))
    request = "annual-20221214"
    words = {"chi-dao": Entry("Họp hằng tuần"), "uu-diem": Entry("Tốt"), "nguyen-nhan-tre": Entry("Thiếu người")}
    typed = {"han-che": Entry(items=(Item("Phối hợp còn chậm", "question:tre-han", "Đặt thời hạn từng bước"),))}
    numbers = ("cuoc-hop", "hoi-nghi", "sinh-hoat-dang", "cong-thong-tin", "phan-mem-van-ban", "luot-boi-duong")
    fill(SYSTEM, request, "X1", words | typed | {name: Entry("1") for name in numbers})
    move(SYSTEM, request, "X1", Deed.CHECK)
    move(SYSTEM, request, "X1", Deed.SUBMIT)
    return request


def test_weaknesses_that_agencies_wrote_are_suggested_and_searched(answered, officer):
    (written,) = written_by_agencies(officer, date(2022, 1, 1), date(2022, 12, 31))
    ((evidence, line),) = written.lines
    found = look_up(officer, evidence, {})

    assert (evidence.code, line.text) == (f"answer:{answered}:han-che:X1", "Phối hợp còn chậm")
    assert found.words == "Phối hợp còn chậm – Đặt thời hạn từng bước"
    assert found.name.startswith("UBND xã Đào Ngạn, «")
    assert written_by_agencies(officer, date(2022, 1, 1), date(2022, 12, 31), "phoi hop")
    assert written_by_agencies(officer, date(2022, 1, 1), date(2022, 12, 31), "không có chữ này") == []
    assert written_by_agencies(officer, date(2021, 1, 1), date(2021, 12, 31)) == []


@pytest.mark.parametrize(
    "code", [LATE, "finding:F1", "answer:r:q:a", "", "figure:year:feedback.received_by_category[category=A:B]"]
)
def test_a_code_of_evidence_is_read_as_it_is_written(code):
    assert parse_evidence(code).code == code


def test_a_member_that_no_mark_can_write_is_no_evidence(officer, sheet):
    with pytest.raises(EvidenceRefused, match="không viết được thành dấu"):
        look_up(officer, parse_evidence("figure:year:feedback.received_by_category[category=Đất đai]"), sheet.periods)


def test_agencies_to_choose_exist_in_the_coming_year(province):
    assert [one.code for one in agency_choices(date(2023, 1, 1))] == ["NEW", "SNV", "P", "H", "X1", "X2"]


def next_year(officer):
    """Last year's weaknesses, as the report of 2023 sees them."""
    sheet = sheet_of("annual", 2023, officer)
    last = read_assessment("annual", 2022)
    return follow_weaknesses(officer, last, sheet.periods, frozen_values(last))


def test_last_years_remedy_is_shown_with_its_evidence_then_and_now_and_its_task(officer, sheet, weak):
    weak()
    make_plan(officer, sheet)
    with act("package:load", actor=SYSTEM):
        make_dossier("X1-2023", finished_at=at("03-15").replace(year=2023), due_at=at("03-10").replace(year=2023))
        Task.objects.filter(pk="kh-annual-2023-01").update(completed_on=date(2023, 5, 1))
    (followed,) = next_year(officer)

    assert (followed.then, followed.now) == ("2 hồ sơ", "1 hồ sơ")
    assert followed.task.state_on(date(2023, 6, 1)) == "done"
    assert followed.task.state_on(date(2023, 4, 1)) == "open"
    assert followed.outcome is None


def test_a_finding_is_told_as_it_was_then_and_is_now(officer, weak):
    weak(evidence="finding:F1")
    with act("package:load", actor=SYSTEM):
        Finding.objects.filter(pk="F1").update(rectified_on=date(2023, 1, 2))
    (followed,) = next_year(officer)

    assert (followed.then, followed.now) == ("chưa khắc phục", "đã khắc phục ngày 02/01/2023")


def test_the_value_of_then_is_that_of_the_frozen_report(own_database, monkeypatch):
    from congvu.assessment.services import WeaknessEntry, add_weakness
    from tests.web.province import NOW, make_province

    monkeypatch.setenv("CONGVU_NOW", NOW)
    make_province()
    add_weakness(SYSTEM, sheet_of("annual", 2022, SYSTEM), WeaknessEntry("Trễ", LATE, "Rà soát"))
    with act("package:load", actor=SYSTEM):
        Dossier.objects.filter(pk="X2-LATE").update(due_at=at("06-01"))
    freeze_report("annual", 2022, reader=SYSTEM)
    (followed,) = next_year(SYSTEM)

    assert followed.weakness.stated == Decimal(2)
    assert followed.then == "1 hồ sơ"


def test_directions_are_shown_with_their_tasks(officer, sheet, direct):
    direct()
    assert follow_directions(officer, read_assessment("annual", 2022))[0].task is None
    make_plan(officer, sheet)
    assert follow_directions(officer, read_assessment("annual", 2022))[0].task.agency_name == "Sở Nội vụ"
