"""The pages of the reporting regime: asking, filling, checking, sending, judging, urging."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.access.rules import SYSTEM, Role
from congvu.collection.models import ReportAnswer, ReportObligation, ReportRequest
from congvu.figures.models import Statement
from congvu.journal.models import Act
from congvu.journal.services import act
from congvu.province.models import Agency

from .province import at

CODE = "annual-20221214"
REQUEST = f"/yeu-cau-bao-cao/{CODE}/"


def report_of(agency):
    return f"{REQUEST}co-quan/{agency}/"


@pytest.fixture
def asked(officer):
    """The yearly report asked of the province's agencies, through the page."""
    assert officer.send("/yeu-cau-bao-cao/moi/", form="annual", year="2022", number="1") == REQUEST


@pytest.fixture
def commune(as_role, asked):
    return as_role(Role.AGENCY_HEAD, "X1")


@pytest.fixture
def district(as_role, asked):
    return as_role(Role.AGENCY_HEAD, "H")


ANSWERS = {
    "tra-loi.chi-dao": "Người đứng đầu kiểm tra hằng tuần",
    "tra-loi.cuoc-hop": "2",
    "tra-loi.hoi-nghi": "0",
    "tra-loi.sinh-hoat-dang": "0",
    "tra-loi.cong-thong-tin": "1",
    "tra-loi.phan-mem-van-ban": "0",
    "tra-loi.luot-boi-duong": "3",
}


def fill(client, agency="X1", **fields):
    return client.send(f"{report_of(agency)}dien/", **(ANSWERS | fields))


def test_a_request_is_asked_and_every_agency_owes_it(officer, asked):
    page = officer.page(REQUEST)

    assert "4 cơ quan" in page.words()
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert any("UBND xã Đào Ngạn" in row and "UBND huyện Hà Quảng" in row and "quá hạn 1 ngày" in row for row in rows)
    (line,) = officer.page("/yeu-cau-bao-cao/").select("tbody tr")
    assert [cell.text for cell in line.select("td.num")] == ["4", "0", "0", "4"]


def test_a_request_that_overlaps_is_refused_and_what_was_typed_stays(officer, asked):
    page = officer.send(
        "/yeu-cau-bao-cao/moi/", 422, form="annual", first="2022-12-01", last="2023-11-30", title="Báo cáo thêm"
    )

    assert "trùng ngày với yêu cầu" in page.words(".faults")
    assert page.select_one("#id_title")["value"] == "Báo cáo thêm"
    assert ReportRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"form": ""}, "Hãy chọn mẫu báo cáo"),
        ({"form": "annual", "year": "hai nghìn"}, "Năm phải là một số"),
        ({"form": "annual", "first": "2022-01-01"}, "cần cả ngày đầu và ngày cuối"),
        ({"form": "annual", "first": "2022-02-01", "last": "2022-01-01"}, "bị ngược"),
        ({"form": "annual", "year": "99999"}, "phải nằm trong khoảng"),
        ({"form": "one-stop-month", "year": "2022", "number": "13"}, "không có kỳ thứ 13"),
        ({"form": "annual", "year": "2190"}, "2190"),
    ],
)
def test_a_request_that_cannot_be_is_shown_again_with_what_is_wrong(officer, fields, words):
    page = officer.send("/yeu-cau-bao-cao/moi/", 422, **fields)

    assert words in page.words(".faults")


def test_a_head_s_first_page_is_what_the_agency_owes(commune):
    assert commune.get("/")["Location"] == "/viec-cua-toi/"
    page = commune.page("/viec-cua-toi/")

    assert "1 việc đang chờ" in page.words()
    assert page.select_one("tbody th a")["href"] == report_of("X1")
    assert "quá hạn 1 ngày làm việc" in page.words("tbody") or "quá hạn từ" in page.words("tbody")


