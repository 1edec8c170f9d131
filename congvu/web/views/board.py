"""The board."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from congvu.access.rules import Permission

from ..board import board_for, board_listing
from ..guards import Seated, needs
from ..list_export import show_list
from ..periods import periods_for, picker_for
from ..templating import url


@needs(Permission.SEE_BOARD)
@require_GET
def board(request: Seated) -> HttpResponse:
    periods = periods_for(request)
    board = board_for(request.reader, periods)
    context = {"board": board, "picker": picker_for(periods.year, periods, url("board"))}
    return show_list(request, "figures/board.html", board_listing(board, periods), context)
