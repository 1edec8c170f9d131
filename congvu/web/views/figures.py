"""The catalogue of figures, and a figure's page."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission
from congvu.figures.opening import PAGE

from ..address import figure_in
from ..figure_groups import catalogue_listing
from ..figure_page import figure_listing, figure_page
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..periods import periods_for


@needs(Permission.SEE_FIGURES)
@require_GET
def figures(request: Seated) -> HttpResponse:
    return show_list(request, "figures/catalogue.html", catalogue_listing(request.reader))


@needs(Permission.SEE_FIGURES)
@require_GET
def figure(request: Seated, figure: str) -> HttpResponse:
    asked = figure_in(request, figure, place_asked(request, figure))
    page = figure_page(request.reader, asked, periods_for(request), limit=rows_asked(request, PAGE))
    return show_list(request, "figures/figure.html", figure_listing(page), {"page": page})
