"""The tables of the contract as a sheet may become them: their columns, and the words by which people call them.

What a column is comes from its record; how it is called from ``words/<table>.toml``, whose form is::

    label = "…"; hint = "…"; called = ["titles of such lists", …]
    [columns.NAME]
    label = "…"; hint = "…"; called = ["other headings", …]
    empty = ["words that mean nothing yet", …]
    moment = "start" | "close" | "end"     # of an instant
    constant = "…"                         # what every row has where no column says it
    [columns.NAME.values]
    VALUE = ["further words for a choice", …]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import models
from django.utils.translation import override

from congvu.exchange.tables import Column, Kind, Table, tables
from congvu.figures.catalogue import FIGURES
from congvu.kernel.text import fold, nfc
from congvu.sheets.target import Target, TargetTable

_OWN_DAY = re.compile(r"\br\.(\w+)")
_NOT_BEFORE = {("dossiers", "finished_at"): "received_at", ("feedback", "resolved_at"): "received_at"}
"""Instants that the package's rules never let lie before another one of the row."""
_YES_NO = {"true": ("Có",), "false": ("Không",)}


@cache
def target_tables() -> dict[str, TargetTable]:
    """Return every table of the contract by name, in the order in which they are loaded."""
    with override("vi"):
        return {name: _target_table(table) for name, table in tables().items() if not name.startswith("x_")}


def _target_table(table: Table) -> TargetTable:
    words = _words(table.name)
    called = words["columns"]
    targets = [_target(table, column, called[column.name]) for column in (*table.columns, *table.own)]
    return TargetTable(
        table.name, words["label"], tuple(targets), words["hint"], tuple(words["called"]), _own_day(table)
    )


def _words(table: str) -> dict[str, Any]:
    text = files("congvu.intake").joinpath("words", f"{table}.toml").read_text(encoding="utf-8")
    return tomllib.loads(nfc(text))


def _target(table: Table, column: Column, words: Mapping[str, Any]) -> Target:
    return Target(
        name=column.name,
        label=words["label"],
        kind=column.kind.value,
        required=column.required,
        key=column.name in table.key,
        hint=words["hint"],
        called=tuple(words["called"]),
        values=_values(table, column, words.get("values", {})),
        empty=tuple(words.get("empty", ())),
        refers="agencies" if column.agency is not None else column.references or "",
        moment=words.get("moment", "start"),
        constant=words.get("constant", ""),
        free=column.agency is not None and column.agency.names,
        not_before=_NOT_BEFORE.get((table.name, column.name), ""),
    )


def _values(table: Table, column: Column, further: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Return the words of each value: its label, the further ones, the value itself."""
    if column.kind is Kind.BOOLEAN:
        first = _YES_NO
    elif column.kind is Kind.CHOICE:
        first = {value: (label,) for value, label in _labels(table, column).items()}
    else:
        return {}
    return {value: _distinct((*label, *further.get(value, ()), value)) for value, label in first.items()}


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(fold(word), word)
    return tuple(found.values())


def _labels(table: Table, column: Column) -> dict[str, str]:
    if (table.name, column.name) == ("statements", "figure"):
        return {name: str(FIGURES[name].name) for name in column.choices}
    field: Any = next(field for field in table.model.package_fields() if field.column == column.name)
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return {str(value): str(label) for value, label in field.flatchoices}


def _own_day(table: Table) -> str:
    """Return the column that dates a row for its agencies; an agency itself is dated by its first day."""
    if table.name == "agencies":
        return "valid_from"
    if not (found := _OWN_DAY.search(table.model.day)):
        return ""
    name = found[1]
    return name if name in table.names else f"{name.removesuffix('_on')}_at"
