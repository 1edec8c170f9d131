"""A code means the agency that has it on the row's own day; no load may leave a row without one."""

import pytest

from congvu.exchange.services import load_package

from .province import added, changed, only, province


def gone(code, day):
    return f"'{code}' không có cơ quan nào mang mã này vào ngày {day}"


# S3 began on 2022-06-01: each row below means a day before, by the rule of its table.
DAYS = [
    ("posts", 0, {"agency": "S3"}, "posts.csv:2: agency", "2020-01-01"),
    ("teams", 0, {"agency": "S3"}, "teams.csv:2: agency", "2022-03-01"),
    ("documents", 2, {"issuer": "S3"}, "documents.csv:4: issuer", "2022-03-01"),
    ("document_recipients", 0, {"agency": "S3"}, "document_recipients.csv:2: agency", "2022-02-01"),
    ("tasks", 0, {"lead_agency": "S3"}, "tasks.csv:2: lead_agency", "2022-04-01"),
    ("tasks", 0, {"lead_agency": "S3", "assigned_on": ""}, "tasks.csv:2: lead_agency", "2022-03-01"),
    ("task_cooperations", 0, {"agency": "S3"}, "task_cooperations.csv:2: agency", "2022-04-01"),
    ("regulations", 0, {"agency": "S3"}, "regulations.csv:2: agency", "2022-05-05"),
    ("communications", 0, {"agency": "S3"}, "communications.csv:2: agency", "2022-05-06"),
    ("dossiers", 0, {"agency": "S3"}, "dossiers.csv:2: agency", "2022-03-01"),
    ("dossiers", 0, {"handling_agency": "S3"}, "dossiers.csv:2: handling_agency", "2022-03-01"),
    ("dossier_events", 0, {"agency": "S3"}, "dossier_events.csv:2: agency", "2022-03-01"),
    ("feedback", 0, {"agency": "S3"}, "feedback.csv:2: agency", "2022-04-01"),
    ("inspections", 0, {"lead_agency": "S3"}, "inspections.csv:2: lead_agency", "2022-05-10"),
    ("inspection_targets", 0, {"agency": "S3"}, "inspection_targets.csv:2: agency", "2022-05-10"),
    ("findings", 0, {"agency": "S3"}, "findings.csv:2: agency", "2022-05-10"),
    ("courses", 0, {"host_agency": "S3"}, "courses.csv:2: host_agency", "2022-05-20"),
    ("attendances", 0, {"agency": "S3"}, "attendances.csv:2: agency", "2022-05-20"),
    (
        "disciplinary_cases",
        0,
        {"agency": "S3", "decided_on": "2022-05-31"},
        "disciplinary_cases.csv:2: agency",
        "2022-05-31",
    ),
    ("statements", 0, {"agency": "S3"}, "statements.csv:2: agency", "2021-12-31"),
    ("agencies", 2, {"parent": "S3"}, "agencies.csv:4: parent", "1900-01-01"),
    ("agencies", 3, {"successor": "S3", "valid_to": "2022-05-30"}, "agencies.csv:5: successor", "2022-05-31"),
]
S3 = {
    "code": "S3",
    "name": "Sở Ba",
    "short_name": "",
    "kind": "department",
    "level": "province",
    "parent": "P",
    "valid_from": "2022-06-01",
    "valid_to": "",
    "successor": "",
}


@pytest.mark.parametrize(("table", "position", "cells", "place", "day"), DAYS)
def test_the_agency_must_be_valid_on_the_rows_own_day(errors, table, position, cells, place, day):
    tables = changed(table, position, **cells)
    tables["agencies"].append(S3)

    assert f"{place}: {gone('S3', day)}" in errors(tables)


ALLOWED = [
    ("tasks", 1, {"lead_agency": "S3"}),  # no day, no document: 31 December of the plan's year
    ("documents", 1, {"issuer": "S3"}),  # no day at all: the latest of the code
    ("index_scores", 0, {"agency": "S3"}),  # 31 December of the framework's year
    ("index_publications", 0, {"publisher": "S3"}),
    ("disciplinary_cases", 0, {"agency": "S3"}),
]


@pytest.mark.parametrize(("table", "position", "cells"), ALLOWED)
def test_other_days_find_the_agency(load, table, position, cells):
    tables = changed(table, position, **cells)
    tables["agencies"].append(S3)

    assert load(tables).act_id


@pytest.mark.parametrize(("received", "holds"), [("2022-06-30T16:59:59Z", True), ("2022-06-30T17:00:00Z", False)])
def test_the_day_of_an_instant_is_the_vietnamese_one(load, errors, received, holds):
    tables = changed("dossiers", 1, agency="Y", received_at=received)
    tables["agencies"].append({**S3, "code": "Y", "valid_from": "", "valid_to": "2022-06-30"})

    if holds:
        assert load(tables).act_id
    else:
        assert errors(tables) == [f"dossiers.csv:3: agency: {gone('Y', '2022-07-01')}"]


@pytest.mark.parametrize("issuer", ["Bộ Nội vụ", "Bộ\u00a0Nội\u00a0vụ"])
def test_an_issuer_with_a_blank_is_a_name(load, issuer):
    assert load(changed("documents", 0, issuer=issuer)).act_id


