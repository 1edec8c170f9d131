"""What django-axes answers with after too many wrong passwords."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .queries import wait_before_next_attempt

TOO_MANY_REQUESTS = 429


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """Say how long signing in stays shut for this name from this place."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    wait = wait_before_next_attempt(str(username))
    reply = render(
        request,
        "errors/locked-out.html",
        {"minutes": ceil(wait.total_seconds() / 60)},
        status=TOO_MANY_REQUESTS,
    )
    reply["Retry-After"] = str(ceil(wait.total_seconds()))
    return reply
