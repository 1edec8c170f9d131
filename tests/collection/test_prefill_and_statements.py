"""What the records know is filled in; what they do not know becomes a statement once it is accepted."""

from datetime import date
from decimal import Decimal

import pytest

from congvu.access.rules import SYSTEM
from congvu.collection.burden import form_burdens
from congvu.collection.filling import Entry
from congvu.collection.models import ReportAnswer
from congvu.collection.rules import Deed
from congvu.collection.services import NotReady, fill, move
from congvu.collection.sheets import open_sheet
from congvu.exchange.services import load_package
from congvu.figures.by_agency import of_agencies
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import compute
from congvu.figures.models import Statement, StatementMode
from congvu.figures.period import Period
from congvu.figures.stating import StatementNotPossible, state_figure
from congvu.journal.services import act
from congvu.province.models import Agency
from congvu.work.personnel.models import Course
from tests.web.province import at, make_dossier

from .conftest import CODE, GOOD

PERIOD = Period(date(2021, 12, 15), date(2022, 12, 14))


def value_of(agency, question):
    return ReportAnswer.objects.get(request=CODE, agency=agency, question=question).value


def test_each_figure_of_each_agency_is_what_it_is_computed_for_that_agency_alone(province):
    asked = ["dossiers.finished", "dossiers.late", "dossiers.on_time_rate", "officers.disciplined", "feedback.received"]
    agencies = {agency.id: agency.code for agency in Agency.objects.all()}

    found = of_agencies(PERIOD, list(agencies), asked)

    for id_, code in agencies.items():
        alone = {(a.figure.id, a.members): a for a in compute(PERIOD, ids=asked, agency_code=code)}
        for key, answer in alone.items():
            assert found[id_].answer(FIGURES[key[0]], key[1]) == answer, (code, key)


def test_a_figure_of_the_records_is_filled_in_and_needs_no_typing(asked, head):
    sheet = open_sheet(head("X1"), CODE, "X1")

    assert (sheet.prefilling["xong"].value, sheet.prefilling["tre"].value) == (2, 1)
    assert sheet.prefilling["ty-le"].value == Decimal("0.5")
    fill(head("X1"), CODE, "X1", GOOD)
    stored = ReportAnswer.objects.get(agency="X1", question="xong")
    assert (stored.value, stored.computed, stored.by_hand) == (2, 2, False)


def test_a_zero_is_known_only_where_records_of_the_kind_are_kept_here(asked, head):
    sheet = open_sheet(head("SNV"), CODE, "SNV")

    assert not sheet.prefilling["xong"].known, "it may keep its dossiers elsewhere"
    assert sheet.prefilling["ky-luat"].known, "disciplinary cases are kept for every agency"
    assert sheet.prefilling["ky-luat"].value == 0


def test_a_district_is_told_of_the_agencies_below_it(asked, head):
    sheet = open_sheet(head("H"), CODE, "H")

    assert sheet.prefilling["cap-duoi"].value == 2


def test_a_number_kept_elsewhere_becomes_a_statement_when_it_is_accepted(asked, hand_in, accept):
    hand_in("SNV", {"xong": Entry("1.250"), "tre": Entry("0"), "lop": Entry("3")})
    assert not Statement.objects.exists()
    accept("SNV")

    stated = {one.figure: (one.value, one.mode, one.level) for one in Statement.objects.filter(agency="SNV")}
    assert stated == {
        "dossiers.finished": (1250, "instead", "province"),
        "dossiers.late": (0, "instead", "province"),
        "courses.count": (3, "instead", "province"),
    }
    answers = {a.members: a for a in compute(PERIOD, ids=["dossiers.finished"])}
    assert answers[(("level", "province"),)].stated == 1250


def test_what_an_agency_stated_in_this_report_is_not_what_the_records_knew(asked, hand_in, accept, head, officer):
    before = form_burdens(officer, 2022)[0].known
    hand_in("SNV", {"xong": Entry("1.250"), "tre": Entry("0")})
    accept("SNV")

    assert not open_sheet(head("SNV"), CODE, "SNV").prefilling["xong"].known
    assert form_burdens(officer, 2022)[0].known == before


def test_what_an_agency_stated_for_a_month_is_known_in_the_report_of_the_year(asked, head):
    _state("SNV", Period(date(2022, 3, 1), date(2022, 3, 31)), 30)
    _state("SNV", Period(date(2022, 4, 1), date(2022, 4, 30)), 12)

    found = open_sheet(head("SNV"), CODE, "SNV").prefilling["xong"]
    assert (found.value, found.known, found.has_rows) == (42, True, False)


