"""The catalogue: 2,192 simulated procedures in force at the end of 2022, and the 80 abolished during it.

1,731 are handled at the province's level, 297 at the districts', 194 at the communes': 30 more than there are
procedures, read as 30 procedures handled at two levels (10 province and district, 20 district and commune).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.tables import Tables

LEVEL_NAMES = {"p": "province", "d": "district", "c": "commune"}
IN_FORCE = {"p": 1721, "pd": 10, "d": 267, "dc": 20, "c": 174}
ABOLISHED = {"p": 60, "d": 12, "c": 8}
VERTICAL_SECTORS = frozenset({"CAT", "CTHUE", "CHQ", "KBNN", "BHXH"})

_ACTIONS: dict[str, tuple[tuple[str, float], ...]] = {
    "fixed": (("", 1.0),),
    "permit": (
        ("Cấp ", 1.0),
        ("Cấp lại ", 0.3),
        ("Gia hạn ", 0.3),
        ("Điều chỉnh ", 0.15),
        ("Thu hồi ", 0.02),
    ),
    "certificate": (
        ("Cấp ", 1.0),
        ("Cấp lại ", 0.25),
        ("Cấp đổi ", 0.3),
        ("Điều chỉnh nội dung ", 0.1),
        ("Thu hồi ", 0.02),
    ),
    "registration": (
        ("Đăng ký ", 1.0),
        ("Đăng ký thay đổi ", 0.4),
        ("Đăng ký lại ", 0.1),
        ("Xác nhận đăng ký ", 0.15),
        ("Xóa đăng ký ", 0.1),
    ),
    "appraisal": (
        ("Thẩm định ", 1.0),
        ("Phê duyệt ", 0.7),
        ("Thẩm định điều chỉnh ", 0.2),
        ("Phê duyệt điều chỉnh ", 0.2),
    ),
    "benefit": (
        ("Giải quyết hưởng ", 1.0),
        ("Điều chỉnh ", 0.25),
        ("Chuyển nơi hưởng ", 0.1),
        ("Chấm dứt hưởng ", 0.1),
    ),
    "award": (("Công nhận ", 1.0), ("Công nhận lại ", 0.2), ("Hủy bỏ công nhận ", 0.02)),
    "establishment": (
        ("Thành lập ", 1.0),
        ("Cho phép hoạt động ", 0.5),
        ("Sáp nhập, chia, tách ", 0.2),
        ("Đổi tên ", 0.2),
        ("Tạm đình chỉ hoạt động ", 0.1),
        ("Giải thể ", 0.1),
    ),
}
_VARIANTS = (
    "",
    " (theo quy trình liên thông)",
    " (theo quy trình rút gọn)",
)
_VARIANT_WEIGHT = (1.0, 0.02, 0.01)


@dataclass(frozen=True)
class Procedure:
    """One procedure of the catalogue.

    ``weight`` says how often it is asked for, ``shortened_on`` from which day of 2022 the reduced term holds.
    """

    code: str
    name: str
    field: str
    sector: str
    levels: str
    legal: float
    reduced: float | None
    unit: str
    weight: float
    valid_from: date
    valid_to: date | None = None
    shortened_on: date | None = None

    @property
    def time(self) -> float:
        """The term in force: the reduced one, else the legal one."""
        return self.legal if self.reduced is None else self.reduced

    @property
    def vertical(self) -> bool:
        return self.sector in VERTICAL_SECTORS

    @property
    def is_land(self) -> bool:
        return self.field == "Đất đai"


def make_catalogue(seed: int) -> list[Procedure]:
    """All procedures, those to be abolished among them (their last day is still open)."""
    chance = Chance(seed, "procedures")
    names: dict[str, list[tuple[dict[str, str], str, float]]] = {levels: [] for levels in IN_FORCE}
    for subject, name, weight in _named():
        names[subject["levels"]].append((subject, name, weight))
    procedures = []
    for levels, wanted in IN_FORCE.items():
        kept = names[levels][: wanted + ABOLISHED.get(levels, 0)]
        procedures += [_procedure(chance, subject, name, weight) for subject, name, weight in kept]
    return [replace(one, code=f"9.{number:06d}") for number, one in enumerate(procedures, start=101)]


def _named() -> Iterator[tuple[dict[str, str], str, float]]:
    """Every name that the subjects give: plain ones first, then the variants, until there are enough."""
    subjects = sources.rows("procedure_subjects")
    for variant, factor in zip(_VARIANTS, _VARIANT_WEIGHT, strict=True):
        for subject in subjects:
            if variant and subject["kind"] == "fixed":
                continue
            for action, share in _ACTIONS[subject["kind"]]:
                name = f"{action}{subject['subject']}{variant}"
                yield subject, name, float(subject["weight"]) * share * factor


def _procedure(chance: Chance, subject: dict[str, str], name: str, weight: float) -> Procedure:
    days = float(subject["days"])
    unit = "working_day"
    if days >= 10 and chance.happens(0.08):
        unit = "calendar_day"
    legal = days
    reduced = None
    if days >= 3 and chance.happens(0.3):
        legal, reduced = float(round(days * 1.4)), days
    return Procedure(
        code="",
        name=name,
        field=subject["field"],
        sector=subject["sector"],
        levels=subject["levels"],
        legal=legal,
        reduced=reduced,
        unit=unit,
        weight=weight,
        valid_from=date(2016, 1, 4) + timedelta(days=chance.between(0, 1_600)),
    )


def add_procedures(tables: Tables, procedures: list[Procedure], seed: int) -> None:
    """Writes the catalogue once its changes are settled."""
    chance = Chance(seed, "services")
    for one in procedures:
        tables.add(
            "procedures",
            code=one.code,
            name=one.name,
            field=one.field,
            legal_time=_number(one.legal),
            legal_unit=one.unit,
            reduced_time=None if one.reduced is None else _number(one.reduced),
            online_level=_online_level(chance, one),
            postal=one.levels == "p" and chance.happens(0.7),
            vertical=one.vertical,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for letter in one.levels:
            tables.add("procedure_levels", procedure=one.code, level=LEVEL_NAMES[letter])


def _online_level(chance: Chance, one: Procedure) -> str:
    """The levels 2, 3, 4 that the report of 2022 still speaks of."""
    draw = float(chance.numbers.random())
    high, middle = (0.3, 0.55) if "p" in one.levels else (0.15, 0.4)
    return "4" if draw < high else "3" if draw < middle else "2"


def _number(amount: float) -> str:
    return f"{amount:g}"
