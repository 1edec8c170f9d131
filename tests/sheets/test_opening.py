"""Workbooks are opened by what they are, and what calamine does not tell of them is told."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile

import pytest
import xlsxwriter

from congvu.sheets.grid import Area, Grid, SheetRefused
from congvu.sheets.reading import dense, zipped
from congvu.sheets.reading.opening import Book, open_book

from . import books


def first(content: bytes, name: str = "tệp.xlsx") -> Grid:
    book = open_book(content, name)
    return book.read(book.sheets[0].name)


def refusal(content: bytes, name: str = "tệp.xlsx") -> str:
    with pytest.raises(SheetRefused) as caught:
        first(content, name)
    return str(caught.value)


def cell(place: str, value: str, more: str = "") -> str:
    return f'<c r="{place}" {more}><v>{value}</v></c>'


def test_cells_stand_where_they_stand_in_the_file() -> None:
    moment = dt.datetime(2022, 12, 31, 8, 30)
    grid = first(books.written([["Báo cáo"], [], ["Mã", "Số", "Ngày"], ["007", 5, moment], [True, "", ""], []]))
    assert grid.columns == (
        ("Báo cáo", "", "Mã", "007", True),
        ("", "", "Số", 5.0, ""),
        ("", "", "Ngày", moment, ""),
    )
    assert grid.name == "Hồ sơ"


def test_a_table_that_begins_further_right_keeps_its_columns() -> None:
    assert first(books.raw(f'<row r="3">{cell("C3", "1")}</row>')).columns == (
        ("", "", ""),
        ("", "", ""),
        ("", "", 1.0),
    )


def test_sheets_tell_whether_they_are_hidden_and_each_is_read_once() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("Một").write(0, 0, "a")
        made.add_worksheet("Hai").hide()
        made.add_chartsheet("Biểu đồ")
    book = open_book(out.getvalue(), "b.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("Một", False), ("Hai", True)]
    assert book.read("Một") is book.read("Một")
    assert book.read("Hai").columns == ()
    with pytest.raises(SheetRefused, match=r"«Ba».*«Một», «Hai»"):
        book.read("Ba")


def test_hidden_rows_and_columns_and_merged_areas_are_told() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        page = made.add_worksheet()
        page.merge_range(0, 0, 1, 2, "Tiêu đề")
        page.write_row(2, 0, [1, 2, 3, 4])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(1, 2, None, None, {"hidden": True})
        page.set_column(9, 16383, None, None, {"hidden": True})
    grid = first(out.getvalue())
    assert grid.merged == (Area(1, 0, 2, 2),)
    assert grid.hidden_rows == {3}
    assert grid.hidden_columns == {1, 2}


def test_errors_and_formulas_never_computed_are_flaws_with_a_place() -> None:
    grid = first(
        books.raw(
            '<row r="2"><c r="A2"><f>B1*2</f><v>4</v></c><c r="B2" t="e"><f>X</f><v>#REF!</v></c>'
            '<c r="C2"><f>SUM(A1)</f></c><c r="D2"><f>SUM(A1)</f><v></v></c><c r="E2" t="str"><f>""</f><v></v></c>'
            '<c r="F2" t="e"><v>#DIV/0!</v></c></row>'
        )
    )
    assert [(flaw.row, flaw.column, flaw.value) for flaw in grid.flaws] == [
        (2, 1, "#REF!"),
        (2, 5, "#DIV/0!"),
        (2, 2, ""),
        (2, 3, ""),
    ]
    assert "#REF!" in grid.flaws[0].reason
    assert "lưu lại" in grid.flaws[2].reason
    assert grid.row(2) == (4.0, "", "", "", "", "")


def test_a_text_that_looks_like_an_error_is_none() -> None:
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>t="e" #REF! hidden="1"</t></is></c></row>'
    assert first(books.raw(body)).flaws == ()


@pytest.mark.parametrize(
    ("properties", "day"), [("", dt.date(2022, 10, 12)), ('<workbookPr date1904="1"/>', dt.date(2026, 10, 13))]
)
def test_days_are_right_in_both_epochs(properties: str, day: dt.date) -> None:
    book = open_book(
        books.raw(
            f'<row r="1">{cell("A1", "44846", chr(115) + "=" + chr(34) + "1" + chr(34))}</row>', properties=properties
        ),
        "a.xlsx",
    )
    assert book.epoch_1904 is bool(properties)
    assert book.read("S").columns == ((day,),)


@pytest.mark.parametrize("value", ["0", "-1", "2958466", "9e9", "-1e300", "1e308", "NaN", "abc"])
@pytest.mark.parametrize("style", ["1", "2"])
def test_days_that_no_calendar_has_leave_the_others_readable(value: str, style: str) -> None:
    good = cell("B1", "44846", 's="1"')
    bad = cell("A1", value, f's="{style}"')
    assert first(books.raw(f'<row r="1">{bad}{good}</row>')).columns[1] == (dt.date(2022, 10, 12),)


def test_numbers_stored_as_text_stay_texts() -> None:
    assert first(books.written([["0123", "1.200,50"]], strings_to_numbers=False)).row(1) == ("0123", "1.200,50")


@pytest.mark.parametrize(
    "body",
    [
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c/><c><v>3</v></c></row>',
        "<row r='1'><c s='0' r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row><row r='4'><c r='B4'><v>3</v></c></row>",
        f'<x:worksheet xmlns:x="{books.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1">'
        '<x:v>2</x:v></x:c></x:row><x:row r="4"><x:c r="B4"><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        f'<worksheet xmlns="{books.MAIN}"><sheetData><!-- <c r="XFD9"> --><row r="1"><c r="A1"><v>1</v></c><c r="B1">'
        '<v><![CDATA[2]]></v></c></row><row r="4"><c r="B4"><v>3</v></c></row></sheetData></worksheet>',
        (
            '<?xml version="1.0" encoding="UTF-16"?>'
            + str(
                books.parts_of(
                    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v>'
                    '</c></row><row r="4"><c r="B4"><v>3</v></c></row>'
                )["xl/worksheets/sheet1.xml"]
            )
        ).encode("utf-16"),
    ],
)
def test_xml_of_every_writer_is_read(body: str | bytes) -> None:
    assert first(books.raw(body)).columns == ((1.0, "", "", ""), (2.0, "", "", 3.0))


def test_a_stray_cell_at_the_end_of_the_sheet_is_named() -> None:
    table = f'<row r="1">{cell("A1", "1")}{cell("B1", "1")}</row>'
    assert "ô XFD1048576" in refusal(books.raw(f'{table}<row r="1048576">{cell("XFD1048576", "1")}</row>'))
    many = "".join(f'<row r="{row}">{cell(f"A{row}", "1")}</row>' for row in range(2, 4000))
    assert "ô XFD5 " in refusal(books.raw(table + many.replace('<c r="A5" ', '<c r="XFD5" ')))
    # a row can claim anything: what counts is where its cells say they are
    assert "ô XFD1048576" in refusal(books.raw(f'<row r="1">{cell("XFD1048576", "1")}{cell("A1", "1")}</row>'))


def test_cells_outside_of_any_sheet_are_refused() -> None:
    assert "XFE1" in refusal(books.raw("<row>" + "<c><v>1</v></c>" * 16385 + "</row>"))
    assert "ZZZZZ1" in refusal(books.raw(f'<row r="1">{cell("ZZZZZ1", "1")}</row>'))
    assert "A99999999" in refusal(books.raw(f'<row r="1">{cell("A99999999", "1")}</row>'))


def test_a_value_in_the_last_row_under_a_table_is_read() -> None:
    grid = first(
        books.raw(f'<row r="1">{cell("A1", "1")}{cell("B1", "2")}</row><row r="1048576">{cell("A1048576", "3")}</row>')
    )
    assert (grid.height, grid.width, grid.columns[0][-1]) == (1_048_576, 2, 3.0)


def test_a_sheet_of_16384_columns_is_read() -> None:
    grid = first(books.written([range(16384)] * 3))
    assert (grid.height, grid.width, grid.columns[-1]) == (3, 16384, (16383.0,) * 3)


def test_a_million_formatted_empty_rows_leave_the_real_ones() -> None:
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="AZ{row}" s="1"/></row>' for row in range(2, 1_000_001))
    grid = first(books.raw(f'<row r="1">{cell("A1", "1")}</row>{empty}'))
    assert (grid.height, grid.width) == (1, 1)


def test_links_to_other_workbooks_are_told_and_not_followed() -> None:
    parts = books.parts_of('<row r="1"><c r="A1"><f>[1]X!A1</f><v>7</v></c></row>')
    book = open_book(books.zipped({**parts, "xl/externalLinks/externalLink1.xml": "<x/>"}), "a.xlsx")
    assert any("liên kết" in notice for notice in book.notices)
    assert book.read("S").columns == ((7.0,),)


def test_macros_are_refused_whatever_the_name() -> None:
    parts = books.parts_of("")
    for place in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/other/VBAPROJECT.BIN"):
        assert ".xlsx" in refusal(books.zipped({**parts, place: b"x"}))
    assert "macro" in refusal(books.compound({"Workbook": books.old_xls()}, ["_VBA_PROJECT_CUR"]), "a.xls")


def test_passwords_are_refused() -> None:
    assert "mật khẩu" in refusal(books.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}))
    assert "mật khẩu" in refusal(books.compound({"Workbook": books.old_xls(locked=True)}))
    locked = bytearray(books.raw(""))
    place = locked.rindex(b"PK\x01\x02")
    locked[place + 8] |= 1
    assert "mật khẩu" in refusal(bytes(locked))


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    steep = {**books.parts_of(""), "xl/media/x.xml": bytes(20 * 1024**2)}
    assert "bung ra" in refusal(books.zipped(steep))
    plain = books.written([["a" * 3000]])
    monkeypatch.setattr(zipped, "LARGEST", 1000)
    assert "quá giới hạn 1000 byte" in refusal(plain)


def test_a_member_that_is_longer_than_it_says_is_refused() -> None:
    content = bytearray(books.raw(f'<row r="1">{cell("A1", "1")}</row>'))
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 40)
    assert "không dài như" in refusal(bytes(content))
    content = bytearray(books.raw(f'<row r="1">{cell("A1", "1")}</row>'))
    content[place + 16] ^= 1
    assert "mục lục" in refusal(bytes(content))


def test_a_member_twice_is_refused() -> None:
    out = io.BytesIO(books.raw(""))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<x/>")
    assert "hai lần" in refusal(out.getvalue())


def test_bytes_around_the_zip_do_not_matter() -> None:
    assert first(books.raw(f'<row r="1">{cell("A1", "1")}</row>')).columns == ((1.0,),)
    out = io.BytesIO(books.raw(f'<row r="1">{cell("A1", "1")}</row>'))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"PK of somebody"
    assert first(out.getvalue()).columns == ((1.0,),)
    # such a zip is packed anew: another reader might find another table of members in it
    assert not zipped.Parts(out.getvalue(), "a").plain
    assert zipped.Parts(books.raw(""), "a").plain


def test_paths_written_with_backslashes_are_found() -> None:
    parts = books.parts_of(f'<row r="1">{cell("A1", "1")}</row>')
    assert first(books.zipped({path.replace("/", "\\"): part for path, part in parts.items()})).columns == ((1.0,),)


def test_repeated_long_texts_are_counted_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 101))
    shared = f'<sst xmlns="{books.MAIN}"><si><t>{"x" * 1000}</t></si></sst>'
    content = books.zipped({**books.parts_of(rows), "xl/sharedStrings.xml": shared})
    assert first(content).height == 100
    monkeypatch.setattr("congvu.sheets.reading.package.TEXT_MAX", 50_000)
    assert "lặp lại" in refusal(content)


def test_document_types_are_refused_and_entities_stay_closed() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    sheet = str(books.parts_of("")["xl/worksheets/sheet1.xml"])
    assert "DOCTYPE" in refusal(books.raw(entity + sheet))
    parts = books.parts_of("")
    parts["xl/workbook.xml"] = entity + str(parts["xl/workbook.xml"])
    assert "xl/workbook.xml" in refusal(books.zipped(parts))


def opened_old(name: str, **options: bool) -> Book:
    return open_book(books.compound({"Workbook": books.old_xls(**options)}), name)


def test_an_old_workbook_called_xlsx_is_read_with_a_notice() -> None:
    book = opened_old("a.xlsx", epoch_1904=True, linked=True)
    assert (book.kind, book.epoch_1904) == ("xls", True)
    assert ".xlsx" in book.notices[0]
    assert "liên kết" in book.notices[1]
    assert opened_old("a.xls").notices == ()
    grid = book.read("Hồ sơ")
    assert grid.columns == (("Mã hồ sơ", "HS-1", ""), ("Số", 12.5, ""), ("", "", "cuối"))
    assert (grid.hidden_rows, grid.hidden_columns, grid.merged) == ({2}, {1}, (Area(3, 0, 3, 1),))
    assert [(flaw.row, flaw.column, flaw.value) for flaw in grid.flaws] == [(2, 2, "#REF!")]


def test_open_documents_are_read_with_what_they_hide() -> None:
    spanned = books.ods_cell("a", 'table:number-columns-spanned="2"')
    wrong = books.ods_cell("#REF!", 'calcext:value-type="error"')
    rows = (
        f"<table:table-row>{spanned}<table:covered-table-cell/>{wrong}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2" table:visibility="filter">{books.ods_cell("b")}'
        '</table:table-row><table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    book = open_book(books.ods(rows, columns), "a.ods")
    grid = book.read("S")
    assert (book.kind, grid.columns[0]) == ("ods", ("a", "b", "b"))
    assert (grid.hidden_rows, grid.hidden_columns, grid.merged) == ({2, 3}, {1}, (Area(1, 0, 1, 1),))
    assert [(flaw.row, flaw.column, flaw.value) for flaw in grid.flaws] == [(1, 2, "#REF!")]


def test_open_documents_that_repeat_too_much_are_refused() -> None:
    wide = books.ods_cell("b", 'table:number-columns-repeated="200"')
    assert "quá lớn" in refusal(
        books.ods(f'<table:table-row table:number-rows-repeated="1000000">{wide}</table:table-row>')
    )
    long = books.ods_cell("b" * 1000, 'table:number-columns-repeated="10"')
    assert "quá lớn" in refusal(
        books.ods(f'<table:table-row table:number-rows-repeated="900000">{long}</table:table-row>')
    )


def test_binary_workbooks_are_read_within_bounds() -> None:
    book = open_book(books.xlsb(3, 2), "a.xlsb")
    grid = book.read("S")
    assert (book.kind, book.epoch_1904, grid.row(1), grid.row(5)) == ("xlsb", True, ("", 5.0, ""), ("", "", 2.5))
    assert [(flaw.row, flaw.column, flaw.value) for flaw in grid.flaws] == [(1, 0, "#REF!")]
    assert grid.hidden_rows == {1}
    assert "XFD1000002" in refusal(books.xlsb(1_000_000, dense.COLUMNS_MAX - 1))


def test_a_nul_in_a_text_is_left_out() -> None:
    parts = books.unzipped(books.written([["Mã", "Tên"], ["A#B", "x"]]))
    shared = {name: part.replace(b"A#B", b"A_x0000_B") for name, part in parts.items()}
    book = open_book(books.zipped(shared), "a.xlsx")
    assert book.read(book.sheets[0].name).columns[0] == ("Mã", "AB")
