"""Dates that cannot be, periods that run backwards, weekdays that do not fit, years far off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from congvu.kernel.format import WEEKDAYS
from congvu.press.manuscript import Manuscript, Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.citation_forms import citation_spans
from ..grammar.date_forms import DateSpan, date_spans
from ..grammar.letters import in_capitals
from ..grammar.reading_order import in_order

__all__ = ["date_spans", "find"]

_MONTHS = 12
_QUARTERS = 4
_FAR = 2100
_ANCIENT = 1000
_OPENING = 40
"""How many paragraphs from the top may hold the line of place and date."""

_LONGEST_OF_HEAD = 120
"""No line above the running text is longer."""

_COUNTED = re.compile(r"(?:\d|một|hai|ba|mỗi|hằng|hàng|nhiều|số|mấy|các) ngày $", re.IGNORECASE)
_MOVED = re.compile(
    r"điều chỉnh|rút ngắn|đẩy|sớm hơn|lùi|dời|thay đổi|chuyển|sửa|đính chính|giảm|so sánh", re.IGNORECASE
)
_FROM = re.compile(r"từ (?:ngày )?$", re.IGNORECASE)
_OWN = re.compile(r"^[^\d.;:!?]{2,50}, ngày \d{1,2} tháng \d{1,2} năm \d{4}\.?$")
_LUNAR = re.compile(r"^.{0,12}(?:âm lịch|Âm lịch|ÂL)")
_BEFORE_ERA = re.compile(r"^\s*(?:trước Công nguyên|TCN)")
_ENDS = re.compile(r"^\s*(?:[.,;:)”\"/]|$)")
_DAY_NAME = r"(?P<day>[Tt]hứ (?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb][ảẩ]y|[2-7])|[Cc]hủ [Nn]hật)"
_WEEKDAY_BEFORE = re.compile(
    rf"(?:^|(?P<word>[^\W\d_]+)?\W*)\b{_DAY_NAME}"
    r"\s?,?\s?\(?(?:ngày )?$"
)
_WEEKDAY_AFTER = re.compile(rf"^ ?\({_DAY_NAME}\)")
_OF_WEEKDAYS = {"sáng", "chiều", "tối", "trưa", "vào", "hôm", "ngày", "từ", "đến", "trước", "sau", "là", "và", None}
_NAMES = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6} | {
    str(number): number - 2 for number in range(2, 8)
}
_REACH = 60


def find(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield what is wrong with the dates of ``manuscript``."""
    own = own_date(manuscript)
    years = Counter(span.year for paragraph in in_order(manuscript) for span in date_spans(paragraph.text) if span.year)
    for paragraph in in_order(manuscript):
        spans = date_spans(paragraph.text)
        for span in spans:
            yield from _impossible(paragraph, span)
            yield from _backwards(paragraph, span)
            yield from _weekday(paragraph, span)
            yield from _far_off(paragraph, span, years)
        if own is not None:
            yield from _cited_from_the_future(paragraph, own)


def own_date(manuscript: Manuscript) -> date | None:
    """Return the day on which the document was issued, from the line of place and date at its head."""
    for paragraph in list(in_order(manuscript))[:_OPENING]:
        text = paragraph.text.strip()
        if _OWN.match(text):
            return date_spans(text)[-1].last
        if len(text) > _LONGEST_OF_HEAD and text.endswith((".", ";", ":")):
            return None
    return None


def _finding(
    paragraph: Paragraph, span: DateSpan, certainty: Certainty, computed: str, message: str, *, end: int | None = None
) -> Finding:
    stop = span.end if end is None else end
    return Finding(
        Kind.DATE, certainty, paragraph, span.start, stop, paragraph.text[span.start : stop], computed, message
    )


def _around(paragraph: Paragraph, span: DateSpan) -> tuple[str, str]:
    """Return what stands just before and just after ``span``."""
    text = paragraph.text
    return text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + _REACH]


def _impossible(paragraph: Paragraph, span: DateSpan) -> Iterator[Finding]:
    stated = paragraph.text[span.start : span.end]
    if span.form == "month" and span.year and not 1 <= (span.number or 0) <= _MONTHS:
        certainty: Certainty = "certain" if stated[0] in "tT" else "likely"
        yield _finding(paragraph, span, certainty, "", f"“{stated}” không có: một năm chỉ có tháng 1 đến tháng 12.")
    elif span.form == "quarter" and span.year and not 1 <= (span.number or 0) <= _QUARTERS:
        yield _finding(paragraph, span, "certain", "", f"“{stated}” không có: một năm chỉ có bốn quý.")
    elif span.form in ("day", "range"):
        wrong = [day for day in span.days if not day.possible]
        if wrong:
            yield from _no_such_day(paragraph, span, stated)


def _no_such_day(paragraph: Paragraph, span: DateSpan, stated: str) -> Iterator[Finding]:
    before, after = _around(paragraph, span)
    if _COUNTED.search(before[-20:]):
        return
    day = next(day for day in span.days if not day.possible)
    turned = day.month is not None and day.day <= _MONTHS < day.month <= 31
    if day.year is not None:
        certainty: Certainty = "certain" if "/" in stated or "tháng" in stated or before.endswith("ngày ") else "likely"
        computed = f"{day.month:02d}/{day.day:02d}/{day.year}" if turned and day.month else ""
        saved = "" if certainty == "certain" else "; chỉ đúng nếu đây không phải là ngày mà là một số hiệu"
    elif before[-5:].lower() == "ngày " and day.month and day.month <= _MONTHS:
        certainty, computed, saved = "certain", "", ""
    elif before[-5:].lower() == "ngày " and _ENDS.match(after):
        certainty, computed, saved = "likely", "", "; chỉ đúng nếu đây là một phân số"
    else:
        return
    why = (
        f"tháng {day.month} không có ngày {day.day}"
        if day.month and day.month <= _MONTHS
        else ("một năm chỉ có 12 tháng")
    )
    hint = "; có thể ngày và tháng bị viết đổi chỗ" if turned else ""
    yield _finding(paragraph, span, certainty, computed, f"“{stated}” không có trong lịch: {why}{hint}{saved}.")


