"""What people do with dossiers. Each function is one act."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from congvu.access.rules import Permission, Reader
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal

from .models import Dossier
from .queries import DossierShown, get_dossier
from .rules import why_not_finish_at


class CorrectionNotAllowed(Refusal):
    code = "dossier.correction_not_allowed"
    status = 409


class NotForThisSeat(Refusal):
    code = "dossier.not_for_this_seat"
    status = 403


def correct_finish(reader: Reader, code: str, finished_at: datetime, reason: str) -> DossierShown:
    """Set when a dossier was finished, and return it; the journal keeps what stood before, and why.

    Raises
    ------
    NotForThisSeat
        If the reader's seat corrects no dossiers.
    DossierNotFound
        If there is none, or it is none of the reader's business.
    CorrectionNotAllowed
        If it is withdrawn or unfinished, the instant lies before the receipt, after now or is the same,
        or no reason is given.
    """
    if not reader.may(Permission.CORRECT_DOSSIER):
        raise NotForThisSeat("Vị trí làm việc này không được đính chính hồ sơ.")
    get_dossier(reader, code)
    with act("dossier:correct", actor=reader, subject=(Dossier.table(), code), reason=reason.strip()) as deed:
        _lock(code)
        # asked again under the lock: what stood before the wait may have changed
        dossier = get_dossier(reader, code)
        refused = why_not_finish_at(dossier.instants, finished_at, reason, clock.now())
        if refused:
            raise CorrectionNotAllowed(refused)
        with deed.changing(Dossier, [code]):
            Dossier.objects.filter(pk=code).update(finished_at=finished_at)
    return get_dossier(reader, code)


def _lock(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM dossiers WHERE code = %s FOR UPDATE", [code])
