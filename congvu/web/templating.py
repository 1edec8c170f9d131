"""Jinja2 for every page: what templates may call, and what the shell around them shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from congvu import __version__
from congvu.access.models import User
from congvu.access.queries import seats_held
from congvu.access.rules import ROLE_NAMES, Reader
from congvu.kernel import clock
from congvu.kernel import format as words
from congvu.province.queries import House, house

from .guards import reader_of
from .middleware import request_id
from .navigation import BELOW, groups_for


def environment(**options: Any) -> Environment:
    """Return the environment of all templates: an unknown name is an error, text is escaped."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options.setdefault("extensions", []).append("jinja2.ext.i18n")
    made = Environment(**options)  # noqa: S701 - Django's backend hands over autoescape=True
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension's
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals |= {"static": static, "url": url, "version": __version__, "role_names": ROLE_NAMES}
    made.globals |= {"language": get_language, "languages": settings.LANGUAGES}
    made.filters |= {
        "number": words.format_number,
        "percent": words.format_percent,
        "day": words.format_day,
        "month": words.format_month,
        "instant": words.format_instant,
        "due": words.format_due,
        "time": words.format_time,
        "period": lambda period: words.format_period(period.first, period.last),
    }
    return made


def url(route: str, query: dict[str, Any] | None = None, /, **parts: Any) -> str:
    """Return the address of a page of ours, with the entries of ``query`` that have a value."""
    address = reverse(f"web:{route}", kwargs=parts)
    held = {name: value for name, value in (query or {}).items() if value not in (None, "")}
    return f"{address}?{urlencode(held)}" if held else address


@dataclass
class Shell:
    """What surrounds a page. Nothing is read before a template asks for it, so an error page needs no database."""

    request: HttpRequest

    @cached_property
    def house(self) -> House:
        return house(self.today)

    @cached_property
    def reader(self) -> Reader | None:
        return reader_of(self.request)

    @property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def has_several_seats(self) -> bool:
        return self.user is not None and len(seats_held(self.user)) > 1

    @property
    def navigation(self) -> list[tuple[Any, list[Any]]]:
        return groups_for(self.reader) if self.reader else []

    @property
    def entry(self) -> str:
        """The route of the navigation's entry under which this page lies."""
        match = self.request.resolver_match
        name = match.view_name if match else ""
        return BELOW.get(name, name)

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def messages(self) -> list[Any]:
        return list(get_messages(self.request))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Put the shell and the request's id before every template."""
    return {"shell": Shell(request), "request_id": request_id()}
