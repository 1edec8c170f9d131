"""Spreadsheets in a real browser: accessible, on a phone too, and from the upload to the figures without a script."""

import threading

import pytest
from django.db import connections

from congvu.access.rules import SYSTEM
from congvu.intake.aliases import remember
from congvu.intake.mappings import save_mapping
from congvu.intake.models import SheetLoad
from congvu.intake.running import work
from congvu.intake.taking import begin, mapping_of, settle, start
from tests.web.sheets import RIGHT, workbook, wrong_rows

from .test_pages import findings


def background():
    """Work through what waits beside the browser, as the background does."""

    def worked():
        work()
        connections.close_all()

    thread = threading.Thread(target=worked)
    thread.start()
    thread.join()


def begun(file):
    return begin(SYSTEM, file.read(), file.name)


def looked_over(file):
    load = begun(file)
    settle(SYSTEM, load.number, mapping_of(load))
    work()
    return load


@pytest.fixture
def addresses(site):
    """The address of a page of every kind and of a load in every state, with lists, samples and words to be told."""
    remember(SYSTEM, "UBND X. Đào Ngạn", "X1")
    draft = begun(workbook())
    save_mapping(SYSTEM, "Hồ sơ một cửa", mapping_of(draft), [])
    loaded = looked_over(workbook())
    start(SYSTEM, loaded.number)
    work()
    rows = [list(row) for row in (*RIGHT, *wrong_rows())]
    rows[1][7], rows[7][0] = "Từ chối", "HS-05"
    for row in rows[4:7]:
        row[0] = f"{row[0]}-B"
    looked = looked_over(workbook(rows))
    dropped = begun(workbook())
    SheetLoad.objects.filter(pk=dropped.pk).update(state="dropped")
    waiting = begun(workbook())
    settle(SYSTEM, waiting.number, mapping_of(waiting))
    loads = [f"/nap-bang-tinh/{load.number}/" for load in (draft, loaded, looked, dropped, waiting)]
    return [
        "/nap-bang-tinh/",
        *loads,
        f"{loads[0]}ghep-cot/",
        f"{loads[1]}rut/",
        "/bang-anh-xa/",
        "/bang-anh-xa/ho-so-mot-cua/",
        "/ten-goi-co-quan/",
        "/bieu-mau/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(addresses, visit, scheme):
    page = visit("tonghop", color_scheme=scheme, bypass_csp=True)
    for address in addresses:
        page.goto(address)
        assert findings(page) == [], (address, scheme)


def test_no_page_is_wider_than_a_phone(addresses, visit):
    page = visit("tonghop", width=390)
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_axe_finds_nothing_wrong_with_columns_that_do_not_fit(addresses, visit):
    page = visit("tonghop", bypass_csp=True)
    page.goto(addresses[6])
    page.select_option("[id='nguon.code']", "")
    page.click("button[value='kiem-tra']")

    assert page.locator(".faults a").count() == 1
    assert findings(page) == []


def test_a_file_is_matched_mended_and_loaded_without_a_script(site, visit, tmp_path):
    wrong, right = tmp_path / "Sai.xlsx", tmp_path / "Đúng.xlsx"
    wrong.write_bytes(workbook(wrong_rows()).read())
    right.write_bytes(workbook().read())
    page = visit("tonghop", java_script_enabled=False)

    for file in (wrong, right):
        page.goto("/nap-bang-tinh/")
        page.set_input_files("#id_file", file)
        page.click("main button:has-text('Tải tệp lên')")
        page.click("text=Ghép cột và kiểm tra")
        page.click("main button:has-text('Kiểm tra tệp')")
        assert page.locator("progress").count() == 1
        background()
        page.wait_for_selector(".value-box")  # the page comes again by itself
        if file is wrong:
            with page.expect_download() as download:
                page.click("text=Tải tệp đã đánh dấu lỗi")
            assert download.value.suggested_filename == "loi-Sai.xlsx"
    page.click("main button:has-text('Nạp 4 dòng')")
    background()
    page.wait_for_selector("text=Thao tác số")

    page.goto("/chi-tieu/dossiers.late/?level=commune&tu=2022-06-01&den=2022-06-30")
    assert "HS-02" in page.inner_text("main")
