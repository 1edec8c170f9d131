"""Every way in which a Vietnamese text writes a day, a month, a quarter, a year or a span of them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from .letters import WORD_GOES_ON

Form = Literal["day", "month", "quarter", "year", "part", "range"]

_DEC = 12
_QUARTERS = 4
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; ``month`` or ``year`` is None where the text leaves it out."""

    day: int
    month: int | None
    year: int | None

    @property
    def possible(self) -> bool:
        """Whether some calendar holds it: without a year 29/02 does exist."""
        if self.month is None:
            return 1 <= self.day <= monthrange(2000, 1)[1]
        if not 1 <= self.month <= _DEC or self.year == 0:
            return False
        return 1 <= self.day <= monthrange(2000 if self.year is None else self.year, self.month)[1]

    @property
    def date(self) -> date | None:
        if self.month is None or self.year is None or not self.possible:
            return None
        return date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text.

    ``start`` and ``end`` leave a leading "ngày" or "từ" out. ``first`` and ``last`` are the days it reaches from
    and to, None where the text does not say or where they cannot be. ``days`` holds the day or the two ends of a
    range as written, empty for other forms; ``number`` is the month or quarter as written.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    form: Form
    days: tuple[Day, ...] = ()
    number: int | None = None
    year: int | None = None


# What is counted: where it follows, the number is a count whatever stands before it.
COUNTED = (
    r"hồ sơ|hs\b|tthc|thủ tục|cuộc|lượt|trường hợp|phản ánh|ý kiến|kiến nghị|đơn vị|cơ quan|cơ sở|người|công chức"
    r"|viên chức|cán bộ|cbcc|văn bản|quyết định|nhiệm vụ|xã|huyện|sở|đoàn|vụ|lớp|tin|bài|doanh nghiệp|hộ|học sinh"
    r"|dịch vụ|tỷ|triệu|nghìn|tổ chức|cá nhân|đồng|ha\b|km\b|đảng viên|đối tượng|mẫu|sản phẩm|chỉ tiêu|tiêu chí|%"
    r"|phần trăm"
)
_LEAD = r"(?<![\w/.,–-])"
_TAIL = rf"(?!{WORD_GOES_ON}|[/.,]\d|/[^\W\d_]|-[^\W\d_]{{2}})"
_Y = r"(?:1\d{3}|2\d{3}|0\d{3})"
_DASH = r"\s{0,2}[-–—]\s{0,2}"
_TO = rf"(?:{_DASH}|\s{{0,2}},?\s{{0,2}}(?:cho đến|đến|tới)(?: hết)?\s{{1,2}})(?:hết\s)?(?:ngày\s{{1,2}})?"
_NUMERIC = rf"(\d{{1,2}})\s?/\s?(\d{{1,2}})\s?/\s?({_Y})"
_DOTTED = rf"(\d{{1,2}})([.-])(\d{{1,2}})\2({_Y})"
_DOTTED_END = rf"(\d{{1,2}})([.-])(\d{{1,2}})\6({_Y})"
_WORDS = rf"(\d{{1,2}})\s{{1,2}}tháng\s{{1,2}}(\d{{1,2}})(?:\s{{0,2}}(?:,?\s{{1,2}}năm\s{{1,2}}|/)({_Y}))?"
_SHORT = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})"
_BEFORE_SHORT = (
    r"(?:(?<=ngày )|(?<=Ngày )|(?<=từ )|(?<=Từ )|(?<=đến )|(?<=tới )|(?<=trước )|(?<=hết )|(?<=sáng )|(?<=Sáng )"
    r"|(?<=chiều )|(?<=Chiều )|(?<=trưa )|(?<=tối )|(?<=Tối )|(?<=đêm )|(?<=hôm )|(?<=dịp )|(?<=lễ )|(?<=nay \()"
    r"|(?<=qua \()|(?<=mai \()|(?<=ngày: )|(?<=mùng )|(?<=mồng ))"
)
_NO_COUNT = rf"(?!(?:(?<=đến \d/\d)|(?<=đến \d/\d\d)|(?<=đến \d\d/\d)|(?<=đến \d\d/\d\d))\s(?:{COUNTED}))"
"""``đến 5/9 huyện`` is a fraction."""

_AFTER_YEAR = (
    r"(?:(?<=năm \d{4}, )|(?<=năm \d{4} và )|(?<=năm \d{4}, \d{4}, )|(?<=năm \d{4}, \d{4} và )"
    r"|(?<=năm \d{4}, \d{4}, \d{4}, )|(?<=năm \d{4}, \d{4}, \d{4} và )|(?<=năm \d{4} so với ))"
)
_DAY_WORD = r"(?:(?<=ngày )|(?<=Ngày )|(?<=mùng )|(?<=mồng )|(?<=đến )|(?<=từ )|(?<=hôm ))"
_END_DAY = rf"(?:{_NUMERIC}|{_WORDS})"


