"""Accepted answers of several agencies added up where that makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from .form import Form


@dataclass(frozen=True, slots=True)
class Sum:
    """``value`` over ``agencies`` accepted answers; None where ``why_not`` says why they are not added up."""

    value: Decimal | None
    agencies: int
    why_not: str | None = None


def sums_below(form: Form, request: str, receiver: str) -> Mapping[str, Sum]:
    """Return question's id -> the accepted answers of the agencies that report to ``receiver``, added up."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.question, sum(w.value), count(w.value)
            FROM x_report_answers w JOIN x_report_obligations o ON o.request = w.request AND o.agency = w.agency
            WHERE w.request = %s AND o.receiver = %s AND o.state = 'accepted' AND w.value IS NOT NULL
            GROUP BY w.question
            """,
            [request, receiver],
        )
        rows = cursor.fetchall()
    found = {}
    for question, value, agencies in rows:
        why_not = form.questions[question].why_not_added() if question in form.questions else None
        found[question] = Sum(None if why_not else value, agencies, why_not)
    return found
