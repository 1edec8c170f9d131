"""Bad input is named with file, line, column and value, all of it at once, and nothing is written."""

import csv
import io

import pytest
from django.db import connection

from congvu.exchange.problems import CAP, PackageRefused, Report
from congvu.exchange.reading import cook, read_sheet
from congvu.exchange.services import load_package
from congvu.exchange.tables import tables
from congvu.journal.models import Act

from .province import added, changed, only, province, rows_of

CELLS = [
    ("dossiers", 1, "due_at", "2022-13-01", "dossiers.csv:3: due_at: '2022-13-01' không phải thời điểm hợp lệ"),
    ("dossiers", 1, "received_at", "", "dossiers.csv:3: received_at: thiếu giá trị bắt buộc"),
    ("dossiers", 1, "received_at", "   ", "dossiers.csv:3: received_at: thiếu giá trị bắt buộc"),
    ("dossiers", 1, "received_at", "2022-03-01", "dossiers.csv:3: received_at: '2022-03-01' không phải thời điểm"),
    ("dossiers", 1, "received_at", "2022-03-01 08:00", "dossiers.csv:3: received_at: '2022-03-01 08:00' không phải"),
    ("dossiers", 1, "received_at", "2022-02-29T08:00:00+07:00", "dossiers.csv:3: received_at: '2022-02-29T08:00:00+07"),
    ("dossiers", 1, "received_at", "2022-03-01T24:00:00+07:00", "dossiers.csv:3: received_at: '2022-03-01T24:00:00+07"),
    ("dossiers", 1, "received_at", "2022-03-01T08:60:00+07:00", "dossiers.csv:3: received_at: '2022-03-01T08:60:00+07"),
    ("dossiers", 1, "received_at", "1899-12-31T08:00:00+07:00", "dossiers.csv:3: received_at: '1899-12-31T08:00:00+07"),
    ("dossiers", 1, "received_at", "2200-01-01T00:00:00+07:00", "dossiers.csv:3: received_at: '2200-01-01T00:00:00+07"),
    (
        "dossiers",
        1,
        "channel",
        "Online",
        "dossiers.csv:3: channel: 'Online' không có trong danh mục; cần một trong: co",
    ),
    ("dossiers", 1, "outcome", "done", "dossiers.csv:3: outcome: 'done' không có trong danh mục"),
    ("documents", 0, "issued_on", "2022-02-30", "documents.csv:2: issued_on: '2022-02-30' không phải ngày hợp lệ"),
    ("documents", 0, "issued_on", "01/02/2022", "documents.csv:2: issued_on: '01/02/2022' không phải ngày hợp lệ"),
    ("documents", 0, "issued_on", "20220201", "documents.csv:2: issued_on: '20220201' không phải ngày hợp lệ"),
    ("documents", 0, "issued_on", "1899-12-31", "documents.csv:2: issued_on: '1899-12-31' không phải ngày hợp lệ"),
    ("documents", 0, "issued_on", "2200-01-01", "documents.csv:2: issued_on: '2200-01-01' không phải ngày hợp lệ"),
    ("documents", 0, "title", "", "documents.csv:2: title: thiếu giá trị bắt buộc"),
    ("documents", 0, "title", "a\0b", "documents.csv:2: title: 'a\\0b' có ký tự NUL"),
    ("feedback", 0, "about_procedure", "True", "feedback.csv:2: about_procedure: 'True' cần true hoặc false"),
    ("feedback", 0, "about_procedure", "1", "feedback.csv:2: about_procedure: '1' cần true hoặc false"),
    ("feedback", 0, "rating", "0", "feedback.csv:2: rating: '0' cần số từ 1 đến 5"),
    ("feedback", 0, "rating", "6", "feedback.csv:2: rating: '6' cần số từ 1 đến 5"),
    ("feedback", 0, "rating", "4.5", "feedback.csv:2: rating: '4.5' không phải số nguyên"),
    ("plans", 0, "year", "22", "plans.csv:2: year: '22' cần số từ 1900 đến 2199"),
    ("plans", 0, "year", "2022.0", "plans.csv:2: year: '2022.0' không phải số nguyên"),
    (
        "communications",
        0,
        "audience",
        "9223372036854775808",
        "communications.csv:2: audience: '9223372036854775808' số",
    ),
    ("procedures", 0, "legal_time", "1,5", "procedures.csv:2: legal_time: '1,5' không phải số"),
    ("procedures", 0, "legal_time", "1e3", "procedures.csv:2: legal_time: '1e3' không phải số"),
    ("procedures", 0, "legal_time", "NaN", "procedures.csv:2: legal_time: 'NaN' không phải số"),
    ("procedures", 0, "legal_time", "1" * 21, f"procedures.csv:2: legal_time: '{'1' * 21}' số quá lớn"),
    ("procedures", 0, "online_level", "5", "procedures.csv:2: online_level: '5' không có trong danh mục"),
    ("index_scores", 0, "self_score", "-0.5", "index_scores.csv:2: self_score: '-0.5' không được âm"),
    ("statements", 0, "value", "-1", "statements.csv:2: value: '-1' không được âm"),
    ("statements", 0, "value", "1.5", "statements.csv:2: value: '1.5' không phải số nguyên"),
    ("statements", 0, "figure", "dossiers.on_time_rate", "statements.csv:2: figure: 'dossiers.on_time_rate' không có"),
    ("x_report_slots", 0, "position", "một", "x_report_slots.csv:2: position: 'một' không phải số nguyên"),
]


