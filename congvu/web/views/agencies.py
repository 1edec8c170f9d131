"""The agencies on a day, and one agency through time."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.kernel import clock
from congvu.province.queries import agencies_below, agencies_on, get_agency

from ..address import day_in
from ..agencies_page import DAY, agencies_listing, agency_listing
from ..guards import Seated, needs
from ..list_export import show_list


@needs(Permission.SEE_AGENCIES)
@require_GET
def agencies(request: Seated) -> HttpResponse:
    day = day_in(request, DAY, "Ngày") or clock.today()
    found = agencies_on(day)
    return show_list(request, "agencies/agencies.html", agencies_listing(found, day), {"agencies": found, "on": day})


@needs(Permission.SEE_AGENCIES)
@require_GET
def agency(request: Seated, code: str) -> HttpResponse:
    day = day_in(request, DAY, "Ngày") or clock.today()
    periods, below = get_agency(code), agencies_below(code, day)
    current = next((p for p in periods if p.valid_from <= day and (not p.valid_to or day <= p.valid_to)), None)
    shown = current or periods[0]
    listing = agency_listing(shown.name, periods, below, day)
    context = {"agency": shown, "current": current is not None, "below": below, "on": day}
    return show_list(request, "agencies/agency.html", listing, context)
