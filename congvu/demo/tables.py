"""The tables of a province package, as the contract names them, and the folder that is written from them."""

import csv
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_COLUMNS = {
    "agencies": "code* name* short_name kind* level* parent valid_from valid_to successor",
    "officers": "code* full_name* category*",
    "posts": "officer* agency* title* rank* portfolio valid_from* valid_to",
    "teams": "id* agency* kind* formed_on* document note",
    "documents": "id* kind* number symbol issued_on issuer* title* direction signer",
    "document_relations": "source* target* relation*",
    "document_recipients": "document* agency* acknowledged_on",
    "plans": "id* document title* kind* year*",
    "tasks": "id* plan* title* lead_agency* assigned_on first_due_on due_on completed_on",
    "task_cooperations": "task* agency*",
    "regulations": "id* agency* document title* kind reviewed_on* result*",
    "communications": "id* agency* channel* held_on* title* audience document",
    "procedures": "code* name* field* legal_time legal_unit reduced_time online_level postal vertical"
    " valid_from* valid_to",
    "procedure_levels": "procedure* level*",
    "procedure_changes": "decision* procedure* change* effective_on*",
    "dossiers": "code* procedure* agency* handling_agency channel* applicant_kind received_at* first_due_at"
    " due_at finished_at outcome",
    "dossier_events": "dossier* seq* kind* at* officer agency note",
    "feedback": "code* channel* received_at* category* about_procedure* procedure agency* content due_at"
    " resolved_at answer published rating",
    "inspections": "id* kind* decision announced date_from* date_to lead_agency",
    "inspection_targets": "inspection* agency*",
    "findings": "id* inspection* agency* text* severity due_on rectified_on verified_on report",
    "index_frameworks": "id* title* year* scope* decision",
    "index_criteria": "framework* code* parent title* max_score* kind",
    "index_scores": "framework* criterion* agency* self_score appraised_score",
    "index_publications": "framework* publisher* published_on* document",
    "courses": "id* title* topic date_from* date_to host_agency",
    "attendances": "course* attendee* agency",
    "evaluations": "officer* year* grade* culture_met",
    "disciplinary_cases": "id* officer* agency* form* decided_on* decision",
    "statements": "agency* figure* level member period_from* period_to* value* mode* document",
    "x_report_slots": "report* year* slot* position* document*",
    "x_report_periods": "report* year* period* period_from* period_to*",
    "x_report_pending": "report* year* figure*",
}
COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(column.rstrip("*") for column in columns.split()) for table, columns in _COLUMNS.items()
}
REQUIRED: dict[str, frozenset[str]] = {
    table: frozenset(column[:-1] for column in columns.split() if column.endswith("*"))
    for table, columns in _COLUMNS.items()
}
NAME, TITLE, PROVINCE = "mo-phong-cao-bang-2022", "Dữ liệu mô phỏng: tỉnh Cao Bằng năm 2022", "04"


def as_text(value: object) -> str:
    """A cell: nothing for null, ``true``/``false``, ISO dates, and text in NFC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return unicodedata.normalize("NFC", str(value))


class Tables:
    """All rows of the package being built."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[str, ...]]] = {table: [] for table in COLUMNS}
        self._columns: dict[str, list[Sequence[str]]] = {}

    def add(self, table: str, **values: object) -> None:
        """One row. An unknown column, or a required one left empty, is a ``ValueError``."""
        cells = {column: as_text(value) for column, value in values.items()}
        self._check(table, cells)
        if missing := [column for column in REQUIRED[table] if not cells.get(column)]:
            raise ValueError(f"{table}: {missing} is required")
        self._rows[table].append(tuple(cells.get(column, "") for column in COLUMNS[table]))

    def fill(self, table: str, values: Mapping[str, Sequence[str]]) -> None:
        """The whole of a big table, column by column; every column is needed and of one length."""
        self._check(table, values)
        self._columns[table] = [values[column] for column in COLUMNS[table]]

    def count(self, table: str) -> int:
        columns = self._columns.get(table)
        return len(columns[0]) if columns else len(self._rows[table])

    def write(self, folder: Path) -> None:
        """The package folder: one CSV per table (RFC 4180) and ``datapackage.json``."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, columns in COLUMNS.items():
            with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(self._cells(table))
        resources = [{"name": table, "path": f"{table}.csv"} for table in COLUMNS]
        description = {
            "profile": "tabular-data-package",
            "name": NAME,
            "title": TITLE,
            "province": PROVINCE,
            "resources": resources,
        }
        text = json.dumps(description, ensure_ascii=False, indent=1) + "\n"
        (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="")

    def _cells(self, table: str) -> Iterable[tuple[str, ...]]:
        columns = self._columns.get(table)
        return zip(*columns, strict=True) if columns else self._rows[table]

    @staticmethod
    def _check(table: str, values: Mapping[str, object]) -> None:
        if unknown := values.keys() - set(COLUMNS[table]):
            raise ValueError(f"{table}: no column {sorted(unknown)}")
