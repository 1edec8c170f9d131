"""Rules over many rows: index criteria and scores, and what agencies state."""

import pytest

from .province import added, changed, only, province


def test_a_parents_maximum_is_the_sum_of_its_childrens(errors):
    assert errors(changed("index_criteria", 0, max_score="3.6")) == [
        "index_criteria.csv:2: max_score: '3.6' điểm tối đa của tiêu chí 1 (bộ B1) phải bằng "
        "tổng các tiêu chí con là 3.5"
    ]


def test_a_child_sent_later_counts_in_the_sum(load, errors):
    load()
    tables = only("index_criteria")
    tables["index_criteria"] = [{**tables["index_criteria"][1], "code": "1.3", "max_score": "1"}]

    assert errors(tables) == [
        "index_criteria.csv:2: max_score: '3.5' điểm tối đa của tiêu chí 1 (bộ B1) phải bằng "
        "tổng các tiêu chí con là 4.5"
    ]


@pytest.mark.parametrize("column", ["self_score", "appraised_score"])
def test_a_score_lies_within_the_maximum_of_its_leaf(errors, column):
    assert errors(changed("index_scores", 0, **{column: "1.51"})) == [
        f"index_scores.csv:2: {column}: '1.51' lớn hơn điểm tối đa của tiêu chí (1.5)"
    ]


def test_only_leaves_are_scored(errors):
    assert errors(changed("index_scores", 0, criterion="1")) == [
        "index_scores.csv:2: criterion: '1' có tiêu chí con; chỉ chấm tiêu chí cuối"
    ]


def test_a_stored_score_must_still_fit_a_criterion_that_changes(load, errors):
    load()
    tables = only("index_criteria")
    tables["index_criteria"] = [
        {**tables["index_criteria"][0], "max_score": "3.4"},
        {**tables["index_criteria"][1], "max_score": "1.4"},
    ]

    assert errors(tables) == [
        "index_criteria.csv:3: max_score: '1.4' điểm đã lưu của S1 ở tiêu chí 1.1 không còn đúng: "
        "1.5 lớn hơn điểm tối đa của tiêu chí (1.4)"
    ]


def test_a_leaf_with_stored_scores_may_not_become_a_parent(load, errors):
    load()
    tables = only("index_criteria")
    tables["index_criteria"] = [{**tables["index_criteria"][2], "code": "1.2.1", "parent": "1.2"}]

    assert errors(tables) == [
        "index_criteria.csv:2: max_score: '2' điểm đã lưu của S1 ở tiêu chí 1.2 không còn đúng: "
        "1.2 có tiêu chí con; chỉ chấm tiêu chí cuối"
    ]


def test_a_maximum_and_its_scores_may_change_together(load):
    load()
    tables = only("index_criteria", "index_scores")
    tables["index_criteria"][0]["max_score"] = "3"
    tables["index_criteria"][1]["max_score"] = "1"
    tables["index_scores"][0].update(self_score="1", appraised_score="0.5")

    assert load(tables).tables["index_criteria"].changed == 2


INSTEAD = {"mode": "instead", "member": "", "document": "", "value": "5"}


def test_rows_beside_a_statement_that_stands_for_them_are_an_error(errors):
    tables = added(
        "statements",
        **INSTEAD,
        agency="S1",
        figure="dossiers.received",
        period_from="2022-01-01",
        period_to="2022-12-31",
    )

    assert errors(tables) == [
        "statements.csv:4: figure: 'dossiers.received' báo cáo thay cho hồ sơ (instead) của S1 từ 2022-01-01 đến "
        "2022-12-31, nhưng có 2 dòng ở bảng dossiers được tính vào chỉ tiêu này trong những ngày ấy, ví dụ «H1»"
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"mode": "beside"},
        {"period_to": "2022-02-28"},
        {"period_from": "2022-03-02"},
        {"figure": "dossiers.late"},  # S1 finished one dossier, in time
        {"agency": "P"},
    ],
)
def test_a_statement_without_rows_of_its_own_is_taken(load, cells):
    cells = {"figure": "dossiers.received", "period_from": "2022-01-01", "period_to": "2022-12-31", **cells}

    assert load(added("statements", **{**INSTEAD, "agency": "S1", **cells})).act_id