def errors_of_cells(table, rows):
    """Return the errors of a file alone, without a database."""
    file, report = io.StringIO(), Report()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    name = f"{table}.csv"
    cook(name, tables()[table], read_sheet(name, file.getvalue().encode(), report), report)
    return [str(problem) for problem in report.errors.kept]


@pytest.mark.parametrize(("table", "position", "column", "value", "expected"), CELLS)
def test_a_bad_cell_is_named(table, position, column, value, expected):
    found = errors_of_cells(table, changed(table, position, **{column: value})[table])

    assert [e[: len(expected)] for e in found] == [expected]


@pytest.mark.parametrize("table", list(province()))
def test_the_small_province_has_no_bad_cell(table):
    assert errors_of_cells(table, province()[table]) == []


def test_a_bad_cell_refuses_the_package(errors):
    assert errors(changed("dossiers", 1, due_at="2022-13-01")) == [
        "dossiers.csv:3: due_at: '2022-13-01' không phải thời điểm hợp lệ; cần ISO 8601 như 2022-08-15T14:05:00+07:00, "
        "năm 1900 đến 2199 (không ghi múi giờ thì hiểu là giờ Việt Nam)"
    ]


REFERENCES = [
    ("dossiers", 0, "procedure", "9", "dossiers.csv:2: procedure: '9' không có trong bảng procedures"),
    ("dossiers", 0, "agency", "S9", "dossiers.csv:2: agency: 'S9' không phải mã của cơ quan nào"),
    ("dossiers", 0, "handling_agency", "S9", "dossiers.csv:2: handling_agency: 'S9' không phải mã của cơ quan nào"),
    ("dossiers", 1, "agency", "S9", "dossiers.csv:3: agency: 'S9' không phải mã của cơ quan nào"),
    ("dossier_events", 0, "officer", "CB9", "dossier_events.csv:2: officer: 'CB9' không có trong bảng officers"),
    ("dossier_events", 1, "dossier", "H9", "dossier_events.csv:3: dossier: 'H9' không có trong bảng dossiers"),
    ("teams", 0, "document", "D9", "teams.csv:2: document: 'D9' không có trong bảng documents"),
    ("document_relations", 0, "target", "D9", "document_relations.csv:2: target: 'D9' không có trong bảng documents"),
    ("index_criteria", 1, "parent", "7", "index_criteria.csv:3: parent: '7' không có tiêu chí mang mã này"),
    ("index_scores", 0, "criterion", "7", "index_scores.csv:2: criterion: '7' không có tiêu chí mang mã này"),
    ("attendances", 0, "course", "L9", "attendances.csv:2: course: 'L9' không có trong bảng courses"),
    ("documents", 0, "issuer", "SX", "documents.csv:2: issuer: 'SX' không phải mã cơ quan nào; nếu là tên"),
    ("agencies", 1, "parent", "Z", "agencies.csv:3: parent: 'Z' không phải mã của cơ quan nào"),
    ("agencies", 3, "successor", "Z", "agencies.csv:5: successor: 'Z' không phải mã của cơ quan nào"),
    ("x_report_slots", 0, "document", "D9", "x_report_slots.csv:2: document: 'D9' không có trong bảng documents"),
]


