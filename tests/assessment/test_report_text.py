"""Weaknesses, remedies and directions in the report's own text, in its Word file, and back from there."""

from datetime import date

import pytest

from congvu.access.rules import SYSTEM
from congvu.assessment.models import ReportWeakness
from congvu.assessment.queries import get_weakness, seen
from congvu.assessment.rules import Outcome
from congvu.assessment.services import WeaknessEntry, add_weakness, write_outcome
from congvu.journal.services import act
from congvu.press.model import Footnote, block_runs, plain_text
from congvu.press.word.reader import footnote_texts
from congvu.reports.assessing import sheet_of
from congvu.reports.bringing_back import bring_back
from congvu.reports.draft_store import ParagraphRefused
from congvu.reports.drafts import get_draft_text
from congvu.reports.models import Draft
from congvu.reports.redrafting import add_paragraph
from congvu.reports.refreshing import refresh_word
from congvu.reports.services import build_report, files_of
from congvu.reports.writer import ReportNotBuilt
from congvu.work.dossiers.models import Dossier
from congvu.work.inspections.models import Finding
from tests.press import word_file as word
from tests.press.word_file import replaced, typed
from tests.web.province import at

PROSE = "Còn một bộ phận CBCCVC chưa phát huy trách nhiệm"


def built(reader, year=2022):
    return build_report("annual", year, reader=reader)


def words_of(block):
    return "".join(run.text for run in block_runs(block) if not isinstance(run, Footnote))


def text(reader, year=2022):
    return plain_text(built(reader, year).document)


def test_without_records_the_template_s_own_prose_stands(officer):
    words = text(officer)

    assert PROSE in words
    assert "Tuyên truyền, quán triệt để mỗi CBCCVC" in words
    assert "1. Tiếp tục siết chặt KLKCHC" in words
    assert "còn những hạn chế sau" not in words


def test_with_records_they_stand_in_place_of_the_prose(officer, weak, direct):
    weak()
    direct()
    words = text(officer)

    assert PROSE not in words
    assert "Tuyên truyền, quán triệt để mỗi" not in words
    assert "Tiếp tục siết chặt" not in words
    assert "- Còn hồ sơ trễ hạn (hồ sơ giải quyết trễ hạn, cấp xã: 2 hồ sơ)." in words
    assert "- Rà soát hằng tuần (Sở Nội vụ chủ trì; chậm nhất ngày 30/06/2023)." in words
    assert (
        "1. Nâng cao chất lượng một cửa (Sở Nội vụ chủ trì, UBND huyện Hà Quảng phối hợp; chậm nhất ngày 30/11/2023)."
        in words
    )


def test_the_evidence_is_a_figure_of_the_report_that_opens_and_is_an_item_of_a_list(officer, weak):
    weak(evidence="figure:dossiers:dossiers.late[level=commune]")
    report = built(officer)
    mark = next(one for one in report.marks if one.source == "dossiers.late level=commune period=dossiers")
    item = next(block for block in report.document.blocks if "Còn hồ sơ trễ hạn" in words_of(block))

    assert (mark.figure, mark.period, mark.kind) == ("dossiers.late[level=commune]", "dossiers", "figure")
    assert item.style == "item"
    assert "từ ngày 01/01/2022 đến ngày 31/12/2022" in words_of(item)


def test_a_figure_that_the_words_state_themselves_is_not_repeated(officer, weak):
    weak("Còn [[dossiers.late level=commune]] hồ sơ trễ hạn")

    assert "- Còn 2 hồ sơ trễ hạn." in text(officer)


