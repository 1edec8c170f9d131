"""A checked text is cut at the places of its findings, and nothing of it is lost."""

import html5lib
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from congvu.checker import Finding, Kind, check
from congvu.checker.html import document_html
from congvu.checker.marked import MarkedParagraph, marked
from congvu.checker.wording import place_words
from congvu.press.manuscript import Manuscript, Paragraph, Place

from .sample import finding, look, manuscript


@pytest.fixture
def checked():
    text = manuscript()
    return marked(text, check(text, [look]))


def paragraph(text):
    return Paragraph(text, ((0, Place(1)),))


def test_findings_come_once_in_the_order_of_the_text():
    text = manuscript()

    found = check(text, [lambda given: reversed(list(look(given))), look])

    assert [one.place.line for one in found] == [4, 4, 4, 8, 10]
    assert len({one.text for one in found}) == 5


def test_certain_findings_are_numbered_first(checked):
    assert [numbered.finding.certainty for numbered in checked.findings] == ["certain"] * 3 + ["likely"] * 2
    assert [numbered.number for numbered in checked.findings] == [1, 2, 3, 4, 5]


def test_overlapping_places_are_cut_at_every_edge(checked):
    block = next(block for block in checked.blocks if isinstance(block, MarkedParagraph) and len(block.found) == 3)

    assert [(piece.text, [each.number for each in piece.under]) for piece in block.pieces[1:4]] == [
        ("30 hồ sơ<script>: ", [4]),
        ("10 hồ sơ", [4, 5]),
        (" đúng hạn", [5]),
    ]


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_no_word_is_lost_and_every_finding_begins_and_ends_once(text, spans):
    one = paragraph(text)
    findings = [
        Finding(Kind.SUM, "certain", one, *sorted(min(edge, len(text)) for edge in span), "", "", f"{number}")
        for number, span in enumerate(spans)
    ]

    (block,) = marked(Manuscript((one,), (), (text,)), findings).blocks

    assert "".join(piece.text for piece in block.pieces) == text
    for edge in ("begins", "ends"):
        numbers = sorted(each.number for piece in block.pieces for each in getattr(piece, edge))
        assert numbers == list(range(1, len(spans) + 1))


def test_the_page_is_valid_and_shows_every_word_as_it_is(checked):
    page = document_html(checked, 'báo "cáo" <b>.txt')

    html5lib.HTMLParser(strict=True).parse(page)
    soup = BeautifulSoup(page, "html5lib")
    assert soup.title.get_text() == 'Kết quả kiểm tra báo "cáo" <b>.txt'
    assert "30 hồ sơ<script>" in soup.select_one(".checked").get_text()
    assert soup.select_one("td mark").get_text().startswith("13")
    assert soup.select_one(".notes mark").get_text().startswith("03 sở")


def test_the_page_needs_nothing_from_elsewhere(checked):
    soup = BeautifulSoup(document_html(checked, "mau"), "html5lib")

    assert not soup.select("script, link, img, iframe, [src], [style]")
    assert "url(" not in soup.style.string
    assert "@import" not in soup.style.string
    assert "@media print" in soup.style.string


def test_every_link_of_the_page_leads_somewhere(checked):
    soup = BeautifulSoup(document_html(checked, "mau"), "html5lib")
    ids = [tag["id"] for tag in soup.select("[id]")]

    assert len(ids) == len(set(ids))
    links = [link["href"] for link in soup.select("a")]
    assert len(links) == 10
    assert all(link[1:] in ids for link in links)


def test_certainty_is_told_by_words_and_not_by_colour_alone(checked):
    soup = BeautifulSoup(document_html(checked, "mau"), "html5lib")

    assert [item.strong.get_text() for item in soup.select(".beside .certain")] == [
        "✗ 1 · Chắc chắn sai:",
        "✗ 2 · Chắc chắn sai:",
        "✗ 3 · Chắc chắn sai:",
    ]
    assert {link["aria-label"] for link in soup.select("mark.likely a.number")} == {
        "Cần xem lại, số 4",
        "Cần xem lại, số 5",
    }


PLACES = {
    Place(79): "dòng 79",
    Place(113, footnote=18): "dòng 113, chú thích 18",
    Place(200, page=4): "trang 4",
    Place(200, page=4, footnote=18): "trang 4, chú thích 18",
    Place(5, paragraph=12): "đoạn 12",
}


@pytest.mark.parametrize(("place", "words"), PLACES.items(), ids=PLACES.values())
def test_a_place_is_named_as_readers_find_it(place, words):
    assert place_words(place) == words


def test_a_finding_of_no_words_is_still_marked():
    one = paragraph("Có 12 xã")
    at_the_end = Finding(Kind.FOOTNOTE, "likely", one, len(one.text), len(one.text), "", "¹", "Thiếu chú thích.")

    (block,) = marked(Manuscript((one,), (), (one.text,)), [at_the_end]).blocks

    assert [(piece.text, len(piece.under)) for piece in block.pieces] == [("Có 12 x", 0), ("ã", 1)]


def test_the_sample_places_its_findings():
    assert finding(paragraph("Có 12 xã"), "12").text == "12"
