"""CSV, HTML tables and XML of Excel 2003; and files that are no sheets at all."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import unicodedata

import pytest

from congvu.sheets.grid import Area
from congvu.sheets.reading import html_table
from congvu.sheets.reading.opening import open_book
from congvu.sheets.reading.tcvn3 import _LETTERS

from . import books
from .test_opening import first, refusal

SAID = "Mã;Tên;Ghi chú\r\n001;Nguyễn Thị Hồng;Đã trả, đúng hạn\r\n002;Lò Văn Ửng;\r\n"
COLUMNS = (("Mã", "001", "002"), ("Tên", "Nguyễn Thị Hồng", "Lò Văn Ửng"), ("Ghi chú", "Đã trả, đúng hạn", ""))


def in_1258(text: str) -> bytes:
    """Return the text as Windows-1258 has it: five tones are marks of their own behind the letter."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            plain = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
            out += plain.encode("cp1258") + tones.encode("cp1258")
    return out


def in_tcvn3(text: str) -> bytes:
    codes = {letter: code for code, letter in _LETTERS.items()}
    return bytes(codes.get(letter, ord(letter)) for letter in text)


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("utf-16"),
        b"\xfe\xff" + SAID.encode("utf-16-be"),
        in_1258(SAID),
        ("sep=;\r\n" + SAID).encode(),
        SAID.replace("\r\n", "\r").encode(),
        SAID.replace("\r\n", "\n").encode(),
        SAID.replace(";", "\t").encode(),
        SAID.replace(";", "|").encode(),
        gzip.compress(SAID.encode()),
    ],
)
def test_csv_of_every_encoding_and_delimiter(content: bytes) -> None:
    assert first(content, "a.csv").columns == COLUMNS


def test_commas_in_texts_are_not_taken_for_the_delimiter() -> None:
    assert first(b'a,"b,c",d\n1,"2,3",4\n').columns == (("a", "1"), ("b,c", "2,3"), ("d", "4"))
    assert first("Tên\nA, B\nC\nD, E, F\n".encode()).width in (1, 3)
    assert first(b"so;tien\n1;1,5\n2;2,5\n3;3,5\n").columns[1] == ("tien", "1,5", "2,5", "3,5")


def test_old_encodings_are_told() -> None:
    book = open_book(in_1258(SAID), "a.csv")
    assert "Windows-1258" in book.notices[0]
    text = "Mã;Họ và tên\n1;Nguyễn Thị Hường, xã Đức Long\n2;Phùng Vũ Kỳ ở huyện Thạch An\n"
    book = open_book(in_tcvn3(text), "a.csv")
    assert "TCVN3" in book.notices[0]
    assert book.read("a").row(2) == ("1", "Nguyễn Thị Hường, xã Đức Long")


def test_text_of_vni_fonts_is_refused() -> None:
    assert "VNI" in refusal("Hoï vaø teân;Ñòa chæ\nNguyeãn Vaên Höông;Xaõ Hoøa An\n".encode("latin-1"), "a.csv")


def test_bytes_of_no_encoding_are_refused_with_their_line() -> None:
    assert "dòng 2" in refusal(b"\xef\xbb\xbfa,b\n\xff\xfe,1\n", "a.csv")
    assert "bảng mã" in refusal("姓名,地址\n张三,北京市朝阳区\n李四,上海市浦东新区\n".encode("gbk"), "a.csv")


def test_quotes_line_breaks_and_ragged_rows() -> None:
    grid = first(b'a,b\n"x\ny, ""z""",1,2\n\n3\n', "a.csv")
    assert grid.columns == (("a", 'x\ny, "z"', "", "3"), ("b", "1", "", ""), ("", "2", "", ""))


def test_a_quote_that_is_never_closed_names_the_line() -> None:
    assert "dòng 3" in refusal(b'a,b\n1,2\n3,"x\n4,5\n', "a.csv")
    assert "dòng 4" in refusal(b'sep=,\na,b\n1,2\n3,"x\n4,5', "a.csv")


def test_a_cell_may_be_as_long_as_the_file() -> None:
    book = open_book(b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "a.csv")
    assert book.read(book.sheets[0].name).columns[1][1] == "x" * 200_000


def test_a_nul_byte_names_the_line() -> None:
    assert "dòng 2" in refusal(b"a,b\n1,\x002\n" + b"1,2\n" * 50, "a.csv")


def test_all_cells_of_csv_are_texts() -> None:
    assert first(b"=cmd,007,1.5,2022-01-01\n").row(1) == ("=cmd", "007", "1.5", "2022-01-01")


