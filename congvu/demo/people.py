"""Simulated officers and their posts. Names are composed by chance of common Kinh, Tày and Nùng ones."""

from dataclasses import dataclass
from datetime import date, timedelta

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies, Agency
from congvu.demo.workdays import working_day

_COMMUNE_JOBS = (
    "Công chức Tư pháp - Hộ tịch",
    "Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường",
    "Công chức Văn phòng - Thống kê",
    "Công chức Văn hóa - Xã hội",
    "Công chức Tài chính - Kế toán",
)
_OFFICE_JOBS = (
    "Chuyên viên",
    "Chuyên viên",
    "Chuyên viên chính",
    "Trưởng phòng",
    "Phó Trưởng phòng",
    "Cán sự",
)
_PORTFOLIOS = (
    "Cải cách hành chính, một cửa",
    "Đất đai, xây dựng, môi trường",
    "Văn hóa, xã hội",
    "Kinh tế, tài chính, kế hoạch",
)
_HANDED_OVER = ("SNGV", "SKHCN", "053", "SXD", "048")
"""Agencies whose head changed in 2022 (the first three are those of the report's footnote 5)."""


@dataclass(frozen=True)
class Officer:
    code: str
    full_name: str
    category: str
    agency: str
    rank: str


class Staff:
    """All officers, by agency, heads first."""

    def __init__(self) -> None:
        self.by_agency: dict[str, list[Officer]] = {}
        self.everyone: list[Officer] = []

    def add(self, officer: Officer) -> None:
        self.by_agency.setdefault(officer.agency, []).append(officer)
        self.everyone.append(officer)

    def of(self, agency: str, *ranks: str) -> list[Officer]:
        return [officer for officer in self.by_agency[agency] if not ranks or officer.rank in ranks]


def add_people(tables: Tables, agencies: Agencies, seed: int) -> Staff:
    chance = Chance(seed, "people")
    staff = Staff()
    for agency in agencies.everyone:
        for place in range(agency.staff):
            rank, title, category = _job(agency, place, chance)
            officer = _officer(tables, staff, chance, category, agency.code, rank)
            since = date(2016, 3, 1) + timedelta(days=chance.between(0, 1_900))
            if rank == "head" and agency.code in _HANDED_OVER:
                _hand_over(tables, staff, chance, officer, title, since)
            else:
                _post(tables, officer, title, since, None, chance)
    return staff


def _officer(tables: Tables, staff: Staff, chance: Chance, category: str, agency: str, rank: str) -> Officer:
    officer = Officer(f"MP-CB{len(staff.everyone) + 1:05d}", _full_name(chance), category, agency, rank)
    staff.add(officer)
    tables.add("officers", code=officer.code, full_name=officer.full_name, category=category)
    return officer


def _hand_over(tables: Tables, staff: Staff, chance: Chance, leaving: Officer, title: str, since: date) -> None:
    """The head leaves during 2022; a new one begins on the next day."""
    last = working_day(date(2022, chance.between(3, 9), chance.between(1, 28)))
    _post(tables, leaving, title, since, last, chance)
    coming = _officer(tables, staff, chance, leaving.category, leaving.agency, "head")
    _post(tables, coming, title, last + timedelta(days=1), None, chance)


def _post(tables: Tables, officer: Officer, title: str, since: date, until: date | None, chance: Chance) -> None:
    tables.add(
        "posts",
        officer=officer.code,
        agency=officer.agency,
        title=title,
        rank=officer.rank,
        portfolio=chance.pick(_PORTFOLIOS) if officer.rank == "deputy" else None,
        valid_from=since,
        valid_to=until,
    )


def _job(agency: Agency, place: int, chance: Chance) -> tuple[str, str, str]:
    """Rank, title and category of the agency's officer number ``place``."""
    elected = agency.kind in ("province_committee", "district_committee", "commune_committee")
    deputies = 3 if agency.level != "commune" else 2
    if place <= deputies:
        title = _leading_title(agency, deputy=place > 0)
        return ("deputy" if place else "head"), title, "cadre" if elected else _plain_category(agency)
    if agency.kind == "commune_committee":
        return "staff", _COMMUNE_JOBS[(place - deputies - 1) % len(_COMMUNE_JOBS)], "civil_servant"
    if place % 17 == 16:
        return "staff", "Nhân viên phục vụ", "contract_worker"
    if agency.code in ("SYT", "SGDDT") and place % 3 == 0:
        return "staff", "Viên chức đơn vị trực thuộc", "public_employee"
    return "staff", chance.pick(_OFFICE_JOBS), _plain_category(agency)


def _plain_category(agency: Agency) -> str:
    return "public_employee" if agency.kind == "service_unit" else "civil_servant"


def _leading_title(agency: Agency, deputy: bool) -> str:
    head = {
        "province_committee": "Chủ tịch UBND tỉnh",
        "district_committee": "Chủ tịch UBND huyện",
        "commune_committee": "Chủ tịch UBND xã",
        "province_office": "Chánh Văn phòng",
        "service_unit": "Giám đốc Trung tâm",
        "department": "Giám đốc Sở",
    }[agency.kind]
    named = {"TTT": "Chánh Thanh tra", "BDT": "Trưởng ban", "BQLKKT": "Trưởng ban"}
    head = named.get(agency.code, head)
    if agency.kind in ("district_committee", "commune_committee"):
        head = "Chủ tịch UBND " + agency.place.split(" ")[0].lower().replace("thị", "thị trấn")
        head = head.replace("thành", "thành phố")
    return f"Phó {head}" if deputy else head


def _parts() -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for row in sources.rows("person_names"):
        parts.setdefault(row["part"], []).append(row["name"])
    return parts


_PARTS = _parts()


def _full_name(chance: Chance) -> str:
    families = _PARTS["family"]
    family = families[int(len(families) * chance.numbers.random() ** 1.6)]
    sex = "woman" if chance.happens(0.45) else "man"
    return f"{family} {chance.pick(_PARTS[f'middle_{sex}'])} {chance.pick(_PARTS[f'given_{sex}'])}"
