"""Writing weaknesses and directions: what is kept, in which order, and what is refused and why."""

from datetime import date

import pytest

from congvu.access.queries import NotForThisSeat
from congvu.assessment.models import DirectionCooperation
from congvu.assessment.queries import AssessmentNotFound, get_assessment, get_direction, get_weakness, seen
from congvu.assessment.rules import Outcome
from congvu.assessment.services import (
    BecameTask,
    ChangedMeanwhile,
    DirectionEntry,
    NotWritten,
    WeaknessEntry,
    add_weakness,
    change_direction,
    change_weakness,
    move_direction,
    move_weakness,
    remove_direction,
    remove_weakness,
    write_outcome,
)
from congvu.journal.models import Act

from .conftest import LATE, unwritten


def texts(reader):
    return [one.text for one in get_assessment(reader, "annual", 2022).weaknesses]


def test_a_weakness_keeps_its_evidence_and_the_value_of_then(officer, weak):
    found = get_weakness(officer, "annual", 2022, weak("  Còn hồ sơ  trễ hạn. "))

    assert (found.text, found.figure, found.period) == ("Còn hồ sơ trễ hạn", "dossiers.late[level=commune]", "year")
    assert found.stated == 2


def test_each_write_is_one_act_and_the_journal_verifies(officer, sheet, weak, direct):
    before = Act.objects.count()
    weak()
    direct()
    move_weakness(officer, sheet, weak("Hai"), up=True)
    remove_weakness(officer, sheet, 1)
    remove_direction(officer, sheet, 1)

    assert Act.objects.count() == before + 6
    assert DirectionCooperation.objects.count() == 0
    assert unwritten("x_report_") == []


def test_a_weakness_without_evidence_is_written_and_counted(officer, weak):
    weak(evidence="")
    weak()

    assert get_assessment(officer, "annual", 2022).unproven == 1


def test_order_changes_by_one_place_and_ends_stay(officer, sheet, weak, direct):
    for text in ("Một", "Hai", "Ba"):
        weak(text)
        direct(text)
    move_weakness(officer, sheet, 3, up=True)
    assert texts(officer) == ["Một", "Ba", "Hai"]
    move_weakness(officer, sheet, 1, up=True)
    move_weakness(officer, sheet, 1, up=False)
    assert texts(officer) == ["Ba", "Một", "Hai"]
    move_direction(officer, sheet, 1, up=False)
    assert [one.record.text for one in get_assessment(officer, "annual", 2022).directions] == ["Hai", "Một", "Ba"]


def test_a_changed_weakness_keeps_the_value_of_when_its_evidence_was_chosen(officer, sheet, weak):
    number = weak()
    found = get_weakness(officer, "annual", 2022, number)
    change_weakness(officer, sheet, number, WeaknessEntry("Khác", LATE), before=seen(found))

    changed = get_weakness(officer, "annual", 2022, number)
    assert (changed.text, changed.stated, changed.remedy) == ("Khác", 2, None)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(officer, sheet, weak, direct):
    number, other = weak(), direct()
    before = seen(get_weakness(officer, "annual", 2022, number))
    change_weakness(officer, sheet, number, WeaknessEntry("Của người thứ nhất"), before=before)
    with pytest.raises(ChangedMeanwhile, match="Người khác vừa sửa"):
        change_weakness(officer, sheet, number, WeaknessEntry("Của người thứ hai"), before=before)
    was = seen(get_direction(officer, "annual", 2022, other))
    change_direction(officer, sheet, other, DirectionEntry("Một", cooperating=("X1", "H")), before=was)
    with pytest.raises(ChangedMeanwhile):
        change_direction(officer, sheet, other, DirectionEntry("Hai"), before=was)

    assert get_weakness(officer, "annual", 2022, number).text == "Của người thứ nhất"
    assert get_direction(officer, "annual", 2022, other).cooperating == ("X1", "H")


