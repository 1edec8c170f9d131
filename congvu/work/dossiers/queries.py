"""Reading dossiers. Everything comes through ``visible_to``: absent and not yours are the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from congvu.access.rules import Reader
from congvu.access.visibility import visible_to
from congvu.kernel import clock
from congvu.kernel.errors import Refusal

from .facts import DOSSIERS
from .models import ApplicantKind, EventKind, FilingChannel, Outcome
from .rules import Instants, Standing, standing


class DossierNotFound(Refusal):
    code = "dossier.not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class EventShown:
    at: datetime
    kind: EventKind
    officer: str | None
    agency: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DossierShown:
    """A dossier with the names that its codes meant on its own days."""

    code: str
    procedure_code: str
    procedure_name: str
    agency_code: str
    agency_name: str
    handling_agency_name: str
    channel: FilingChannel
    applicant_kind: ApplicantKind | None
    received_at: datetime
    first_due_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    outcome: Outcome | None
    events: tuple[EventShown, ...]

    @property
    def instants(self) -> Instants:
        return Instants(self.received_at, self.due_at, self.finished_at, self.outcome == Outcome.WITHDRAWN)

    @property
    def standing(self) -> Standing:
        """How it stands at the instant that the pages live on."""
        return standing(self.instants, clock.now())


def get_dossier(reader: Reader, code: str) -> DossierShown:
    """Return one dossier with its events, in their order.

    Raises
    ------
    DossierNotFound
        Nobody has filed it, or it is none of the reader's business.
    """
    visible = visible_to(reader, DOSSIERS)
    parameters: list[Any] = [code, *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.code, f.procedure, coalesce(p.name, f.procedure), f.agency_code,
                   coalesce(f.agency_name, f.agency_code), coalesce(h.name, r.handling_agency), f.channel,
                   r.applicant_kind, f.received_at, f.first_due_at, f.due_at, f.finished_at, f.outcome
            FROM (SELECT * FROM {DOSSIERS.view} WHERE code = %s AND {visible.sql}) f
            JOIN dossiers r ON r.code = f.code
            LEFT JOIN procedures p ON p.code = f.procedure
            LEFT JOIN agency_periods h ON h.code = r.handling_agency
                AND f.received_on BETWEEN h.valid_from AND h.valid_through
            """,
            parameters,
        )
        row = cursor.fetchone()
    if row is None:
        raise DossierNotFound(f"Không tìm thấy hồ sơ «{code}» trong phạm vi được xem. Hãy kiểm tra lại mã hồ sơ.")
    return _dossier(row, _events(code))


def _dossier(row: tuple[Any, ...], events: tuple[EventShown, ...]) -> DossierShown:
    code, procedure, procedure_name, agency, agency_name, handling_name, *rest = row
    channel, applicant, received_at, first_due_at, due_at, finished_at, outcome = rest
    return DossierShown(
        code=code,
        procedure_code=procedure,
        procedure_name=procedure_name,
        agency_code=agency,
        agency_name=agency_name,
        handling_agency_name=handling_name,
        channel=FilingChannel(channel),
        applicant_kind=ApplicantKind(applicant) if applicant else None,
        received_at=received_at,
        first_due_at=first_due_at,
        due_at=due_at,
        finished_at=finished_at,
        outcome=Outcome(outcome) if outcome else None,
        events=events,
    )


def _events(code: str) -> tuple[EventShown, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.at, e.kind, o.full_name, coalesce(a.name, e.agency), e.note
            FROM dossier_events e LEFT JOIN officers o ON o.code = e.officer
            LEFT JOIN agency_periods a ON a.code = e.agency
                AND (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN a.valid_from AND a.valid_through
            WHERE e.dossier = %s ORDER BY e.seq
            """,
            [code],
        )
        return tuple(
            EventShown(at, EventKind(kind), officer, agency, note)
            for at, kind, officer, agency, note in cursor.fetchall()
        )