def test_a_gzip_that_grows_too_much_or_is_cut_off_is_refused() -> None:
    assert "bung ra" in refusal(gzip.compress(b"a,b\n" * 8_000_000), "a.csv.gz")
    assert "gzip" in refusal(gzip.compress(b"a,b\n" * 100)[:-12], "a.csv.gz")
    assert "PDF" in refusal(gzip.compress(b"%PDF-1.7"), "a.gz")


PAGE = """<html><head><meta charset="utf-8"><title>không</title><style>td{}</style></head><body><h3>Danh sách</h3>
<table border=1><tr><th rowspan=2>STT<th colspan=2>Thời hạn</tr><tr><td>Hẹn<td>Trả</tr>
<tr><td>007<td>1.200,50<td>a<br>b &amp; <b>c</b><script>alert(1)</script></tr>
<tr style="display: none"><td>8<td colspan=x><td>&nbsp;<img src="http://example.org/x"></table>
<p>Ký tên</body></html>"""


def test_an_html_table_called_xls_is_read_with_a_notice() -> None:
    book = open_book(PAGE.encode(), "ds.xls")
    grid = book.read("ds")
    assert book.kind == "html"
    assert "HTML" in book.notices[0]
    assert grid.columns == (
        ("Danh sách", "STT", "", "007", "8", "Ký tên"),
        ("", "Thời hạn", "Hẹn", "1.200,50", "", ""),
        ("", "", "Trả", "a\nb & c", "", ""),
    )
    assert grid.merged == (Area(2, 0, 3, 0), Area(2, 1, 2, 2))
    assert grid.hidden_rows == {5}


def test_a_table_in_a_table_stands_for_its_row() -> None:
    inner = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    grid = first(f"<table><tr><td>trên</tr><tr><td>{inner}</td></tr></table>".encode(), "a.xls")
    assert grid.columns == (("trên", "a", "c"), ("", "b", "d"))


def test_spans_of_html_are_bounded() -> None:
    grid = first(b"<table><tr><td rowspan=999999999>a<td>b<tr><td>c</table>", "a.xls")
    assert (grid.columns, grid.merged) == ((("a", ""), ("b", "c")), (Area(1, 0, 2, 0),))
    assert "quá lớn" in refusal(b"<table><tr><td>a<td colspan=999999999>b</table>", "a.xls")
    assert "không có bảng" in refusal(b"<html><body><p>x</body></html>", "a.xls")


def test_a_page_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_table, "LONGEST", 100)
    assert "100 byte" in refusal(PAGE.encode(), "a.xls")


def test_xml_of_excel_2003_is_read() -> None:
    content = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="Hồ sơ"><Table><Column/><Column ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1">'
        '<Data ss:Type="String">Mã</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell></Row><Row ss:Hidden="1">'
        '<Cell ss:Index="2"><Data ss:Type="DateTime">2022-12-31T08:30:00.000</Data></Cell><Cell><Data ss:Type="Error">'
        "#REF!</Data></Cell></Row></Table></Worksheet></Workbook>"
    )
    book = open_book(content.encode(), "a.xls")
    grid = book.read("Hồ sơ")
    assert book.kind == "xml"
    assert grid.columns == (("", "Mã", ""), ("", "", dt.datetime(2022, 12, 31, 8, 30)), ("", 5.0, ""))
    assert (grid.merged, grid.hidden_rows, grid.hidden_columns) == ((Area(2, 0, 2, 1),), {3}, {1})
    assert [(flaw.row, flaw.column, flaw.value) for flaw in grid.flaws] == [(3, 2, "#REF!")]
    assert "a.xls" in refusal(content.replace('ss:Index="2"><Cell', 'ss:Index="99999999"><Cell').encode(), "a.xls")
    assert "hỏng" in refusal(content[:-20].encode(), "a.xls")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b" \r\n\xef\xbb\xbf", "rỗng"),
        (b"\0" * 100, "rỗng"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\0", "7-Zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"{\\rtf1", "RTF"),
        (b"PK\x03\x04broken", "hỏng"),
        (books.zipped({"word/document.xml": "<x/>"}), "Word"),
        (books.zipped({"ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (books.zipped({"a.csv": "a,b"}), "giải nén"),
        (b"PK\x05\x06" + bytes(18), "tệp"),
        (books.compound({"WordDocument": b"x"}), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "hỏng"),
        (json.dumps({"a": [1, 2]}).encode(), "JSON"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b"MIME-Version: 1.0\r\n", ".mht"),
        (bytes(range(256)) * 8, "Không nhận ra"),
        (b"\x01\x02\x03\x04\x05\x06" * 50, "Không nhận ra"),
    ],
)
def test_what_is_no_sheet_is_named(content: bytes, said: str) -> None:
    message = refusal(content, "bảng.xlsx")
    assert said in message
    assert "Hãy" in message or "hãy" in message
