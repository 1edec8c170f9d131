"""Drafts of a report's text: edited on the page, kept with who and when."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from congvu.press.model import footnotes, plain_text
from congvu.reports import drafts
from congvu.reports.bringing_back import bring_back
from congvu.reports.draft_store import DraftMoved, ParagraphRefused
from congvu.reports.drafting import atoms, merged
from congvu.reports.drafts import get_draft_text
from congvu.reports.models import Draft
from congvu.reports.queries import frozen_document
from congvu.reports.redrafting import add_paragraph, delete_paragraph, edit_paragraph
from congvu.reports.services import build_report, freeze_report, frozen_file
from congvu.reports.sources import Sources
from congvu.reports.template import load_template

from .draft_steps import (
    DRESS,
    LAN,
    MINH,
    PLAIN,
    change,
    changes_of,
    make_province,
    position_of,
    report,
    text,
)
from .test_annual import CLERK


@pytest.fixture
def example(db):
    make_province()


@pytest.fixture
def committed(own_database):
    make_province()


# On the page


def test_the_first_draft_is_the_template_s_text(example):
    assert text().number == 0
    assert text().texts == load_template("annual").paragraphs
    before = report()
    assert change(PLAIN, "Với người dân, CBCCVC luôn lắng nghe.") == 2

    first = text(number=1)
    assert first.texts == load_template("annual").paragraphs
    assert {p.by for p in first.paragraphs} == {""}
    assert "Với người dân, CBCCVC luôn lắng nghe." in report()
    assert before != report()


def test_only_the_changed_paragraph_says_who_and_when(example, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T08:00")
    change(PLAIN, "Câu mới của chị Lan.")
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T09:30")
    change(DRESS, "Trang phục gọn gàng.", reader=MINH)

    signed = {p.text: (p.by, p.at.hour, p.draft) for p in text().paragraphs if p.by}
    assert signed == {
        "Câu mới của chị Lan.": ("Hoàng Thị Lan", 8, 2),
        "Trang phục gọn gàng.": ("Lục Văn Minh", 9, 3),
    }
    assert [(d.number, d.saved_by, d.origin) for d in drafts.history(LAN, "annual", 2022)] == [
        (3, "Lục Văn Minh", "page"),
        (2, "Hoàng Thị Lan", "page"),
        (1, "Hoàng Thị Lan", "template"),
    ]


def test_a_new_paragraph_may_hold_marks_and_notes_of_its_own(example):
    place = position_of(DRESS)
    words = "Có [[dossiers.late level=commune]] hồ sơ trễ hạn[[footnote: Xem [[list teams.formed kind=supervision]].]]."
    add_paragraph("annual", 2022, 0, place, words, reader=LAN)

    built = build_report("annual", 2022, reader=LAN)
    assert text().paragraphs[place].text == words
    assert any(use.source == "dossiers.late level=commune" and use.kind == "figure" for use in built.marks)
    assert "Xem 0" in "".join(r.text for note in footnotes(built.document) for r in note.runs)


def test_a_deleted_paragraph_is_gone_and_in_the_history(example):
    was = text().paragraphs[position_of(PLAIN) - 1].text
    delete_paragraph("annual", 2022, 0, position_of(PLAIN), reader=LAN)

    assert PLAIN not in report()
    assert changes_of(2) == [("removed", was, "")]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("", "chưa có chữ"),
        ("== ", "chưa có chữ"),
        ("===== Sâu quá", "bốn cấp"),
        ("x" * 20_001, "dài hơn"),
        ("Có [[dossiers.lates]].", "không có chỉ tiêu «dossiers.lates»"),
        ("Có [[dossiers.late.", "không có dấu đi cùng"),
        ("{{par_plan}}", "điều kiện"),
        ("[[footnote: ]]", "chú thích không có chữ"),
    ],
)
def test_words_that_no_report_can_hold_are_refused_with_their_place(example, words, complaint):
    with pytest.raises(ParagraphRefused, match=complaint) as refusal:
        change(PLAIN, words)
    assert str(refusal.value).startswith("Đoạn ")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("position", [0, -1, 999])
def test_a_paragraph_that_is_not_there_is_refused(example, position):
    with pytest.raises(ParagraphRefused, match="không có đoạn"):
        edit_paragraph("annual", 2022, 0, position, "Chữ.", reader=LAN)
    with pytest.raises(ParagraphRefused, match="không có đoạn"):
        delete_paragraph("annual", 2022, 0, position, reader=LAN)


def test_the_same_words_are_no_new_draft(example):
    with pytest.raises(ParagraphRefused, match="vẫn như cũ"):
        change(PLAIN, text().paragraphs[position_of(PLAIN) - 1].text)
    assert not Draft.objects.exists()


def test_one_who_edits_an_old_draft_is_told_which_is_newer(example):
    change(PLAIN, "Câu của chị Lan.")

    with pytest.raises(DraftMoved, match=r"Dự thảo 2 do Hoàng Thị Lan ghi lúc .* mới hơn dự thảo 0"):
        change(DRESS, "Câu của anh Minh.", reader=MINH, number=0)


def test_one_who_writes_no_reports_sees_and_changes_no_draft(example):
    for deed in (
        lambda: get_draft_text(CLERK, "annual", 2022),
        lambda: drafts.history(CLERK, "annual", 2022),
        lambda: edit_paragraph("annual", 2022, 0, 1, "x", reader=CLERK),
        lambda: delete_paragraph("annual", 2022, 0, 1, reader=CLERK),
        lambda: bring_back(b"", reader=CLERK),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_draft_that_is_not_there_is_not_found(example):
    for number in (1, 7, -1):
        with pytest.raises(Http404):
            get_draft_text(LAN, "annual", 2022, number)


def test_a_draft_is_written_in_an_act_and_verified(committed):
    change(PLAIN, "Câu của chị Lan.")
    seal_acts()

    assert list(verify(records=True)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor_name FROM journal_act WHERE kind = 'report:draft'")
        assert cursor.fetchall() == [("Hoàng Thị Lan",)]


def test_what_is_frozen_is_the_newest_draft_and_stays(committed):
    change(PLAIN, "Câu của bản một.")
    frozen = freeze_report("annual", 2022, reader=LAN)
    change("Câu của bản một", "Câu của bản hai.")

    assert "Câu của bản một." in plain_text(frozen_document(frozen))
    assert frozen_file(frozen, "docx")[:2] == b"PK"
    assert "Câu của bản hai." in plain_text(frozen_document(freeze_report("annual", 2022, reader=LAN)))


# The draft's own writing


@pytest.fixture
def sources(example):
    return Sources.read(load_template("annual"), 2022, LAN)


@pytest.mark.parametrize(
    ("draft", "edit", "wanted"),
    [
        ("Năm [[year]] có việc.", ("việc", "nhiều việc"), "Năm [[year]] có nhiều việc."),
        ("A{{par_plan: theo [[doc par_plan]]}} B.", ("B", "C"), "A{{par_plan: theo [[doc par_plan]]}} C."),
        ("A{{culture_plan: theo [[year]]}} B.", ("B", "C"), "A{{culture_plan: theo [[year]]}} C."),
        ("{{culture_plan: X.}} A B.", ("B", "C"), "{{culture_plan: X.}} A C."),
        ("A[[cite culture_plan]] B.", ("B", "C"), "A[[cite culture_plan]] C."),
        ("A{{par_plan: theo kế hoạch}} B.", ("theo kế", "đúng kế"), "A đúng kế hoạch B."),
        ("A B.", ("A ", ""), "B."),
    ],
)
def test_a_changed_paragraph_keeps_its_marks_and_conditions(sources, draft, edit, wanted):
    cut = atoms(draft, sources)
    assert "".join(atom.markup for atom in cut) == draft
    shown = "\x1f".join(token for atom in cut for token in atom.tokens)
    import re

    new = re.findall(r"\[\[.*?\]\]|\s|\w+|[^\w\s]", shown.replace("\x1f", "").replace(*edit))

    assert merged(cut, new)[0] == wanted


def test_a_condition_that_was_written_over_is_named(sources):
    cut = atoms("A{{par_plan: theo kế hoạch}} B.", sources)

    assert merged(cut, ["A", " ", "B", "."]) == ("A B.", ("{{par_plan: theo kế hoạch}}",))
