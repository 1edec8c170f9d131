"""The built package keeps the contract's rules: columns, keys, references on the row's day, order in time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from congvu.demo import sources
from congvu.demo.tables import COLUMNS, REQUIRED
from tests.demo.conftest import Texts

NOW = datetime.fromisoformat("2022-12-21T08:00:00+07:00")
Read = Callable[[str], Texts]

KEYS = {
    "agencies": "code valid_from",
    "officers": "code",
    "posts": "officer agency title valid_from",
    "document_relations": "source target relation",
    "document_recipients": "document agency",
    "task_cooperations": "task agency",
    "procedures": "code",
    "procedure_levels": "procedure level",
    "procedure_changes": "decision procedure change",
    "dossiers": "code",
    "dossier_events": "dossier seq",
    "feedback": "code",
    "inspection_targets": "inspection agency",
    "index_criteria": "framework code",
    "index_scores": "framework criterion agency",
    "index_publications": "framework publisher",
    "attendances": "course attendee agency",
    "evaluations": "officer year",
    "statements": "agency figure level member period_from period_to",
    "x_report_slots": "report year slot position",
    "x_report_periods": "report year period",
    "x_report_pending": "report year figure",
}
REFERENCES = {
    "officers": [
        "posts.officer",
        "dossier_events.officer",
        "evaluations.officer",
        "disciplinary_cases.officer",
    ],
    "documents": [
        "teams.document",
        "document_relations.source",
        "document_relations.target",
        "document_recipients.document",
        "plans.document",
        "regulations.document",
        "communications.document",
        "procedure_changes.decision",
        "inspections.decision",
        "findings.report",
        "index_frameworks.decision",
        "index_publications.document",
        "disciplinary_cases.decision",
        "statements.document",
        "x_report_slots.document",
    ],
    "plans": ["tasks.plan"],
    "tasks": ["task_cooperations.task"],
    "procedures": [
        "procedure_levels.procedure",
        "procedure_changes.procedure",
        "dossiers.procedure",
        "feedback.procedure",
    ],
    "dossiers": ["dossier_events.dossier"],
    "inspections": ["inspection_targets.inspection", "findings.inspection"],
    "index_frameworks": [
        "index_criteria.framework",
        "index_scores.framework",
        "index_publications.framework",
    ],
    "courses": ["attendances.course"],
    "agencies": [
        "agencies.parent",
        "agencies.successor",
        "posts.agency",
        "teams.agency",
        "document_recipients.agency",
        "tasks.lead_agency",
        "task_cooperations.agency",
        "regulations.agency",
        "communications.agency",
        "dossiers.agency",
        "dossiers.handling_agency",
        "dossier_events.agency",
        "feedback.agency",
        "inspections.lead_agency",
        "inspection_targets.agency",
        "findings.agency",
        "index_scores.agency",
        "index_publications.publisher",
        "courses.host_agency",
        "attendances.agency",
        "disciplinary_cases.agency",
        "statements.agency",
    ],
}
LISTS = {
    "agencies.kind": "province_committee province_office department district_committee commune_committee"
    " vertical service_unit party_body other",
    "agencies.level": "central province district commune",
    "officers.category": "cadre civil_servant public_employee contract_worker",
    "posts.rank": "head deputy staff",
    "teams.kind": "supervision inspection task_force",
    "documents.kind": "law decree circular resolution decision directive plan programme scheme report notice"
    " conclusion submission guideline regulation rules minutes official_letter telegram invitation"
    " party_document other",
    "documents.direction": "outgoing incoming internal",
    "document_relations.relation": "basis implements folded_into amends replaces guides reports_on",
    "plans.kind": "par work_programme discipline inspection communication other",
    "regulations.kind": "house_rules working_regulation process",
    "regulations.result": "issued amended kept repealed",
    "communications.channel": "meeting conference newspaper broadcast portal document_system party_activity contest",
    "procedures.legal_unit": "working_day calendar_day working_hour month",
    "procedures.online_level": "2 3 4 none partial full",
    "procedure_levels.level": "province district commune",
    "procedure_changes.change": "new amended abolished standardised time_reduced internal_process",
    "dossiers.channel": "counter online postal",
    "dossiers.applicant_kind": "person business organisation",
    "dossiers.outcome": "granted refused withdrawn",
    "dossier_events.kind": "received assigned forwarded supplement_requested supplement_received paused"
    " resumed extended approved refused withdrawn finished returned",
    "feedback.channel": "web app hotline in_person letter email",
    "inspections.kind": "par duty",
    "findings.severity": "minor major grave",
    "index_frameworks.scope": "province department district commune",
    "index_criteria.kind": "reported survey computed",
    "courses.topic": "communication ethics administration digital other",
    "evaluations.grade": "outstanding good completed not_completed",
    "disciplinary_cases.form": "reprimand warning pay_reduction demotion removal dismissal recall",
    "statements.mode": "instead beside",
}
MAY_LIE_AHEAD = {
    "tasks.first_due_on",
    "tasks.due_on",
    "dossiers.first_due_at",
    "dossiers.due_at",
    "feedback.due_at",
    "findings.due_on",
    "x_report_periods.period_to",  # the year's last day
}
EARLIEST = "1900-01-01"


def test_the_description_names_every_table_of_the_contract_and_the_province(folder: Path) -> None:
    description = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert description["profile"] == "tabular-data-package"
    assert description["title"].startswith("Dữ liệu mô phỏng")
    assert description["province"] == "04"
    assert {one["name"]: one["path"] for one in description["resources"]} == {
        path.stem: path.name for path in folder.glob("*.csv")
    }


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_its_columns_fills_the_required_ones_and_repeats_no_key(texts: Read, table: str) -> None:
    rows = texts(table)
    assert rows
    assert tuple(rows[0]) == COLUMNS[table]
    assert not [row for row in rows if not all(row[column] for column in REQUIRED[table])]
    key = KEYS.get(table, "id").split()
    assert len({tuple(row[column] for column in key) for row in rows}) == len(rows)


@pytest.mark.parametrize("table", COLUMNS)
def test_texts_are_trimmed_and_in_normal_form(folder: Path, texts: Read, table: str) -> None:
    whole = (folder / f"{table}.csv").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", whole)
    assert not [row for row in texts(table) if any(cell != cell.strip() for cell in row.values())]


@pytest.mark.parametrize("column", LISTS)
def test_a_listed_column_has_only_values_of_its_list(texts: Read, column: str) -> None:
    table, name = column.split(".")
    assert {row[name] for row in texts(table)} - {""} <= set(LISTS[column].split())


@pytest.mark.parametrize("target", REFERENCES)
def test_every_reference_is_to_a_row_that_is_there(texts: Read, target: str) -> None:
    known = {row[KEYS.get(target, "id").split()[0]] for row in texts(target)}
    for column in REFERENCES[target]:
        table, name = column.split(".")
        assert {row[name] for row in texts(table)} - {""} <= known, column


def test_agencies_are_valid_on_every_day_so_that_each_reference_resolves_on_its_own(texts: Read) -> None:
    rows = texts("agencies")
    assert {row["valid_from"] or EARLIEST for row in rows} == {EARLIEST}
    assert {row["valid_to"] for row in rows} == {""}


def test_an_issuer_is_an_agency_or_a_name_with_blanks(texts: Read) -> None:
    known = {row["code"] for row in texts("agencies")}
    assert not [row["issuer"] for row in texts("documents") if row["issuer"] not in known and " " not in row["issuer"]]


def test_nothing_happens_after_the_demos_now(texts: Read) -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            if not re.search(r"(_on|_at|^at|_from|_to)$", column) or f"{table}.{column}" in MAY_LIE_AHEAD:
                continue
            for value in {row[column] for row in texts(table)} - {""}:
                happened = datetime.fromisoformat(value) if "T" in value else None
                assert happened <= NOW if happened else date.fromisoformat(value) <= NOW.date(), (
                    table,
                    column,
                )


def test_dossiers_end_after_they_came_and_have_an_outcome_exactly_then(texts: Read) -> None:
    for row in texts("dossiers"):
        assert bool(row["finished_at"]) == bool(row["outcome"]), row
        assert not row["finished_at"] or row["finished_at"] > row["received_at"], row
        assert row["first_due_at"] <= row["due_at"], row
        assert row["code"].startswith(f"MP14.{row['agency']}-{_short(row['received_at'])}-"), row


def _short(instant: str) -> str:
    return instant[2:10].replace("-", "")


def test_a_dossiers_procedure_is_in_force_when_it_comes_and_of_the_agencys_level(texts: Read) -> None:
    levels = {row["code"]: row["level"] for row in texts("agencies")}
    handled = {(row["procedure"], row["level"]) for row in texts("procedure_levels")}
    force = {row["code"]: (row["valid_from"], row["valid_to"] or "9999") for row in texts("procedures")}
    vertical = {row["code"] for row in texts("procedures") if row["vertical"] == "true"}
    for row in texts("dossiers"):
        first, last = force[row["procedure"]]
        assert first <= row["received_at"][:10] <= last, row
        assert (row["procedure"], levels[row["agency"]]) in handled, row
        assert row["procedure"] not in vertical, row


def test_new_procedures_begin_and_abolished_ones_end_with_the_decision(texts: Read) -> None:
    terms = {row["code"]: row for row in texts("procedures")}
    for row in texts("procedure_changes"):
        effect = date.fromisoformat(row["effective_on"])
        if row["change"] == "new":
            assert terms[row["procedure"]]["valid_from"] == effect.isoformat(), row
        if row["change"] == "abolished":
            assert terms[row["procedure"]]["valid_to"] == (effect - timedelta(days=1)).isoformat(), row


def test_some_new_abolished_and_shortened_procedures_were_asked_for(texts: Read) -> None:
    asked = {row["procedure"] for row in texts("dossiers")}
    for change in ("new", "abolished", "time_reduced"):
        assert asked & {row["procedure"] for row in texts("procedure_changes") if row["change"] == change}, change


def test_events_are_in_order_between_receipt_and_end_and_stay_few(texts: Read) -> None:
    events = texts("dossier_events")
    assert len(events) < 150_000
    dossiers = {row["code"]: row for row in texts("dossiers")}
    told = {row["dossier"] for row in events}
    assert {code for code, row in dossiers.items() if not row["finished_at"]} <= told
    assert {code for code, row in dossiers.items() if row["finished_at"] > row["due_at"]} <= told
    before: dict[str, str] = {}
    for row in events:
        dossier = dossiers[row["dossier"]]
        earlier = before.get(row["dossier"], dossier["received_at"])
        assert earlier <= row["at"], row
        assert row["kind"] == "returned" or row["at"] <= (dossier["finished_at"] or NOW.isoformat()), row
        before[row["dossier"]] = row["at"]


def test_work_lists_of_the_demos_day_have_something_in_every_state(texts: Read) -> None:
    still_open = [row for row in texts("dossiers") if not row["finished_at"]]
    last = {row["dossier"]: row["kind"] for row in texts("dossier_events")}
    levels = {row["code"]: row["level"] for row in texts("agencies")}
    for level in ("province", "district", "commune"):
        mine = [row for row in still_open if levels[row["agency"]] == level]
        assert [row for row in mine if row["due_at"] < NOW.isoformat()], level
        assert [row for row in mine if row["due_at"].startswith("2022-12-21")], level
        assert [row for row in mine if last[row["code"]] == "supplement_requested"], level


def test_what_is_resolved_or_verified_is_so_after_it_came(texts: Read) -> None:
    for row in texts("feedback"):
        assert not row["resolved_at"] or row["resolved_at"] >= row["received_at"], row
        assert bool(row["answer"]) == bool(row["resolved_at"]), row
    began = {row["id"]: row["date_from"] for row in texts("inspections")}
    for row in texts("findings"):
        stages = [began[row["inspection"]], row["rectified_on"], row["verified_on"]]
        reached = [day for day in stages if day]
        assert reached == sorted(reached), row
        assert row["rectified_on"] or not row["verified_on"], row


def test_criteria_add_up_and_no_score_is_above_its_leaf(texts: Read) -> None:
    criteria = texts("index_criteria")
    points = {(row["framework"], row["code"]): float(row["max_score"]) for row in criteria}
    parents = {(row["framework"], row["parent"]) for row in criteria if row["parent"]}
    for framework, code in parents:
        children = [row for row in criteria if (row["framework"], row["parent"]) == (framework, code)]
        assert points[framework, code] == sum(float(row["max_score"]) for row in children)
    for row in texts("index_scores"):
        leaf = row["framework"], row["criterion"]
        assert leaf not in parents
        assert 0 <= float(row["appraised_score"]) <= float(row["self_score"]) <= points[leaf], row


def test_officers_work_where_they_are_disciplined_and_trained(texts: Read) -> None:
    posts = {(row["officer"], row["agency"]) for row in texts("posts")}
    assert {(row["officer"], row["agency"]) for row in texts("disciplinary_cases")} <= posts
    assert {(row["attendee"], row["agency"]) for row in texts("attendances")} <= posts


def test_names_of_procedures_are_all_different_at_their_levels(texts: Read) -> None:
    levels = Counter(row["procedure"] for row in texts("procedure_levels"))
    names = Counter((row["name"], levels[row["code"]]) for row in texts("procedures"))
    assert max(names.values()) == 1


def test_simulated_documents_cannot_be_taken_for_real_ones(texts: Read) -> None:
    real = {row["id"]: row for row in sources.rows("report_documents")}
    for row in texts("documents"):
        if row["id"] in real:
            assert {column: row[column] for column in real[row["id"]]} == real[row["id"]]
        else:
            assert re.fullmatch(r"MP-\d+/(QĐ|KH|CTr|BC|TB|HD|UBND|[A-Z]+)-[A-Z]+", row["symbol"]), row
            assert row["number"] == row["symbol"].split("/")[0]


def test_simulated_codes_and_texts_say_so(texts: Read) -> None:
    assert all(row["code"].startswith("9.") for row in texts("procedures"))
    assert all(row["code"].startswith("MP-CB") for row in texts("officers"))
    assert all(row["content"].startswith("[Mô phỏng] ") for row in texts("feedback"))
    assert all(row["text"].startswith("[Mô phỏng] ") for row in texts("findings"))
    assert all("(mô phỏng)" in row["note"] for row in texts("dossier_events") if row["note"])


def test_symbols_are_unique_within_issuer_and_year_and_follow_the_dates(texts: Read) -> None:
    simulated = [row for row in texts("documents") if row["symbol"].startswith("MP-")]
    series: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for row in simulated:
        number = int(row["number"].removeprefix("MP-"))
        issued = row["issued_on"]
        series.setdefault((row["issuer"], issued[:4], row["kind"]), []).append((number, issued))
    for issued_ones in series.values():
        numbers = [number for number, _ in sorted(issued_ones, key=lambda one: one[::-1])]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert [day for _, day in sorted(issued_ones)] == sorted(day for _, day in issued_ones)


def test_the_slots_of_the_annual_report_hold_every_document_that_it_cites(texts: Read) -> None:
    slots = texts("x_report_slots")
    cited = {row["id"] for row in sources.rows("report_documents")}
    assert {row["document"] for row in slots} == cited
    for slot in {row["slot"] for row in slots}:
        positions = [row["position"] for row in slots if row["slot"] == slot]
        assert positions == [str(place) for place in range(1, len(positions) + 1)]
