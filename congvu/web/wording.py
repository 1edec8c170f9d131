"""Figures, members and values of facts in the words of the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from congvu.access.facts import Column as FactColumn
from congvu.access.rules import Reach, Reader
from congvu.figures.compute import AgencyNames, Answer, Members
from congvu.figures.definition import Dimension, Figure
from congvu.figures.engines import PostgresEngine
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_number, format_part
from congvu.kernel.text import vn_sort_key

from .address import AGENCY, period_query
from .listing import NONE, Cell, Column, day, instant, number, yes_or_no
from .templating import url

_AFTER_KNOWN = 10_000


def scope_of(reader: Reader, figure: Figure) -> str:
    """Return over whose rows the reader's figure counts."""
    if not figure.fact.owner or reader.reach(figure.fact.area) is Reach.PROVINCE:
        return _("toàn tỉnh")
    if len(reader.agencies) > 1:
        return _("%(agency)s và các cơ quan trực thuộc") % {"agency": reader.agency_name}
    return reader.agency_name


class MemberWords:
    """The names of a figure's members; agencies' names are read once, where a dimension has them."""

    def __init__(self, figure: Figure, period: Period) -> None:
        self._dimensions = figure.dimensions
        self._agencies: dict[str, str] = {}
        if any(dimension.is_agency for dimension in figure.dimensions):
            names = AgencyNames.load(PostgresEngine(), period)
            for id_, (code, first, _last) in sorted(names.codes.items(), key=lambda one: one[1][1]):
                self._agencies[f"{code}@{first.isoformat()}"] = self._agencies[code] = names.names[id_]

    def one(self, dimension: Dimension, member: str) -> str:
        if dimension.choices is not None:
            return str(dict(dimension.choices.choices).get(member, member))
        return self._agencies.get(member, member) if dimension.is_agency else member

    def all(self, members: Members) -> str:
        """Return ``Cấp xã``, ``Kiểm tra công vụ, Cấp huyện``; empty for a figure without dimensions."""
        pairs = zip(self._dimensions, members, strict=True)
        return ", ".join(self.one(dimension, member) for dimension, (_name, member) in pairs)

    def place(self, members: Members) -> tuple[Any, ...]:
        """Return what sorts members as people list them: known values in their own order, others by name."""
        return tuple(
            (list(dimension.choices.values).index(member),)
            if dimension.choices is not None and member in dimension.choices.values
            else (_AFTER_KNOWN, vn_sort_key(self.one(dimension, member)))
            for dimension, (_name, member) in zip(self._dimensions, members, strict=True)
        )


def fraction_of(answer: Answer) -> str:
    """Return the numerator and denominator of a share as ``48.207/48.447``; empty for what is no share."""
    if not answer.figure.is_share or not answer.denominator:
        return ""
    numerator, denominator = answer.numerator or 0, answer.denominator
    if isinstance(numerator, Decimal) or isinstance(denominator, Decimal):
        return f"{format_number(numerator, 2)}/{format_number(denominator, 2)}"
    return format_part(numerator, denominator)


def answer_cell(answer: Answer, url: str | None = None) -> Cell:
    """Return a figure's value as a cell: a share is worth its exact quotient."""
    words = value_in_words(answer)
    if not answer.figure.is_share:
        return Cell(words, "num", url, answer.value, "integer")
    exact = Fraction(answer.numerator or 0) / Fraction(answer.denominator) if answer.denominator else None
    return Cell(words, "num", url, exact, "percent")


def cell_of(column: FactColumn, value: Any) -> Cell:
    """Return a fact's value as the pages write it."""
    if column.name == "in_numerator":
        return yes_or_no(bool(value))
    if value is None:
        return Cell(NONE)
    if column.choices is not None:
        return Cell(str(dict(column.choices.choices).get(value, value)))
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value, 2)
    if isinstance(value, int):  # a year is a name, not an amount: it takes no dots
        return Cell(str(value), "num", value=value, kind="plain")
    return Cell(str(value))


def title_of(column: FactColumn) -> Column:
    """Return the head of a column; without words where the column is not for people."""
    words = _("Thuộc tử số") if column.name == "in_numerator" else str(column.label)
    return Column(words, numeric=column.type in ("int64", "decimal") and column.choices is None)


def figure_url(figure: Figure, members: Members, period: Period, agency: str | None = None) -> str:
    """Return the address of a figure's page for these members and this period, of one agency's rows where given."""
    of_agency = {AGENCY: agency} if agency and figure.fact.has_agency else {}
    return url("figure", dict(members) | of_agency | period_query(period), figure=figure.id)


def dossier_url(code: str) -> str | None:
    """Return the address of a dossier's page."""
    return url("dossier", code=code)
