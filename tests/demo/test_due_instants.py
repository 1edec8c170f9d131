"""The builder computes due instants by itself, in whole columns; the deadline engine must agree with each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import numpy as np

from congvu.worktime.bulk import due_batch
from congvu.worktime.due import due
from congvu.worktime.national import national_calendar
from congvu.worktime.pauses import Pause
from congvu.worktime.terms import Term, Unit
from tests.demo.conftest import Texts

Read = Callable[[str], Texts]


def _utc(texts: list[str]) -> np.ndarray:
    return np.array([text[:19] for text in texts], dtype="datetime64[us]") - np.timedelta64(7, "h")


def _pauses(texts: Read) -> dict[str, Pause]:
    begun: dict[str, str] = {}
    found: dict[str, Pause] = {}
    for row in texts("dossier_events"):
        if row["kind"] == "supplement_requested":
            begun[row["dossier"]] = row["at"]
        elif row["kind"] == "supplement_received":
            begin = datetime.fromisoformat(begun[row["dossier"]])
            found[row["dossier"]] = Pause(begin, datetime.fromisoformat(row["at"]))
    return found


def test_dossiers_without_a_closed_pause_are_due_when_the_engine_says(texts: Read) -> None:
    paused = _pauses(texts)
    rows = [row for row in texts("dossiers") if row["code"] not in paused]
    terms = {row["code"]: row for row in texts("procedures")}
    asked = [terms[row["procedure"]] for row in rows]
    amounts = np.array([float(one["reduced_time"] or one["legal_time"]) for one in asked])
    units = np.array([one["legal_unit"] for one in asked])
    _, computed = due_batch(_utc([row["received_at"] for row in rows]), amounts, units, national_calendar())
    stated = _utc([row["first_due_at"] for row in rows])
    assert not np.flatnonzero(stated != computed).size


def test_dossiers_with_a_closed_pause_are_due_when_the_engine_says(texts: Read) -> None:
    paused = _pauses(texts)
    rows = [row for row in texts("dossiers") if row["code"] in paused]
    terms = {row["code"]: row for row in texts("procedures")}
    calendar = national_calendar()
    assert len(rows) > 500
    for row in rows:
        one = terms[row["procedure"]]
        computed = due(
            datetime.fromisoformat(row["received_at"]),
            Term(Decimal(one["reduced_time"] or one["legal_time"]), Unit(one["legal_unit"])),
            calendar,
            pauses=[paused[row["code"]]],
        )
        assert datetime.fromisoformat(row["due_at"]) == computed.due_at, row["code"]
        assert datetime.fromisoformat(row["first_due_at"]) == computed.first_due_at, row["code"]


def test_only_extended_dossiers_have_a_later_deadline_than_the_first(texts: Read) -> None:
    extended = {row["dossier"] for row in texts("dossier_events") if row["kind"] == "extended"}
    later = {row["code"] for row in texts("dossiers") if row["due_at"] > row["first_due_at"]}
    assert later == extended


def test_an_extension_is_granted_before_the_first_deadline(texts: Read) -> None:
    first = {row["code"]: row["first_due_at"] for row in texts("dossiers")}
    granted = [row for row in texts("dossier_events") if row["kind"] == "extended"]
    assert granted
    assert not [row for row in granted if row["at"] >= first[row["dossier"]]]
