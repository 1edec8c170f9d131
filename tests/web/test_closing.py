"""Closed periods in the browser: the list, closing with a look before, values and rows as they were, late entries."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.access.rules import SYSTEM, Role
from congvu.figures.models import Closing
from congvu.figures.store import path_of
from congvu.journal.services import act
from congvu.province.models import Agency

from .province import at, make_dossier

LIST = "/chot-so-lieu/"
MARCH = {"tu": "2022-03-01", "den": "2022-03-31"}
OF_MARCH = "/chot-so-lieu/2022-03-01/2022-03-31/lan-1"
LATE = {"chi-tieu": "dossiers.late[level=commune]", "pham-vi": "toan-tuyen"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def to_close(agency, **days):
    query = "&".join(f"{name}={value}" for name, value in ({"co-quan": agency} | MARCH | days).items())
    return f"{LIST}chot/?{query}"


def follow(client, link, status=200):
    parts = urlsplit(link["href"])
    return client.page(parts.path, status, **dict(parse_qsl(parts.query)))


def row_of(page, name):
    [row] = [row for row in page.select("main tbody tr") if row.th.get_text(strip=True).startswith(name)]
    return " ".join(row.get_text(" ").split())


@pytest.fixture
def closed(officer):
    """The officer's browser, with March closed for the district and its communes."""
    officer.send(to_close("H"), how="below", reason="")
    return officer


def test_the_list_shows_every_agency_with_its_state_in_words_and_what_is_missing(officer):
    page = officer.page(LIST, **MARCH)

    assert "0/5 cơ quan đã chốt kỳ 01/03/2022–31/03/2022" in page.words(".head")
    assert "Chưa chốt" in row_of(page, "UBND xã Đào Ngạn")
    assert "Còn 2 cơ quan bên dưới chưa chốt: UBND xã Đào Ngạn, UBND xã Trường Hà." in row_of(
        page, "UBND huyện Hà Quảng"
    )
    depths = [(row.th.get_text(strip=True), *row["class"]) for row in page.select("main tbody tr")]
    assert depths == [
        ("UBND tỉnh", "depth-0"),
        ("Sở Nội vụ", "depth-1"),
        ("UBND huyện Hà Quảng", "depth-1"),
        ("UBND xã Đào Ngạn", "depth-2"),
        ("UBND xã Trường Hà", "depth-2"),
    ]


def test_without_days_the_list_is_of_the_last_month_that_ended(officer):
    assert "01/11/2022–30/11/2022" in officer.page(LIST).words(".head")


def test_a_period_that_is_not_over_cannot_be_closed(officer):
    page = officer.page(LIST, tu="2022-12-01", den="2022-12-31")
    assert "Kỳ chưa hết" in row_of(page, "UBND xã Đào Ngạn")
    assert not page.select("a[href*='/chot/']")

    refused = officer.send(to_close("X1", tu="2022-12-01", den="2022-12-31"), status=422, how="alone")
    assert "chưa hết" in refused.words(".faults")


def test_a_commune_is_closed_after_a_look_at_what_that_means(officer):
    link = next(a for a in officer.page(LIST, **MARCH).select("a[href*='/chot/']") if "Đào Ngạn" in a.get_text())
    page = follow(officer, link)
    assert "Hãy kiểm tra trước khi chốt" in page.words()
    assert [option["value"] for option in page.select("select option")] == ["alone"]
    assert Closing.objects.count() == 0

    address = officer.send(to_close("X1"), how="alone")
    assert address == f"{OF_MARCH}/co-quan/X1/"
    page = officer.page(address)
    assert "Đã chốt kỳ 01/03/2022–31/03/2022 của UBND xã Đào Ngạn." in page.words()
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã 1 như đã chốt" in page.words("table")
    assert "Lần 1, 08:00 21/12/2022, Người reporting_officer-." in row_of(officer.page(LIST, **MARCH), "UBND xã Đào")


