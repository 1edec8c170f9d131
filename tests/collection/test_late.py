"""Who is late now, the letter that urges them, and the missing ones named for the text."""

import io
import zipfile

import pytest

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import Role
from congvu.collection.burden import agency_burdens, form_burdens
from congvu.collection.filling import Entry
from congvu.collection.late import LetterNotFound, NobodyLate, late_now, letter_file, letters_of, missing_words, urge
from congvu.collection.models import ReportUrging
from congvu.collection.queries import owing_in
from congvu.collection.rules import Deed
from congvu.collection.services import fill, move
from congvu.journal.models import Act, Change
from tests.web.province import at

from .conftest import CODE, GOOD, NO_DOSSIERS, seat


def test_who_is_late_is_told_in_working_days(asked, hand_in, officer, monkeypatch):
    hand_in("X1")
    monkeypatch.setenv("CONGVU_NOW", "2022-12-22T18:00")

    found = {one.agency: one.standing for one in late_now(officer, CODE)}
    assert found == {"X2": "quá hạn 3 ngày làm việc", "H": "quá hạn 2 ngày làm việc", "SNV": "quá hạn 2 ngày làm việc"}
    assert next(iter(found)) == "X2", "the longest overdue comes first"


def test_before_the_date_nobody_is_late(asked, officer, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-19T17:00")

    assert late_now(officer, CODE) == []


def test_a_returned_report_is_late_again(asked, hand_in, head, officer):
    hand_in("X1")
    assert "X1" not in {one.agency for one in late_now(officer, CODE)}
    move(head("H"), CODE, "X1", Deed.RETURN, reason="Thiếu")

    assert "X1" in {one.agency for one in late_now(officer, CODE)}


def test_an_extension_takes_an_agency_off_the_list(asked, officer):
    move(officer, CODE, "SNV", Deed.EXTEND, reason="Mưa lũ", due_at=at("12-30", 17))

    assert "SNV" not in {one.agency for one in late_now(officer, CODE)}


def words_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def test_an_urging_letter_names_the_late_agencies_and_is_an_act(asked, hand_in, officer):
    hand_in("X1")
    number = urge(officer, CODE)

    assert number == 1
    assert set(ReportUrging.objects.values_list("agency", flat=True)) == {"X2", "H", "SNV"}
    act = Act.objects.get(kind="collection:urge")
    assert Change.objects.filter(act=act, table="x_report_urgings").count() == 3
    letter = words_of(letter_file(officer, CODE, 1, "docx"))
    assert "Ủy ban nhân dân xã Trường Hà" in letter
    assert "Đào Ngạn" not in letter
    assert "01 sở: Nội vụ; 01 huyện: Hà Quảng; 01 xã: Trường Hà" in letter
    assert letter_file(officer, CODE, 1, "pdf").startswith(b"%PDF")


def test_a_letter_stays_what_it_was(asked, hand_in, officer, monkeypatch):
    urge(officer, CODE)
    first = letter_file(officer, CODE, 1, "docx")
    hand_in("X1")
    monkeypatch.setenv("CONGVU_NOW", "2022-12-23T08:00")
    urge(officer, CODE)

    assert letter_file(officer, CODE, 1, "docx") == first
    assert [(line.number, line.agencies) for line in letters_of(officer, CODE)] == [(2, 3), (1, 4)]


def test_a_head_urges_those_that_report_to_the_agency(asked, head):
    urge(head("H"), CODE)

    assert set(ReportUrging.objects.values_list("agency", flat=True)) == {"X1", "X2"}


def test_nobody_is_urged_before_the_date_nor_by_those_who_judge_nobody(asked, head, officer, monkeypatch):
    with pytest.raises(NobodyLate):
        urge(head("X1"), CODE)
    with pytest.raises(NotForThisSeat):
        urge(seat(Role.PROVINCE_LEADER, "P"), CODE)
    with pytest.raises(LetterNotFound):
        letter_file(officer, CODE, 1, "docx")
    monkeypatch.setenv("CONGVU_NOW", "2022-12-15T08:00")
    with pytest.raises(NobodyLate):
        urge(officer, CODE)


def test_missing_agencies_are_named_ready_for_the_text(asked, hand_in, officer):
    hand_in("X1")
    hand_in("SNV", NO_DOSSIERS)
    owed = owing_in(officer, CODE)

    assert missing_words(owed, at("12-21", 12)) == (
        "đến ngày 21/12/2022 còn 02 cơ quan chưa báo cáo: 01 huyện: Hà Quảng; 01 xã: Trường Hà"
    )
    assert missing_words(owed, at("12-20", 12)).startswith("đến ngày 20/12/2022 còn 04 cơ quan chưa báo cáo: 01 sở")
    assert missing_words([one for one in owed if one.is_handed_in], at("12-21", 12)) == (
        "đến ngày 21/12/2022 tất cả 02 cơ quan đã báo cáo"
    )


def test_the_burden_counts_figures_asked_known_and_typed(asked, head, officer):
    fill(head("X1"), CODE, "X1", GOOD | {"lop": Entry("2"), "tre": Entry("0", "Đã xin lỗi")})

    (form,) = form_burdens(officer, 2022)
    # five figures of each of four agencies, and one of the communes below for the district
    assert (form.agencies, form.asked, form.begun, form.typed, form.fields) == (4, 21, 1, 2, 3)
    # X1 and X2 know three figures of dossiers, everybody the disciplined, the district those of its communes
    assert form.known == 2 * 3 + 4 + 1
    found, _following = agency_burdens(officer, 2022)
    assert (found[0].code, found[0].fields, found[0].figures) == ("X1", 3, 2)
    assert agency_burdens(officer, 2021)[0] == []


def test_the_burden_comes_page_by_page(asked, head, officer):
    fill(head("X1"), CODE, "X1", GOOD)
    codes, after = [], None
    for _page in range(4):
        found, after = agency_burdens(officer, 2022, after=after, limit=1)
        codes += [one.code for one in found]

    assert codes == ["X1", "H", "SNV", "X2"]
    assert after is None
