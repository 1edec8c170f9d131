"""Asking for one agency: every figure whose rows have an agency is restricted, the others are not."""

from . import Package, count
from .small import FIRST, LAST, province, stated

DAY = "2022-05-04"


def two_of_everything() -> Package:
    """One record of each kind for S1 and one for H1, alike but for the agency."""
    pair = ("S1", "H1")
    return province(
        documents=[
            {"id": code, "kind": "plan", "issuer": code, "issued_on": DAY, "direction": "outgoing"} for code in pair
        ],
        document_recipients=[{"document": "S1", "agency": code, "acknowledged_on": DAY} for code in pair],
        plans=[{"id": "K", "kind": "par", "year": 2022}]
        + [{"id": code, "kind": "discipline", "year": 2022, "document": code} for code in pair],
        tasks=[{"id": code, "plan": "K", "lead_agency": code, "completed_on": DAY} for code in pair],
        communications=[{"id": code, "agency": code, "channel": "portal", "held_on": DAY} for code in pair],
        regulations=[{"id": code, "agency": code, "result": "kept", "reviewed_on": DAY} for code in pair],
        teams=[{"id": code, "agency": code, "kind": "inspection", "formed_on": DAY} for code in pair],
        procedures=[{"code": "T", "valid_from": DAY}],
        dossiers=[{"code": code, "agency": code, "received_at": f"{DAY}T08:00"} for code in pair],
        feedback=[{"code": code, "agency": code, "category": "Khác", "received_at": f"{DAY}T08:00"} for code in pair],
        inspections=[{"id": code, "kind": "duty", "date_from": DAY, "lead_agency": code} for code in pair],
        inspection_targets=[{"inspection": "S1", "agency": code} for code in pair],
        findings=[{"id": code, "inspection": "S1", "agency": code} for code in pair],
        index_frameworks=[{"id": "C", "year": 2022, "scope": "commune"}],
        index_criteria=[{"framework": "C", "code": "1", "max_score": 2}],
        index_scores=[{"framework": "C", "criterion": "1", "agency": code, "self_score": 1} for code in pair],
        index_publications=[{"framework": "C", "publisher": "H1", "published_on": DAY}],
        courses=[{"id": code, "topic": "ethics", "date_from": DAY, "host_agency": code} for code in pair],
        attendances=[{"course": "S1", "attendee": "A", "agency": code} for code in pair],
        disciplinary_cases=[
            {"id": code, "officer": code, "agency": code, "form": "recall", "decided_on": DAY} for code in pair
        ],
        evaluations=[{"officer": code, "year": 2022, "grade": "good"} for code in pair],
        statements=[stated("courses.count", 10, agency=code) for code in pair],
    )


def counted(agency: str | None) -> dict[str, float]:
    """Figure and members (without the names of dimensions) to its value, where that is not zero."""
    answers = count(two_of_everything(), FIRST, LAST, agency)
    return {
        " ".join((figure, *(member for _, member in members))): float(answer.value)
        for (figure, members), answer in answers.items()
        if answer.value
    }


def test_one_agency_has_its_own_rows_and_statements_and_all_of_what_has_no_agency() -> None:
    assert counted("S1") == {
        "agencies.count province": 1,
        "par_tasks.total": 1,
        "par_tasks.completed": 1,
        "par_tasks.completion_rate": 1,
        "documents.issued plan": 1,
        "plans.own discipline": 1,
        "documents.acknowledged_share": 1,
        "communications.count portal": 1,
        "regulations.reviewed kept": 1,
        "teams.formed inspection": 1,
        "procedures.in_force": 1,
        "dossiers.received province": 1,
        "dossiers.pending province": 1,
        "feedback.received": 1,
        "feedback.received_by_category Khác": 1,
        "inspections.count duty": 1,
        "inspections.targets duty province": 1,
        "findings.total duty": 1,
        "index.score S1 C": 0.5,
        "courses.count": 11,
        "courses.count_by_topic ethics": 1,
        "courses.attendances": 1,
        "courses.attendances_by_topic ethics": 1,
        "officers.disciplined": 1,
        "officers.disciplined_by_form recall": 1,
        "officers.disciplined_by_agency S1": 1,
        "evaluations.graded good": 2,
    }


def test_counts_of_two_agencies_add_up_to_those_of_both() -> None:
    both, first, second = counted(None), counted("S1"), counted("H1")
    shared = {"evaluations.graded good", "procedures.in_force"}
    shares = {"par_tasks.completion_rate", "documents.acknowledged_share"}
    elsewhere = {"agencies.count province", "agencies.count district"}
    for figure in both.keys() - shared - shares - elsewhere:
        assert first.get(figure, 0) + second.get(figure, 0) == both[figure], figure
    assert "index.published_districts" in second
    assert "index.published_districts" not in first


def test_an_agency_without_records_keeps_only_what_has_no_agency() -> None:
    assert counted("S2") == {
        "agencies.count province": 1,
        "procedures.in_force": 1,
        "evaluations.graded good": 2,
    }


def test_a_province_without_records_has_zeros_but_no_members() -> None:
    answers = count(Package("P", {}), FIRST, LAST)
    assert {figure: answer.value for (figure, _), answer in answers.items()} == {
        "par_tasks.total": 0,
        "par_tasks.completed": 0,
        "par_tasks.remaining": 0,
        "par_tasks.overdue": 0,
        "par_tasks.completion_rate": None,
        "documents.acknowledged_share": None,
        "procedures.decisions": 0,
        "procedures.internal_process_decisions": 0,
        "procedures.in_force": 0,
        "feedback.received": 0,
        "feedback.resolved": 0,
        "feedback.about_procedure": 0,
        "feedback.resolution_rate": None,
        "feedback.procedure_share": None,
        "index.published_districts": 0,
        "courses.count": 0,
        "courses.attendances": 0,
        "officers.disciplined": 0,
    }
    assert {members for _, members in answers} == {()}
