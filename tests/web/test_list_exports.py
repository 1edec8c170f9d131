"""Every list goes home as a workbook that says what the page says; a new list without that fails here."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congvu.access.models import User
from congvu.access.rules import SYSTEM, Role
from congvu.collection.models import ReportObligation
from congvu.intake.models import SheetLoad, SheetNote
from congvu.intake.rules import NOTES_KEPT
from congvu.journal.models import Act
from congvu.journal.services import act
from congvu.kernel.format import format_number
from congvu.province.models import Agency
from congvu.web import list_export
from congvu.web.middleware import LANGUAGE_COOKIE

from . import test_lists
from .province import make_province, make_user, mark_simulated
from .sheets import RIGHT, stored_load, workbook, wrong_rows
from .test_guards import NAMES
from .test_matrix import MATRIX, PARTS, STRANGER, WHO
from .workbook import all_pages, assert_handy, assert_same, sheets_of, tables_of

TEMPLATES = Path(list_export.__file__).parent / "templates"
YEAR = "tu=2022-01-01&den=2022-12-31"
FORMULA = "=cmd|' /C calc'!A0"
REPORT = "/bao-cao/annual/2022"
MARCH = "/chot-so-lieu/2022-03-01/2022-03-31/lan-1"
ASKED = "/yeu-cau-bao-cao/annual-20221214/"
LATE = "chi-tieu=dossiers.late%5Blevel%3Dcommune%5D"


# What there is to be seen: each world is put on top of the small province


def asked(client, _as_role):
    client.send("/yeu-cau-bao-cao/moi/", form="annual", year="2022", number="1")


def answered(client, as_role):
    asked(client, as_role)
    commune, place = as_role(Role.AGENCY_HEAD, "X1"), f"{ASKED}co-quan/X1/"
    from .test_collection import ANSWERS

    commune.send(f"{place}dien/", **ANSWERS, viec="kiem-tra")
    commune.send(f"{place}buoc/", viec="submit")
    as_role(Role.AGENCY_HEAD, "H").send(f"{place}buoc/", viec="accept")


def closed(client, _as_role):
    client.send("/chot-so-lieu/chot/?co-quan=H&tu=2022-03-01&den=2022-03-31", how="below", reason="")


def closed_then_late(client, as_role):
    closed(client, as_role)
    client.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Nhập sai ngày")


def closed_twice(client, as_role):
    """March is closed, a dossier of March is corrected, and April takes the difference in."""
    closed_then_late(client, as_role)
    client.send("/chot-so-lieu/chot/?co-quan=X1&tu=2022-04-01&den=2022-04-30", how="alone", reason="")


def frozen(client, _as_role):
    client.send(f"{REPORT}/chot/")


def drafted(client, _as_role):
    for words in ("Đoạn thêm một", "Đoạn thêm hai"):
        number = client.page(f"{REPORT}/du-thao/").select_one("a[href*='/them/']")["href"].split("/")[-4]
        client.send(f"{REPORT}/du-thao/{number}/doan-0/them/", text=words, action="save")


def assessed(client, _as_role):
    from .test_assessment import DIRECTED, PAGE, WHOLE

    client.send(f"{PAGE}han-che/them/", **WHOLE)
    client.send(f"{PAGE}han-che/them/", **(WHOLE | {"evidence": "", "remedy": "", "responsible": "", "due_on": ""}))
    client.send(f"{PAGE}phuong-huong/them/", **DIRECTED)


def planned(client, as_role):
    assessed(client, as_role)
    client.send(f"{REPORT}/danh-gia/ke-hoach/")
    client.send(f"{REPORT}/danh-gia/phuong-huong/them/", text="Thêm một phương hướng", lead_agency="SNV")


def sheet_checked(client, _as_role):
    """A load of which one row is changed, one new, and three are wrong; return its address."""
    from .test_sheet_loads import check, loaded, upload

    loaded(client, workbook(RIGHT[2:3]))
    rows = wrong_rows()
    rows[1][4], rows[2][6:8] = "cuối tháng", ("07/06/2022 16:00", "Đã trả kết quả")
    load = upload(client, workbook([*rows, ("HS-05", *RIGHT[0][1:])]))
    page = check(client, load)
    assert {"Dòng mới", "Dòng thay đổi", "Ô có lỗi"} <= {table["aria-label"] for table in page.select(".scroll")}
    return load


def sheet_matched(client, _as_role):
    from .test_sheet_loads import check, upload

    load = upload(client, workbook())
    check(client, load, ten="Hồ sơ một cửa", **{"dich.channel": "Trực tuyến = Tại quầy\nBưu chính = Bưu chính"})


def named(client, _as_role):
    client.send("/ten-goi-co-quan/", spelled="UBND X. Đào Ngạn", agency="X1")
    client.send("/ten-goi-co-quan/", spelled="=1+1 Trường Hà", agency="X2")


OFFICER, HEAD, ADMINISTRATOR = Role.REPORTING_OFFICER, Role.AGENCY_HEAD, Role.ADMINISTRATOR
LISTS = [
    ("web:agencies", "/co-quan/?ngay=2022-06-30", OFFICER, None),
    ("web:agency", "/co-quan/H/", OFFICER, None),
    ("web:users", "/nguoi-dung/", ADMINISTRATOR, None),
    ("web:user", "/nguoi-dung/administrator-/", ADMINISTRATOR, None),
    ("web:journal", "/nhat-ky/?loai=package%3Aload&ngay=2022-12-21&nguoi=", OFFICER, None),
    ("web:journal", "/nhat-ky/", OFFICER, closed_then_late),
    ("web:figures", "/chi-tieu/", OFFICER, None),
    ("web:board", f"/bang-dieu-hanh/?{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/dossiers.late/?level=commune&{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/dossiers.on_time_rate/?level=commune&{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/dossiers.on_time_rate/?{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/dossiers.finished/?{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/par_tasks.remaining/?{YEAR}", OFFICER, None),
    ("web:figure", f"/chi-tieu/officers.disciplined/?{YEAR}", Role.PERSONNEL_OFFICER, None),
    ("web:figure", f"/chi-tieu/feedback.received/?{YEAR}", Role.ONE_STOP_CLERK, None),
    ("web:figure", f"/chi-tieu/dossiers.late/?level=commune&co-quan=X1&{YEAR}", HEAD, None),
    ("web:closings", "/chot-so-lieu/?tu=2022-03-01&den=2022-03-31", OFFICER, closed_then_late),
    ("web:closing", f"{MARCH}/co-quan/X1/", OFFICER, closed_then_late),
    ("web:closing", f"{MARCH}/co-quan/H/", OFFICER, closed_then_late),
    ("web:closing", "/chot-so-lieu/2022-04-01/2022-04-30/lan-1/co-quan/X1/", OFFICER, closed_twice),
    ("web:closing-figure", f"{MARCH}/chi-tieu/H/?{LATE}&pham-vi=toan-tuyen", OFFICER, closed),
    ("web:closing-late", f"{MARCH}/phat-sinh-muon/X1/", OFFICER, closed_then_late),
    ("web:reports", "/bao-cao/", OFFICER, frozen),
    ("web:report-figure", f"{REPORT}/ban-1/chi-tieu/?{LATE}&ky=year", OFFICER, frozen),
    ("web:report-drafts", f"{REPORT}/du-thao/", OFFICER, drafted),
    ("web:report-draft-changes", f"{REPORT}/du-thao/2/", OFFICER, drafted),
    ("web:assessment", f"{REPORT}/danh-gia/", OFFICER, assessed),
    ("web:assessment", "/bao-cao/annual/2023/danh-gia/", OFFICER, planned),
    ("web:assessment", f"{REPORT}/danh-gia/", Role.PROVINCE_LEADER, assessed),
    ("web:plan", f"{REPORT}/danh-gia/ke-hoach/", OFFICER, planned),
    ("web:owed", "/viec-cua-toi/", HEAD, asked),
    ("web:collection", "/yeu-cau-bao-cao/", OFFICER, answered),
    ("web:collection-request", f"{ASKED}?tinh-trang=late", OFFICER, answered),
    ("web:collection-request", ASKED, OFFICER, answered),
    ("web:aggregation", f"{ASKED}tong-hop/", OFFICER, answered),
    ("web:aggregation", f"{ASKED}tong-hop/?tim=kiem", OFFICER, answered),
    ("web:aggregation", f"{ASKED}tong-hop/?cau-hoi=cuoc-hop", OFFICER, answered),
    ("web:burden", "/yeu-cau-bao-cao/ganh-nang/?nam=2022", OFFICER, answered),
    ("web:sheet-loads", "/nap-bang-tinh/", OFFICER, sheet_checked),
    ("web:sheet-loads", "/nap-bang-tinh/?tinh-trang=loaded", OFFICER, sheet_checked),
    ("web:sheet-load", "/nap-bang-tinh/N/", OFFICER, sheet_checked),
    ("web:sheet-mappings", "/bang-anh-xa/", OFFICER, sheet_matched),
    ("web:sheet-mapping", "/bang-anh-xa/ho-so-mot-cua/", OFFICER, sheet_matched),
    ("web:agency-aliases", "/ten-goi-co-quan/", OFFICER, named),
]
"""Route, an address of it (or what happened before returns it), who looks, what happened before."""

SEPARATELY = {"web:act"}
"""Its page has a table for each record; the workbook has one for all."""

NO_LISTS = {
    "no page of records": "home sign-in sign-in-as-demo sign-out password seats language healthz robots assessments",
    "one record": "dossier finding",
    "a form": (
        "dossier-correct user-create closing-close closing-reopen weakness-add weakness remedy-outcome direction-add "
        "direction report-word report-paragraph report-paragraph-add collection-open collection-fill checking "
        "sheet-load-match sheet-load-withdraw"
    ),
    "a deed": (
        "user-password user-active user-seat-end report-freeze report-issue report-publish weakness-move "
        "direction-move plan-issue collection-urge collection-move collection-take sheet-load-teach sheet-load-start "
        "sheet-load-drop agency-alias-forget"
    ),
    "a report with a workbook of its own": (
        "report-draft report-draft-file report report-file collection-report collection-workbook"
    ),
    "a letter": "collection-letter",
    "a file": "sheet-load-errors sheet-load-rest sheet-load-file blank-form",
    "a page of downloads": "blank-forms",
}
WITHOUT = {f"web:{name}" for names in NO_LISTS.values() for name in names.split()}
OWN_TABLES = {
    "macros/parts.html",
    "journal/act.html",  # each changed record
    "closings/close.html",  # a form shows what it would close
    "collection/report.html",
    "reports/_changes.html",
    "reports/_word_changes.html",
    "sheets/blank_forms.html",  # downloads
    "sheets/matching.html",  # a form shows the columns of a file
}


def test_every_route_is_a_list_that_goes_home_or_is_said_to_be_none():
    lists = {route for route, _address, _role, _world in LISTS} | SEPARATELY

    assert lists | WITHOUT == NAMES
    assert not lists & WITHOUT


def test_every_table_of_a_page_is_one_that_goes_home():
    for path in TEMPLATES.rglob("*.html"):
        words, name = path.read_text(), path.relative_to(TEMPLATES).as_posix()
        assert ("<table" in words) <= (name in OWN_TABLES), f"{name}: make the table with the macro table()"
        if re.search(r"\btable\(|\bchart\(", words) and not name.startswith(("macros/", "figures/_rows")):
            assert "home(take_home)" in words, f"{name}: offer the workbook with home(take_home)"


@pytest.fixture
def province(request, settings, tmp_path):
    """The small province; where a report is frozen, in a database in which commits are real."""
    settings.HOME = tmp_path / "home"
    world = request.node.callspec.params.get("world") if hasattr(request.node, "callspec") else None
    request.getfixturevalue("own_database" if world is frozen else "db")
    make_province()


def of(address, **query):
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'dang': 'xlsx'} | query)}"


@pytest.mark.parametrize(
    ("route", "address", "role", "world"), LISTS, ids=[f"{r[4:]}-{n}" for n, (r, *_rest) in enumerate(LISTS)]
)
def test_the_workbook_says_what_the_page_says(as_role, route, address, role, world):
    if world:
        address = world(as_role(OFFICER), as_role) or address
    client = (User.objects.filter(username=f"{role}-").exists() and _again(role)) or as_role(role)
    page = client.page(address)
    link = page.select_one(".take-home a")
    assert link, "the page does not offer its workbook"
    reply = client.get(link["href"])
    sheets, tables = sheets_of(reply), tables_of(page)

    assert page.select_one("tbody tr"), "there is nothing to compare"
    if route == "web:board":
        assert len(sheets.pop(0).rows) == len(page.select(".numbers li"))
    if route == "web:sheet-mapping":
        assert_rules_said(page, sheets.pop(0))
    assert_same(tables, sheets)
    for sheet in sheets:
        assert_handy(sheet)
    assert reply["Content-Disposition"].endswith('-20221221.xlsx"')


def assert_rules_said(page, sheet):
    """The rules that the page of a mapping tells in sentences are rows of its workbook."""
    told = page.select("[aria-labelledby=cach-ghep] .sentences > li")
    said = [[words.get_text() for words in (one.contents[0], *one.select("li"))] for one in told]
    assert [[rule, *meant.split("\n")] if meant else [rule] for _label, rule, meant in sheet.rows] == said
    assert any(len(words) > 2 for words in said)
    assert_handy(sheet)


def _again(role):
    """Sign in as the same person once more."""
    from .conftest import Browser

    client = Browser()
    client.force_login(User.objects.get(username=f"{role}-"), backend="django.contrib.auth.backends.ModelBackend")
    return client


GROWN = {
    "rows of a figure": (f"/chi-tieu/dossiers.late/?level=commune&{YEAR}", OFFICER, test_lists.add_dossiers),
    "personal rows": (f"/chi-tieu/feedback.received/?{YEAR}", OFFICER, test_lists.add_feedback),
    "journal": ("/nhat-ky/?loai=user%3Achange", OFFICER, test_lists.add_acts),
    "users": ("/nguoi-dung/", ADMINISTRATOR, test_lists.add_users),
    "loads of spreadsheets": (
        "/nap-bang-tinh/?tinh-trang=draft",
        OFFICER,
        lambda many: [stored_load(counts={"rows": at}) for at in range(many)],
    ),
}


@pytest.mark.parametrize(("address", "role", "add"), GROWN.values(), ids=GROWN)
def test_the_rows_of_all_pages_are_in_the_workbook(as_role, address, role, add):
    client = as_role(role)
    with act("package:load", actor=SYSTEM):
        add(120)

    sheets, tables = sheets_of(client.get(of(address))), all_pages(client, address)

    assert max(len(rows) for _name, _titles, rows in tables) >= 120
    assert_same(tables, sheets)


def noted_load(many):
    load = stored_load(state="checked", counts={"rows": many, "refused": many, "error": many, "odd": 1})
    SheetNote.objects.bulk_create(
        SheetNote(load=load, severity="error", row=row, column=2, target="code", value=f"v{row}", reason="sai")
        for row in range(2, many + 2)
    )
    SheetNote.objects.create(load=load, severity="odd", row=3, column=None, target="", value=FORMULA, reason="lạ")
    return f"/nap-bang-tinh/{load.number}/"


def test_all_that_is_kept_about_the_cells_of_a_load_is_in_the_workbook(officer):
    address = noted_load(120)
    second = officer.page(officer.page(address).select_one("a[rel=next]")["href"])
    link = second.select_one(".take-home a")["href"]

    errors, odd = sheets_of(officer.get(link))
    assert (errors.name, odd.name) == ("Ô có lỗi", "Điều lạ")
    assert_same(all_pages(officer, address), [errors, odd])
    assert [row[0] for row in errors.rows] == [f"C{row}" for row in range(2, 122)]
    assert odd.rows == [["dòng 3", "", FORMULA, "lạ"]]


def test_the_workbook_of_many_notes_takes_the_queries_of_few_and_says_what_is_not_kept(officer):
    found = []
    for many in (3, 300):
        address = noted_load(many)
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(of(address)).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]

    SheetLoad.objects.filter(number=address.split("/")[-2]).update(counts={"error": NOTES_KEPT + 1})
    (errors,) = sheets_of(officer.get(of(address)))
    kept, total = format_number(NOTES_KEPT), format_number(NOTES_KEPT + 1)
    assert f"Ô có lỗi: chỉ giữ lại {kept} ô đầu tiên trong {total}." in errors.notes


def test_a_page_that_a_refused_deed_shows_again_offers_the_workbook_of_its_own_address(officer):
    address = noted_load(1)

    page = officer.send(f"{address}nap/", 409)

    assert len(sheets_of(officer.get(page.select_one(".take-home a")["href"]))) == 2


def test_every_load_that_used_a_mapping_is_in_its_workbook(officer, as_role):
    sheet_matched(officer, as_role)
    for _number in range(60):
        stored_load(saved_code="ho-so-mot-cua", saved_version=1)

    _rules, used = sheets_of(officer.get(of("/bang-anh-xa/ho-so-mot-cua/")))
    assert len(used.rows) == 61
    assert len(tables_of(officer.page("/bang-anh-xa/ho-so-mot-cua/"))[0][2]) == 50


def test_what_many_agencies_owe_is_in_the_workbook_whole(officer, as_role):
    with act("package:load", actor=SYSTEM):
        for number in range(120):
            code, name = f"Z{number:03d}", f"UBND xã {number}"
            Agency.objects.create(code=code, name=name, kind="commune_committee", level="commune", parent="H")
    asked(officer, as_role)
    assert ReportObligation.objects.count() > 120

    for address in (ASKED, "/yeu-cau-bao-cao/ganh-nang/"):
        assert_same(all_pages(officer, address), sheets_of(officer.get(of(address))))


def test_a_page_in_the_middle_of_a_list_leads_to_the_whole_list(officer):
    with act("package:load", actor=SYSTEM):
        test_lists.add_dossiers(60)
    address = f"/chi-tieu/dossiers.late/?level=commune&{YEAR}"
    second = officer.page(officer.page(address).select_one("a[rel=next]")["href"])

    link = second.select_one(".take-home a")["href"]
    assert "sau=" not in link
    for asked_for in (link, of(address, sau="x")):
        assert len(sheets_of(officer.get(asked_for))[-1].rows) == 62


def test_what_an_act_changed_is_one_table(officer):
    with (
        act("package:load", actor=SYSTEM) as deed,
        deed.changing(Agency, [f"N{n:03d}\x1f1900-01-01" for n in range(60)]),
    ):
        test_lists.add_agencies(60)
    address = f"/nhat-ky/{deed.id}/"

    changed = sheets_of(officer.get(officer.page(address).select_one(".take-home a")["href"]))[-1]
    assert changed.titles == ["Loại", "Về", "Mục", "Trước", "Sau"]
    assert len({row[1] for row in changed.rows}) == 60
    shown = officer.page(address).select("main details")[0]
    in_sheet = [row[2:] for row in changed.rows if row[1] == changed.rows[0][1]]
    on_page = [[cell.text.strip() for cell in row.select("th, td")] for row in shown.select("tbody tr")]
    assert [[value or "—" for value in row] for row in in_sheet] == on_page


@pytest.mark.parametrize("route", sorted({route for route, *_rest in LISTS} | SEPARATELY))
def test_whoever_may_not_see_the_page_gets_no_workbook(as_role, browser, route):
    make_user("somebody")
    parts = dict(PARTS.get(route, {}))
    if route == "web:act":
        parts["act"] = Act.objects.order_by("id").first().id
    if route == "web:sheet-load":
        parts["number"] = stored_load().number
    address = of(reverse(route, kwargs=parts))

    for who, status in zip(WHO, MATRIX[route, "GET"], strict=True):
        reply = (browser if who == STRANGER else as_role(who)).get(address)
        assert reply.status_code == status, who
        assert reply["Content-Type"].startswith("application/vnd.openxml") is (status == 200), who


def test_a_text_that_looks_like_a_formula_stays_text(administrator):
    make_user("u1", OFFICER)
    User.objects.filter(username="u1").update(full_name=FORMULA)

    (sheet,) = sheets_of(administrator.get(of("/nguoi-dung/")))
    assert FORMULA in [row[1] for row in sheet.rows]
    assert "<f>" not in sheet.xml


@pytest.mark.parametrize("address", ["/co-quan/", f"/chi-tieu/dossiers.late/?level=commune&{YEAR}", "/nhat-ky/"])
def test_an_english_page_gives_an_english_workbook(officer, address):
    vietnamese = sheets_of(officer.get(of(address)))
    officer.cookies[LANGUAGE_COOKIE] = "en"
    page = BeautifulSoup(officer.get(address).content, "html5lib")

    sheets = sheets_of(officer.get(of(address)))
    assert [sheet.titles for sheet in sheets] == [titles for _name, titles, _rows in tables_of(page)]
    assert all(here.titles != there.titles for here, there in zip(sheets, vietnamese, strict=True))


def test_the_notes_say_what_the_list_is_for_whom_when_and_from_where(officer):
    mark_simulated()
    (sheet,) = sheets_of(officer.get(of("/nhat-ky/?loai=package%3Aload&ngay=2022-12-21&nguoi=%3D1")))

    assert sheet.notes[0] == "DỮ LIỆU MÔ PHỎNG"
    notes = "\n".join(sheet.notes)
    assert "Bộ lọc: Loại thao tác: Nạp gói dữ liệu; Ngày: 21/12/2022; Người làm: =1" in notes
    assert "Cán bộ tổng hợp" in notes
    assert "UBND tỉnh" in notes
    assert "Người tải: Người reporting_officer- (reporting_officer-), lúc 08:00 21/12/2022" in notes
    assert "Ủy ban nhân dân tỉnh Thử Nghiệm, Congvu " in notes
    assert "trang /nhat-ky/" in notes
    assert sheet.rows == []


def test_names_that_the_page_hides_are_not_in_the_file_and_the_opening_is_an_act(officer, as_role):
    address = f"/chi-tieu/officers.disciplined/?{YEAR}"
    hidden = officer.get(of(address))
    seen = as_role(Role.PERSONNEL_OFFICER).get(of(address))

    assert not any("Nông Văn An" in str(sheet.rows) for sheet in sheets_of(hidden))
    assert any("Nông Văn An" in str(sheet.rows) for sheet in sheets_of(seen))
    deeds = Act.objects.filter(kind="figure:open").order_by("id")
    assert [deed.data.get("whole_list") for deed in deeds] == [True, True]
    assert "Tải cả danh sách về Có" in officer.page(f"/nhat-ky/{deeds[0].id}/").words()


def test_a_list_that_is_too_long_is_refused_and_says_what_to_do(officer, monkeypatch):
    monkeypatch.setattr(list_export, "MOST_ROWS", 12)
    address = f"/chi-tieu/dossiers.late/?level=commune&{YEAR}"
    assert officer.get(of(address)).status_code == 200
    with act("package:load", actor=SYSTEM):
        test_lists.add_dossiers(11)

    page = officer.checked(officer.get(of(address)), 422)
    assert "dài hơn 12 dòng" in page.words()
    assert "thu hẹp bộ lọc" in page.words()


def test_a_form_that_is_none_of_ours_is_refused_in_words(officer):
    page = officer.page("/co-quan/", status=400, dang="ods")

    assert "Không có dạng «ods»" in page.words()


@pytest.mark.parametrize(("address", "role", "add"), GROWN.values(), ids=GROWN)
def test_a_long_list_takes_the_queries_of_a_short_one(as_role, address, role, add):
    def queries(client):
        with CaptureQueriesContext(connection) as found:
            assert client.get(of(address)).status_code == 200
        return [query["sql"][:200] for query in found]

    client = as_role(role)
    few = queries(client)
    with act("package:load", actor=SYSTEM):
        add(120)
    many = queries(client)

    assert len(many) == len(few), "\n".join(many)
