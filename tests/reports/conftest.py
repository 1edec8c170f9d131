"""A small province with a few records of 2024, and a template of our own over it."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.period import Period
from congvu.reports.models import ReportSlot
from congvu.reports.sources import Sources
from congvu.reports.template import make_template
from congvu.reports.writer import write

AGENCIES = [
    {"code": "P", "name": "Ủy ban nhân dân tỉnh Thử Nghiệm", "kind": "province_committee", "level": "province"},
    {"code": "S1", "name": "Sở Y tế", "kind": "department", "level": "province"},
    {"code": "S2", "name": "Sở Công Thương", "kind": "department", "level": "province"},
    {"code": "H1", "name": "Ủy ban nhân dân huyện Đông", "kind": "district_committee", "level": "district"},
]
DOCUMENTS = [
    {
        "id": "d1",
        "kind": "plan",
        "symbol": "12/KH-UBND",
        "issued_on": "2024-01-05",
        "issuer": "P",
        "title": "CCHC năm 2024",
    },
    {
        "id": "d2",
        "kind": "directive",
        "symbol": "3/CT-UBND",
        "issued_on": "2024-02-06",
        "issuer": "P",
        "title": "Kỷ luật",
    },
]
PROCEDURES = [
    {"code": "1", "name": "Thủ tục một", "field": "Đất đai", "valid_from": "2020-01-01"},
    {"code": "2", "name": "Thủ tục hai", "field": "Hộ tịch", "valid_from": "2020-01-01"},
]
LEVELS = [
    {"procedure": "1", "level": "province"},
    {"procedure": "1", "level": "district"},
    {"procedure": "2", "level": "district"},
]
TEAMS = [
    {"id": "t1", "agency": "S1", "kind": "supervision", "formed_on": "2024-03-01"},
    {"id": "t2", "agency": "S2", "kind": "supervision", "formed_on": "2024-03-01"},
    {"id": "t3", "agency": "H1", "kind": "supervision", "formed_on": "2024-03-01"},
]


def dossier(code, received, due, finished, procedure="1", agency="S1"):
    return {
        "code": code,
        "procedure": procedure,
        "agency": agency,
        "channel": "counter",
        "received_at": f"{received}T08:00:00+07:00",
        "due_at": f"{due}T17:00:00+07:00",
        "finished_at": f"{finished}T09:00:00+07:00",
        "outcome": "granted",
    }


DOSSIERS = [
    dossier("HS1", "2024-05-06", "2024-05-10", "2024-05-09"),
    dossier("HS2", "2024-05-06", "2024-05-10", "2024-05-10"),
    dossier("HS3", "2024-05-06", "2024-05-10", "2024-05-13"),
]


@pytest.fixture
def province(db, package):
    return load_package(
        package(
            agencies=AGENCIES,
            documents=DOCUMENTS,
            plans=[{"id": "k1", "document": "d1", "title": "CCHC", "kind": "par", "year": "2024"}],
            procedures=PROCEDURES,
            procedure_levels=LEVELS,
            teams=TEAMS,
            dossiers=DOSSIERS,
        ),
        actor=SYSTEM,
    )


TEMPLATE = {
    "kind": "thu",
    "kind_name": "BÁO CÁO",
    "symbol": "BC-UBND",
    "title": "Kết quả năm [[year]]",
    "subject": "Thử",
    "signature": ["CHỦ TỊCH"],
    "recipients": ["- Lưu: VT."],
    "periods": {"year": "Cả năm", "dossiers": "Hồ sơ"},
    "slots": {"plan": {"name": "Kế hoạch", "find": "plan par"}, "directive": {"name": "Chỉ thị"}},
}
YEAR_2024 = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def build(province):
    """Return a function that builds a report of 2024 from a body text, with slots, pending figures and periods."""

    def _build(body, *, slots=None, pending=(), periods=None):
        from congvu.journal.services import act
        from congvu.reports.models import ReportPending

        with act("report:change", actor=SYSTEM):
            for slot, documents in (slots or {}).items():
                for position, document in enumerate(documents, 1):
                    ReportSlot.objects.create(
                        report="thu", year=2024, slot=slot, position=position, document_id=document
                    )
            for figure in pending:
                ReportPending.objects.create(report="thu", year=2024, figure=figure)
        return write(Sources.read(make_template(TEMPLATE, body), 2024, SYSTEM, periods))

    return _build
