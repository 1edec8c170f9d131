"""Document numbers that are malformed, contradict their kind word or their date, or meet with two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.press.manuscript import Manuscript, Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.citation_forms import Citation, citation_spans
from ..grammar.reading_order import in_order
from .citation_series import dated_citations, not_rising, two_dates
from .citation_slips import slips

__all__ = ["citation_spans", "find"]

_HEADS: dict[str, frozenset[str]] = {
    "QĐ": frozenset({"Quyết định", "Quy định", "Quy chế"}),
    "NQ": frozenset({"Nghị quyết", "Nghị quyết liên tịch"}),
    "NĐ": frozenset({"Nghị định"}),
    "KH": frozenset({"Kế hoạch"}),
    "BC": frozenset({"Báo cáo"}),
    "TTr": frozenset({"Tờ trình"}),
    "TTLT": frozenset({"Thông tư liên tịch", "Thông tư"}),
    "KL": frozenset({"Kết luận", "Thông báo kết luận"}),
    "CT": frozenset({"Chỉ thị", "Chương trình"}),
    "TB": frozenset({"Thông báo", "Thông báo kết luận", "Kết luận"}),
    "HD": frozenset({"Hướng dẫn"}),
    "CĐ": frozenset({"Công điện"}),
    "TT": frozenset({"Thông tư", "Tờ trình", "Thông tư liên tịch"}),
}
"""The kinds that the first part of a symbol can stand for."""

_PLAIN_HEADS = frozenset({"QĐ", "NQ", "NĐ", "KH", "BC", "TTr", "TTLT", "KL"})
"""Parts that abbreviate nothing but a kind; the others may also be an office (CT: Cục Thuế)."""

_STRICT = frozenset(
    {"Quyết định", "Kế hoạch", "Báo cáo", "Chỉ thị", "Nghị quyết", "Nghị định", "Thông tư", "Tờ trình", "Thông báo",
     "Hướng dẫn", "Công điện", "Công văn", "Luật", "Thông tư liên tịch"}
)  # fmt: skip
"""Kind words that name the form of a document; an Đề án or a Quy chế is often cited by the decision that issues it."""

_ISSUERS = re.compile(r"^(?:UBND|HĐND|TTg|CP|VPCP|B[A-ZĐ]{2,9}|S[A-ZĐ&]{2,9}|TCT|TTPVHCC|TW|TU)\b")
_TERMS = {11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021), 15: (2021, 2026)}
"""The years in which each National Assembly sat, both ends included."""

_PART_SINCE = 2005
_NEW_YEAR = 15
_MONTHS = 12


def find(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield what is wrong with the document numbers of ``manuscript``."""
    for paragraph in in_order(manuscript):
        yield from _malformed(paragraph)
        for citation in citation_spans(paragraph.text):
            yield from _wrong_kind(paragraph, citation)
            yield from _wrong_year(paragraph, citation)
            yield from _wrong_term(paragraph, citation)
            yield from _without_year(paragraph, citation)
    cited = dated_citations(manuscript)
    yield from two_dates(cited)
    yield from not_rising(cited)


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.CITATION, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def _malformed(paragraph: Paragraph) -> Iterator[Finding]:
    for slip in slips(paragraph.text):
        stated = paragraph.text[slip.start : slip.end]
        right = f", đúng ra là “{slip.right}”" if slip.right else ""
        saved = f"; {slip.saved}" if slip.saved else ""
        message = f"Số văn bản “{stated}” viết sai: {slip.why}{right}{saved}."
        certainty: Certainty = "likely" if slip.saved else "certain"
        yield _finding(paragraph, slip.start, slip.end, certainty, slip.right, message)


def _wrong_kind(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    kind, head = citation.kind, citation.head
    if kind not in _STRICT or head not in _HEADS or kind in _HEADS[head]:
        return
    if not _ISSUERS.match(citation.rest) or (kind == "Công văn" and head not in _PLAIN_HEADS):
        return
    if kind in ("Thông tư", "Thông tư liên tịch") and head == "TTr":
        certainty: Certainty = "likely"
    else:
        certainty = "certain" if citation.numbered and _sure_head(citation) else "likely"
    word = paragraph.text[max(0, citation.start - 40) : citation.start].lower().rfind(kind.lower())
    start = max(0, citation.start - 40) + word if word >= 0 else citation.start
    expected = " hoặc ".join(sorted(_HEADS[head]))
    saved = "." if certainty == "certain" else f"; chỉ đúng nếu {kind.lower()} được ban hành kèm văn bản số này."
    yield _finding(
        paragraph,
        start,
        citation.end,
        certainty,
        expected,
        f"“{kind}” mâu thuẫn với ký hiệu của số {citation.written}: “{head}” là {expected.lower()}{saved}",
    )


def _sure_head(citation: Citation) -> bool:
    return citation.head in _PLAIN_HEADS or re.match(r"(?:UBND|TTg|CP)\b", citation.rest) is not None


def _wrong_year(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    day, span = citation.day, citation.dated
    if day is None or span is None or citation.year is None or citation.year == day.year:
        return
    at_new_year = abs(citation.year - day.year) == 1 and (
        (day.month == 1 and day.day <= _NEW_YEAR) or (day.month == _MONTHS and day.day > _NEW_YEAR)
    )
    yield _finding(
        paragraph,
        citation.start,
        span.end,
        "likely" if at_new_year else "certain",
        str(citation.year),
        f"Số {citation.written} mang năm {citation.year} nhưng ghi ngày {day:%d/%m/%Y}: năm trong số là năm ban hành"
        + ("; chỉ đúng nếu số được lấy quanh thời điểm chuyển năm." if at_new_year else "."),
    )


def _wrong_term(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    match = re.search(r"QH(\d\d)$", citation.symbol)
    year = citation.year or (citation.day.year if citation.day else None)
    if match is None or year is None or int(match[1]) not in _TERMS:
        return
    first, last = _TERMS[int(match[1])]
    if not first <= year <= last:
        yield _finding(
            paragraph,
            citation.start,
            citation.end,
            "certain",
            "",
            f"Số {citation.written} ghi năm {year} nhưng Quốc hội khóa {match[1]} họp từ năm {first} đến năm {last}.",
        )


def _without_year(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    normative = citation.symbol == "NĐ-CP" or re.match(r"TT-B[A-ZĐ]{2,9}$", citation.symbol)
    if not normative or citation.year is not None or citation.day is None or citation.day.year < _PART_SINCE:
        return
    right = f"{citation.written.split('/')[0].strip()}/{citation.day.year}/{citation.symbol}"
    yield _finding(
        paragraph,
        citation.start,
        citation.end,
        "certain",
        right,
        f"Số {citation.written} thiếu năm ban hành: văn bản quy phạm pháp luật năm {citation.day.year} "
        f"phải ghi “{right}”.",
    )
