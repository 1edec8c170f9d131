"""Figures computed once per reader's scope, period and state of the records, kept in the process.

A board stays quick on a million rows because only an act makes it count again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from django.db import connection

from congvu.access.rules import Area, Reach, Reader

from .compute import Answer, compute
from .definition import Figure
from .period import Period
from .trends import Month, monthly

T = TypeVar("T")

KEPT = 512
LATEST_ACTS = 1000
_WITHOUT_RECORDS = (
    *("figure:open", "user:", "seat:", "report:freeze", "report:draft", "report:publish", "period:", "assessment:"),
    *("mapping:", "alias:"),
    *(f"collection:{deed}" for deed in ("open", "fill", "check", "reopen", "submit", "return", "extend", "urge")),
)
"""Beginnings of the kinds of acts that change no record, so that opening a list does not empty the cache."""


class LastUsed:
    """At most ``size`` values; the one not asked for longest goes first. Safe for several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of ``key``; two threads that miss it at once may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[return-value]  # only ``make`` of this key put it there
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._values)


_KEPT = LastUsed(KEPT)


def answers(
    reader: Reader, period: Period, ids: Sequence[str], *, agency_code: str | None = None
) -> dict[str, list[Answer]]:
    """Return id -> answers of :func:`compute`; figures that the reader may not see are absent."""
    key = ("answers", _scope(reader), period, tuple(ids), agency_code, state_of_records())

    def make() -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = {}
        for answer in compute(period, reader=reader, ids=ids, agency_code=agency_code):
            found.setdefault(answer.figure.id, []).append(answer)
        return found

    return _KEPT.get(key, make)


def trend(reader: Reader, figure: Figure, period: Period, *, agency_code: str | None = None) -> list[Month]:
    """Return the months of :func:`monthly`."""
    key = ("trend", _scope(reader), period, figure.id, agency_code, state_of_records())
    return _KEPT.get(key, lambda: monthly(figure, period, reader=reader, agency_code=agency_code))


def kept(reader: Reader, what: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` draws from the records that ``reader`` may see; small values only, ``what`` names them."""
    return _KEPT.get(("kept", _scope(reader), what, state_of_records()), make)


def _scope(reader: Reader) -> Hashable:
    """Return what decides which rows a reader's figures count: two readers of one scope share the values."""
    reaches = tuple(reader.reach(area) for area in Area)
    return reaches, (reader.agencies if Reach.OWN in reaches else None)


def state_of_records() -> Hashable:
    """Return what changes with every act that changes records.

    The highest id alone would not do: an act may commit after one that began later. An act that stays open while
    ``LATEST_ACTS`` others are written is noticed with the next one after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [*_WITHOUT_RECORDS, LATEST_ACTS])
        state: Hashable = cursor.fetchone()
        return state


_STATE = f"""
SELECT current_database(), md5(string_agg(id || ' ' || transaction, ',' ORDER BY id)) FROM (
    SELECT id, transaction FROM journal_act
    WHERE {" AND ".join(["NOT starts_with(kind, %s)"] * len(_WITHOUT_RECORDS))}
    ORDER BY id DESC LIMIT %s
) latest
"""
