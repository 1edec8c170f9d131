"""A mapping applied to a sheet gives the columns that the province package has."""

from __future__ import annotations

import datetime as dt

import pytest

from congvu.sheets.grid import Area, Cell, Flaw, Grid, SheetRefused
from congvu.sheets.layout import Heading, Layout
from congvu.sheets.mapping import Mapping, Rule
from congvu.sheets.result import Outcome
from congvu.sheets.target import Target, TargetTable
from congvu.sheets.values.agencies import KnownAgency, Register
from congvu.sheets.values.applying import apply

ALWAYS = dt.date(1900, 1, 1)
REGISTER = Register(
    [
        KnownAgency("P0", "Ủy ban nhân dân tỉnh Thử Nghiệm", "UBND tỉnh", "province_committee", "province", "", ALWAYS),
        KnownAgency("H1", "Ủy ban nhân dân huyện Hoà Sơn", "", "district_committee", "district", "P0", ALWAYS),
        KnownAgency(
            "X1", "Ủy ban nhân dân xã Cũ", "", "commune_committee", "commune", "H1", ALWAYS, dt.date(2022, 6, 30)
        ),
    ]
)
CHANNELS = {"counter": ("Trực tiếp",), "online": ("Trực tuyến",)}
DOSSIERS = TargetTable(
    "dossiers",
    "Hồ sơ",
    (
        Target("code", "Mã hồ sơ", "text", required=True, key=True),
        Target("procedure", "Thủ tục", "text", required=True, refers="procedures"),
        Target("agency", "Nơi nhận", "text", required=True, refers="agencies"),
        Target("channel", "Hình thức", "choice", required=True, values=CHANNELS),
        Target("received_at", "Tiếp nhận", "instant", required=True),
        Target("finished_at", "Trả", "instant", moment="close", not_before="received_at"),
        Target("outcome", "Kết quả", "choice", values={"granted": ("Đã trả",)}, empty=("đang xử lý",)),
        Target("x_late", "Trễ", "boolean", values={"true": ("Trễ hạn",), "false": ("Đúng hạn",)}),
        Target("note", "Ghi chú", "text"),
    ),
    day="received_at",
)
PROCEDURES = TargetTable(
    "procedures",
    "Thủ tục",
    (
        Target("code", "Mã", "text", required=True, key=True),
        Target("legal_time", "Thời hạn", "decimal"),
        Target("legal_unit", "Đơn vị", "choice", values={"working_day": ("ngày làm việc",)}),
        Target("field", "Lĩnh vực", "text", required=True),
    ),
)
LEVELS = TargetTable(
    "procedure_levels",
    "Cấp",
    (
        Target("procedure", "Mã", "text", required=True, key=True, refers="procedures"),
        Target(
            "level", "Cấp", "choice", required=True, key=True, values={"province": (), "district": (), "commune": ()}
        ),
    ),
)
DOCUMENTS = TargetTable(
    "documents",
    "Văn bản",
    (
        Target("id", "Mã", "text", required=True, key=True),
        Target("number", "Số", "text"),
        Target("issuer", "Nơi ban hành", "text", required=True, refers="agencies", free=True),
        Target("year", "Năm", "integer"),
        Target("published", "Đã ký", "boolean"),
    ),
)


def sheet(titles: list[str], *rows: list[Cell]) -> tuple[Grid, Layout]:
    grid = Grid("Trang", tuple(zip(titles, *rows, strict=True)))
    layout = Layout(
        (1, 1), tuple(Heading(at, title) for at, title in enumerate(titles)), range(2, 2 + len(rows)), {}, {}
    )
    return grid, layout


def dossiers(rules: list[Rule], titles: list[str], *rows: list[Cell], kept: tuple[str, ...] = ()) -> Outcome:
    grid, layout = sheet(titles, *rows)
    return apply(Mapping("dossiers", tuple(rules), kept=kept), grid, layout, DOSSIERS, REGISTER)


