"""What the page of a figure says where its period is closed for the reader's scope."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.figures.closed import sees_value, stored_answers
from congvu.figures.closing import OWN, TIER
from congvu.figures.closing_list import closed_for
from congvu.figures.compute import Answer, Members, figure_key
from congvu.figures.definition import Figure
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_instant

from .closing_page import KEY, SCOPE, closing_url, scope_in_address, signed


@dataclass(frozen=True, slots=True)
class ClosedNotice:
    """``value`` is empty where no one member is shown; ``difference`` where it is the live value, or is no number."""

    at: str
    who: str
    value: str
    differs: bool
    difference: str
    figure_url: str
    closing_url: str
    late_url: str


def closed_notice(
    reader: Reader, figure: Figure, members: Members | None, period: Period, live: Answer | None
) -> ClosedNotice | None:
    """Return what was closed of a figure's period; None where it is not closed, or the figure is not in it."""
    closed = closed_for(reader, period)
    if closed is None:
        return None
    scope = TIER if closed.has_tier else OWN
    if not closed.has(figure, scope) or not sees_value(reader, figure, closed, scope):
        return None
    stored = [answer for answer in stored_answers(closed, reader, scope) if answer.figure.id == figure.id]
    then = next((answer for answer in stored if answer.members == members), None)
    query = {SCOPE: scope_in_address(scope)}
    shown = live is not None and (then is not None or not figure.is_share)
    value = then.value if then else 0
    key = figure_key(figure.id, members or ())
    return ClosedNotice(
        at=format_instant(closed.closing.closed_at),
        who=closed.closing.closed_by,
        value=value_in_words(then or 0) if shown else "",
        differs=shown and live is not None and live.value != value,
        difference="" if figure.is_share or live is None else signed((live.value or 0) - (value or 0)),
        figure_url=closing_url("closing-figure", closed.closing, {KEY: key} | query) if shown else "",
        closing_url=closing_url("closing", closed.closing),
        late_url=closing_url("closing-late", closed.closing, query),
    )
