"""The small province of the pages with an inspection's findings, and readers of its seats."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.access.visibility import agencies_under
from congvu.assessment.services import DirectionEntry, WeaknessEntry, add_direction, add_weakness
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.province.models import Agency
from congvu.reports.assessing import sheet_of
from congvu.work.documents.models import Document
from congvu.work.inspections.models import Finding
from tests.web.province import NOW, make_province

LATE = "figure:year:dossiers.late[level=commune]"


@pytest.fixture
def province(db, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", NOW)
    make_province()
    with act("package:load", actor=SYSTEM):
        Finding.objects.create(id="F1", inspection_id="KT1", agency="H", text="Còn đi muộn, về sớm.")
        Finding.objects.create(
            id="F2", inspection_id="KT1", agency="H", text="Chưa niêm yết", rectified_on=date(2022, 9, 1)
        )
        Document.objects.create(
            id="D1", kind="plan", symbol="1/KH-UBND", issued_on=date(2022, 12, 20), issuer="P", title="Kế hoạch"
        )
        Agency.objects.create(
            code="NEW", name="Sở Mới", kind="department", level="province", valid_from=date(2023, 7, 1)
        )
        Agency.objects.create(
            code="OLD", name="Sở Cũ", kind="department", level="province", valid_to=date(2022, 12, 31)
        )


def unwritten(*beginnings):
    """What the journal's verification says of records whose names begin so; the province itself was not journaled."""
    seal_acts()
    return [fault.text for fault in verify(records=True) if fault.text.startswith(beginnings)]


def seat(role, agency):
    return Reader(None, f"Người {role}", role, agency, agency, agencies_under(agency, date(2022, 12, 21)))


@pytest.fixture
def officer(province):
    return seat(Role.REPORTING_OFFICER, "P")


@pytest.fixture
def leader(province):
    return seat(Role.PROVINCE_LEADER, "P")


@pytest.fixture
def sheet(officer):
    return sheet_of("annual", 2022, officer)


@pytest.fixture
def weak(officer, sheet):
    """Return a function that writes a weakness of 2022; what is not given is whole and well."""

    def write(text="Còn hồ sơ trễ hạn", **given):
        entry = {"evidence": LATE, "remedy": "Rà soát hằng tuần", "responsible": "SNV", "due_on": date(2023, 6, 30)}
        return add_weakness(officer, sheet, WeaknessEntry(text, **(entry | given)))

    return write


@pytest.fixture
def direct(officer, sheet):
    """Return a function that writes a direction of 2022; what is not given is whole and well."""

    def write(text="Nâng cao chất lượng một cửa", **given):
        entry = {"lead_agency": "SNV", "cooperating": ("H",), "due_on": date(2023, 11, 30)}
        return add_direction(officer, sheet, DirectionEntry(text, **(entry | given)))

    return write