def test_a_district_whose_communes_are_missing_needs_a_reason(officer):
    refused = officer.send(to_close("H"), status=422, how="missing", reason=" ")
    assert "Hãy nêu lý do chốt khi còn thiếu" in refused.words(".faults")
    assert "Hãy chọn phạm vi chốt." in officer.send(to_close("H"), status=422).words(".faults")

    officer.send(to_close("H"), how="missing", reason="Hai xã mất mạng")
    page = officer.page(LIST, **MARCH)
    assert "Đã chốt, còn thiếu" in row_of(page, "UBND huyện Hà Quảng")
    assert "Thiếu 2 cơ quan: Hai xã mất mạng" in row_of(page, "UBND huyện Hà Quảng")
    assert "UBND xã Đào Ngạn, UBND xã Trường Hà. Lý do: Hai xã mất mạng" in officer.page(
        f"{OF_MARCH}/co-quan/H/"
    ).words(".facts")


def test_everybody_below_is_closed_at_once_and_the_tier_opens_to_its_rows(closed):
    page = closed.page(f"{OF_MARCH}/co-quan/H/")
    assert "cơ quan bên dưới: 3 cơ quan" in page.words("[role=status]")
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã 1" in page.words("[aria-labelledby=so-toan-tuyen]")

    rows = closed.page(f"{OF_MARCH}/chi-tieu/H/", **LATE)
    assert "X1-LATE" in rows.words()
    assert "Như lúc chốt: 08:00 21/12/2022 · UBND huyện Hà Quảng và các cơ quan bên dưới" in rows.words(".scope")
    assert closed.page(LIST).words("[aria-labelledby=cac-ky] td") == "3"


def test_what_comes_late_is_listed_and_the_closed_value_stays(closed):
    late = f"{OF_MARCH}/phat-sinh-muon/X1/"
    assert "Chưa có dòng nào phát sinh muộn" in closed.page(late).words()
    closed.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")

    page = closed.page(late)
    assert "1 dòng" in page.words(".head")
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã −1" in page.words("[aria-labelledby=cong-lai]")
    assert "X1-LATE ≠ Đã đổi Hồ sơ thủ tục hành chính UBND xã Đào Ngạn" in page.words("[aria-labelledby=cac-dong]")
    assert page.select_one("a[href='/ho-so/X1-LATE/']")
    assert "1 dòng" in closed.page(f"{OF_MARCH}/phat-sinh-muon/H/", **{"pham-vi": "toan-tuyen"}).words(".head")
    assert "0 dòng" in closed.page(f"{OF_MARCH}/phat-sinh-muon/H/").words(".head")
    page = closed.page(f"{OF_MARCH}/co-quan/X1/")
    assert "Hồ sơ giải quyết trễ hạn: Cấp xã 1 0" in page.words("table")
    assert "chỉ tiêu nay khác số đã chốt" in page.words()
    assert "X1-LATE" in closed.page(f"{OF_MARCH}/chi-tieu/X1/", **LATE | {"pham-vi": "rieng"}).words()


def test_the_next_closing_shows_what_it_took_in(closed):
    with act("dossier:correct", actor=SYSTEM):
        make_dossier("X1-MUON", finished_at=at("03-17"), received_at=at("03-02"))
    april = to_close("X1", tu="2022-04-01", den="2022-04-30")
    assert "Hồ sơ đã giải quyết xong: Cấp xã 0 +1 1" in closed.page(april).words("[aria-labelledby=so-se-chot]")
    closed.send(april, how="alone")

    page = closed.page("/chot-so-lieu/2022-04-01/2022-04-30/lan-1/co-quan/X1/")
    assert "Hồ sơ đã giải quyết xong: Cấp xã 0 +1 1" in page.words("table")


def test_a_long_list_of_late_entries_has_pages(closed):
    with act("dossier:correct", actor=SYSTEM):
        for number in range(60):
            make_dossier(f"MUON-{number:02d}", finished_at=at("03-17"), received_at=at("03-02"))
    page = closed.page(f"{OF_MARCH}/phat-sinh-muon/X1/")
    seen = [a.get_text() for a in page.select("tbody th a")]
    following = follow(closed, page.select_one("a[rel=next]"))
    seen += [a.get_text() for a in following.select("tbody th a")]

    assert seen == [f"MUON-{number:02d}" for number in range(60)]
    assert "60 dòng" in following.words(".head")
    assert not following.select("a[rel=next]")