def test_a_one_stop_export_becomes_dossiers() -> None:
    titles = ["Mã hồ sơ", "Mã TTHC", "Đơn vị", "Hình thức", "Ngày nhận", "Ngày trả", "Trạng thái", "Hạn", "Người nộp"]
    rules = [
        Rule("code", ("Mã hồ sơ",)),
        Rule("procedure", ("Mã TTHC",)),
        Rule("agency", ("Đơn vị",)),
        Rule("channel", ("Hình thức",)),
        Rule("received_at", ("Ngày nhận",)),
        Rule("finished_at", ("Ngày trả",)),
        Rule("outcome", ("Trạng thái",), values={"huy bo": ""}),
        Rule("x_late", ("Hạn",)),
    ]
    found = dossiers(
        rules,
        titles,
        ["H1", 1.000178, "UBND H. Hòa Sơn", "trực tiếp", "25/08/2022 14:05", "26/08/2022", "Đã trả", "Trễ hạn", 123.0],
        [
            "H2",
            1.000178,
            "UBND tỉnh",
            "Trực tuyến",
            "26/08/2022 18:30",
            "26/08/2022",
            "Đang xử lý",
            "Đúng hạn",
            dt.date(2022, 1, 2),
        ],
        ["H3", 1.000178, "UBND tỉnh", "Trực tuyến", "27/08/2022 08:00", "", "Hủy bỏ", "", " a\u200b"],
        kept=("Người nộp",),
    )
    assert not found.errors
    assert found.rows == range(2, 5)
    assert list(found.columns) == [rule.target for rule in rules]
    assert found.columns["procedure"] == ["1.000178"] * 3
    assert found.columns["agency"] == ["H1", "P0", "P0"]
    assert found.columns["channel"] == ["counter", "online", "online"]
    assert found.columns["received_at"][0] == "2022-08-25T14:05:00+07:00"
    assert found.columns["finished_at"] == ["2022-08-26T17:00:00+07:00", "2022-08-26T18:30:00+07:00", ""]
    assert found.columns["outcome"] == ["granted", "", ""]
    assert found.columns["x_late"] == ["true", "false", ""]
    assert found.stated == {"Người nộp": ["123", "02/01/2022", "a"]}
    assert found.sources["agency"] == 2


def test_agencies_are_those_of_the_row_s_own_day() -> None:
    found = dossiers(
        [Rule("agency", ("Đơn vị",)), Rule("received_at", ("Nhận",))],
        ["Đơn vị", "Nhận"],
        ["Xã Cũ", dt.date(2022, 6, 30)],
        ["Xã Cũ", dt.date(2022, 7, 1)],
    )
    assert found.columns["agency"] == ["X1", ""]
    (error,) = found.errors
    assert (error.row, error.column, error.target, error.value) == (3, 0, "agency", "Xã Cũ")
    assert "đến 30/06/2022" in error.reason


def test_a_day_and_a_time_of_two_columns_are_one_instant() -> None:
    found = dossiers(
        [Rule("received_at", ("Ngày", "Giờ"))],
        ["Ngày", "Giờ"],
        ["25/08/2022", "14h05"],
        ["26/08/2022", dt.time(7, 30)],
        ["27/08/2022", ""],
        ["", "8:00"],
        ["28/08/2022", "sáng"],
    )
    assert found.columns["received_at"] == [
        "2022-08-25T14:05:00+07:00",
        "2022-08-26T07:30:00+07:00",
        "2022-08-27T00:00:00+07:00",
        "",
        "",
    ]
    assert [note.row for note in found.errors] == [5, 6]


def test_three_columns_are_day_month_and_year() -> None:
    found = dossiers([Rule("received_at", ("Ngày", "Tháng", "Năm"))], ["Ngày", "Tháng", "Năm"], [25.0, 8.0, 2022.0])
    assert found.columns["received_at"] == ["2022-08-25T00:00:00+07:00"]


def test_several_sources_are_joined_by_a_hyphen() -> None:
    found = dossiers([Rule("code", ("A", "B"))], ["A", "B"], ["H1", 7.0], ["H2", ""])
    assert found.columns["code"] == ["H1-7", "H2"]


def test_a_constant_stands_in_every_row_or_where_its_source_is_filled() -> None:
    found = dossiers(
        [
            Rule("agency", constant="UBND tỉnh"),
            Rule("channel", constant="Trực tiếp"),
            Rule("outcome", ("Trả",), "granted"),
        ],
        ["Trả"],
        ["xong"],
        ["-"],
        [""],
    )
    assert found.columns["agency"] == ["P0"] * 3
    assert found.columns["channel"] == ["counter"] * 3
    assert found.columns["outcome"] == ["granted", "", ""]


