"""A time limit in words: its amount and unit, or that a person must read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from congvu.kernel.text import fold

from .cells import says_nothing, tidied

Unit = Literal["", "working_day", "calendar_day", "working_hour", "month"]
Certainty = Literal["clear", "unclear", "none"]


@dataclass(frozen=True, slots=True)
class Term:
    """``amount`` is a decimal with a point, "" where there is none; ``reason`` says why the term is unclear."""

    amount: str = ""
    unit: Unit = ""
    certainty: Certainty = "none"
    reason: str = ""


_NONE = re.compile(
    r"khong(?: co)? (?:quy dinh|thong tin|thoi han|xac dinh)"
    r"(?: cu the| thoi han| thoi gian| ve thoi han)*|khong|chua quy dinh"
)
_WORDS = {
    **{
        one: str(number)
        for number, one in enumerate(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"], 1)
    },
    **{
        f"muoi {one}": f"1{digit}"
        for one, digit in (("hai", 2), ("lam", 5), ("bon", 4), ("ba", 3), ("mot", 1), ("tam", 8))
    },
    **{f"{tens} muoi": f"{digit}0" for tens, digit in (("hai", 2), ("ba", 3), ("bon", 4), ("sau", 6), ("chin", 9))},
    "hai muoi lam": "25",
    "bon muoi lam": "45",
    "nua": "1/2",
}
_UNIT = r"ngay lam viec|ngay|gio lam viec|gio hanh chinh|gio|thang|tuan|nam"
_UNIT_IN_HEADING = re.compile(
    rf"\(\s*(?:tinh theo |theo |so )?({_UNIT})\s*\)|\b((?:ngay|gio) lam viec)\b|\bso (ngay|thang)\b"
)
_NUMBER = r"\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?"
_AMOUNT = re.compile(rf"(?<![\d/.,])({_NUMBER})\s*({_UNIT})\b(?!\s*\d)")
_IN_WORDS = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\s+({_UNIT})\b(?!\s*\d)")
_RANGE = re.compile(
    rf"({_NUMBER})\s*(?:{_UNIT})?\s*(?:-|–|den|toi|hoac)\s*({_NUMBER})\s*(?:\([^()]*\))?\s*(?:{_UNIT})\b"
)
_DATE = re.compile(r"ngay\s+\d{1,2}\s*(?:thang|/)\s*\d{1,2}(?:\s*(?:nam|/)\s*\d{2,4})?|\d{1,2}/\d{1,2}/\d{4}")
_REPEATED_IN_WORDS = re.compile(r"(?<=[\w]) *\([^()\d]*\)")
_SAME_DAY = re.compile(r"\btrong\s+(?:cung\s+|mot\s+)?(?:buoi|ngay)\b(?!\s+(?:ke|\d))")
_PROLONGED = re.compile(
    r"gia han|keo dai|cong them|them toi da|ngay (?:lam viec )?(?:tiep theo|ke tiep|hom sau)|\d\s*\+\s*\d"
)
_UNIT_OF: dict[str, tuple[Unit, int]] = {
    "ngay lam viec": ("working_day", 1),
    "ngay": ("calendar_day", 1),
    "gio lam viec": ("working_hour", 1),
    "gio hanh chinh": ("working_hour", 1),
    "thang": ("month", 1),
    "tuan": ("calendar_day", 7),
    "nam": ("month", 12),
}
_CHANNEL = re.compile(
    r"(?:Trực tiếp|Trực tuyến|Dịch vụ bưu chính)\s*"
    r"(?:(?P<amount>\d+(?:[.,]\d+)?)?\s*(?P<unit>Ngày làm việc|Giờ làm việc|Ngày|Giờ|Tháng|Tuần|Năm)?"
    r"|(?P<none>Không có thông tin))"
    r"\s*(?=Miễn phí|Không có thông tin|Phí|\d[\d.,]* *(?:Việt Nam Đồng|VNĐ|VND|USD|Đồng|Euro)|$)"
)
_PAGE = re.compile(r"^\s*Hình thức nộp")
_WHOLE_DAY = Decimal(1)


def read_term(text: str, heading: str = "") -> Term:
    """Return the term that a text states; ``heading`` may have the unit of a number that stands alone.

    A text with several terms, a range or a condition that changes the term is unclear: nobody but a person can say
    which one holds. ``giờ`` alone is unclear too, for an hour that is none of work has no unit here.

    >>> read_term("15 (mười lăm) ngày làm việc kể từ ngày nhận đủ hồ sơ")
    Term(amount='15', unit='working_day', certainty='clear', reason='')
    >>> read_term("10-15 ngày").certainty
    'unclear'
    """
    text = tidied(text)
    if _PAGE.match(text) or len(_CHANNEL.findall(text)) > 1:
        return _of_page(text)
    told = fold(text).strip(" .;,")
    if says_nothing(text) or _NONE.fullmatch(told):
        return Term()
    if re.fullmatch(_NUMBER, told) and (unit := _UNIT_IN_HEADING.search(fold(heading))):
        return _term(told, unit[1] or unit[2] or unit[3])
    return _of_words(_DATE.sub(" ", told))


def _of_words(told: str) -> Term:
    if re.fullmatch(_NUMBER, told):
        return Term(_plain(told), "", "unclear", "không ghi đơn vị (ngày làm việc, ngày, giờ làm việc, tháng)")
    if _RANGE.search(told):
        return _unclear("là một khoảng, không phải một thời hạn")
    prolonged = _PROLONGED.search(told)
    told = " ".join(_REPEATED_IN_WORDS.sub(" ", told.replace("(lam viec)", "lam viec")).split())
    amounts = [(match[1], match[2]) for match in _AMOUNT.finditer(told)]
    amounts += [(_WORDS[match[1]], match[2]) for match in _IN_WORDS.finditer(_AMOUNT.sub(" ", told))]
    same_day = _SAME_DAY.search(told)
    if len(amounts) + bool(same_day) > 1:
        return _unclear("nêu nhiều thời hạn")
    if prolonged:
        return _unclear("thời hạn có thể kéo dài")
    if same_day:
        return Term("1", "working_day", "clear") if "buoi" not in same_day[0] else _unclear("không nêu số ngày")
    if not amounts:
        return _unclear("không nêu thời hạn bằng số")
    return _term(*amounts[0])


def _term(number: str, unit: str) -> Term:
    if unit == "gio":
        return _unclear("tính bằng giờ mà không ghi là giờ làm việc")
    meant, times = _UNIT_OF[unit]
    amount = _plain(number, times)
    if not amount or Decimal(amount) <= 0:
        return _unclear("không nêu thời hạn bằng số")
    if meant == "calendar_day" and Decimal(amount) < _WHOLE_DAY:
        meant = "working_day"  # a part of a day is a part of the hours in which one works
    return Term(amount, meant, "clear")


def _plain(number: str, times: int = 1) -> str:
    """Return an amount with a point; "" for a fraction of nothing."""
    above, _slash, below = number.replace(",", ".").partition("/")
    divisor = Decimal(below.strip() or 1)
    if not divisor:
        return ""
    return format((Decimal(above.strip()) * times / divisor).normalize(), "f")


def _unclear(reason: str) -> Term:
    return Term("", "", "unclear", reason)


def _of_page(text: str) -> Term:
    """Return the term of a page of the procedures' portal: a row for every channel, its cells run together."""
    stated: set[tuple[str, str]] = set()
    for match in _CHANNEL.finditer(text):
        if match["none"] or not (match["amount"] or match["unit"]):
            stated.add(("", ""))
        else:
            stated.add((match["amount"] or "", fold(match["unit"] or "")))
    if len(stated) > 1:
        return _unclear("các hình thức nộp có thời hạn khác nhau")
    amount, unit = stated.pop() if stated else ("", "")
    if not amount and not unit:
        return Term() if stated or _CHANNEL.search(text) else _unclear("không nêu thời hạn bằng số")
    if not unit:
        return _unclear("không ghi đơn vị (ngày làm việc, ngày, giờ làm việc, tháng)")
    if not amount:
        return _unclear("không nêu thời hạn bằng số")
    described = _AMOUNT.findall(fold(_CHANNEL.sub(" ", text)))
    if any(_plain(number) == _plain(amount) and of != unit for number, of in described):
        return _unclear("cột thời gian và phần mô tả ghi đơn vị khác nhau")
    return _term(amount, unit)
