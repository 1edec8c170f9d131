"""Due instants of new dossiers that state none: computed once, from the procedure's term and the events' pauses.

The shorter term of the province goes before the legal one. A pause runs from a request for a supplement to its
receipt, or from ``paused`` to ``resumed``. What cannot be computed stays empty and is a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from congvu.kernel.errors import Refusal
from congvu.worktime.bulk import ColumnNotValid, due_batch
from congvu.worktime.due import due
from congvu.worktime.national import national_calendar
from congvu.worktime.pauses import Pause
from congvu.worktime.terms import Term

from .after import After

_ENDS = {"supplement_requested": "supplement_received", "paused": "resumed"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WAITING = "NOT d.known AND d.due_at IS NULL AND d.line <> ALL(%s)"


@dataclass(frozen=True, slots=True)
class _Open:
    """A dossier without a due instant: ``received`` in microseconds since 1970 in UTC."""

    line: int
    received: int
    amount: Decimal
    unit: str


def complete_due_instants(after: After) -> None:
    """Give every new dossier that states no due instant the one that its procedure's term leads to."""
    if not after.loads("dossiers"):
        return
    dossiers = _open(after)
    if not dossiers:
        return
    pauses = _pauses(after)
    dues = _one_by_one(after, [d for d in dossiers if d.line in pauses], pauses)
    dues |= _in_bulk(after, [d for d in dossiers if d.line not in pauses])
    after.cursor.execute("CREATE TEMP TABLE load_due (line int, due_at timestamptz) ON COMMIT DROP")
    with after.cursor.copy("COPY load_due FROM STDIN") as copy:
        copy.write("".join(f"{line}\t{instant}\n" for line, instant in dues.items()))
    after.cursor.execute("UPDATE load_dossiers d SET due_at = f.due_at FROM load_due f WHERE f.line = d.line")
    after.cursor.execute("DROP TABLE load_due")


def _open(after: After) -> list[_Open]:
    after.cursor.execute(
        "SELECT d.line, (extract(epoch FROM d.received_at) * 1000000)::bigint, coalesce(p.reduced_time, p.legal_time), "
        f"p.legal_unit FROM load_dossiers d JOIN procedures p ON p.code = d.procedure WHERE {_WAITING} "
        "AND coalesce(p.reduced_time, p.legal_time) IS NOT NULL ORDER BY d.line",
        [after.without_due],
    )
    return [_Open(*row) for row in after.cursor.fetchall()]


def _pauses(after: After) -> dict[int, list[Pause]]:
    after.cursor.execute(
        "SELECT d.line, e.kind, e.at FROM dossier_events e JOIN load_dossiers d ON d.code = e.dossier "
        f"WHERE {_WAITING} AND e.kind = ANY(%s) ORDER BY d.line, e.at, e.seq",
        [after.without_due, [*_ENDS, *_ENDS.values()]],
    )
    found: dict[int, list[Pause]] = defaultdict(list)
    begun: dict[tuple[int, str], datetime] = {}
    for line, kind, at in after.cursor.fetchall():
        if kind in _ENDS:
            begun.setdefault((line, _ENDS[kind]), at)
        elif (line, kind) in begun:
            found[line].append(Pause(begun.pop((line, kind)), at))
    return found


def _one_by_one(after: After, dossiers: Sequence[_Open], pauses: Mapping[int, Sequence[Pause]]) -> dict[int, str]:
    dues = {}
    for one in dossiers:
        received = _EPOCH + timedelta(microseconds=one.received)
        try:
            counted = due(received, Term(one.amount, one.unit), national_calendar(), pauses=pauses[one.line])
        except Refusal as refusal:
            _warn(after, one, str(refusal))
        else:
            dues[one.line] = counted.due_at.isoformat()
    return dues


def _in_bulk(after: After, dossiers: Sequence[_Open]) -> dict[int, str]:
    """Compute whole columns; rows that cannot be are set aside until the rest can."""
    while dossiers:
        try:
            _start, dues = due_batch(
                np.array([d.received for d in dossiers], np.int64).view("M8[us]"),
                np.array([float(d.amount) for d in dossiers]),
                np.array([d.unit for d in dossiers]),
                national_calendar(),
            )
        except ColumnNotValid as refusal:
            reasons = {problem.row: problem.reason for problem in refusal.problems}
            for row, reason in reasons.items():
                _warn(after, dossiers[row], reason)
            dossiers = [d for row, d in enumerate(dossiers) if row not in reasons]
        else:
            texts = np.datetime_as_string(dues, timezone="UTC").tolist()
            return dict(zip((d.line for d in dossiers), texts, strict=True))
    return {}


def _warn(after: After, dossier: _Open, reason: str) -> None:
    after.report.warn(after.file("dossiers"), dossier.line, "due_at", None, f"để trống, không tính được: {reason}")