def _backwards(paragraph: Paragraph, span: DateSpan) -> Iterator[Finding]:
    stated = paragraph.text[span.start : span.end]
    if span.form == "range":
        yield from _range_backwards(paragraph, span, stated)
    elif span.form == "year" and span.number and span.year and span.number > span.year:
        if not re.match(r"[gG]iai|GIAI|[nN]hiệm|[nN]iên|[nN]ăm học|[tT]ừ", stated):
            return
        before = paragraph.text[max(0, span.start - _REACH) : span.start]
        certainty: Certainty = "likely" if stated[0] in "tT" or _MOVED.search(before) else "certain"
        yield _finding(
            paragraph,
            span,
            certainty,
            f"{span.year}-{span.number}",
            f"“{stated}” chạy ngược: năm đầu {span.number} sau năm cuối {span.year}"
            + ("; chỉ đúng nếu đây là hai năm được so sánh, không phải một khoảng." if certainty == "likely" else "."),
        )


def _range_backwards(paragraph: Paragraph, span: DateSpan, stated: str) -> Iterator[Finding]:
    if span.first is None or span.last is None or span.first <= span.last:
        return
    before = paragraph.text[max(0, span.start - _REACH) : span.start]
    whole = all(day.year is not None for day in span.days)
    sure = whole and (_FROM.search(before) or "-" in stated or "–" in stated) and not _MOVED.search(before)
    computed = f"{span.last:%d/%m/%Y} - {span.first:%d/%m/%Y}"
    yield _finding(
        paragraph,
        span,
        "certain" if sure else "likely",
        computed,
        f"Khoảng thời gian “{stated}” chạy ngược: {span.first:%d/%m/%Y} sau {span.last:%d/%m/%Y}"
        + ("." if sure else "; chỉ đúng nếu đây là hai mốc được đổi hoặc hai tháng khác nhau."),
    )


def _weekday(paragraph: Paragraph, span: DateSpan) -> Iterator[Finding]:
    if span.form != "day" or span.first is None or span.first.year < 1900:
        return
    before, after = _around(paragraph, span)
    match = _WEEKDAY_AFTER.match(after) or _WEEKDAY_BEFORE.search(before)
    if match is None or _LUNAR.match(after):
        return
    said = _NAMES[match["day"].split()[-1].lower()]
    if said == span.first.weekday():
        return
    word = match.groupdict().get("word")
    sure = (word.lower() if word else None) in _OF_WEEKDAYS or "nhật" in match["day"].lower()
    if not sure and not match["day"][:1].isupper():
        return
    yield _finding(
        paragraph,
        span,
        "certain" if sure else "likely",
        WEEKDAYS[span.first.weekday()],
        f"Ngày {span.first:%d/%m/%Y} là {WEEKDAYS[span.first.weekday()]}, không phải “{match['day']}”"
        + ("." if sure else f"; chỉ đúng nếu “{match['day']}” là số thứ tự."),
    )


def _near(year: int, other: int) -> bool:
    """Whether one digit, or the order of two neighbours, makes ``other`` of ``year``."""
    a, b = str(year), str(other)
    if len(a) != len(b):
        return False
    wrong = [place for place in range(len(a)) if a[place] != b[place]]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]


def _far_off(paragraph: Paragraph, span: DateSpan, years: Counter[int]) -> Iterator[Finding]:
    year = span.year
    if year is None or not (year > _FAR or year < _ANCIENT) or in_capitals(paragraph.text):
        return
    before, after = _around(paragraph, span)
    if _BEFORE_ERA.match(after) or re.search(r"trong $", before):
        return
    meant = next(
        (other for other, _count in years.most_common() if other and other < _FAR and _near(year, other)), None
    )
    exact = span.form in ("day", "month", "quarter", "range")
    if meant is None and not exact:
        return
    sure = exact or (meant is not None and bool(_ENDS.match(after)))
    hint = f", có thể là {meant}" if meant else ""
    yield _finding(
        paragraph,
        span,
        "certain" if sure else "likely",
        str(meant or ""),
        f"Năm {year:04d} trong “{paragraph.text[span.start : span.end]}” quá xa mọi năm khác của văn bản{hint}"
        + ("." if sure else f"; chỉ đúng nếu {year} là một số lượng hoặc một mốc xa có chủ ý."),
    )


def _cited_from_the_future(paragraph: Paragraph, own: date) -> Iterator[Finding]:
    for citation in citation_spans(paragraph.text):
        span = citation.dated
        if span is not None and span.first is not None and span.first > own and span.first.year < _FAR:
            yield _finding(
                paragraph,
                span,
                "likely",
                "",
                f"Văn bản số {citation.written} ghi ngày {span.first:%d/%m/%Y}, sau ngày {own:%d/%m/%Y} "
                "của chính báo cáo; "
                "chỉ đúng nếu dòng địa danh, ngày tháng ở đầu không phải ngày của báo cáo này.",
            )
