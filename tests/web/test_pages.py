"""What the pages say. The browser checks each page's form; here is its content."""

import re

import pytest

from congvu.access.rules import SYSTEM, Role
from congvu.figures.catalogue import FIGURES
from congvu.figures.models import Statement
from congvu.journal.models import Act
from congvu.journal.services import act
from congvu.province.records import record_models
from congvu.web.record_words import table_name

from .province import NOW, give_seat, mark_simulated

YEAR = {"tu": "2022-01-01", "den": "2022-12-31"}


def test_the_board_shows_each_number_with_the_way_to_its_rows(officer):
    board = officer.page("/bang-dieu-hanh/", **YEAR)

    late = next(card for card in board.select(".cards > li") if "trễ hạn" in card.h2.text)
    link = late.select_one("a")
    assert link.select_one(".value").text == "2"
    assert officer.page(link["href"]).words("h1") == "Hồ sơ giải quyết trễ hạn: Cấp xã"
    assert len(board.select(".cards > li")) == 7


def test_every_number_of_the_board_opens(officer):
    board = officer.page("/bang-dieu-hanh/", **YEAR)

    for link in board.select(".cards a, .chart td a"):
        assert officer.page(link["href"]).words("h1")


def test_every_chart_has_a_title_a_unit_a_source_and_its_table(officer):
    charts = officer.page("/bang-dieu-hanh/", **YEAR).select("section.chart")

    assert len(charts) == 4  # nothing was published about procedures here
    for chart in charts:
        assert chart.h2.text.strip()
        assert "Đơn vị:" in chart.text
        assert re.search(r"Tính từ [\d.]+ .+ đến hết ngày 31/12/2022, toàn tỉnh\.", chart.select_one(".source").text)
        assert chart.select("details[open] tbody tr"), "without JavaScript the table alone tells the numbers"
        assert chart.select_one(".plot").has_attr("hidden")


def test_the_board_opens_on_the_periods_of_the_report(officer):
    board = officer.page("/bang-dieu-hanh/")

    assert "Đang theo các kỳ của báo cáo năm" in board.words()
    assert "Về kỳ của báo cáo" not in board.words()
    assert "Về kỳ của báo cáo" in officer.page("/bang-dieu-hanh/", **YEAR).words()


def test_an_empty_period_says_so(officer):
    board = officer.page("/bang-dieu-hanh/", tu="2010-01-01", den="2010-12-31")
    figure = officer.page("/chi-tieu/dossiers.on_time_rate/", level="commune", tu="2010-01-01", den="2010-12-31")

    assert not board.select("section.chart")
    assert "không phát sinh" in figure.words(".value-box")
    assert "Không có dòng nào trong kỳ này" in figure.words()


def test_the_catalogue_lists_every_figure_once(officer):
    rows = officer.page("/chi-tieu/").select("tbody tr")

    assert sorted(row.a["href"].split("/")[2] for row in rows) == sorted(FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_has_a_page(officer, figure):
    page = officer.page(f"/chi-tieu/{figure}/")

    assert str(FIGURES[figure].name) in page.words("h1")
    assert str(FIGURES[figure].sentence) in page.words(".definition")


def test_a_figures_page_shows_value_scope_and_rows(clerk):
    page = clerk.page("/chi-tieu/dossiers.on_time_rate/", level="commune", **YEAR)

    assert "50,00%" in page.words(".value-box")
    assert "1/2" in page.words(".value-box")
    assert "Tính trong phạm vi: UBND xã Đào Ngạn" in page.words(".scope")
    rows = [row.get_text(" ", strip=True) for row in page.select("[aria-labelledby=cac-dong] tbody tr")]
    assert len(rows) == 2
    assert rows[0].startswith("X1-LATE 1.000115")
    assert rows[0].endswith("Không"), "a share's row says whether it is in the numerator"
    assert "09:00 15/03/2022" in rows[0]


def test_value_is_rows_and_what_agencies_state(officer):
    with act("package:load", actor=SYSTEM):
        Statement.objects.create(
            agency="X1",
            figure="dossiers.late",
            level="commune",
            period_from="2022-01-01",
            period_to="2022-06-30",
            value=40,
            mode="instead",
        )

    page = officer.page("/chi-tieu/dossiers.late/", level="commune", **YEAR)
    cut = officer.page("/chi-tieu/dossiers.late/", level="commune", tu="2022-02-01", den="2022-12-31")

    assert page.words(".value-box") == "Giá trị 42 hồ sơ Đếm từ các dòng 2 Do cơ quan báo cáo 40"
    assert "UBND xã Đào Ngạn Cấp xã 01/01/2022–30/06/2022 40" in page.words("[aria-labelledby=so-bao-cao]")
    assert "1 số liệu báo cáo có kỳ chồng một phần" in cut.words()


def test_a_difference_opens_to_its_two_parts(officer):
    page = officer.page("/chi-tieu/par_tasks.remaining/")

    parts = page.select("[aria-labelledby=cac-dong] tbody tr")
    assert [part.get_text(" ", strip=True)[-1] for part in parts] == ["2", "1"]
    assert officer.page(parts[0].a["href"]).words(".value-box .big").startswith("Giá trị 2")


def test_a_flow_by_month_adds_up(officer):
    page = officer.page("/chi-tieu/dossiers.finished/", level="commune", **YEAR)

    by_month = {row.th.text: row.td.text for row in page.select("section.chart tbody tr")}
    assert {month: n for month, n in by_month.items() if n != "0"} == {"03/2022": "2", "05/2022": "1"}


def test_rows_of_dossiers_lead_to_the_dossier(officer):
    page = officer.page("/chi-tieu/dossiers.late/", level="commune", **YEAR)

    dossier = officer.page(page.select_one("[aria-labelledby=cac-dong] tbody a")["href"])
    assert dossier.words("h1") == "Hồ sơ X1-LATE"
    assert "Quá hạn" in dossier.words(".state")
    assert "09:00 thứ Ba, 15/03/2022" in dossier.words(".facts")
    assert "Tiếp nhận – UBND xã Đào Ngạn Đủ giấy tờ" in dossier.words(".events")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("X1-ON-TIME", "✓ Đúng hạn"),
        ("X1-LATE", "▲ Quá hạn"),
        ("X1-WITHDRAWN", "⊘ Đã rút"),
        ("X1-OPEN", "◷ Đang giải quyết"),
    ],
)
def test_how_a_dossier_stands_is_said_by_sign_and_word(officer, code, words):
    assert officer.page(f"/ho-so/{code}/").words(".state") == words


