"""Checking a report in a real browser: from the first page, on a phone, by a stranger."""

import importlib

import pytest

from tests.checker.sample import TEXT, look

from .test_pages import findings


@pytest.fixture
def a_detector(monkeypatch):
    """One detector more: what it finds in the sample has every form that a page shows."""
    module = importlib.import_module("congvu.checker.check")
    monkeypatch.setattr(module, "DETECTORS", (*module.DETECTORS, look))


def checked(page):
    page.goto("/kiem-tra-so-lieu/")
    page.get_by_label("Hoặc dán văn bản").fill(TEXT)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.wait_for_selector(".checked")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_a_result(visit, a_detector, scheme):
    page = visit(color_scheme=scheme, bypass_csp=True)
    checked(page)

    assert page.locator("mark.certain").count() >= 3
    assert findings(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_result_is_readable_at_every_width(visit, a_detector, width):
    page = visit(width=width, java_script_enabled=True)
    checked(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#tim-thay ~ ol a").first.click()
    assert page.evaluate("location.hash") == "#cho-1"


def test_a_stranger_checks_a_file_from_the_first_page_without_javascript(visit, tmp_path):
    report = tmp_path / "bao-cao.txt"
    report.write_text(TEXT, encoding="utf-8")
    page = visit(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Tệp báo cáo").set_input_files(report)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()

    assert page.locator("h1").inner_text() == "Kiểm tra số liệu"
    assert "bao-cao.txt" in page.locator("#tim-thay").inner_text()
    assert "30 hồ sơ<script>" in page.locator(".checked").inner_text()