def _day(day: str, month: str | None, year: str | None) -> Day:
    return Day(int(day), int(month) if month else None, int(year) if year else None)


def _end_day(groups: tuple[str | None, ...]) -> Day:
    day, month, year = groups[:3] if groups[0] else groups[3:6]
    assert day is not None
    return _day(day, month, year)


def _completed(first: Day, last: Day) -> Day:
    """Give the beginning of a range the month and year that only its end states."""
    month = first.month if first.month is not None else last.month
    if first.year is not None or last.year is None or month is None or last.month is None:
        return Day(first.day, month, first.year)
    over_new_year = first.month is not None and (month, first.day) > (last.month, last.day)
    return Day(first.day, month, last.year - 1 if over_new_year else last.year)


def _range(match: re.Match[str], first: Day, last: Day) -> DateSpan:
    whole = _completed(first, last)
    return DateSpan(match.start(), match.end(), whole.date, last.date, "range", (first, last), year=last.year)


def _full_range(match: re.Match[str]) -> DateSpan:
    groups = match.groups()
    return _range(match, _end_day(groups[:6]), _end_day(groups[6:12]))


def _short_range(match: re.Match[str]) -> DateSpan:
    groups = match.groups()
    return _range(match, _day(match[1], match[2], None), _end_day(groups[2:8]))


def _shortest_range(match: re.Match[str]) -> DateSpan:
    day, month, last_day, last_month = match.groups()
    return _range(match, _day(day, month, None), _day(last_day, last_month, None))


def _day_range(match: re.Match[str]) -> DateSpan:
    groups = match.groups()
    return _range(match, _day(groups[0], None, None), _end_day(groups[1:7]))


def _one(match: re.Match[str], written: Day) -> DateSpan:
    return DateSpan(match.start(), match.end(), written.date, written.date, "day", (written,), year=written.year)


def _dotted(match: re.Match[str]) -> DateSpan:
    day, _separator, month, year = match.groups()
    return _one(match, _day(day, month, year))


def _dotted_range(match: re.Match[str]) -> DateSpan:
    day, _one_mark, month, year, last_day, _other_mark, last_month, last_year = match.groups()
    return _range(match, _day(day, month, year), _day(last_day, last_month, last_year))


def _two_digit_year(match: re.Match[str]) -> DateSpan:
    return _one(match, _day(match[1], match[2], "20" + match[3]))


def _plain(match: re.Match[str]) -> DateSpan:
    return _one(match, _end_day(match.groups()))


def _short(match: re.Match[str]) -> DateSpan:
    return _one(match, _day(match[1], match[2], None))


