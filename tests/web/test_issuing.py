"""In the browser: a frozen report takes its number, its files have it, it is made public and listed first."""

from dataclasses import replace

import pytest

from congvu.access.rules import Role
from congvu.figures.catalogue import FIGURES
from congvu.press.word.reader import read_part

from .test_reports import DRAFT, FIRST, FREEZE, frozen, province  # noqa: F401 - fixtures

ISSUE, PUBLISH = f"{FIRST}phat-hanh/", f"{FIRST}cong-bo/"


@pytest.fixture
def officer(frozen):  # noqa: F811
    frozen.send(FREEZE)
    return frozen


def test_a_frozen_report_is_issued_and_published(officer, as_role):
    assert "2022-12-21" in str(officer.page(FIRST).select_one("input[name=day]"))
    assert officer.send(ISSUE, day="2022-12-21") == FIRST
    page = officer.page(FIRST)
    assert "Số, ký hiệu 1/BC-UBND Ngày phát hành 21/12/2022" in page.words(".facts")
    assert "chưa công bố" in page.words(".facts")
    assert "Số: 1/BC-UBND" in page.words(".paper .letterhead")
    assert "ngày 21 tháng 12 năm 2022" in page.words(".paper .letterhead")
    assert "1/BC-UBND, 21/12/2022" in officer.page("/bao-cao/").words()
    assert not officer.page("/bao-cao/").select("#da-cong-bo")

    assert officer.send(PUBLISH, day="21/12/2022") == FIRST
    leader = as_role(Role.PROVINCE_LEADER).page("/bao-cao/")
    assert leader.select_one("main h2").get_text() == "Đã công bố"
    assert "1/BC-UBND 21/12/2022 Kết quả thực hiện kỷ luật" in leader.words("section[aria-labelledby=da-cong-bo]")
    assert not officer.page(FIRST).select("form.column")


def test_the_files_of_an_issued_report_have_its_number(officer):
    officer.send(ISSUE, day="2022-12-21")
    docx = officer.get(f"{DRAFT}ban-1.docx").content

    assert "Số: 1/BC-UBND" in "".join(read_part(docx, "word/document.xml").itertext())


@pytest.mark.parametrize(
    ("address", "day", "status", "complaint"),
    [
        (ISSUE, "", 422, "Hãy nhập ngày"),
        (ISSUE, "hôm nay", 422, "Hãy nhập ngày"),
        (ISSUE, "2022-12-25", 409, "đến hôm nay"),
        (ISSUE, "0001-01-01", 409, "ngày chốt"),
        (PUBLISH, "2022-12-21", 409, "chưa phát hành"),
    ],
)
def test_a_day_that_cannot_be_is_refused_on_the_page(officer, address, day, status, complaint):
    assert complaint in officer.send(address, status=status, day=day).words(".faults")


def test_a_report_is_not_issued_twice(officer):
    officer.send(ISSUE, day="2022-12-21")

    assert "Bản 1 đã phát hành" in officer.send(ISSUE, status=409, day="2022-12-21").words(".faults")


def test_a_leader_sees_no_button_to_issue(officer, as_role):
    leader = as_role(Role.PROVINCE_LEADER)

    assert not leader.page(FIRST).select("form.column")
    assert leader.post(ISSUE, {"day": "2022-12-21"}).status_code == 403


def test_the_page_says_when_figures_are_defined_otherwise_than_at_the_freezing(officer, monkeypatch):
    assert "Định nghĩa của một số chỉ tiêu đã đổi" not in officer.page(FIRST).words()
    monkeypatch.setitem(FIGURES, "dossiers.late", replace(FIGURES["dossiers.late"], sentence="Câu mới."))

    assert "Định nghĩa của một số chỉ tiêu đã đổi sau khi chốt" in officer.page(FIRST).words()


def test_two_revisions_are_compared_where_a_figure_is_gone_since(officer, monkeypatch):
    officer.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")
    officer.send(FREEZE)
    monkeypatch.delitem(FIGURES, "dossiers.late")

    assert "dossiers.late[level=commune] year 2 1" in officer.page(FIRST.replace("ban-1", "ban-2")).words("table")
