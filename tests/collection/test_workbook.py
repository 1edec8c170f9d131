"""The workbook beside a form: the same questions and checks; problems name their cell, and then nothing is written."""

import contextlib
import io
import random
import zipfile
from decimal import Decimal

import pytest
import python_calamine
import xlsxwriter

from congvu.collection.filling import Entry, Item
from congvu.collection.models import ReportAnswer
from congvu.collection.rules import Deed
from congvu.collection.services import MoveNotPossible, NotReady, fill, move
from congvu.collection.workbook import WorkbookNotOurs, make_workbook, take_workbook
from congvu.press.fillable import FILE_MAX, WorkbookNotReadable, read_cells

from .conftest import CODE, GOOD

SHEET = "Báo cáo"


@pytest.fixture
def blank(asked, head):
    """The cells of X1's workbook as it is downloaded."""
    return read_cells(make_workbook(head("X1"), CODE, "X1"), SHEET)


def saved(cells, sheet=SHEET):
    """Return a workbook as a desk would save it: texts, and numbers where they are typed as numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet(sheet)
        for row, values in enumerate(cells):
            for column, value in enumerate(values):
                if isinstance(value, (int, float)):
                    page.write_number(row, column, value)
                elif value:
                    page.write_string(row, column, value)
    return out.getvalue()


def row_of(cells, question, item=1):
    return next(number for number, row in enumerate(cells) if row[0] == f"{question}#{item}")


def put(cells, question, answer, more="", evidence="", item=1):
    number = row_of(cells, question, item)
    cells[number][5:8] = [answer, more, evidence]
    return number


def test_the_workbook_has_the_questions_of_the_form_and_what_the_records_know(blank):
    known = {row[0]: row[4] for row in blank if "#" in row[0]}

    assert known["xong#1"] == "2"
    assert known["tre#1"] == "1"
    assert known["ty-le#1"] == "0,5"
    assert known["lop#1"] == "chưa có trong dữ liệu"
    assert known["van-ban#2"] == ""
    assert "cap-duoi#1" not in known, "only districts are asked"


def test_what_is_filled_in_comes_back_as_typed_on_the_page(blank, head, asked):
    put(blank, "xong", 3, "Một hồ sơ giấy chưa nhập")
    put(blank, "lop", 4)
    put(blank, "tu-kiem-tra", 12.5)
    put(blank, "uu-diem", "=Chấp hành tốt")
    put(blank, "han-che", "Còn trễ hạn", "Phân công lại", "question:tre – Hồ sơ trễ hạn")
    take_workbook(head("X1"), CODE, "X1", saved(blank))

    stored = {one.question: one for one in ReportAnswer.objects.filter(agency="X1")}
    assert (stored["xong"].value, stored["xong"].explanation) == (3, "Một hồ sơ giấy chưa nhập")
    assert (stored["lop"].value, stored["lop"].by_hand) == (4, True)
    assert stored["tu-kiem-tra"].value == Decimal("12.5")
    assert stored["uu-diem"].text == "=Chấp hành tốt"
    assert (stored["han-che"].evidence, stored["han-che"].remedy) == ("question:tre", "Phân công lại")


def test_a_round_trip_without_a_change_changes_nothing(asked, head):
    typed = {
        "lop": Entry("7"),
        "tre": Entry("0", "Đã xin lỗi"),
        "nguoi": Entry("1.250"),
        "han-che": Entry(items=(Item("Một", "question:tre", "Hai"), Item("Ba", "question:xong", "Bốn"))),
    }
    fill(head("X1"), CODE, "X1", GOOD | typed)
    before = list(ReportAnswer.objects.order_by("question", "item").values())

    take_workbook(head("X1"), CODE, "X1", make_workbook(head("X1"), CODE, "X1"))

    assert list(ReportAnswer.objects.order_by("question", "item").values()) == before


@pytest.mark.parametrize(
    ("question", "answer", "evidence", "words"),
    [
        ("lop", "năm", "", "không phải số nguyên"),
        ("lop", 1.5, "", "không phải số nguyên"),
        ("lop", -2, "", "không phải số nguyên"),
        ("uu-diem", "a" * 300, "", "nhiều nhất 200"),
        ("van-ban", "99/KH-KHONG", "", "không có trong sổ văn bản"),
        ("han-che", "Yếu", "finding:x", "căn cứ"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell_and_nothing_is_written(blank, head, question, answer, evidence, words):
    put(blank, "tu-kiem-tra", 3)
    number = put(blank, question, answer, "Sửa" if evidence else "", evidence)

    with pytest.raises(NotReady, match=words) as refused:
        take_workbook(head("X1"), CODE, "X1", saved(blank))
    assert f"Ô F{number + 1}: " in str(refused.value)
    assert not ReportAnswer.objects.exists()


def test_the_workbook_of_another_agency_is_refused(asked, head):
    with pytest.raises(WorkbookNotOurs, match="Ô A2"):
        take_workbook(head("X1"), CODE, "X1", make_workbook(head("X2"), CODE, "X2"))


def test_rows_taken_away_or_added_are_refused(blank, head):
    without = [row for row in blank if row[0] != "lop#1"]
    with pytest.raises(WorkbookNotOurs, match=r"cần mã «lop#1», nhận được «ky-luat#1»"):
        take_workbook(head("X1"), CODE, "X1", saved(without))
    with pytest.raises(WorkbookNotOurs, match="dòng lạ ở cuối"):
        take_workbook(head("X1"), CODE, "X1", saved([*blank, ["thêm"]]))


def test_a_workbook_for_a_report_that_is_handed_in_is_refused(blank, hand_in, head):
    hand_in("X1")

    with pytest.raises(MoveNotPossible):
        take_workbook(head("X1"), CODE, "X1", saved(blank))


def _bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


NO_WORKBOOKS = {
    "empty": (b"", "không phải bảng tính"),
    "text": ("Báo cáo".encode(), "không phải bảng tính"),
    "another zip": (_zip(), "không phải bảng tính"),
    "unpacks to too much": (_bomb(), "quá lớn"),
    "too large": (b"P" * (FILE_MAX + 1), "lớn hơn"),
    "another sheet": (saved([["a"]], "Trang khác"), "không có trang"),
    "too many rows": (saved([["x"]] * 2500), "nhiều hơn tệp đã tải về"),
    "nothing in it": (saved([]), "Ô A2"),
}


@pytest.mark.parametrize(("content", "words"), NO_WORKBOOKS.values(), ids=NO_WORKBOOKS)
def test_what_is_no_workbook_of_ours_is_refused_in_words(asked, head, content, words):
    with pytest.raises((WorkbookNotReadable, WorkbookNotOurs), match=words):
        take_workbook(head("X1"), CODE, "X1", content)


def test_a_damaged_workbook_is_refused_or_read_never_a_crash(asked, head):
    whole, chance = make_workbook(head("X1"), CODE, "X1"), random.Random(4)
    for _round in range(60):
        damaged = bytearray(whole)
        for _byte in range(chance.choice([1, 5, 50])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            damaged = damaged[: chance.randrange(len(damaged))]
        with contextlib.suppress(WorkbookNotReadable):
            read_cells(bytes(damaged), SHEET)


def test_cells_to_type_into_are_open_and_the_others_locked(asked, head):
    content = make_workbook(head("X1"), CODE, "X1")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()

    assert "<sheetProtection" in sheet
    assert sheet.count("<dataValidation ") >= 8
    names = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)).sheet_names
    assert names[:2] == ["Hướng dẫn", SHEET]


def test_the_same_form_gives_the_same_bytes(asked, head):
    assert make_workbook(head("X1"), CODE, "X1") == make_workbook(head("X1"), CODE, "X1")


def test_a_submitted_report_can_still_be_downloaded(asked, hand_in, head, officer):
    hand_in("X1")

    assert read_cells(make_workbook(officer, CODE, "X1"), SHEET)
    move(head("H"), CODE, "X1", Deed.ACCEPT)
    assert read_cells(make_workbook(officer, CODE, "X1"), SHEET)