@pytest.mark.parametrize(
    ("given", "field", "complaint"),
    [
        ({"text": " . "}, "text", "chưa có chữ"),
        ({"text": "x" * 4001}, "text", "dài hơn 4000"),
        ({"text": "== Mục"}, "text", "bắt đầu bằng chữ"),
        ({"text": "Có [[dossiers.lates]]"}, "text", "không có chỉ tiêu «dossiers.lates»"),
        ({"text": "Hỏng [["}, "text", "không có dấu đi cùng"),
        ({"text": "[[weaknesses]]"}, "text", "phải đứng một mình"),
        ({"remedy": "{{x"}, "remedy", "không có dấu đi cùng"),
        ({"evidence": "gì đó"}, "evidence", "Không hiểu minh chứng"),
        ({"evidence": "figure:year"}, "evidence", "Không hiểu minh chứng"),
        ({"evidence": "figure:year:dossiers.late"}, "evidence", "viết là dossiers.late[level=…]"),
        ({"evidence": "figure:year:dossiers.late[level=moon]"}, "evidence", "không có «level=moon»"),
        ({"evidence": "figure:spring:courses.count"}, "evidence", "không có kỳ «spring»"),
        ({"evidence": "finding:F9"}, "evidence", "Không tìm thấy phát hiện"),
        ({"evidence": "answer:r-1:q:H"}, "evidence", "yêu cầu"),
        ({"responsible": "SỞ"}, "responsible", "Không có cơ quan mã «SỞ»"),
        (
            {"responsible": "OLD", "due_on": date(2023, 1, 1)},
            "responsible",
            "«Sở Cũ» không hoạt động vào ngày 01/01/2023",
        ),
        ({"due_on": date(1, 1, 1)}, "due_on", "phải nằm trong các năm"),
    ],
)
def test_what_cannot_be_written_names_its_field(officer, sheet, given, field, complaint):
    with pytest.raises(NotWritten) as refused:
        add_weakness(officer, sheet, WeaknessEntry(**({"text": "Còn hồ sơ trễ hạn"} | given)))

    assert [problem.field for problem in refused.value.problems] == [field]
    assert complaint in refused.value.problems[0].words
    assert texts(officer) == []


def test_a_direction_names_agencies_that_exist_and_none_twice(officer, direct):
    for given in ({"lead_agency": "SỞ"}, {"cooperating": ("SỞ",)}, {"lead_agency": "H", "cooperating": ("H",)}):
        with pytest.raises(NotWritten):
            direct(**given)
    assert get_direction(officer, "annual", 2022, direct(cooperating=("H", "X1", "H"))).cooperating == ("H", "X1")


def test_only_who_writes_reports_writes_and_only_who_may_sees(leader, officer, sheet, weak):
    number = weak()
    clerk = officer.__class__(None, "Một cửa", "one_stop_clerk", "X1", "X1", frozenset())
    deeds = (
        lambda: add_weakness(leader, sheet, WeaknessEntry("Một")),
        lambda: remove_weakness(leader, sheet, number),
        lambda: move_weakness(leader, sheet, number, up=True),
        lambda: write_outcome(leader, "annual", 2022, number, Outcome.DONE, "", before=""),
        lambda: get_assessment(clerk, "annual", 2022),
    )
    for deed in deeds:
        with pytest.raises(NotForThisSeat):
            deed()
    assert texts(leader) == ["Còn hồ sơ trễ hạn"]


def test_one_that_is_not_there_is_not_found(officer, sheet):
    with pytest.raises(AssessmentNotFound):
        remove_weakness(officer, sheet, 7)
    with pytest.raises(AssessmentNotFound):
        get_direction(officer, "annual", 2022, 7)


def test_what_became_of_a_remedy_is_written_in_words(officer, weak):
    number = weak()
    before = seen(get_weakness(officer, "annual", 2022, number))
    write_outcome(officer, "annual", 2022, number, Outcome.DONE, "Đã rà soát 50 tuần.", before=before)

    found = get_weakness(officer, "annual", 2022, number)
    assert (found.outcome, found.outcome_text) == ("done", "Đã rà soát 50 tuần")
    with pytest.raises(ChangedMeanwhile):
        write_outcome(officer, "annual", 2022, number, Outcome.NOT_DONE, "", before=before)


def test_a_weakness_without_remedy_has_no_outcome_and_marks_are_no_outcome(officer, weak):
    bare, whole = weak(remedy=""), weak()
    for number, words in ((bare, ""), (whole, "[[year]]")):
        before = seen(get_weakness(officer, "annual", 2022, number))
        with pytest.raises(NotWritten):
            write_outcome(officer, "annual", 2022, number, Outcome.DONE, words, before=before)


def test_what_became_a_task_is_not_removed(officer, sheet, weak, direct):
    from congvu.assessment.planning import make_plan

    weak()
    direct()
    make_plan(officer, sheet)
    with pytest.raises(BecameTask):
        remove_weakness(officer, sheet, 1)
    with pytest.raises(BecameTask):
        remove_direction(officer, sheet, 1)
