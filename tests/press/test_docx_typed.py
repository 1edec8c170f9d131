"""Marks that people type into a Word file, in its text, tables, boxes and notes."""

import io

import docx as python_docx
from lxml import etree

from congvu.press.word.reader import footnote_texts
from congvu.press.word.refresh import table_of
from tests.press import word_file as word
from tests.press.word_file import add_paragraph, edited, kinds, last_note, renew, replaced, root, typed, w

NOTES = "word/footnotes.xml"
HARD_BLANK = "\u00a0"


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
