"""Filling a report and moving it along: who may, in which state, and what stays of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import Role
from congvu.collection.filling import Entry, Item
from congvu.collection.models import ReportAnswer, ReportMove, ReportObligation
from congvu.collection.queries import ObligationNotFound, get_owing, owing_page
from congvu.collection.rules import Deed, State
from congvu.collection.services import MoveNotPossible, NotReady, fill, move
from congvu.collection.sheets import open_sheet
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from tests.web.province import at

from .conftest import CODE, GOOD, seat


def state(agency):
    return ReportObligation.objects.get(request=CODE, agency=agency).state


def test_a_report_goes_from_draft_to_accepted_and_each_step_is_an_act(asked, hand_in, accept):
    hand_in("X1")
    accept("X1", "H")

    assert state("X1") == State.ACCEPTED
    steps = ReportMove.objects.filter(request=CODE, agency="X1").order_by("number")
    assert [one.deed for one in steps] == [Deed.CHECK, Deed.SUBMIT, Deed.ACCEPT]
    assert steps[1].submission == 1
    assert steps[1].digest == steps[2].digest
    kinds = list(Act.objects.filter(kind__startswith="collection:").order_by("id").values_list("kind", flat=True))
    assert kinds == [f"collection:{deed}" for deed in ("open", "fill", "check", "submit", "accept")]


def test_what_the_records_hold_is_borne_out_by_the_journal(own_database, on_the_demos_day, lay_form):
    from congvu.collection.asking import Asked, open_request
    from tests.web.province import make_province

    make_province()
    lay_form()
    seal_acts()
    open_request(seat(Role.REPORTING_OFFICER, "P"), Asked("thu", 2022))
    fill(seat(Role.AGENCY_HEAD, "X1"), CODE, "X1", GOOD | {"lop": Entry("2")})
    fill(seat(Role.AGENCY_HEAD, "X1"), CODE, "X1", GOOD | {"lop": Entry("3")})
    for deed in (Deed.CHECK, Deed.SUBMIT):
        move(seat(Role.AGENCY_HEAD, "X1"), CODE, "X1", deed)
    move(seat(Role.AGENCY_HEAD, "H"), CODE, "X1", Deed.ACCEPT)
    seal_acts()

    of_collection = [found for found in verify(records=True) if "x_report" in str(found) or "statements" in str(found)]
    assert of_collection == []


def test_a_second_submission_is_refused_unless_it_was_returned(asked, hand_in, head):
    hand_in("X1")
    with pytest.raises(MoveNotPossible, match="không gửi hai lần"):
        move(head("X1"), CODE, "X1", Deed.SUBMIT)

    move(head("H"), CODE, "X1", Deed.RETURN, reason="Thiếu nguyên nhân")
    hand_in("X1")

    assert state("X1") == State.SUBMITTED
    assert ReportMove.objects.filter(agency="X1", deed=Deed.SUBMIT).order_by("number").last().submission == 2


def test_of_two_submissions_at_once_one_wins(own_database, on_the_demos_day, lay_form):
    from congvu.collection.asking import Asked, open_request
    from tests.web.province import make_province

    make_province()
    lay_form()
    open_request(seat(Role.REPORTING_OFFICER, "P"), Asked("thu", 2022))
    head = seat(Role.AGENCY_HEAD, "X1")
    fill(head, CODE, "X1", GOOD)
    move(head, CODE, "X1", Deed.CHECK)

    def submit(_number):
        try:
            move(head, CODE, "X1", Deed.SUBMIT)
            return "sent"
        except MoveNotPossible as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(submit, range(4)))

    assert results.count("sent") == 1
    assert all("không gửi hai lần" in one for one in results if one != "sent")
    assert ReportMove.objects.filter(agency="X1", deed=Deed.SUBMIT).count() == 1


def test_returning_needs_a_reason(asked, hand_in, head):
    hand_in("X1")

    with pytest.raises(MoveNotPossible, match="lý do"):
        move(head("H"), CODE, "X1", Deed.RETURN, reason="  ")
    assert state("X1") == State.SUBMITTED


def test_only_the_agency_hands_in_and_only_its_receiver_judges(asked, hand_in, head, officer):
    with pytest.raises(NotForThisSeat):
        fill(head("H"), CODE, "X1", GOOD)
    with pytest.raises(NotForThisSeat):
        fill(officer, CODE, "X1", GOOD)
    hand_in("X1")
    for reader in (head("X1"), officer):
        with pytest.raises(NotForThisSeat):
            move(reader, CODE, "X1", Deed.ACCEPT)
    with pytest.raises(ObligationNotFound):
        move(head("X2"), CODE, "X1", Deed.ACCEPT)


def test_who_stands_above_the_receiver_does_not_judge_for_it(asked, hand_in, head):
    hand_in("X1")

    with pytest.raises(NotForThisSeat):
        move(head("P"), CODE, "X1", Deed.ACCEPT)


def test_a_leader_reads_and_does_nothing(asked, hand_in):
    leader = seat(Role.PROVINCE_LEADER, "P")
    hand_in("X1")

    assert get_owing(leader, CODE, "X1").state is State.SUBMITTED
    with pytest.raises(NotForThisSeat):
        move(leader, CODE, "X1", Deed.ACCEPT)


def test_a_clerk_sees_nothing_of_it(asked):
    with pytest.raises(NotForThisSeat):
        get_owing(seat(Role.ONE_STOP_CLERK, "X1"), CODE, "X1")


def test_a_head_sees_the_agency_and_those_below_and_no_other(asked, head):
    assert {one.agency for one in owing_page(head("H")).owing} == {"H", "X1", "X2"}
    assert {one.agency for one in owing_page(head("X1")).owing} == {"X1"}
    with pytest.raises(ObligationNotFound):
        get_owing(head("H"), CODE, "SNV")


def test_what_waits_for_a_head_is_what_they_owe_and_what_they_judge(asked, head, hand_in):
    assert {one.agency for one in owing_page(head("H"), mine=True).owing} == {"H"}
    hand_in("X1")
    assert {one.agency for one in owing_page(head("H"), mine=True).owing} == {"H", "X1"}
    assert not owing_page(head("X1"), mine=True).owing


def test_a_handed_in_report_cannot_be_filled(asked, hand_in, head):
    hand_in("X1")

    with pytest.raises(MoveNotPossible, match="không sửa được"):
        fill(head("X1"), CODE, "X1", GOOD)


def test_what_somebody_else_typed_meanwhile_is_not_overwritten(asked, head):
    seen = open_sheet(head("X1"), CODE, "X1").seen
    fill(head("X1"), CODE, "X1", {"uu-diem": Entry("Người thứ nhất")}, seen=seen)

    with pytest.raises(MoveNotPossible, match="Người khác vừa sửa"):
        fill(head("X1"), CODE, "X1", {"uu-diem": Entry("Người thứ hai")}, seen=seen)
    assert ReportAnswer.objects.get(agency="X1", question="uu-diem").text == "Người thứ nhất"


def test_an_answer_that_stays_keeps_who_wrote_it(asked, head, monkeypatch):
    fill(head("X1"), CODE, "X1", GOOD)
    first = ReportAnswer.objects.get(agency="X1", question="uu-diem").filled_at
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T09:00")
    fill(head("X1"), CODE, "X1", GOOD | {"tu-kiem-tra": Entry("4")})

    assert ReportAnswer.objects.get(agency="X1", question="uu-diem").filled_at == first
    assert ReportAnswer.objects.get(agency="X1", question="tu-kiem-tra").filled_at > first


def test_the_date_can_be_moved_to_a_later_one_only(asked, officer, head):
    before = get_owing(officer, CODE, "SNV").due_at
    with pytest.raises(MoveNotPossible, match="phải sau hạn"):
        move(officer, CODE, "SNV", Deed.EXTEND, reason="Mưa lũ", due_at=at("12-10"))
    with pytest.raises(MoveNotPossible, match="hạn mới"):
        move(officer, CODE, "SNV", Deed.EXTEND, reason="Mưa lũ")

    move(officer, CODE, "SNV", Deed.EXTEND, reason="Mưa lũ", due_at=at("12-27", 17))

    found = get_owing(officer, CODE, "SNV")
    assert (found.due_at, found.state) == (at("12-27", 17), State.DRAFT)
    assert before < found.due_at


@pytest.mark.parametrize(
    ("question", "entry", "words"),
    [
        ("lop", Entry("1,5"), "không phải số nguyên"),
        ("lop", Entry("-3"), "không phải số nguyên"),
        ("lop", Entry("9" * 40), "không phải số nguyên"),
        ("lop", Entry("12.34"), "không phải số nguyên"),
        ("ty-le", Entry("50"), "chỉ tính từ dữ liệu"),
        ("ky-luat", Entry("-5"), "không phải số nguyên"),
        ("nguoi", Entry("nhiều"), "không phải số"),
        ("nguoi", Entry("1" * 30), "không phải số"),
        ("uu-diem", Entry("a" * 201), "nhiều nhất 200"),
        ("van-ban", Entry(items=(Item("9/KH-KHONG"),)), "không có trong sổ văn bản"),
        ("van-ban", Entry(items=(Item("a"), Item("b"), Item("c"))), "nhiều nhất 2 mục"),
        ("han-che", Entry(items=(Item("Yếu", "finding:khong-co", "Sửa"),)), "căn cứ"),
    ],
)
def test_what_cannot_be_read_is_refused_whole_and_names_the_question(asked, head, question, entry, words):
    with pytest.raises(NotReady, match=words) as refused:
        fill(head("X1"), CODE, "X1", GOOD | {question: entry})

    assert {problem.question for problem in refused.value.problems} == {question}
    assert not ReportAnswer.objects.exists()


def test_an_unfinished_weakness_and_a_missing_answer_keep_a_report_back(asked, head):
    fill(head("X1"), CODE, "X1", {"han-che": Entry(items=(Item("Còn trễ hạn", "question:tre"),))})

    with pytest.raises(NotReady) as refused:
        move(head("X1"), CODE, "X1", Deed.CHECK)
    assert {problem.question for problem in refused.value.problems} == {"uu-diem", "han-che"}
    assert state("X1") == State.DRAFT


def test_control_characters_are_taken_out_of_what_is_typed(asked, head):
    fill(head("X1"), CODE, "X1", {"uu-diem": Entry("Một\x00 hai\x1b")})

    assert ReportAnswer.objects.get(question="uu-diem").text == "Một  hai"
