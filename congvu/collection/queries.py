"""Reads of requests and of what agencies owe, as far as the reader may see the agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from congvu.access.facts import Fact
from congvu.access.queries import require
from congvu.access.rules import Area, Permission, Reach, Reader
from congvu.access.visibility import visible_to
from congvu.figures.period import Period
from congvu.kernel import clock
from congvu.kernel.errors import Refusal

from .deadlines import standing_words
from .form import Form
from .form_reading import read_form
from .models import ReportAnswer, ReportMove, ReportRequest
from .rules import HANDED_IN, Side, State

PAGE = 50
COUNTED = 1000
"""A list says "hơn 1.000" rather than counting on."""

OWED = Fact(
    name="report_obligations",
    table="x_report_obligations",
    title="",
    area=Area.DIRECTION,
    sql="",
    columns=(),
    key=("request", "agency"),
    owner="a.id",
)
"""What agencies owe is seen as other records of direction are: by the agency that owes it."""


class RequestNotFound(Refusal):
    code = "collection.request_not_found"
    status = 404


class ObligationNotFound(Refusal):
    code = "collection.obligation_not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class Owing:
    """What one agency owes. ``kind`` and ``level`` are those of the period's last day."""

    request: str
    title: str
    agency: str
    agency_id: int
    agency_name: str
    full_name: str
    kind: str
    level: str
    receiver: str
    receiver_id: int
    receiver_name: str
    asked_by: str
    due_at: datetime
    state: State
    handed_in_at: datetime | None
    accepted_at: datetime | None
    listed_missing_at: datetime | None
    period_from: date
    period_to: date

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN

    @property
    def is_late(self) -> bool:
        return not self.is_handed_in and clock.now() > self.due_at

    @property
    def was_late(self) -> bool:
        """Whether it was handed in after its date."""
        return self.is_handed_in and self.handed_in_at is not None and self.handed_in_at > self.due_at

    @property
    def standing(self) -> str:
        """Where a report that is not handed in stands against its date; empty for one that is."""
        return "" if self.is_handed_in else standing_words(self.due_at, clock.now())


_OWING = """
    SELECT q.code, q.title, o.agency, a.id, a.name, a.full_name, a.kind, a.level, o.receiver, b.id, b.name, q.asked_by,
           o.due_at, o.state, o.handed_in_at, o.accepted_at, o.listed_missing_at, q.period_from, q.period_to
    FROM x_report_obligations o
    JOIN x_report_requests q ON q.code = o.request
    JOIN (SELECT p.*, g.name AS full_name FROM agency_periods p JOIN agencies g ON g.id = p.id) a
        ON a.code = o.agency AND q.period_to BETWEEN a.valid_from AND a.valid_through
    JOIN agency_periods b ON b.code = o.receiver AND q.period_to BETWEEN b.valid_from AND b.valid_through
"""


def _owing(row: Sequence[Any]) -> Owing:
    *head, state, handed_in, accepted, missing, first, last = row
    return Owing(*head, State(state), handed_in, accepted, missing, first, last)  # type: ignore[call-arg]


def _fetch(sql: str, params: Sequence[Any]) -> list[Owing]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return [_owing(row) for row in cursor.fetchall()]


