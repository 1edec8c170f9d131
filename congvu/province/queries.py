"""Reading agencies, and whose database this is. Agencies are open to everybody who signs in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from congvu.kernel.errors import Refusal

from .models import AgencyKind, Level


class AgencyNotFound(Refusal):
    code = "agency.not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class AgencyShown:
    """An agency as it is from ``valid_from`` to ``valid_to``; ``depth`` is its place below the topmost one."""

    code: str
    name: str
    full_name: str
    kind: AgencyKind
    level: Level
    valid_from: date
    valid_to: date | None
    parent_code: str | None
    parent_name: str | None
    successor_code: str | None
    successor_name: str | None
    depth: int = 0


SIMULATED = "DỮ LIỆU MÔ PHỎNG"
"""The line that every page of a document made of simulated records carries."""


@dataclass(frozen=True, slots=True)
class House:
    """Whose database this is. ``name`` is empty as long as neither set-up nor records say it."""

    name: str
    simulated: bool


def house(day: date) -> House:
    """Return the province's name – as set up, else its committee's own on ``day`` – and whether it is simulated."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(
                (SELECT province FROM province_installation),
                (SELECT name FROM agencies WHERE kind = 'province_committee' AND %(day)s >= valid_from
                    AND (valid_to IS NULL OR %(day)s <= valid_to) ORDER BY valid_from DESC LIMIT 1),
                ''
            ), coalesce((SELECT simulated FROM province_installation), false)
            """,
            {"day": day},
        )
        return House(*cursor.fetchone())


_COLUMNS = """
    a.code, coalesce(a.short_name, a.name), a.name, a.kind, a.level, a.valid_from, a.valid_to,
    a.parent, coalesce(p.short_name, p.name), a.successor, coalesce(s.short_name, s.name)"""
_JOINS = """
    LEFT JOIN agencies p ON p.code = a.parent AND %(day)s >= p.valid_from
        AND (p.valid_to IS NULL OR %(day)s <= p.valid_to)
    LEFT JOIN agencies s ON s.code = a.successor AND a.valid_to + 1 >= s.valid_from
        AND (s.valid_to IS NULL OR a.valid_to + 1 <= s.valid_to)"""


def agencies_on(day: date) -> list[AgencyShown]:
    """Return every agency that exists on ``day``, each after the one it belongs to, then by kind and code."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM agencies a {_JOINS} "
            "WHERE %(day)s >= a.valid_from AND (a.valid_to IS NULL OR %(day)s <= a.valid_to)",
            {"day": day},
        )
        return _in_tree_order([_agency(row) for row in cursor.fetchall()])


def get_agency(code: str) -> list[AgencyShown]:
    """Return what ``code`` has meant, the latest first.

    Raises
    ------
    AgencyNotFound
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM agencies a {_JOINS.replace('%(day)s', 'a.valid_from')} "
            "WHERE a.code = %(code)s ORDER BY a.valid_from DESC",
            {"code": code},
        )
        found = [_agency(row) for row in cursor.fetchall()]
    if not found:
        raise AgencyNotFound(f"Không có cơ quan mã «{code}». Hãy chọn từ danh sách cơ quan.")
    return found


def agencies_below(code: str, day: date) -> list[AgencyShown]:
    """Return the agencies that belong to ``code`` directly on ``day``."""
    return [agency for agency in agencies_on(day) if agency.parent_code == code]


def _agency(row: tuple[Any, ...]) -> AgencyShown:
    code, name, full_name, kind, level, first, last, parent, parent_name, successor, successor_name = row
    return AgencyShown(
        code=code,
        name=name,
        full_name=full_name,
        kind=AgencyKind(kind),
        level=Level(level),
        valid_from=first,
        valid_to=last,
        parent_code=parent,
        parent_name=parent_name,
        successor_code=successor,
        successor_name=successor_name,
    )


def _in_tree_order(agencies: Iterable[AgencyShown]) -> list[AgencyShown]:
    kinds = list(AgencyKind)
    ordered = sorted(agencies, key=lambda a: (kinds.index(a.kind), a.code))
    known = {agency.code for agency in ordered}
    below: dict[str | None, list[AgencyShown]] = {}
    for agency in ordered:
        # an agency whose parent does not exist on the day stands at the top, so that none gets lost
        parent = agency.parent_code if agency.parent_code in known else None
        below.setdefault(parent, []).append(agency)
    placed: list[AgencyShown] = []
    waiting = [(agency, 0) for agency in reversed(below.get(None, []))]
    while waiting:
        agency, depth = waiting.pop()
        placed.append(replace(agency, depth=depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(agency.code, []))]
    # agencies that belong to each other in a circle hang on nobody: they come last
    seen = {agency.code for agency in placed}
    return placed + [agency for agency in ordered if agency.code not in seen]
