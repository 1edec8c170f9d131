"""A built report as JSON and back, so that a frozen one is printed again from what was frozen."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import figure_key
from congvu.figures.period import Period
from congvu.figures.written import answer_to_json
from congvu.press import model

from .writer import Built, MarkUse

_CLASSES = {
    cls.__name__: cls
    for cls in (
        model.Text,
        model.Mark,
        model.Footnote,
        model.Paragraph,
        model.Heading,
        model.Table,
        model.Letterhead,
        model.Signature,
        model.Recipients,
        model.Meta,
        model.Document,
    )
}


def to_json(value: Any) -> Any:
    """Return a document (or a part of one) as plain JSON values; each object says its class."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, datetime):
        return {"is": "instant", "at": value.isoformat()}
    return value


def from_json(value: Any) -> Any:
    """Return what :func:`to_json` was given; lists come back as tuples."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        if value["is"] == "instant":
            return datetime.fromisoformat(value["at"])
        cls = _CLASSES[value["is"]]
        return cls(**{name: from_json(item) for name, item in value.items() if name != "is"})
    return value


def marks_to_json(marks: tuple[MarkUse, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(mark) for mark in marks]


def figures_to_json(built: Built) -> list[dict[str, Any]]:
    """Return every figure of every period of a report, as ``congvu figures --format json`` has it, and its period."""
    return [
        answer_to_json(answer)
        | {"period": name, "period_from": period.first.isoformat(), "period_to": period.last.isoformat()}
        for name, period in built.sources.periods.items()
        for answer in built.sources.answers(name).values()
    ]


def key_of(entry: dict[str, Any]) -> str:
    """Return the key of a stored figure, its members in the figure's own order (JSON in the database keeps none).

    A figure that is no longer defined has them by name.
    """
    figure, members = FIGURES.get(entry["id"]), entry["dimensions"]
    names = [dimension.name for dimension in figure.dimensions] if figure else sorted(members)
    return figure_key(entry["id"], tuple((name, members[name]) for name in names if name in members))


def period_of(entry: dict[str, Any]) -> Period:
    return Period(date.fromisoformat(entry["period_from"]), date.fromisoformat(entry["period_to"]))
