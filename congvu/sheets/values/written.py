"""One text that tells a day, a time or both: what is written, before it is decided what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from congvu.kernel.text import fold

Order = Literal["numbers", "year_first", "words"]
"""``05/08/2022`` (day or month first, to be decided by the column), ``2022-08-05``, ``ngày 5 tháng 8 năm 2022``."""


@dataclass(frozen=True, slots=True)
class Day:
    """The numbers as written; ``first`` is day or month in the order ``numbers``, else the day."""

    order: Order
    first: int
    second: int
    year: int


@dataclass(frozen=True, slots=True)
class Moment:
    """``day`` is the day's part of the text, ``clock`` is ``HH:MM:SS`` with the offset that is written, or ""."""

    day: str
    clock: str


class NotWritten(ValueError):
    """The text tells no day; the message says why, in Vietnamese."""


_TWO_DIGIT_TURN = 70  # 69 is 2069, 70 is 1970
_NUMBERS = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)")
_WORDS = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})\s*,?\s*(?:nam\s*)?(\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(rf"(\d{{1,2}})[\s-]*({'|'.join(_MONTHS)})[a-z]*\.?[\s,-]*(\d{{4}}|\d{{2}})")
_ENGLISH_MONTH_FIRST = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*\.?\s*(\d{{1,2}})\s*,?\s+(\d{{4}})")
_MONTH_ALONE = re.compile(r"(?:thang\s*)?\d{1,2}\s*(?:[/.-]|nam)\s*\d{4}|\d{4}\s*[/-]\s*\d{1,2}")
_YEAR_ALONE = re.compile(r"(?:nam\s*)?(?:19|20|21)\d\d")

_HALF = r"(?:\s*(?P<half>sa|ch|am|pm|a\.m\.|p\.m\.|sang|chieu|toi)(?![a-z]))?"
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*(?::\s*(?P<minute>\d{1,2})|(?:h|gio|g)(?:\s*(?P<after>\d{1,2})(?!\d|[/.-]\d|\s*thang))?)"
    r"(?:\s*(?::|ph(?:ut)?|p(?![.m])|')\s*(?:(?P<second>\d{1,2})(?!\d|[/-]\d|\s*thang)(?:[.,]\d+)?(?:\s*(?:giay|s\b))?)?)?"
    + _HALF
)
_ISO = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[t ]\s*(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(z|[+-]\d{2}(?::?\d{2})?)?")
_COMPACT_WITH_CLOCK = re.compile(r"(\d{8})(\d\d)(\d\d)(\d\d)?")
_BETWEEN = " ,;-–()"
_WEEKDAY = re.compile(r"^(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn)\s*,?\s*")
_AFTERNOON = ("ch", "pm", "p.m.", "chieu", "toi")


def split(text: str) -> Moment:
    """Return a text's day and clock apart. The day may be "" where the text has a time alone.

    Raises
    ------
    NotWritten
    """
    told = fold(text).strip(_BETWEEN)
    if iso := _ISO.fullmatch(told):
        return Moment(iso[1], clock_of(iso[2]) + _offset(iso[3] or ""))
    if compact := _COMPACT_WITH_CLOCK.fullmatch(told):
        return Moment(compact[1], clock_of(f"{compact[2]}:{compact[3]}:{compact[4] or '00'}"))
    told = _WEEKDAY.sub("", told)
    clock = next((found for found in _CLOCK.finditer(told) if not _within_a_day(told, found)), None)
    if clock is None:
        return Moment(told, "")
    rest = f"{told[: clock.start()]} {told[clock.end() :]}".replace(" luc", " ").replace("luc ", " ")
    return Moment(_WEEKDAY.sub("", rest.strip(_BETWEEN)), _clock_from(clock))


def _within_a_day(told: str, found: re.Match[str]) -> bool:
    """Return whether digits go on before the match: then it is no time."""
    return found.start() > 0 and told[found.start() - 1].isdigit()


def clock_of(text: str) -> str:
    """Return a text's time of day as ``HH:MM:SS``.

    >>> clock_of("2h30"), clock_of("14 giờ 05 phút"), clock_of("2:05 CH"), clock_of("12:10:07 SA")
    ('02:30:00', '14:05:00', '14:05:00', '00:10:07')

    Raises
    ------
    NotWritten
    """
    found = _CLOCK.fullmatch(fold(text).strip(_BETWEEN))
    if found is None:
        raise NotWritten(f"không đọc được giờ “{text.strip()}”; cần ví dụ 14:05")
    return _clock_from(found)


def _clock_from(found: re.Match[str]) -> str:
    hour, minute, second = int(found["hour"]), int(found["minute"] or found["after"] or 0), int(found["second"] or 0)
    half = found["half"] or ""
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half and half not in _AFTERNOON and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise NotWritten(f"không có giờ {found[0].strip()}; giờ từ 00:00 đến 23:59")
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _offset(written: str) -> str:
    """Return an offset as ``+07:00``."""
    if not written:
        return ""
    if written == "z":
        return "+00:00"
    digits = written[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        raise NotWritten(f"không có múi giờ {written}")
    return f"{written[0]}{digits[:2]}:{digits[2:]}"


def day_of(text: str) -> Day:
    """Return the numbers of a text's day.

    Raises
    ------
    NotWritten
        Also where month or year stand alone.
    """
    told = text.strip(_BETWEEN)
    if found := _NUMBERS.fullmatch(told):
        return Day("numbers", int(found[1]), int(found[3]), _year(found[4]))
    if found := _YEAR_FIRST.fullmatch(told):
        return Day("year_first", int(found[4]), int(found[3]), int(found[1]))
    if found := _COMPACT.fullmatch(told):
        return Day("year_first", int(found[3]), int(found[2]), int(found[1]))
    told = fold(told)
    if found := _WORDS.fullmatch(told):
        return Day("words", int(found[1]), int(found[2]), int(found[3]))
    if found := _ENGLISH.fullmatch(told):
        return Day("words", int(found[1]), _MONTHS.index(found[2]) + 1, _year(found[3]))
    if found := _ENGLISH_MONTH_FIRST.fullmatch(told):
        return Day("words", int(found[2]), _MONTHS.index(found[1]) + 1, int(found[3]))
    if found := re.fullmatch(r"ngay\s*(.*\d.*)", told):
        return day_of(found[1])
    if _YEAR_ALONE.fullmatch(told):
        raise NotWritten("chỉ có năm; cần đủ ngày, tháng, năm, ví dụ 31/12/2022")
    if _MONTH_ALONE.fullmatch(told):
        raise NotWritten("chỉ có tháng và năm; cần đủ ngày, tháng, năm, ví dụ 31/12/2022")
    raise NotWritten("không đọc được là ngày; cần ví dụ 31/12/2022")


def _year(written: str) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < _TWO_DIGIT_TURN else 1900)