def test_a_figure_s_page_says_that_its_period_is_closed_and_by_how_much_it_differs(closed, as_role):
    head = as_role(Role.AGENCY_HEAD)
    asked = {"level": "commune", **MARCH}
    assert "Số đã chốt: 1 , như hiện nay" in head.page("/chi-tieu/dossiers.late/", **asked).words(".notice")
    closed.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")

    page = head.page("/chi-tieu/dossiers.late/", **asked)
    assert "Số đã chốt: 1 ; nay khác −1: xem các dòng phát sinh muộn" in page.words(".notice")
    assert "X1-LATE" in follow(head, page.select_one(".notice a")).words()
    assert "X1-LATE" in follow(head, page.select(".notice a")[1]).words()
    assert "Xem số liệu đã chốt" in head.page("/chi-tieu/dossiers.late/", **MARCH).words(".notice")
    # the whole province has not closed, nor has the year: nothing is said
    notices = ".notice:not([role])"
    assert not closed.page("/chi-tieu/dossiers.late/", **asked).select(notices)
    year = {"tu": "2022-01-01", "den": "2022-12-31"}
    assert not head.page("/chi-tieu/dossiers.late/", level="commune", **year).select(notices)
    closed.send(to_close("P"), how="below")
    # 1 is what the commune had closed before the correction, and so has the province
    assert "Số đã chốt: 1 ; nay khác −1" in closed.page("/chi-tieu/dossiers.late/", **asked).words(notices)
    assert "Số đã chốt: 1 , như hiện nay" in closed.page("/chi-tieu/procedures.in_force/", **MARCH).words(notices)
    assert not head.page("/chi-tieu/procedures.in_force/", **MARCH).select(notices)


def test_reopening_takes_a_reason_and_the_closing_is_kept(closed):
    address = f"{OF_MARCH}/mo-lai/X1/"
    refused = closed.send(address, status=422, reason="Nhập thiếu")
    assert "Hãy mở lại kỳ của các cơ quan ấy trước" in refused.words(".faults")
    assert "Hãy nêu lý do mở lại" in closed.send(f"{OF_MARCH}/mo-lai/H/", status=422, reason="").words(".faults")
    closed.send(f"{OF_MARCH}/mo-lai/H/", reason="Nhập thiếu")
    closed.send(address, reason="Nhập thiếu")

    page = closed.page(LIST, **MARCH)
    assert "Đã mở lại" in row_of(page, "UBND xã Đào Ngạn")
    assert "Nhập thiếu" in row_of(page, "UBND xã Đào Ngạn")
    closed.send(to_close("X1"), how="alone")
    second = closed.page(OF_MARCH.replace("lan-1", "lan-2") + "/co-quan/X1/")
    first = follow(
        closed, next(a for a in second.select(".deeds a") if "Xem lần chốt 1" in a.get_text(" ", strip=True))
    )
    assert "Đã mở lại" in first.words(".state")
    assert not first.select("a.button")
    assert "X1-LATE" in closed.page(f"{OF_MARCH}/chi-tieu/X1/", **LATE | {"pham-vi": "rieng"}).words()
    # an old page's button does not open what was closed since
    assert closed.post(address, {"reason": "Nhập thiếu"}).status_code == 404
    assert Closing.objects.get(agency="X1", number=2).reopened_at is None


def test_one_who_closes_what_another_has_just_closed_is_told(officer):
    officer.send(to_close("X1"), how="alone")
    refused = officer.send(to_close("X1"), status=422, how="alone")

    assert "đã được Người reporting_officer- chốt (lần 1)" in refused.words(".faults")


def test_a_head_closes_their_own_and_sees_nobody_else_s(officer, as_role):
    head = as_role(Role.AGENCY_HEAD, "X1")
    page = head.page(LIST, **MARCH)
    assert [row.th.get_text(strip=True) for row in page.select("main .tree tbody tr")] == ["UBND xã Đào Ngạn"]
    head.send(to_close("X1"), how="alone")
    officer.send(to_close("X2"), how="alone")

    assert head.page(LIST, **MARCH).words("[aria-labelledby=cac-ky] td") == "1"
    head.page(to_close("X2"), 404)
    for page in ("co-quan", "chi-tieu", "phat-sinh-muon", "mo-lai"):
        head.page(f"{OF_MARCH}/{page}/X2/", 404)
    assert head.post(to_close("X2"), {"how": "alone"}).status_code == 404


