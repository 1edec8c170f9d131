"""Columns are matched by name, synonym and content, each with its reason."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from congvu.intake.targets import target_tables
from congvu.kernel.text import fold
from congvu.sheets.finding.find import find_layout
from congvu.sheets.grid import Grid, SheetRefused
from congvu.sheets.mapping import Rule, mapping_from
from congvu.sheets.matching.assigning import assign
from congvu.sheets.matching.propose import Known, Proposal, guess_table, propose

from .exports import EXPORTS, Export, english_columns, feedback, one_stop_plain, sheet, without_header
from .exports_more import MORE
from .exports_odd import ODD

CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "Đã trả", "15 ngày làm việc", "01/02/2022", "08:15", "1.000123", "UBND xã A", "x", "5/QĐ-UBND"]
    ),
    st.text(max_size=6),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def proposed(grid: Grid, table: str, known: Known | None = None) -> Proposal:
    return propose(grid, find_layout(grid), target_tables()[table], known or Known())


def told(rule: Rule) -> tuple[str, ...]:
    made = f"={rule.derive}" if rule.derive else f"={rule.constant}" if rule.constant else ""
    return (*rule.source, made) if made else rule.source


@pytest.mark.parametrize("make", [*EXPORTS, *MORE, *ODD], ids=lambda make: make.__name__)
def test_every_column_is_matched(make: Callable[[], Export]) -> None:
    export = make()
    proposal = proposed(export.grid, export.table)
    assert {rule.target: told(rule) for rule in proposal.mapping.rules} == dict(export.mapping)
    assert proposal.mapping.kept == export.kept
    assert mapping_from(proposal.mapping.as_json()) == proposal.mapping


@pytest.mark.parametrize("make", [*EXPORTS, *MORE, *ODD], ids=lambda make: make.__name__)
def test_every_guess_has_its_reason(make: Callable[[], Export]) -> None:
    export = make()
    proposal = proposed(export.grid, export.table)
    assert [guess.target for guess in proposal.guesses] == [rule.target for rule in proposal.mapping.rules]
    for guess in proposal.guesses:
        assert guess.reasons
        assert all(guess.reasons)
        assert 0 < guess.certainty <= 1
    required = {target.name for target in target_tables()[export.table].targets if target.required}
    assert set(proposal.missing) == required - {rule.target for rule in proposal.mapping.rules}


@pytest.mark.parametrize(
    "make", [make for make in [*EXPORTS, *MORE, *ODD] if make is not without_header], ids=lambda make: make.__name__
)
def test_the_table_is_guessed(make: Callable[[], Export]) -> None:
    export = make()
    guesses = guess_table(export.grid, find_layout(export.grid), target_tables(), Known())
    assert guesses[0][0] == export.table
    assert guesses[0][2]


def test_our_own_names_are_certain_and_others_are_not() -> None:
    assert all(guess.certainty == 1 for guess in proposed(english_columns().grid, "dossiers").guesses)
    assert all(guess.certainty < 1 for guess in proposed(one_stop_plain().grid, "dossiers").guesses)
    labels = sheet([["Mã hồ sơ", "Cơ quan tiếp nhận"], ["H1", "Sở Y tế"], ["H2", "Sở Y tế"]])
    guess = proposed(labels, "dossiers").guess("code")
    assert guess is not None
    assert guess.certainty == 1


def test_the_reason_names_the_heading_and_what_it_holds() -> None:
    guess = proposed(one_stop_plain().grid, "dossiers").guess("code")
    assert guess is not None
    assert guess.reasons == ("tên cột «Số biên nhận» là cách gọi khác của «Mã hồ sơ»", "100% giá trị khác nhau")


def test_known_codes_say_what_a_column_without_a_title_holds() -> None:
    rows = [[f"ZX{i % 4}Q", f"H{i}", "01/02/2022"] for i in range(8)]
    grid = sheet([["Trường 1", "Mã hồ sơ", "Ngày tiếp nhận"], *rows])
    assert "procedure" in proposed(grid, "dossiers").missing
    known = Known({"procedures": frozenset(fold(f"ZX{i}Q") for i in range(4))})
    rule = proposed(grid, "dossiers", known).mapping.rule("procedure")
    assert rule is not None
    assert rule.source == ("Trường 1",)


def test_of_code_and_name_the_code_is_preferred() -> None:
    rows = [[f"H{i}", "Cấp giấy phép", f"1.00012{i}"] for i in range(5)]
    rule = proposed(sheet([["Mã hồ sơ", "Tên thủ tục", "Mã thủ tục hành chính"], *rows]), "dossiers").mapping.rule(
        "procedure"
    )
    assert rule is not None
    assert rule.source == ("Mã thủ tục hành chính",)


def test_the_level_follows_from_the_agency_where_no_column_says_it() -> None:
    rows = [[f"1.00{i}", ("UBND cấp xã", "Sở Tư pháp")[i % 2]] for i in range(6)]
    rule = proposed(sheet([["Mã thủ tục", "Đơn vị nào làm"], *rows]), "procedure_levels").mapping.rule("level")
    assert rule == Rule("level", ("Đơn vị nào làm",), derive="agency_level")
    units = sheet(
        [["Mã đơn vị", "Tên đơn vị", "Loại đơn vị"], ["H1", "Sở Y tế", "Sở"], ["H2", "UBND xã Bình Lâm", "UBND xã"]]
    )
    assert proposed(units, "agencies").mapping.rule("level") == Rule("level", ("Tên đơn vị",), derive="agency_level")


def test_feedback_is_about_a_procedure_where_one_is_named() -> None:
    rows = [[f"PA{i}", "01/02/2022", "Zalo", "Đất đai", "Sở Y tế", "1.000123" if i % 2 else ""] for i in range(4)]
    titles = ["Mã PAKN", "Ngày phản ánh", "Kênh", "Lĩnh vực", "Cơ quan xử lý", "Mã TTHC"]
    rule = proposed(sheet([titles, *rows]), "feedback").mapping.rule("about_procedure")
    assert rule == Rule("about_procedure", ("Mã TTHC",), derive="is_filled")


def test_a_constant_of_the_tables_words_says_so() -> None:
    guess = proposed(feedback().grid, "feedback").guess("about_procedure")
    assert guess is not None
    assert guess.sources == ()
    assert "cần xem lại" in guess.reasons[0]


def test_a_title_says_what_no_column_does() -> None:
    grid = sheet(
        [["DANH SÁCH HỒ SƠ TRỰC TUYẾN TRỄ HẠN"], ["Mã hồ sơ", "Ngày nhận", "Thủ tục"], ["H1", "01/02/2022", "1.001"]]
    )
    mapping = proposed(grid, "dossiers").mapping
    assert mapping.rule("channel") == Rule("channel", constant="online")
    assert mapping.rule("outcome") is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=2, max_size=8))
def test_no_sheet_is_too_odd_for_a_proposal(rows: list[list[object]]) -> None:
    grid = sheet([["Mã hồ sơ", "Ngày tiếp nhận", "Trạng thái", "Ngày hẹn trả", "x"], *rows])  # type: ignore[arg-type]
    try:
        layout = find_layout(grid)
    except SheetRefused:
        return
    for table in ("dossiers", "procedures", "documents"):
        proposal = propose(grid, layout, target_tables()[table], Known())
        titles = {heading.title for heading in layout.headings}
        assert {source for rule in proposal.mapping.rules for source in rule.source} <= titles


def test_the_whole_assignment_is_the_best_one() -> None:
    assert assign([[0.9, 0.8], [0.8, 0.1]]) == {0: 1, 1: 0}
    assert assign([[0.0, -1.0], [0.5, 0.5]]) in ({1: 0}, {1: 1})
    assert assign([]) == {}


def _testdata() -> Path:
    folder = os.environ.get("CONGVU_TESTDATA")
    if not folder or not (Path(folder) / "vn_tthc").is_dir():
        pytest.skip("CONGVU_TESTDATA names no folder with vn_tthc")
    return Path(folder)


def test_an_official_list_becomes_procedures() -> None:
    found = CalamineWorkbook.from_path(
        str(_testdata() / "vn_tthc" / "danh-sach-tthc-BoTuPhap.xlsx")
    ).get_sheet_by_index(0)
    grid = sheet(found.to_python(skip_empty_area=False), [(1, 0, 1, 4)])
    assert guess_table(grid, find_layout(grid), target_tables(), Known())[0][0] == "procedures"
    proposal = proposed(grid, "procedures")
    matched = {rule.target: rule.source for rule in proposal.mapping.rules}
    assert matched == {"code": ("Mã số",), "name": ("Tên",), "field": ("Lĩnh vực",)}
    assert proposal.missing == ("valid_from",)


def test_a_list_of_units_becomes_agencies() -> None:
    path = _testdata().parent / "domain" / "caobang_units_2022.csv"
    if not path.is_file():
        pytest.skip("no caobang_units_2022.csv beside the folder that CONGVU_TESTDATA names")
    with path.open(encoding="utf-8", newline="") as file:
        grid = sheet(list(csv.reader(file)))
    assert guess_table(grid, find_layout(grid), target_tables(), Known())[0][0] == "agencies"
    matched = {rule.target: rule.source for rule in proposed(grid, "agencies").mapping.rules}
    assert matched == {
        "code": ("code",),
        "name": ("name",),
        "kind": ("type",),
        "level": ("level",),
        "parent": ("parent_code",),
    }


def test_an_agency_above_the_table_holds_for_all_rows() -> None:
    rows = [
        ["UBND TỈNH MẪU"],
        ["Đơn vị: UBND huyện Hà Sơn"],
        ["Mã hồ sơ", "Mã thủ tục", "Kênh", "Ngày nhận", "Hẹn trả"],
        *([f"HA-{i:03d}", "1.000123", "Trực tiếp", f"0{i}/03/2022", f"2{i}/03/2022"] for i in range(1, 7)),
    ]
    known = Known({"agencies": {fold("UBND tỉnh Mẫu"), fold("UBND huyện Hà Sơn")}})
    proposal = proposed(sheet(rows), "dossiers", known)
    assert proposal.mapping.rule("agency") == Rule("agency", constant="UBND huyện Hà Sơn")
    guess = proposal.guess("agency")
    assert guess is not None
    assert "phần đầu" in guess.reasons[0]


def test_a_table_that_gets_only_what_is_left_over_is_not_guessed() -> None:
    rows = [
        ["Mã hồ sơ", "Nơi nhận", "Ngày nhận", "Ghi chú"],
        *([f"A{i}", "Sở Nội vụ", f"0{i}/03/2022", "x"] for i in range(1, 5)),
    ]
    grid = sheet(rows)
    assert guess_table(grid, find_layout(grid), target_tables(), Known())[0][0] == "dossiers"


def test_groups_say_what_a_column_with_a_title_alone_does_not() -> None:
    rows = [
        ["Đơn vị", "Mã PAKN", "Ngày tiếp nhận", "Hình thức PAKN", "Lĩnh vực PAKN", "Nội dung"],
        ["1. Sở Y tế"],
        *(["", f"Y{i}", f"1{i}/03/2022", "Điện thoại", "Y tế", f"Phản ánh thái độ phục vụ {i}"] for i in range(1, 4)),
        ["2. Sở Xây dựng"],
        *(["", f"X{i}", f"1{i}/03/2022", "Email", "Đô thị", f"Phản ánh xây nhà trái phép {i}"] for i in range(1, 4)),
    ]
    assert proposed(sheet(rows), "feedback").mapping.rule("agency") == Rule("agency", derive="section")


def test_a_title_about_results_gives_no_outcome_to_all() -> None:
    rows = [
        ["SỔ TIẾP NHẬN HỒ SƠ VÀ TRẢ KẾT QUẢ"],
        ["Mã hồ sơ", "Tên TTHC", "Nơi nhận", "Kênh", "Ngày nhận"],
        *([f"A{i}", "Cấp bản sao", "Sở Y tế", "Trực tiếp", f"1{i}/03/2022"] for i in range(1, 5)),
    ]
    assert proposed(sheet(rows), "dossiers").mapping.rule("outcome") is None
