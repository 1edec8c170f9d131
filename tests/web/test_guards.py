"""Rules that hold of every route at once: a new view cannot forget them."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from congvu.web.guards import GUARDS
from congvu.web.navigation import BELOW, GROUPS


def routes(resolver=None, prefix="", space=()):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join((*space, entry.name)), path, entry.callback
        else:
            yield from routes(entry, path, (*space, entry.namespace) if entry.namespace else space)


ROUTES = list(routes())
NAMES = {name for name, _path, _view in ROUTES}


@pytest.mark.parametrize(("name", "path", "view"), ROUTES, ids=[name for name, _path, _view in ROUTES])
def test_every_view_wears_a_guard(name, path, view):
    assert view in GUARDS, f"{name}: wear @needs(Permission…), @signed_in or @public"


@pytest.mark.parametrize(("name", "path", "view"), ROUTES, ids=[name for name, _path, _view in ROUTES])
def test_every_path_is_in_small_letters_and_its_parts_have_a_type(name, path, view):
    fixed = re.sub(r"<[^>]+>", "", path)

    assert fixed == fixed.lower(), path
    assert "_" not in fixed, path
    assert all(":" in part for part in re.findall(r"<([^>]+)>", path)), path


def test_only_what_has_to_be_is_open_to_strangers():
    assert {name for name, _path, view in ROUTES if GUARDS[view] == "public"} == {
        "web:sign-in",
        "web:sign-in-as-demo",
        "web:language",
        "web:checking",
        "web:healthz",
        "web:robots",
    }


def test_the_navigation_leads_to_pages_that_its_readers_may_open():
    guards = {name: GUARDS[view] for name, _path, view in ROUTES}

    for _title, entries in GROUPS:
        for entry in entries:
            assert guards[entry.route] == (entry.permission or "public")
    assert BELOW.keys() | set(BELOW.values()) <= NAMES