def test_a_number_beside_rows_needs_an_explanation_and_never_replaces_them(asked, head, hand_in, accept):
    fill(head("X1"), CODE, "X1", GOOD | {"tre": Entry("0")})
    with pytest.raises(NotReady, match="cơ quan ghi 0, dữ liệu tính được 1"):
        move(head("X1"), CODE, "X1", Deed.CHECK)

    hand_in("X1", {"tre": Entry("0", "Hồ sơ đã xin lỗi và hẹn lại")})
    accept("X1", "H")

    assert Statement.objects.get(agency="X1").mode == StatementMode.BESIDE
    assert compute(PERIOD, ids=["dossiers.late"])[0].value == 2, "the rows count as before"


def test_a_typed_number_that_equals_the_records_is_not_typed(asked, head):
    fill(head("X1"), CODE, "X1", {"tre": Entry("1")})

    assert not ReportAnswer.objects.get(agency="X1", question="tre").by_hand


def test_a_figure_that_takes_no_statements_keeps_what_the_agency_says_as_its_answer(asked, hand_in, accept):
    hand_in("X1", {"ky-luat": Entry("2", "Một người mới có quyết định")})
    accept("X1", "H")

    assert value_of("X1", "ky-luat") == 2
    assert not Statement.objects.filter(figure="officers.disciplined").exists()


def test_rows_that_come_in_after_the_answer_stand_in_the_way_of_accepting_it(asked, hand_in, accept):
    hand_in("SNV", {"xong": Entry("5"), "tre": Entry("0")})
    with act("package:load", actor=SYSTEM):
        make_dossier("SNV-1", agency="SNV", finished_at=at("06-01"), due_at=at("06-02"))

    with pytest.raises(StatementNotPossible, match="trả lại báo cáo"):
        accept("SNV")
    assert not Statement.objects.exists()


def _state(code, period, value, mode=StatementMode.INSTEAD, figure="dossiers.finished"):
    agency = Agency.objects.get(code=code)
    with act("collection:accept", actor=SYSTEM) as deed:
        return state_figure(
            deed,
            agency=(agency.id, code, agency.name, agency.level),
            figure=FIGURES[figure],
            members=(("level", agency.level),),
            period=period,
            value=value,
            mode=mode,
        )


def test_a_statement_for_an_agency_that_has_rows_is_refused(province):
    with pytest.raises(StatementNotPossible, match="có 2 dòng được tính vào"):
        _state("X1", PERIOD, 9)


def test_two_statements_instead_of_rows_do_not_overlap(province):
    _state("SNV", PERIOD, 9)

    with pytest.raises(StatementNotPossible, match="trùng ngày"):
        _state("SNV", Period(date(2022, 12, 14), date(2023, 1, 13)), 4)
    _state("SNV", Period(date(2022, 12, 15), date(2023, 1, 14)), 4)


def test_what_was_stated_is_not_overwritten(province):
    first = _state("SNV", PERIOD, 9)

    assert _state("SNV", PERIOD, 9).pk == first.pk
    with pytest.raises(StatementNotPossible, match="không bị ghi đè"):
        _state("SNV", PERIOD, 10)


def test_a_figure_that_is_not_additive_takes_no_statement(province):
    with pytest.raises(StatementNotPossible, match="chỉ tính từ dữ liệu"):
        _state("SNV", PERIOD, 9, figure="dossiers.withdrawn")


def test_the_accepted_answers_add_up_to_what_the_figure_takes_as_stated(asked, hand_in, accept, package):
    for code, receiver, number in (("SNV", None, "40"), ("X1", "H", ""), ("X2", "H", "")):
        hand_in(code, {"xong": Entry(number), "tre": Entry(number and "1"), "lop": Entry("2")})
        accept(code, receiver)
    with act("package:load", actor=SYSTEM):
        Course.objects.create(id="L1", title="Lớp", date_from=date(2022, 5, 1), host_agency="H")

    for figure, question in (("dossiers.finished", "xong"), ("courses.count", "lop")):
        typed = ReportAnswer.objects.filter(question=question, by_hand=True)
        stated = sum(answer.stated for answer in compute(PERIOD, ids=[figure]))
        assert sum(one.value for one in typed) == stated > 0


def test_a_load_of_rows_beside_an_accepted_statement_is_refused_as_before(asked, hand_in, accept, package):
    from congvu.exchange.problems import PackageRefused

    hand_in("SNV", {"xong": Entry("5"), "tre": Entry("0")})
    accept("SNV")

    with pytest.raises(PackageRefused):
        load_package(
            package(
                dossiers=[
                    {
                        "code": "M1",
                        "procedure": "1.000115",
                        "agency": "SNV",
                        "channel": "counter",
                        "received_at": "2022-05-01T08:00:00+07:00",
                        "finished_at": "2022-05-02T08:00:00+07:00",
                        "outcome": "granted",
                    }
                ]
            ),
            actor=SYSTEM,
        )
