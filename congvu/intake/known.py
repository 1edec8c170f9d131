"""What the database knows that a sheet may name: agencies under all their spellings, rows by their key or name."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from congvu.exchange.tables import FIRST_YEAR, tables
from congvu.kernel.text import fold
from congvu.sheets.matching import evidence
from congvu.sheets.values.agencies import KnownAgency, Register

from .models import AgencyAlias

NAMES = {
    "procedures": "name",
    "documents": "symbol",
    "officers": "full_name",
    "plans": "title",
    "tasks": "title",
    "courses": "title",
    "index_frameworks": "title",
}
"""Table -> the column by which its rows are named where a sheet does not give their key."""
_ALWAYS = dt.date(FIRST_YEAR, 1, 1)
_FOLDED_UP_TO = 20_000
"""Names of so many rows are compared without tones and marks; of more only as they are written, case aside."""


def register(own: Sequence[KnownAgency] = ()) -> Register:
    """Return every agency of every time, with the spellings that were remembered; ``own`` take the place of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name, coalesce(short_name, ''), kind, level, coalesce(parent, ''), valid_from, valid_to "
            "FROM agencies ORDER BY valid_from, code"
        )
        found = [KnownAgency(*row) for row in cursor.fetchall()]
    taken = {(agency.code, agency.valid_from) for agency in own}
    found = [agency for agency in found if (agency.code, agency.valid_from) not in taken] + list(own)
    return Register(found, dict(AgencyAlias.objects.values_list("alias", "agency")))


def agencies_of(columns: Mapping[str, Sequence[str]]) -> list[KnownAgency]:
    """Return the agencies that the columns of a sheet give, as far as their rows have a code and a name."""
    names = ("code", "name", "short_name", "kind", "level", "parent", "valid_from", "valid_to")
    size = len(next(iter(columns.values()), ()))
    lines = zip(*(columns.get(name, [""] * size) for name in names), strict=True)
    return [
        KnownAgency(code, name, short, kind, level, parent, _day(first) or _ALWAYS, _day(last))
        for code, name, short, kind, level, parent, first, last in lines
        if code and name
    ]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass
class Known(evidence.Known):
    """Looks texts up in the database for the matching of columns.

    Every column is held against every column of every table, so each answer, and the names of each table, are kept.
    """

    register: Register | None = None
    _shares: dict[tuple[str, frozenset[str]], float] = field(default_factory=dict)
    _names: dict[str, _Names] = field(default_factory=dict)

    def share(self, table: str, texts: Collection[str]) -> float:
        """Return which share of ``texts`` are keys or names of rows of ``table``, or name an agency (0 to 1)."""
        asked = frozenset(texts)
        if not asked:
            return 0.0
        if (table, asked) not in self._shares:
            self._shares[table, asked] = self._share(table, asked)
        return self._shares[table, asked]

    def _share(self, table: str, asked: frozenset[str]) -> float:
        if table == "agencies":
            return self.register.names(sorted(asked)) if self.register else 0.0
        if table not in tables():
            return 0.0
        found = _keys(table, asked)
        if table in NAMES and (rest := asked - found):
            if table not in self._names:
                self._names[table] = _Names(table)
            found |= self._names[table].codes(rest).keys()
        return len(found) / len(asked)


def _keys(table: str, texts: Collection[str]) -> set[str]:
    key = tables()[table].key[0]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT DISTINCT "{key}"::text FROM {table} WHERE "{key}"::text = ANY(%s)', [list(texts)])
        return {found for (found,) in cursor.fetchall()}


def codes_named(table: str, texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return for each of ``texts`` that is no key of ``table`` but the name of rows of it their keys, in order."""
    if table not in NAMES:
        return {}
    asked = set(texts) - _keys(table, texts)
    return _Names(table).codes(asked) if asked else {}


class _Names:
    """The names of the rows of ``table``, read once where they are few."""

    def __init__(self, table: str) -> None:
        self._table = table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM (SELECT FROM {table} LIMIT {_FOLDED_UP_TO + 1}) q")
            few = cursor.fetchone()[0] <= _FOLDED_UP_TO
        self._all = self._folded() if few else None

    def codes(self, texts: Collection[str]) -> dict[str, list[str]]:
        """Return the keys of the rows that each text names; texts that name none are absent."""
        named = self._folded([text.lower() for text in texts]) if self._all is None else self._all
        return {text: named[told] for text in texts if (told := fold(text)) in named}

    def _folded(self, lower: list[str] | None = None) -> dict[str, list[str]]:
        """Return the keys by their rows' folded names, of all rows or of those with one of the names ``lower``."""
        key, name = tables()[self._table].key[0], NAMES[self._table]
        where = "" if lower is None else f"WHERE lower({name}) = ANY(%s)"
        found: dict[str, list[str]] = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {name} FROM {self._table} {where} ORDER BY {key}", None if lower is None else [lower]
            )
            for code, told in cursor.fetchall():
                if told:
                    found[fold(told)].append(code)
        return found
