"""Document numbers that are written wrongly, whatever document they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..grammar.citation_forms import KIND_WORDS
from ..grammar.date_forms import date_spans
from ..grammar.letters import LOWER, UPPER

_FREE = r"(?<![\w/.,&-])"
_YEARS = range(1945, 2101)
_YEAR_DIGITS = 4

_LETTERS = re.compile(
    rf"{_FREE}(?P<number>[\dOoIl]{{1,6}})(?:/(?P<year>[\dOo]{{4}}))?"
    rf"(?P<rest>[/-][{UPPER}]{{2,5}}[-/][{UPPER}][\w&-]{{0,20}})"
)
_YEAR = re.compile(rf"{_FREE}\d{{1,6}}/(?P<year>\d{{3,6}})/(?:(?:QĐ|NQ|NĐ|TT|TTLT|CT)-[{UPPER}][\w-]{{0,20}}|QH\d\d\b)")
_NO_SLASH = re.compile(
    rf"{_FREE}(?P<number>\d{{1,6}}(?:/\d{{4}})?)(?P<blank> ?)(?P<symbol>(?:QĐ|NQ|NĐ|KH|BC|TTr|TB|HD|CT)-"
    r"(?:UBND|HĐND|TTg|CP|VPCP|B[A-ZĐ]{2,9}|S[A-ZĐ&]{2,9}))\b"
)
_ISSUER = (
    r"(?:UBND|HĐND|TTg|VPCP|BNV|BYT|BTC|BTP|BCT|BXD|BGDĐT|BKHĐT|BTNMT|BTTTT|SNV|STC|STP|SYT|SXD|SCT|SDL|SKHĐT|SKH&ĐT|"
    r"STNMT|STN&MT|SNNMT|SNN&MT|SNN|SNNPTNT|SNN&PTNT|SGDĐT|SGD&ĐT|SLĐTBXH|SVHTTDL|SVHTT|STTTT|STT&TT|SGTVT|SKHCN|"
    r"SKH&CN|SNgV)"
)
"""The issuers whose letters after a kind's can be nothing else."""

_NO_HYPHEN = re.compile(
    rf"{_FREE}(?P<number>\d{{1,6}}/(?:\d{{4}}/)?)"
    rf"(?:(?P<head>QĐ|NQ|NĐ|KH|BC|TTr|TB|HD|CT)(?P<issuer>{_ISSUER})|(?P<state>QĐ|NQ|NĐ)(?P<government>CP))(?![\w&])"
)
_DOUBLED = re.compile(
    rf"{_FREE}(?P<number>\d{{1,6}}(?:/\d{{4}})?)(?P<first>[/-]{{1,2}})(?P<head>[{UPPER}]{{1,5}}[{LOWER}]?)"
    rf"(?P<second>[/-]{{1,2}})(?P<issuer>[{UPPER}]\w{{1,12}})"
)
_NO_STROKE = re.compile(
    rf"{_FREE}(?P<number>\d{{1,6}}/(?:\d{{4}}/)?)(?P<head>ND|QD)-(?P<issuer>CP|TTg|UBND|HDND|HĐND|B[A-ZĐ]{{2,9}})\b"
)
_NO_NUMBER = re.compile(
    rf"(?<!\w)(?i:{'|'.join(KIND_WORDS)}) (?P<number>(?i:số) ?:?[\s.…_]*/ ?(?:\d{{4}}/)?"
    rf"[{UPPER}]{{2,5}}[{LOWER}]?-[{UPPER}][\w&-]{{0,20}})"
)
_DAY_AFTER = re.compile(r"^ ?,? ?\(?(?:ngày )?$")
_DAY_LEFT_OPEN = re.compile(r"^[ ,(]*ngày(?:[\s.…_/]*tháng|[\s.…_]*[./…_])")
"""A draft leaves the day open together with the number: both are filled in on issue."""

_REACH = 60

_NUMBERED = re.compile(r"[Ss]ố\s?:?\s?$")


@dataclass(frozen=True, slots=True)
class Slip:
    """A number as it stands in a text, how it should be where that is known, and why; ``saved`` by what reading."""

    start: int
    end: int
    right: str
    why: str
    saved: str = ""


def _letters(match: re.Match[str], _text: str) -> Slip | None:
    digits = match["number"] + (match["year"] or "")
    if not re.search("[OoIl]", digits) or not re.search(r"\d", match["number"]):
        return None
    number, year = (part and re.sub("[Oo]", "0", re.sub("[Il]", "1", part)) for part in match.group("number", "year"))
    right = number + (f"/{year}" if year else "") + match["rest"]
    return Slip(match.start(), match.end(), right, "có chữ cái lẫn giữa các chữ số")


def _year(match: re.Match[str], _text: str) -> Slip | None:
    if len(match["year"]) == _YEAR_DIGITS and int(match["year"]) in _YEARS:
        return None
    return Slip(match.start(), match.end(), "", f"“{match['year']}” không thể là năm ban hành")


def _no_slash(match: re.Match[str], text: str) -> Slip | None:
    if match["blank"] and not _NUMBERED.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    right = f"{match['number']}/{match['symbol']}"
    return Slip(match.start(), match.end(), right, "thiếu dấu gạch chéo giữa số và ký hiệu")


def _no_hyphen(match: re.Match[str], _text: str) -> Slip:
    right = f"{match['number']}{match['head'] or match['state']}-{match['issuer'] or match['government']}"
    return Slip(match.start(), match.end(), right, "thiếu dấu gạch nối giữa loại văn bản và cơ quan ban hành")


def _doubled(match: re.Match[str], _text: str) -> Slip | None:
    if len(match["first"]) == len(match["second"]) == 1:
        return None
    party = match["first"] == "-"
    first, second = ("-", "/") if party else ("/", "-")
    right = f"{match['number']}{first}{match['head']}{second}{match['issuer']}"
    return Slip(match.start(), match.end(), right, "có hai dấu gạch liền nhau")


def _no_stroke(match: re.Match[str], text: str) -> Slip | None:
    if "đ" not in text.lower():
        return None
    right = f"{match['number']}{match['head'].replace('D', 'Đ')}-{match['issuer'].replace('HDND', 'HĐND')}"
    return Slip(match.start(), match.end(), right, f"ký hiệu “{match['head']}” thiếu gạch ngang của chữ Đ")


def _no_number(match: re.Match[str], text: str) -> Slip | None:
    after = text[match.end() : match.end() + _REACH]
    if _DAY_LEFT_OPEN.match(after):
        return None
    dated = any(span.form == "day" and _DAY_AFTER.match(after[: span.start]) for span in date_spans(after))
    saved = "" if dated else "chỉ đúng nếu văn bản còn chờ cấp số"
    return Slip(*match.span("number"), "", "trước dấu gạch chéo không có con số nào", saved)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Slip | None]], ...] = (
    (_LETTERS, _letters),
    (_YEAR, _year),
    (_NO_SLASH, _no_slash),
    (_NO_HYPHEN, _no_hyphen),
    (_DOUBLED, _doubled),
    (_NO_STROKE, _no_stroke),
    (_NO_NUMBER, _no_number),
)


def slips(text: str) -> Iterator[Slip]:
    """Yield the numbers of ``text`` that no way of numbering documents allows."""
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            slip = read(match, text)
            if slip is not None:
                yield slip
