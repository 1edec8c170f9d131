"""The workbook is read back by another program: types, no formulas, and refusals instead of cuts."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from fractions import Fraction

import pytest
import python_calamine
import time_machine

from congvu.press.xlsx import Column, Sheet, Typed, WorkbookTooLarge, to_xlsx
from tests.press import sample

COLUMNS = (
    Column("Mã", width=20),
    Column("Số hồ sơ", "integer"),
    Column("Điểm", "decimal"),
    Column("Tỷ lệ", "percent"),
    Column("Ngày", "date"),
    Column("Lúc", "datetime", 18),
)
ROWS = (
    ("001", 48_447, Decimal("12.5"), Fraction(1, 4), dt.date(2022, 3, 8), dt.datetime(2022, 12, 21, 8, 30)),
    (None, 0, -1.25, 0.995, None, dt.datetime(2022, 12, 31, 18, 30, tzinfo=dt.UTC)),
)


def sheet(rows=ROWS, name="Hồ sơ", columns=COLUMNS, notes=(sample.NOTICE,)):
    return Sheet(name, "Danh sách hồ sơ", columns, rows, notes)


def read(data, index=0):
    return python_calamine.CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(index).to_python()


def xml(data, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def one_cell(value, kind="text"):
    return read(to_xlsx([sheet(((value,),), columns=(Column("A", kind),))]))[-1][0]


def test_values_come_back_with_their_types():
    title, note, empty, header, *rows = read(to_xlsx([sheet()]))
    assert (title[0], note[0], set(empty)) == ("Danh sách hồ sơ", "DỮ LIỆU MÔ PHỎNG", {""})
    assert header == [column.title for column in COLUMNS]
    assert rows == [
        ["001", 48447.0, 12.5, 0.25, dt.date(2022, 3, 8), dt.datetime(2022, 12, 21, 8, 30)],
        ["", 0.0, -1.25, 0.995, "", dt.datetime(2023, 1, 1, 1, 30)],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+84 263", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}", "http://x.vn"])
@pytest.mark.parametrize("kind", ["text", "integer", "date"])
def test_text_never_becomes_a_formula_a_link_or_a_number(text, kind):
    data = to_xlsx([sheet(((text,),), columns=(Column("A", kind),))])
    assert read(data)[-1] == [text]
    assert "<f>" not in xml(data)
    assert "hyperlink" not in xml(data)
    style = int(xml(data).split('r="A5" s="')[1].split('"')[0])
    formats = xml(data, "xl/styles.xml").split("<cellXfs")[1].split("</cellXfs>")[0].split("<xf ")[1:]
    assert ("quotePrefix" in formats[style]) is text.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("value", "kind", "held"),
    [
        (10**15, "integer", "1000000000000000"),
        (10**15 - 1, "integer", 999_999_999_999_999.0),
        (True, "text", "Có"),
        (False, "integer", "Không"),
        ("đang tổng hợp", "integer", "đang tổng hợp"),
        (dt.date(1890, 9, 2), "date", "02/09/1890"),
        ("dòng\vhai\x07", "text", "dòng\nhai"),
    ],
)
def test_what_excel_cannot_keep_exactly_becomes_text(value, kind, held):
    assert one_cell(value, kind) == held


def test_numbers_and_dates_are_shown_the_vietnamese_way():
    styles = xml(to_xlsx([sheet()]), "xl/styles.xml")
    for code in ("[$-42A]#,##0", "[$-42A]#,##0.00", "[$-42A]0.00%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"):
        assert f'formatCode="{code}"' in styles


def test_the_header_stays_in_sight_and_filters_exactly_the_rows():
    page = xml(to_xlsx([sheet()]))
    assert '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/>' in page
    assert '<autoFilter ref="A4:F6"/>' in page


def test_a_row_is_high_enough_for_its_wrapped_text():
    page = xml(to_xlsx([sheet((("x" * 90,), ("a\nb",), ("y",)), columns=(Column("A", width=30),))]))
    heights = [float(piece.split('"')[0]) for piece in page.split(' ht="')[1:]]
    assert heights == [47.25, 31.5, 15.75]


def test_a_sheet_may_have_no_rows():
    assert len(read(to_xlsx([sheet(())]))) == 4


def test_sheets_keep_their_order():
    data = to_xlsx([sheet(name="Hai"), sheet(name="Một")])
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
    assert book.sheet_names == ["Hai", "Một"]


@pytest.mark.parametrize("meta", [None, sample.META], ids=["no meta", "meta"])
def test_the_same_sheets_give_the_same_bytes_on_any_day(meta):
    first = to_xlsx([sheet()], meta)
    with time_machine.travel("2031-05-06T07:08:09Z"):
        assert to_xlsx([sheet()], meta) == first


def test_the_properties_are_those_of_the_document():
    core = xml(to_xlsx([sheet()], sample.META), "docProps/core.xml")
    assert sample.META.title in core
    assert "2022-12-21T01:00:00Z" in core


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "[a]", "a:b", "'a"])
def test_a_name_that_excel_refuses_is_refused_here(name):
    with pytest.raises(ValueError, match="name of a sheet"):
        sheet(name=name)


def test_a_name_stands_once_whatever_its_case():
    with pytest.raises(ValueError, match="same name"):
        to_xlsx([sheet(name="Hồ sơ"), sheet(name="HỒ SƠ")])


def test_a_workbook_needs_a_sheet():
    with pytest.raises(ValueError, match="needs a sheet"):
        to_xlsx([])


def test_a_row_is_as_long_as_the_header():
    with pytest.raises(ValueError, match="row 1 of 'Hồ sơ' has 1 values for 2 columns"):
        sheet((("a", "b"), ("a",)), columns=COLUMNS[:2])


def test_a_cell_with_too_much_text_is_refused_by_place():
    fits, too_long = "x" * 32_767, "x" * 32_768
    assert one_cell(fits) == fits
    with pytest.raises(WorkbookTooLarge, match="“Hồ sơ”, dòng 5, cột “A”: nội dung dài 32768 ký tự"):
        one_cell(too_long)


def test_more_rows_than_a_sheet_holds_are_refused_before_writing():
    too_many = sheet(((1,),) * 1_048_573, columns=(Column("A", "integer"),))
    with pytest.raises(WorkbookTooLarge, match="1048573 dòng"):
        to_xlsx([too_many])


def test_a_value_may_be_of_another_kind_than_its_column():
    columns = (Column("A", "integer"), Column("B"))
    rows = ((Typed(Fraction(1, 4), "percent"), Typed(2022, "plain")), (7, Typed(dt.date(2022, 3, 8), "date")))
    data = to_xlsx([sheet(rows, columns=columns)])

    assert read(data)[-2:] == [[0.25, 2022.0], [7.0, dt.date(2022, 3, 8)]]
    codes = xml(data, "xl/styles.xml").split("<cellXfs")[1].split("<xf ")[1:]
    styles = [int(piece.split('"')[0]) for piece in xml(data).split('<row r="5"')[1].split(' s="')[1:3]]
    assert ["numFmtId=" in codes[style] for style in styles] == [True, True]
    assert len(set(styles)) == 2


def test_a_column_without_a_width_is_as_wide_as_what_stands_in_it_within_bounds():
    columns = tuple(Column(title, width=None) for title in ("A", "Đơn vị", "C", "D"))
    rows = (("x" * 30, "a", "y" * 500, dt.datetime(2022, 12, 21, 8)),)
    found = xml(to_xlsx([sheet(rows, columns=columns)])).split("<cols>")[1].split("</cols>")[0]

    widths = [float(piece.split('"')[0]) for piece in found.split(' width="')[1:]]
    assert widths[0] >= 30
    assert 8 <= widths[1] < 12
    assert 60 <= widths[2] < 61
    assert widths[3] >= 16


def test_streamed_rows_are_taken_one_by_one_and_say_the_same():
    taken = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield (f"dòng {number}", number)

    columns = (Column("A", width=None), Column("B", "integer"))
    streamed = to_xlsx([sheet(rows(), columns=columns)], streamed=True)

    assert len(taken) == 1000
    assert read(streamed) == read(to_xlsx([sheet(tuple(rows()), columns=columns)]))
    assert '<autoFilter ref="A4:B1004"/>' in xml(streamed)
    assert 'state="frozen"' in xml(streamed)


def test_a_streamed_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="row 1 of"):
        to_xlsx([sheet(iter([("a",), ("a", "b")]), columns=(Column("A"),))], streamed=True)
