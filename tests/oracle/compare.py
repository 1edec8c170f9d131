"""Where the oracle and a printed list of figures differ, one line each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from .tally import Answer, Key, key_of

TOLERANCE = 1e-12
FIELDS = ("value", "numerator", "denominator", "stated", "partial")


def disagreements(answers: Mapping[Key, Answer], printed: Iterable[Mapping[str, Any]]) -> list[str]:
    """Compare with the contract's JSON list (``id``, ``dimensions``, ``value``, …); empty means agreement.

    Fields that an entry does not carry are not compared. Fractions may be printed as floats, equal
    within 1e-12. Either side may leave out members whose value is 0 or null, and no others.
    """
    found: list[str] = []
    seen: dict[Key, Mapping[str, Any]] = {}
    for entry in printed:
        key = key_of(entry["id"], entry["dimensions"])
        if key in seen:
            found.append(f"{_name(key)}: printed twice")
        seen[key] = entry

    for key, entry in seen.items():
        answer = answers.get(key)
        if answer is None:
            if entry["value"]:
                found.append(f"{_name(key)}: printed {entry['value']}, the oracle has none")
            continue
        found += [
            f"{_name(key)}: {field} printed {entry[field]}, counted {getattr(answer, field)}"
            for field in FIELDS
            if field in entry and not _same(entry[field], getattr(answer, field))
        ]
    found += [
        f"{_name(key)}: counted {answer.value}, not printed"
        for key, answer in answers.items()
        if answer.value and key not in seen
    ]
    return sorted(found)


def _same(printed: float | None, counted: int | Fraction | None) -> bool:
    if printed is None or counted is None:
        return printed is None and counted is None
    return math.isclose(printed, counted, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _name(key: Key) -> str:
    figure, dimensions = key
    return figure + (f"[{','.join(f'{name}={member}' for name, member in dimensions)}]" if dimensions else "")