# Requests


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with how many agencies owe it, have handed it in, had it accepted, and are late now."""

    code: str
    title: str
    period: Period
    opened_at: datetime
    owing: int
    handed_in: int
    accepted: int
    late: int


def get_request(reader: Reader, code: str) -> ReportRequest:
    """Return a request.

    Raises
    ------
    RequestNotFound
        There is none, or nothing of it is owed by an agency that the reader sees.
    """
    require(reader, Permission.SEE_COLLECTION)
    found = ReportRequest.objects.filter(pk=code).first()
    if found is None or not (reader.reach(Area.DIRECTION) is Reach.PROVINCE or _sees_any(reader, code)):
        raise RequestNotFound(f"Không tìm thấy yêu cầu báo cáo «{code[:80]}». Hãy chọn từ danh sách.")
    return found


def _sees_any(reader: Reader, code: str) -> bool:
    visible = visible_to(reader, OWED)
    return bool(_fetch(f"{_OWING} WHERE q.code = %s AND {visible.sql} LIMIT 1", [code, *visible.params]))


def form_of(request: ReportRequest) -> Form:
    """Return the form as it was when the request was opened."""
    return read_form(request.form, request.source, f"{request.form}.toml")


def period_of(request: ReportRequest) -> Period:
    return Period(request.period_from, request.period_to)


def requests_page(
    reader: Reader, *, after: tuple[date, str] | None = None, limit: int = PAGE
) -> tuple[list[RequestLine], tuple[date, str] | None]:
    """Return the requests of which the reader sees an agency, the latest period first, and where to go on."""
    require(reader, Permission.SEE_COLLECTION)
    visible = visible_to(reader, OWED)
    beyond = "AND (q.period_to, q.code) < (%s, %s)" if after else ""
    place: list[Any] = [*visible.params, *(after or ())]
    handed_in = sorted(HANDED_IN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT q.code, q.title, q.period_from, q.period_to, q.opened_at, count(*),
                   count(*) FILTER (WHERE o.state = ANY(%s)), count(*) FILTER (WHERE o.state = 'accepted'),
                   count(*) FILTER (WHERE o.state <> ALL(%s) AND o.due_at < %s)
            FROM x_report_requests q JOIN x_report_obligations o ON o.request = q.code
            JOIN agency_periods a ON a.code = o.agency AND q.period_to BETWEEN a.valid_from AND a.valid_through
            WHERE {visible.sql} {beyond}
            GROUP BY q.code ORDER BY q.period_to DESC, q.code DESC LIMIT %s
            """,
            [handed_in, handed_in, clock.now(), *place, limit + 1],
        )
        rows = cursor.fetchall()
    lines = [RequestLine(code, title, Period(first, last), *rest) for code, title, first, last, *rest in rows[:limit]]
    following = (lines[-1].period.last, lines[-1].code) if len(rows) > limit else None
    return lines, following


# What is owed


def get_owing(reader: Reader, request: str, agency: str) -> Owing:
    """Return what an agency owes.

    Raises
    ------
    ObligationNotFound
        The agency owes nothing to the request, or is not among those that the reader sees.
    """
    require(reader, Permission.SEE_COLLECTION)
    visible = visible_to(reader, OWED)
    found = _fetch(
        f"{_OWING} WHERE o.request = %s AND o.agency = %s AND {visible.sql}", [request, agency, *visible.params]
    )
    if not found:
        raise ObligationNotFound(
            f"Không tìm thấy báo cáo của cơ quan «{agency[:80]}» trong phạm vi được xem. Hãy chọn từ danh sách."
        )
    return found[0]


@dataclass(frozen=True, slots=True)
class OwingPage:
    """``total`` counts no further than ``COUNTED``; ``after`` is where to go on, None on the last page."""

    owing: tuple[Owing, ...]
    total: int
    after: tuple[datetime, str, str] | None


STANDINGS = {
    "": "",
    "late": " AND o.state <> ALL(%(handed_in)s) AND o.due_at < %(now)s",
    "open": " AND o.state <> ALL(%(handed_in)s)",
    "submitted": " AND o.state = 'submitted'",
    "returned": " AND o.state = 'returned'",
    "accepted": " AND o.state = 'accepted'",
}
"""A filter of the list -> what it keeps."""


