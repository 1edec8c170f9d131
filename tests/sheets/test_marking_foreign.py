"""Workbooks as other programs write them are marked too: prefixes, cells without names, no styles, threads, strict."""

import pytest
from lxml import etree

from congvu.sheets.marking.mark import LIST, mark
from congvu.sheets.result import Note

from .marked_books import MAIN, SHEET, bare_book, cells, comments, look, members, rich_book, tree, values, zipped

FRAME = "xl/worksheets/sheet1.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
NOTE = Note(2, 2, "note", "", "Bắt buộc phải có.")


def prefixed(rows: str, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{MAIN[1:-1]}">{before}'
        f"<x:sheetData>{rows}</x:sheetData>{after}</x:worksheet>"
    )


def text(words: str, name: str = "") -> str:
    named = f' r="{name}"' if name else ""
    return f'<x:c{named} t="inlineStr"><x:is><x:t>{words}</x:t></x:is></x:c>'


def test_prefixes_missing_styles_and_missing_relations_are_no_hindrance() -> None:
    rows = f'<x:row r="1">{text("Mã", "A1")}</x:row><x:row r="2">{text("HS &lt;1&gt;", "A2")}</x:row>'
    book = bare_book(
        prefixed(rows, after='<x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>')
    )
    found = mark(book, "net.xlsx", SHEET, [NOTE])
    assert list(cells(found)) == ["A1", "A2", "C2"]
    assert "FFF8B0A0" in look(found, "C2")["fill"]
    assert comments(found) == {"C2": "⚑ Bắt buộc phải có."}
    assert values(found)[SHEET] == values(book)[SHEET] == [["Mã"], ["HS <1>"]]
    names = [etree.QName(each).localname for each in tree(found, FRAME)]
    assert names == ["sheetData", "pageMargins", "legacyDrawing"]
    assert b"<x:row r=" in members(found)[FRAME]


def test_the_drawing_of_comments_stands_before_controls_also_where_versions_have_a_choice() -> None:
    versions = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    controls = (
        f'<mc:AlternateContent {versions}><mc:Choice Requires="x14"><x:controls/></mc:Choice></mc:AlternateContent>'
    )
    rows = f'<x:row r="1">{text("a", "A1")}</x:row>'
    after = f'<x:pageMargins/>{controls}<x:tableParts count="0"/>'
    found = mark(bare_book(prefixed(rows, after=after)), "net.xlsx", SHEET, [NOTE])
    names = [etree.QName(each).localname for each in tree(found, FRAME)]
    assert names == ["sheetData", "pageMargins", "legacyDrawing", "AlternateContent", "tableParts"]


def test_rows_and_cells_without_names_are_counted() -> None:
    rows = f"<x:row>{text('Mã')}{text('Tên')}</x:row><x:row>{text('1')}<x:c/>{text('3')}{text('4')}</x:row>"
    book = bare_book(prefixed(rows))
    found = mark(book, "net.xlsx", SHEET, [NOTE, Note(2, 1, "b", "", "Thiếu."), Note(2, 6, "g", "", "Thiếu.")])
    second = tree(found, FRAME).findall(f".//{MAIN}row")[1]
    assert [cell.get("r") for cell in second] == ["A2", "B2", "C2", "D2", "G2"]
    assert [cell.get("s") is None for cell in second] == [True, False, False, True, False]
    assert values(found)[SHEET] == values(book)[SHEET]


def test_a_row_is_made_between_rows_and_takes_the_style_of_its_column() -> None:
    rows = f'<x:row r="1">{text("a", "A1")}</x:row><x:row r="9"/><x:row r="12" s="0" customFormat="1"/>'
    found = mark(
        bare_book(prefixed(rows)), "net.xlsx", SHEET, [NOTE, Note(9, 0, "a", "", "!"), Note(10, 0, "a", "", "!")]
    )
    assert [row.get("r") for row in tree(found, FRAME).iter(f"{MAIN}row")] == ["1", "2", "9", "10", "12"]


def test_an_area_merged_over_rows_says_which_row_is_meant() -> None:
    rows = "".join(f'<x:row r="{row}">{text("xã", f"A{row}")}</x:row>' for row in range(1, 5))
    merged = '<x:mergeCells count="1"><x:mergeCell ref="A2:A4"/></x:mergeCells>'
    found = mark(bare_book(prefixed(rows, after=merged)), "net.xlsx", SHEET, [Note(3, 0, "x", "", "Sai.")])
    assert comments(found) == {"A2": "⚑ Dòng 3: Sai."}


