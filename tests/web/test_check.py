"""The page that checks a report: open to strangers, limited, and nothing is kept."""

import importlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.http import HttpRequest

from congvu.access.rules import Role
from congvu.journal.models import Act
from congvu.press.word.document import to_docx
from congvu.web.uploads import UPLOAD_MAX_BYTES, InMemoryOnly
from tests.checker.sample import TEXT, look
from tests.press.sample import full_report

ADDRESS = "/kiem-tra-so-lieu/"


@pytest.fixture
def a_detector(monkeypatch):
    module = importlib.import_module("congvu.checker.check")
    monkeypatch.setattr(module, "DETECTORS", (look,))


@pytest.fixture(autouse=True)
def _somewhere(province):
    """Pages are of a province."""


def upload(content, name="bao-cao.txt"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_a_stranger_is_offered_the_check_on_the_first_page(browser):
    page = browser.page("/dang-nhap/")
    form = page.select_one(f"form[action='{ADDRESS}']")

    assert form["enctype"] == "multipart/form-data"
    assert form.select_one("input[type=file][name=file]")


def test_the_page_says_that_nothing_is_kept(browser):
    assert "không lưu lại" in browser.page(ADDRESS).words()


def test_a_file_is_checked_and_its_places_are_marked(browser, a_detector):
    page = browser.send(ADDRESS, 200, file=upload(TEXT))

    assert "bao-cao.txt" in page.words("#tim-thay")
    assert page.words(".counts") == "Có 3 chỗ chắc chắn sai, 2 chỗ cần xem lại."
    assert [item["id"] for item in page.select("ol.findings li")] == [f"loi-{number}" for number in range(1, 6)]
    assert len(page.select("mark.certain")) == 3
    assert "30 hồ sơ<script>" in page.select_one(".checked").get_text()


def test_pasted_words_are_checked_and_stay(browser, a_detector):
    page = browser.send(ADDRESS, 200, text=TEXT)

    assert len(page.select("ol.findings li")) == 5
    assert page.select_one("textarea").get_text().strip() == TEXT.strip()


def test_a_docx_is_read(browser):
    page = browser.send(ADDRESS, 200, file=upload(to_docx(full_report(1, 2)), "bao-cao.docx"))

    assert page.select(".checked table")
    assert page.select(".checked .notes p")


REFUSED = {
    "nothing": ({}, "Hãy chọn một tệp"),
    "blanks": ({"text": "  \n "}, "Hãy chọn một tệp"),
    "an empty file": ({"file": (b"", "trong.docx")}, "trống"),
    "a broken file": ({"file": (b"PK\x03\x04", "hong.docx")}, "hỏng"),
    "a picture": ({"file": (b"\x89PNG\r\n\x1a\n", "anh.pdf")}, "hình ảnh"),
    "a name that is no name": ({"file": (b"%PDF-1.4", "<b>&.pdf")}, "<b>&.pdf"),
}


@pytest.mark.parametrize(("sent", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_checked_is_refused_on_the_page(browser, sent, why):
    fields = {name: upload(*value) if isinstance(value, tuple) else value for name, value in sent.items()}

    page = browser.send(ADDRESS, 422, **fields)

    assert why in page.words("[role=alert]")
    assert not page.select(".checked")


def test_a_file_beyond_the_limit_is_refused_with_the_limit(browser):
    page = browser.send(ADDRESS, 422, file=upload(b"a" * (UPLOAD_MAX_BYTES + 1)))

    assert "20 MB" in page.words("[role=alert]")


def test_the_limit_holds_for_all_files_of_a_request_together(browser):
    half = b"a " * (UPLOAD_MAX_BYTES // 4 + 1)
    page = browser.send(ADDRESS, 422, file=[upload(half), upload(half)])

    assert "20 MB" in page.words("[role=alert]")


def test_what_goes_beyond_the_limit_is_not_held():
    handler = InMemoryOnly(HttpRequest())
    handler.new_file("file", "a.txt", "text/plain", None)

    handler.receive_data_chunk(bytes(UPLOAD_MAX_BYTES), 0)
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"a", UPLOAD_MAX_BYTES)


def test_an_upload_never_touches_the_disk(browser, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "absent")

    page = browser.send(ADDRESS, 422, file=upload(b"\x89PNG\r\n\x1a\n" + bytes(5_000_000)))

    assert "hình ảnh" in page.words("[role=alert]")


def test_nothing_is_recorded(browser):
    before = Act.objects.count()

    browser.send(ADDRESS, 200, text="Có 12 xã.")

    assert Act.objects.count() == before
    assert not browser.cookies.get("sessionid")


def test_without_its_token_a_form_is_refused():
    from django.test import Client

    reply = Client(enforce_csrf_checks=True).post(ADDRESS, {"text": "Có 12 xã."})

    assert reply.status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_signs_in_finds_it_and_begins_elsewhere(as_role, role):
    client = as_role(role)

    page = client.page(ADDRESS)

    assert page.select_one("nav.side a[aria-current]")["href"] == ADDRESS
    assert client.get("/")["Location"] != ADDRESS
