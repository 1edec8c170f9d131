"""The DOCX is read back: marks, notes, layout, and bytes that do not depend on the day."""

import dataclasses
import io
import zipfile

import docx
import pytest
import time_machine
from docx.shared import Mm
from lxml import etree

from congvu.press.model import Footnote, Mark, Paragraph, Table, footnotes, runs
from congvu.press.model import marks as model_marks
from congvu.press.word.document import to_docx
from congvu.press.word.reader import DocxNotReadable, footnote_texts, marks
from tests.press import sample

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
VAL = f"{{{W['w']}}}val"
ID = f"{{{W['w']}}}id"


@pytest.fixture(scope="module")
def report():
    return sample.full_report()


@pytest.fixture(scope="module")
def report_docx(report):
    return to_docx(report)


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def test_marks_survive_with_their_ids_and_texts(report, report_docx):
    stated = {mark.id: mark.text for mark in model_marks(report)}
    stated |= {note.mark_id: str(n) for n, note in enumerate(footnotes(report), 1) if note.mark_id}
    found = marks(report_docx)
    assert {mark.id: mark.text for mark in found} == stated
    assert len(found) == len(stated)


def test_a_mark_says_where_it_stands():
    figure, citation = Mark("f", "55/59", "figure"), Mark("c", "Kế hoạch số 710/KH-TCT", "citation")
    document = dataclasses.replace(
        sample.report(), letterhead=None, blocks=(Paragraph(runs("x", Footnote(runs(citation)), figure)),)
    )
    found = {mark.id: mark for mark in marks(to_docx(document))}
    assert (found["f"].part, found["c"].part, found["c"].paragraph) == ("body", "footnote", 1)
    paragraphs = part(to_docx(document), "word/document.xml").findall(".//w:p", W)
    assert "55/59" in "".join(paragraphs[found["f"].paragraph].itertext())


def test_every_control_has_a_title_a_tag_and_a_number_of_its_own(report_docx):
    controls = [
        control
        for name in ("word/document.xml", "word/footnotes.xml")
        for control in part(report_docx, name).iter(f"{{{W['w']}}}sdtPr")
    ]
    assert all([child.tag.split("}")[1] for child in c] == ["alias", "tag", "id"] for c in controls)
    numbers = [control.find("w:id", W).get(VAL) for control in controls]
    assert len(set(numbers)) == len(numbers) > 20
    assert controls[0].find("w:alias", W).get(VAL) == "Số liệu: figure.rate-1"
    assert all(len(control.find("w:alias", W).get(VAL)) <= 64 for control in controls)


def test_notes_are_real_and_numbered_over_the_document(report, report_docx):
    body, notes = part(report_docx, "word/document.xml"), part(report_docx, "word/footnotes.xml")
    references = [r.get(ID) for r in body.iter(f"{{{W['w']}}}footnoteReference")]
    assert references == [str(n) for n in range(1, len(footnotes(report)) + 1)]
    assert [note.get(ID) for note in notes] == ["-1", "0", *references]
    assert all(note.find(".//w:footnoteRef", W) is not None for note in notes[2:])
    assert footnote_texts(report_docx)[:2] == [
        "Kế hoạch số 701/KH-UBND ngày 29/3/2022 của Ủy ban nhân dân tỉnh về kiểm tra công vụ.",
        "Theo quyết định của tỉnh.",
    ]


def test_what_people_write_stays_as_written(report_docx):
    document = docx.Document(io.BytesIO(report_docx))
    assert any(sample.LITERAL in paragraph.text for paragraph in document.paragraphs)


def test_the_page_follows_the_decree(report_docx):
    section = docx.Document(io.BytesIO(report_docx)).sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    measures += (section.left_margin, section.right_margin)
    wanted = (210, 297, 20, 20, 30, 15)
    assert all(abs(found - Mm(mm)) < Mm(0.1) for found, mm in zip(measures, wanted, strict=True))


def test_the_font_is_named_for_every_script_and_the_language_is_vietnamese(report_docx):
    defaults = part(report_docx, "word/styles.xml").find(".//w:rPrDefault/w:rPr", W)
    assert set(defaults.find("w:rFonts", W).attrib.values()) == {"Times New Roman"}
    assert len(defaults.find("w:rFonts", W).attrib) == 4
    assert defaults.find("w:lang", W).get(VAL) == "vi-VN"


def test_every_style_that_is_used_is_defined(report_docx):
    defined = {style.get(f"{{{W['w']}}}styleId") for style in part(report_docx, "word/styles.xml")}
    with zipfile.ZipFile(io.BytesIO(report_docx)) as package:
        names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
    used = {
        element.get(VAL)
        for name in names
        for tag in ("pStyle", "rStyle")
        for element in part(report_docx, name).iter(f"{{{W['w']}}}{tag}")
    }
    assert {"Heading1", "Heading4", "CellHead", "FootnoteText", "FootnoteReference", "Notice"} <= used <= defined


def test_the_notice_is_on_every_page_and_the_number_from_the_second_on(report_docx):
    section = docx.Document(io.BytesIO(report_docx)).sections[0]
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_footer.paragraphs] == [sample.NOTICE]
    assert [p.text for p in section.footer.paragraphs] == [sample.NOTICE]
    assert "PAGE" not in etree.tostring(section.first_page_header.part.element).decode()
    assert "PAGE" in etree.tostring(section.header.part.element).decode()


