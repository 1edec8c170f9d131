"""A report's text that comes back from Word: what becomes the next draft, and what is refused."""

import copy
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from congvu.press.word.back import Computed, NoteBack, read_back
from congvu.press.word.reader import footnote_texts
from congvu.press.word.refresh import table_of
from congvu.reports.bringing_back import bring_back
from congvu.reports.draft_store import DraftMoved, ParagraphRefused
from congvu.reports.models import Draft
from congvu.reports.services import freeze_report, frozen_file
from congvu.reports.template import load_template
from congvu.reports.word import NotThisReport
from tests.press import word_file as word
from tests.press.word_file import edited, paragraph_with, replaced, typed

from .draft_steps import (
    DRESS,
    LAN,
    MINH,
    PLAIN,
    change,
    changes_of,
    make_province,
    needs_office,
    position_of,
    report,
    text,
    word_of,
)


@pytest.fixture
def example(db):
    make_province()


@pytest.fixture
def committed(own_database):
    make_province()


# What comes back from Word


def test_a_file_that_nobody_edited_brings_nothing_back(example):
    back = bring_back(word_of(), reader=LAN)

    assert (back.draft, back.changed, back.merged, back.remarks, back.lost) == (None, 0, False, (), ())
    assert not Draft.objects.exists()


@needs_office
def test_a_file_that_libreoffice_saved_brings_nothing_back(example, tmp_path):
    back = bring_back(word.through_libreoffice(word_of(), tmp_path), reader=LAN)

    assert (back.draft, back.changed) == (None, 0)


def test_the_text_comes_back_without_letterhead_and_signature_and_in_the_template_s_marks(example):
    came = read_back(word_of())
    words = ["".join(p for p in paragraph.pieces if isinstance(p, str)) for paragraph in came.paragraphs]

    assert words[0].startswith("I. ")
    assert not [w for w in words if "CỘNG HÒA" in w or "Nơi nhận" in w or "CHỦ TỊCH" in w or "BÁO CÁO" in w]
    pieces = [piece for paragraph in came.paragraphs for piece in paragraph.pieces]
    assert Computed("dossiers.late_rate level=commune period=dossiers as=fraction") in pieces
    assert NoteBack((Computed("note list teams.formed kind=supervision"), ".")) in pieces


def test_changed_new_and_removed_paragraphs_are_the_next_draft_and_nothing_else(example):
    def edit(body):
        dress = paragraph_with(body, DRESS)
        added = copy.deepcopy(dress)
        added.find(".//w:t", word.NS).text = "Một đoạn hoàn toàn mới do chị Lan viết thêm."
        dress.addnext(added)
        plain = paragraph_with(body, PLAIN)
        plain.getparent().remove(plain)

    docx = replaced(edited(word_of(), edit), "đúng quy định của từng ngành", "theo quy định của ngành mình")
    was = text().texts
    back = bring_back(docx, reader=LAN)

    assert (back.draft, back.changed) == (2, 3)
    old_dress = next(t for t in was if t.startswith(DRESS))
    assert changes_of(2) == [
        ("removed", next(t for t in was if t.startswith(PLAIN)), ""),
        ("changed", old_dress, old_dress.replace("đúng quy định của từng ngành", "theo quy định của ngành mình")),
        ("added", "", "Một đoạn hoàn toàn mới do chị Lan viết thêm."),
    ]
    assert sum(bool(p.by) for p in text().paragraphs) == 2
    assert Draft.objects.get(number=2).origin == "word"


def test_marks_conditions_and_empty_citations_stay_where_words_change_beside_them(example):
    template = next(t for t in load_template("annual").paragraphs if t.startswith("Bước vào năm"))
    back = bring_back(replaced(word_of(), "Bước vào năm ", "Ngay từ đầu năm "), reader=LAN)

    assert back.changed == 1
    assert text().paragraphs[position_of("Ngay từ đầu năm")].text != template
    assert template.replace("Bước vào năm", "Ngay từ đầu năm") in text().texts
    assert back.lost == ()


def test_a_typed_mark_and_a_typed_note_come_back_as_marks(example):
    docx = word.add_paragraph(
        word_of(),
        typed("Riêng cấp xã có [[dossiers.late level=commune]] hồ sơ trễ hạn[[footnote: Theo sổ theo dõi.]]."),
        before="II. Đánh giá chung",
    )
    bring_back(docx, reader=LAN)

    wanted = "Riêng cấp xã có [[dossiers.late level=commune]] hồ sơ trễ hạn[[footnote: Theo sổ theo dõi.]]."
    assert wanted in text().texts
    assert "Theo sổ theo dõi." in footnote_texts(word_of())


