"""Other spellings of agencies' names, remembered: whoever said once what "UBND H. Hòa An" is, need not say it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.http import Http404

from congvu.access.rules import Permission, Reader
from congvu.journal.services import act
from congvu.kernel.errors import Refusal
from congvu.kernel.text import fold, nfc
from congvu.province.queries import get_agency

from .models import AgencyAlias

_LONGEST = 300


class AliasNotTaken(Refusal):
    code = "alias.not_taken"


@dataclass(frozen=True, slots=True)
class AliasShown:
    alias: str
    spelled: str
    agency_code: str
    agency_name: str


def aliases() -> list[AliasShown]:
    """Return every spelling that is remembered, by agency."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x.alias, x.spelled, x.agency, coalesce(a.name, x.agency) FROM x_agency_aliases x "
            "LEFT JOIN LATERAL (SELECT name FROM agencies WHERE code = x.agency ORDER BY valid_from DESC LIMIT 1) a "
            "ON true ORDER BY x.agency, x.alias"
        )
        return [AliasShown(*row) for row in cursor.fetchall()]


def remember(reader: Reader, spelled: str, agency_code: str) -> AliasShown:
    """Remember that ``spelled`` is the agency of ``agency_code``; what was said of it before is replaced.

    Raises
    ------
    AliasNotTaken
        The spelling is empty or too long, or the seat loads no spreadsheets.
    AgencyNotFound
        There is no such agency.
    """
    spelled = nfc(" ".join(spelled.split()))
    alias = fold(spelled)
    if not reader.may(Permission.LOAD_SHEETS):
        raise AliasNotTaken("Vị trí làm việc này không ghi tên gọi khác của cơ quan.")
    if not alias or len(spelled) > _LONGEST:
        raise AliasNotTaken(f"Tên gọi cần có chữ, nhiều nhất {_LONGEST} ký tự.")
    name = get_agency(agency_code)[-1].name
    with transaction.atomic():
        stored = AgencyAlias.objects.select_for_update().filter(pk=alias).first()
        if stored is None or (stored.agency, stored.spelled) != (agency_code, spelled):
            with (
                act("alias:remember", actor=reader, subject=(AgencyAlias.table(), alias)) as deed,
                deed.changing(AgencyAlias, [alias]),
            ):
                AgencyAlias.objects.update_or_create(alias=alias, defaults={"spelled": spelled, "agency": agency_code})
    return AliasShown(alias, spelled, agency_code, name)


def forget(reader: Reader, alias: str) -> None:
    """Forget a spelling; what was loaded under it stays.

    Raises
    ------
    AliasNotTaken
        The seat loads no spreadsheets.
    """
    if not reader.may(Permission.LOAD_SHEETS):
        raise AliasNotTaken("Vị trí làm việc này không bỏ tên gọi khác của cơ quan.")
    with (
        act("alias:forget", actor=reader, subject=(AgencyAlias.table(), alias)) as deed,
        deed.changing(AgencyAlias, [alias]),
    ):
        if not AgencyAlias.objects.filter(pk=alias).delete()[0]:
            raise Http404("Không tìm thấy tên gọi này.")
