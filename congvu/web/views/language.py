"""Vietnamese or English: what this browser was told to show."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from congvu.kernel.errors import UsageRefusal

from ..guards import public
from ..middleware import LANGUAGE_COOKIE

_YEAR = 365 * 24 * 3600


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen in a cookie, and go back to the page where it was chosen."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise UsageRefusal("Trang chỉ có tiếng Việt và tiếng Anh. Hãy chọn một trong hai ở cuối trang.")
    reply = HttpResponseRedirect(_way_back(request.POST.get("next", "")))
    reply.set_cookie(
        LANGUAGE_COOKIE,
        chosen,
        max_age=_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return reply


def _way_back(wanted: str) -> str:
    # SECURITY: only an address on this host, so that the form of another site cannot send anybody elsewhere
    is_local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_local else "/"
