"""Requests: who owes, to whom, by when; periods that overlap; tiers before and after 1 July 2025."""

from datetime import date

import pytest

from congvu.access.queries import NotForThisSeat
from congvu.access.rules import Role
from congvu.collection.asking import Asked, RequestNotPossible, open_request
from congvu.collection.filling import Entry
from congvu.collection.form_reading import FormUnknown
from congvu.collection.models import ReportObligation, ReportRequest
from congvu.collection.queries import owing_page, requests_page
from congvu.collection.rules import Deed, State
from congvu.collection.services import MoveNotPossible, move
from congvu.figures.period import Period
from congvu.kernel.errors import UsageRefusal
from congvu.province.models import Agency
from congvu.worktime import YearNotCovered
from tests.web.province import at

from .conftest import CODE, FORM, NO_DOSSIERS, add_agencies, seat


def receivers(code=CODE):
    return dict(ReportObligation.objects.filter(request=code).values_list("agency", "receiver"))


def test_before_july_2025_communes_report_to_districts_and_districts_to_the_province(asked):
    assert receivers() == {"SNV": "P", "H": "P", "X1": "H", "X2": "H"}


def test_after_july_2025_communes_report_to_the_province(province, monkeypatch, officer):
    from congvu.access.rules import SYSTEM
    from congvu.journal.services import act

    last, new = date(2025, 6, 30), date(2025, 7, 1)
    with act("package:load", actor=SYSTEM):
        Agency.objects.filter(code__in=["H", "X1", "X2"]).update(valid_to=last)
    common = {"kind": "commune_committee", "level": "commune", "parent": "P", "valid_from": new}
    # the new commune takes the code of an old one
    add_agencies(
        {"code": "X1", "name": "Ủy ban nhân dân xã Hà Quảng", "short_name": "UBND xã Hà Quảng", **common},
        {"code": "X9", "name": "Ủy ban nhân dân xã Trường Hà", "short_name": "UBND xã Trường Hà", **common},
    )
    monkeypatch.setenv("CONGVU_NOW", "2025-12-20T08:00")
    open_request(officer, Asked("thu", 2025))

    assert receivers("thu-20251214") == {"SNV": "P", "X1": "P", "X9": "P"}
    mine = owing_page(seat(Role.AGENCY_HEAD, "X1")).owing
    assert [one.full_name for one in mine] == ["Ủy ban nhân dân xã Hà Quảng"]
    reader = seat(Role.REPORTING_OFFICER, "P")
    assert "UBND xã Hà Quảng" in {one.agency_name for one in owing_page(reader).owing}


def test_each_tier_has_its_date_in_working_days(asked):
    due = dict(ReportObligation.objects.values_list("agency", "due_at"))

    # 14/12/2022 was a Wednesday: three working days end on Monday the 19th, four on Tuesday the 20th
    assert due["X1"] == at("12-19", 17)
    assert due["H"] == due["SNV"] == at("12-20", 17)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 12, 15), date(2022, 12, 14)),
        (date(2022, 12, 14), date(2023, 12, 14)),
        (date(2022, 3, 1), date(2022, 3, 31)),
    ],
    ids=["the same", "one day in common", "inside"],
)
def test_a_period_that_overlaps_another_request_of_the_form_is_refused(asked, officer, first, last):
    with pytest.raises(RequestNotPossible, match="Kỳ"):
        open_request(officer, Asked("thu", period=Period(first, last)))

    assert ReportRequest.objects.count() == 1


