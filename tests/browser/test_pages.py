"""The pages in a real browser: accessible, readable on a phone, drawn under the strict policy, usable by keyboard."""

import hashlib
from pathlib import Path

import pytest

AXE = Path(__file__).parent / "axe.min.js"
YEAR = "tu=2022-01-01&den=2022-12-31"
PAGES = {
    None: ["/dang-nhap/", "/kiem-tra-so-lieu/"],
    "tonghop": [
        f"/bang-dieu-hanh/?{YEAR}",
        "/chi-tieu/",
        f"/chi-tieu/dossiers.on_time_rate/?{YEAR}",
        f"/chi-tieu/dossiers.late/?level=commune&{YEAR}",
        f"/chi-tieu/officers.disciplined/?{YEAR}",
        "/chi-tieu/par_tasks.remaining/",
        "/ho-so/X1-LATE/",
        "/ho-so/X1-LATE/dinh-chinh/",
        "/nhat-ky/",
        "/co-quan/",
        "/co-quan/H/",
        "/vi-tri/",
        "/mat-khau/",
        "/bao-cao/",
        "/kiem-tra-so-lieu/",
        "/chot-so-lieu/",
        "/chot-so-lieu/chot/?co-quan=H&tu=2022-03-01&den=2022-03-31",
    ],
    "tochuc": [f"/chi-tieu/officers.disciplined/?{YEAR}"],
    "quantri": ["/nguoi-dung/", "/nguoi-dung/motcua/", "/nguoi-dung-moi/"],
}


def findings(page):
    """What axe finds wrong with a page: rule and place."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(v["id"], node["html"][:160]) for v in found["violations"] for node in v["nodes"]]


def acts(page, username):
    """The address of the latest act: its number is the database's own."""
    if username != "tonghop":
        return []
    page.goto("/nhat-ky/")
    return [page.locator("main tbody a").first.get_attribute("href")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(visit, scheme):
    for username, addresses in PAGES.items():
        page = visit(username, color_scheme=scheme, bypass_csp=True)
        for address in [*addresses, *acts(page, username)]:
            page.goto(address)
            assert findings(page) == [], (address, scheme)


def test_axe_finds_nothing_wrong_with_a_refused_form(visit):
    page = visit("tonghop", bypass_csp=True)
    page.goto("/ho-so/X1-LATE/dinh-chinh/")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.wait_for_selector("[role=alert]")

    assert findings(page) == []
    page.locator("[role=alert] a").first.click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("id_reason", "#id_reason")


def test_nothing_runs_over_the_side_of_a_phone(visit):
    for username, addresses in PAGES.items():
        page = visit(username, width=390)
        for address in [*addresses, *acts(page, username)]:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_charts_are_drawn_under_the_policy(visit):
    page = visit("tonghop")
    page.goto(f"/bang-dieu-hanh/?{YEAR}")
    page.wait_for_selector(".plot svg")

    assert page.locator(".plot svg").count() == page.locator("section.chart").count() > 0
    for box in page.locator(".plot").all():
        assert box.bounding_box()["height"] > 150
    assert page.locator("section.chart details[open]").count() == 0
    page.locator(".plot").first.hover()


def test_without_javascript_the_tables_tell_the_numbers(visit):
    page = visit("tonghop", java_script_enabled=False)
    page.goto(f"/bang-dieu-hanh/?{YEAR}")

    assert page.locator("section.chart table").first.is_visible()
    assert not page.locator(".plot").first.is_visible()


def test_a_dossier_is_corrected_without_javascript(visit):
    page = visit("tonghop", java_script_enabled=False)
    page.goto(f"/chi-tieu/dossiers.late/?level=commune&{YEAR}")
    page.get_by_role("link", name="X1-LATE").click()
    page.get_by_role("link", name="Đính chính").click()
    page.get_by_label("Ngày giải quyết xong").fill("2022-03-10")
    page.get_by_label("Lý do đính chính").fill("Phiếu trả kết quả ghi ngày 10/03/2022")
    page.get_by_role("button", name="Ghi đính chính").click()

    assert "Đúng hạn" in page.locator(".state").inner_text()
    page.goto(f"/chi-tieu/dossiers.late/?level=commune&{YEAR}")
    assert page.locator(".value-box .big dd").inner_text().startswith("1")


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("motcua")
    page.goto(f"/bang-dieu-hanh/?{YEAR}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_navigation_opens_on_a_phone(visit):
    page = visit("motcua", width=390, java_script_enabled=False)
    assert not page.locator("nav.side").is_visible()

    page.get_by_role("link", name="Danh mục", exact=True).click()
    page.get_by_role("link", name="Danh mục chỉ tiêu").click()

    assert page.locator("h1").inner_text() == "Danh mục chỉ tiêu"


def test_a_seat_is_switched_openly(visit):
    page = visit("tonghop")
    page.get_by_role("link", name="Đổi vị trí").click()
    page.get_by_role("button", name="Công chức một cửa").click()

    assert "UBND xã Trường Hà" in page.locator("header .seat").inner_text()


def test_the_vendored_checker_is_the_one_that_was_listed():
    listed = dict(reversed(line.split()) for line in (AXE.parent / "SHA256SUMS").read_text().splitlines())

    for name, digest in listed.items():
        assert hashlib.sha256((AXE.parent / name).read_bytes()).hexdigest() == digest, name


def test_a_period_is_closed_looked_into_and_opened_again_without_javascript(visit):
    page = visit("tonghop", java_script_enabled=False)
    page.goto("/chot-so-lieu/chot/?co-quan=H&tu=2022-03-01&den=2022-03-31")
    page.get_by_label("Phạm vi chốt").select_option("below")
    page.get_by_role("button", name="Chốt số liệu").click()
    assert "3 cơ quan" in page.locator("[role=status]").inner_text()
    closing = page.url

    page.goto("/ho-so/X1-LATE/dinh-chinh/")
    page.get_by_label("Ngày giải quyết xong").fill("2022-03-10")
    page.get_by_label("Lý do đính chính").fill("Phiếu trả kết quả ghi ngày 10/03/2022")
    page.get_by_role("button", name="Ghi đính chính").click()
    page.goto(closing)
    page.get_by_role("link", name="Phát sinh muộn toàn tuyến").click()
    assert "X1-LATE" in page.locator("main").inner_text()

    page.goto(closing)
    page.get_by_role("link", name="Mở lại kỳ").click()
    page.get_by_label("Lý do mở lại").fill("Nhập thiếu hồ sơ")
    page.get_by_role("button", name="Mở lại kỳ").click()
    assert "Nhập thiếu hồ sơ" in page.locator("main table.tree").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_closed_period_is_accessible_and_fits(visit, width):
    page = visit("tonghop", width=width, bypass_csp=True)
    page.goto("/chot-so-lieu/chot/?co-quan=H&tu=2022-03-01&den=2022-03-31")
    page.get_by_label("Phạm vi chốt").select_option("missing")
    page.get_by_label("Lý do chốt khi còn thiếu").fill("Hai xã mất mạng")
    page.get_by_role("button", name="Chốt số liệu").click()
    closing = page.url
    for address in (
        closing,
        closing.replace("co-quan", "phat-sinh-muon"),
        closing.replace("co-quan", "mo-lai"),
        closing.replace("co-quan", "chi-tieu") + "?chi-tieu=feedback.received",
        "/chot-so-lieu/?tu=2022-03-01&den=2022-03-31",
    ):
        page.goto(address)
        assert findings(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
