"""In the browser: a Word file renewed and brought back, drafts and their history, a paragraph edited."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.access.rules import Role
from congvu.press.word.reader import marks
from congvu.press.word.refresh import table_of
from congvu.reports.models import Draft
from tests.press import word_file as word
from tests.press.word_file import add_paragraph, replaced, typed

from .province import make_user

REPORT = "/bao-cao/annual/2022/"
WORD, DRAFTS = f"{REPORT}tep-word/", f"{REPORT}du-thao/"


@pytest.fixture
def docx(officer):
    return officer.get(f"{REPORT}du-thao.docx").content


def uploaded(content, name="bao-cao.docx"):
    return SimpleUploadedFile(name, content)


def send(client, content, status=200, **fields):
    return client.checked(client.post(WORD, {"file": uploaded(content)} | fields), status)


def position_of(client, words):
    page = client.page(DRAFTS)
    return next(int(li["id"].split("-")[1]) for li in page.select(".paragraphs li") if words in li.get_text())


def test_the_draft_leads_to_the_word_file_and_the_drafts(officer):
    links = {a["href"] for a in officer.page(REPORT).select(".files a")}

    assert {WORD, DRAFTS} <= links


def test_a_file_is_renewed_and_each_change_is_a_row(officer, docx):
    officer.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")
    edited = add_paragraph(docx, typed("Thêm [[dossiers.late level=commune]] và [[dossiers.lates]]."), before="II. ")
    page = send(officer, edited)

    rows = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert any(row.startswith("Dấu mới Hồ sơ giải quyết trễ hạn [[dossiers.late level=commune]]") for row in rows)
    assert any("không có chỉ tiêu «dossiers.lates»" in row and "giữ nguyên" in row for row in rows)
    assert any(row.startswith("Đã làm mới") and row.endswith("2/3 1/3") for row in rows)


def test_the_renewed_file_is_downloaded_from_the_page_that_lists_its_changes(officer, docx):
    page = send(officer, add_paragraph(docx, typed("Thêm [[dossiers.late level=commune]]."), before="II. "))
    carried = page.select_one("[name=carried]")["value"]
    reply = officer.post(WORD, {"carried": carried, "action": "download"})

    assert reply["Content-Disposition"] == 'attachment; filename="bao-cao-2022-lam-moi.docx"'
    assert reply.content == base64.b64decode(carried)
    assert "Thêm 2." in word.texts(reply.content)
    assert len(marks(reply.content)) == len(marks(docx)) + 1


def test_a_file_can_be_renewed_and_downloaded_at_once(officer, docx):
    reply = officer.post(WORD, {"file": uploaded(docx), "action": "download"})

    assert reply["Content-Type"].endswith("wordprocessingml.document")
    assert word.parts(reply.content)["word/document.xml"] == word.parts(docx)["word/document.xml"]


def test_an_edited_file_is_brought_back_and_the_history_says_who_and_what(officer, docx):
    page = send(officer, replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), action="return")

    assert "Đã ghi thành dự thảo 2" in page.words()
    history = officer.page(DRAFTS)
    assert "Dự thảo 2" in history.words("table")
    assert officer.user.full_name in history.words("table")
    assert "Tệp Word" in history.words("table")
    changes = officer.page(f"{DRAFTS}2/").words("table")
    assert "Sửa đoạn" in changes
    assert "gọn gàng, lịch sự, đúng quy định" in changes
    assert "chỉnh tề, đúng quy định" in changes
    assert "chỉnh tề, đúng quy định" in officer.page(REPORT).words(".paper")
    assert "dự thảo 2" in officer.page(REPORT).words(".facts")
    carried = base64.b64decode(page.select_one("[name=carried]")["value"])
    assert table_of(carried).about["draft"] == 2


def test_a_renewed_file_is_brought_back_from_the_page_that_lists_its_changes(officer, docx):
    page = send(officer, replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"))
    carried = page.select_one("[name=carried]")["value"]
    reply = officer.post(WORD, {"carried": carried, "action": "return"})

    assert "Đã ghi thành dự thảo 2" in officer.checked(reply).words()


def test_the_second_of_two_officers_is_told_which_draft_theirs_was_based_on(officer, as_role, docx):
    send(officer, replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), action="return")
    other = as_role(Role.REPORTING_OFFICER, "SNV")
    page = send(other, replaced(docx, "gọn gàng, lịch sự", "giản dị"), status=409, action="return")

    assert "được tạo từ dự thảo 1; nay đã có dự thảo 2" in page.words(".faults")
    assert Draft.objects.count() == 2


def test_a_paragraph_is_edited_on_the_page(officer):
    place = position_of(officer, "Trang phục khi làm việc")
    address = f"{DRAFTS}0/doan-{place}/"
    assert "Trang phục khi làm việc" in officer.page(address).select_one("textarea").string

    assert officer.send(address, text="Trang phục đúng quy định, có [[courses.count]] lớp.") == DRAFTS
    page = officer.page(DRAFTS)
    assert "Trang phục đúng quy định, có [[courses.count]] lớp." in page.words(f"#doan-{place}")
    assert officer.user.full_name in page.words(f"#doan-{place}")
    assert "Trang phục đúng quy định, có 0 lớp." in officer.page(REPORT).words(".paper")


def test_a_paragraph_is_added_and_deleted_on_the_page(officer):
    assert officer.send(f"{DRAFTS}0/doan-0/them/", text="Đoạn đầu tiên.") == DRAFTS
    assert "Đoạn đầu tiên." in officer.page(DRAFTS).words("#doan-1")
    assert officer.send(f"{DRAFTS}2/doan-1/", action="delete") == DRAFTS

    assert "Đoạn đầu tiên." not in officer.page(REPORT).words(".paper")
    assert "Bỏ đoạn 1" in officer.page(f"{DRAFTS}3/").words("table")


def test_one_who_edits_an_old_draft_is_told_and_loses_no_word(officer):
    officer.send(f"{DRAFTS}0/doan-2/", text="Câu thứ nhất.")
    page = officer.send(f"{DRAFTS}0/doan-2/", status=409, text="Câu thứ hai.")

    assert "Dự thảo 2 do" in page.words(".faults")
    assert page.select_one("textarea").string == "Câu thứ hai."
    officer.send(f"{DRAFTS}2/doan-2/", text="Câu thứ ba.")
    assert officer.send(f"{DRAFTS}2/doan-2/", status=409, action="delete").select(".faults")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "Hãy viết nội dung"), ("Có [[dossiers.lates]].", "không có chỉ tiêu"), ("a]]", "không có dấu đi cùng")],
)
def test_words_that_no_report_can_hold_are_refused_in_the_form(officer, text, complaint):
    page = officer.send(f"{DRAFTS}0/doan-2/", status=422, text=text)

    assert complaint in page.words(".faults")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"%PDF-1.7", "không phải tệp DOCX"),
        (b"PK\x03\x04broken", "không phải tệp DOCX"),
        (word.packed({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}), "macro"),
        (word.packed({"word/document.xml": b"<x/>"}), "không phải văn bản Word"),
    ],
)
@pytest.mark.parametrize("action", ["", "download", "return"])
def test_a_file_that_cannot_be_read_is_refused_in_the_form(officer, content, complaint, action):
    assert complaint in send(officer, content, status=422, action=action).words(".faults")


def test_a_file_of_another_year_is_refused_in_the_form(officer, docx):
    reply = officer.post("/bao-cao/annual/2021/tep-word/", {"file": uploaded(docx)})

    assert "năm 2022, không phải báo cáo «annual» năm 2021" in officer.checked(reply, 422).words(".faults")


def test_a_file_that_is_not_ours_has_its_typed_marks_renewed(officer, docx):
    bare = {name: content for name, content in word.parts(docx).items() if name != "docProps/custom.xml"}
    content = add_paragraph(word.packed(bare), typed("Thêm [[dossiers.late level=commune]]."), before="II. ")

    assert "Dấu mới" in send(officer, content).words("table")
    assert "không được tạo từ dự thảo" in send(officer, content, status=422, action="return").words(".faults")


def test_a_page_that_is_only_opened_complains_of_nothing(officer):
    assert not officer.page(WORD).select(".faults")


@pytest.mark.parametrize(
    "fields", [{}, {"carried": "@@@"}, {"carried": "é"}, {"carried": "eA=="}, {"carried": "eA==", "action": "return"}]
)
def test_a_form_without_a_file_is_refused_in_words(officer, fields):
    assert officer.send(WORD, status=422, **fields).select(".faults")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bao-cao/weekly/2022/tep-word/", 400),
        ("/bao-cao/annual/1/du-thao/", 400),
        ("/bao-cao/annual/99999999999999999999/du-thao/0/doan-1/", 400),
        (f"{DRAFTS}99999999999999999999/", 404),
        (f"{DRAFTS}0/", 404),
        (f"{DRAFTS}0/doan-0/", 404),
        (f"{DRAFTS}0/doan-999999999999999999999/", 404),
        (f"{DRAFTS}0/doan-9999/them/", 404),
        (f"{DRAFTS}7/doan-1/", 404),
    ],
)
def test_an_odd_address_is_refused_in_words(officer, address, status):
    officer.checked(officer.get(address), status)


def test_a_leader_sees_no_draft(as_role):
    leader = as_role(Role.PROVINCE_LEADER)

    for address in (WORD, DRAFTS, f"{DRAFTS}0/doan-1/"):
        leader.page(address, status=403)


def test_somebody_without_a_seat_sees_no_draft(province, browser):
    browser.force_login(make_user("khong-vi-tri"), backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get(DRAFTS).status_code == 403