def _days_of(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _month(match: re.Match[str]) -> DateSpan:
    number, year = int(match[1]), int(match[2]) if match[2] else None
    known = year and 1 <= number <= _DEC
    first, last = _days_of(year, number, number) if known and year else (None, None)
    return DateSpan(match.start(), match.end(), first, last, "month", number=number, year=year)


def _quarter(match: re.Match[str]) -> DateSpan:
    number = _ROMAN.get(match[1]) or int(match[1])
    year = int(match[2]) if match[2] else None
    known = year and 1 <= number <= _QUARTERS
    first, last = _days_of(year, 3 * number - 2, 3 * number) if known and year else (None, None)
    return DateSpan(match.start(), match.end(), first, last, "quarter", number=number, year=year)


def _part(match: re.Match[str]) -> DateSpan:
    months, where, year = int(match[1]), match[2], int(match[3]) if match[3] else None
    first = last = None
    if year and 1 <= months <= _DEC:
        first, last = _days_of(year, _DEC + 1 - months, _DEC) if where == "cuối" else _days_of(year, 1, months)
    return DateSpan(match.start(), match.end(), first, last, "part", number=months, year=year)


def _years(match: re.Match[str]) -> DateSpan:
    first, last = int(match[1]), int(match[2])
    opens, closes = (date(first, 1, 1), date(last, _DEC, 31)) if first and last else (None, None)
    return DateSpan(match.start(), match.end(), opens, closes, "year", number=first, year=last)


def _year(match: re.Match[str]) -> DateSpan:
    year = int(match[1])
    opens, closes = _days_of(year, 1, _DEC) if year else (None, None)
    return DateSpan(match.start(), match.end(), opens, closes, "year", year=year)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DateSpan]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_LEAD}{_END_DAY}{_TO}{_END_DAY}{_TAIL}", _full_range),
        (rf"{_LEAD}(\d{{1,2}})/(\d{{1,2}}){_TO}{_END_DAY}{_TAIL}", _short_range),
        (rf"{_LEAD}{_BEFORE_SHORT}(\d{{1,2}})/(\d{{1,2}}){_TO}(\d{{1,2}})/(\d{{1,2}}){_TAIL}", _shortest_range),
        (rf"{_LEAD}(\d{{1,2}})/(\d{{1,2}})\s?[–-]\s?(\d{{1,2}})/(\d{{1,2}}){_TAIL}", _shortest_range),
        (rf"{_LEAD}{_DAY_WORD}(\d{{1,2}}){_TO}{_END_DAY}{_TAIL}", _day_range),
        (rf"{_LEAD}(\d{{1,2}}){_DASH}{_NUMERIC}()()(){_TAIL}", _day_range),
        (rf"{_LEAD}{_NUMERIC}()()(){_TAIL}", _plain),
        (rf"{_LEAD}{_DOTTED}{_TO}{_DOTTED_END}{_TAIL}", _dotted_range),
        (rf"{_LEAD}{_DOTTED}{_TAIL}", _dotted),
        (rf"{_LEAD}{_BEFORE_SHORT}(\d{{1,2}})/(\d{{1,2}})/(\d\d){_TAIL}", _two_digit_year),
        (rf"{_LEAD}{_DAY_WORD}()()(){_WORDS}{_TAIL}", _plain),
        (rf"{_LEAD}()()()(\d{{1,2}})\s{{1,2}}tháng\s{{1,2}}(\d{{1,2}})\s{{1,2}}năm\s{{1,2}}({_Y}){_TAIL}", _plain),
        (rf"{_LEAD}(?:(?<=ngày )|(?<=Ngày )|(?<=sáng )|(?<=chiều )){_SHORT}{_TAIL}", _short),
        (rf"{_LEAD}{_BEFORE_SHORT}(\d{{1,2}})/(\d{{1,2}}){_TAIL}{_NO_COUNT}", _short),
        (r"(?<=\()(\d{1,2})/(0?[1-9]|1[0-2])(?=\))", _short),
        (
            rf"\b(\d{{1,2}}) tháng(?: (đầu|cuối))?(?: của)? năm(?: ({_Y}))?{_TAIL}",
            _part,
        ),
        (rf"\b[Tt]háng\s{{1,2}}(\d{{1,2}})(?:\s?[/-]\s?|,?\s{{1,2}}năm\s{{1,2}})({_Y}){_TAIL}", _month),
        (rf"\b[Tt]háng\s{{1,2}}(\d{{1,2}})(){_TAIL}(?!\s(?:{COUNTED}))", _month),
        (rf"{_LEAD}(\d{{1,2}})/((?:19|20)\d\d){_TAIL}(?=\s?[;,.:)–-]|$)", _month),
        (rf"{_LEAD}(0?[1-9]|1[0-2])/((?:19|20)\d\d){_TAIL}(?!\s(?:{COUNTED}))", _month),
        (
            rf"\b(?:[Qq]uý|[Qq]úy|QUÝ)\s{{1,2}}([IV]{{1,4}}|\d)(?:\s?[/-]\s?|,?\s{{1,2}}năm\s{{1,2}})({_Y}){_TAIL}",
            _quarter,
        ),
        (rf"\b(?:[Qq]uý|QUÝ)\s{{1,2}}(I{{1,3}}|IV|[1-4])(){_TAIL}(?!\s(?:{COUNTED}))", _quarter),
        (
            rf"\b(?:[Gg]iai đoạn|GIAI ĐOẠN|[Nn]hiệm kỳ|[Nn]iên khóa|[Nn]ăm học)(?: từ)?(?: năm)? "
            rf"({_Y}){_TO}(?:năm )?({_Y}){_TAIL}",
            _years,
        ),
        (rf"\b(?:[Tt]ừ )?năm ({_Y}) (?:đến|tới)(?: hết)? năm ({_Y}){_TAIL}", _years),
        (rf"{_LEAD}((?:19|20)\d\d){_DASH}((?:19|20)\d\d){_TAIL}", _years),
        (rf"\b(?:[Nn]ăm|NĂM)\s{{1,2}}({_Y}){_TAIL}", _year),
        (rf"{_AFTER_YEAR}((?:19|20)\d\d){_TAIL}(?!\s(?:{COUNTED}))", _year),
    )
)


def _candidates(text: str) -> Iterator[tuple[int, DateSpan]]:
    for order, (pattern, read) in enumerate(_FORMS):
        for match in pattern.finditer(text):
            yield order, read(match)


@lru_cache(maxsize=4_000)
def date_spans(text: str) -> tuple[DateSpan, ...]:
    """Return the dates of ``text`` in order, none overlapping another; of two readings the fuller one.

    >>> [text[span.start : span.end] for text in ("từ ngày 05/12/2021-13/12/2022",) for span in date_spans(text)]
    ['05/12/2021-13/12/2022']
    """
    found: list[DateSpan] = []
    reach = 0
    for _order, span in sorted(_candidates(text), key=lambda pair: (pair[1].start, -pair[1].end, pair[0])):
        if span.start >= reach:
            found.append(span)
            reach = span.end
    return tuple(found)