def test_what_our_words_empty_in_a_required_column_is_an_error_and_what_was_empty_is_not() -> None:
    found = dossiers([Rule("channel", ("Hình thức",))], ["Hình thức"], ["-"], [""])
    assert [note.row for note in found.errors] == [2]


def test_flaws_of_used_cells_are_errors_and_the_others_are_not() -> None:
    grid, layout = sheet(["Mã", "Ghi chú", "Khác"], ["H1", "", ""], ["H2", "", ""])
    flaw, aside = Flaw(3, 1, "#REF!", "ô lỗi"), Flaw(2, 2, "#N/A", "ô lỗi")
    grid = Grid(grid.name, grid.columns, flaws=(flaw, aside))
    mapping = Mapping("dossiers", (Rule("code", ("Mã",)), Rule("note", ("Ghi chú",))), kept=("Khác",))
    found = apply(mapping, grid, layout, DOSSIERS, REGISTER)
    (error,) = found.errors
    assert (error.row, error.column, error.value, error.reason) == (3, 1, "#REF!", "ô lỗi")
    assert found.stated["Khác"] == ["#N/A", ""]


def test_merged_cells_give_their_value_to_every_row_with_a_note() -> None:
    grid, layout = sheet(["Mã", "Hình thức"], ["H1", "Trực tiếp"], ["H2", ""], ["H3", "Trực tuyến"])
    grid = Grid(grid.name, grid.columns, merged=(Area(2, 1, 3, 1),))
    mapping = Mapping("dossiers", (Rule("code", ("Mã",)), Rule("channel", ("Hình thức",))))
    found = apply(mapping, grid, layout, DOSSIERS, REGISTER)
    assert found.columns["channel"] == ["counter", "counter", "online"]
    assert [(note.row, note.target) for note in found.reviews] == [(2, "channel")]


def test_rows_that_are_no_data_are_left_out() -> None:
    grid, layout = sheet(["Mã"], ["H1"], ["Tổng"], ["H2"])
    layout = Layout(layout.header, layout.headings, [2, 4], {3: "dòng tổng"}, {})
    found = apply(Mapping("dossiers", (Rule("code", ("Mã",)),)), grid, layout, DOSSIERS, REGISTER)
    assert list(found.columns["code"]) == ["H1", "H2"]
    assert found.rows == [2, 4]


def test_terms_sections_and_doubts_of_procedures() -> None:
    grid, _layout = sheet(
        ["Mã", "Thời hạn"],
        ["I. Lĩnh vực đất đai", ""],
        ["1.1", "15 ngày làm việc"],
        ["II. Hộ tịch", ""],
        ["1.2", "10-15 ngày"],
    )
    headings = (Heading(0, "Mã"), Heading(1, "Thời hạn"))
    layout = Layout((1, 1), headings, [3, 5], {}, {2: "I. Lĩnh vực đất đai", 4: "II. Hộ tịch"})
    rules = (
        Rule("code", ("Mã",)),
        Rule("legal_time", ("Thời hạn",), derive="term_amount"),
        Rule("legal_unit", ("Thời hạn",), derive="term_unit"),
        Rule("field", derive="section"),
    )
    found = apply(Mapping("procedures", rules), grid, layout, PROCEDURES, REGISTER)
    assert not found.errors
    assert found.columns["legal_time"] == ["15", ""]
    assert found.columns["legal_unit"] == ["working_day", ""]
    assert found.columns["field"] == ["Lĩnh vực đất đai", "Hộ tịch"]
    assert [(note.row, note.target, note.value) for note in found.reviews] == [(5, "legal_time", "10-15 ngày")]


