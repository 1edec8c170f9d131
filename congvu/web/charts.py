"""What a chart is made of: the same numbers for the picture and for its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from congvu.figures.compute import Answer
from congvu.figures.written import value_in_words

PERCENT = 100


@dataclass(frozen=True, slots=True)
class ChartCell:
    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    label: str
    cells: tuple[ChartCell, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """``spec`` is what static/js/charts.js draws; ``rows`` x ``series`` is the table that says the same in numbers."""

    id: str
    title: str
    unit: str
    source: str
    first_column: str
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    spec: dict[str, Any]
    size: str = ""


Kind = Literal["line", "bar", "lying"]


def chart(
    id_: str,
    *,
    kind: Kind,
    title: str,
    unit: str,
    source: str,
    first_column: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Answer | None], Sequence[str | None]]],
) -> Chart:
    """Return a chart of ``rows``: a label, one answer a series (None: no such member), one address an answer."""
    is_share = any(a is not None and a.figure.is_share for _label, answers, _urls in rows for a in answers)
    return Chart(
        id=id_,
        title=title,
        unit=unit,
        source=source,
        first_column=first_column,
        series=tuple(series),
        rows=tuple(
            ChartRow(label, tuple(ChartCell(_words(a), u) for a, u in zip(answers, urls, strict=True)))
            for label, answers, urls in rows
        ),
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


def _words(answer: Answer | None) -> str:
    return "0" if answer is None else value_in_words(answer)


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
