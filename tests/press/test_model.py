"""What the model refuses, cleans and says as plain text."""

import dataclasses
import datetime as dt

import pytest

from congvu.press.model import (
    Footnote,
    Heading,
    Mark,
    Meta,
    Paragraph,
    Table,
    Text,
    footnotes,
    mark_ids,
    plain_text,
    runs,
)
from tests.press import sample

FIGURE = Mark("figure.a", "93,22%", "figure")


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((Paragraph(runs(FIGURE, FIGURE)),), id="twice in a paragraph"),
        pytest.param((Paragraph(runs(FIGURE, Footnote(runs(FIGURE)))),), id="text and footnote"),
        pytest.param((Paragraph(runs(FIGURE)), Table(("Số",), (((FIGURE,),),))), id="text and table"),
        pytest.param((Paragraph(runs(FIGURE, Footnote(runs("x"), mark_id=FIGURE.id))),), id="a reference"),
        pytest.param((Heading(1, runs(FIGURE)), Paragraph(runs(FIGURE))), id="a heading"),
    ],
)
def test_two_marks_never_share_an_id(blocks):
    with pytest.raises(ValueError, match=r"figure\.a"):
        sample.report(*blocks)


@pytest.mark.parametrize("mark_id", ["", "a b", "a\tb", "a\u200bb", "x" * 65])
def test_a_mark_id_that_word_would_not_keep_is_refused(mark_id):
    with pytest.raises(ValueError, match="mark id"):
        Mark(mark_id, "1", "figure")
    with pytest.raises(ValueError, match="mark id"):
        Footnote(runs("x"), mark_id=mark_id)


def test_a_mark_of_64_characters_is_taken():
    assert Mark("x" * 64, "1", "figure").id == "x" * 64


@pytest.mark.parametrize(("text", "kind"), [("", "figure"), ("\u200b", "figure"), ("1", "unheard")])
def test_a_mark_needs_words_and_a_known_kind(text, kind):
    with pytest.raises(ValueError, match=r"figure\.x"):
        Mark("figure.x", text, kind)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("dòng\vmới\r\nnữa\u2028cuối", "dòng\nmới\nnữa\ncuối"),
        ("Ky\u0309 lua\u0323\u0302t", "Kỷ luật"),
        ("a\tb", "a b"),
        ("a\u200b\u00ad\ufeff\x00\x07\ud800\uffffb", "ab"),
        ("Số:        /BC-UBND", "Số:        /BC-UBND"),
    ],
)
def test_text_becomes_what_every_format_can_hold(given, kept):
    assert Text(given).text == kept
    assert Mark("figure.x", given, "figure").text == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": (("1",),)},
        {"widths_mm": (10.0,)},
        {"widths_mm": (100.0, 66.0)},
        {"widths_mm": (0.0, 20.0)},
        {"align": ("left",)},
        {"header": ()},
        {"header": ("A", (Footnote(runs("x")),))},
        {"rows": (("1", (Footnote(runs("x")),)),)},
    ],
    ids=str,
)
def test_a_table_that_cannot_be_set_is_refused(wrong):
    fitting = {
        "header": ("A", "B"),
        "rows": (("1", "2"),),
        "widths_mm": (100.0, 65.0),
        "align": ("left", "right"),
    }
    assert Table(**fitting).rows == (("1", "2"),)
    with pytest.raises(ValueError, match=r"."):
        Table(**fitting | wrong)


@pytest.mark.parametrize("level", [0, 5])
def test_headings_have_four_levels(level):
    with pytest.raises(ValueError, match="heading level"):
        Heading(level, runs("x"))


def test_an_unknown_paragraph_style_is_refused():
    with pytest.raises(ValueError, match="unknown paragraph style 'bold'"):
        Paragraph(runs("x"), style="bold")


def test_the_time_of_making_needs_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        dataclasses.replace(sample.META, created=dt.datetime(2022, 12, 21))
    assert isinstance(sample.META, Meta)
    assert sample.META.created_utc.isoformat() == "2022-12-21T01:00:00+00:00"


def test_plain_text_numbers_the_notes_and_lists_them_at_the_end():
    document = sample.report(
        Heading(1, runs("I. Đầu")),
        Paragraph(
            runs(
                "Đạt ",
                FIGURE,
                Footnote(runs("Một.")),
                " và",
                Footnote(runs("Hai ", Mark("c", "38", "citation"))),
                ".",
            )
        ),
        Table(("A", "B"), (("1", "2"),)),
        Paragraph(runs("Hết", Footnote(runs("Ba.")))),
    )
    text = plain_text(document)
    assert "Đạt 93,22%¹ và².\n\nA\tB\n1\t2\n\nHết³\n\nTrên đây" in text
    assert text.endswith("Nguyễn Thị Ánh Đào\n\n¹ Một.\n\n² Hai 38\n\n³ Ba.\n")
    assert text.startswith("DỮ LIỆU MÔ PHỎNG\n\nỦy ban nhân dân\ntỉnh Cao Bằng\n\nSố:        /BC-UBND\n\n")
    assert "Nơi nhận:\n- Bộ Nội vụ (b/c);\n" in text


def test_plain_text_writes_numbers_over_nine_in_superscript():
    text = plain_text(sample.report(Paragraph(runs(*(Footnote(runs(f"n{i}")) for i in range(1, 13))))))
    assert "⁹¹⁰¹¹¹²" in text
    assert "¹² n12" in text


def test_marks_and_notes_are_listed_in_reading_order():
    document = sample.full_report(sections=1, rows=1)
    assert mark_ids(document) == (
        "figure.rate-1",
        "citation.plan-1",
        "figure.visits-1",
        "list.names-1",
        "figure.row-1",
        "pending.q4",
        "citation.ref-1",
    )
    assert [note.mark_id for note in footnotes(document)] == [None, "citation.ref-1"]
