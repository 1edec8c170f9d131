"""The catalogue of figures, and a figure's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission

from ..address import figure_in
from ..figure_groups import groups_for
from ..figure_page import figure_page
from ..guards import Seated, needs
from ..periods import periods_for


@needs(Permission.SEE_FIGURES)
@require_GET
def figures(request: Seated) -> HttpResponse:
    return render(request, "figures/catalogue.html", {"groups": groups_for(request.reader)})


@needs(Permission.SEE_FIGURES)
@require_GET
def figure(request: Seated, figure: str) -> HttpResponse:
    page = figure_page(request.reader, figure_in(request, figure), periods_for(request))
    return render(request, "figures/figure.html", {"page": page})
