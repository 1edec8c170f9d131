"""The pages of the reporting regime in a real browser: accessible, on a phone too, and usable from end to end."""

import pytest

from congvu.access.rules import SYSTEM, Role
from congvu.collection.asking import Asked, open_request
from congvu.collection.late import urge
from tests.web.province import make_user

from .test_pages import findings

REQUEST = "/yeu-cau-bao-cao/annual-20221214/"
PAGES = {
    "tonghop": [
        "/yeu-cau-bao-cao/",
        "/yeu-cau-bao-cao/moi/",
        "/yeu-cau-bao-cao/ganh-nang/",
        REQUEST,
        f"{REQUEST}tong-hop/",
        f"{REQUEST}co-quan/H/",
    ],
    "thutruong": ["/viec-cua-toi/", f"{REQUEST}co-quan/X1/", f"{REQUEST}co-quan/X1/dien/"],
}


@pytest.fixture
def asked(site):
    open_request(SYSTEM, Asked("annual", 2022))
    urge(SYSTEM, "annual-20221214")
    make_user("thutruong", Role.AGENCY_HEAD, agency="X1", demo_card="Thủ trưởng")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(asked, visit, scheme):
    for username, addresses in PAGES.items():
        page = visit(username, color_scheme=scheme, bypass_csp=True)
        for address in addresses:
            page.goto(address)
            assert findings(page) == [], (address, scheme)


def test_axe_finds_nothing_wrong_with_a_form_that_cannot_be_sent(asked, visit):
    page = visit("thutruong", bypass_csp=True)
    page.goto(f"{REQUEST}co-quan/X1/dien/")
    page.fill("[id='tra-loi.cuoc-hop']", "vài")
    page.click("button[value='kiem-tra']")

    assert page.locator(".faults a").count() >= 1
    assert findings(page) == []


def test_no_page_is_wider_than_a_phone(asked, visit):
    for username, addresses in PAGES.items():
        page = visit(username, width=360)
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_a_report_is_filled_checked_and_sent_without_a_script(asked, visit):
    page = visit("thutruong", java_script_enabled=False)
    page.click("main tbody th a")
    page.click("text=Điền báo cáo")
    page.fill("[id='tra-loi.chi-dao']", "Kiểm tra hằng tuần")
    for question in ("cuoc-hop", "hoi-nghi", "sinh-hoat-dang", "cong-thong-tin", "phan-mem-van-ban", "luot-boi-duong"):
        page.fill(f"[id='tra-loi.{question}']", "1")
    page.click("button[value='kiem-tra']")
    page.click("main button:has-text('Gửi báo cáo')")

    assert "Đã gửi, chờ duyệt" in page.inner_text("main")
