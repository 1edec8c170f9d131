"""Beside a row that a spreadsheet brought stands where it came from: behind a figure, in its workbook, on its page."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.access.rules import Role
from congvu.intake.models import Origin
from congvu.intake.origins import origins_of
from congvu.work.dossiers.models import Dossier

from .sheets import RIGHT, loaded, workbook
from .workbook import sheets_of, tables_of

FIGURE = "/chi-tieu/dossiers.received/?level=commune&tu=2022-06-01&den=2022-06-30"
BEFORE = "/chi-tieu/dossiers.received/?level=commune&tu=2022-01-01&den=2022-05-31"
PLACE = "Hồ sơ tháng 6.xlsx, trang «Sheet1», dòng {}"


def many(count):
    """Rows like the first one, each with a code of its own."""
    return [(f"HS-{number:03}", *RIGHT[0][1:]) for number in range(count)]


def column(page, title):
    """Return the cells below a title, and None where no table has it."""
    for _caption, titles, rows in tables_of(page):
        if title in titles:
            return [row[titles.index(title)][0] for row in rows]
    return None


@pytest.fixture
def load(officer):
    return loaded(officer)


def test_rows_behind_a_figure_say_their_file_sheet_and_row(officer, load):
    page = officer.page(FIGURE)
    assert sorted(filter(lambda words: words != "—", column(page, "Nạp từ"))) == [PLACE.format(n) for n in (5, 6, 7, 8)]
    assert page.select_one(f"td a[href='{load}']").text == PLACE.format(5)


def test_rows_that_came_otherwise_have_no_such_column(officer, load):
    page = officer.page(BEFORE)
    assert column(page, "Mã hồ sơ")
    assert column(page, "Nạp từ") is None


def test_the_workbook_of_the_list_has_it_too(officer, load):
    [sheet] = [sheet for sheet in sheets_of(officer.get(f"{FIGURE}&dang=xlsx")) if "Nạp từ" in sheet.titles]
    place = sheet.titles.index("Nạp từ")
    assert {PLACE.format(number) for number in (5, 6, 7, 8)} <= {row[place] for row in sheet.rows}


def test_who_loads_no_sheets_sees_the_place_without_a_link(as_role, load):
    leader = as_role(Role.PROVINCE_LEADER)
    page = leader.page(FIGURE)
    assert PLACE.format(5) in column(page, "Nạp từ")
    assert not page.select("td a[href^='/nap-bang-tinh/']")
    words = leader.page("/ho-so/HS-01/")
    assert PLACE.format(5) in words.words()
    assert not words.select("a[href^='/nap-bang-tinh/']")


def test_a_dossiers_page_tells_its_origin_and_who_loaded_it(officer, load):
    page = officer.page("/ho-so/HS-02/")
    assert page.select_one(f"dd a[href='{load}']").text == PLACE.format(6)
    assert officer.user.full_name in page.words(".facts")
    assert (
        "Nguồn dữ liệu"
        not in officer.page(f"/ho-so/{quote(Dossier.objects.exclude(code__startswith='HS').first().pk)}/").words()
    )


def test_what_the_sender_stated_stands_on_the_dossiers_page(officer, load):
    Origin.objects.filter(key="HS-01").update(stated={"Hạn": "Trễ hạn"})
    assert "Hạn (nơi gửi ghi) Trễ hạn" in officer.page("/ho-so/HS-01/").words(".facts")


def test_fifty_origins_take_the_queries_of_one(officer):
    told = []
    for count in (1, 49):
        loaded(officer, workbook(many(count)))
        officer.page(FIGURE)  # what is kept between pages is kept now
        with CaptureQueriesContext(
            connection,
        ) as asked:
            officer.page(FIGURE)
        told.append(len(asked))
    assert told[0] == told[1]
    assert len(origins_of("dossiers", [row[0] for row in many(49)])) == 49
