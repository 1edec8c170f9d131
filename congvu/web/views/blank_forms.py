"""Blank forms of the tables into which the reader may load, to be filled without a connection."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.intake.blank_forms import blank_form
from congvu.intake.queries import LISTED, entries_of
from congvu.intake.taking import loadable

from ..guards import Seated, needs
from .reports import download


@needs(Permission.LOAD_SHEETS)
@require_GET
def blank_forms(request: Seated) -> HttpResponse:
    return render(request, "sheets/blank_forms.html", {"tables": list(loadable(request.reader).values())})


@needs(Permission.LOAD_SHEETS)
@require_GET
def blank_form_file(request: Seated, table: str) -> HttpResponse:
    found = loadable(request.reader).get(table)
    if found is None:
        raise Http404("Không có biểu mẫu này.")
    content = blank_form(found, {name: entries_of(name) for name in LISTED})
    return download(content, "xlsx", f"bieu-mau-{table.replace('_', '-')}.xlsx")
