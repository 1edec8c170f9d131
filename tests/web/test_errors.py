"""The pages shown when something is wrong, each with the id of its request."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from congvu.web.middleware import LogRequestId
from congvu.web.views import plain

from .conftest import Browser, Page
from .province import PASSWORD


def test_the_reply_and_the_page_name_the_request(clerk):
    reply = clerk.get("/khong-co/")

    assert len(reply["X-Request-Id"]) == 12
    assert reply["X-Request-Id"] in reply.content.decode()
    assert clerk.get("/khong-co/")["X-Request-Id"] != reply["X-Request-Id"]


def test_a_fault_shows_a_page_that_needs_no_database(clerk, monkeypatch, django_assert_num_queries):
    def broken(*_args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("congvu.web.views.board.board_for", broken)
    client = Client(raise_request_exception=False)
    client.cookies = clerk.cookies

    reply = client.get("/bang-dieu-hanh/")

    page = Page(reply.content, "html5lib").check("500")
    assert reply.status_code == 500
    assert "Hệ thống gặp lỗi" in page.words("h1")
    assert reply["X-Request-Id"] in page.words()
    assert "secret detail" not in reply.content.decode()
    with django_assert_num_queries(0):
        plain.server_error(RequestFactory().get("/"))


def test_the_page_of_a_fault_stands_where_the_database_does_not(monkeypatch):
    def down(*_args, **_options):
        raise OperationalError("no server")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", down)

    reply = Client(raise_request_exception=False).get("/dang-nhap/")

    assert reply.status_code == 500
    assert "Hệ thống gặp lỗi" in reply.content.decode()


def test_health_says_whether_the_database_answers(browser, monkeypatch):
    assert browser.get("/healthz").json()["status"] == "ok"

    def down(*_args, **_options):
        raise OperationalError("no server")

    with monkeypatch.context() as broken:
        broken.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", down)
        reply = browser.get("/healthz")

    assert (reply.status_code, reply.json()["status"]) == (503, "database unreachable")


def test_a_form_without_its_token_is_refused_in_words(province):
    client = Browser(enforce_csrf_checks=True)

    page = client.send("/dang-nhap/", status=403, username="lan", password=PASSWORD)

    assert "Mẫu đã hết hạn" in page.words("h1")


def test_a_page_of_another_role_says_so(clerk):
    assert "không vào được" in clerk.page("/nguoi-dung/", status=403).words("h1")


def test_a_foreign_host_is_a_bad_request(db):
    reply = Client(raise_request_exception=False).get("/dang-nhap/", headers={"host": "evil.example"})

    assert reply.status_code == 400
    assert "Yêu cầu không đọc được" in Page(reply.content, "html5lib").check("400").words("h1")


def test_robots_are_kept_out(browser):
    assert browser.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert browser.get("/dang-nhap/")["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("header", ["text/html", "*/*"])
def test_pages_stay_vietnamese_whatever_the_browser_speaks(browser, province, header):
    page = browser.checked(browser.get("/dang-nhap/", headers={"accept": header, "accept-language": "en-US,en"}))

    assert page.words("h1") == "Đăng nhập"


def test_log_lines_carry_the_id_of_the_request_they_are_about():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "m", None, None)
    request = RequestFactory().get("/")
    request.request_id = "abc"
    record.request = request

    LogRequestId().filter(record)

    assert record.request_id == "abc"
