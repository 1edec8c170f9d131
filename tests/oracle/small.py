"""A tiny province and the shortest ways to give it rows and ask it for figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from . import Answer, Package, count, key_of, rows

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)
AGENCIES = [
    {"code": "P", "kind": "province_committee", "level": "province"},
    {"code": "S1", "kind": "department", "level": "province"},
    {"code": "S2", "kind": "department", "level": "province"},
    {"code": "H1", "kind": "district_committee", "level": "district"},
    {"code": "X", "kind": "commune_committee", "level": "commune", "valid_to": "2022-06-30"},
    {"code": "X", "kind": "district_committee", "level": "district", "valid_from": "2022-07-01"},
]
Cells = Mapping[str, Any]
Records = Sequence[Cells]


def province(**tables: Records) -> Package:
    """A package of ``AGENCIES`` and these tables."""
    return Package("P", {"agencies": AGENCIES, **tables})


def numbered(key: str, common: Cells, *each: Cells) -> list[Cells]:
    """Rows that share columns, keyed "0", "1", … in the order given."""
    return [{key: f"{number}", **common, **cells} for number, cells in enumerate(each)]


def dossiers(*each: Cells) -> list[Cells]:
    """Dossiers of department S1, granted where they are finished and say no other outcome."""
    common = {"procedure": "TT", "agency": "S1", "channel": "counter", "outcome": "granted"}
    rows_of_dossiers = numbered("code", common, *each)
    return [row if row.get("finished_at") else {**row, "outcome": None} for row in rows_of_dossiers]


def answer(package: Package, figure: str, only: str | None = None, **members: str) -> Answer:
    """The figure over the year 2022, zero where the oracle leaves the member out."""
    nothing = Answer(0, None, None, 0, 0)
    return count(package, FIRST, LAST, only).get(key_of(figure, members), nothing)


def value(package: Package, figure: str, **members: str) -> Any:
    return answer(package, figure, **members).value


def keys(package: Package, figure: str, **members: str) -> list[Any]:
    return list(rows(package, figure, members, FIRST, LAST))


def stated(figure: str, amount: int, **cells: Any) -> Cells:
    """A statement by department S2 for the whole year, taken instead of rows."""
    whole_year = {"period_from": "2022-01-01", "period_to": "2022-12-31"}
    return {"agency": "S2", "figure": figure, "value": amount, "mode": "instead", **whole_year, **cells}
