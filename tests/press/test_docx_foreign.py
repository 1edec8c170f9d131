"""Word files that LibreOffice saved, that lost what we put into them, or that cannot be read."""

import contextlib
import copy
import dataclasses
import io
import random
import zipfile

import docx as python_docx
import pytest

from congvu.kernel.errors import Refusal
from congvu.press.model import Footnote, Paragraph, runs
from congvu.press.word.back import read_back
from congvu.press.word.document import to_docx
from congvu.press.word.opened import DocxWithMacros
from congvu.press.word.reader import DocxNotReadable, footnote_texts
from congvu.press.word.typed import TooManyMarks
from tests.press import word_file as word
from tests.press.word_file import (
    add_paragraph,
    edited,
    kinds,
    renew,
    root,
    tags,
    text_of,
    typed,
    w,
)

needs_office = pytest.mark.skipif(word.SOFFICE is None, reason="LibreOffice is not installed")


# LibreOffice


@needs_office
def test_a_file_saved_by_libreoffice_loses_its_tags_and_is_renewed_all_the_same(report, tmp_path):
    saved = word.through_libreoffice(report, tmp_path)
    refreshed = renew(saved, late="906", cite_plan="Kế hoạch số 13/KH-UBND.", cell="16")

    assert kinds(refreshed) == [("renewed", "m001.late"), ("renewed", "m004.cite-plan"), ("renewed", "m005.cell")]
    assert sorted(tags(refreshed.docx)) == sorted(word.SOURCES)
    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 13/KH-UBND."]
    assert renew(refreshed.docx, late="906", cite_plan="Kế hoạch số 13/KH-UBND.", cell="16").changes == ()


@needs_office
def test_the_note_that_libreoffice_draws_into_the_control_before_it_stays_a_note(tmp_path):
    note = Footnote(runs(word.mark("m004.cite-plan")))
    document = dataclasses.replace(word.document(), blocks=(Paragraph(runs(word.mark("m001.late"), note)),))
    saved = word.through_libreoffice(to_docx(document, word.SOURCES, word.ABOUT), tmp_path)
    refreshed = renew(saved, late="906")

    assert text_of(refreshed.docx, "m001.late") == "906"
    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 12/KH-UBND."]
    assert word.control(root(refreshed.docx), "m001.late").find(".//w:footnoteReference", word.NS) is None
    assert kinds(refreshed) == [("renewed", "m001.late")]


@needs_office
def test_a_renewed_file_opens_in_python_docx_and_in_libreoffice(report, tmp_path):
    docx = add_paragraph(report, typed("Theo[[note list names]] kế hoạch, [[late]] hồ sơ."), before="Gồm ")
    docx = add_paragraph(docx, typed("Còn[[footnote: Ghi chú cuối.]] lại."))
    refreshed = renew(docx, rate="95,00%")

    words = [p.text for p in python_docx.Document(io.BytesIO(refreshed.docx)).paragraphs]
    assert any("xem thêm" in text for text in words)
    saved = word.through_libreoffice(refreshed.docx, tmp_path)
    assert "Có 907 hồ sơ trễ hạn, đạt 95,00%; xem thêm." in word.texts(saved)
    assert "Theo kế hoạch, 907 hồ sơ." in word.texts(saved)
    notes = ["02 sở: Y tế; Nội vụ.", "Kế hoạch số 12/KH-UBND.", "Ghi chú cuối."]
    assert footnote_texts(refreshed.docx) == notes
    # LibreOffice goes by the order of the notes in their part
    assert footnote_texts(saved) == notes


@pytest.mark.parametrize("ending", ["", "_Copy_1", "_Copy_12", "1"])
def test_a_control_without_a_tag_is_known_by_its_bookmark(report, ending):
    def untag(body):
        for sdt in body.iter(w("sdt")):
            properties = sdt.find("w:sdtPr", word.NS)
            for child in list(properties):
                properties.remove(child)
        for start in body.iter(w("bookmarkStart")):
            start.set(w("name"), start.get(w("name")) + ending)

    untagged = edited(edited(report, untag), untag, "word/footnotes.xml") if not ending else edited(report, untag)
    refreshed = renew(untagged, late="906")

    assert text_of(refreshed.docx, "m001.late") == "906"


