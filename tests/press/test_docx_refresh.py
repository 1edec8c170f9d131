"""An edited Word file with its marks renewed: what changes, what stays, and what is said of it."""

import contextlib
import copy
import dataclasses
import io
import random
import zipfile

import docx as python_docx
import pytest
from lxml import etree

from congvu.kernel.errors import Refusal
from congvu.press.model import Footnote, Paragraph, runs
from congvu.press.word.back import read_back
from congvu.press.word.document import to_docx
from congvu.press.word.opened import DocxWithMacros
from congvu.press.word.reader import DocxNotReadable, footnote_texts, marks
from congvu.press.word.refresh import table_of
from congvu.press.word.table import MarkTable, bookmark_name, read_table, with_table
from congvu.press.word.typed import TooManyMarks
from tests.press import word_file as word
from tests.press.word_file import add_paragraph, edited, kinds, renew, replaced, root, typed, w

NOTES = "word/footnotes.xml"
HARD_BLANK = "\u00a0"

needs_office = pytest.mark.skipif(word.SOFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def report():
    return word.word_file()


def last_note(notes):
    return notes.findall(".//w:footnote/w:p", word.NS)[-1]


def text_of(docx, id_):
    found = [mark.text for mark in marks(docx) if mark.id == id_]
    assert len(found) == 1
    return found[0]


def tags(docx):
    return [mark.id for mark in marks(docx)]


# What the file tells of itself


def test_the_file_carries_the_table_of_its_marks_in_reading_order(report):
    table = table_of(report)

    assert table.about == word.ABOUT
    assert [(e.id, e.source, e.section) for e in table.entries] == [
        ("m001.late", "late", 1),
        ("m002.rate", "rate", 1),
        ("m003.names", "list names", 1),
        ("m004.cite-plan", "cite plan", 1),
        ("m005.cell", "cell", 1),
        ("m006.visits", "visits", 2),
    ]
    assert table.sections == ("", "I. Kết quả", "II. Đánh giá")


def test_no_piece_of_the_table_is_longer_than_word_keeps_or_ends_in_a_blank(report):
    values = [p.findtext(".//{*}lpwstr") for p in root(report, "docProps/custom.xml")]

    assert len(values) > 1
    assert all(0 < len(value) <= 255 and value == value.strip() for value in values)


def test_a_bookmark_of_the_same_id_stands_around_every_control(report):
    for part in ("word/document.xml", "word/footnotes.xml"):
        for sdt in root(report, part).iter(w("sdt")):
            tag = sdt.find("w:sdtPr/w:tag", word.NS).get(w("val"))
            assert sdt.getprevious().get(w("name")) == bookmark_name(tag)
            assert sdt.getnext().get(w("id")) == sdt.getprevious().get(w("id"))
            assert len(bookmark_name(tag)) <= 30


def test_properties_that_others_put_into_the_file_stay():
    other = with_table(None, MarkTable({}, ())).replace(b"Congvu.001", b"Phong ban")
    both = with_table(other, MarkTable({"a": 1}, ()))

    assert b"Phong ban" in both
    assert read_table(both).about == {"a": 1}
    assert len(etree.fromstring(both)) == 2
    assert len({p.get("pid") for p in etree.fromstring(both)}) == 2


@pytest.mark.parametrize("content", [b"<x/>", b"no xml", b"<x><p name='Congvu.1'>{}</p></x>", b""])
def test_a_part_without_a_table_that_can_be_read_holds_none(content):
    assert read_table(content) is None


# What a refresh changes, and what it leaves


def test_a_file_whose_marks_are_all_the_same_comes_back_as_it_was(report):
    refreshed = renew(report)

    assert word.parts(refreshed.docx) == word.parts(report)
    assert (refreshed.changes, refreshed.marks) == ((), 6)


def test_figures_lists_and_notes_are_renewed_and_each_change_is_listed(report):
    refreshed = renew(report, late="906", list_names="01 sở: Y tế", cite_plan="Kế hoạch số 13/KH-UBND.")

    changed = [(c.kind, c.id, c.before, c.after, c.place) for c in refreshed.changes]
    assert changed == [
        ("renewed", "m001.late", "907", "906", "Mục «I. Kết quả», đoạn 1"),
        ("renewed", "m003.names", "02 sở: Y tế; Nội vụ", "01 sở: Y tế", "Mục «I. Kết quả», đoạn 2"),
        ("renewed", "m004.cite-plan", "Kế hoạch số 12/KH-UBND.", "Kế hoạch số 13/KH-UBND.", "Chú thích 1"),
    ]
    assert "Có 906 hồ sơ trễ hạn, đạt 93,25%; xem thêm." in word.texts(refreshed.docx)
    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 13/KH-UBND."]


def test_nothing_but_the_words_of_the_marks_changes(report):
    before = edited(report, lambda body: paragraph_with_looks(body))
    refreshed = renew(before, late="906", cite_plan="Kế hoạch số 13/KH-UBND.")

    old, new = word.parts(before), word.parts(refreshed.docx)
    assert list(old) == list(new)
    untouched = {name for name in old if old[name] == new[name]}
    assert set(old) - untouched == {"word/document.xml", "word/footnotes.xml", "docProps/custom.xml"}
    for part, text, back in (
        ("word/document.xml", ">906<", ">907<"),
        ("word/footnotes.xml", "số 13/", "số 12/"),
    ):
        changed = etree.tostring(root(refreshed.docx, part), method="c14n").decode()
        assert changed.count(text) == 1
        assert changed.replace(text, back) == etree.tostring(root(before, part), method="c14n").decode()


def paragraph_with_looks(body):
    """Layout of an officer's own: a page break, a colour, a comment range, a proofing mark."""
    paragraph = word.paragraph_with(body, "hồ sơ trễ hạn")
    paragraph.append(word.as_xml('<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:br w:type="page"/></w:r>')[0])
    paragraph.insert(1, word.as_xml('<w:proofErr w:type="spellStart"/>')[0])


def test_a_mark_keeps_the_looks_that_the_officer_gave_it(report):
    refreshed = renew(report, visits="07")

    run = word.control(root(refreshed.docx), "m006.visits").find(".//w:r", word.NS)
    assert run.find("w:rPr/w:b", word.NS) is not None
    assert "".join(run.itertext()) == "07"


def test_marks_are_computed_in_reading_order_a_note_where_it_is_referred_to(report):
    values = word.Values()
    word.refresh(report, values, word.ABOUT)

    assert values.asked == ["late", "rate", "list names", "cite plan", "cell", "visits"]


def test_a_mark_that_word_split_into_several_runs_is_one_text(report):
    split = replaced(
        report,
        '<w:r><w:t xml:space="preserve">93,25%</w:t></w:r>',
        '<w:r><w:rPr><w:i/></w:rPr><w:t>93</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:t>,25</w:t></w:r>'
        "<w:r><w:t>%</w:t></w:r>",
    )
    assert renew(split).changes == ()
    refreshed = renew(split, rate="95,00%")

    assert text_of(refreshed.docx, "m002.rate") == "95,00%"
    control = word.control(root(refreshed.docx), "m002.rate")
    assert len(control.findall(".//w:r", word.NS)) == 1
    assert control.find(".//w:rPr/w:i", word.NS) is not None
    assert kinds(refreshed) == [("renewed", "m002.rate")]


def test_a_value_typed_over_by_hand_is_renewed_and_said(report):
    refreshed = renew(replaced(report, ">907<", ">999<"))

    (change,) = refreshed.changes
    assert (change.kind, change.before, change.after) == ("edited", "999", "907")
    assert text_of(refreshed.docx, "m001.late") == "907"


def test_a_control_that_was_emptied_is_filled_again(report):
    def clear(body):
        control = word.control(body, "m001.late")
        control.find("w:sdtPr", word.NS).append(etree.Element(w("showingPlcHdr")))
        run = control.find(".//w:r", word.NS)
        run.find("w:t", word.NS).text = "Click or tap here to enter text."
        run.insert(0, word.as_xml('<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>')[0])

    refreshed = renew(edited(report, clear))

    control = word.control(root(refreshed.docx), "m001.late")
    assert "".join(control.itertext()) == "907"
    assert control.find(".//w:showingPlcHdr", word.NS) is None
    assert control.find(".//w:rStyle", word.NS) is None


def test_a_control_without_any_run_is_filled(report):
    def clear(body):
        content = word.control(body, "m001.late").find("w:sdtContent", word.NS)
        for child in list(content):
            content.remove(child)

    assert text_of(renew(edited(report, clear)).docx, "m001.late") == "907"


def test_a_mark_that_cannot_be_computed_any_more_stays_with_the_reason(report):
    values = word.Values()
    del values.values["late"]
    refreshed = word.refresh(report, values, word.ABOUT)

    (change,) = refreshed.changes
    assert (change.kind, change.id, change.detail) == ("failed", "m001.late", "không có chỉ tiêu «late»")
    assert text_of(refreshed.docx, "m001.late") == "907"


def test_a_mark_that_was_pending_gets_the_title_of_a_figure(report):
    pending = replaced(report, "Số liệu: m001.late", "Đang tổng hợp: m001.late")

    assert word.parts(renew(pending).docx)["word/document.xml"].decode().count("Số liệu: m001.late") == 1


# Deleted, doubled, moved, nested


def test_a_deleted_mark_is_named_once(report):
    def delete(body):
        paragraph = word.paragraph_with(body, "Đã kiểm tra")
        paragraph.getparent().remove(paragraph)

    refreshed = renew(edited(report, delete))

    (change,) = refreshed.changes
    assert (change.kind, change.id, change.place) == ("deleted", "m006.visits", "Mục «II. Đánh giá»")
    assert renew(refreshed.docx).changes == ()


def test_a_deleted_mark_that_is_put_back_is_a_mark_again(report):
    gone = {}

    def delete(body):
        gone["p"] = word.paragraph_with(body, "Đã kiểm tra")
        gone["after"] = gone["p"].getprevious()
        gone["p"].getparent().remove(gone["p"])

    without = renew(edited(report, delete)).docx
    back = edited(without, lambda body: word.paragraph_with(body, "II. Đánh giá").addnext(copy.deepcopy(gone["p"])))

    assert text_of(renew(back, visits="08").docx, "m006.visits") == "08"


def test_a_control_taken_off_in_word_leaves_its_words_as_prose(report):
    def unwrap(body):
        control = word.control(body, "m001.late")
        for run in control.find("w:sdtContent", word.NS):
            control.addprevious(run)
        control.getparent().remove(control)

    refreshed = renew(edited(report, unwrap), late="906")

    assert kinds(refreshed) == [("deleted", "m001.late")]
    assert "Có 907 hồ sơ trễ hạn, đạt 93,25%; xem thêm." in word.texts(refreshed.docx)


def test_a_copied_paragraph_doubles_its_marks_and_both_are_renewed(report):
    def double(body):
        paragraph = word.paragraph_with(body, "hồ sơ trễ hạn")
        word.paragraph_with(body, "Đã kiểm tra").addnext(copy.deepcopy(paragraph))

    refreshed = renew(edited(report, double), late="906")

    assert word.texts(refreshed.docx).count("Có 906 hồ sơ trễ hạn, đạt 93,25%; xem thêm.") == 2
    doubled = [c for c in refreshed.changes if c.kind == "doubled"]
    assert [(c.id, c.place) for c in doubled] == [
        ("m001.late", "Mục «I. Kết quả», đoạn 1; Mục «II. Đánh giá», đoạn 2"),
        ("m002.rate", "Mục «I. Kết quả», đoạn 1; Mục «II. Đánh giá», đoạn 2"),
    ]


def test_a_mark_moved_to_another_section_is_named_with_both_places(report):
    def move(body):
        control = word.control(body, "m005.cell")
        word.paragraph_with(body, "Đã kiểm tra").insert(1, control)

    (change,) = renew(edited(report, move)).changes

    assert (change.kind, change.id) == ("moved", "m005.cell")
    assert (change.place, change.detail) == ("Mục «II. Đánh giá», đoạn 1", "Trước đó: Mục «I. Kết quả»")


def test_only_what_was_moved_is_named_where_the_order_changed(report):
    def move(body):
        word.paragraph_with(body, "Gồm").append(word.control(body, "m001.late"))

    assert kinds(renew(edited(report, move))) == [("moved", "m001.late")]


def test_a_heading_that_was_rewritten_and_a_new_one_move_nothing(report):
    def rewrite(body):
        heading = word.paragraph_with(body, "I. Kết quả")
        heading.addprevious(copy.deepcopy(heading))
        heading.getprevious().find(".//w:t", word.NS).text = "Mở đầu"
        heading.find(".//w:t", word.NS).text = "A. Kết quả đạt được"

    assert renew(edited(report, rewrite)).changes == ()


def test_a_mark_inside_another_is_renewed_by_itself_and_said(report):
    def nest(body):
        outer = word.control(body, "m001.late").find("w:sdtContent", word.NS)
        outer.append(word.control(body, "m002.rate"))

    refreshed = renew(edited(report, nest), late="906", rate="95,00%")

    assert "Có 90695,00% hồ sơ trễ hạn, đạt ; xem thêm." in word.texts(refreshed.docx)
    assert ("nested", "m002.rate") in kinds(refreshed)
    assert [c.detail for c in refreshed.changes if c.kind == "nested"] == ["m001.late"]


def test_a_control_of_somebody_else_around_ours_changes_nothing(report):
    def wrap(body):
        paragraph = word.paragraph_with(body, "hồ sơ trễ hạn")
        outer = word.as_xml('<w:sdt><w:sdtPr><w:tag w:val="bieu-mau"/></w:sdtPr><w:sdtContent/></w:sdt>')[0]
        paragraph.addprevious(outer)
        outer[1].append(paragraph)

    refreshed = renew(edited(report, wrap), late="906")

    assert kinds(refreshed) == [("renewed", "m001.late")]


# Tracked changes


def test_what_was_inserted_and_deleted_inside_a_mark_counts_as_one_reads_it(report):
    tracked = replaced(
        report,
        '<w:r><w:t xml:space="preserve">907</w:t></w:r>',
        '<w:del w:id="90" w:author="A"><w:r><w:delText>907</w:delText></w:r></w:del>'
        '<w:ins w:id="91" w:author="A"><w:r><w:t>9</w:t></w:r><w:r><w:t>99</w:t></w:r></w:ins>',
    )
    refreshed = renew(tracked, late="906")

    (change,) = refreshed.changes
    assert (change.kind, change.before, change.after) == ("edited", "999", "906")
    control = word.control(root(refreshed.docx), "m001.late")
    assert control.find(".//w:del//w:delText", word.NS).text == "907"
    assert "".join(t.text for t in control.iter(w("t"))) == "906"


@pytest.mark.parametrize("outside", [True, False])
def test_a_mark_deleted_under_tracked_changes_is_said_and_left(report, outside):
    def strike(body):
        control = word.control(body, "m001.late")
        run = control.find(".//w:r", word.NS)
        run.find("w:t", word.NS).tag = w("delText")
        deleted = etree.Element(w("del"))
        inner = control if outside else run
        inner.addprevious(deleted)
        deleted.append(inner)

    before = edited(report, strike)
    refreshed = renew(before, late="906")

    (change,) = refreshed.changes
    assert (change.kind, change.id) == ("deleted", "m001.late")
    assert "Track Changes" in change.detail
    assert word.parts(refreshed.docx)["word/document.xml"] == word.parts(before)["word/document.xml"]


# Marks that people type


def test_a_typed_mark_becomes_a_control_in_the_looks_in_which_it_was_typed(report):
    docx = add_paragraph(report, typed("Trễ hạn "), typed("[[late]]", "<w:i/>"), typed(" hồ sơ."))
    refreshed = renew(docx)

    (change,) = refreshed.changes
    assert (change.kind, change.source, change.before, change.after) == ("new", "late", "[[late]]", "907")
    assert "Trễ hạn 907 hồ sơ." in word.texts(refreshed.docx)
    control = word.control(root(refreshed.docx), change.id)
    assert control.find(".//w:rPr/w:i", word.NS) is not None
    assert [e.source for e in table_of(refreshed.docx).entries].count("late") == 2
    assert kinds(renew(refreshed.docx, late="906")) == [("renewed", "m001.late"), ("renewed", change.id)]


def test_a_mark_that_word_broke_over_runs_and_dressed_up_is_read(report):
    docx = add_paragraph(
        report,
        typed("Trong đó [") + '<w:proofErr w:type="spellStart"/>',
        typed("[list", "<w:b/>"),
        '<w:ins w:id="70" w:author="A">' + typed(HARD_BLANK + "names") + "</w:ins>",
        typed("]] và [[la"),
        typed("te]"),
        typed("], hết."),
    )
    refreshed = renew(docx)

    assert "Trong đó 02 sở: Y tế; Nội vụ và 907, hết." in word.texts(refreshed.docx)
    assert [c.kind for c in refreshed.changes] == ["new", "new"]
    ids = [c.get(w("val")) for c in root(refreshed.docx).iterfind(".//w:sdtPr/w:id", word.NS)]
    assert len(ids) == len(set(ids)) == 7
    starts = [b.get(w("id")) for b in root(refreshed.docx).iter(w("bookmarkStart"))]
    assert len(starts) == len(set(starts))


def test_an_unknown_typed_mark_and_a_condition_stay_as_typed_with_reason_and_place(report):
    words = "Gồm [[latee]] và {{plan: theo kế hoạch}}."
    before = add_paragraph(report, typed(words))
    refreshed = renew(before)

    assert words in word.texts(refreshed.docx)
    assert [(c.kind, c.before, c.place) for c in refreshed.changes] == [
        ("unknown", "{{plan: theo kế hoạch}}", "Mục «I. Kết quả», đoạn 3"),
        ("unknown", "[[latee]]", "Mục «I. Kết quả», đoạn 3"),
    ]
    assert refreshed.changes[1].detail == "không có chỉ tiêu «latee»"
    assert "không dùng được trong Word" in refreshed.changes[0].detail
    assert word.parts(refreshed.docx) == word.parts(before)


def test_a_typed_citation_becomes_a_real_footnote(report):
    docx = add_paragraph(report, typed("Theo kế hoạch[[cite plan]] và [[note list names]].", "<w:b/>"))
    refreshed = renew(docx)

    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 12/KH-UBND."] * 2 + ["02 sở: Y tế; Nội vụ."]
    assert [c.place for c in refreshed.changes] == ["Chú thích 2", "Chú thích 3"]
    references = [r.get(w("id")) for r in root(refreshed.docx).iter(w("footnoteReference"))]
    assert len(set(references)) == 3
    assert kinds(renew(refreshed.docx)) == []


def test_words_typed_as_a_footnote_become_one(report):
    refreshed = renew(add_paragraph(report, typed("Đã báo cáo[[footnote: Theo ghi nhớ [1] của tổ.]].")))

    assert footnote_texts(refreshed.docx)[1] == "Theo ghi nhớ [1] của tổ."
    assert kinds(refreshed) == [("new", "footnote: Theo ghi nhớ [1] của tổ.")]


def test_the_first_footnote_of_a_file_brings_its_part_relation_and_type():
    document = python_docx.Document()
    document.add_paragraph("Theo kế hoạch[[cite plan]].")
    out = io.BytesIO()
    document.save(out)
    refreshed = word.refresh(out.getvalue(), word.Values(), word.ABOUT)

    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 12/KH-UBND."]
    contents = word.parts(refreshed.docx)
    assert b"footnotes+xml" in contents["[Content_Types].xml"]
    assert b'Target="footnotes.xml"' in contents["word/_rels/document.xml.rels"]
    assert [n.get(w("id")) for n in root(refreshed.docx, "word/footnotes.xml")] == ["-1", "0", "1"]
    python_docx.Document(io.BytesIO(refreshed.docx))
    assert table_of(refreshed.docx).about == word.ABOUT


def test_a_mark_typed_in_a_table_and_in_a_footnote_is_set(report):
    docx = replaced(report, "Huyện A", "Huyện [[late]]")
    docx = edited(docx, lambda notes: last_note(notes).append(word.as_xml(typed(" Trễ: [[late]]."))[0]), NOTES)
    refreshed = renew(docx)

    assert "Huyện 907" in word.texts(refreshed.docx)
    assert footnote_texts(refreshed.docx) == ["Kế hoạch số 12/KH-UBND. Trễ: 907."]
    assert [c.place for c in refreshed.changes] == ["Chú thích 1", "Mục «I. Kết quả», bảng"]


def test_a_footnote_typed_into_a_footnote_is_refused_in_words(report):
    docx = edited(report, lambda notes: last_note(notes).append(word.as_xml(typed("[[cite plan]]"))[0]), NOTES)
    (change,) = renew(docx).changes

    assert (change.kind, change.place) == ("unknown", "Chú thích 1")
    assert "không đặt được chú thích trong chú thích" in change.detail


BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_marks_in_a_text_box_are_renewed_in_both_its_forms_and_named_once(report):
    inner = "".join(
        etree.tostring(e).decode() for e in word.paragraph_with(root(report), "Đã kiểm tra").iterchildren(w("sdt"))
    )
    docx = add_paragraph(report, BOX.format(f"<w:p>{typed('[[late]] và ')}{inner}</w:p>"))
    docx = edited(docx, lambda body: body[0].remove(word.paragraph_with(body, "Đã kiểm tra")))
    refreshed = renew(docx, visits="08")

    assert word.texts(refreshed.docx).count("907 và 08") == 2
    listed = [(c.kind, c.source) for c in refreshed.changes if c.kind != "moved"]
    assert listed == [("new", "late"), ("renewed", "visits")]
    assert all("khung chữ" in c.place for c in refreshed.changes)


def test_a_mark_typed_in_a_page_s_footer_is_said_to_stay(report):
    name = next(n for n in word.parts(report) if "footer" in n)
    before = edited(report, lambda footer: footer[0].append(word.as_xml(typed("[[late]]"))[0]), name)
    (change,) = renew(before).changes

    assert (change.kind, change.before) == ("unknown", "[[late]]")
    assert "phần thân" in change.detail


def test_a_file_without_a_table_has_its_typed_marks_set(report):
    contents = word.parts(report)
    del contents["docProps/custom.xml"]
    bare = add_paragraph(word.packed(contents), typed("[[late]]"))
    refreshed = renew(bare)

    assert kinds(refreshed)[0][0] == "new"
    assert refreshed.marks == 1
    assert table_of(refreshed.docx).about == word.ABOUT


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