def test_a_note_written_in_word_stays_as_its_words(example):
    from congvu.reports.refreshing import refresh_word

    words = typed("Có ghi chú[[footnote: Ghi bởi [tổ] 1.]] ở đây.")
    docx = word.add_paragraph(word_of(), words, before="II. Đánh giá chung")
    back = bring_back(refresh_word(docx, reader=LAN).docx, reader=LAN)

    assert back.changed == 1
    assert "Có ghi chú[[footnote: Ghi bởi [tổ] 1.]] ở đây." in text().texts


def test_words_added_to_the_note_of_a_mark_keep_the_mark(example):
    docx = word_of()
    notes = footnote_texts(docx)
    listed = next(n for n in notes if n.startswith("0"))

    def add(root):
        p = next(p for p in root.iter(word.w("p")) if listed[:12] in "".join(p.itertext()))
        p.append(word.as_xml(typed(" Theo sổ."))[0])

    bring_back(edited(docx, add, "word/footnotes.xml"), reader=LAN)

    assert any("[[footnote: [[list " in t and ". Theo sổ.]]" in t for t in text().texts)
    assert f"{listed} Theo sổ." in footnote_texts(word_of())


def test_a_value_typed_over_by_hand_is_computed_again_and_said(example):
    docx = word_of()
    late = next(e for e in table_of(docx).entries if e.source.startswith("courses.count"))
    docx = edited(docx, lambda body: set_words(word.control(body, late.id), "999"))
    back = bring_back(docx, reader=LAN)

    assert back.draft is None
    assert [(c.kind, c.before) for c in back.marks] == [("edited", "999")]


def set_words(control, words):
    control.find(".//w:t", word.NS).text = words


def test_what_paragraphs_cannot_carry_is_said(example):
    table = f"<w:tbl><w:tr><w:tc><w:p>{typed('Ô bảng')}</w:p></w:tc></w:tr></w:tbl>"
    docx = word.add_paragraph(word_of(), typed("Chữ đậm.", "<w:b/>"), before="II. Đánh giá chung")
    docx = edited(docx, lambda body: paragraph_with(body, "Chữ đậm").addnext(word.as_xml(table)[0]))
    docx = edited(docx, lambda b: paragraph_with(b, "Chữ đậm").append(word.as_xml('<w:ins w:id="9"><w:r/></w:ins>')[0]))
    back = bring_back(docx, reader=LAN)

    assert any("bảng không đưa về được" in remark for remark in back.remarks)
    assert any("Track Changes" in remark for remark in back.remarks)
    assert any("đậm" in remark for remark in back.remarks)
    assert "Chữ đậm." in text().texts


def test_a_heading_keeps_its_level_and_a_list_its_dash(example):
    def edit(body):
        heading = copy.deepcopy(paragraph_with(body, "d) Trang phục"))
        heading.findall(".//w:t", word.NS)[0].text = "đ) Thời gian làm việc"
        item = word.as_xml(f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>{typed("Đúng giờ.")}</w:p>')[0]
        paragraph_with(body, DRESS).addnext(heading)
        heading.addnext(item)

    bring_back(edited(word_of(), edit), reader=LAN)

    place = position_of("đ) Thời gian")
    assert [p.text for p in text().paragraphs[place - 1 : place + 1]] == ["==== đ) Thời gian làm việc", "- Đúng giờ."]


def test_an_unknown_mark_in_a_returned_paragraph_is_refused_with_its_place(example):
    docx = replaced(word_of(), "gọn gàng, lịch sự", "gọn gàng [[dossiers.lates]]")

    with pytest.raises(ParagraphRefused, match=r"Mục «d\) Trang phục», đoạn 1: dấu \[\[dossiers.lates\]\]"):
        bring_back(docx, reader=LAN)
    assert not Draft.objects.exists()


def test_a_file_without_text_and_one_of_thousands_of_paragraphs_are_refused(example):
    def empty(body):
        for p in [p for p in body.iter(word.w("p")) if not any(a.tag == word.w("tbl") for a in p.iterancestors())]:
            p.getparent().remove(p)

    def fill(body):
        last = paragraph_with(body, DRESS)
        last.getparent().extend([copy.deepcopy(last) for _ in range(5_000)])

    with pytest.raises(ParagraphRefused, match="không có đoạn văn nào"):
        bring_back(edited(word_of(), empty), reader=LAN)
    with pytest.raises(ParagraphRefused, match="hơn 5000 đoạn"):
        bring_back(edited(word_of(), fill), reader=LAN)
    with pytest.raises(ParagraphRefused, match="dài hơn 20000"):
        bring_back(replaced(word_of(), "gọn gàng, lịch sự", "gọn gàng " * 3_000), reader=LAN)


def test_paragraphs_that_share_only_common_words_are_one_removed_and_one_added(example):
    def swap(body):
        plain = paragraph_with(body, PLAIN)
        plain.find(".//w:t", word.NS).text = "Sở Y tế mở ba phòng khám lưu động tại các xã vùng cao."

    bring_back(edited(word_of(), swap), reader=LAN)

    assert [kind for kind, _before, _after in changes_of(2)] == ["removed", "added"]


def test_the_file_that_goes_back_tells_of_the_new_draft(example):
    back = bring_back(replaced(word_of(), "gọn gàng, lịch sự", "chỉnh tề"), reader=LAN)
    assert table_of(back.docx).about["draft"] == 2
    again = bring_back(replaced(back.docx, "chỉnh tề", "chỉnh tề, lịch sự"), reader=LAN)

    assert (again.draft, again.based_on, again.changed) == (3, 2, 1)


# Several at once


def test_two_who_changed_different_paragraphs_both_keep_theirs(example):
    docx = word_of()
    bring_back(replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), reader=LAN)
    back = bring_back(replaced(docx, "tôn trọng, lắng nghe", "kính trọng, lắng nghe"), reader=MINH)

    assert (back.draft, back.merged, back.changed) == (3, True, 1)
    assert "chỉnh tề" in report()
    assert "kính trọng, lắng nghe" in report()
    signed = {p.by for p in text().paragraphs if p.by}
    assert signed == {"Hoàng Thị Lan", "Lục Văn Minh"}


