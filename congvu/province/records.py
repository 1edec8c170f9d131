"""What makes a model a record: a table of the province package (docs/reference/province-package.md).

A record says once what its columns mean; loading, export, the guard, the data dictionary and the
resolution of agencies all read it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField  # Django's own classes take no parameters at run time


def code_field(**options: Any) -> models.TextField[str, str]:
    """Return a column of opaque codes: any length, compared byte by byte on every server."""
    return models.TextField(db_collation="C", **options)


class AgencyCode(_TextField):
    """The code of an agency; it means the agency of that code valid on the row's own day.

    ``day`` is an SQL expression over the row (alias ``r``) and the joins of its record
    (``Record.day_joins``); where it yields NULL the latest agency of that code is meant.
    A code is stored, never an agency's row: codes change hands, and dates get corrected.
    """

    def __init__(self, *args: Any, day: str = "", names: bool = False, **options: Any) -> None:
        self.day = day
        self.names = names  # an issuer may also be a plain name, which always holds a blank
        options.setdefault("db_collation", "C")
        super().__init__(*args, **options)


class Record(models.Model):
    """A table of the province package.

    ``key``       the columns by which a package's row is known
    ``day``       SQL over alias ``r``: the row's own day, for its agency columns
    ``day_joins`` SQL joins that ``day`` needs
    ``omitted``   columns of ours that are no part of the package
    ``since``     tables whose change moves the day of these rows
    ``packaged``  whether the table travels in packages; one that does not is guarded and verified all the same
    ``large``     columns of which the journal keeps the hash alone
    ``later``     columns that joined the table after rows of it were sealed, each with the value (as text) that
                  those rows have in it: that value is no part of key and hash
    """

    key: ClassVar[tuple[str, ...]]
    day: ClassVar[str] = "NULL::date"
    day_joins: ClassVar[str] = ""
    since: ClassVar[tuple[str, ...]] = ()
    packaged: ClassVar[bool] = True
    large: ClassVar[frozenset[str]] = frozenset()
    later: ClassVar[Mapping[str, str]] = MappingProxyType({})
    omitted: ClassVar[frozenset[str]] = frozenset({"row"})

    class Meta:
        abstract = True

    @classmethod
    def table(cls) -> str:
        return cls._meta.db_table

    @classmethod
    def package_fields(cls) -> list[models.Field[Any, Any]]:
        """Return the contract's columns, in the order of declaration (the database column is the name)."""
        return [
            f
            for f in cls._meta.concrete_fields
            if f.column not in cls.omitted and not isinstance(f, models.GeneratedField)
        ]

    @classmethod
    def columns(cls) -> list[str]:
        return [str(f.column) for f in cls.package_fields()]


class Line(Record):
    """A record whose key has several columns; ``row`` only serves the database."""

    row = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def guarded_models() -> list[type[Record]]:
    """Return every model whose writes need an act."""
    from django.apps import apps

    return sorted((m for m in apps.get_models() if issubclass(m, Record)), key=lambda m: m._meta.db_table)


def record_models() -> list[type[Record]]:
    """Return the model of every table of a package, each after those that its references need."""
    found = [m for m in guarded_models() if m.packaged]
    ordered: list[type[Record]] = []

    def place(model: type[Record]) -> None:
        if model in ordered:
            return
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, Record) and target is not model:
                place(target)
        ordered.append(model)

    for model in found:
        place(model)
    return ordered


def record_by_table() -> dict[str, type[Record]]:
    return {m.table(): m for m in record_models()}


def known(field: str, choices: type[models.TextChoices], name: str, *, blank: bool = False) -> models.CheckConstraint:
    """Return the constraint that ``field`` holds one of the listed values (or nothing where ``blank``)."""
    condition = models.Q(**{f"{field}__in": choices.values})
    if blank:
        condition |= models.Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(condition=condition, name=name)


def ordered_days(first: str, last: str, name: str) -> models.CheckConstraint:
    """Return the constraint that ``last`` is empty or not before ``first``."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{last}__isnull": True}) | models.Q(**{f"{last}__gte": models.F(first)}), name=name
    )


class LocalDay(models.Func):
    """The Vietnamese day of an instant (the zone has been +07:00 since 1975, and is so for every row here)."""

    output_field = models.DateField()
    template = "((%(expressions)s AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)"


def local_day(column: str) -> Any:
    return models.GeneratedField(
        expression=LocalDay(models.F(column)), output_field=models.DateField(null=True), db_persist=True
    )
