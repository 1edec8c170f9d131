"""Who owes a report and to whom: agencies as they are on the period's last day, each below its parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from .form import Form


@dataclass(frozen=True, slots=True)
class AgencyOn:
    """An agency as it is on one day; ``parent`` is a code."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    parent: str | None


def agencies_valid_on(day: date) -> dict[str, AgencyOn]:
    """Return code -> agency for every agency that exists on ``day``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, code, name, kind, level, parent FROM agency_periods "
            "WHERE %s BETWEEN valid_from AND valid_through ORDER BY code",
            [day],
        )
        return {row[1]: AgencyOn(*row) for row in cursor.fetchall()}


def province_on(agencies: Mapping[str, AgencyOn]) -> AgencyOn | None:
    """Return the province's committee among the agencies of a day."""
    return next((agency for agency in agencies.values() if agency.kind == "province_committee"), None)


def owing(form: Form, agencies: Mapping[str, AgencyOn], asked_by: str) -> dict[str, str]:
    """Return code of each agency that owes the form -> code of the one that receives it.

    The receiver is the nearest agency above that owes the form itself or asked for it; else the one that asked.
    """
    those = {a.code for a in agencies.values() if a.code != asked_by and form.owed.by(a.kind, a.level)}
    return {code: _receiver(code, agencies, those | {asked_by}, asked_by) for code in sorted(those)}


def _receiver(code: str, agencies: Mapping[str, AgencyOn], receiving: set[str], asked_by: str) -> str:
    seen, above = {code}, agencies[code].parent
    while above is not None and above not in seen and above in agencies:
        if above in receiving:
            return above
        seen.add(above)
        above = agencies[above].parent
    return asked_by


def below(code: str, agencies: Mapping[str, AgencyOn]) -> list[AgencyOn]:
    """Return every agency below ``code``, its children and theirs."""
    found: list[AgencyOn] = []
    above = {code}
    while above:
        children = [a for a in agencies.values() if a.parent in above and a not in found and a.code != code]
        found += children
        above = {child.code for child in children}
    return found