@pytest.mark.parametrize(("table", "position", "column", "value", "expected"), REFERENCES)
def test_a_reference_that_leads_nowhere_is_named(errors, table, position, column, value, expected):
    found = errors(changed(table, position, **{column: value}))
    assert expected in [e[: len(expected)] for e in found]
    assert len(found) == (2 if (table, column) == ("index_criteria", "parent") else 1)  # its sum is wrong then, too


RULES = [
    (
        "agencies",
        3,
        {"valid_from": "2022-07-02"},
        "agencies.csv:5: valid_to: '2022-06-30' trước valid_from (2022-07-02)",
    ),
    ("posts", 1, {"valid_to": "2019-12-31"}, "posts.csv:3: valid_to: '2019-12-31' trước valid_from (2020-01-01)"),
    ("procedures", 0, {"valid_to": "2019-12-31"}, "procedures.csv:2: valid_to: '2019-12-31' trước valid_from"),
    (
        "inspections",
        0,
        {"date_to": "2022-05-09"},
        "inspections.csv:2: date_to: '2022-05-09' trước date_from (2022-05-10)",
    ),
    ("courses", 0, {"date_to": "2022-05-19"}, "courses.csv:2: date_to: '2022-05-19' trước date_from (2022-05-20)"),
    ("statements", 1, {"period_to": "2021-12-31"}, "statements.csv:3: period_to: '2021-12-31' trước period_from"),
    (
        "dossiers",
        0,
        {"finished_at": "2022-03-01T07:59:59+07:00"},
        "dossiers.csv:2: finished_at: '2022-03-01T07:59:59+07:00' trước received_at (2022-03-01T08:00:00+07:00)",
    ),
    ("dossiers", 0, {"outcome": ""}, "dossiers.csv:2: outcome: thiếu kết quả của hồ sơ đã có finished_at"),
    ("dossiers", 1, {"outcome": "granted"}, "dossiers.csv:3: outcome: 'granted' có kết quả mà chưa có finished_at"),
    (
        "feedback",
        0,
        {"resolved_at": "2022-04-01T00:59:59Z"},
        "feedback.csv:2: resolved_at: '2022-04-01T07:59:59+07:00' trước received_at",
    ),
]


@pytest.mark.parametrize(("table", "position", "cells", "expected"), RULES)
def test_a_row_against_the_rules_is_named(errors, table, position, cells, expected):
    found = errors(changed(table, position, **cells))
    assert expected in [e[: len(expected)] for e in found]


def test_a_dossier_may_be_finished_the_instant_it_is_received(load):
    assert load(changed("dossiers", 0, finished_at="2022-03-01T08:00:00+07:00")).act_id


