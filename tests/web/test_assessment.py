"""In the browser: the assessment of a report, from a suggestion to next year's task."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM, Role
from congvu.assessment.models import ReportDirection, ReportWeakness
from congvu.assessment.queries import read_assessment
from congvu.journal.services import act
from congvu.work.documents.models import Document
from congvu.work.inspections.models import Finding
from congvu.work.tasks.models import Plan, Task

PAGE = "/bao-cao/annual/2022/danh-gia/"
NEXT = "/bao-cao/annual/2023/danh-gia/"
LATE = "figure:dossiers:dossiers.late[level=commune]"
WHOLE = {
    "text": "Còn hồ sơ trễ hạn",
    "evidence": LATE,
    "remedy": "Rà soát hằng tuần",
    "responsible": "SNV",
    "due_on": "30/06/2023",
}
DIRECTED = {"text": "Nâng cao chất lượng một cửa", "lead_agency": "SNV", "cooperating": ["H"], "due_on": "2023-11-30"}


@pytest.fixture
def finding(province):
    with act("package:load", actor=SYSTEM):
        Finding.objects.create(id="F/1", inspection_id="KT1", agency="H", text="Còn đi muộn", due_on=date(2022, 9, 9))


def test_the_draft_and_the_navigation_lead_to_the_assessment(officer):
    assert PAGE in {a["href"] for a in officer.page("/bao-cao/annual/2022/").select(".files a")}
    assert officer.get("/danh-gia/")["Location"] == PAGE


def test_a_suggestion_becomes_a_weakness_whose_evidence_opens_to_its_rows(officer, finding):
    page = officer.page(PAGE)
    row = next(row for row in page.select("#goi-y ~ div tbody tr") if "trễ hạn, cấp xã" in row.get_text())
    rows, form = (a["href"] for a in row.select("a"))
    chosen = officer.page(form).select_one("#id_evidence option[selected]")["value"]

    assert "2 hồ sơ" in row.get_text()
    assert chosen == LATE
    assert "X1-LATE" in officer.page(rows).words()
    assert officer.send(f"{PAGE}han-che/them/", **WHOLE) == PAGE
    page = officer.page(PAGE)
    link = page.select_one("#han-che ~ div tbody a")
    assert (link.get_text(), link["href"]) == ("Hồ sơ giải quyết trễ hạn, cấp xã", rows)
    assert "Sở Nội vụ, 30/06/2023" in page.words("#han-che ~ div")


def test_a_finding_is_evidence_that_opens(officer, finding):
    officer.send(f"{PAGE}han-che/them/", **(WHOLE | {"evidence": "finding:F/1"}))
    link = officer.page(PAGE).select_one("#han-che ~ div tbody a")
    page = officer.page(link["href"])

    assert "chưa khắc phục" in page.words()
    assert "UBND huyện Hà Quảng" in page.words()


def test_a_finding_is_shown_to_those_whose_agencies_it_is_of(as_role, finding):
    assert "Còn đi muộn" in as_role(Role.AGENCY_HEAD).page("/phat-hien/F/1/").words()
    as_role(Role.AGENCY_HEAD, "X1").page("/phat-hien/F/1/", status=404)
    as_role(Role.ONE_STOP_CLERK).page("/phat-hien/F/1/", status=404)


def test_a_weakness_without_evidence_is_marked_and_counted(officer):
    officer.send(f"{PAGE}han-che/them/", **(WHOLE | {"evidence": ""}))
    page = officer.page(PAGE)

    assert "1 hạn chế, 1 chưa có minh chứng" in page.words()
    assert "Chưa có minh chứng" in page.words("#han-che ~ div")


def test_a_figure_typed_by_its_code_is_evidence(officer):
    officer.send(f"{PAGE}han-che/them/", **(WHOLE | {"other": "dossiers.late[level=commune]"}))

    assert ReportWeakness.objects.get().period == "year"


@pytest.mark.parametrize(
    ("given", "field", "complaint"),
    [
        ({"text": " "}, "text", "Hãy viết hạn chế"),
        ({"text": "Có [[không.có]]"}, "text", "không có chỉ tiêu"),
        ({"evidence": "lạ"}, "evidence", "Không hiểu minh chứng"),
        ({"other": "không.có"}, "other", "Không có chỉ tiêu «không.có»"),
        ({"responsible": "SỞ"}, "responsible", "Không có cơ quan mã «SỞ»"),
        ({"due_on": "mai"}, "due_on", "Hãy nhập ngày"),
    ],
)
def test_what_is_wrong_leads_to_its_field_and_what_was_typed_stays(officer, given, field, complaint):
    page = officer.send(f"{PAGE}han-che/them/", status=422, **(WHOLE | given))

    assert complaint in page.words(".faults")
    assert page.select_one(f".faults a[href='#id_{field}']")
    assert page.select_one("#id_remedy").string == "Rà soát hằng tuần"
    assert page.select_one("#id_responsible option[selected]")["value"] == given.get("responsible", "SNV")
    assert not ReportWeakness.objects.exists()


def test_a_weakness_is_changed_ordered_and_removed(officer):
    for text in ("Một", "Hai"):
        officer.send(f"{PAGE}han-che/them/", **(WHOLE | {"text": text}))
    officer.send(f"{PAGE}han-che/2/thu-tu/", huong="len")
    form = officer.page(f"{PAGE}han-che/2/")
    assert form.select_one("textarea").string == "Hai"
    before = form.select_one("[name=before]")["value"]
    officer.send(f"{PAGE}han-che/2/", **(WHOLE | {"text": "Ba", "before": before}))
    assert [one.text for one in read_assessment("annual", 2022).weaknesses] == ["Ba", "Một"]
    page = officer.send(f"{PAGE}han-che/2/", status=422, **(WHOLE | {"text": "Bốn", "before": before}))
    assert "Người khác vừa sửa" in page.words(".faults")
    assert page.select_one("textarea").string == "Bốn"
    officer.send(f"{PAGE}han-che/2/", action="delete")
    assert [one.text for one in read_assessment("annual", 2022).weaknesses] == ["Một"]


def test_a_direction_is_written_changed_and_removed(officer):
    assert officer.send(f"{PAGE}phuong-huong/them/", **(DIRECTED | {"others": "X1, X2"})) == PAGE
    assert "UBND huyện Hà Quảng, UBND xã Đào Ngạn, UBND xã Trường Hà" in officer.page(PAGE).words("#phuong-huong ~ div")
    form = officer.page(f"{PAGE}phuong-huong/1/")
    assert [box["value"] for box in form.select("[type=checkbox][checked]")] == ["H"]
    assert form.select_one("#id_others")["value"] == "X1, X2"
    before = form.select_one("[name=before]")["value"]
    officer.send(f"{PAGE}phuong-huong/1/", text="Khác", before=before)
    assert read_assessment("annual", 2022).directions[0].cooperating == ()
    officer.send(f"{PAGE}phuong-huong/1/thu-tu/", huong="xuong")
    officer.send(f"{PAGE}phuong-huong/1/", action="delete")
    assert not ReportDirection.objects.exists()


@pytest.mark.parametrize("given", [{"text": ""}, {"cooperating": ["SỞ"]}, {"others": "SỞ"}, {"lead_agency": "H"}])
def test_a_direction_that_cannot_be_written_stays_in_the_form(officer, given):
    page = officer.send(f"{PAGE}phuong-huong/them/", status=422, **(DIRECTED | given))

    assert page.select(".faults a")
    assert page.select_one("#id_due_on")["value"] == "2023-11-30"


def test_the_plan_is_checked_made_once_and_issued(officer):
    with act("package:load", actor=SYSTEM):
        Document.objects.create(id="VB1", kind="plan", symbol="1/KH-UBND", issuer="P", title="Kế hoạch")
    officer.send(f"{PAGE}phuong-huong/them/", **DIRECTED)
    officer.send(f"{PAGE}han-che/them/", **(WHOLE | {"due_on": ""}))
    page = officer.page(f"{PAGE}ke-hoach/")
    assert "Giải pháp của hạn chế 1: chưa có thời hạn" in page.words(".faults")
    assert not page.select("main form")
    assert "chưa có thời hạn" in officer.send(f"{PAGE}ke-hoach/", status=409).words(".faults")
    before = officer.page(f"{PAGE}han-che/1/").select_one("[name=before]")["value"]
    officer.send(f"{PAGE}han-che/1/", **(WHOLE | {"before": before}))

    assert officer.send(f"{PAGE}ke-hoach/") == f"{PAGE}ke-hoach/"
    page = officer.page(f"{PAGE}ke-hoach/")
    assert "thêm 2 nhiệm vụ" in page.get_text()
    assert "Dự thảo, chưa ban hành" in page.words()
    assert Task.objects.filter(plan__year=2023).count() == 2
    assert "đều đã thành nhiệm vụ" in officer.send(f"{PAGE}ke-hoach/", status=409).words(".notice")
    assert "Sổ văn bản không có" in officer.send(f"{PAGE}ke-hoach/ban-hanh/", status=422, document="9").words(".faults")
    officer.send(f"{PAGE}ke-hoach/ban-hanh/", document="VB1")
    assert Plan.objects.get(year=2023).document_id == "VB1"
    page = officer.send(f"{PAGE}han-che/1/", status=409, action="delete")
    assert "đã thành nhiệm vụ" in page.words()


def test_next_years_page_shows_what_became_of_remedies_and_directions(officer):
    officer.send(f"{PAGE}phuong-huong/them/", **DIRECTED)
    officer.send(f"{PAGE}han-che/them/", **WHOLE)
    officer.send(f"{PAGE}ke-hoach/")
    page = officer.page(NEXT)
    row = page.words("#nam-truoc ~ div tbody tr")
    assert "2 hồ sơ 0 hồ sơ" in row
    assert "chưa ghi kết quả" in row
    assert "kh-annual-2023-01" in page.words("#nam-truoc ~ h3 + div")
    address = page.select_one("#nam-truoc ~ div a[href*='ket-qua']")["href"]
    before = officer.page(address).select_one("[name=before]")["value"]
    assert officer.send(address, outcome="done", outcome_text="Đã làm", before=before) == NEXT
    assert "✓ Đã thực hiện Đã làm" in officer.page(NEXT).words("#nam-truoc ~ div tbody tr")
    assert officer.send(address, status=422, outcome="lạ").select(".faults a")


def test_a_leader_reads_and_changes_nothing(officer, as_role):
    officer.send(f"{PAGE}han-che/them/", **WHOLE)
    leader = as_role(Role.PROVINCE_LEADER)
    page = leader.page(PAGE)

    assert "Còn hồ sơ trễ hạn" in page.words()
    assert not page.select("main form")
    assert not page.select("#goi-y")
    leader.page(f"{PAGE}han-che/1/", status=403)
    leader.page(f"{PAGE}ke-hoach/", status=403)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bao-cao/weekly/2022/danh-gia/", 400),
        ("/bao-cao/annual/1/danh-gia/", 400),
        ("/bao-cao/annual/1901/danh-gia/", 200),
        ("/bao-cao/annual/2198/danh-gia/", 200),
        ("/bao-cao/annual/2198/danh-gia/ke-hoach/", 200),
        ("/bao-cao/annual/2198/danh-gia/han-che/them/", 200),
        ("/bao-cao/annual/99999999999999999999/danh-gia/", 400),
        (f"{PAGE}han-che/99999999999999999999/", 404),
        (f"{PAGE}phuong-huong/0/", 404),
        (f"{PAGE}han-che/7/ket-qua/", 404),
        (f"{PAGE}han-che/them/?minh-chung=%F0%9F%99%82:", 200),
        (f"{PAGE}?tu-khoa=%25_%5C", 200),
        ("/phat-hien/%00/", 400),
    ],
)
def test_an_odd_address_is_answered_in_words(officer, address, status):
    officer.checked(officer.get(address), status)


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "[[" * 50, "{{weaknesses: x}}", "[[list]]", "🙂" * 5000])
def test_no_words_break_the_program(officer, text):
    reply = officer.post(f"{PAGE}han-che/them/", WHOLE | {"text": text})

    assert reply.status_code in (302, 422)
    officer.page(PAGE)