def owing_page(
    reader: Reader,
    *,
    request: str | None = None,
    standing: str = "",
    mine: bool = False,
    after: tuple[datetime, str, str] | None = None,
    limit: int = PAGE,
) -> OwingPage:
    """Return what agencies owe, by date; ``mine`` keeps what waits for the reader's own agency to hand in or judge."""
    require(reader, Permission.SEE_COLLECTION)
    where, bound = _filter(reader, request, standing, mine)
    bound["limit"], beyond = limit + 1, ""
    if after:
        beyond = "AND (o.due_at, o.request, o.agency) > (%(due)s, %(after_request)s, %(after_agency)s)"
        bound |= dict(zip(("due", "after_request", "after_agency"), after, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(f"{_OWING} WHERE {where} {beyond} ORDER BY o.due_at, o.request, o.agency LIMIT %(limit)s", bound)
        found = [_owing(row) for row in cursor.fetchall()]
    page = found[:limit]
    following = (page[-1].due_at, page[-1].request, page[-1].agency) if len(found) > limit else None
    return OwingPage(tuple(page), _count(where, bound), following)


def _filter(reader: Reader, request: str | None, standing: str, mine: bool) -> tuple[str, dict[str, Any]]:
    """Return the condition of a list, and its parameters."""
    where = "a.id = ANY(%(agencies)s)" if reader.reach(OWED.area) is Reach.OWN else visible_to(reader, OWED).sql
    where += STANDINGS[standing] + (" AND o.request = %(request)s" if request else "")
    if mine:
        where += (
            " AND ((o.agency = %(mine)s AND a.id = ANY(%(agencies)s) AND o.state <> ALL(%(handed_in)s))"
            " OR (o.receiver = %(mine)s AND b.id = ANY(%(agencies)s) AND o.state = 'submitted'))"
        )
    return where, {
        "request": request,
        "mine": reader.agency_code,
        "agencies": sorted(reader.agencies),
        "handed_in": sorted(HANDED_IN),
        "now": clock.now(),
    }


def _count(where: str, bound: dict[str, Any]) -> int:
    """Return how many rows a list has, no further than one beyond :data:`COUNTED`."""
    joins = _OWING[_OWING.index("FROM x_report_obligations") :]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {joins} WHERE {where} LIMIT {COUNTED + 1}) counted", bound)
        found: int = cursor.fetchone()[0]
        return found


def count_owing(reader: Reader, request: str, standing: str) -> int:
    """Return how many agencies of a request stand so, no further than one beyond :data:`COUNTED`."""
    require(reader, Permission.SEE_COLLECTION)
    return _count(*_filter(reader, request, standing, mine=False))


def owing_to(request: str, receiver: str) -> list[Owing]:
    """Return what agencies owe to ``receiver``: for the rules of its own report, not for a page."""
    return _fetch(f"{_OWING} WHERE o.request = %s AND o.receiver = %s ORDER BY o.agency", [request, receiver])


def owing_in(reader: Reader, request: str) -> list[Owing]:
    """Return everything that the reader's agencies owe to a request, by agency."""
    require(reader, Permission.SEE_COLLECTION)
    visible = visible_to(reader, OWED)
    return _fetch(f"{_OWING} WHERE o.request = %s AND {visible.sql} ORDER BY o.agency", [request, *visible.params])


def sides_of(reader: Reader, owing: Owing) -> frozenset[Side]:
    """Return as whom the reader may act on what is owed."""
    if reader.role is None:
        return frozenset(Side)
    found = set()
    if reader.may(Permission.HAND_IN_REPORT):
        if owing.agency == reader.agency_code and owing.agency_id in reader.agencies:
            found.add(Side.OWN)
        if owing.receiver == reader.agency_code and owing.receiver_id in reader.agencies:
            found.add(Side.RECEIVER)
    if reader.may(Permission.COLLECT_REPORTS) and owing.receiver == owing.asked_by:
        found.add(Side.RECEIVER)
    return frozenset(found)


def answers_of(request: str, agency: str) -> list[ReportAnswer]:
    """Return the stored answers of an agency, by question and item; whoever asks has seen the obligation."""
    return list(ReportAnswer.objects.filter(request=request, agency=agency).order_by("question", "item"))


def moves_of(request: str, agency: str) -> list[ReportMove]:
    """Return the steps of an agency's report, the first one first."""
    return list(ReportMove.objects.filter(request=request, agency=agency).order_by("number"))
