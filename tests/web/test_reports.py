"""Reports in the browser: drafts, freezing, what a frozen one shows after a correction, files, who sees what."""

import io
import zipfile

import pytest
from django.db import connection

from congvu.access.rules import Role
from congvu.reports.models import Revision

from .province import make_province, make_user

DRAFT, FREEZE = "/bao-cao/annual/2022/", "/bao-cao/annual/2022/chot/"
FIRST, SECOND = f"{DRAFT}ban-1/", f"{DRAFT}ban-2/"
LATE = "dossiers.late[level=commune]"


@pytest.fixture
def frozen(own_database, settings, as_role):
    """The officer's browser, with revision 1 frozen; commits are real, so the snapshot lies on disk."""
    return as_role(Role.REPORTING_OFFICER)


@pytest.fixture
def province(request):
    """The small province, in the database of the test's own where it has one."""
    request.getfixturevalue("own_database" if "own_database" in request.fixturenames else "db")
    make_province()


def test_the_draft_shows_its_words_and_each_figure_leads_to_its_rows(officer):
    page = officer.page(DRAFT)

    assert "Kết quả thực hiện kỷ luật, kỷ cương hành chính và văn hóa công vụ năm 2022" in page.words(".paper")
    late = page.select_one("a.mark[href*='/chi-tieu/dossiers.late_rate/']")
    assert officer.page(late["href"].split("?")[0] + "?" + late["href"].split("?")[1]).select_one("h1")
    assert not page.select(".faults")


def test_the_draft_says_which_citations_are_missing(officer):
    assert "chưa chọn văn bản cho «Kế hoạch cải cách hành chính của tỉnh»" in officer.page(DRAFT).words(".notice")


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_the_draft_downloads(officer, form):
    reply = officer.get(f"{DRAFT}du-thao.{form}")

    assert reply.status_code == 200
    assert reply["Content-Disposition"] == f'attachment; filename="bao-cao-2022-du-thao.{form}"'
    assert reply.content[:4] == (b"%PDF" if form == "pdf" else b"PK\x03\x04")
    if form != "pdf":
        assert zipfile.ZipFile(io.BytesIO(reply.content)).testzip() is None


def test_a_frozen_report_stays_and_the_next_draft_shows_what_differs(frozen):
    assert frozen.send(FREEZE) == FIRST
    before = frozen.page(FIRST).words(".paper")
    assert "Mọi số liệu vẫn như bản đã chốt." in frozen.page(DRAFT).words()

    frozen.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")

    assert frozen.page(FIRST).words(".paper") == before
    rows = frozen.page(f"{FIRST}chi-tieu/", **{"chi-tieu": LATE, "ky": "year"})
    assert "X1-LATE" in rows.words()
    assert "2 hồ sơ" in rows.words(".value-box")
    changed = frozen.page(DRAFT).words("table")
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã year 2 1" in changed
    assert frozen.send(FREEZE) == SECOND
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã year 2 1" in frozen.page(SECOND).words("table")
    assert [r.number for r in Revision.objects.order_by("number")] == [1, 2]


def test_a_frozen_report_downloads_as_it_was(frozen):
    frozen.send(FREEZE)
    first = frozen.get(f"{DRAFT}ban-1.docx").content
    frozen.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")

    assert frozen.get(f"{DRAFT}ban-1.docx").content == first


def test_a_leader_reads_frozen_reports_but_no_draft(frozen, as_role):
    leader = as_role(Role.PROVINCE_LEADER)
    assert "Chưa có báo cáo nào được chốt" in leader.page("/bao-cao/").words()
    frozen.send(FREEZE)

    assert "Bản 1" in leader.page("/bao-cao/").words()
    assert "Dự thảo" not in leader.page("/bao-cao/").words()
    leader.page(FIRST)
    leader.page(DRAFT, status=403)
    assert leader.post(FREEZE).status_code == 403


def test_the_head_of_an_agency_sees_the_province_s_values_but_opens_their_own_rows(frozen, as_role):
    frozen.send(FREEZE)
    head = as_role(Role.AGENCY_HEAD, "X1")
    assert "trễ hạn 2/3 hồ sơ" in head.page(FIRST).words(".paper")

    rows = head.page(f"{FIRST}chi-tieu/", **{"chi-tieu": LATE, "ky": "year"})
    assert "X1-LATE" in rows.words()
    assert "X2-LATE" not in rows.words()


def test_names_of_the_disciplined_stay_hidden_in_a_frozen_report(frozen, as_role):
    frozen.send(FREEZE)

    page = frozen.page(f"{FIRST}chi-tieu/", **{"chi-tieu": "officers.disciplined", "ky": "year"})
    assert "Nông Văn An" not in page.words()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_act WHERE kind = 'figure:open'")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bao-cao/weekly/2022/", 400),
        ("/bao-cao/annual/1/", 400),
        ("/bao-cao/annual/999999999999999999999/", 400),
        ("/bao-cao/annual/2022/ban-7/", 404),
        ("/bao-cao/annual/2022/ban-99999999999999999999/", 404),
        ("/bao-cao/annual/2022/ban-1/chi-tieu/?chi-tieu=x&ky=year", 404),
        ("/bao-cao/annual/2022/du-thao.exe", 404),
    ],
)
def test_an_odd_address_is_refused_in_words(officer, address, status):
    officer.checked(officer.get(address), status)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"chi-tieu": "x", "ky": "year"}, 400),
        ({"chi-tieu": LATE, "ky": "spring"}, 404),
        ({"chi-tieu": LATE, "ky": "year", "sau": "abc"}, 400),
        ({}, 400),
    ],
)
def test_an_odd_figure_of_a_frozen_report_is_refused_in_words(frozen, query, status):
    frozen.send(FREEZE)

    frozen.page(f"{FIRST}chi-tieu/", status=status, **query)


def test_somebody_without_a_seat_sees_no_report(province, browser):
    browser.force_login(make_user("khong-vi-tri"), backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get("/bao-cao/").status_code == 403