def test_where_no_control_is_left_the_bookmarks_serve(report):
    def unwrap(part):
        for control in list(part.iter(w("sdt"))):
            for run in control.find("w:sdtContent", word.NS):
                control.addprevious(run)
            control.getparent().remove(control)

    bare = edited(edited(report, unwrap), unwrap, "word/footnotes.xml")
    refreshed = renew(bare, late="906")

    assert kinds(refreshed) == [("renewed", "m001.late")]
    assert text_of(refreshed.docx, "m001.late") == "906"
    assert sorted(tags(refreshed.docx)) == sorted(word.SOURCES)


# Files that are refused


def test_a_file_with_macros_is_refused(report):
    with pytest.raises(DocxWithMacros, match="macro"):
        renew(word.packed(word.parts(report) | {"word/vbaProject.bin": b"x"}))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_a_file_that_is_no_docx_is_refused(data):
    with pytest.raises(DocxNotReadable, match="không phải tệp DOCX"):
        renew(data)


def test_a_cut_file_is_refused(report):
    with pytest.raises(DocxNotReadable):
        renew(report[: len(report) // 2])


def test_a_part_that_is_no_xml_is_refused(report):
    with pytest.raises(DocxNotReadable):
        renew(word.packed(word.parts(report) | {"word/footnotes.xml": b"<w"}))


def test_a_document_type_is_refused(report):
    bomb = b'<!DOCTYPE d [<!ENTITY x "y">]>' + word.parts(report)["word/document.xml"].split(b"?>", 1)[1].lstrip()
    with pytest.raises(DocxNotReadable):
        renew(word.packed(word.parts(report) | {"word/document.xml": bomb}))


def test_huge_parts_and_files_are_refused_before_they_are_read(report):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 50_000_001)
    with pytest.raises(DocxNotReadable, match="quá lớn"):
        renew(out.getvalue())
    with pytest.raises(DocxNotReadable, match="30 MB"):
        renew(b"x" * 30_000_001)


def test_more_marks_in_one_paragraph_than_anybody_types_are_refused(report):
    with pytest.raises(TooManyMarks, match="hơn 500 dấu"):
        renew(add_paragraph(report, typed("[[late]] " * 501)))


def test_the_strict_variant_is_refused_with_what_to_do(report):
    strict = word.parts(report)["word/document.xml"].replace(
        word.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    with pytest.raises(DocxNotReadable, match="Word Document"):
        renew(word.packed(word.parts(report) | {"word/document.xml": strict}))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_renewed_or_refused_and_never_breaks_the_program(report, seed):
    chance = random.Random(seed)
    docx = add_paragraph(report, typed("Theo[[cite plan]] [[la"), typed("te]]."))
    for part in ("word/document.xml", "word/footnotes.xml", "docProps/custom.xml", "word/styles.xml"):
        docx = edited(docx, lambda element: damage(element, chance), part)
    with contextlib.suppress(Refusal):
        read_back(renew(docx, late="906").docx)


def damage(element, chance):
    """Take out, copy, move and rename some elements, and spoil some attributes."""
    for _ in range(chance.randrange(1, 8)):
        elements = [e for e in element.iter() if e is not element]
        if not elements:
            return
        one, other = chance.choice(elements), chance.choice(elements)
        deed = chance.randrange(5)
        if deed == 0:
            one.getparent().remove(one)
        elif deed == 1:
            one.addnext(copy.deepcopy(other))
        elif deed == 2 and one not in [other, *other.iterancestors()]:
            other.append(one)
        elif deed == 3:
            one.tag = other.tag
        elif one.attrib:
            one.attrib[chance.choice(list(one.attrib))] = chance.choice(["", "²", "-9", "x" * 99, "\u200b"])
