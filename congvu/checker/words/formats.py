"""How numbers, dates, words and marks are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from congvu.press.manuscript import Manuscript

from ..findings import Finding, Kind
from ..grammar.reading_order import in_order
from .citation_series import Cited, by_document, dated_citations
from .format_blanks import gaps, sign_is_usual
from .format_numbers import in_words, mixed, wrong_groups
from .format_points import points, short_groups
from .punctuation import doubled_marks, lower_case_starts, unbalanced
from .spelling import doubled_words, misspelt

__all__ = ["find"]


def find(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield what is wrong with the way in which ``manuscript`` is written."""
    paragraphs = list(in_order(manuscript))
    usual = sign_is_usual(paragraphs)
    for paragraph in paragraphs:
        yield from gaps(paragraph, usual)
        yield from wrong_groups(paragraph)
        yield from in_words(paragraph)
        yield from doubled_words(paragraph)
        yield from misspelt(paragraph)
        yield from doubled_marks(paragraph)
        yield from lower_case_starts(paragraph)
    yield from mixed(paragraphs)
    yield from points(paragraphs)
    for grid in manuscript.grids:
        yield from short_groups(grid)
    yield from unbalanced(list(manuscript.paragraphs))
    for note in manuscript.notes:
        yield from unbalanced([note])
    yield from _two_styles(dated_citations(manuscript))


def _two_styles(cited: tuple[Cited, ...]) -> Iterator[Finding]:
    """Yield the dates of documents that are written in two ways in one text, at the rarer or later one."""
    for group in by_document(cited):
        written = {id(one): _written(one) for one in group if _written(one)[-5:-4] == "/"}
        for day in sorted({one.day for one in group}):
            same = [one for one in group if one.day == day and id(one) in written]
            usual = Counter(written[id(one)] for one in same).most_common(1)
            for one in same:
                if written[id(one)] != usual[0][0]:
                    yield _two_ways(one, written[id(one)], usual[0][0])
                    break


def _written(one: Cited) -> str:
    assert one.citation.dated is not None
    return one.paragraph.text[one.citation.dated.start : one.citation.dated.end]


def _two_ways(one: Cited, here: str, usual: str) -> Finding:
    assert one.citation.dated is not None
    return Finding(
        Kind.FORMAT,
        "likely",
        one.paragraph,
        one.citation.dated.start,
        one.citation.dated.end,
        here,
        usual,
        f"Ngày của văn bản số {one.citation.written} viết “{here}” ở đây và “{usual}” ở chỗ khác: cùng một ngày "
        "nhưng hai cách viết; chỉ đúng nếu chép nguyên từ hai nguồn.",
    )
