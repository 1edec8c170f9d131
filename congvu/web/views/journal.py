"""The journal."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.journal.queries import PAGE, acts_page, get_act

from ..guards import Seated, needs
from ..journal_page import act_listing, journal_listing, journal_page, opened_act, sought_in
from ..list_export import place_asked, rows_asked, show_list


@needs(Permission.SEE_JOURNAL)
@require_GET
def journal(request: Seated) -> HttpResponse:
    sought, before = sought_in(request)
    found = acts_page(sought, before=before, limit=rows_asked(request, PAGE))
    page = journal_page(sought, found, before)
    return show_list(request, "journal/journal.html", journal_listing(sought, found), {"page": page})


@needs(Permission.SEE_JOURNAL)
@require_GET
def act(request: Seated, act: int) -> HttpResponse:
    place = place_asked(request, f"act-{act}")
    opened = get_act(act, after=place[0] if place else 0, limit=rows_asked(request, PAGE))
    page = opened_act(request.reader, opened, further=place is not None)
    return show_list(request, "journal/act.html", act_listing(page), {"page": page})