def test_a_leader_reads_but_closes_nothing(closed, as_role):
    leader = as_role(Role.PROVINCE_LEADER)
    page = leader.page(f"{OF_MARCH}/co-quan/X1/")

    assert not page.select("a.button")
    assert not leader.page(LIST, tu="2022-05-01", den="2022-05-31").select("a[href*='/chot/']")
    assert leader.get(to_close("P")).status_code == 403


def test_rows_that_were_touched_are_not_shown(closed):
    path = path_of(Closing.objects.get(agency="X1").files["dossiers"])
    path.write_bytes(b"x")

    assert "đã mất hoặc bị sửa" in closed.page(f"{OF_MARCH}/chi-tieu/X1/", 409, **LATE | {"pham-vi": "rieng"}).words()
    assert "đã mất hoặc bị sửa" in closed.page(f"{OF_MARCH}/phat-sinh-muon/X1/", 409).words()
    closed.page(f"{OF_MARCH}/co-quan/X1/")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{LIST}?tu=2022-03-01", 400),
        (f"{LIST}?tu=2022-03-31&den=2022-03-01", 400),
        (f"{LIST}?tu=x&den=y", 400),
        (f"{LIST}chot/", 400),
        (f"{LIST}chot/?co-quan=KHONG&tu=2022-03-01&den=2022-03-31", 404),
        (f"{OF_MARCH}/co-quan/KHONG/", 404),
        (f"{OF_MARCH.replace('lan-1', 'lan-7')}/co-quan/X1/", 404),
        (f"{OF_MARCH.replace('lan-1', 'lan-99999999999999999999')}/co-quan/X1/", 404),
        ("/chot-so-lieu/2022-02-31/2022-03-31/lan-1/co-quan/X1/", 400),
        ("/chot-so-lieu/2022-03-31/2022-03-01/lan-1/co-quan/X1/", 400),
        ("/chot-so-lieu/0001-03-01/2022-03-01/lan-1/co-quan/X1/", 400),
        (f"{OF_MARCH}/chi-tieu/X1/", 400),
        (f"{OF_MARCH}/chi-tieu/X1/?chi-tieu=dossiers.late", 400),
        (f"{OF_MARCH}/chi-tieu/X1/?chi-tieu=procedures.in_force", 400),
        (f"{OF_MARCH}/chi-tieu/X1/?chi-tieu=feedback.received&pham-vi=x", 400),
        (f"{OF_MARCH}/chi-tieu/X1/?chi-tieu=feedback.received&sau=x", 400),
        (f"{OF_MARCH}/phat-sinh-muon/X1/?sau=x", 400),
        (f"{OF_MARCH}/phat-sinh-muon/X1/?pham-vi=x", 400),
    ],
)
def test_an_address_that_means_nothing_is_said_so(closed, address, status):
    closed.checked(closed.get(address), status)


def test_fifty_agencies_take_the_queries_of_one(as_role, officer):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            officer.page(LIST, **MARCH)
        return len(caught)

    officer.page(LIST, **MARCH)
    few = queries()
    with act("package:load", actor=SYSTEM):
        for number in range(50):
            Agency.objects.create(
                code=f"Y{number}", name=f"UBND xã {number}", kind="commune_committee", level="commune", parent="H"
            )
    officer.send(to_close("H"), how="below")
    assert len(officer.page(LIST, **MARCH).select("main .tree tbody tr")) == 55
    assert queries() == few


def test_the_journal_names_closing_and_reopening(closed):
    closed.send(f"{OF_MARCH}/mo-lai/H/", reason="Nhập thiếu")
    words = closed.page("/nhat-ky/").words()

    assert "Mở lại kỳ đã chốt" in words
    assert "Chốt số liệu" in words
    link = next(a for a in closed.page("/nhat-ky/").select("main tbody a") if re.fullmatch(r"\d+", a.get_text()))
    assert "Nhập thiếu" in follow(closed, link).words()