def test_a_finding_and_a_weakness_without_evidence(officer, weak):
    weak("Giờ giấc chưa nghiêm", evidence="finding:F1", remedy="")
    weak("Tuyên truyền chưa đều", evidence="", remedy="")
    words = text(officer)

    found = "kiểm tra tại UBND huyện Hà Quảng ngày 01/08/2022: Còn đi muộn, về sớm, chưa khắc phục"
    assert f"- Giờ giấc chưa nghiêm ({found})." in words
    assert "- Tuyên truyền chưa đều." in words
    assert "Mục «2. Hạn chế», đoạn 2: 01 hạn chế chưa có minh chứng." in built(officer).warnings
    assert "Tuyên truyền, quán triệt để mỗi" in words  # no remedy, so the prose stands


def test_last_years_remedies_stand_with_what_became_of_them_then_and_now(officer, weak):
    number = weak(remedy="Rà soát trong năm [[next_year]]")
    before = seen(get_weakness(officer, "annual", 2022, number))
    write_outcome(officer, "annual", 2022, number, Outcome.UNDER_WAY, "Mới rà soát ở cấp xã", before=before)

    assert (
        "- Rà soát trong năm 2023: đang thực hiện; mới rà soát ở cấp xã; "
        "hồ sơ giải quyết trễ hạn, cấp xã: năm 2022 là 2 hồ sơ, năm 2023 là 0 hồ sơ."
    ) in text(officer, 2023)


def test_evidence_that_is_gone_names_its_place(officer, weak):
    weak(evidence="finding:F1")
    with act("package:load", actor=SYSTEM):
        Finding.objects.filter(pk="F1").update(text="Đã sửa [lại]")
    assert "Đã sửa (lại)" in text(officer)
    with act("package:load", actor=SYSTEM):
        Finding.objects.filter(pk="F1").update(agency="X1")
        weakness = get_weakness(officer, "annual", 2022, 1)
        type(weakness).objects.update(finding=None, figure="gone.figure", period="year")
    with pytest.raises(ReportNotBuilt, match=r"Mục «2\. Hạn chế»"):
        built(officer)


def test_broken_words_of_a_package_name_their_place_and_break_no_page(officer, sheet, weak):
    weak()
    with act("package:load", actor=SYSTEM):
        ReportWeakness.objects.update(text="Hỏng [[")
    assert sheet.plain("Hỏng [[") == "Hỏng [["
    with pytest.raises(ReportNotBuilt, match="đoạn 2, mục 1: dấu"):
        built(officer)


@pytest.mark.parametrize("mark", ["weaknesses", "remedies", "last_remedies", "directions"])
def test_a_mark_of_paragraphs_stands_alone_in_its_paragraph(officer, weak, mark):
    weak()
    with pytest.raises(ParagraphRefused, match="phải đứng một mình"):
        add_paragraph("annual", 2022, 0, 1, f"Sau đây: [[{mark}]]", reader=officer)
    assert add_paragraph("annual", 2022, 0, 1, f"[[{mark}]]", reader=officer) == 2


# Word


@pytest.fixture
def docx(officer, weak, direct):
    weak("Còn hồ sơ trễ hạn")
    weak("Giờ giấc chưa nghiêm", evidence="finding:F1")
    direct()
    return files_of(built(officer)).docx


def test_a_file_that_nobody_edited_brings_nothing_back(officer, docx):
    assert bring_back(docx, reader=officer).draft is None
    assert not Draft.objects.exists()


def test_the_evidence_is_renewed_in_the_officer_s_file(officer, docx):
    with act("dossier:correct", actor=officer):
        Dossier.objects.filter(pk="X2-LATE").update(due_at=at("06-01"))
    renewed = refresh_word(docx, reader=officer).docx

    assert "- Còn hồ sơ trễ hạn (hồ sơ giải quyết trễ hạn, cấp xã: 1 hồ sơ)." in word.texts(renewed)


def test_words_changed_elsewhere_leave_the_mark_a_mark(officer, docx):
    assert bring_back(replaced(docx, "gọn gàng, lịch sự", "chỉnh tề"), reader=officer).changed == 1
    assert "[[weaknesses]]" in get_draft_text(officer, "annual", 2022).texts


