"""Reads of findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from congvu.access.rules import Reader
from congvu.access.visibility import visible_to
from congvu.kernel.errors import Refusal

from .facts import FINDINGS
from .models import InspectionKind, Severity


class FindingNotFound(Refusal):
    code = "finding.not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as its page shows it; ``report`` is the symbol of the document that tells of its rectification."""

    id: str
    text: str
    kind: InspectionKind
    agency_code: str | None
    agency_name: str
    severity: Severity | None
    inspected_on: date
    due_on: date | None
    rectified_on: date | None
    verified_on: date | None
    report: str | None


def get_finding(reader: Reader, id_: str) -> FindingShown:
    """Return one finding; absent and not-yours are the same.

    Raises
    ------
    FindingNotFound
    """
    visible = visible_to(reader, FINDINGS)
    bound: list[Any] = [id_, *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text, kind, agency_code, coalesce(agency_name, agency_code, ''), severity, date_from, due_on, "
            f"rectified_on, verified_on, report_symbol FROM fact_findings WHERE id = %s AND {visible.sql}",
            bound,
        )
        row = cursor.fetchone()
    if row is None:
        raise FindingNotFound("Không tìm thấy phát hiện kiểm tra này trong phạm vi được xem.")
    id_, text, kind, code, name, severity, *rest = row
    return FindingShown(id_, text, InspectionKind(kind), code, name, Severity(severity) if severity else None, *rest)
