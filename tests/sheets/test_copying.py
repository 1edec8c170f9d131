"""A sheet of any kind becomes a workbook with each value in its place, and no text becomes a formula."""

import datetime as dt
import io

import pytest
import python_calamine as calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.sheets.grid import Area, Cell, Flaw, Grid, SheetRefused
from congvu.sheets.marking.copying import copied, sheet_name

from .marked_books import MAIN, tree, values

FRAME = "xl/worksheets/sheet1.xml"
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("DANH SÁCH", "", ""),
    ("Mã", "Ngày", "Giờ"),
    ("=cmd|' /C calc'!A0", dt.date(2022, 12, 31), dt.time(7, 30)),
    ("0012", dt.datetime(2022, 12, 31, 14, 5, 59), dt.timedelta(hours=30)),
    ("http://mau.example", dt.date(1890, 5, 19), ""),
    ("", 12.5, True),
)


def grid(rows: tuple[tuple[Cell, ...], ...] = ROWS, **more: object) -> Grid:
    return Grid("hồ sơ", tuple(zip(*rows, strict=True)), **more)  # type: ignore[arg-type]


def test_values_keep_their_places_and_their_types() -> None:
    assert values(copied(grid())) == {
        "hồ sơ": [
            ["DANH SÁCH", "", ""],
            ["Mã", "Ngày", "Giờ"],
            ["=cmd|' /C calc'!A0", dt.date(2022, 12, 31), dt.time(7, 30)],
            ["0012", dt.datetime(2022, 12, 31, 14, 5, 59), dt.timedelta(hours=30)],
            ["http://mau.example", "19/05/1890", ""],
            ["", 12.5, True],
        ]
    }


def test_what_no_cell_holds_as_a_number_is_a_text() -> None:
    assert values(copied(grid(((float("nan"),), (float("inf"),)))))["hồ sơ"] == [["nan"], ["inf"]]


def test_texts_like_formulas_stay_texts_also_when_edited() -> None:
    book = copied(grid((("=1+1",), ("+84",), ("-5",), ("@x",), ("x",))))
    styles = tree(book, "xl/styles.xml").find(f"{MAIN}cellXfs")
    quoted = [styles[int(cell.get("s", "0"))].get("quotePrefix") for cell in tree(book, FRAME).iter(f"{MAIN}c")]
    assert quoted == ["1", "1", "1", "1", None]
    assert not list(tree(book, FRAME).iter(f"{MAIN}f"))


def test_an_error_stands_there_as_a_text() -> None:
    book = copied(grid(flaws=(Flaw(6, 0, "#REF!", "Ô có lỗi."),)))
    assert values(book)["hồ sơ"][5] == ["#REF!", 12.5, True]


def test_some_rows_stand_one_below_the_other_with_the_merged_areas_that_came_whole() -> None:
    merged = (Area(1, 0, 1, 2), Area(4, 0, 5, 0), Area(5, 1, 6, 1))
    book = copied(grid(merged=merged), [1, 2, 4, 5])
    with calamine.CalamineWorkbook.from_object(io.BytesIO(book)) as opened:
        sheet = opened.get_sheet_by_index(0)
        assert [row[0] for row in sheet.to_python()] == ["DANH SÁCH", "Mã", "0012", "http://mau.example"]
        assert sheet.merged_cell_ranges == [((0, 0), (0, 2)), ((2, 0), (3, 0))]


def test_a_sheet_that_counts_days_from_1904_goes_on_so() -> None:
    book = copied(grid(), epoch_1904=True)
    assert tree(book, "xl/workbook.xml").find(f"{MAIN}workbookPr").get("date1904") == "1"
    assert values(book) == values(copied(grid()))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert copied(grid()) == copied(grid())


def test_a_text_that_no_cell_holds_is_refused_with_its_cell() -> None:
    with pytest.raises(SheetRefused, match=r"Ô B2 dài 40\.000 ký tự"):
        copied(grid((("a", "b"), ("c", "x" * 40_000))))


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    with pytest.raises(SheetRefused, match=r"1\.048\.577 dòng"):
        copied(Grid("dài", (("",) * 1_048_577,)))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("a/b:c", "a_b_c"),
        ("'x'", "x"),
        ("", "Dữ liệu"),
        ("d" * 40, "d" * 31),
        ("d" * 30 + "𐀀", "d" * 30),
        ("History", "History_"),
    ],
)
def test_any_name_becomes_one_that_a_sheet_may_have(name: str, allowed: str) -> None:
    assert sheet_name(name) == allowed


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.one_of(st.text(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.timedeltas())), st.text()
)
def test_no_value_and_no_name_stops_it(column: list[Cell], name: str) -> None:
    assert copied(Grid(name, (tuple(column),)))
