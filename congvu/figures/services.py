"""Opening a figure to its rows is reading; opening it to the rows of persons is also an act."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from congvu.access.rules import Reader
from congvu.journal.services import act

from .compute import Answer, Members, figure_key, may_see
from .definition import Figure
from .engines import Engine
from .opening import PAGE, NotVisible, Opened, open_figure
from .period import Period


def open_rows_for(
    reader: Reader,
    figure: Figure,
    members: Members,
    period: Period,
    *,
    engine: Engine | None = None,
    agency_code: str | None = None,
    after: list[Any] | None = None,
    limit: int | None = PAGE,
    answer: Answer | None = None,
) -> Opened:
    """Return a page of what ``figure`` counts; where its rows are of persons, the journal says who opened them.

    ``engine`` counts over a snapshot instead of the live facts; ``answer`` is the value where the caller has it.

    Raises
    ------
    NotVisible
        If nothing of the figure's kind may be seen from the reader's seat.
    """
    if not may_see(reader, figure):
        raise NotVisible("Không tìm thấy chỉ tiêu này trong phạm vi được xem.")
    asked = {"from": period.first, "to": period.last, "further_page": after is not None}
    if limit is None or limit > PAGE:
        asked["whole_list"] = True
    opening = act("figure:open", actor=reader, subject=("figures", figure_key(figure.id, members)), data=asked)
    # the act comes first: rows that could not be written down as read are not shown
    with opening if is_personal(figure) else nullcontext():
        return open_figure(
            figure,
            members,
            period,
            reader=reader,
            engine=engine,
            agency_code=agency_code,
            limit=limit,
            after=after,
            answer=answer,
        )


def is_personal(figure: Figure) -> bool:
    """Return whether a row behind ``figure`` has a column about a person."""
    return any(column.personal for column in figure.fact.columns)
