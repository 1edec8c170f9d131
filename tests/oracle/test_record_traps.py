"""Plans, catalogues, inspections, indexes: where a careless count goes wrong, counted by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

from . import Answer, Package, count, key_of
from .small import FIRST, LAST, answer, keys, numbered, province, value

# Plans, tasks and documents


def test_par_tasks_are_those_of_the_provinces_par_plans_of_the_year() -> None:
    plans = [
        {"id": "none", "kind": "par", "year": 2022},
        {"id": "province", "kind": "par", "year": 2022, "document": "P"},
        {"id": "department", "kind": "par", "year": 2022, "document": "S1"},
        {"id": "last year", "kind": "par", "year": 2021},
        {"id": "discipline", "kind": "discipline", "year": 2022},
    ]
    package = province(
        documents=[
            {"id": issuer, "kind": "plan", "issuer": issuer, "issued_on": "2021-12-01"} for issuer in ("P", "S1")
        ],
        plans=plans,
        tasks=[{"id": plan["id"], "plan": plan["id"], "lead_agency": "S1"} for plan in plans],
    )
    assert keys(package, "par_tasks.total") == ["none", "province"]


def test_a_task_is_overdue_when_not_done_by_a_due_day_that_has_come() -> None:
    package = province(
        plans=[{"id": "K", "kind": "par", "year": 2022}],
        tasks=numbered(
            "id",
            {"plan": "K", "lead_agency": "S1"},
            {"due_on": "2022-12-31", "completed_on": "2022-12-31"},
            {"due_on": "2022-12-31", "completed_on": "2023-01-01"},
            {"due_on": "2022-12-31"},
            {"due_on": "2023-01-01"},
            {"due_on": "2022-05-01", "completed_on": "2022-05-02"},
            {"first_due_on": "2022-05-01", "due_on": "2022-06-01", "completed_on": "2022-05-20"},
            {"completed_on": "2022-05-20"},
        ),
    )
    assert keys(package, "par_tasks.overdue") == ["1", "2", "4"]
    assert keys(package, "par_tasks.completed") == ["0", "4", "5", "6"]
    assert answer(package, "par_tasks.remaining") == Answer(3, None, None, 0, 0)
    assert answer(package, "par_tasks.completion_rate") == Answer(Fraction(4, 7), 4, 7, None, 0)


def test_own_plans_count_issuing_agencies_and_not_the_province_nor_mere_names() -> None:
    issuers = ("S1", "P", "Bộ Nội vụ", "H1", "S1", "S2")
    package = province(
        documents=[
            {"id": f"{number}", "kind": "plan", "issuer": issuer, "issued_on": "2021-12-20"}
            for number, issuer in enumerate(issuers)
        ],
        plans=numbered(
            "id",
            {"kind": "discipline", "year": 2022},
            *({"document": f"{n}"} for n in range(5)),
            {"document": ""},
            {"document": "5", "year": 2021},
        ),
    )
    assert keys(package, "plans.own", kind="discipline") == [
        ("H1", date(1900, 1, 1)),
        ("S1", date(1900, 1, 1)),
    ]


def test_only_outgoing_documents_are_issued_but_any_ones_recipients_acknowledge() -> None:
    package = province(
        documents=numbered(
            "id",
            {"kind": "plan", "issuer": "P", "issued_on": "2022-12-31"},
            {"direction": "outgoing"},
            {"direction": "incoming"},
            {"direction": ""},
            {"direction": "outgoing", "issued_on": "2023-01-01"},
            {"direction": "outgoing", "issued_on": ""},
        ),
        document_recipients=[
            {"document": "0", "agency": "S1", "acknowledged_on": "2022-12-31"},
            {"document": "0", "agency": "S2", "acknowledged_on": "2023-01-01"},
            {"document": "1", "agency": "S1", "acknowledged_on": "2022-12-31"},
            {"document": "3", "agency": "S1", "acknowledged_on": "2022-12-31"},
        ],
    )
    assert keys(package, "documents.issued", kind="plan") == ["0"]
    assert answer(package, "documents.acknowledged_share") == Answer(Fraction(2, 3), 2, 3, None, 0)


def test_a_decision_may_both_publish_procedures_and_their_internal_process() -> None:
    package = province(
        procedures=[
            {"code": "1", "valid_from": "2022-12-31", "valid_to": "2022-12-31"},
            {"code": "2", "valid_from": "2023-01-01"},
            {"code": "3", "valid_from": "2020-01-01", "valid_to": "2022-12-30"},
        ],
        procedure_levels=[{"procedure": "1", "level": level} for level in ("commune", "district")]
        + [{"procedure": "2", "level": "commune"}],
        procedure_changes=[
            {"decision": "Q", "procedure": "1", "change": "new", "effective_on": "2022-01-01"},
            {"decision": "Q", "procedure": "2", "change": "new", "effective_on": "2022-12-31"},
            {"decision": "Q", "procedure": "1", "change": "internal_process", "effective_on": "2022-05-01"},
            {"decision": "R", "procedure": "1", "change": "internal_process", "effective_on": "2022-05-01"},
            {"decision": "T", "procedure": "1", "change": "amended", "effective_on": "2023-01-01"},
        ],
    )
    assert keys(package, "procedures.decisions") == ["Q"]
    assert keys(package, "procedures.internal_process_decisions") == ["Q", "R"]
    assert value(package, "procedures.changed", change="new") == 2
    assert value(package, "procedures.changed", change="internal_process") == 0
    assert value(package, "procedures.in_force") == 1
    assert value(package, "procedures.in_force_by_level", level="commune") == 1


# Inspections, indexes, evaluations


def test_findings_belong_to_the_periods_inspections_and_reports_to_its_last_day() -> None:
    days = {"before": "2022-12-31", "after": "2023-01-01", "undated": ""}
    package = province(
        documents=[{"id": name, "kind": "report", "issuer": "S1", "issued_on": day} for name, day in days.items()],
        inspections=[
            {"id": "I", "kind": "duty", "date_from": "2022-12-31"},
            {"id": "J", "kind": "duty", "date_from": "2021-12-31"},
        ],
        findings=numbered(
            "id",
            {"inspection": "I", "agency": "S1", "text": "Đi muộn"},
            {"report": "before", "rectified_on": "2022-12-31", "verified_on": "2023-01-01"},
            {"report": "before", "rectified_on": "2023-01-01"},
            {"report": "after", "rectified_on": "2022-12-31", "verified_on": "2022-12-31"},
            {"report": "undated"},
            {},
            {"inspection": "J", "report": "before", "rectified_on": "2022-12-31"},
        ),
    )
    assert keys(package, "findings.total", kind="duty") == ["0", "1", "2", "3", "4"]
    assert keys(package, "findings.rectified", kind="duty") == ["0", "2"]
    assert keys(package, "findings.verified", kind="duty") == ["2"]
    assert keys(package, "findings.reports", kind="duty") == ["before", "undated"]


def test_an_agency_inspected_twice_is_one_target_unless_its_code_had_a_new_holder() -> None:
    visits = {"A": "2022-01-01", "B": "2022-06-30", "C": "2022-07-01"}
    package = province(
        inspections=[{"id": name, "kind": "par", "date_from": day} for name, day in visits.items()],
        inspection_targets=[{"inspection": name, "agency": code} for name in visits for code in ("X", "S1")],
    )
    assert value(package, "inspections.count", kind="par") == 3
    assert value(package, "inspections.targets", kind="par", level="commune") == 1
    assert value(package, "inspections.targets", kind="par", level="district") == 1
    assert value(package, "inspections.targets", kind="par", level="province") == 1


def index(year: int, **cells: Any) -> Package:
    tree = {"1": "", "1.1": "1", "1.2": "1", "2": ""}
    points = {"1": "3", "1.1": "1", "1.2": "2", "2": "0.5"}
    return province(
        index_frameworks=[{"id": "F", "year": year, "scope": "department"}],
        index_criteria=[
            {"framework": "F", "code": code, "parent": parent, "max_score": points[code]}
            for code, parent in tree.items()
        ],
        **cells,
    )


def test_an_index_score_is_over_all_leaves_and_appraisal_wins_even_at_zero() -> None:
    scores = [
        {"framework": "F", "criterion": "1.1", "agency": "S1", "self_score": "1", "appraised_score": "0"},
        {"framework": "F", "criterion": "1.2", "agency": "S1", "self_score": "1.75"},
        {"framework": "F", "criterion": "1", "agency": "S1", "self_score": "3"},
        {"framework": "F", "criterion": "1.1", "agency": "S2"},
        {"framework": "F", "criterion": "2", "agency": "X", "appraised_score": "0.5"},
    ]
    package = index(2021, index_scores=scores)
    expected = Answer(Fraction(1, 2), Fraction(7, 4), Fraction(7, 2), None, 0)
    answers = count(package, FIRST, LAST)
    assert answers[key_of("index.score", {"framework": "F", "agency": "S1"})] == expected
    assert answers[key_of("index.score", {"framework": "F", "agency": "S2"})].value == 0
    old_holder = {"framework": "F", "agency": "X@1900-01-01"}
    assert answers[key_of("index.score", old_holder)].value == Fraction(1, 7)


def test_index_scores_are_of_this_year_and_the_one_before() -> None:
    scores = [{"framework": "F", "criterion": "2", "agency": "S1", "self_score": "0.5"}]
    member = key_of("index.score", {"framework": "F", "agency": "S1"})
    known = {year: member in count(index(year, index_scores=scores), FIRST, LAST) for year in range(2020, 2024)}
    assert known == {2020: False, 2021: True, 2022: True, 2023: False}


def test_scores_of_two_frameworks_are_kept_apart() -> None:
    both = [{"framework": name, "criterion": "1", "agency": "S1", "self_score": 1} for name in ("F", "G")]
    package = province(
        index_frameworks=[{"id": "F", "year": 2021}, {"id": "G", "year": 2022}],
        index_criteria=[
            {"framework": "F", "code": "1", "max_score": 2},
            {"framework": "G", "code": "1", "max_score": 4},
            {"framework": "G", "code": "2", "parent": "", "max_score": 4},
        ],
        index_scores=[*both, {"framework": "G", "criterion": "2", "agency": "S1", "self_score": 2}],
    )
    assert value(package, "index.score", framework="F", agency="S1") == Fraction(1, 2)
    assert value(package, "index.score", framework="G", agency="S1") == Fraction(3, 8)


def test_publishers_count_once_at_district_level_for_communal_frameworks() -> None:
    package = province(
        index_frameworks=[
            {"id": "C", "year": 2022, "scope": "commune"},
            {"id": "D", "year": 2022, "scope": "district"},
        ],
        index_publications=[
            {"framework": "C", "publisher": "H1", "published_on": "2022-12-31"},
            {"framework": "D", "publisher": "X", "published_on": "2022-12-31"},
            {"framework": "C", "publisher": "X", "published_on": "2022-06-30"},
            {"framework": "C", "publisher": "S1", "published_on": "2022-06-30"},
        ],
    )
    assert keys(package, "index.published_districts") == [("H1", date(1900, 1, 1))]


def test_evaluations_follow_the_year_of_the_last_day() -> None:
    graded = [{"officer": "C1", "year": year, "grade": "good"} for year in (2021, 2022, 2023)]
    answers = count(province(evaluations=graded), date(2021, 12, 1), date(2022, 1, 31))
    assert answers[key_of("evaluations.graded", {"grade": "good"})].value == 1
