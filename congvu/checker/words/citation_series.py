"""One document cited with two dates, and numbers that do not rise with their dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from congvu.kernel.text import fold
from congvu.press.manuscript import Manuscript, Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.citation_forms import Citation, citation_spans
from ..grammar.reading_order import in_order

_SLACK = 10
"""Days by which numbers and dates may cross: registries reserve numbers."""

_ONE_ISSUER = re.compile(
    r"^(?:QĐ|CT|CĐ|NQ|NĐ|TB|BC|TTr|TT|KH|HD)-(?:TTg|CP|VPCP|UBTVQH\d*|B[A-ZĐ]{2,9}|NHNN|TTCP)$|^(?:UBTV)?QH\d+$"
)
_SERIES = re.compile(r"^(?:QĐ|CT|CĐ|KH|BC|TTr|TB)-[A-ZĐ][A-ZĐa-z]+$")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its date, where it stands."""

    paragraph: Paragraph
    citation: Citation
    day: date

    @property
    def issuer(self) -> str | None:
        """The issuer so that two ways to write one are equal; None where the text does not say."""
        if _ONE_ISSUER.match(self.citation.symbol):
            return self.citation.symbol
        if self.citation.issuer is None:
            return None
        name = fold(self.citation.issuer).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
        return re.sub(r"^(?:pho )?(?:chu tich|bo truong|giam doc) ", "", name)


def dated_citations(manuscript: Manuscript) -> tuple[Cited, ...]:
    """Return every citation that has a day that can be, in reading order."""
    return tuple(
        Cited(paragraph, citation, citation.day)
        for paragraph in in_order(manuscript)
        for citation in citation_spans(paragraph.text)
        if citation.day is not None
    )


def by_document(cited: tuple[Cited, ...]) -> Iterator[list[Cited]]:
    """Yield the citations with the same number, year part and symbol, where there are several."""
    groups: dict[tuple[str, int | None, str], list[Cited]] = defaultdict(list)
    for one in cited:
        groups[one.citation.number, one.citation.year, one.citation.symbol.upper()].append(one)
    yield from (group for group in groups.values() if len(group) > 1)


def _agree(one: str | None, other: str | None) -> bool | None:
    """Whether two issuers are one: None where a side is silent."""
    if one is None or other is None:
        return None
    return one.startswith(other) or other.startswith(one)


def two_dates(cited: tuple[Cited, ...]) -> Iterator[Finding]:
    """Yield each citation whose date is not that of an earlier one of the same document."""
    for same in by_document(cited):
        group = [one for one in same if one.citation.year in (None, one.day.year)]
        if not group:
            continue
        first = group[0]
        said: set[date] = {first.day}
        for other in group[1:]:
            if other.day in said:
                continue
            certainty = _conflict(first, other)
            if certainty is not None:
                said.add(other.day)
                yield _two_dates(first, other, certainty)


def _conflict(first: Cited, other: Cited) -> Certainty | None:
    same_issuer = _agree(first.issuer, other.issuer)
    if same_issuer is False:
        return None
    if first.citation.year is not None or first.day.year == other.day.year:
        return "certain" if same_issuer else "likely"
    if (first.day.month, first.day.day) == (other.day.month, other.day.day):
        return "likely"
    return None


def _two_dates(first: Cited, other: Cited, certainty: Certainty) -> Finding:
    assert other.citation.dated is not None
    span = other.citation.dated
    saved = "" if certainty == "certain" else "; chỉ đúng nếu đó là hai văn bản cùng số của hai năm hoặc hai cơ quan"
    return Finding(
        Kind.CITATION,
        certainty,
        other.paragraph,
        other.citation.start,
        span.end,
        other.paragraph.text[span.start : span.end],
        f"{first.day:%d/%m/%Y}",
        f"Văn bản số {other.citation.written} ở đây ghi ngày {other.day:%d/%m/%Y}, "
        f"ở dòng {first.paragraph.place(first.citation.start).line} ghi ngày {first.day:%d/%m/%Y}{saved}.",
    )


def not_rising(cited: tuple[Cited, ...]) -> Iterator[Finding]:
    """Yield citations whose number is lower than that of an earlier day in the same series and year."""
    series: dict[tuple[str, str, int, bool], dict[tuple[int, date], Cited]] = defaultdict(dict)
    for one in cited:
        digits = one.citation.number
        if one.issuer is None or not digits.isdigit() or not _SERIES.match(one.citation.symbol):
            continue
        key = (one.citation.symbol, one.issuer, one.day.year, one.citation.year is not None)
        series[key].setdefault((int(digits), one.day), one)
    for group in series.values():
        yield from _crossings(list(group.values()))


def _crossings(group: list[Cited]) -> Iterator[Finding]:
    ordered = sorted(group, key=lambda one: int(one.citation.number))
    for low, high in pairwise(ordered):
        if low.citation.number == high.citation.number or (low.day - high.day).days <= _SLACK:
            continue
        assert high.citation.dated is not None
        span = high.citation.dated
        yield Finding(
            Kind.CITATION,
            "likely",
            high.paragraph,
            high.citation.start,
            span.end,
            high.paragraph.text[span.start : span.end],
            "",
            f"Số {high.citation.written} ngày {high.day:%d/%m/%Y} lớn hơn số {low.citation.written} "
            f"nhưng lại trước ngày {low.day:%d/%m/%Y} của số đó; chỉ đúng nếu hai văn bản thuộc hai sổ đăng ký.",
        )
