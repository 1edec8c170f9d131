"""The guards: every view wears one, and says by it who may come in (tests/web/test_guards.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from congvu.access.models import User
from congvu.access.rules import Permission, Reader
from congvu.access.visibility import reader_for
from congvu.kernel.errors import Refusal

P = ParamSpec("P")
View = Callable[..., HttpResponse]

GUARDS: dict[object, Permission | Literal["public", "signed in"]] = {}
"""View -> its guard; read by the tests over all routes and by docs/reference/permissions.md."""

SEAT = "seat"
"""Under this name the session keeps the id of the seat that was chosen."""


class NoSeat(Refusal):
    code = "access.no_seat"
    status = 403


class SignedIn(HttpRequest):
    """A request that has passed ``signed_in``: its user is one of ours."""

    user: User


class Seated(SignedIn):
    """A request that has passed ``needs``: its reader sits in a seat with that permission."""

    reader: Reader


def reader_of(request: HttpRequest) -> Reader | None:
    """Return who reads this page, in the seat chosen; None for a stranger or somebody without a seat today."""
    if not hasattr(request, "_reader"):
        user = getattr(request, "user", None)
        reader = reader_for(user, request.session.get(SEAT)) if isinstance(user, User) else None
        request._reader = reader  # type: ignore[attr-defined]  # found once a request
    return request._reader  # type: ignore[attr-defined, no-any-return]


def public(view: View) -> View:
    """Let everybody in."""
    GUARDS[view] = "public"
    return view


def signed_in(
    view: Callable[Concatenate[SignedIn, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in who has signed in, with or without a seat."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return _to_sign_in(request)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the user has just been looked at

    GUARDS[guarded] = "signed in"
    return guarded


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Seated, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in whose seat has ``permission``; a temporary password has to be changed first."""

    def wrap(
        view: Callable[Concatenate[Seated, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User):
                return _to_sign_in(request)
            if request.user.must_change_password:
                return redirect("web:password")
            reader = reader_of(request)
            if reader is None:
                raise NoSeat(
                    "Hôm nay anh, chị không giữ vị trí làm việc nào. Hãy nhờ người quản trị hệ thống giao vị trí."
                )
            if not reader.may(permission):
                raise PermissionDenied
            request.reader = reader  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # it is a Seated from here on

        GUARDS[guarded] = permission
        return guarded

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    # a form that was sent cannot be sent again from the sign-in page: its own page can be asked for
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect_to_login(back)
