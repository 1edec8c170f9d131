"""The columns of every table of the package, as its record declares them and the contract narrows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from django.db import models

from congvu.figures.catalogue import ADDITIVE
from congvu.province.records import AgencyCode, Record, record_models

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Kind(Enum):
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    INSTANT = "instant"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    """``default`` is what an empty cell means; ``least`` and ``most`` bound a number, both included.

    ``references`` is a table whose key the column holds; ``agency`` the field where it holds an agency's code.
    """

    name: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    default: str | None = None
    least: int | None = None
    most: int | None = None
    references: str | None = None
    agency: AgencyCode | None = None


@dataclass(frozen=True)
class Table:
    """A table of the package.

    ``own`` are columns of ours that a package may carry and no row stores. ``surrogate`` is the column by which
    only the database knows a row, if it has one.
    """

    model: type[Record]
    columns: tuple[Column, ...]
    own: tuple[Column, ...] = ()

    @property
    def name(self) -> str:
        return self.model.table()

    @property
    def key(self) -> tuple[str, ...]:
        return self.model.key

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def surrogate(self) -> str | None:
        primary = self.model._meta.pk
        return primary.column if primary is not None and primary.column not in self.names else None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


# What the contract lets a package leave out although every stored row has it: it follows from the other columns.
_DERIVED = {("dossiers", "handling_agency"), ("statements", "level")}

_BOUNDS: dict[tuple[str, str], tuple[int | None, int | None]] = {
    ("feedback", "rating"): (1, 5),
    ("statements", "value"): (0, None),
    ("index_criteria", "max_score"): (0, None),
    ("index_scores", "self_score"): (0, None),
    ("index_scores", "appraised_score"): (0, None),
}
NO_DUE = "x_no_due"
"""``true`` on a dossier that is meant to have no due instant although its procedure has a term."""

LATE = "x_late"
"""Whether the system that a dossier comes from calls it late: compared with the instants, never stored for them."""

_OWN = {"dossiers": (Column(NO_DUE, Kind.BOOLEAN, required=False), Column(LATE, Kind.BOOLEAN, required=False))}
_INTEGERS: dict[type[models.Field[Any, Any]], tuple[int, int]] = {
    models.IntegerField: (-(2**31), 2**31 - 1),
    models.BigIntegerField: (-(2**63), 2**63 - 1),
}


@cache
def tables() -> dict[str, Table]:
    """Return every table by name, each after those that its references need."""
    return {model.table(): _table(model) for model in record_models()}


def _table(model: type[Record]) -> Table:
    name = model.table()
    return Table(model, tuple(_column(name, field) for field in model.package_fields()), _OWN.get(name, ()))


def _column(table: str, field: models.Field[Any, Any]) -> Column:
    name = str(field.column)
    kind, choices = _kind(field)
    if (table, name) == ("statements", "figure"):
        kind, choices = Kind.CHOICE, tuple(ADDITIVE)
    least, most = _bounds(table, name, field)
    default = str(field.get_default()).strip() if field.has_default() else None
    target = field.related_model
    return Column(
        name=name,
        kind=kind,
        required=not field.null and default is None and (table, name) not in _DERIVED,
        choices=choices,
        default=default,
        least=least,
        most=most,
        references=target.table() if isinstance(target, type) and issubclass(target, Record) else None,
        agency=field if isinstance(field, AgencyCode) else None,
    )


def _kind(field: models.Field[Any, Any]) -> tuple[Kind, tuple[str, ...]]:
    target: Any = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if target.flatchoices:
        return Kind.CHOICE, tuple(str(value) for value, _label in target.flatchoices)
    match target:
        case models.DateTimeField():
            return Kind.INSTANT, ()
        case models.DateField():
            return Kind.DATE, ()
        case models.BooleanField():
            return Kind.BOOLEAN, ()
        case models.IntegerField():
            return Kind.INTEGER, ()
        case models.DecimalField():
            return Kind.DECIMAL, ()
        case models.TextField():
            return Kind.TEXT, ()
    raise TypeError(f"{field}: a column of the package has no such type")


def _bounds(table: str, name: str, field: models.Field[Any, Any]) -> tuple[int | None, int | None]:
    least, most = _BOUNDS.get((table, name), (None, None))
    if name == "year":
        least, most = FIRST_YEAR, LAST_YEAR
    if type(field) in _INTEGERS:
        lowest, highest = _INTEGERS[type(field)]
        return lowest if least is None else least, highest if most is None else most
    return least, most
