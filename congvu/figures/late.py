"""Late entries: what came into, changed in or left a closed period after it was closed, and what that changes.

The rows that were closed are compared with the rows that the same figures would count now. A late entry falls to a
later period: closing that one takes it in, and from then on only what differs from what was taken is late. So the
closed values with their late entries, and those of the period still open, always add up to the live value of all
their days together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from .engines import Row, copy_into, duck_connection, read_files
from .facts import FACTS
from .membership import ONCE, Effects, Scope, Signature, members_sql, signature
from .models import Closing
from .period import Period
from .store import verified


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class LateEntry:
    """A row of a closed period that figures count otherwise now; ``effects`` is by how much."""

    agency: str | None
    period: Period
    fact: str
    key: tuple[str | None, ...]
    kind: Kind
    effects: Effects

    @property
    def place(self) -> tuple[Any, ...]:
        """What tells entries apart."""
        return self.agency, self.period, self.fact, self.key

    def to_json(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "period_from": self.period.first.isoformat(),
            "period_to": self.period.last.isoformat(),
            "fact": self.fact,
            "key": list(self.key),
            "kind": str(self.kind),
            "effects": [[*effect, amount] for effect, amount in sorted(self.effects.items())],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> LateEntry:
        return cls(
            stored["agency"],
            Period(date.fromisoformat(stored["period_from"]), date.fromisoformat(stored["period_to"])),
            stored["fact"],
            tuple(stored["key"]),
            Kind(stored["kind"]),
            {
                (figure, tuple((name, member) for name, member in members), role): amount
                for figure, members, role, amount in stored["effects"]
            },
        )


def bound(period: Period, scope: Scope) -> dict[str, Any]:
    """Return the parameters of the queries for the rows of a period."""
    return {"first": period.first, "last": period.last, "year": period.year, "codes": list(scope.codes)}


def late_since(closings: Sequence[Closing], scope: Scope, *, apart: bool = True) -> list[LateEntry]:
    """Return the late entries of closings of one period, whose agencies ``scope`` names.

    ``apart`` keeps the agencies apart: a row that moved from one to another is gone here and new there. Otherwise
    they are one tier, in which only what the tier's figures count otherwise is late.

    Raises
    ------
    ClosingAltered
        The rows that were closed are missing or altered.
    """
    period = Period(closings[0].period_from, closings[0].period_to)
    files = verified((str(closing), closing.files) for closing in closings)
    found: list[LateEntry] = []
    with duck_connection() as duck:
        duck.execute("CREATE SCHEMA closed")
        for fact in FACTS:
            if scope.has(fact):
                copy_into(duck, fact, members_sql(fact, scope), bound(period, scope))
                duck.execute(read_files(fact, files.get(fact.name, ()), schema="closed"))
                signed = signature(fact.name)
                then, now = _differing(duck, signed, period, scope)
                found += _entries(signed, then, now, period, apart=apart)
    return found


def _differing(duck: Any, signed: Signature, period: Period, scope: Scope) -> tuple[list[Row], list[Row]]:
    """Return the rows as they were closed, and as they are now, of which the other side has no equal."""
    sql = f"SELECT * FROM ({signed.sql}) WHERE {scope.condition(signed.fact, '$codes')}"
    named = {name: value for name, value in bound(period, scope).items() if f"${name}" in sql}
    for schema in ("closed", "main"):
        duck.execute(f"SET schema = '{schema}'")
        duck.execute(f"CREATE OR REPLACE TABLE {schema}.signed AS {sql}", named)
    then, now = (
        duck.execute(f"SELECT * FROM {one}.signed EXCEPT ALL SELECT * FROM {other}.signed").fetchall()
        for one, other in (("closed", "main"), ("main", "closed"))
    )
    return then, now


_Place = tuple[str | None, tuple[str | None, ...]]


def _entries(signed: Signature, then: list[Row], now: list[Row], period: Period, *, apart: bool) -> Iterator[LateEntry]:
    before, after = (_by_place(signed, rows, apart=apart) for rows in (then, now))
    for place in sorted({*before, *after}, key=lambda place: (place[0] or "", [part or "" for part in place[1]])):
        old, new = before.get(place), after.get(place)
        effects = _difference(signed.effects(new) if new else {}, signed.effects(old) if old else {})
        if old and new and signed.once(old) != signed.once(new):
            effects |= {effect: 0.0 for effect in signed.effects(new) if effect[2] == ONCE}
        if effects:
            kind = Kind.NEW if old is None else Kind.GONE if new is None else Kind.CHANGED
            agency = (new or old or {}).get("agency_code")
            yield LateEntry(agency, period, signed.fact.name, place[1], kind, effects)


def _by_place(signed: Signature, rows: list[Row], *, apart: bool) -> dict[_Place, dict[str, Any]]:
    found: dict[_Place, dict[str, Any]] = {}
    for values in rows:
        row = dict(zip(signed.columns, values, strict=True))
        key = tuple(None if row[name] is None else str(row[name]) for name in signed.fact.key)
        found[row.get("agency_code") if apart else None, key] = row
    return found


def _difference(new: Mapping[Any, float], old: Mapping[Any, float]) -> dict[Any, float]:
    found = {effect: new.get(effect, 0.0) - old.get(effect, 0.0) for effect in {**new, **old}}
    return {effect: amount for effect, amount in found.items() if amount}


def waiting(closings: Iterable[Closing], period: Period) -> dict[str, list[LateEntry]]:
    """Return agency -> the late entries of its own rows of earlier periods that no closing has taken in yet.

    ``closings`` are all that are closed of those agencies; ``period`` is the one that would take them in.
    """
    closings = list(closings)
    earlier: dict[Period, list[Closing]] = defaultdict(list)
    taken: dict[tuple[Any, ...], list[LateEntry]] = defaultdict(list)
    for closing in closings:
        if closing.period_to < period.first:
            earlier[Period(closing.period_from, closing.period_to)].append(closing)
        for stored in closing.late:
            entry = LateEntry.from_json(stored)
            if (closing.period_from, closing.period_to) != (period.first, period.last):
                taken[closing.agency, *entry.place].append(entry)
    found: dict[str, list[LateEntry]] = defaultdict(list)
    for one in sorted(earlier):
        for entry in late_since(earlier[one], Scope(tuple(closing.agency for closing in earlier[one]))):
            owner = str(entry.agency)
            found[owner] += _left(entry, taken.pop((owner, *entry.place), []))
    for (owner, *_place), entries in taken.items():  # taken in, and undone since
        if entries[0].period in earlier:
            found[owner] += _left(replace(entries[0], kind=Kind.CHANGED, effects={}), entries)
    return dict(found)


def _left(entry: LateEntry, taken: list[LateEntry]) -> list[LateEntry]:
    total: Effects = defaultdict(float)
    for one in taken:
        for effect, amount in one.effects.items():
            total[effect] += amount
    effects = _difference(entry.effects, total)
    if not taken:
        return [entry]
    return [replace(entry, effects=effects)] if effects else []