def test_the_form_shows_what_the_records_know_with_the_way_to_the_rows(commune):
    page = commune.page(f"{report_of('X1')}dien/")

    known = page.find("p", string="Hồ sơ giải quyết trễ hạn").find_next_sibling("p")
    assert "từ dữ liệu" in known.text
    link = known.select_one("a")
    assert link.contents[0] == "1"
    rows = commune.page(link["href"])
    assert "X1-LATE" in rows.words()
    assert "X2-LATE" not in rows.words()
    assert "chưa có trong dữ liệu" in page.find(id="tra-loi.hoi-nghi").parent.text


def test_the_rows_behind_a_number_are_the_agency_s_for_whoever_reads(officer, asked):
    page = officer.page(report_of("X1"))
    row = next(tr for tr in page.select("tbody tr") if "trễ hạn" in tr.th.text and "cấp xã" not in tr.th.text.lower())

    rows = officer.page(row.select_one("td a")["href"])

    assert "X1-LATE" in rows.words()
    assert "X2-LATE" not in rows.words()


def test_a_draft_is_saved_and_shown_again(commune):
    assert fill(commune) == f"{report_of('X1')}dien/"

    page = commune.page(f"{report_of('X1')}dien/")
    assert page.find(id="tra-loi.cuoc-hop")["value"] == "2"
    assert page.find(id="tra-loi.chi-dao").text.strip() == "Người đứng đầu kiểm tra hằng tuần"


def test_what_cannot_be_read_is_linked_to_its_field_and_nothing_typed_is_lost(commune):
    page = commune.send(
        f"{report_of('X1')}dien/", 422, **(ANSWERS | {"tra-loi.cuoc-hop": "vài", "tra-loi.uu-diem": "Đã gõ dài dòng"})
    )

    link = page.select_one(".faults a")
    assert link["href"] == "#tra-loi.cuoc-hop"
    field = page.find(id="tra-loi.cuoc-hop")
    assert (field["value"], field["aria-invalid"]) == ("vài", "true")
    assert page.find(id="tra-loi.uu-diem").text.strip() == "Đã gõ dài dòng"
    assert not ReportAnswer.objects.exists()


def test_another_number_than_the_records_needs_an_explanation(commune):
    page = commune.send(
        f"{report_of('X1')}dien/",
        422,
        **(ANSWERS | {"tra-loi.tre-han": "0", "tra-loi.dung-han": "2", "viec": "kiem-tra"}),
    )

    assert "Hãy giải trình" in page.words(".faults")
    assert page.find(id="tra-loi.tre-han").find_parent("details").has_attr("open")


def test_a_report_is_checked_sent_returned_and_accepted(commune, district):
    assert fill(commune, viec="kiem-tra") == report_of("X1")
    checked = commune.page(report_of("X1"))
    assert "Đã kiểm tra, chờ gửi" in checked.words()
    commune.send(f"{report_of('X1')}buoc/", viec="submit")
    assert "Đã gửi, chờ duyệt" in commune.page(report_of("X1")).words()

    assert "Duyệt hoặc trả lại" in district.page("/viec-cua-toi/").words()
    refused = district.checked(district.post(f"{report_of('X1')}buoc/", {"viec": "return", "ly-do": ""}), 409)
    assert "Hãy nêu lý do" in refused.words(".faults")
    district.send(f"{report_of('X1')}buoc/", **{"viec": "return", "ly-do": "Nêu rõ nguyên nhân trễ hạn\x00"})
    assert "Nêu rõ nguyên nhân trễ hạn" in commune.page(report_of("X1")).words()

    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")
    district.send(f"{report_of('X1')}buoc/", viec="accept")

    assert ReportObligation.objects.get(agency="X1").state == "accepted"
    assert Statement.objects.get(agency="X1", figure="communications.count", member="meeting").value == 2
    assert "lần gửi 2" in district.page(report_of("X1")).words()