def test_the_next_period_and_another_form_may_be_asked_for(asked, officer, lay_form, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2023-12-20T08:00")
    open_request(officer, Asked("thu", 2023))
    lay_form(FORM.replace("Báo cáo thử", "Mẫu khác"), "khac")
    open_request(officer, Asked("khac", 2022))

    assert ReportRequest.objects.count() == 3


def test_a_report_on_request_takes_the_days_that_are_asked_for(officer, lay_form):
    text = FORM.replace('"year"', '"on_request"').replace('from = "15/12-1"\n', "").replace('to = "14/12"\n', "")
    lay_form(text, "dot-xuat")
    with pytest.raises(RequestNotPossible, match="kỳ báo cáo"):
        open_request(officer, Asked("dot-xuat", 2022))

    found = open_request(officer, Asked("dot-xuat", period=Period(date(2022, 11, 1), date(2022, 11, 30))))

    assert found.title == "Báo cáo thử – 01/11/2022–30/11/2022"
    assert receivers(found.code) == {"SNV": "P", "H": "P", "X1": "H", "X2": "H"}


def test_a_yearly_report_needs_no_number(officer):
    assert open_request(officer, Asked("thu", 2022, 7)).period_to == date(2022, 12, 14)


def test_a_reversed_period_is_refused(province):
    with pytest.raises(UsageRefusal, match="bị ngược"):
        Asked("thu", period=Period(date(2022, 2, 1), date(2022, 1, 1)))


@pytest.mark.parametrize(
    ("asked", "refusal", "words"),
    [
        (Asked("khong-co", 2022), FormUnknown, "Không có mẫu"),
        (Asked("../thu", 2022), FormUnknown, "Không có mẫu"),
        (Asked("thu"), RequestNotPossible, "kỳ báo cáo"),
        (Asked("feedback-half-year", 2022, 3), RequestNotPossible, "không có kỳ thứ 3"),
        (Asked("thu", 99999), RequestNotPossible, "Năm báo cáo"),
        (Asked("thu", 2035), YearNotCovered, "2035"),
        (Asked("thu", 2022, document="khong-co"), RequestNotPossible, "sổ văn bản"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_asked_for_is_refused(officer, asked, refusal, words):
    with pytest.raises(refusal, match=words):
        open_request(officer, asked)

    assert not ReportRequest.objects.exists()


def test_only_the_reporting_officer_asks(province, head):
    with pytest.raises(NotForThisSeat):
        open_request(head("H"), Asked("thu", 2022))


def test_a_request_keeps_its_form_as_it_was(asked, lay_form, head):
    from congvu.collection.sheets import open_sheet

    lay_form(FORM.replace("Hồ sơ trễ hạn", "Câu đã đổi"))

    assert open_sheet(head("X1"), CODE, "X1").form.questions["tre"].label == "Hồ sơ trễ hạn"


def test_a_district_hands_in_once_its_communes_are_accepted_or_listed_as_missing(hand_in, accept, head):
    hand_in("X1")
    accept("X1", "H")
    with pytest.raises(MoveNotPossible, match="01 xã: Trường Hà"):
        hand_in("H", NO_DOSSIERS)

    move(head("H"), CODE, "H", Deed.SUBMIT, missing=["X2"])

    assert ReportObligation.objects.get(agency="H").state == State.SUBMITTED
    listed = dict(ReportObligation.objects.values_list("agency", "listed_missing_at"))
    assert listed["X2"] is not None
    assert listed["X1"] is None


def test_a_district_s_sum_takes_accepted_answers_only_and_no_shares(asked, hand_in, accept):
    from congvu.collection.queries import form_of
    from congvu.collection.sums import sums_below

    for code, number in (("X1", "3"), ("X2", "40")):
        hand_in(code, {"lop": Entry(number)})
    accept("X1", "H")
    sums = sums_below(form_of(asked), CODE, "H")

    assert (sums["lop"].value, sums["lop"].agencies) == (3, 1)
    assert sums["ty-le"].value is None
    assert "Tỷ lệ" in sums["ty-le"].why_not


def test_a_request_counts_who_has_handed_in_and_who_is_late(hand_in, accept, officer, head):
    hand_in("X1")
    accept("X1", "H")
    hand_in("SNV", NO_DOSSIERS)

    (line,), following = requests_page(officer)
    assert (line.owing, line.handed_in, line.accepted, line.late) == (4, 2, 1, 2)
    assert following is None
    (of_district,), _following = requests_page(head("H"))
    assert of_district.owing == 3


def test_lists_come_page_by_page_without_gaps(asked, officer):
    found, after = [], None
    while True:
        page = owing_page(officer, after=after, limit=1)
        found += [one.agency for one in page.owing]
        after = page.after
        if after is None:
            break

    assert sorted(found) == ["H", "SNV", "X1", "X2"]
    assert found[:2] == ["X1", "X2"], "the earliest date comes first"
