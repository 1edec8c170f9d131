"""The agencies of 2022: the province, its departments, ten districts and 161 communes by official codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu.demo import sources
from congvu.demo.tables import PROVINCE, Tables

CITY = "040"


@dataclass(frozen=True)
class Agency:
    """``staff`` officers work there; ``dossiers`` weighs how many dossiers it receives among its level."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    place: str
    staff: int
    dossiers: float


@dataclass(frozen=True)
class Agencies:
    """All agencies and the groups that the report speaks of."""

    everyone: tuple[Agency, ...]

    def of_kind(self, *kinds: str) -> list[Agency]:
        return [agency for agency in self.everyone if agency.kind in kinds]

    @property
    def departments(self) -> list[Agency]:
        """Sở, ban, ngành with the province's office: 20."""
        return self.of_kind("province_office", "department")

    @property
    def districts(self) -> list[Agency]:
        return self.of_kind("district_committee")

    @property
    def communes(self) -> list[Agency]:
        return self.of_kind("commune_committee")

    @property
    def thirty(self) -> list[Agency]:
        """Those whom the province directs: departments, office and districts."""
        return [*self.departments, *self.districts]

    def __getitem__(self, code: str) -> Agency:
        return next(agency for agency in self.everyone if agency.code == code)

    def communes_of(self, district: str) -> list[Agency]:
        return [agency for agency in self.communes if agency.parent == district]


def add_agencies(tables: Tables) -> Agencies:
    """Puts every agency into the package; all are valid from the contract's default first day."""
    agencies = [*_provincial(), *_local()]
    for agency in agencies:
        tables.add(
            "agencies",
            code=agency.code,
            name=agency.name,
            short_name=agency.short_name,
            kind=agency.kind,
            level=agency.level,
            parent=agency.parent,
        )
    return Agencies(tuple(agencies))


def _provincial() -> Sequence[Agency]:
    province = Agency(
        PROVINCE,
        "Ủy ban nhân dân tỉnh Cao Bằng",
        "UBND tỉnh",
        "province_committee",
        "province",
        "",
        "Tỉnh Cao Bằng",
        4,
        0,
    )
    others = [
        Agency(
            row["code"],
            row["name"],
            row["short_name"],
            row["kind"],
            row["level"],
            row["parent"],
            row["name"],
            int(row["staff"]),
            float(row["dossiers"]),
        )
        for row in sources.rows("provincial_agencies_2022")
    ]
    return [province, *others]


def _local() -> Sequence[Agency]:
    units = [row for row in sources.rows("units_2022") if row["level"] != "province"]
    return [_committee(row["level"], row["code"], row["name"], row["parent"]) for row in units]


def _committee(level: str, code: str, name: str, parent: str) -> Agency:
    within = name[0].lower() + name[1:]
    district = level == "district"
    busy = 2.6 if code == CITY else 2.4 if name.startswith("Phường") else 1.7 if name.startswith("Thị") else 1.0
    return Agency(
        code,
        f"Ủy ban nhân dân {within}",
        f"UBND {within}",
        "district_committee" if district else "commune_committee",
        level,
        parent,
        name,
        70 if district else 9,
        busy,
    )