def test_without_a_notice_the_footers_are_empty():
    section = docx.Document(io.BytesIO(to_docx(sample.report(notice=None)))).sections[0]
    assert [p.text for p in (*section.footer.paragraphs, *section.first_page_footer.paragraphs)] == ["", ""]


def test_the_head_of_a_table_repeats_and_no_row_breaks(report_docx):
    _, body, _ = part(report_docx, "word/document.xml").iter(f"{{{W['w']}}}tbl")
    rows = body.findall("w:tr", W)
    assert [row.find("w:trPr/w:tblHeader", W) is not None for row in rows] == [True] + [False] * 20
    assert all(row.find("w:trPr/w:cantSplit", W) is not None for row in rows)


@pytest.mark.parametrize("last", [Paragraph(runs("Hết.")), Table(("A",), (("1",), ("2",)))], ids=["text", "table"])
def test_the_end_of_the_text_stays_with_the_signature(last):
    document = dataclasses.replace(sample.report(), blocks=(last,))
    paragraphs = list(part(to_docx(document), "word/document.xml").iter(f"{{{W['w']}}}p"))
    texts = ["".join(p.itertext()) for p in paragraphs]
    end, signature = texts.index("Hết." if "Hết." in texts else "2"), texts.index("Nơi nhận:")
    between = paragraphs[end:signature]
    assert len(between) >= 2
    assert all(p.find("w:pPr/w:keepNext", W) is not None for p in between)


def test_the_same_document_gives_the_same_bytes_on_any_day(report, report_docx):
    with time_machine.travel("2031-05-06T07:08:09Z"):
        assert to_docx(report) == report_docx


def test_the_properties_state_the_document_and_nothing_else(report_docx):
    properties = docx.Document(io.BytesIO(report_docx)).core_properties
    assert (properties.title, properties.author) == (sample.META.title, sample.META.author)
    assert properties.created == properties.modified == sample.META.created_utc
    with zipfile.ZipFile(io.BytesIO(report_docx)) as package:
        assert b"Microsoft" not in package.read("docProps/app.xml")
        assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]


def test_a_document_without_head_and_signature_is_still_a_document():
    bare = dataclasses.replace(sample.report(), letterhead=None, recipients=None, signature=None, blocks=())
    assert next(p.text for p in docx.Document(io.BytesIO(to_docx(bare))).paragraphs) == "BÁO CÁO"


def test_the_reader_follows_the_order_of_references_not_of_ids():
    data = to_docx(sample.report(Paragraph(runs("a", Footnote(runs("Một")), "b", Footnote(runs("Hai"))))))
    swap = {
        b'footnoteReference w:id="1"': b'footnoteReference w:id="9"',
        b'footnote w:id="1"': b'footnote w:id="9"',
    }
    assert footnote_texts(data) == ["Một", "Hai"]
    assert footnote_texts(rewritten(data, swap)) == ["Một", "Hai"]


def test_the_reader_joins_what_word_split_and_leaves_out_what_was_deleted():
    data = to_docx(sample.report(Paragraph(runs(Mark("f", "93,22%", "figure")))))
    edited = rewritten(
        data,
        {
            b'<w:r><w:t xml:space="preserve">93,22%</w:t></w:r>': b"<w:r><w:t>94</w:t></w:r>"
            b"<w:del><w:r><w:delText>,22</w:delText></w:r></w:del><w:ins><w:r><w:t>,5%</w:t></w:r></w:ins>"
        },
    )
    assert [(mark.id, mark.text) for mark in marks(edited)] == [("f", "94,5%")]


def packed(name, content, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr(name, content)
    return out.getvalue()


def encrypted(data):
    """Set the flag that says a password is needed, in both headers of the only entry."""
    flagged = bytearray(data)
    flagged[6] |= 1
    flagged[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(flagged)


UNREADABLE = {
    "empty": b"",
    "pdf": b"%PDF-1.7",
    "broken zip": b"PK\x03\x04broken",
    "another zip": packed("mimetype", b"x"),
    "no xml": packed("word/document.xml", b"<w"),
    "password": encrypted(packed("word/document.xml", b"<w/>")),
    "broken compression": packed("word/document.xml", b"<w/>" * 99, zipfile.ZIP_DEFLATED).replace(b"\xb3", b"\xff"),
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_docx_is_refused_in_words(data):
    with pytest.raises(DocxNotReadable, match="không phải tệp DOCX"):
        marks(data)


def test_a_part_that_unpacks_too_large_is_refused():
    with pytest.raises(DocxNotReadable, match="quá lớn"):
        marks(packed("word/document.xml", b" " * 50_000_001, zipfile.ZIP_DEFLATED))


def test_the_reader_expands_no_entities():
    bomb = b'<!DOCTYPE d [<!ENTITY x "bom">]><w:d xmlns:w="' + W["w"].encode() + b'"><w:sdt><w:sdtPr><w:tag w:val="t"/>'
    bomb += b"</w:sdtPr><w:sdtContent><w:p><w:t>&x;</w:t></w:p></w:sdtContent></w:sdt></w:d>"
    assert [mark.text for mark in marks(packed("word/document.xml", bomb))] == [""]


def rewritten(data, replacements):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        pieces = {name: source.read(name) for name in source.namelist()}
        for old, new in replacements.items():
            assert any(old in piece for piece in pieces.values())
            pieces = {name: piece.replace(old, new) for name, piece in pieces.items()}
        for name, piece in pieces.items():
            target.writestr(name, piece)
    return out.getvalue()
