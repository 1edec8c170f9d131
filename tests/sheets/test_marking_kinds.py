"""Files of other kinds go back as workbooks, and rows that were not taken as a workbook of their own."""

import pytest

from congvu.sheets.grid import SheetRefused
from congvu.sheets.layout import Heading, Layout
from congvu.sheets.marking.mark import LIST, mark, remaining
from congvu.sheets.reading.opening import open_book
from congvu.sheets.result import Note

from .marked_books import MAIN, SHEET, cells, comments, look, rich_book, tree, values

CSV = "Mã;Tên;Ngày\n0012;=cmd|'/C calc'!A0;05/12/2022\n0013;Bà Thử;31/02/2022\n0014;;06/12/2022\n".encode()
NOTES = (
    Note(3, 2, "issued_on", "31/02/2022", "Không có ngày này; cần ngày có thật, ví dụ 28/02/2022."),
    Note(4, 1, "title", "", "Bắt buộc phải có."),
)
LAYOUT = Layout(
    (2, 2), (Heading(0, "Mã hồ sơ"), Heading(1, "Ngày tiếp nhận"), Heading(4, "Ghi chú")), range(3, 13), {}, {}
)


def first_sheet(content: bytes, name: str) -> str:
    return open_book(content, name).sheets[0].name


def test_a_csv_goes_back_as_a_workbook_with_its_texts_in_their_places() -> None:
    sheet = first_sheet(CSV, "so.csv")
    found = mark(CSV, "so.csv", sheet, NOTES)
    (name, rows), (listed, _) = values(found).items()
    assert listed == LIST
    assert rows == [
        ["Mã", "Tên", "Ngày"],
        ["0012", "=cmd|'/C calc'!A0", "05/12/2022"],
        ["0013", "Bà Thử", "31/02/2022"],
        ["0014", "", "06/12/2022"],
    ]
    assert not list(tree(found, "xl/worksheets/sheet1.xml").iter(f"{MAIN}f"))
    assert comments(found) == {"C3": f"⚑ {NOTES[0].reason}", "B4": "⚑ Bắt buộc phải có."}
    assert "FFF8B0A0" in look(found, "B4")["fill"]
    again = mark(found, "so.xlsx", name, NOTES)
    assert comments(again) == comments(found)


def test_a_sheet_of_another_kind_that_is_not_there_is_refused() -> None:
    with pytest.raises(SheetRefused):
        mark(CSV, "so.csv", "Không có trang này", NOTES)


def test_rows_that_were_not_taken_stand_below_the_header_as_it_was() -> None:
    plain = rich_book()
    notes = [
        Note(5, 1, "received_at", "x", "Sai ngày."),
        Note(9, 0, "code", "y", "Mã trùng."),
        Note(3, 0, "c", "", "!"),
    ]
    found = remaining(plain, "hoso.xlsx", SHEET, {9, 5, 6}, notes, layout=LAYOUT)
    before, after = values(plain)[SHEET], values(found)[SHEET]
    assert [row[:5] for row in after] == [row[:5] for row in (before[0], before[1], before[4], before[5], before[8])]
    assert set(comments(found)) == {"B3", "A5"}
    assert comments(found)["A5"] == "⚑ Mã trùng."
    assert tree(found, "xl/worksheets/sheet1.xml").find(f".//{MAIN}mergeCell").get("ref") == "A1:E1"


def test_the_list_says_from_which_file_and_rows_they_come() -> None:
    notes = [Note(5, 1, "received_at", "x", "Sai ngày."), Note(9, 0, "code", "y", "Mã trùng.")]
    listed = values(remaining(rich_book(), "hoso.xlsx", SHEET, {9, 5, 6}, notes, layout=LAYOUT))[LIST]
    assert "«hoso.xlsx»" in str(listed[1][0])
    assert "dòng 5–6, 9 của tệp ấy" in str(listed[1][0])
    assert listed[3][5] == "Dòng trong tệp gốc"
    assert [row[1:6] for row in listed[4:]] == [
        ["B3", "Ngày tiếp nhận", "x", "Sai ngày.", 5.0],
        ["A5", "Mã hồ sơ", "y", "Mã trùng.", 9.0],
    ]


def test_what_remains_can_be_marked_again_and_reduced_again() -> None:
    once = remaining(rich_book(), "hoso.xlsx", SHEET, {5, 6, 9}, [Note(5, 1, "d", "x", "Sai.")], layout=LAYOUT)
    twice = remaining(once, "con-lai.xlsx", SHEET, {3}, [], layout=LAYOUT)
    assert len(values(twice)[SHEET]) == 3
    assert "FFF8B0A" not in look(twice, "B3")["fill"]
    assert "C3" in cells(twice)
