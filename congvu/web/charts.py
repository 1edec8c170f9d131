"""What a chart is made of: the same numbers for the picture and for its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from congvu.figures.compute import Answer

from .listing import Cell, Row, Rows, Table, columns, number
from .wording import answer_cell

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Chart:
    """``spec`` is what static/js/charts.js draws; ``table`` says the same in numbers."""

    id: str
    title: str
    unit: str
    source: str
    table: Table
    spec: dict[str, Any]
    size: str = ""


Kind = Literal["line", "bar", "lying"]
ChartedRow = tuple[str, Sequence[Answer | None], Sequence[str | None]]


def chart(
    id_: str,
    *,
    kind: Kind,
    title: str,
    unit: str,
    source: str,
    first_column: str,
    series: Sequence[str],
    rows: Sequence[ChartedRow],
) -> Chart:
    """Return a chart of ``rows``: a label, one answer a series (None: no such member), one address an answer."""
    is_share = any(a is not None and a.figure.is_share for _label, answers, _urls in rows for a in answers)
    return Chart(
        id=id_,
        title=title,
        unit=unit,
        source=source,
        table=Table(title, columns(first_column, numbers=series), Rows(_row, rows)),
        spec={
            "kind": kind,
            "percent": is_share,
            "labels": [label for label, _answers, _urls in rows],
            "series": [
                {"name": name, "values": [_drawn(answers[n]) for _label, answers, _urls in rows]}
                for n, name in enumerate(series)
            ],
        },
        size=_size(kind, len(rows)),
    )


def _row(row: ChartedRow) -> Row:
    label, answers, urls = row
    cells = (_cell(answer, url) for answer, url in zip(answers, urls, strict=True))
    return Row((Cell(label), *cells))


def _cell(answer: Answer | None, url: str | None) -> Cell:
    return replace(number(0), url=url) if answer is None else answer_cell(answer, url)


def _drawn(answer: Answer | None) -> float | int | None:
    if answer is None:
        return 0
    if answer.value is None:
        return None  # nothing occurred: a gap, not a zero
    return round(answer.value * PERCENT, 4) if answer.figure.is_share else answer.value


def _size(kind: Kind, rows: int) -> str:
    """Return the class that gives the plot its height: a strict policy allows no style in the page."""
    if kind != "lying":
        return ""
    return "few" if rows <= 4 else "some" if rows <= 8 else "many"
