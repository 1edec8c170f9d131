"""How much agencies have to type: figures asked, known from the records, typed by hand; fields per agency and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.access.visibility import visible_to
from congvu.kernel import clock

from .form import Kind
from .models import ReportRequest
from .prefill import prefill
from .queries import OWED, form_of, owing_in, period_of
from .tiers import agencies_valid_on

PAGE = 50


@dataclass(frozen=True, slots=True)
class FormBurden:
    """What a request asks of the agencies that the reader sees.

    ``asked`` and ``known`` count figures over every agency that owes it, as the records stand now; of the known ones
    ``with_rows`` are more than a 0. ``typed`` figures and ``fields`` (of every kind) were typed by hand in the reports
    begun so far (``begun`` agencies).
    """

    code: str
    title: str
    agencies: int
    asked: int
    known: int
    with_rows: int
    begun: int
    typed: int
    fields: int

    @property
    def share(self) -> float | None:
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class AgencyBurden:
    """What an agency has typed by hand in a year's reports: ``figures`` among all ``fields``."""

    code: str
    name: str
    reports: int
    fields: int
    figures: int


def form_burdens(reader: Reader, year: int) -> list[FormBurden]:
    """Return what each request whose period ends in ``year`` asks, the latest first.

    The records are counted anew for every agency that owes it: a second or two for a large province and request.
    """
    require(reader, Permission.SEE_COLLECTION)
    requests = ReportRequest.objects.filter(period_to__year=year).order_by("-period_to", "code")
    return [burden for request in requests if (burden := _burden(reader, request)) is not None]


def _burden(reader: Reader, request: ReportRequest) -> FormBurden | None:
    owed = owing_in(reader, request.code)
    if not owed:
        return None
    form, agencies = form_of(request), agencies_valid_on(request.period_to)
    asked = [agencies[owing.agency] for owing in owed]
    found = [
        one for of_agency in prefill(form, period_of(request), asked, agencies).values() for one in of_agency.values()
    ]
    figures = [q.id for q in form.questions.values() if q.kind is Kind.FIGURE]
    begun, typed, fields = _typed(request.code, [owing.agency for owing in owed], figures)
    known, with_rows = sum(one.known for one in found), sum(bool(one.answer.value) for one in found)
    return FormBurden(request.code, request.title, len(owed), len(found), known, with_rows, begun, typed, fields)


def _typed(request: str, agencies: Iterable[str], figures: list[str]) -> tuple[int, int, int]:
    """Return how many agencies have begun, and the figures and fields that they typed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT agency), count(*) FILTER (WHERE by_hand AND question = ANY(%s)), "
            "count(*) FILTER (WHERE by_hand) FROM x_report_answers WHERE request = %s AND agency = ANY(%s)",
            [figures, request, list(agencies)],
        )
        begun, typed, fields = cursor.fetchone()
        return begun, typed, fields


def agency_burdens(
    reader: Reader, year: int, *, after: tuple[int, str] | None = None, limit: int = PAGE
) -> tuple[list[AgencyBurden], tuple[int, str] | None]:
    """Return what each agency has typed in the reports of ``year``, the heaviest first, and where to go on."""
    require(reader, Permission.SEE_COLLECTION)
    visible = visible_to(reader, OWED)
    beyond = "HAVING (-count(w.*) FILTER (WHERE w.by_hand), o.agency) > (%s, %s)" if after else ""
    bound: list[Any] = [year, *visible.params, *(after or ())]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT o.agency, max(a.name), count(DISTINCT o.request), count(w.*) FILTER (WHERE w.by_hand),
                   count(w.*) FILTER (WHERE w.by_hand AND w.value IS NOT NULL)
            FROM x_report_obligations o
            JOIN x_report_requests q ON q.code = o.request
            JOIN agency_periods a ON a.code = o.agency AND q.period_to BETWEEN a.valid_from AND a.valid_through
            LEFT JOIN x_report_answers w ON w.request = o.request AND w.agency = o.agency
            WHERE extract(year FROM q.period_to) = %s AND {visible.sql}
            GROUP BY o.agency {beyond}
            ORDER BY -count(w.*) FILTER (WHERE w.by_hand), o.agency LIMIT %s
            """,
            [*bound, limit + 1],
        )
        found = [AgencyBurden(*row) for row in cursor.fetchall()]
    page = found[:limit]
    following = (-page[-1].fields, page[-1].code) if len(found) > limit else None
    return page, following


def years_with_requests() -> list[int]:
    """Return the years in which a request's period ends, the latest first; this year where there is none."""
    found = ReportRequest.objects.values_list("period_to__year", flat=True).distinct()
    return sorted(set(found), reverse=True) or [clock.today().year]
