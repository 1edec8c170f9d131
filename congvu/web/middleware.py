"""What happens around every page: a request id, its language, a refusal shown as a page, unreadable addresses."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from congvu.kernel.errors import Refusal

Next = Callable[[HttpRequest], HttpResponse]

_current: ContextVar[str] = ContextVar("request_id", default="-")


def request_id() -> str:
    """Return the id of the request being answered, ``-`` outside one."""
    return _current.get()


class RequestId:
    """Give every request an id: people read it on an error page, the log carries it, the reply's header too."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _current.set(secrets.token_hex(6))
        request.request_id = request_id()  # type: ignore[attr-defined]  # for what is logged after the reply is made
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id()
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response
        finally:
            _current.reset(token)


class LogRequestId(logging.Filter):
    """Let log lines name the request that they belong to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "request_id", request_id())
        return True


LANGUAGE_COOKIE = "ngon_ngu"


class Language:
    """Answer in the language chosen by the form at the foot of the pages, else in Vietnamese.

    The browser's own languages are not asked: they say how a computer was set up, not who reads.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        with override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response


class ShowRefusals:
    """Turn a :class:`Refusal`, raised anywhere below, into the page that the person sees."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_control_characters(request):
            return refused(request, UnreadableAddress("Địa chỉ trang có ký tự không đọc được. Hãy kiểm tra lại."))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


class UnreadableAddress(Refusal):
    code = "address.unreadable"


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "errors/refusal.html", {"refusal": refusal}, status=refusal.status)


_CONTROL = re.compile("[\x00-\x1f\x7f]")


def _holds_control_characters(request: HttpRequest) -> bool:
    # PostgreSQL has no NUL in text; none of our codes, names and dates holds any other control character
    values = (value for values in request.GET.lists() for value in (values[0], *values[1]))
    return any(_CONTROL.search(text) for text in (request.path_info, *values))