def test_two_who_changed_the_same_paragraph_the_second_is_told_and_nothing_is_stored(example):
    docx = word_of()
    bring_back(replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), reader=LAN)

    with pytest.raises(DraftMoved) as refusal:
        bring_back(replaced(docx, "gọn gàng, lịch sự", "giản dị"), reader=MINH)
    assert "được tạo từ dự thảo 1; nay đã có dự thảo 2 do Hoàng Thị Lan" in str(refusal.value)
    assert "đã được Hoàng Thị Lan sửa ở dự thảo 2" in str(refusal.value)
    assert Draft.objects.count() == 2


def test_the_same_file_brought_back_twice_adds_nothing(example):
    docx = word.add_paragraph(
        replaced(word_of(), "gọn gàng, lịch sự", "chỉnh tề"), typed("Một đoạn thêm."), before="II. Đánh giá chung"
    )
    bring_back(docx, reader=LAN)
    back = bring_back(docx, reader=LAN)

    assert (back.draft, back.changed) == (None, 0)
    assert report().count("Một đoạn thêm.") == 1


def test_one_s_own_older_file_may_change_one_s_own_paragraph_again(example):
    docx = word_of()
    bring_back(replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), reader=LAN)
    back = bring_back(replaced(docx, "gọn gàng, lịch sự", "giản dị"), reader=LAN)

    assert back.draft == 3
    assert "giản dị" in report()


def test_of_two_at_the_same_instant_one_is_stored_and_the_other_told(committed):
    docx = word_of()
    lock = "(hashtextextended('report_drafts annual 2022', 0))"

    def bring(reader, words):
        try:
            return bring_back(replaced(docx, "gọn gàng, lịch sự", words), reader=reader).draft
        except DraftMoved as refusal:
            return refusal.status
        finally:
            connection.close()

    with connection.cursor() as cursor, ThreadPoolExecutor(2) as pool:
        # both have read and compared, and stand before the door: only then may they write
        cursor.execute(f"SELECT pg_advisory_lock{lock}")
        found = [pool.submit(bring, LAN, "chỉnh tề"), pool.submit(bring, MINH, "giản dị")]
        try:
            assert both_wait(cursor)
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock{lock}")
        assert sorted(one.result() for one in found) == [2, 409]
    assert Draft.objects.count() == 2


def both_wait(cursor):
    """Return whether two sessions wait for an advisory lock within a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        if cursor.fetchone()[0] == 2:
            return True
        time.sleep(0.05)
    return False


# Files that are no draft


def test_another_year_s_file_a_frozen_one_and_one_of_nowhere_are_refused(committed):
    docx = word_of()
    with pytest.raises(NotThisReport, match="năm 2022"):
        bring_back(docx, reader=LAN, kind="annual", year=2023)
    frozen = frozen_file(freeze_report("annual", 2022, reader=LAN), "docx")
    with pytest.raises(NotThisReport, match="không được tạo từ dự thảo"):
        bring_back(frozen, reader=LAN)
    bare = {name: content for name, content in word.parts(docx).items() if name != "docProps/custom.xml"}
    with pytest.raises(NotThisReport, match="không được tạo từ dự thảo"):
        bring_back(word.packed(bare), reader=LAN, kind="annual", year=2022)


def test_a_file_of_a_draft_that_is_not_here_is_refused(example):
    change(PLAIN, "Câu của chị Lan.")
    docx = word_of()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    from congvu.journal.services import act

    with act("report:draft", actor=LAN):
        Draft.objects.all().delete()

    with pytest.raises(NotThisReport, match="dự thảo 2, mà ở đây không có"):
        bring_back(docx, reader=LAN)
