"""Closing the figures of a period, and what was closed."""

from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from congvu.access.rules import Permission
from congvu.figures.closed import ClosedPeriod, figures_with_late, get_closed, open_closed
from congvu.figures.closing import OWN, close_many, close_period, reopen
from congvu.figures.closing_list import last_month, periods_closed, standings_in
from congvu.figures.opening import PAGE
from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.format import format_period

from ..address import AFTER, period_in, period_query, place_token
from ..closing_page import (
    KEY,
    SCOPE,
    SCOPES,
    closed_scope,
    closing_listing,
    closing_page,
    closing_url,
    closings_listing,
    standing_lines,
    to_close_lines,
)
from ..forms import CloseForm, ReopenForm, accepted, posted
from ..frozen_rows import frozen_listing, frozen_rows
from ..guards import Seated, needs
from ..late_page import PAGE as LATE_PAGE
from ..late_page import late_listing, late_page, late_place
from ..list_export import place_asked, rows_asked, show_list
from ..periods import Picker
from ..templating import url

UNPROCESSABLE = 422


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closings(request: Seated) -> HttpResponse:
    chosen = period_in(request)
    period = chosen or last_month()
    listed = standings_in(request.reader, period)
    lines = standing_lines(listed, may_close=request.reader.may(Permission.CLOSE_PERIOD))
    listing = closings_listing(listed, lines, periods_closed(request.reader))
    context = {"listed": listed, "picker": Picker(period.first, period.last, False, "")}
    return show_list(request, "closings/closings.html", listing, context)


@needs(Permission.CLOSE_PERIOD)
@require_http_methods(["GET", "POST"])
def closing_close(request: Seated) -> HttpResponse:
    period = period_in(request)
    if period is None:
        raise UsageRefusal("Hãy chọn kỳ và cơ quan để chốt ở trang «Chốt số liệu».")
    code = request.GET.get("co-quan", "")
    standing = next((s for s in standings_in(request.reader, period).standings if s.unit.code == code), None)
    if standing is None:
        raise Http404("Không tìm thấy cơ quan trong kỳ này.")
    form = CloseForm(posted(request), waiting=len(standing.waiting))
    made = []

    def close() -> None:
        if form.cleaned_data["how"] == CloseForm.BELOW:
            made.extend(close_many(code, period, reader=request.reader))
        else:
            made.append(close_period(code, period, reader=request.reader, reason=form.cleaned_data["reason"]))

    if request.method == "POST" and accepted(form, close):
        closed = made[-1]
        words = {
            "period": format_period(period.first, period.last),
            "name": standing.unit.name,
            "count": len(made),
        }
        if len(made) > 1:
            success(
                request,
                ngettext(
                    "Đã chốt kỳ %(period)s của %(name)s và các cơ quan bên dưới: %(count)s cơ quan.",
                    "Đã chốt kỳ %(period)s của %(name)s và các cơ quan bên dưới: %(count)s cơ quan.",
                    len(made),
                )
                % words,
            )
        else:
            success(request, _("Đã chốt kỳ %(period)s của %(name)s.") % words)
        return redirect(closing_url("closing", closed))
    found = [] if standing.closed else figures_with_late(code, period, reader=request.reader)
    context = {
        "standing": standing,
        "period": period,
        "lines": to_close_lines(found, period),
        "form": form,
        "action": url("closing-close", {"co-quan": code} | period_query(period)),
        "back": url("closings", period_query(period)),
    }
    return render(request, "closings/close.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closing(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    page = closing_page(request.reader, closed)
    return show_list(request, "closings/closing.html", closing_listing(page), {"page": page})


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closing_figure(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    key, scope = request.GET.get(KEY, ""), _scope_in(request)
    place = f"closing-{closed.closing.record_key}-{scope}-{key}"
    opened = open_closed(
        closed,
        key,
        reader=request.reader,
        scope=scope,
        limit=rows_asked(request, PAGE),
        after=place_asked(request, place),
    )
    query = {KEY: key, SCOPE: request.GET.get(SCOPE, ""), AFTER: place_token(opened.after, place)}
    following = closing_url("closing-figure", closed.closing, query) if opened.after else None
    page = frozen_rows(opened, closed.period, following)
    listing = frozen_listing(page, closed_scope(closed, scope), closed.closing.closed_at)
    context = {"page": page, "closed": closed, "tier": scope != OWN}
    return show_list(request, "closings/figure.html", listing, context | _way_back(closed))


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closing_late(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    scope = _scope_in(request)
    place = place_asked(request, late_place(closed.closing, scope))
    page = late_page(request.reader, closed, scope, place, rows_asked(request, LATE_PAGE))
    return show_list(request, "closings/late.html", late_listing(page, scope), {"page": page} | _way_back(closed))


@needs(Permission.CLOSE_PERIOD)
@require_http_methods(["GET", "POST"])
def closing_reopen(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    form = ReopenForm(posted(request))
    if request.method == "POST" and accepted(
        form, lambda: reopen(code, closed.period, form.cleaned_data["reason"], number=number, reader=request.reader)
    ):
        words = {"period": format_period(closed.period.first, closed.period.last), "name": closed.name}
        success(request, _("Đã mở lại kỳ %(period)s của %(name)s.") % words)
        return redirect(url("closings", period_query(closed.period)))
    context = {"closed": closed, "form": form, "action": closing_url("closing-reopen", closed.closing)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "closings/reopen.html", context | _way_back(closed), status=status)


def _closed(request: Seated, first: str, last: str, number: int, code: str) -> ClosedPeriod:
    period = Period(parse_day(first, "Ngày đầu kỳ"), parse_day(last, "Ngày cuối kỳ"))
    return get_closed(request.reader, code, period, number)


def _scope_in(request: HttpRequest) -> str:
    asked = request.GET.get(SCOPE, "rieng")
    if asked not in SCOPES:
        raise UsageRefusal(f"Phạm vi «{asked[:40]}» không có. Hãy mở lại từ trang của kỳ đã chốt.")
    return SCOPES[asked]


def _way_back(closed: ClosedPeriod) -> dict[str, str]:
    return {
        "list_url": url("closings", period_query(closed.period)),
        "closing_url": closing_url("closing", closed.closing),
    }
