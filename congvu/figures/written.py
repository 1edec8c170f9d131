"""Figures as people and machines read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.access.facts import Column
from congvu.kernel.format import format_day, format_instant, format_number, format_ratio

from .compute import Answer

NOTHING = "không phát sinh"


def share(answer: Answer, decimals: int = 2) -> str:
    """Return a share's value in per cent, from its exact numerator and denominator."""
    if not answer.denominator:
        return NOTHING
    return format_ratio(answer.numerator or 0, answer.denominator, decimals)


def value_in_words(value: Answer | int | float | None) -> str:
    """Return ``48.447``, ``99,50%``, or that nothing occurred."""
    if isinstance(value, Answer):
        return share(value) if value.figure.is_share else value_in_words(value.value)
    return NOTHING if value is None else format_number(value)


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the contract's form (docs/reference/figures.md); numbers are not rounded."""
    return {
        "id": answer.figure.id,
        "dimensions": dict(answer.members),
        "value": answer.value,
        "unit": str(answer.figure.unit),
        "numerator": plain(answer.numerator),
        "denominator": plain(answer.denominator),
        "stated": answer.stated,
        "partial": answer.partial,
    }


def cell_words(column: Column, value: Any) -> str:
    """Return a value of a fact as people read it; empty where there is none."""
    if value is None:
        return ""
    if column.choices is not None:
        return str(dict(column.choices.choices).get(value, value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Decimal):
        return format_number(value, 2)
    return str(value)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: decimals as numbers, days and instants as ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
