"""A marked workbook is the same workbook, with its wrong cells coloured, commented and listed."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from congvu.sheets.grid import SheetRefused
from congvu.sheets.layout import Heading, Layout
from congvu.sheets.marking.mark import COMMENTS_MAX, LIST, is_ours, mark
from congvu.sheets.marking.xlsx_sheet import ORDER
from congvu.sheets.result import Note

from .marked_books import MAIN, SHEET, cells, comments, look, members, rich_book, tree, values, zipped

FRAME = "xl/worksheets/sheet1.xml"
NEW = "xl/worksheets/sheet3.xml"
NOTES = (
    Note(4, 1, "received_at", "04/12/2022", "Ngày tiếp nhận sau ngày trả; cần ngày trước 01/12/2022."),
    Note(4, 0, "code", "HS-0003", "Mã này đã có ở dòng 9."),
    Note(4, 0, "code", "HS-0003", "=HYPERLINK(sai)\ncần 9 chữ số."),
    Note(7, 4, "note", "", "Bắt buộc phải có."),
    Note(30, 6, "note", "", "Cột này phải có giá trị."),
    Note(8, None, "", "", "Cơ quan không có vào ngày của dòng."),
)
LAYOUT = Layout(
    (2, 2), (Heading(0, "Mã hồ sơ"), Heading(1, "Ngày tiếp nhận"), Heading(4, "Ghi chú")), range(3, 13), {}, {}
)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return rich_book()


@pytest.fixture(scope="module")
def marked(plain: bytes) -> bytes:
    return mark(plain, "hoso.xlsx", SHEET, NOTES, layout=LAYOUT)


def test_every_part_that_need_not_change_is_the_same_byte_for_byte(plain: bytes, marked: bytes) -> None:
    before, after = members(plain), members(marked)
    assert {name for name in after if after[name] != before.get(name)} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        FRAME,
        NEW,
    }
    assert list(after)[: len(before)] == list(before)


def test_all_values_are_read_as_before(plain: bytes, marked: bytes) -> None:
    before, after = values(plain), values(marked)
    assert list(after) == [*before, LIST]
    assert {name: after[name] for name in before} == before


def test_rules_merges_chart_picture_header_and_formulas_survive(plain: bytes, marked: bytes) -> None:
    def frame(content: bytes) -> dict[str, bytes]:
        root = tree(content, FRAME)
        return {
            etree.QName(each).localname: etree.tostring(each, method="c14n")
            for each in root
            if each.tag not in (f"{MAIN}sheetData", f"{MAIN}dimension")
        }

    assert frame(marked) == frame(plain)
    assert {"conditionalFormatting", "dataValidations", "mergeCells", "drawing", "headerFooter"} <= frame(plain).keys()
    formulas = [each.text for each in tree(marked, FRAME).iter(f"{MAIN}f")]
    assert formulas == [each.text for each in tree(plain, FRAME).iter(f"{MAIN}f")] != []
    assert [row.get("r") for row in tree(marked, FRAME).iter(f"{MAIN}row") if row.get("hidden")] == ["6"]


def test_a_wrong_cell_keeps_its_font_and_number_format_under_our_colour(plain: bytes, marked: bytes) -> None:
    was, is_now = look(plain, "B4"), look(marked, "B4")
    assert (is_now["font"], is_now["number"]) == (was["font"], was["number"])
    assert 'rgb="FFF8B0A' in is_now["fill"]
    assert 'style="double"' in is_now["border"]


def test_other_cells_keep_their_styles(plain: bytes, marked: bytes) -> None:
    before = {name: cell.get("s") for name, cell in cells(plain).items()}
    after = {name: cell.get("s") for name, cell in cells(marked).items()}
    assert {name for name in after if after[name] != before.get(name)} == {"B4", "A4", "E7", "A8", "G30"}


def test_cells_and_rows_that_were_not_there_stand_in_their_order(marked: bytes) -> None:
    rows = [int(row.get("r")) for row in tree(marked, FRAME).iter(f"{MAIN}row")]
    assert rows == sorted(rows)
    assert rows[-1] == 30
    seventh = next(row for row in tree(marked, FRAME).iter(f"{MAIN}row") if row.get("r") == "7")
    assert [cell.get("r") for cell in seventh] == ["A7", "B7", "C7", "D7", "E7"]
    assert seventh.get("spans") is None
    assert tree(marked, FRAME).find(f"{MAIN}dimension").get("ref") == "A1:G30"


def test_the_elements_of_the_sheets_stand_in_the_order_that_excel_insists_on(marked: bytes) -> None:
    for part in (FRAME, NEW):
        places = [ORDER.index(etree.QName(each).localname) for each in tree(marked, part)]
        assert places == sorted(places)


def test_what_is_wrong_is_said_at_the_cell_and_beside_what_people_said(marked: bytes) -> None:
    said = comments(marked)
    assert said["A4"] == "Bà Thử đã gọi điện hỏi lại.\n⚑ Mã này đã có ở dòng 9.\n⚑ =HYPERLINK(sai) cần 9 chữ số."
    assert said["E7"] == "⚑ Bắt buộc phải có."
    assert said["A8"] == "⚑ (cả dòng) Cơ quan không có vào ngày của dòng."
    boxes = members(marked)["xl/drawings/vmlDrawing1.vml"].decode()
    assert boxes.count('ObjectType="Note"') == len(said) == 5
    assert etree.fromstring(boxes.encode()) is not None


def test_an_error_in_a_merged_area_is_said_at_the_cell_that_shows(plain: bytes) -> None:
    found = mark(plain, "hoso.xlsx", SHEET, [Note(1, 3, "x", "", "Thiếu."), Note(1, 0, "x", "", "Sai.")])
    assert comments(found)["A1"] == "⚑ Sai.\n⚑ Thiếu."
    assert cells(found)["D1"].get("s") == cells(plain)["D1"].get("s")


def test_the_list_says_where_a_row_is_hidden(plain: bytes) -> None:
    found = mark(plain, "hoso.xlsx", SHEET, [Note(6, 0, "x", "", "Thiếu."), Note(7, 0, "x", "", "Thiếu.")])
    assert [row[4] for row in values(found)[LIST][4:]] == ["Thiếu. (Dòng này đang ẩn.)", "Thiếu."]
    assert comments(found)["A6"] == "⚑ Thiếu."


def test_the_list_has_every_error_with_a_link_to_its_cell(marked: bytes) -> None:
    rows = values(marked)[LIST]
    assert rows[0][0] == LIST
    assert "5 ô cần sửa ở 4 dòng" in str(rows[1][0])
    assert [row[:5] for row in rows[3:]] == [
        ["STT", "Ô", "Cột", "Giá trị trong ô", "Sai ở đâu, cần gì"],
        [1.0, "A4", "Mã hồ sơ", "HS-0003", "Mã này đã có ở dòng 9."],
        [2.0, "A4", "Mã hồ sơ", "HS-0003", "=HYPERLINK(sai)\ncần 9 chữ số."],
        [3.0, "B4", "Ngày tiếp nhận", "04/12/2022", NOTES[0].reason],
        [4.0, "E7", "Ghi chú", "", "Bắt buộc phải có."],
        [5.0, "A8", "(cả dòng)", "", "Cơ quan không có vào ngày của dòng."],
        [6.0, "G30", "Cột G", "", "Cột này phải có giá trị."],
    ]
    root = tree(marked, NEW)
    links = {link.get("ref"): link.get("location") for link in root.iter(f"{MAIN}hyperlink")}
    assert links["B7"] == "'Danh sách'!B4"
    assert root.find(f"{MAIN}autoFilter").get("ref") == "A4:E10"
    assert next(root.iter(f"{MAIN}pane")).get("topLeftCell") == "A5"
    assert not list(root.iter(f"{MAIN}f"))


def test_a_text_like_a_formula_is_quoted_in_the_list(marked: bytes) -> None:
    styles = tree(marked, "xl/styles.xml").find(f"{MAIN}cellXfs")
    told = cells(marked, NEW)
    assert styles[int(told["E6"].get("s"))].get("quotePrefix") == "1"
    assert styles[int(told["E5"].get("s"))].get("quotePrefix") is None


def test_a_second_round_gives_the_same_as_one(plain: bytes, marked: bytes) -> None:
    assert mark(marked, "hoso.xlsx", SHEET, NOTES, layout=LAYOUT) == marked


def test_a_round_without_errors_takes_all_marks_off(plain: bytes, marked: bytes) -> None:
    clean = mark(marked, "hoso.xlsx", SHEET, ())
    for cell in ("A4", "B4", "B5"):
        assert look(clean, cell) == look(plain, cell)
    assert comments(clean) == comments(plain)
    assert members(clean)["xl/drawings/vmlDrawing1.vml"] == members(plain)["xl/drawings/vmlDrawing1.vml"]
    assert len(values(clean)[LIST]) == 4


def test_a_list_that_was_hidden_shows_again(marked: bytes) -> None:
    parts = members(marked)
    hidden = parts["xl/workbook.xml"].replace(
        'name="Lỗi cần sửa"'.encode(), 'name="Lỗi cần sửa" state="hidden"'.encode()
    )
    assert hidden != parts["xl/workbook.xml"]
    again = mark(zipped(parts | {"xl/workbook.xml": hidden}), "hoso.xlsx", SHEET, NOTES, layout=LAYOUT)
    assert members(again)["xl/workbook.xml"] == parts["xl/workbook.xml"]


def test_what_a_person_adds_to_our_comment_stays(marked: bytes) -> None:
    parts = members(marked)
    said = parts["xl/comments1.xml"].decode().replace("⚑ Bắt buộc phải có.", "⚑ Bắt buộc phải có.\nĐã hỏi xã.")
    clean = mark(zipped(parts | {"xl/comments1.xml": said.encode()}), "hoso.xlsx", SHEET, ())
    assert comments(clean)["E7"] == "Đã hỏi xã."


def test_marks_go_also_where_the_list_was_deleted(marked: bytes) -> None:
    parts = members(marked)
    book = etree.fromstring(parts["xl/workbook.xml"])
    sheets = book.find(f"{MAIN}sheets")
    sheets.remove(sheets[-1])
    clean = mark(zipped(parts | {"xl/workbook.xml": etree.tostring(book)}), "hoso.xlsx", SHEET, ())
    assert "FFF8B0A" not in look(clean, "B4")["fill"]
    assert "FFC1272D" not in look(clean, "B4")["border"]


def test_marks_on_another_sheet_go_when_the_next_sheet_is_marked(marked: bytes, plain: bytes) -> None:
    other = mark(marked, "hoso.xlsx", "Danh mục", [Note(1, 0, "x", "Thu đủ", "Không có mã này.")])
    assert look(other, "B4") == look(plain, "B4")
    assert comments(other) == comments(plain)
    assert "FFF8B0A" in look(other, "A1", "xl/worksheets/sheet2.xml")["fill"]
    assert comments(other, "xl/comments2.xml") == {"A1": "⚑ Không có mã này."}
    assert sum(is_ours(name) for name in values(other)) == 1


def test_beyond_the_cap_cells_are_coloured_and_the_list_says_so() -> None:
    count = COMMENTS_MAX + 5
    notes = [Note(row, 0, "code", f"HS-{row}", "Sai.") for row in range(3, count + 3)]
    found = mark(rich_book(count), "hoso.xlsx", SHEET, notes)
    assert "FFF8B0A" in look(found, f"A{count + 2}")["fill"]
    assert len(comments(found)) == COMMENTS_MAX
    rows = values(found)[LIST]
    assert "chỉ 5.000 lỗi đầu trong 5.005 lỗi được chú thích và liệt kê" in str(rows[3][0])
    assert rows[-1][0] == COMMENTS_MAX


@pytest.mark.parametrize("name", ["Lỗi cần sửa", "lỗi cần sửa (2)", "Lỗi cần sửa_2", "Lỗi cần sửa "])
def test_the_list_is_known_by_its_name(name: str) -> None:
    assert is_ours(name)
    assert not is_ours(f"Bảng {name}")


@pytest.mark.parametrize("sheet", ["Không có", LIST])
def test_a_sheet_that_is_not_there_is_refused(marked: bytes, sheet: str) -> None:
    with pytest.raises(SheetRefused, match="không có trang"):
        mark(marked, "hoso.xlsx", sheet, NOTES)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_part_is_refused_or_marked(data: st.DataObject) -> None:
    parts = members(rich_book(3))
    name = data.draw(st.sampled_from(sorted(parts)))
    body = bytearray(parts[name])
    at = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(at, min(at + 40, len(body))))
    body[at:end] = data.draw(st.binary(max_size=6))
    with suppress(SheetRefused):
        assert mark(zipped(parts | {name: bytes(body)}), "hong.xlsx", SHEET, NOTES)
