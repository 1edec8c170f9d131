"""An edited Word file with its marks renewed: what changes, what stays, and what is said of it."""

import copy

import pytest
from lxml import etree

from congvu.press.word.reader import footnote_texts
from congvu.press.word.refresh import table_of
from congvu.press.word.table import MarkTable, bookmark_name, read_table, with_table
from tests.press import word_file as word
from tests.press.word_file import edited, kinds, renew, replaced, root, text_of, w

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
