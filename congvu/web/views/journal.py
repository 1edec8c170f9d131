"""The journal."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.journal.queries import acts_page, get_act

from ..address import place_in
from ..guards import Seated, needs
from ..journal_page import journal_page, opened_act, sought_in


@needs(Permission.SEE_JOURNAL)
@require_GET
def journal(request: Seated) -> HttpResponse:
    sought, before = sought_in(request)
    page = journal_page(sought, acts_page(sought, before=before), before)
    return render(request, "journal/journal.html", {"page": page})


@needs(Permission.SEE_JOURNAL)
@require_GET
def act(request: Seated, act: int) -> HttpResponse:
    place = place_in(request, f"act-{act}")
    opened = get_act(act, after=place[0] if place else 0)
    return render(request, "journal/act.html", {"page": opened_act(request.reader, opened, further=place is not None)})