@pytest.mark.parametrize(
    ("figure", "member", "taken"),
    [
        ("dossiers.finished", "", False),
        ("dossiers.on_time", "", False),
        ("communications.count", "meeting", False),
        ("communications.count", "newspaper", True),
        ("regulations.reviewed", "amended", False),
        ("regulations.reviewed", "kept", True),
        ("courses.count", "", False),
        ("courses.attendances", "", False),
    ],
)
def test_each_additive_figure_knows_its_own_rows(load, errors, figure, member, taken):
    cells = {"agency": "S1", "figure": figure, "member": member, "period_from": "2022-01-01", "period_to": "2022-12-31"}
    tables = added("statements", **{**INSTEAD, **cells})
    if taken:
        assert load(tables).act_id
    else:
        assert [e.split(" báo cáo")[0] for e in errors(tables)] == [f"statements.csv:4: figure: '{figure}'"]


def test_a_row_that_comes_later_is_named_where_it_stands(load, errors):
    load()
    tables = only("dossiers")
    tables["dossiers"] = [{**tables["dossiers"][1], "code": "H9", "agency": "S2", "received_at": "2021-05-01T08:00"}]

    assert errors(tables) == [
        "dossiers.csv:2: «H9» được tính vào dossiers.received, mà đã có báo cáo thay cho hồ sơ (instead) của S2 "
        "từ 2021-01-01 đến 2021-12-31 (cả thảy 1 dòng như vậy)"
    ]


def test_rows_of_an_earlier_holder_of_the_code_are_not_beside_the_statement(load):
    tables = changed("dossiers", 1, agency="X", received_at="2022-05-01T08:00")
    tables["statements"].append(
        {
            **tables["statements"][0],
            "agency": "X",
            "figure": "dossiers.received",
            "period_from": "2022-01-01",
            "period_to": "2022-12-31",
        }
    )

    assert load(tables).act_id


def test_two_statements_instead_of_rows_may_not_overlap(load, errors):
    cells = {"period_from": "2021-12-31", "period_to": "2022-01-31"}
    expected = (
        "statements.csv:{}: period_from: báo cáo thay cho hồ sơ (instead) của S2 cho dossiers.received trùng ngày "
    )

    assert errors(added("statements", **{**province()["statements"][0], **cells})) == [
        expected.format(4) + "với báo cáo từ 2021-01-01 đến 2021-12-31 ở dòng 2"
    ]
    load()
    tables = only("statements")
    tables["statements"] = [{**tables["statements"][0], **cells}]
    assert errors(tables) == [expected.format(2) + "với báo cáo từ 2021-01-01 đến 2021-12-31 ở cơ sở dữ liệu"]


@pytest.mark.parametrize(
    "cells",
    [
        {"period_from": "2022-01-01", "period_to": "2022-01-31"},
        {"figure": "dossiers.finished"},
        {"level": "commune"},
        {"mode": "beside", "period_from": "2021-02-01"},
        {"agency": "P"},
    ],
)
def test_statements_of_other_days_figures_levels_or_agencies_do_not_overlap(load, cells):
    tables = province()
    tables["statements"].append({**tables["statements"][0], **cells})

    assert load(tables).act_id


def test_the_level_does_not_tell_statements_apart_where_the_figure_has_none(errors):
    common = {
        **INSTEAD,
        "agency": "P",
        "figure": "courses.count",
        "period_from": "2021-01-01",
        "period_to": "2021-12-31",
    }
    tables = added("statements", **common, level="province")
    tables["statements"].append({**tables["statements"][-1], "level": "commune"})

    assert [e.split(" báo cáo")[0] for e in errors(tables)] == ["statements.csv:5: period_from:"]


@pytest.mark.parametrize(
    ("figure", "member", "expected"),
    [
        (
            "communications.count",
            "tiktok",
            "statements.csv:4: member: 'tiktok' không có trong danh mục; cần một trong: mee",
        ),
        ("dossiers.late", "meeting", "statements.csv:4: member: 'meeting' chỉ tiêu dossiers.late không phân loại"),
    ],
)
def test_a_member_is_one_of_the_figures_dimension(errors, figure, member, expected):
    tables = added("statements", figure=figure, member=member)

    assert [e[: len(expected)] for e in errors(tables)] == [expected]


def test_a_statement_without_the_member_that_it_needs_is_a_warning(load):
    result = load(added("statements", member=""))

    assert [str(w) for w in result.warnings] == [
        "statements.csv:4: member: trống nên không vào chỉ tiêu communications.count[channel=…]"
    ]