def test_lines_of_a_cell_become_rows_once_for_each_key() -> None:
    grid, layout = sheet(
        ["Mã", "Nơi thực hiện"],
        ["1.1", "Chủ tịch Ủy ban nhân dân cấp tỉnh\nSở Tư pháp\nỦy ban nhân dân cấp xã"],
        ["1.2", "Bộ Tư pháp\nUBND huyện Hoà Sơn\nTổ chức hành nghề"],
    )
    rules = (Rule("procedure", ("Mã",)), Rule("level", ("Nơi thực hiện",), derive="agency_level"))
    found = apply(Mapping("procedure_levels", rules, split="Nơi thực hiện"), grid, layout, LEVELS, REGISTER)
    assert not found.errors
    assert list(zip(found.columns["procedure"], found.columns["level"], found.rows, strict=True)) == [
        ("1.1", "province", 2),
        ("1.1", "commune", 2),
        ("1.2", "district", 3),
    ]
    assert [(note.row, note.value) for note in found.reviews] == [(3, "Bộ Tư pháp"), (3, "Tổ chức hành nghề")]


def test_a_level_that_nobody_can_tell_is_an_error_where_rows_are_not_split() -> None:
    grid, layout = sheet(["Mã", "Nơi"], ["1.1", "Tổ chức hành nghề"], ["1.2", "Bộ Tư pháp"], ["1.3", "Sở Tư pháp"])
    rules = (Rule("procedure", ("Mã",)), Rule("level", ("Nơi",), derive="agency_level"))
    found = apply(Mapping("procedure_levels", rules), grid, layout, LEVELS, REGISTER)
    assert [note.row for note in found.errors] == [2, 3]
    assert found.columns["level"] == ["", "", "province"]


def test_documents_number_year_and_issuers_outside() -> None:
    grid, layout = sheet(
        ["Ký hiệu", "Nơi ban hành", "Ngày"],
        ["501/UBND-NC", "UBND tỉnh", dt.date(2022, 8, 5)],
        ["Số: 05/2021/QĐ-TTg", "Thủ tướng Chính phủ", "05/08/2021"],
        ["Lịch họp", "BTP", ""],
    )
    rules = (
        Rule("id", ("Ký hiệu",)),
        Rule("number", ("Ký hiệu",), derive="number_of_symbol"),
        Rule("issuer", ("Nơi ban hành",)),
        Rule("year", ("Ngày",), derive="year"),
        Rule("published", ("Ngày",), derive="is_filled"),
    )
    found = apply(Mapping("documents", rules), grid, layout, DOCUMENTS, REGISTER)
    assert found.columns["number"] == ["501", "05", ""]
    assert found.columns["issuer"] == ["P0", "Thủ tướng Chính phủ", ""]
    assert found.columns["year"] == ["2022", "2021", ""]
    assert found.columns["published"] == ["true", "true", "false"]
    assert [(note.row, note.target) for note in found.errors] == [(4, "issuer")]
    assert [(note.row, note.target) for note in found.reviews] == [(4, "number")]


def test_headings_of_little_difference_are_the_same() -> None:
    for title in ("MÃ HỒ SƠ", "Ma ho so", "Mã hồ  sơ:", "Mã hồ xơ", "Mã hồ sơơ", "Mã hồ ơs"):
        assert dossiers([Rule("code", ("Mã hồ sơ",))], [title, "Khác"], ["H1", ""]).columns["code"] == ["H1"]


def test_missing_headings_are_named_with_the_closest() -> None:
    with pytest.raises(SheetRefused) as refused:
        dossiers([Rule("code", ("Mã hồ sơ",)), Rule("note", ("Phòng",))], ["Mã số hồ sơ", "Mã hồ sơ 2"], ["H1", ""])
    assert "“Mã hồ sơ” (gần giống: “Mã" in str(refused.value)
    assert "“Phòng”" in str(refused.value)


def test_a_mapping_for_another_table_is_refused() -> None:
    with pytest.raises(SheetRefused, match="rating"):
        dossiers([Rule("rating", ("Mã",))], ["Mã"], ["1"])


def test_true_and_one_are_told_apart() -> None:
    found = dossiers([Rule("note", ("Ghi chú",))], ["Ghi chú"], [True], [1.0], [False])
    assert found.columns["note"] == ["TRUE", "1", "FALSE"]


def test_a_sheet_without_rows_gives_empty_columns() -> None:
    rules = [Rule("code", ("Mã",)), Rule("agency", constant="P0"), Rule("received_at", ("Ngày",))]
    found = dossiers(rules, ["Mã", "Ngày"])
    assert found.columns == {"code": [], "agency": [], "received_at": []}
