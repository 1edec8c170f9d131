"""Users and their seats, for those who manage them."""

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.access import services
from congvu.access.queries import PAGE, get_user, users_page
from congvu.access.rules import Permission
from congvu.kernel import clock

from ..address import AFTER, place_token
from ..forms import SeatForm, UserForm, accepted, posted
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..templating import url
from ..users_page import seats_listing, users_listing

_LIST = "users"
UNPROCESSABLE = 422


@needs(Permission.MANAGE_USERS)
@require_GET
def users(request: Seated) -> HttpResponse:
    place = place_asked(request, _LIST)
    page = users_page(request.reader, after=place[0] if place else "", limit=rows_asked(request, PAGE))
    token = place_token([page.after] if page.after else None, _LIST)
    context = {
        "page": page,
        "next": url("users", {AFTER: token}) if token else None,
        "first": url("users") if place else None,
    }
    return show_list(request, "access/users.html", users_listing(page), context)


@needs(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user_create(request: Seated) -> HttpResponse:
    form = UserForm(posted(request))
    made: list[str] = []
    if request.method == "POST" and accepted(
        form, lambda: made.append(services.create_user(actor=request.reader, **form.cleaned_data))
    ):
        return _password_once(request, form.cleaned_data["username"], made[0])
    return render(request, "access/user-create.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@needs(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user(request: Seated, username: str) -> HttpResponse:
    """Show a user; a POST gives them a seat."""
    form = SeatForm(posted(request), initial={"valid_from": clock.today().isoformat()})
    if request.method == "POST" and accepted(
        form, lambda: services.give_seat(actor=request.reader, username=username, **form.cleaned_data)
    ):
        success(request, _("Đã giao vị trí làm việc. Người dùng thấy vị trí này ở lần mở trang tới."))
        return redirect("web:user", username=username)
    found = get_user(request.reader, username)
    context, status = {"found": found, "form": form}, UNPROCESSABLE if form.is_bound else 200
    return show_list(request, "access/user.html", seats_listing(found.full_name, found.seats), context, status=status)


@needs(Permission.MANAGE_USERS)
@require_POST
def user_seat_end(request: Seated, username: str, seat: int) -> HttpResponse:
    services.end_seat(actor=request.reader, username=username, seat_id=seat)
    success(request, _("Đã kết thúc vị trí làm việc; ngày cuối là hôm qua."))
    return redirect("web:user", username=username)


@needs(Permission.MANAGE_USERS)
@require_POST
def user_active(request: Seated, username: str) -> HttpResponse:
    active = request.POST.get("active") == "1"
    services.set_active(actor=request.reader, username=username, active=active)
    success(request, _("Đã mở tài khoản.") if active else _("Đã khóa tài khoản; người dùng không đăng nhập được nữa."))
    return redirect("web:user", username=username)


@needs(Permission.MANAGE_USERS)
@require_POST
def user_password(request: Seated, username: str) -> HttpResponse:
    return _password_once(request, username, services.reset_password(actor=request.reader, username=username))


def _password_once(request: HttpRequest, username: str, password: str) -> HttpResponse:
    """Show a temporary password on this page only: it is kept nowhere, so no address leads back to it."""
    reply = render(request, "access/password-once.html", {"username": username, "password": password})
    reply["Cache-Control"] = "no-store"
    return reply
