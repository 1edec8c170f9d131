"""PAR index frameworks of 2020 and 2021: eight areas for departments, districts and communes, with scores.

Points and criteria are invented; the eight areas are those of the national index. Areas 6 and 7 come out weak
and no agency is in the lowest grade, as the report says of 2021.
"""

from dataclasses import dataclass
from datetime import date

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.documents import Register
from congvu.demo.tables import PROVINCE, Tables
from congvu.demo.units import Agencies, Agency
from congvu.demo.workdays import working_day

_GOOD = frozenset({"045", "053", "042", "048", "043"})
"""Hà Quảng, Thạch An, Bảo Lâm, Hạ Lang, Bảo Lạc: those that the report praises."""
_WEAK = {"6": 0.14, "7": 0.17}
_SCOPES = {
    "department": "các sở, ban, ngành",
    "district": "UBND các huyện, thành phố",
    "commune": "UBND cấp xã",
}


@dataclass(frozen=True)
class _Framework:
    id: str
    scope: str
    year: int
    agencies: list[Agency]


def add_indexes(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    chance = Chance(seed, "indexes")
    groups = {
        "department": agencies.departments,
        "district": agencies.districts,
        "commune": agencies.communes,
    }
    levels = {agency.code: float(chance.numbers.normal(0.84, 0.03)) for group in groups.values() for agency in group}
    for year in (2020, 2021):
        for scope in ("department", "district", "commune") if year == 2021 else ("department", "district"):
            framework = _Framework(f"mp-cs-{scope}-{year}", scope, year, groups[scope])
            _add_framework(tables, register, framework)
            _score(tables, chance, framework, levels)
            _publish(tables, register, framework, agencies)


def _add_framework(tables: Tables, register: Register, framework: _Framework) -> None:
    whom = _SCOPES[framework.scope]
    decision = "vb-bo-chi-so-cchc-cap-xa"
    if framework.scope != "commune":
        decision = register.add(
            f"mp-qd-{framework.id}",
            "decision",
            date(framework.year, 10, 15),
            PROVINCE,
            f"Ban hành Bộ chỉ số cải cách hành chính {whom} năm {framework.year} (mô phỏng)",
        )
    tables.add(
        "index_frameworks",
        id=framework.id,
        title=f"Chỉ số cải cách hành chính {whom} năm {framework.year}",
        year=framework.year,
        scope=framework.scope,
        decision=decision,
    )
    for row in _criteria(framework.scope):
        tables.add("index_criteria", framework=framework.id, **row)


def _criteria(scope: str) -> list[dict[str, str]]:
    rows = [row for row in sources.rows("index_criteria") if scope in row.pop("scopes").split()]
    points = {row["code"]: float(row["max_score"] or 0) for row in rows}
    for row in rows:
        children = [points[one["code"]] for one in rows if one["parent"] == row["code"]]
        row["max_score"] = f"{sum(children) if children else points[row['code']]:g}"
    return rows


def _score(tables: Tables, chance: Chance, framework: _Framework, levels: dict[str, float]) -> None:
    """Self-scores are a little higher than appraised ones; both are multiples of a quarter point."""
    leaves = [row for row in _criteria(framework.scope) if row["parent"]]
    for agency in framework.agencies:
        level = levels[agency.code] + (0.06 if agency.code in _GOOD else 0.0)
        level -= 0.02 if framework.year == 2020 and chance.happens(0.75) else 0.0
        for leaf in leaves:
            points = float(leaf["max_score"])
            weak = _WEAK.get(leaf["parent"], 0.0)
            share = min(max(level - weak + float(chance.numbers.normal(0, 0.07)), 0.3), 1.0)
            appraised = round(share * points * 4) / 4
            claimed = min(points, appraised + (0.25 if chance.happens(0.35) else 0.0))
            tables.add(
                "index_scores",
                framework=framework.id,
                criterion=leaf["code"],
                agency=agency.code,
                self_score=f"{claimed:g}",
                appraised_score=f"{appraised:g}",
            )


def _publish(tables: Tables, register: Register, framework: _Framework, agencies: Agencies) -> None:
    if framework.scope == "commune":
        for number, district in enumerate(agencies.districts):
            day = working_day("2022-02-14", number * 3)
            document = register.add(
                f"mp-qd-cbcs-{district.code}",
                "decision",
                day,
                district.code,
                f"Công bố kết quả đánh giá CCHC năm 2021 đối với cấp xã, {district.short_name} (mô phỏng)",
            )
            _publication(tables, framework, district.code, day, document)
    elif framework.year == 2021:
        _publication(tables, framework, PROVINCE, date(2022, 1, 25), "vb-90-qd-ubnd-2022")
    else:
        _publication(tables, framework, PROVINCE, date(2021, 2, 2), None)


def _publication(tables: Tables, framework: _Framework, publisher: str, day: date, document: str | None) -> None:
    tables.add(
        "index_publications",
        framework=framework.id,
        publisher=publisher,
        published_on=day,
        document=document,
    )
