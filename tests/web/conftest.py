"""A browser whose every page is checked for the basics, and a small province to look at."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from congvu.access.rules import Role

from .province import NOW, make_province, make_user

_VOID_TYPES = {"hidden", "submit", "button"}


class Page(BeautifulSoup):
    """HTML that has been checked; every test that fetches a page repeats these rules."""

    def check(self, address):
        assert self.html["lang"] == "vi", address
        heads = [h.get_text(" ", strip=True) for h in self.select("h1")]
        assert len(heads) == 1, f"{address}: h1 {heads}"
        assert self.title.get_text().strip().startswith(heads[0]), f"{address}: the title is not the h1"
        assert len(self.select("main")) == 1, f"{address}: one main part"
        self._check_ids(address)
        self._check_policy(address)
        self._check_forms(address)
        for table in self.select("table"):
            assert table.caption, f"{address}: a table without a caption"
            assert all(th.get("scope") for th in table.select("th")), f"{address}: a head without scope"
        return self

    def _check_ids(self, address):
        ids = [tag["id"] for tag in self.select("[id]")]
        assert len(ids) == len(set(ids)), f"{address}: repeated id among {sorted(ids)}"
        for tag in self.select("[aria-labelledby], [aria-describedby]"):
            for name in (tag.get("aria-labelledby", "") + " " + tag.get("aria-describedby", "")).split():
                assert name in ids, f"{address}: nothing has the id {name}"
        for link in self.select("a[href^='#']"):
            assert link["href"][1:] in ids, f"{address}: {link['href']} leads nowhere"
        names = [(tag.name, tag.get("aria-label")) for tag in self.select("nav, aside")]
        assert len(names) == len(set(names)), f"{address}: landmarks of one name {names}"

    def _check_policy(self, address):
        assert not self.select("[style], style"), f"{address}: a style in the page"
        for script in self.select("script"):
            if script.get("type") == "application/json":
                json.loads(script.string)
            else:
                assert script.get("src", "").startswith("/static/"), f"{address}: a script in the page"
        for tag in self.select("[src], link[href], form[action]"):
            where = tag.get("src") or tag.get("href") or tag.get("action")
            assert where.startswith("/"), f"{address}: {where} is another host's"
        assert not re.search(r"\son\w+=", str(self)), f"{address}: a handler in the page"

    def _check_forms(self, address):
        for form in self.select("form"):
            if form.get("method", "get").lower() == "post":
                assert form.select_one("[name=csrfmiddlewaretoken]"), f"{address}: a form without a token"
            else:
                assert not form.select_one("[name=csrfmiddlewaretoken]"), f"{address}: a token in an address"
            assert form.select("button"), f"{address}: a form without a button"
        for field in self.select("input, select, textarea"):
            if field.get("type") not in _VOID_TYPES:
                assert self.select(f"label[for='{field['id']}']"), f"{address}: {field['name']} has no label"

    def words(self, selector="main"):
        """The text of one part, blanks as one."""
        return " ".join(self.select_one(selector).get_text(" ").split())


class Browser(Client):
    def page(self, address, status=200, **query):
        reply = self.get(address, query)
        return self.checked(reply, status)

    def send(self, address, status=302, **fields):
        """Post a form; return where it leads, or the page that it shows again."""
        reply = self.post(address, fields)
        if status == 302:
            assert reply.status_code == 302, (address, reply.status_code, reply.content[:2000].decode())
            return reply["Location"]
        return self.checked(reply, status)

    def checked(self, reply, status=200):
        address = reply.request["PATH_INFO"]
        assert reply.status_code == status, (address, reply.status_code, reply.content[:2000].decode())
        assert "default-src 'none'" in reply["Content-Security-Policy"], address
        assert "unsafe" not in reply["Content-Security-Policy"], address
        return Page(reply.content, "html5lib").check(address)


@pytest.fixture(autouse=True)
def as_served(settings, monkeypatch, tmp_path):
    """The demo's clock, plain static files, and passwords that are quick to check."""
    monkeypatch.setenv("CONGVU_NOW", NOW)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = tmp_path  # nothing is collected for a test
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def province(db):
    make_province()


@pytest.fixture
def browser(db):
    return Browser()


@pytest.fixture
def as_role(province):
    """Return a function that signs in as somebody of a role; each call is another browser."""

    def sign_in(role, agency=None):
        user = make_user(f"{role}-{agency or ''}", role, agency=agency)
        client = Browser()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.user = user
        return client

    return sign_in


@pytest.fixture
def officer(as_role):
    return as_role(Role.REPORTING_OFFICER)


@pytest.fixture
def clerk(as_role):
    return as_role(Role.ONE_STOP_CLERK)


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)