def test_a_weakness_changed_in_word_makes_all_of_them_words_with_their_marks_and_says_so(officer, docx):
    back = bring_back(replaced(docx, "Còn hồ sơ trễ hạn", "Hồ sơ trễ hạn còn nhiều"), reader=officer)
    texts = get_draft_text(officer, "annual", 2022).texts

    assert back.lost == ("[[weaknesses]]",)
    assert "[[weaknesses]]" not in texts
    place = next(i for i, one in enumerate(texts) if one.startswith("- Hồ sơ trễ hạn còn nhiều"))
    assert texts[place] == (
        "- Hồ sơ trễ hạn còn nhiều (hồ sơ giải quyết trễ hạn, cấp xã: [[dossiers.late level=commune]] hồ sơ)."
    )
    assert texts[place + 1] == "- Giờ giấc chưa nghiêm ([[finding F1]])."
    assert "[[directions]]" in texts


def test_a_paragraph_typed_between_two_weaknesses_stays_between_them(officer, docx):
    edited = word.add_paragraph(docx, typed("- Một hạn chế gõ tay."), before="- Giờ giấc chưa nghiêm")
    bring_back(edited, reader=officer)
    texts = get_draft_text(officer, "annual", 2022).texts
    place = texts.index("- Một hạn chế gõ tay.")

    assert texts[place - 1].startswith("- Còn hồ sơ trễ hạn")
    assert texts[place + 1].startswith("- Giờ giấc chưa nghiêm")


def test_a_paragraph_typed_behind_the_last_weakness_leaves_the_mark(officer, docx):
    edited = word.add_paragraph(docx, typed("Câu thêm ở cuối mục."), before="3. Giải pháp khắc phục")
    bring_back(edited, reader=officer)
    texts = get_draft_text(officer, "annual", 2022).texts

    assert (
        texts[texts.index("[[weaknesses]]") + 1 : texts.index("[[weaknesses]]") + 3].count("Câu thêm ở cuối mục.") == 1
    )


def test_a_typed_mark_of_paragraphs_stays_as_typed_with_the_reason(officer, docx):
    changes = refresh_word(
        word.add_paragraph(docx, typed("Thêm [[weaknesses]]."), before="II. "), reader=officer
    ).changes

    assert any("phải đứng một mình" in change.detail for change in changes)


def test_what_an_agency_wrote_is_cited_in_a_note(db, monkeypatch):
    from congvu.collection.asking import Asked, open_request
    from congvu.collection.filling import Entry, Item
    from congvu.collection.rules import Deed
    from congvu.collection.services import fill, move
    from tests.web.province import NOW, make_province

    monkeypatch.setenv("CONGVU_NOW", NOW)
    make_province()
    open_request(SYSTEM, Asked("annual", 2022))
    request, typed_in = "annual-20221214", {"chi-dao": Entry("Họp"), "uu-diem": Entry("Tốt")}
    typed_in |= {
        "nguyen-nhan-tre": Entry("Thiếu người"),
        "han-che": Entry(items=(Item("Chậm", "question:tre-han", "Đặt thời hạn"),)),
    }
    numbers = ("cuoc-hop", "hoi-nghi", "sinh-hoat-dang", "cong-thong-tin", "phan-mem-van-ban", "luot-boi-duong")
    fill(SYSTEM, request, "X1", typed_in | {name: Entry("1") for name in numbers})
    for deed in (Deed.CHECK, Deed.SUBMIT):
        move(SYSTEM, request, "X1", deed)
    evidence = f"answer:{request}:han-che:X1"
    add_weakness(
        SYSTEM, sheet_of("annual", 2022, SYSTEM), WeaknessEntry("Phối hợp chậm", evidence, due_on=date(2023, 1, 9))
    )
    report = built(SYSTEM)

    assert any(note.startswith("UBND xã Đào Ngạn, «") for note in footnote_texts(files_of(report).docx))
    assert "- Phối hợp chậm" in plain_text(report.document)
