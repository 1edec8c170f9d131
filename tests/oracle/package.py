"""Province packages as plain typed rows: the oracle's own reader, sharing no code with the importer.

It reads, it does not judge: a package that the contract refuses gives undefined counts here. What
the contract says about forms is applied to every cell, whether it comes from a CSV file or from a
row written in a test: text is trimmed and NFC, an empty cell is ``None``, an instant without an
offset is Vietnamese time, and the defaults of the contract are filled in.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

VIETNAM = timezone(timedelta(hours=7))
BEGINNING = date(1900, 1, 1)

Row = dict[str, Any]
"""Column name to ``str``, ``date``, aware UTC ``datetime``, ``bool``, ``int``, ``Decimal`` or ``None``."""


def _day(cell: str) -> date:
    return date.fromisoformat(cell)


def _instant(cell: str) -> datetime:
    return _in_utc(datetime.fromisoformat(cell))


def _in_utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)


def _truth(cell: str) -> bool:
    return {"true": True, "false": False}[cell]


def _text(cell: str) -> str:
    return cell if cell.isascii() else normalize("NFC", cell)


TABLES: Mapping[str, str] = {
    "agencies": "code name short_name kind level parent valid_from valid_to successor",
    "officers": "code full_name category",
    "posts": "officer agency title rank portfolio valid_from valid_to",
    "teams": "id agency kind formed_on document note",
    "documents": "id kind number symbol issued_on issuer title direction signer",
    "document_relations": "source target relation",
    "document_recipients": "document agency acknowledged_on",
    "plans": "id document title kind year",
    "tasks": "id plan title lead_agency assigned_on first_due_on due_on completed_on",
    "task_cooperations": "task agency",
    "regulations": "id agency document title kind reviewed_on result",
    "communications": "id agency channel held_on title audience document",
    "procedures": "code name field legal_time legal_unit reduced_time online_level postal vertical valid_from valid_to",
    "procedure_levels": "procedure level",
    "procedure_changes": "decision procedure change effective_on",
    "dossiers": "code procedure agency handling_agency channel applicant_kind received_at first_due_at "
    "due_at finished_at outcome",
    "dossier_events": "dossier seq kind at officer agency note",
    "feedback": "code channel received_at category about_procedure procedure agency content due_at "
    "resolved_at answer published rating",
    "inspections": "id kind decision announced date_from date_to lead_agency",
    "inspection_targets": "inspection agency",
    "findings": "id inspection agency text severity due_on rectified_on verified_on report",
    "index_frameworks": "id title year scope decision",
    "index_criteria": "framework code parent title max_score kind",
    "index_scores": "framework criterion agency self_score appraised_score",
    "index_publications": "framework publisher published_on document",
    "courses": "id title topic date_from date_to host_agency",
    "attendances": "course attendee agency",
    "evaluations": "officer year grade culture_met",
    "disciplinary_cases": "id officer agency form decided_on decision",
    "statements": "agency figure level member period_from period_to value mode document",
}

_PARSERS: Mapping[Callable[[str], Any], str] = {
    _day: "valid_from valid_to formed_on issued_on acknowledged_on assigned_on first_due_on due_on "
    "completed_on reviewed_on held_on effective_on date_from date_to rectified_on verified_on "
    "published_on decided_on period_from period_to",
    _instant: "received_at first_due_at due_at finished_at resolved_at at",
    _truth: "about_procedure announced postal vertical published culture_met",
    Decimal: "legal_time reduced_time max_score self_score appraised_score",
    int: "year seq audience rating value",
}
_PARSER_OF: Mapping[str, Callable[[str], Any]] = {
    column: parse for parse, columns in _PARSERS.items() for column in columns.split()
}


@dataclass(frozen=True, slots=True)
class Agency:
    """One holder of an agency code, for as long as it held it."""

    code: str
    valid_from: date
    valid_to: date | None
    kind: str
    level: str

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Agencies:
    """The agencies of a package, found as its references mean them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._holders: dict[str, list[Agency]] = {}
        for row in rows:
            agency = Agency(row["code"], row["valid_from"], row["valid_to"], row["kind"], row["level"])
            self._holders.setdefault(agency.code, []).append(agency)

    def __iter__(self) -> Iterator[Agency]:
        return (agency for holders in self._holders.values() for agency in holders)

    def __contains__(self, code: str) -> bool:
        return code in self._holders

    def on(self, code: str, day: date | None) -> Agency:
        """The agency of that code on that day, or its latest one where the row has no day of its own.

        Raises ``LookupError`` where no agency of that code was valid, which an importer refuses.
        """
        holders = self._holders.get(code, [])
        found = [agency for agency in holders if day is None or agency.valid_on(day)]
        if not found:
            raise LookupError(f"no agency {code!r} on {day}")
        return max(found, key=lambda agency: agency.valid_from)

    def holders_between(self, code: str, first: date, last: date) -> int:
        """How many agencies held the code on some day from ``first`` to ``last``."""
        return sum(
            agency.valid_from <= last and (agency.valid_to is None or first <= agency.valid_to)
            for agency in self._holders.get(code, [])
        )


class Package(dict[str, list[Row]]):
    """Table name to its rows; a table that was not sent is an empty list.

    Rows may be written with typed values or as a CSV has them; columns left out are ``None`` or the
    contract's default. An unknown table or column raises ``KeyError``, so that a test's typing
    mistake is seen. ``province`` is the code of the provincial People's Committee.
    """

    def __init__(self, province: str, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
        super().__init__({name: [_typed(name, row) for row in rows] for name, rows in tables.items()})
        self.province = province
        _fill_in_defaults(self)

    def __missing__(self, table: str) -> list[Row]:
        if table not in TABLES:
            raise KeyError(table)
        return []

    def agencies(self) -> Agencies:
        """The agencies as the rows have them now (a test may have changed them)."""
        return Agencies(self["agencies"])


def read_package(folder: Path, without: Collection[str] = ()) -> Package:
    """Read the package in ``folder``; tables named in ``without`` are left unread (large and uncounted)."""
    description = json.loads((folder / "datapackage.json").read_text("utf-8-sig"))
    return Package(
        description["province"],
        {
            resource["name"]: _csv_rows(folder / resource["path"])
            for resource in description["resources"]
            if resource["name"] not in without and not resource["name"].startswith("x_")
        },
    )


def _csv_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = csv.reader(lines)
        header = [name.strip() for name in next(cells)]
        for row in cells:
            if row:
                yield dict(zip(header, row, strict=True))


def _typed(table: str, given: Mapping[str, Any]) -> Row:
    row: Row = dict.fromkeys(TABLES[table].split())
    for column, value in given.items():
        if column not in row:
            if column.startswith("x_"):
                continue
            raise KeyError(f"{table}.{column}")
        row[column] = _value(column, value)
    return row


def _value(column: str, value: Any) -> Any:
    if isinstance(value, str):
        cell = value.strip()
        return _PARSER_OF.get(column, _text)(cell) if cell else None
    return _in_utc(value) if isinstance(value, datetime) else value


def _fill_in_defaults(package: Package) -> None:
    for row in package["agencies"]:
        row["valid_from"] = row["valid_from"] or BEGINNING
    for row in package["procedures"]:
        row["legal_unit"] = row["legal_unit"] or "working_day"
    for row in package["dossiers"]:
        row["handling_agency"] = row["handling_agency"] or row["agency"]
        row["first_due_at"] = row["first_due_at"] or row["due_at"]
    agencies = package.agencies()
    for row in package["statements"]:
        row["level"] = row["level"] or agencies.on(row["agency"], row["period_to"]).level
