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
from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.format import format_number, format_period

from ..address import AFTER, period_in, period_query, place_in, place_token
from ..closing_page import (
    KEY,
    SCOPE,
    SCOPES,
    closing_page,
    closing_url,
    standing_lines,
    to_close_lines,
)
from ..forms import CloseForm, ReopenForm, accepted, posted
from ..frozen_rows import frozen_rows
from ..guards import Seated, needs
from ..late_page import late_page, late_place
from ..periods import Picker
from ..templating import url

UNPROCESSABLE = 422


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closings(request: Seated) -> HttpResponse:
    chosen = period_in(request)
    period = chosen or last_month()
    listed = standings_in(request.reader, period)
    context = {
        "listed": listed,
        "lines": standing_lines(listed, may_close=request.reader.may(Permission.CLOSE_PERIOD)),
        "picker": Picker(period.first, period.last, False, ""),
        "periods": [
            (one.period, format_number(one.agencies), url("closings", period_query(one.period)))
            for one in periods_closed(request.reader)
        ],
    }
    return render(request, "closings/closings.html", context)


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
    return render(request, "closings/closing.html", {"page": closing_page(request.reader, closed)})


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closing_figure(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    key, scope = request.GET.get(KEY, ""), _scope_in(request)
    place = f"closing-{closed.closing.record_key}-{scope}-{key}"
    opened = open_closed(closed, key, reader=request.reader, scope=scope, after=place_in(request, place))
    query = {KEY: key, SCOPE: request.GET.get(SCOPE, ""), AFTER: place_token(opened.after, place)}
    following = closing_url("closing-figure", closed.closing, query) if opened.after else None
    context = {"page": frozen_rows(opened, closed.period, following), "closed": closed, "tier": scope != OWN}
    return render(request, "closings/figure.html", context | _way_back(closed))


@needs(Permission.SEE_CLOSINGS)
@require_GET
def closing_late(request: Seated, first: str, last: str, number: int, code: str) -> HttpResponse:
    closed = _closed(request, first, last, number, code)
    scope = _scope_in(request)
    page = late_page(request.reader, closed, scope, place_in(request, late_place(closed.closing, scope)))
    return render(request, "closings/late.html", {"page": page} | _way_back(closed))


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