def test_the_journal_is_filtered_by_kind_day_and_person(officer):
    with act("dossier:correct", actor=SYSTEM, reason="Thử lọc"):
        pass

    def shown(**query):
        return [row.select("td")[1].text for row in officer.page("/nhat-ky/", **query).select("tbody tr")]

    assert shown() == ["Đính chính hồ sơ", "Nạp gói dữ liệu"]
    assert shown(loai="dossier:correct", ngay="2022-12-21", nguoi="hệ thống") == ["Đính chính hồ sơ"]
    assert shown(ngay="2022-12-20") == []
    assert shown(nguoi="Không ai") == []
    assert shown(loai="no-such-kind") == shown()


def test_an_act_that_changed_a_dossier_shows_before_and_after(officer, administrator):
    officer.send("/ho-so/X1-LATE/dinh-chinh/", day="2022-03-10", time="16:00", reason="Phiếu trả ghi ngày 10")
    number = Act.objects.latest("id").id

    seen = officer.page(f"/nhat-ky/{number}/").words()
    assert "Giải quyết xong 09:00 15/03/2022 16:00 10/03/2022" in seen
    assert "Phiếu trả ghi ngày 10" in seen
    assert "không được xem" in administrator.page(f"/nhat-ky/{number}/").words()


def test_agencies_stand_below_the_one_they_belong_to(clerk):
    rows = clerk.page("/co-quan/").select("tbody tr")

    assert [row.select("td")[0].text for row in rows] == ["P", "SNV", "H", "X1", "X2"]
    assert rows[3]["class"] == ["depth-2"]
    assert clerk.page("/co-quan/H/").words("#truc-thuoc + div tbody") == (
        "UBND xã Đào Ngạn X1 Ủy ban nhân dân cấp xã Cấp xã UBND xã Trường Hà X2 Ủy ban nhân dân cấp xã Cấp xã"
    )


def test_agencies_are_those_of_the_day(clerk):
    from congvu.province.models import Agency

    with act("package:load", actor=SYSTEM):
        Agency.objects.filter(code="X2").update(valid_to="2022-06-30", successor="X1")

    assert "X2" not in clerk.page("/co-quan/", ngay="2022-12-01").words("table")
    assert "X2" in clerk.page("/co-quan/", ngay="2022-06-30").words("table")
    assert "không dùng cho cơ quan nào vào ngày 21/12/2022" in clerk.page("/co-quan/X2/").words()
    assert "UBND xã Đào Ngạn" in clerk.page("/co-quan/X2/").words("table")


def test_the_shell_says_who_reads_from_which_seat(clerk):
    page = clerk.page("/bang-dieu-hanh/")

    assert page.words("header .seat") == "Người one_stop_clerk- Công chức một cửa · UBND xã Đào Ngạn"
    assert page.words("header .brand") == "Ủy ban nhân dân tỉnh Thử Nghiệm"
    entries = ["Bảng điều hành", "Danh mục chỉ tiêu", "Kiểm tra số liệu", "Cơ quan"]
    assert [a.text for a in page.select("nav.side li a")] == entries
    assert page.select_one("nav.side [aria-current]").text == "Bảng điều hành"


def test_simulated_records_are_marked_on_every_page(clerk):
    assert not clerk.page("/bang-dieu-hanh/").select(".band")

    mark_simulated()

    assert clerk.page("/bang-dieu-hanh/").words(".band") == "Dữ liệu mô phỏng · hôm nay là 21/12/2022"
    assert NOW.startswith("2022-12-21")


def test_one_with_several_seats_switches_openly(clerk):
    seat = give_seat(clerk.user, Role.PROVINCE_LEADER, "P")

    assert clerk.send("/vi-tri/", seat=seat.id) == "/"
    page = clerk.page("/bang-dieu-hanh/")

    assert "Lãnh đạo Ủy ban nhân dân tỉnh · UBND tỉnh" in page.words("header .seat")
    assert "Nhật ký" in page.words("nav.side")


def test_nobody_takes_a_seat_that_is_not_theirs(clerk, administrator):
    seat = administrator.user.seats.get()

    clerk.send("/vi-tri/", status=404, seat=seat.id)

    assert "Công chức một cửa" in clerk.page("/bang-dieu-hanh/").words("header .seat")


def test_a_record_of_each_table_has_a_name_for_the_journal():
    nameless = [model.table() for model in record_models() if table_name(model.table()) == model.table()]

    assert nameless == []
