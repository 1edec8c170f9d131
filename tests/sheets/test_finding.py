"""The table is found wherever it stands, and nothing with content vanishes."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from congvu.intake.targets import target_tables
from congvu.sheets.finding.find import fill_merged, find_layout, find_sheet
from congvu.sheets.grid import Grid, SheetRefused
from congvu.sheets.layout import Layout

from .exports import EXPORTS, Export, documents_in, feedback, sheet
from .exports_more import MORE
from .exports_odd import ODD, beside_a_summary


def accounted_for(grid: Grid, layout: Layout) -> bool:
    """Return whether every row with content is header, data, or aside with a reason, and only one of them."""
    header = set(range(layout.header[0], layout.header[1] + 1)) - {0}
    data = set(layout.rows)
    filled = {
        row for row in range(1, grid.height + 1) if any(not isinstance(c, str) or c.strip() for c in grid.row(row))
    }
    return (
        filled <= header | data | layout.aside.keys()
        and not data & (header | layout.aside.keys())
        and all(layout.aside.values())
        and layout.sections.keys() <= layout.aside.keys()
    )


@pytest.mark.parametrize("make", [*EXPORTS, *MORE, *ODD], ids=lambda make: make.__name__)
def test_header_rows_and_groups_are_found(make: Callable[[], Export]) -> None:
    export = make()
    layout = find_layout(export.grid)
    assert layout.header == export.header
    assert list(layout.rows) == list(export.rows)
    assert dict(layout.sections) == dict(export.sections)
    assert accounted_for(export.grid, layout)


CELLS = st.one_of(
    st.just(""),
    st.just("   "),
    st.sampled_from(["STT", "Mã hồ sơ", "Ngày", "Tổng cộng", "I. Nhóm", "Người lập biểu", "(1)", "x"]),
    st.text(max_size=5),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.timedeltas(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=14), st.integers(0, 14))
def test_no_row_with_content_vanishes(rows: list[list[object]], header: int) -> None:
    grid = sheet(rows)  # type: ignore[arg-type]
    try:
        layout = find_layout(grid, header)
    except SheetRefused:
        return
    assert accounted_for(grid, layout)
    assert fill_merged(grid, layout) == grid or grid != grid


def test_a_sheet_without_content_is_refused_by_its_name() -> None:
    with pytest.raises(SheetRefused, match="Trống"):
        find_layout(sheet([["", " "], ["", ""]], name="Trống"))
    with pytest.raises(SheetRefused, match="không có hàng dữ liệu"):
        find_layout(sheet([["Mã hồ sơ", "Ngày tiếp nhận"]]), header=1)


def test_a_header_told_by_a_person_is_taken() -> None:
    grid = sheet([["a", "b"], ["c", "d"], ["e", "f"]])
    layout = find_layout(grid, header=2)
    assert (layout.header[1], list(layout.rows)) == (2, [3])
    with pytest.raises(SheetRefused, match="hàng tiêu đề 9"):
        find_layout(grid, header=9)


def test_same_titles_are_told_apart_and_hidden_columns_said() -> None:
    grid = sheet(
        [["Mã hồ sơ", "Ghi chú", "Ghi chú"], ["H1", "a", "b"], ["H2", "a", "b"]], hidden_columns=frozenset({1})
    )
    assert [(h.title, h.hidden) for h in find_layout(grid).headings] == [
        ("Mã hồ sơ", False),
        ("Ghi chú", True),
        ("Ghi chú (2)", False),
    ]


def test_three_lines_of_a_header_without_merged_cells_are_joined() -> None:
    grid = sheet(
        [
            ["STT", "Mã số", "Hồ sơ", "", "", "Ghi chú"],
            ["", "", "Tiếp nhận", "", "Trả", ""],
            ["", "", "Ngày", "Giờ", "Ngày", ""],
            *([float(i), f"H{i}", "01/02/2022", "08:00", "02/02/2022", ""] for i in range(3)),
        ]
    )
    layout = find_layout(grid)
    assert layout.header == (1, 3)
    assert [heading.title for heading in layout.headings][2:] == [
        "Hồ sơ / Tiếp nhận / Ngày",
        "Hồ sơ / Tiếp nhận / Giờ",
        "Hồ sơ / Trả / Ngày",
        "Ghi chú",
    ]


def test_codes_alone_are_data_and_years_are_titles() -> None:
    assert find_layout(sheet([["H1"], ["H2"]])).header == (0, 0)
    years = sheet([["Chỉ tiêu", "Năm 2020", "Năm 2021"], ["Tiếp nhận", 10.0, 12.0], ["Trả", 9.0, 12.0]])
    assert find_layout(years).header == (1, 1)


def test_a_row_with_its_key_alone_is_data() -> None:
    line = ["Cấp giấy", "01/02/2022", "03/02/2022"]
    grid = sheet([["Mã hồ sơ", "Thủ tục", "Ngày nhận", "Hẹn trả"], ["H1", *line], ["H2"], ["H3", *line], ["H4", *line]])
    assert list(find_layout(grid).rows) == [2, 3, 4, 5]


def test_groups_within_groups_are_joined() -> None:
    grid = sheet(
        [
            ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"],
            ["A. Sở Tư pháp"],
            ["I. Lĩnh vực Hộ tịch"],
            [1.0, "H1", "01/02/2022", "02/02/2022"],
            [2.0, "H2", "01/02/2022", "02/02/2022"],
            ["II. Lĩnh vực Nuôi con nuôi"],
            [3.0, "H3", "01/02/2022", "02/02/2022"],
            ["B. Sở Y tế"],
            [4.0, "H4", "01/02/2022", "02/02/2022"],
        ]
    )
    assert find_layout(grid).sections == {
        2: "Sở Tư pháp",
        3: "Sở Tư pháp / Hộ tịch",
        6: "Sở Tư pháp / Nuôi con nuôi",
        8: "Sở Y tế",
    }


def test_a_merged_value_holds_for_all_rows_of_its_area() -> None:
    rows = [
        ["Mã thủ tục", "Tên thủ tục", "Cấp"],
        ["1.001", "Một", "Cấp tỉnh"],
        ["", "", "Cấp xã"],
        ["1.002", "Hai", "Cấp xã"],
    ]
    grid = sheet(rows, [(2, 0, 3, 0), (2, 1, 3, 1)])
    layout = find_layout(grid)
    assert list(layout.rows) == [2, 3, 4]
    assert fill_merged(grid, layout).columns[0] == ("Mã thủ tục", "1.001", "1.001", "1.002")


def test_the_other_of_two_tables_stands_aside_with_its_reason() -> None:
    layout = find_layout(next(make() for make in EXPORTS if make.__name__ == "tasks_after_summary").grid)
    assert "bảng khác" in layout.aside[2]


def test_the_best_sheet_and_table_are_chosen() -> None:
    cover = sheet([["BÁO CÁO"], ["Kính gửi: Văn phòng"]], name="Bìa")
    book = [("Bìa", False, cover), ("Đến", False, documents_in().grid), ("PAKN", True, sheet([["x"]]))]
    assert find_sheet(book, target_tables()) == ("Đến", "documents")
    assert find_sheet([("Bìa", False, cover), ("PA", False, feedback().grid)], target_tables()) == ("PA", "feedback")


def test_a_long_sheet_is_looked_at_by_its_columns() -> None:
    titles = ["Mã hồ sơ", "Tên thủ tục", "Ngày tiếp nhận", *(f"Cột số {i}" for i in range(11))]
    line = ["Cấp giấy", "01/02/2022", 1.0, 2.0, "a", "", "b", "", "c", "d", "e", "f", "g"]
    rows: list[list[object]] = [["DANH SÁCH"], titles, *([f"H{i}", *line] for i in range(200_000)), ["Tổng cộng"]]
    rows[500] = [""]
    rows[900] = ["II. Lĩnh vực Đất đai"]
    rows[1_200] = titles
    grid = sheet(rows)  # type: ignore[arg-type]
    start = time.process_time()
    layout = find_layout(grid)
    assert time.process_time() - start < 1.0  # 0.2 s on a quiet machine
    assert layout.header == (2, 2)
    assert len(layout.rows) == 200_000 - 3
    assert layout.sections == {901: "Đất đai"}
    assert {901, 1_201, 200_003} < layout.aside.keys()
    assert not {501, 901, 1_201} & set(layout.rows)


def _testdata() -> Path:
    folder = os.environ.get("CONGVU_TESTDATA")
    if not folder or not (Path(folder) / "vn_tthc").is_dir():
        pytest.skip("CONGVU_TESTDATA names no folder with vn_tthc")
    return Path(folder)


@pytest.mark.parametrize(("name", "rows"), [("danh-sach-tthc-BoTuPhap.xlsx", 271), ("toa-an-nhan-dan.xlsx", 3)])
def test_official_lists_lose_no_row(name: str, rows: int) -> None:
    found = CalamineWorkbook.from_path(str(_testdata() / "vn_tthc" / name)).get_sheet_by_index(0)
    layout = find_layout(sheet(found.to_python(skip_empty_area=False), [(1, 0, 1, 4)]))
    assert layout.header == (2, 2)
    assert len(layout.rows) == rows
    assert [h.title for h in layout.headings] == ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]


def test_the_units_of_a_province_lose_no_row() -> None:
    path = _testdata().parent / "domain" / "caobang_units_2022.csv"
    if not path.is_file():
        pytest.skip("no caobang_units_2022.csv beside the folder that CONGVU_TESTDATA names")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    layout = find_layout(sheet(rows))
    assert (layout.header, len(layout.rows)) == ((1, 1), len(rows) - 1)


@pytest.mark.parametrize("make", [*EXPORTS, *MORE, *ODD], ids=lambda make: make.__name__)
def test_the_header_that_was_found_is_found_again_where_it_is_told(make: Callable[[], Export]) -> None:
    grid = make().grid
    found = find_layout(grid)
    again = find_layout(grid, found.header[1])
    assert (again.header, again.headings, list(again.rows)) == (found.header, found.headings, list(found.rows))
    assert again.sections == found.sections


def test_a_two_line_header_over_groups_is_found_again_where_it_is_told() -> None:
    rows = [
        ["DANH MỤC THỦ TỤC"],
        ["STT", "Mã TTHC", "Tên TTHC", "Dịch vụ công", "", "Áp dụng từ"],
        ["", "", "", "Mức độ", "BCCI", ""],
        ["A. CẤP TỈNH"],
        *([float(i), f"1.00{i:04d}", f"Cấp phép loại {i}", "Toàn trình", "Có", "15/03/2022"] for i in range(1, 6)),
    ]
    grid = sheet(rows, [(2, 3, 2, 4)])
    found = find_layout(grid)
    assert found.header == (2, 3)
    assert find_layout(grid, 3) == found


def test_a_table_beside_another_is_told_and_not_read() -> None:
    layout = find_layout(beside_a_summary().grid)
    assert layout.beside == ("Trạng thái", "Số lượng")
    assert [heading.title for heading in layout.headings][-1] == "Ngày nhận"


def test_rows_of_the_other_table_alone_stand_aside() -> None:
    rows = [
        ["Mã HS", "Thủ tục", "Ngày nhận", "Nơi nhận", "", "Mã ĐV", "Tên ĐV"],
        *([f"A{i}", "Cấp bản sao", "01/03/2022", "Sở Y tế", "", f"{i}", f"Đơn vị {i}"] for i in range(4)),
        *(["", "", "", "", "", f"{i}", f"Đơn vị {i}"] for i in range(4, 7)),
    ]
    layout = find_layout(sheet(rows))
    assert list(layout.rows) == [2, 3, 4, 5]
    assert layout.beside == ("Mã ĐV", "Tên ĐV")
    assert accounted_for(sheet(rows), layout)