def test_the_journal_tells_every_step(commune, district, officer):
    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")
    district.send(f"{report_of('X1')}buoc/", viec="accept")

    told = []
    for act_id in Act.objects.filter(kind__startswith="collection:").order_by("id").values_list("id", flat=True):
        told.append(officer.page(f"/nhat-ky/{act_id}/").select_one("h1").text)
    words = officer.page("/nhat-ky/").words()
    for deed in ("Lập yêu cầu báo cáo", "Điền báo cáo", "Kiểm tra xong báo cáo", "Gửi báo cáo", "Duyệt báo cáo"):
        assert deed in words
    assert len(told) == 5


def test_a_second_submission_is_refused_in_words(commune):
    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")

    page = commune.checked(commune.post(f"{report_of('X1')}buoc/", {"viec": "submit"}), 409)
    assert "không gửi hai lần" in page.words(".faults")


def test_a_district_lists_missing_communes_and_sees_the_accepted_ones_added_up(commune, district):
    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")
    district.send(f"{report_of('X1')}buoc/", viec="accept")
    own = ANSWERS | {"tra-loi.giai-quyet": "0", "tra-loi.dung-han": "0", "tra-loi.tre-han": "0"}
    own |= {f"tra-loi.{name}": "0" for name in ("ban-hanh-moi", "sua-doi", "giu-nguyen", "bai-bo", "lop-boi-duong")}
    district.send(f"{report_of('H')}dien/", viec="kiem-tra", **own)

    page = district.page(report_of("H"))
    row = next(tr for tr in page.select("tbody tr") if tr.th.text.startswith("Hồ sơ đã giải quyết xong"))
    assert row.select("td")[-1].text == "2 (1)"
    refused = district.checked(district.post(f"{report_of('H')}buoc/", {"viec": "submit"}), 409)
    assert "01 xã: Trường Hà" in refused.words(".faults")
    district.send(f"{report_of('H')}buoc/", **{"viec": "submit", "con-thieu": "X2"})

    assert ReportObligation.objects.get(agency="H").state == "submitted"
    assert "nơi nhận đã ghi là thiếu" in district.page(REQUEST).words()


def test_a_date_is_extended_with_a_reason(officer, asked):
    sent = {"viec": "extend", "han-moi": "2022-12-30", "ly-do": "Mưa lũ"}
    officer.send(f"{report_of('SNV')}buoc/", **sent)

    assert ReportObligation.objects.get(agency="SNV").due_at == at("12-30", 17)
    page = officer.checked(officer.post(f"{report_of('SNV')}buoc/", sent | {"han-moi": "2022-12-01"}), 409)
    assert "phải sau hạn" in page.words(".faults")
    assert page.find(id="ly-do-gia-han").text.strip() == "Mưa lũ"
    page = officer.checked(officer.post(f"{report_of('SNV')}buoc/", sent | {"han-moi": "mai"}), 400)
    assert "không phải là một ngày" in page.words(".faults")


def test_nobody_makes_the_moves_of_another_side(commune, officer, as_role, asked):
    leader = as_role(Role.PROVINCE_LEADER)
    for client in (officer, leader):
        assert client.post(f"{report_of('X1')}buoc/", {"viec": "accept"}).status_code == 403
    assert commune.post(f"{report_of('X1')}buoc/", {"viec": "accept"}).status_code == 403
    assert commune.get(report_of("X2")).status_code == 404
    assert commune.get(report_of("H")).status_code == 404
    assert as_role(Role.ONE_STOP_CLERK).get(report_of("X1")).status_code == 403
    assert "Duyệt" not in [button.text for button in leader.page(report_of("X1")).select("main button")]


def test_the_workbook_goes_down_and_comes_back(commune):
    fill(commune)
    reply = commune.get(f"{report_of('X1')}bang-tinh.xlsx")
    assert reply["Content-Type"].endswith("spreadsheetml.sheet")

    upload = SimpleUploadedFile("bao-cao.xlsx", reply.content)
    assert commune.send(f"{report_of('X1')}nap/", tep=upload) == f"{report_of('X1')}dien/"
    assert ReportAnswer.objects.get(agency="X1", question="cuoc-hop").value == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n"], ids=["empty", "broken zip", "csv"])