def test_an_issuer_that_is_a_code_is_never_a_name(errors):
    assert errors(changed("documents", 0, issuer="X", issued_on="1899-01-01"))[0].startswith(
        "documents.csv:2: issued_on"
    )
    tables = changed("documents", 2, issuer="S3")
    tables["agencies"].append(S3)
    assert errors(tables) == [f"documents.csv:4: issuer: {gone('S3', '2022-03-01')}"]


def test_agencies_of_one_code_may_not_overlap(errors):
    assert errors(added("agencies", valid_from="2022-08-01", valid_to="2022-12-31"))[0] == (
        "agencies.csv:7: valid_from: '2022-08-01' cơ quan mã X (2022-08-01 đến 2022-12-31) trùng thời gian với cơ quan "
        "cùng mã ở dòng 6 (2022-07-01 đến nay)"
    )
    assert "ở dòng 5 (1900-01-01 đến 2022-06-30)" in errors(changed("agencies", 4, valid_from="2022-06-30"))[0]


def test_agencies_may_not_overlap_those_of_the_database_either(load, errors):
    load()
    tables = only("agencies")
    tables["agencies"] = [{**tables["agencies"][4], "valid_from": "2023-01-01"}]

    assert errors(tables) == [
        "agencies.csv:2: valid_from: '2023-01-01' cơ quan mã X (2023-01-01 đến nay) trùng thời gian với cơ quan cùng "
        "mã ở cơ sở dữ liệu (2022-07-01 đến nay)"
    ]


def test_a_code_is_handed_on_in_one_load(load):
    load()
    tables = only("agencies")
    x = tables["agencies"][4]
    tables["agencies"] = [{**x, "valid_from": "2023-01-01"}, {**x, "valid_to": "2022-12-31"}]
    counts = load(tables).tables["agencies"]

    assert (counts.new, counts.changed) == (1, 1)


def test_an_agency_that_ends_may_not_leave_stored_rows_behind(load, errors):
    load()
    tables = only("agencies")
    tables["agencies"] = [{**tables["agencies"][1], "valid_to": "2022-05-05"}]

    found = errors(tables)
    assert (
        "agencies.csv:2: valid_to: làm cho dòng đã lưu «T1» của bảng communications mất cơ quan: cột agency ghi S1, "
        "không cơ quan nào mang mã này vào ngày 2022-05-06"
    ) in found
    assert {text.split("của bảng ")[1].split(" ")[0] for text in found} == {
        "communications",
        "inspection_targets",
        "courses",
        "attendances",
        "index_scores",
    }


def test_what_the_same_package_mends_is_no_fault(load):
    load()
    tables = only("agencies", "communications", "inspection_targets", "courses", "attendances")
    tables["agencies"] = [
        {**tables["agencies"][1], "valid_to": "2022-05-05"},
        {**tables["agencies"][1], "valid_from": "2022-05-06"},
    ]

    assert load(tables).act_id


MOVED = [
    ("documents", 0, {"issued_on": "2022-07-01"}, "document_recipients", "D1, X", "documents.csv:2: "),
    ("inspections", 0, {"date_from": "2022-07-01", "date_to": ""}, "findings", "P1", "inspections.csv:2: "),
    (
        "inspections",
        0,
        {"date_from": "2022-07-01", "date_to": ""},
        "inspection_targets",
        "V1, X",
        "inspections.csv:2: ",
    ),
    ("courses", 0, {"date_from": "2022-07-01", "date_to": ""}, "attendances", "L1, CB1, X", "courses.csv:2: "),
    ("plans", 1, {"year": "2023"}, "tasks", "N2", "plans.csv:3: "),
    ("documents", 2, {"issued_on": "2022-07-01"}, "tasks", "N3", "documents.csv:4: "),
    ("documents", 2, {"issued_on": "2022-07-01"}, "task_cooperations", "N3, X", "documents.csv:4: "),
    ("tasks", 0, {"assigned_on": "2022-07-01"}, "task_cooperations", "N1, X", "tasks.csv:2: "),
    ("index_frameworks", 0, {"year": "2023"}, "index_scores", "B1, 1.1, X", "index_frameworks.csv:2: "),
]


@pytest.mark.parametrize(("table", "position", "cells", "left", "key", "place"), MOVED)
def test_a_parent_whose_day_moves_may_not_leave_its_rows_behind(
    load, package, errors, table, position, cells, left, key, place
):
    tables = province()
    tables["agencies"][4]["valid_from"] = "2022-12-01"
    tables["agencies"][4]["valid_to"] = "2022-12-31"
    tables["agencies"][3]["successor"] = ""
    tables["tasks"].append({**tables["tasks"][0], "id": "N3", "lead_agency": "X", "assigned_on": ""})
    tables["task_cooperations"] += [{"task": "N3", "agency": "X"}, {"task": "N1", "agency": "X"}]
    tables["attendances"][0]["agency"] = "X"
    tables["index_scores"].append({**tables["index_scores"][0], "agency": "X"})
    load_package(package(**tables))
    sent = only(table)
    sent[table][position].update(cells)

    found = [error for error in errors(sent) if f"«{key}» của bảng {left} mất cơ quan" in error]
    assert len(found) == 1
    assert found[0].startswith(place)
