"""The check of a report's figures: open to everybody, nothing is kept."""

from dataclasses import dataclass
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from congvu.checker import check
from congvu.checker.html import findings_html, text_html
from congvu.checker.marked import marked
from congvu.kernel.errors import SurroundingsRefusal
from congvu.press.reading import read_manuscript

from ..forms import CheckForm, accepted, posted
from ..guards import public
from ..uploads import UPLOAD_MAX_BYTES, is_too_large

UNPROCESSABLE = 422
_AT_ONCE = BoundedSemaphore(2)  # strangers may check: they never take all the threads that serve pages
_WAIT_SECONDS = 20


@dataclass(frozen=True)
class _Result:
    name: str
    findings: Markup
    text: Markup


@public
@require_http_methods(["GET", "POST"])
def checking(request: HttpRequest) -> HttpResponse:
    form = CheckForm(posted(request), request.FILES or None, is_too_large=is_too_large(request))
    results: list[_Result] = []
    if request.method == "POST":
        accepted(form, lambda: results.append(_checked(*form.given)))
    context = {"form": form, "result": results[0] if results else None, "limit": UPLOAD_MAX_BYTES // 1_000_000}
    return render(request, "checking/checking.html", context, status=UNPROCESSABLE if form.errors else 200)


def _checked(data: bytes, name: str) -> _Result:
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise SurroundingsRefusal("Đang có nhiều người kiểm tra cùng lúc. Hãy thử lại sau ít phút.")
    try:
        manuscript = read_manuscript(data, name or _("văn bản đã dán"))
        checked = marked(manuscript, check(manuscript))
        return _Result(name, findings_html(checked), text_html(checked))
    finally:
        _AT_ONCE.release()
