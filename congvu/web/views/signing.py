"""Signing in and out, one's password, one's seat."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from congvu.access.models import User
from congvu.access.queries import demo_cards, demo_user, seats_held
from congvu.access.services import change_password
from congvu.kernel import clock
from congvu.province.queries import house

from ..forms import PasswordForm, SignInForm, accepted, posted
from ..guards import SEAT, NoSeat, SignedIn, public, reader_of, signed_in
from ..navigation import home_for

_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
UNPROCESSABLE = 422


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            login(request, user)
            return redirect(_way_back(request))
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại cả hai."))
    return render(request, "access/sign-in.html", _sign_in_page(request, form), status=_status(form))


@public
@require_POST
def sign_in_as_demo(request: HttpRequest) -> HttpResponse:
    # SECURITY: nobody has a password here; the mark that `congvu demo` sets on its own database is what allows it
    user = demo_user(request.POST.get("username", "")[:150]) if house(clock.today()).simulated else None
    if user is None:
        raise Http404
    login(request, user, backend=_MODEL_BACKEND)
    return redirect(_way_back(request))


@signed_in
@require_POST
def sign_out(request: SignedIn) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@signed_in
def home(request: SignedIn) -> HttpResponse:
    if request.user.must_change_password:
        return redirect("web:password")
    reader = reader_of(request)
    if reader is None:
        raise NoSeat("Hôm nay anh, chị không giữ vị trí làm việc nào. Hãy nhờ người quản trị hệ thống giao vị trí.")
    return redirect(home_for(reader))


@signed_in
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: SignedIn) -> HttpResponse:
    user = request.user
    form = PasswordForm(posted(request), is_right=user.check_password)
    if request.method == "POST" and accepted(
        form, lambda: change_password(user=user, password=form.cleaned_data["new"])
    ):
        update_session_auth_hash(request, user)
        success(request, _("Đã đổi mật khẩu. Lần đăng nhập sau hãy dùng mật khẩu mới."))
        return redirect("web:home")
    return render(request, "access/password.html", {"form": form}, status=_status(form))


@signed_in
@require_http_methods(["GET", "POST"])
def seats(request: SignedIn) -> HttpResponse:
    held = seats_held(request.user)
    if request.method == "POST":
        chosen = next((seat for seat in held if str(seat.id) == request.POST.get("seat")), None)
        if chosen is None:
            raise Http404
        request.session[SEAT] = chosen.id
        success(request, _("Đang làm việc ở vị trí: %(role)s, %(agency)s.") % _words(chosen))
        return redirect("web:home")
    return render(request, "access/seats.html", {"seats": held})


def _words(seat: Any) -> dict[str, str]:
    return {"role": seat.role_name, "agency": seat.agency_name}


def _sign_in_page(request: HttpRequest, form: SignInForm) -> dict[str, Any]:
    cards = demo_cards() if house(clock.today()).simulated else ()
    return {"form": form, "cards": cards, "next": request.GET.get("next", "")}


def _way_back(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def _status(form: SignInForm | PasswordForm) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200
