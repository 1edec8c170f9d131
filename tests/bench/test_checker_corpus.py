"""The corpus that measures the checker is itself right: what is called clean adds up, what is called wrong differs."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from bench.checker_corpus.catalogue import TEMPLATES, clean_passages, injected_passages
from bench.checker_corpus.documents import LETTERS_A_PAGE, document, pages
from bench.checker_corpus.errors import Injected
from bench.checker_corpus.given import NAME, given
from bench.checker_corpus.language import Passage
from bench.checker_corpus.measure import KINDS, measure
from bench.checker_corpus.numbers import grouped, shown
from congvu.checker.findings import Finding, Kind
from congvu.press.manuscript import Paragraph
from congvu.press.reading import read_manuscript

A_KIND = 110


def injected(kind: str) -> list[Injected]:
    return injected_passages(1, kind, A_KIND)


def numbers(passage: Passage) -> dict[str, Decimal]:
    return {segment.slot: segment.value for segment in passage.segments if segment.slot and segment.value is not None}


def test_there_are_templates_enough_each_with_its_own_name() -> None:
    assert len(TEMPLATES) >= 120
    assert len({template.name for template in TEMPLATES}) == len(TEMPLATES)
    assert len({template.text for template in TEMPLATES}) == len(TEMPLATES)


def test_every_relation_of_a_clean_passage_holds() -> None:
    passages = clean_passages(seed=7, number=8)
    assert [(p.template, one) for p in passages for one in p.relations if not one.holds] == []
    assert sum(len(p.relations) for p in passages[: len(TEMPLATES)]) >= 250


def test_a_sum_recorded_as_such_is_one_in_the_text() -> None:
    passage = next(p for p in clean_passages(3, 1) if p.template == "schools")
    written = [int(number.replace(".", "")) for number in re.findall(r"\d[\d.]*(?= trường)", passage.text)]
    assert written[0] == sum(written[1:])
    assert len(written) == 5


def test_every_slot_is_filled() -> None:
    assert [p.template for p in clean_passages(5, 2) if "{" in p.text or "}" in p.text] == []


def test_the_same_seed_gives_the_same_corpus_and_another_gives_another() -> None:
    assert clean_passages(4, 1) == clean_passages(4, 1)
    assert clean_passages(4, 1) != clean_passages(5, 1)
    assert injected_passages(4, "sum", 20) == injected_passages(4, "sum", 20)
    assert document(4) == document(4)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_errors_enough_of_several_sorts_and_templates(kind: str) -> None:
    errors = injected(kind)
    assert len(errors) == A_KIND
    assert len({error.sort for error in errors}) >= 3
    assert len({error.passage.template for error in errors}) >= 5
    assert {error.kind for error in errors} == {kind}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_put_in_stands_where_it_is_said_to_stand(kind: str) -> None:
    for error in injected(kind):
        text = error.passage.text
        assert error.spans, error
        assert all(0 <= start <= end <= len(text) for start, end in error.spans)
        assert 1 <= error.line <= text.count("\n") + 1
        if error.sort not in ("mark missing", "note missing"):
            assert error.quote in text.split("\n")[error.line - 1], error


@pytest.mark.parametrize("kind", ["sum", "contradiction", "shares_total"])
def test_a_wrong_number_breaks_its_relation_by_more_than_rounding(kind: str) -> None:
    for error in injected(kind):
        said = numbers(error.passage)
        broken = [one for one in error.passage.relations if one.kind == kind and not stays(error, said, one.slots)]
        assert broken, error


def stays(error: Injected, said: dict[str, Decimal], slots: tuple[str, ...]) -> bool:
    """Whether the numbers of ``slots`` are those that the relation was recorded with."""
    relation = next(one for one in error.passage.relations if one.slots == slots)
    if relation.kind == "shares_total":
        return abs(sum((said[slot] for slot in slots), Decimal(0)) - relation.computed) <= relation.tolerance
    if relation.kind == "contradiction":
        return abs(said[slots[0]] - said[slots[1]]) <= relation.tolerance
    total, parts = said[slots[0]], sum((said[slot] for slot in slots[1:]), Decimal(0))
    if len(slots) == 2 or abs(relation.stated - total) > relation.tolerance:
        return total == relation.stated
    return parts == recorded_parts(error.passage.template, slots, relation.stated, parts)


def recorded_parts(template: str, slots: tuple[str, ...], stated: Decimal, parts: Decimal) -> Decimal:
    """What the parts made before: the total, where all are added; where one is taken off, any change is one."""
    rules = next(one.rules for one in TEMPLATES if one.name == template)
    added = any(rule.strip() == f"{slots[0]}={'+'.join(slots[1:])}" for rule in rules.split(";"))
    return stated if added else parts + 1


def test_a_wrong_share_is_off_by_more_than_its_tolerance() -> None:
    for error in injected("share"):
        said = numbers(error.passage)
        relation = next(
            one
            for one in error.passage.relations
            if one.kind == "share" and set(error.passage.spans(one.slots)) == set(error.spans)
        )
        moved = abs(said[relation.slots[0]] - relation.computed) > relation.tolerance
        assert moved or error.sort == "numerator", error


def test_a_list_with_an_error_has_another_length_than_its_count() -> None:
    words = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
    for error in injected("list_count"):
        passage = error.passage
        pieces = {segment.slot: segment.text for segment in passage.segments if segment.slot}
        wrong = False
        for count, names in ((pieces.get("k"), pieces.get("L")), (pieces.get("n"), pieces.get("M"))):
            if count and names and not wrong:
                number = words.get(count) or int(count)
                wrong = number != names_in(names)
        assert wrong, passage.text


def names_in(text: str) -> int:
    if ";" in text:
        return text.count(";") + 1
    inner = text.replace("Khoa học và Công nghệ", "K").replace("Thông tin và Truyền thông", "T")
    inner = inner.replace("Tài nguyên và Môi trường", "M").replace("Giáo dục và Đào tạo", "G")
    inner = inner.replace("Kế hoạch và Đầu tư", "D").replace("Nông nghiệp và PTNT", "N")
    return len(re.split(r", | và ", inner.replace("Văn hóa, Thể thao và Du lịch", "V").replace("Lao động, TB&XH", "L")))


def test_a_document_is_long_and_tells_of_each_topic_once() -> None:
    report = document(2)
    assert len(report.text) > 2 * LETTERS_A_PAGE
    assert len(report.relations) >= 40
    assert all(one.holds for one in report.relations)
    assert len(pages(10)) == 10 * LETTERS_A_PAGE


def test_numbers_are_shown_as_vietnamese_writes_them() -> None:
    assert grouped(Decimal("1234567.5")) == "1.234.567,5"
    assert shown(Decimal("79.638"), "t2")[0] == "79,63"
    assert shown(Decimal("79.638"), "d2")[0] == "79,64"
    assert shown(Decimal(12480), "k1")[0] == "12,5"
    assert shown(Decimal(6), "02")[0] == "06"
    assert shown(Decimal(12480), "r100")[0] == "12.400"


def test_given_data_are_left_out_in_words_where_they_are_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert given().passages == ()
    assert NAME in given().note


def silent(text: str) -> list[Finding]:
    return []


def test_who_says_nothing_finds_nothing_and_raises_no_alarm() -> None:
    result = measure(silent, a_kind=3, rounds=1, documents=1, sizes=(1,))
    assert result.total.injected == 3 * len(KINDS)
    assert result.total.found == result.total.false == result.passages_with_alarm == 0
    assert sum(result.missed_by_sort.values()) == 3 * len(KINDS)


def test_who_quotes_each_error_finds_all_and_who_cries_always_is_counted() -> None:
    known = {error.passage.text: error for kind in KINDS for error in injected_passages(1, kind, 4)}

    def knowing(text: str) -> list[Finding]:
        error = known.get(text)
        return [at_quote(text, error)] if error else []

    result = measure(knowing, a_kind=4, rounds=1, documents=1, sizes=(1,))
    assert Counter({kind: tally.found for kind, tally in result.tallies.items()}) == Counter(dict.fromkeys(KINDS, 4))
    assert result.total.false == 0

    def crying(text: str) -> list[Finding]:
        return [Finding(Kind.DATE, "certain", everything(text)[0], 0, 3, "", "", "")]

    result = measure(crying, a_kind=4, kinds=["sum"], rounds=1, documents=1, sizes=(1,))
    assert result.passages_with_alarm == result.passages
    assert result.tallies["date"].false_certain >= result.passages


def everything(text: str) -> list[Paragraph]:
    manuscript = read_manuscript(text.encode(), "passage.txt")
    cells = [cell for grid in manuscript.grids for row in grid.rows for cell in row]
    return [*manuscript.paragraphs, *manuscript.notes, *cells]


def at_quote(text: str, error: Injected) -> Finding:
    paragraphs = everything(text)
    holding = (one for one in paragraphs if error.quote in one.text and error.line in lines(one))
    paragraph = next(holding, paragraphs[0])
    start = max(0, paragraph.text.find(error.quote))
    return Finding(Kind(error.kind), "certain", paragraph, start, start + len(error.quote), "", "", "")


def lines(paragraph: Paragraph) -> range:
    return range(paragraph.starts[0][1].line, paragraph.starts[-1][1].line + 1)
