"""The agencies on a day, and one agency through time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.kernel import clock
from congvu.province.queries import agencies_below, agencies_on, get_agency

from ..address import day_in
from ..guards import Seated, needs

DAY = "ngay"


@needs(Permission.SEE_AGENCIES)
@require_GET
def agencies(request: Seated) -> HttpResponse:
    day = day_in(request, DAY, "Ngày") or clock.today()
    return render(request, "agencies/agencies.html", {"agencies": agencies_on(day), "on": day})


@needs(Permission.SEE_AGENCIES)
@require_GET
def agency(request: Seated, code: str) -> HttpResponse:
    day = day_in(request, DAY, "Ngày") or clock.today()
    periods = get_agency(code)
    current = next((p for p in periods if p.valid_from <= day and (not p.valid_to or day <= p.valid_to)), None)
    context = {
        "agency": current or periods[0],
        "current": current is not None,
        "periods": periods,
        "below": agencies_below(code, day),
        "on": day,
    }
    return render(request, "agencies/agency.html", context)
