"""A figure that was frozen or closed, open to the rows of that day."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.figures.opening import Opened
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_number

from .wording import Cell, MemberWords, cell_of, title_of


@dataclass(frozen=True, slots=True)
class FrozenRows:
    """``next`` is the address of the list's next page, None on the last."""

    title: str
    sentence: str
    period: Period
    value: str
    unit: str
    titles: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]
    statements: tuple[tuple[str, str, str], ...]
    names_hidden: bool
    next: str | None


def frozen_rows(opened: Opened, period: Period, next_url: str | None) -> FrozenRows:
    answer = opened.answer
    words = MemberWords(answer.figure, period).all(answer.members)
    columns = [c for c in opened.columns if title_of(c).words]
    return FrozenRows(
        title=f"{answer.figure.name}: {words}" if words else str(answer.figure.name),
        sentence=str(answer.figure.sentence),
        period=period,
        value=value_in_words(answer),
        unit=str(answer.figure.unit),
        titles=tuple(title_of(c) for c in columns),
        lines=tuple(tuple(cell_of(c, row[c.name]) for c in columns) for row in opened.rows),
        statements=tuple(
            (s["agency_name"] or s["agency_code"], format_number(s["value"]), s["symbol"] or "—")
            for s in opened.statements
        ),
        names_hidden=opened.names_hidden,
        next=next_url,
    )