def test_a_file_that_is_no_workbook_is_refused_on_the_page(commune, content):
    page = commune.send(f"{report_of('X1')}nap/", 422, tep=SimpleUploadedFile("x.xlsx", content))

    assert page.select_one(".faults")


def test_no_file_is_refused_on_the_page(commune):
    page = commune.send(f"{report_of('X1')}nap/", 422)

    assert "Hãy chọn tệp" in page.words(".faults")


def test_late_agencies_are_urged_by_a_letter(officer, asked):
    officer.send(f"{REQUEST}don-doc/")
    page = officer.page(REQUEST)

    links = [a["href"] for a in page.select("aside li a")]
    assert links == [f"{REQUEST}don-doc-1.docx", f"{REQUEST}don-doc-1.pdf"]
    assert officer.get(links[1]).content.startswith(b"%PDF")
    assert officer.get(f"{REQUEST}don-doc-7.docx").status_code == 404
    assert officer.get(f"{REQUEST}don-doc-{10**30}.docx").status_code == 404


def test_urging_nobody_is_refused(officer, asked, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-15T08:00")

    reply = officer.checked(officer.post(f"{REQUEST}don-doc/"), 409)
    assert "Không có cơ quan nào quá hạn" in reply.words()


def test_the_list_is_filtered_by_standing(officer, asked, commune):
    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")

    (row,) = officer.page(f"{REQUEST}?tinh-trang=submitted").select("tbody tr")
    assert "Đào Ngạn" in row.text
    assert len(officer.page(f"{REQUEST}?tinh-trang=late").select("tbody tr")) == 3
    assert "Không có cơ quan nào" in officer.page(f"{REQUEST}?tinh-trang=accepted").words()
    assert officer.get(f"{REQUEST}?tinh-trang=gi-do").status_code == 400


def test_the_burden_is_shown_by_request_and_by_agency(officer, commune):
    fill(commune)
    page = officer.page("/yeu-cau-bao-cao/ganh-nang/")

    by_request, by_agency = page.select("table")
    assert by_request.select("td.num")[4].text.endswith("%")
    first = by_agency.select_one("tbody tr")
    assert "Đào Ngạn" in first.text
    assert [cell.text for cell in first.select("td.num")] == ["1", "7", "6"]
    assert officer.page("/yeu-cau-bao-cao/ganh-nang/?nam=2019").select_one(".empty")
    for year in ("abc", "99999999999", "²"):
        assert officer.get("/yeu-cau-bao-cao/ganh-nang/", {"nam": year}).status_code == 400


def test_answers_stand_side_by_side_with_the_marks_to_copy(commune, district, officer):
    fill(commune, viec="kiem-tra")
    commune.send(f"{report_of('X1')}buoc/", viec="submit")
    district.send(f"{report_of('X1')}buoc/", viec="accept")

    page = officer.page(f"{REQUEST}tong-hop/")
    assert "còn 02 cơ quan chưa báo cáo: 01 sở: Nội vụ; 01 huyện: Hà Quảng" in page.words()
    rows = {row.th.text: row for row in page.select("tbody tr")}
    assert rows["Hội nghị phổ biến, quán triệt"].select("td")[1].text == "0"
    assert "Tỷ lệ của nhiều cơ quan không cộng được" in rows["Tỷ lệ giải quyết trước hạn, đúng hạn"].text

    one = officer.page(f"{REQUEST}tong-hop/?cau-hoi=cuoc-hop")
    assert "2 hoạt động" in one.words(".value-box")
    found = officer.page(f"{REQUEST}tong-hop/?tim=nguoi+dung+dau+kiem+tra")
    (row,) = found.select("tbody tr")
    place = f"{CODE} chi-dao X1"
    assert row.select_one("code").text == f"[[answer {place}]][[note source {place}]]"
    assert officer.page(f"{REQUEST}tong-hop/?tim=khong+co").select_one(".empty")
    assert officer.get(f"{REQUEST}tong-hop/?cau-hoi=khong-co").status_code == 404
    assert len(district.page(f"{REQUEST}tong-hop/?cau-hoi=chi-dao").select("tbody tr")) == 1


def test_a_form_sent_empty_or_with_nonsense_is_never_a_crash(commune, district):
    odd = {"viec": "\x00", "dau": "x", "tra-loi.khong-co": "1", "tra-loi.han-che.1": "a", "can-cu.han-che.1": "zzz"}
    assert commune.post(f"{report_of('X1')}dien/", odd).status_code in (409, 422)
    assert commune.post(f"{report_of('X1')}dien/", {}).status_code in (302, 409, 422)
    refused = district.post(f"{report_of('X1')}buoc/", {"viec": "return", "ly-do": "\x00 Thiếu\x1b"})
    assert refused.status_code == 409, "it was never sent"
    for deed in ("", "accepted", "check", "submit", "reopen"):
        assert commune.post(f"{report_of('X1')}buoc/", {"viec": deed}).status_code in (302, 400, 409)
    assert district.post(f"{report_of('X1')}dien/", ANSWERS).status_code == 403


def add_communes(many):
    for number in range(many):
        Agency.objects.create(
            code=f"N{number:03d}", name=f"Xã {number}", kind="commune_committee", level="commune", parent="H"
        )


LISTS = (REQUEST, f"{REQUEST}tong-hop/", "/yeu-cau-bao-cao/", "/yeu-cau-bao-cao/ganh-nang/", report_of("H"))


@pytest.mark.parametrize("address", LISTS)
def test_fifty_agencies_take_the_queries_of_a_few(officer, address, monkeypatch):
    counts = []
    for many in (1, 60):
        with act("package:load", actor=SYSTEM):
            ReportAnswer.objects.all().delete()
            ReportObligation.objects.all().delete()
            ReportRequest.objects.all().delete()
            Agency.objects.filter(code__startswith="N").delete()
            add_communes(many)
        officer.send("/yeu-cau-bao-cao/moi/", form="annual", year="2022", number="1")
        with CaptureQueriesContext(connection) as found:
            officer.page(address)
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_what_waits_takes_the_queries_of_one_too(officer, as_role):
    with act("package:load", actor=SYSTEM):
        add_communes(45)
    officer.send("/yeu-cau-bao-cao/moi/", form="annual", year="2022", number="1")
    head = as_role(Role.AGENCY_HEAD, "H")
    counts = []
    for many in (1, 40):
        with act("collection:submit", actor=SYSTEM):
            sent = [f"N{number:03d}" for number in range(many)]
            ReportObligation.objects.filter(agency__in=sent).update(state="submitted", handed_in_at=at("12-19"))
        with CaptureQueriesContext(connection) as found:
            assert f"{many + 1} việc đang chờ" in head.page("/viec-cua-toi/").words()
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_the_list_of_agencies_comes_page_by_page(officer):
    with act("package:load", actor=SYSTEM):
        add_communes(70)
    officer.send("/yeu-cau-bao-cao/moi/", form="annual", year="2022", number="1")
    found, address = [], REQUEST
    while address:
        page = officer.page(address)
        found += [row.th.text for row in page.select("tbody tr")]
        following = page.select_one("a[rel=next]")
        address = following["href"] if following else None

    assert len(found) == len(set(found)) == 74


def test_files_have_names_that_say_whose_they_are(officer, asked):
    officer.send(f"{REQUEST}don-doc/")

    assert f"don-doc-{CODE}-1.docx" in officer.get(f"{REQUEST}don-doc-1.docx")["Content-Disposition"]
    assert io.BytesIO(officer.get(f"{report_of('X1')}bang-tinh.xlsx").content).read(2) == b"PK"
