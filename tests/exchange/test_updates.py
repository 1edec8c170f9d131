"""What a load does to rows that are stored already, and the due instants that it computes once."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from congvu.work.dossiers.models import Dossier
from congvu.work.procedures.models import Procedure

from .province import added, changed, only, province


def at(text):
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def test_a_known_row_takes_the_columns_that_the_package_carries_and_keeps_the_others(load):
    load()
    counts = load(
        {"procedures": [{"code": "1.000001", "name": "Tên mới", "field": "Khác", "valid_from": "2020-01-01"}]}
    )
    procedure = Procedure.objects.get(code="1.000001")

    assert counts.tables["procedures"].changed == 1
    assert (procedure.name, procedure.field) == ("Tên mới", "Khác")
    assert (procedure.online_level, procedure.reduced_time, procedure.legal_unit) == ("4", 2.5, "working_day")


def test_an_empty_cell_takes_the_stored_value_away(load):
    load()
    sent = only("procedures")
    sent["procedures"] = [{**sent["procedures"][0], "online_level": "", "legal_unit": ""}]
    load(sent)
    procedure = Procedure.objects.get(code="1.000001")

    assert (procedure.online_level, procedure.legal_unit) == (None, "working_day")


def test_a_new_row_takes_the_defaults_of_columns_that_are_not_there(load):
    load()
    load({"procedures": [{"code": "9", "name": "Mới", "field": "Khác", "valid_from": "2022-01-01"}]})

    assert Procedure.objects.get(code="9").legal_unit == "working_day"


def test_a_key_with_an_empty_part_is_known_again(load):
    load()
    sent = only("attendances", "statements")
    sent["statements"][1].update(value="8")
    result = load(sent)

    assert (result.tables["attendances"].new, result.tables["statements"].changed) == (0, 1)


def test_the_handling_agency_stays_where_the_package_does_not_carry_it(load):
    load()
    rows = only("dossiers")["dossiers"]
    for row in rows:
        del row["handling_agency"]
    rows[0]["agency"] = "S2"
    rows.append({**rows[1], "code": "H9"})
    load({"dossiers": rows})

    assert dict(Dossier.objects.values_list("code", "handling_agency")) == {
        "H1": "S2",
        "H2": "S1",
        "H3": "S2",
        "H9": "S1",
    }


def test_rules_hold_for_the_row_as_it_would_be_stored(load, errors):
    load()
    row = only("dossiers")["dossiers"][0]
    del row["outcome"], row["handling_agency"], row["first_due_at"]

    assert errors({"dossiers": [{**row, "finished_at": ""}]}) == [
        "dossiers.csv:2: outcome: 'granted' có kết quả mà chưa có finished_at"
    ]


def due_of(code):
    dossier = Dossier.objects.get(code=code)
    return dossier.first_due_at, dossier.due_at


def test_a_new_dossier_without_a_due_instant_gets_the_one_of_the_reduced_term(load):
    load()

    # 2,5 working days from Tuesday 1 March 08:00: the close of Friday morning
    assert due_of("H2") == (at("2022-03-04T11:30"), at("2022-03-04T11:30"))


def test_without_a_reduced_term_the_legal_one_counts(load):
    load(changed("procedures", 0, reduced_time=""))

    assert due_of("H2") == (at("2022-03-15T17:00"), at("2022-03-15T17:00"))


def test_without_a_term_there_is_no_due_instant(load):
    load()

    assert due_of("H3") == (None, None)


def test_a_stated_due_instant_is_kept_and_the_first_one_follows_it(load):
    load(changed("dossiers", 0, first_due_at=""))

    assert due_of("H1") == (at("2022-03-04T17:00"), at("2022-03-04T17:00"))


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([("paused", "2022-03-02T08:00"), ("resumed", "2022-03-03T08:00")], "2022-03-07T11:30"),
        (
            [("supplement_requested", "2022-03-02T08:00"), ("supplement_received", "2022-03-03T08:00")],
            "2022-03-07T11:30",
        ),
        ([("paused", "2022-03-02T08:00")], "2022-03-04T11:30"),
        ([("resumed", "2022-03-02T08:00"), ("paused", "2022-03-03T08:00")], "2022-03-04T11:30"),
        (
            [
                ("paused", "2022-03-02T08:00"),
                ("supplement_requested", "2022-03-02T08:00"),
                ("resumed", "2022-03-03T08:00"),
                ("supplement_received", "2022-03-03T08:00"),
            ],
            "2022-03-07T11:30",
        ),
    ],
)
def test_the_pauses_of_the_events_are_given_back(load, events, due):
    tables = province()
    tables["dossier_events"] += [
        {"dossier": "H2", "seq": str(number), "kind": kind, "at": instant}
        for number, (kind, instant) in enumerate(events, 1)
    ]
    load(tables)

    assert due_of("H2")[1] == at(due)


def test_a_due_instant_is_computed_once(load):
    load()
    sent = only("dossiers", "procedures")
    sent["procedures"][0]["reduced_time"] = "5"
    load(sent)
    assert due_of("H2")[1] == at("2022-03-04T11:30")

    sent["dossiers"].append({**sent["dossiers"][1], "code": "H9"})
    load(sent)
    assert due_of("H2")[1] == at("2022-03-04T11:30")
    assert due_of("H9")[1] == at("2022-03-08T17:00")


def test_a_stored_dossier_without_a_due_instant_gets_none_later(load):
    tables = changed("procedures", 0, legal_time="", reduced_time="")
    load(tables)
    sent = only("procedures", "dossiers")
    sent["dossiers"][1]["channel"] = "postal"
    load(sent)

    assert Dossier.objects.get(code="H2").channel == "postal"
    assert due_of("H2") == (None, None)


def test_a_later_package_may_state_another_due_instant(load):
    load()
    sent = only("dossiers")
    sent["dossiers"][1]["due_at"] = "2022-03-10T17:00"
    del sent["dossiers"][1]["first_due_at"], sent["dossiers"][0]["first_due_at"], sent["dossiers"][2]["first_due_at"]
    load(sent)

    assert due_of("H2") == (at("2022-03-04T11:30"), at("2022-03-10T17:00"))


@pytest.mark.parametrize(
    ("table", "cells", "reason"),
    [
        ("dossiers", {"received_at": "2019-12-31T08:00"}, "2019"),
        ("dossiers", {"received_at": "2026-12-31T08:00"}, "2027"),
        ("procedures", {"reduced_time": "0.3"}, "0,5"),
        ("procedures", {"reduced_time": "0"}, "lớn hơn 0"),
    ],
)
def test_what_cannot_be_computed_stays_empty_with_a_warning_that_says_why(load, table, cells, reason):
    result = load(changed(table, 1 if table == "dossiers" else 0, **cells))
    texts = [str(w) for w in result.warnings if w.column == "due_at"]

    assert due_of("H2") == (None, None)
    assert len(texts) == 1
    assert texts[0].startswith("dossiers.csv:3: due_at: để trống, không tính được: ")
    assert reason in texts[0]


def test_a_paused_dossier_beyond_the_calendar_stays_empty_with_a_warning(load):
    tables = changed("dossiers", 1, received_at="2026-12-31T08:00")
    tables["dossier_events"] += [
        {"dossier": "H2", "seq": "1", "kind": "paused", "at": "2026-12-31T09:00"},
        {"dossier": "H2", "seq": "2", "kind": "resumed", "at": "2026-12-31T10:00"},
    ]

    assert ["2027" in str(w) for w in load(tables).warnings if w.column == "due_at"] == [True]


def test_a_dossier_marked_so_gets_no_due_instant(load):
    tables = province()
    tables["dossiers"][1]["x_no_due"] = "true"
    tables["dossiers"].append({**tables["dossiers"][1], "code": "H9", "x_no_due": "false"})
    load(tables)

    assert due_of("H2") == (None, None)
    assert due_of("H9")[1] is not None


ODDITIES = [
    (
        changed("procedure_changes", 0, effective_on="2022-01-31"),
        "procedure_changes.csv:2: effective_on: '2022-01-31' có hiệu",
    ),
    (
        changed("procedures", 0, valid_from="2022-03-02"),
        "dossiers.csv:2: procedure: '1.000001' không có hiệu lực vào ngày",
    ),
    (
        changed("procedures", 0, valid_to="2022-02-28"),
        "dossiers.csv:2: procedure: '1.000001' không có hiệu lực vào ngày",
    ),
    (
        changed("procedure_levels", 0, level="commune"),
        "dossiers.csv:2: procedure: '1.000001' không giải quyết ở cấp của",
    ),
    (
        changed("findings", 0, rectified_on="2022-05-09"),
        "findings.csv:2: rectified_on: '2022-05-09' trước ngày kiểm tra",
    ),
    (changed("findings", 0, verified_on="2022-05-09"), "findings.csv:2: verified_on: '2022-05-09' trước ngày kiểm tra"),
    (changed("posts", 1, rank="head"), "posts.csv:2: agency: 'S1' có nhiều người đứng đầu cùng lúc, ví dụ thêm CB2"),
    (changed("dossiers", 0, due_at="2022-02-01T17:00"), "dossiers.csv:2: due_at: "),
]


@pytest.mark.parametrize(("tables", "expected"), ODDITIES)
def test_what_looks_odd_is_taken_with_a_warning(load, tables, expected):
    result = load(tables)

    assert result.act_id
    assert expected in [str(w)[: len(expected)] for w in result.warnings]


def test_heads_that_follow_each_other_are_not_odd(load):
    tables = changed("posts", 0, valid_to="2022-05-31")
    tables["posts"].append({**tables["posts"][1], "rank": "head", "valid_from": "2022-06-01", "valid_to": ""})

    assert load(tables).warning_count == 0


def test_a_load_leaves_nothing_temporary_behind(load):
    load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind IN ('r', 'v', 'S')")
        assert cursor.fetchall() == []


def test_rows_may_be_added_one_package_after_another(load):
    load()

    assert load(added("dossiers", code="H4")).tables["dossiers"].new == 1
