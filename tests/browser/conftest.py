"""A real browser before the real application: its own database, collected static files, a small province."""

import shutil
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from congvu.access.rules import Role
from tests.web.province import NOW, give_seat, make_province, make_user, mark_simulated

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROLES = {
    "tonghop": Role.REPORTING_OFFICER,
    "motcua": Role.ONE_STOP_CLERK,
    "tochuc": Role.PERSONNEL_OFFICER,
    "quantri": Role.ADMINISTRATOR,
}


def pytest_collection_modifyitems(items):
    reason = "Chromium is not installed here (make deps-apt installs it)"
    for item in items:
        if CHROMIUM is None and HERE in Path(item.fspath).parents:
            item.add_marker(pytest.mark.skip(reason=reason))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        pass

    def handle(self):
        from django.db import connections

        super().handle()
        connections.close_all()


@pytest.fixture(scope="session")
def static_root(tmp_path_factory):
    """Where static files are collected, once for all tests here."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def site(own_database, settings, monkeypatch, static_root):
    """The address of a running application over a simulated small province; one user of each role has a card."""
    from django.core.wsgi import get_wsgi_application

    from congvu.web.installation import collect_assets

    monkeypatch.setenv("CONGVU_NOW", NOW)
    settings.STATIC_ROOT = static_root
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    collect_assets()
    make_province()
    mark_simulated()
    users = {name: make_user(name, role, demo_card=f"Vai trò {role}") for name, role in ROLES.items()}
    give_seat(users["tonghop"], Role.ONE_STOP_CLERK, "X2")
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def chromium(site):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def _complains(message):
    """A refused form is answered 422, which the browser reports; anything else it reports is a fault."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
def visit(chromium, site):
    """Return a function that opens a tab signed in by a card; complaints of the browser fail the test."""
    complaints = []

    def opened(username=None, width=1280, **options):
        context = chromium.new_context(base_url=site, viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _complains(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
        if username:
            page.goto("/dang-nhap/")
            page.locator(f"form:has(input[value={username}]) button").click()
            page.wait_for_selector("header .who")
        return page

    yield opened
    assert complaints == []
