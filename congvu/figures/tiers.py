"""Which agency stands above which on a period's last day, as far as closing its figures is concerned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import connection

from congvu.access.rules import Area, Reach, Reader
from congvu.kernel.text import vn_sort_key
from congvu.province.models import AgencyKind
from congvu.province.queries import AgencyNotFound

from .facts import AGENCIES, FACTS
from .membership import Scope, members_sql
from .period import Period


@dataclass(frozen=True, slots=True)
class Unit:
    """All that a code has meant up to a period's last day: ``ids`` in the period, else before it."""

    code: str
    name: str
    kind: str
    level: str
    ids: frozenset[int]
    in_period: bool

    @property
    def is_province(self) -> bool:
        return self.kind == AgencyKind.PROVINCE_COMMITTEE


@dataclass(frozen=True)
class Tiers:
    """Every agency of a period, and for each the codes below it, itself excluded."""

    period: Period
    units: dict[str, Unit]
    _parents: dict[str, frozenset[str]] = field(repr=False)

    @classmethod
    def read(cls, period: Period) -> Tiers:
        """Read the agencies that exist by the period's last day; one query."""
        with connection.cursor() as cursor:
            cursor.execute(_AGENCIES, {"first": period.first, "last": period.last})
            rows = cursor.fetchall()
        return cls(period, _units(rows), _parents(rows, period))

    def unit(self, code: str) -> Unit:
        if code not in self.units:
            raise AgencyNotFound(f"Không có cơ quan mã «{code}» trong kỳ {self.period}. Hãy chọn từ danh sách cơ quan.")
        return self.units[code]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, above in self._parents.items():
            for parent in above:
                found.setdefault(parent, []).append(code)
        return found

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        return {}

    def below(self, code: str) -> frozenset[str]:
        """Return the codes of every agency below ``code``, of those it followed, and so on; without itself.

        Below the province stands every agency, wherever else it may belong.
        """
        if code not in self._below:
            self._below[code] = self._found_below(code)
        return self._below[code]

    def _found_below(self, code: str) -> frozenset[str]:
        if self.units[code].is_province:
            return frozenset(self.units) - {code}
        found, waiting = set[str](), [code]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found - {code})

    def due_below(self, code: str) -> frozenset[str]:
        """Return those below that have anything to close: in the period, or with rows that it still counts."""
        found = self.below(code)
        ended = sorted(one for one in found if not self.units[one].in_period)
        return found.difference(ended) | with_rows(ended, self.period)

    def all_due(self) -> frozenset[str]:
        """Return every agency that has anything to close."""
        ended = sorted(code for code, unit in self.units.items() if not unit.in_period)
        return frozenset(self.units).difference(ended) | with_rows(ended, self.period)

    def in_tree_order(self, codes: Iterable[str]) -> list[tuple[str, int]]:
        """Return codes, each after the nearest of them above it, with its depth below the topmost."""
        chosen = set(codes)
        above = {code: [one for one in chosen if code in self.below(one)] for code in chosen}

        def nearest(code: str) -> str | None:
            return min(above[code], key=lambda one: (len(self.below(one)), one), default=None)

        children: dict[str | None, list[str]] = {}
        for code in self.in_order(chosen):
            children.setdefault(nearest(code), []).append(code)
        placed: list[tuple[str, int]] = []
        waiting = [(code, 0) for code in reversed(children.get(None, []))]
        while waiting:
            code, depth = waiting.pop()
            placed.append((code, depth))
            waiting += [(child, depth + 1) for child in reversed(children.get(code, []))]
        return placed

    @staticmethod
    def codes_of(reader: Reader) -> list[str]:
        """Return the codes of the agencies within a reader's scope."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT code FROM agencies WHERE id = ANY(%s)", [sorted(reader.agencies)])
            return [row[0] for row in cursor.fetchall()]

    def scope(self, code: str) -> Scope:
        """Return which rows are this agency's own to close."""
        return Scope((code,), rest=self.units[code].is_province)

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Return codes with those below first, then by name."""
        return sorted(codes, key=lambda code: (len(self.below(code)), vn_sort_key(self.units[code].name)))


_AGENCIES = """
SELECT p.id, p.code, p.name, p.kind, p.level, a.valid_to, a.parent, a.successor,
       p.valid_from <= %(last)s AND p.valid_through >= %(first)s AS in_period
FROM agency_periods p JOIN agencies a ON a.id = p.id
WHERE p.valid_from <= %(last)s ORDER BY p.code, p.valid_from
"""
_Row = tuple[object, ...]


def _units(rows: list[_Row]) -> dict[str, Unit]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(str(row[1]), []).append(row)
    units = {}
    for code, holders in found.items():
        meant = [row for row in holders if row[-1]] or holders[-1:]
        _id, _code, name, kind, level, *_rest = meant[-1]
        ids = frozenset(int(str(row[0])) for row in meant)
        units[code] = Unit(code, str(name), str(kind), str(level), ids, bool(meant[-1][-1]))
    return units


def _parents(rows: list[_Row], period: Period) -> dict[str, frozenset[str]]:
    """Return code -> the codes above: the parent on the last day; of what ended before, who took it over."""
    found: dict[str, set[str]] = {}
    for _id, code, _name, _kind, _level, ended_on, parent, successor, _in_period in rows:
        ended = isinstance(ended_on, date) and ended_on < period.last
        above = (successor or parent) if ended else parent
        if above is not None and above != code:
            found.setdefault(str(code), set()).add(str(above))
    return {code: frozenset(above) for code, above in found.items()}


def with_rows(codes: list[str], period: Period) -> frozenset[str]:
    """Return those of ``codes`` that have a row which a figure of the period counts."""
    if not codes:
        return frozenset()
    facts = [fact for fact in FACTS if fact.has_agency and fact is not AGENCIES]
    each = " UNION ".join(f"SELECT agency_code FROM {members_sql(fact, Scope(tuple(codes)))}" for fact in facts)
    with connection.cursor() as cursor:
        cursor.execute(each, {"first": period.first, "last": period.last, "year": period.year, "codes": codes})
        return frozenset(row[0] for row in cursor.fetchall())


def sees_all(reader: Reader) -> bool:
    return all(reader.reach(area) is Reach.PROVINCE for area in Area)


def sees_unit(reader: Reader, unit: Unit) -> bool:
    """Return whether every row that the unit's code means in the period is within the reader's scope."""
    return sees_all(reader) or unit.ids <= reader.agencies
