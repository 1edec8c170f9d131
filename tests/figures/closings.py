"""A small province of 2022 to 2025 whose periods the tests close: two communes below a district, one department."""

from datetime import date

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.access.visibility import agencies_under
from congvu.exchange.services import load_package
from congvu.figures.compute import compute
from congvu.figures.period import Period

NOW = "2026-03-02T08:00"
JANUARY, FEBRUARY, MARCH = (
    Period(date(2022, 1, 1), date(2022, 1, 31)),
    Period(date(2022, 2, 1), date(2022, 2, 28)),
    Period(date(2022, 3, 1), date(2022, 3, 31)),
)
QUARTER = Period(JANUARY.first, MARCH.last)
_COMMITTEE = "Ủy ban nhân dân"
AGENCIES = [
    {"code": "P", "name": f"{_COMMITTEE} tỉnh Thử", "kind": "province_committee", "level": "province"},
    {"code": "S1", "name": "Sở Y tế", "kind": "department", "level": "province", "parent": "P"},
    {"code": "H", "name": f"{_COMMITTEE} huyện Đông", "kind": "district_committee", "level": "district", "parent": "P"},
    {"code": "X1", "name": f"{_COMMITTEE} xã Một", "kind": "commune_committee", "level": "commune", "parent": "H"},
    {"code": "X2", "name": f"{_COMMITTEE} xã Hai", "kind": "commune_committee", "level": "commune", "parent": "H"},
]
BELOW_THE_PROVINCE = {"S1", "H", "X1", "X2"}
PROCEDURES = [{"code": "T", "name": "Thủ tục", "field": "Đất đai", "valid_from": "2020-01-01"}]


def dossier(code, received, finished=None, *, agency="X1", due=None, outcome="granted", channel="counter"):
    return {
        "code": code,
        "procedure": "T",
        "agency": agency,
        "channel": channel,
        "received_at": f"{received}T08:00:00+07:00",
        "due_at": f"{due or '2022-12-30'}T17:00:00+07:00",
        "finished_at": f"{finished}T09:00:00+07:00" if finished else "",
        "outcome": outcome if finished else "",
    }


DOSSIERS = [
    dossier("A1", "2022-01-05", "2022-01-10"),
    dossier("A2", "2022-01-06", "2022-01-20", due="2022-01-12"),
    dossier("A3", "2022-01-25", "2022-02-03", channel="online"),
    dossier("A4", "2022-02-10"),
    dossier("B1", "2022-01-07", "2022-01-09", agency="X2"),
    dossier("H1", "2022-01-07", "2022-03-09", agency="H"),
    dossier("S1", "2022-01-08", "2022-01-11", agency="S1"),
]
FEEDBACK = [
    {
        "code": "PA1",
        "channel": "web",
        "received_at": "2022-01-15T08:00:00+07:00",
        "category": "Đất đai, môi trường",
        "about_procedure": "false",
        "agency": "X1",
        "content": "Nội dung",
    }
]


def load(package, **tables):
    """Bring these rows in, as any load does."""
    return load_package(package(**tables), actor=SYSTEM)


def load_all(package):
    return load(package, agencies=AGENCIES, procedures=PROCEDURES, dossiers=DOSSIERS, feedback=FEEDBACK)


def head_of(code, *, day=date(2022, 6, 1)):
    return Reader(None, f"Thủ trưởng {code}", Role.AGENCY_HEAD, code, code, agencies_under(code, day))


OFFICER = Reader(None, "Hoàng Thị Lan", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
CLERK = Reader(None, "Lý Thị Hoa", Role.ONE_STOP_CLERK, "X1", "UBND xã Một", frozenset())


def values(answers):
    """Figure's key -> value, without what is zero or has none."""
    return {answer.key: answer.value for answer in answers if answer.value}


def live(period, agency=None, ids=None):
    return values(compute(period, agency_code=agency, ids=ids))
