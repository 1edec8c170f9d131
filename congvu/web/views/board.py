"""The board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission

from ..board import board_for
from ..guards import Seated, needs
from ..periods import periods_for, picker_for
from ..templating import url


@needs(Permission.SEE_BOARD)
@require_GET
def board(request: Seated) -> HttpResponse:
    periods = periods_for(request)
    context = {
        "board": board_for(request.reader, periods),
        "picker": picker_for(periods.year, periods, url("board")),
    }
    return render(request, "figures/board.html", context)