TWINS = [
    ("officers", {}, "officers.csv:4: code: 'CB2' trùng khóa với dòng 3"),
    (
        "agencies",
        {"code": "S1", "valid_from": ""},
        "agencies.csv:7: code, valid_from: 'S1, 1900-01-01' trùng khóa với dòng 3",
    ),
    ("dossier_events", {}, "dossier_events.csv:4: dossier, seq: 'H1, 2' trùng khóa với dòng 3"),
    ("dossier_events", {"seq": "002"}, "dossier_events.csv:4: dossier, seq: 'H1, 2' trùng khóa với dòng 3"),
    ("attendances", {}, "attendances.csv:4: course, attendee, agency: 'L1, Người ngoài 1, ' trùng khóa với dòng 3"),
    (
        "statements",
        {"level": "province"},
        "statements.csv:4: agency, figure, level, member, period_from, period_to: "
        "'S2, communications.count, province, meeting, 2022-01-01, 2022-12-31' trùng khóa với dòng 3",
    ),
]


@pytest.mark.parametrize(("table", "cells", "expected"), TWINS)
def test_two_rows_with_one_key_are_an_error(errors, table, cells, expected):
    assert errors(added(table, **cells)) == [expected]


def test_namesakes_without_an_agency_and_with_one_are_two(load):
    assert load(added("attendances", agency="S2")).tables["attendances"].new == 3


def test_all_errors_are_reported_together_in_the_order_of_files_and_lines(errors):
    tables = changed("dossiers", 2, channel="mail", received_at="")
    tables["officers"][0]["category"] = "chief"
    tables["tasks"][1]["plan"] = "K9"

    assert [e.split(" ")[0] + " " + e.split(" ")[1] for e in errors(tables)] == [
        "officers.csv:2: category:",
        "dossiers.csv:4: channel:",
        "dossiers.csv:4: received_at:",
        "tasks.csv:3: plan:",
    ]


def test_a_thousand_errors_are_listed_and_the_rest_counted(load):
    tables = only("officers")
    tables["officers"] = [{"code": f"CB{n}", "full_name": "", "category": "chief"} for n in range(CAP)]
    with pytest.raises(PackageRefused) as refused:
        load(tables)

    assert (len(refused.value.problems), refused.value.count, refused.value.beyond) == (CAP, 2 * CAP, CAP)


def test_errors_found_by_the_database_are_capped_and_counted_as_well(load):
    tables = province()
    tables["task_cooperations"] = [{"task": f"N{n}", "agency": "S1"} for n in range(10, CAP + 20)]
    with pytest.raises(PackageRefused) as refused:
        load(tables)

    assert (len(refused.value.problems), refused.value.count) == (CAP, CAP + 10)


def test_one_error_and_nothing_is_written(load):
    with pytest.raises(PackageRefused):
        load(changed("teams", 0, kind="committee"))

    assert not any(rows_of(connection).values())
    assert not Act.objects.exists()


def test_a_bad_cell_does_not_make_good_rows_look_wrong(errors):
    tables = province()
    tables["documents"][0]["kind"] = "letter"  # D1, to which much refers

    assert len(errors(tables)) == 1


def test_an_unreadable_table_is_not_held_against_those_that_refer_to_it(errors):
    tables = province()
    for row in tables["documents"]:
        row["colour"] = "red"

    assert [e.split(";")[0] for e in errors(tables)] == ["documents.csv:1: colour: không có cột này"]


def test_a_missing_required_column_is_named(errors):
    tables = province()
    for row in tables["officers"]:
        del row["category"]

    assert errors(tables) == ["officers.csv:1: category: thiếu cột bắt buộc"]


def test_an_unknown_column_of_ours_is_passed_over_with_a_warning(load):
    result = load(changed("officers", 0, x_colour="red"))

    assert [str(w) for w in result.warnings] == ["officers.csv:1: x_colour: cột riêng không rõ, được bỏ qua"]


def test_the_columns_may_stand_in_any_order(db, package):
    turned = {table: [dict(reversed(row.items())) for row in rows] for table, rows in province().items()}

    assert load_package(package(**turned)).act_id
