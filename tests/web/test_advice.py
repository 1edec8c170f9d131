"""In the browser: what to look at in a draft, a paragraph beside its preview, a mark put in for a typed number."""

import pytest

from congvu.reports.models import Draft

from .test_drafts import DRAFTS, REPORT, docx, position_of, replaced, send  # noqa: F401 - docx is a fixture

TYPED = "Cấp xã đã giải quyết xong 3 hồ sơ, theo Kế hoạch số 901/KH-UBND ngày 03/4/2022."
MARK = "dossiers.finished level=commune"


@pytest.fixture
def paragraph(officer):
    """The address of a paragraph of the draft."""
    return f"{DRAFTS}0/doan-{position_of(officer, 'Trang phục khi làm việc')}/"


def test_the_draft_lists_what_to_look_at_and_leads_to_the_paragraph(officer, paragraph):
    officer.send(paragraph, text=TYPED)
    page = officer.page(REPORT)
    advice = page.select_one("section[aria-labelledby=canh-bao]")

    assert "Số gõ tay trùng với chỉ tiêu: 1" in page.words("section[aria-labelledby=canh-bao]")
    assert f"[[{MARK}]]" in {code.get_text() for code in advice.select("code")}
    assert "901/KH-UBND chưa có trong sổ văn bản" in advice.get_text()
    edit = advice.select_one("a[href*=doan-]")["href"]
    assert edit == paragraph.replace("/0/", "/2/")
    assert officer.page(edit).select_one("textarea").string == TYPED


def test_a_draft_without_typed_numbers_says_nothing_of_them(officer):
    assert "Số gõ tay" not in officer.page(REPORT).words()


def test_the_preview_stands_beside_the_words_and_keeps_nothing(officer, paragraph):
    text = f"Có [[{MARK}]] hồ sơ[[footnote: Tính đến [[to year]].]]."
    page = officer.send(paragraph, status=200, text=text, action="preview")

    assert "Có 3 hồ sơ 1 ." in page.words(".beside .paper")
    assert "Tính đến 31/12/2022." in page.words(".beside .notes")
    assert page.select_one("textarea").string == text
    assert page.select_one(".beside .paper a.mark[href*='/chi-tieu/dossiers.finished/']")
    assert "Không thấy chỗ nào cần xem lại trong đoạn này." in page.words()
    assert not Draft.objects.exists()


def test_an_opened_paragraph_is_shown_as_it_stands_in_the_report(officer, paragraph):
    assert "Trang phục khi làm việc gọn gàng" in officer.page(paragraph).words(".beside .paper")


def test_a_button_puts_the_mark_in_for_the_typed_number(officer, paragraph):
    page = officer.send(paragraph, status=200, text=TYPED, action="preview")
    button = page.select_one("button[name=put]")
    assert button["form"] == page.select_one("form.column")["id"]
    page = officer.send(paragraph, status=200, text=TYPED, put=button["value"])

    assert page.select_one("textarea").string == TYPED.replace("3 hồ sơ", f"[[{MARK}]] hồ sơ")
    assert not page.select("button[name=put]")
    assert "giải quyết xong 3 hồ sơ" in page.words(".beside .paper")
    assert not Draft.objects.exists()


def test_a_paragraph_that_is_added_is_previewed_too(officer):
    page = officer.send(f"{DRAFTS}0/doan-0/them/", status=200, text=TYPED, action="preview")

    assert "Cấp xã đã giải quyết xong 3 hồ sơ" in page.words(".beside .paper")
    assert page.select_one("button[name=put]")["value"] == f"3|{MARK}"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"text": "Có [[dossiers.lates]].", "action": "preview"}, "không có chỉ tiêu «dossiers.lates»"),
        ({"text": "", "action": "preview"}, "Hãy viết nội dung của đoạn"),
        ({"action": "preview"}, "Hãy viết nội dung của đoạn"),
        ({"text": "Có {{x", "action": "preview"}, "dấu {{ không có dấu đi cùng"),
        ({"text": "Có 3.", "put": "3|nothing such"}, "không có chỉ tiêu «nothing»"),
        ({"text": "Có 3.", "put": ""}, "Hãy viết nội dung của đoạn"),
        ({"text": "a" * 20_001, "action": "preview"}, "dài hơn 20000 chữ cái"),
    ],
)
def test_what_cannot_stand_in_a_report_is_refused_before_it_is_shown(officer, paragraph, fields, complaint):
    page = officer.send(paragraph, status=422, **fields)

    assert complaint in page.words(".faults")
    assert not page.select(".beside .paper")


def test_a_paragraph_whose_condition_does_not_hold_is_said_not_to_show(officer, paragraph):
    page = officer.send(paragraph, status=200, text="{{directive_of_year: Có chỉ thị.}}", action="preview")

    assert "không hiện trong báo cáo" in page.words(".beside")


def test_a_file_brought_back_says_at_its_head_what_to_look_at(officer, docx):  # noqa: F811
    page = send(officer, replaced(docx, "gọn gàng, lịch sự", "theo Kế hoạch số 901/KH-UBND"), action="return")

    assert "Cần xem lại trong dự thảo:" in page.words("section[aria-labelledby=da-dua-ve]")
    assert "Văn bản viện dẫn 1" in page.words("section[aria-labelledby=da-dua-ve]")
    assert page.select_one(f"a[href='{REPORT}#canh-bao']")