def test_a_sheet_without_any_row_is_marked() -> None:
    book = bare_book(f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData/></worksheet>')
    assert list(cells(mark(book, "x.xlsx", SHEET, [NOTE]))) == ["C2"]


def test_comments_and_cdata_in_the_xml_are_not_taken_for_rows() -> None:
    hidden = '<!-- <x:row r="2"> -->' + text("<![CDATA[</x:row><x:row>]]>", "A1")
    found = mark(bare_book(prefixed(f'<x:row r="1">{hidden}</x:row>')), "net.xlsx", SHEET, [NOTE])
    assert list(cells(found)) == ["A1", "C2"]
    assert values(found)[SHEET][0] == ["</x:row><x:row>"]


def test_a_part_in_utf_16_is_read() -> None:
    xml = prefixed(f'<x:row r="1">{text("Hồ sơ", "A1")}</x:row>').replace("utf-8", "utf-16")
    found = mark(bare_book(xml.encode("utf-16")), "net.xlsx", SHEET, [NOTE])
    assert values(found)[SHEET] == [["Hồ sơ"]]
    assert comments(found) == {"C2": "⚑ Bắt buộc phải có."}


def test_a_strict_workbook_stays_strict() -> None:
    strict = {
        name: body.replace(MAIN[1:-1].encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, body in members(rich_book()).items()
    }
    after = members(mark(zipped(strict), "chat.xlsx", SHEET, [NOTE]))
    for name, body in after.items():
        assert RELATIONS.encode() not in body, name
        assert MAIN[1:-1].encode() not in body, name


@pytest.fixture
def threaded() -> bytes:
    """A workbook as newer Excel writes one whose cell A4 is talked about."""
    parts = members(rich_book())
    root = '<ThreadedComments xmlns="{}"><threadedComment ref="A4" dT="2022-12-01T08:00:00.00" personId="{}" id="{}">'
    talk = root.format(THREADS, "{P1}", "{T1}") + "<text>Hỏi lại xã.</text></threadedComment></ThreadedComments>"
    person = '<person displayName="Bà Thử" id="{P1}" userId="bathu" providerId="None"/>'
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"

    def related(rels: str, name: str, target: str) -> bytes:
        added = f'<Relationship Id="rIdT" Type="{kind}/{name}" Target="{target}"/></Relationships>'
        return parts[rels].decode().replace("</Relationships>", added).encode()

    sheet, book = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
    return zipped(
        parts
        | {
            "xl/threadedComments/threadedComment1.xml": talk.encode(),
            "xl/persons/person.xml": f'<personList xmlns="{THREADS}">{person}</personList>'.encode(),
            sheet: related(sheet, "threadedComment", "../threadedComments/threadedComment1.xml"),
            book: related(book, "person", "persons/person.xml"),
        }
    )


def test_a_thread_gets_an_answer_which_goes_with_the_next_round(threaded: bytes) -> None:
    note = Note(4, 0, "code", "HS", "Mã trùng.")
    found = mark(threaded, "moi.xlsx", SHEET, [note, NOTE])
    said = list(tree(found, "xl/threadedComments/threadedComment1.xml"))
    assert [(each.get("ref"), each.get("parentId"), each[0].text) for each in said] == [
        ("A4", None, "Hỏi lại xã."),
        ("A4", "{T1}", "⚑ Mã trùng."),
    ]
    assert said[1].get("personId") in [each.get("id") for each in tree(found, "xl/persons/person.xml")]
    clean = mark(found, "moi.xlsx", SHEET, ())
    assert [each[0].text for each in tree(clean, "xl/threadedComments/threadedComment1.xml")] == ["Hỏi lại xã."]


def test_a_sheet_with_form_controls_keeps_their_drawing() -> None:
    button = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s2049" type="#_x0000_t201">'
        "<br><x:ClientData ObjectType='Button'><x:Row>1</x:Row><x:Column>2</x:Column></x:ClientData></v:shape></xml>"
    )
    rows = f'<x:row r="1">{text("a", "A1")}</x:row>'
    legacy = f'<x:legacyDrawing xmlns:r="{RELATIONS}" r:id="rId5"/><x:tableParts count="0"/>'
    relation = f'<Relationship Id="rId5" Type="{RELATIONS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    more = {
        "xl/drawings/vmlDrawing1.vml": button,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{package}">{relation}</Relationships>',
    }
    found = mark(bare_book(prefixed(rows, after=legacy), more), "nut.xlsx", SHEET, [NOTE])
    drawing = members(found)["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.startswith(button.removesuffix("</xml>"))
    assert 'id="_x0000_s2050"' in drawing
    assert "xl/drawings/vmlDrawing2.vml" not in members(found)
    assert members(mark(found, "nut.xlsx", SHEET, ()))["xl/drawings/vmlDrawing1.vml"].decode().count("<v:shape ") == 1


def test_names_and_members_with_odd_slashes_and_letters_are_found() -> None:
    parts = {name.replace("xl/worksheets/", "XL\\Worksheets\\"): body for name, body in members(rich_book()).items()}
    found = mark(zipped(parts), "la.xlsx", SHEET, [NOTE])
    names = list(members(found))
    assert "XL\\Worksheets\\sheet1.xml" in names
    assert len({name.replace("\\", "/").casefold() for name in names}) == len(names)
    assert LIST.encode() in members(found)["xl/workbook.xml"]
