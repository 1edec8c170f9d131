"""The distinct cells of one column become values of the kind that the table's column has."""

from __future__ import annotations

from collections.abc import Mapping

from congvu.sheets.grid import Cell
from congvu.sheets.mapping import Rule
from congvu.sheets.target import Target

from .cells import Reading, as_text, says_nothing
from .choices import read_booleans, read_choices
from .days import read_days
from .deriving import read_filled, read_symbol_numbers, read_terms, read_years
from .numbers import read_codes, read_numbers


def translate(target: Target, rule: Rule, counts: Mapping[Cell, int], *, noted: bool, epoch_1904: bool) -> Reading:
    """Return what the distinct cells of a column mean for a column of the table that holds no agencies.

    ``counts`` is how many cells hold each value; ``noted`` is whether unclear terms are noted.
    """
    match rule.derive:
        case "term_amount":
            return read_terms(counts, "amount", " ".join(rule.source), noted=noted)
        case "term_unit":
            return read_terms(counts, "unit", " ".join(rule.source), noted=noted)
        case "number_of_symbol":
            return read_symbol_numbers(counts)
        case "year":
            return read_years(counts, rule.dates, epoch_1904=epoch_1904)
        case "is_filled":
            return read_filled(counts, target.empty)
    return _of_kind(target, rule, counts, epoch_1904=epoch_1904)


def _of_kind(target: Target, rule: Rule, counts: Mapping[Cell, int], *, epoch_1904: bool) -> Reading:
    empty = target.empty
    match target.kind:
        case "date" | "instant":
            moment = (rule.moment or target.moment) if target.kind == "instant" else None
            return read_days(counts, moment=moment, dates=rule.dates, epoch_1904=epoch_1904, empty=empty)
        case "integer" | "decimal":
            return read_numbers(counts, whole=target.kind == "integer", empty=empty)
        case "boolean":
            return read_booleans(counts, target.values, empty)
        case "choice":
            return read_choices(counts, target.values, empty)
    if target.key or target.refers:
        return read_codes(counts, empty)
    return _texts(counts, empty)


def _texts(cells: Mapping[Cell, int], empty: tuple[str, ...]) -> Reading:
    found = Reading()
    for cell in cells:
        text = as_text(cell)
        found.values[cell] = "" if empty and says_nothing(text, empty) else text
    return found
