"""Numbers with a blank inside, and shares of a quotient without their sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from congvu.press.manuscript import Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.letters import LOWER, UPPER
from ..grammar.masks import LABELS
from .format_numbers import MEASURES

_GAP = re.compile(r"(?<![\w.,/])(?P<whole>\d{1,3}), (?P<decimals>\d{1,2})(?P<percent>\s?%)?(?![\d/]|[.,]\d)")
_GAP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3} ,\d{1,2}\s?%")
_THOUSANDS_GAP = re.compile(
    r"(?:(?<![\w.,/-])|(?<=[^\W\d_]/))(?P<first>[1-9]\d{0,2}(?:\.\d{3})*)\. "
    r"(?P<rest>\d{3}(?:\.\d{3})*(?:,\d{1,2})?)(?![\w/%]|[.,]\d)"
)
_RATIO_BEFORE = re.compile(r"(?P<part>\d[\d.]{0,15})/(?P<whole>\d[\d.]{0,15})(?: [^\W\d]{1,12}){0,4}\s?=\s?$")
_RATIO = re.compile(
    r"(?<![\d.,/])(?P<part>\d[\d.]{0,15})/(?P<all>\d[\d.]{0,15})(?: [^\W\d]{1,12}){0,4}\s?=\s?"
    r"(?P<share>\d{1,3},\d{1,2})(?!\s?%|\d|[.,]\d)"
)
_LISTED = re.compile(r"(?<![\w.,])(\d{1,3})\. ")
_LABEL_BEFORE = re.compile(rf"(?<!\w)(?:{LABELS})(?: số| thứ)?:?\s?$", re.IGNORECASE)
_NAME_BEFORE = re.compile(rf"(?<!\w)[{UPPER}][{LOWER}]+\s?$")
"""``Nà Lạn 2``: the number of a place."""

_SEVERAL_BEFORE = re.compile(r"(?:lần lượt|(?:các|những) (?:mức|tỷ lệ|tỉ lệ|năm|tháng|quý|số))[^.;]*$", re.IGNORECASE)
_MEASURED = re.compile(rf"^ (?:{MEASURES})(?!\w)")
_ANOTHER_AFTER = re.compile(rf"^(?:\s?%| (?:{MEASURES}))?(?:,| và| hoặc| đến) \d")
_INSIDE_A_SENTENCE = re.compile(rf"(?:(?<![{UPPER}{LOWER}])[{LOWER}]+,? |[:=] ?|[(/])$")
_SENTENCE_GOES_ON = re.compile(rf"^(?: [{LOWER}]|[),;])")

_PERCENT = 100
_NEAR = 60


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FORMAT, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def _value(number: str) -> int:
    return int(number.replace(".", ""))


def _is_share(part: str, whole: str, share: str) -> bool:
    """Whether ``share`` (with a comma) is the percentage that ``part`` makes of ``whole``, as rounded."""
    if not _value(whole):
        return False
    exact = Fraction(_value(part), _value(whole)) * _PERCENT
    places = len(share.split(",")[1])
    return abs(exact - Fraction(share.replace(",", "."))) <= Fraction(1, 10**places)


def sign_is_usual(paragraphs: list[Paragraph]) -> bool:
    """Whether the text writes a sign after the quotients of its fractions."""
    return any(re.search(r"= ?\d{1,3},\d{1,2}\s?%", paragraph.text) for paragraph in paragraphs)


def gaps(paragraph: Paragraph, sign_is_usual: bool) -> Iterator[Finding]:
    """Yield numbers with a blank inside (``99, 29%``, ``1. 508 hồ sơ``), and quotients' shares without their sign."""
    yield from _decimal_gaps(paragraph, sign_is_usual)
    yield from _thousands_gaps(paragraph)
    text = paragraph.text
    for match in _GAP_BEFORE.finditer(text):
        computed = match[0].replace(" ,", ",")
        message = f"“{match[0]}” thừa dấu cách trước dấu phẩy thập phân, đúng ra là “{computed}”."
        yield _finding(paragraph, match.start(), match.end(), "certain", computed, message)
    for match in _RATIO.finditer(text):
        if sign_is_usual and _is_share(match["part"], match["all"], match["share"]):
            message = f"“{match['share']}” thiếu dấu %: {match['part']}/{match['all']} đúng bằng {match['share']}%."
            yield _finding(paragraph, *match.span("share"), "certain", match["share"] + "%", message)


def _decimal_gaps(paragraph: Paragraph, sign_is_usual: bool) -> Iterator[Finding]:
    text = paragraph.text
    for match in _GAP.finditer(text):
        before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        share = f"{match['whole']},{match['decimals']}"
        ratio = _RATIO_BEFORE.search(before)
        ends = match["percent"] or re.match(r"\s?[;).]|$", after)
        proved = ends and ratio is not None and _is_share(ratio["part"], ratio["whole"], share)
        if not proved and not _is_one_value(before, match, after):
            continue
        lacks = proved and not match["percent"] and sign_is_usual
        sure = proved or (match["percent"] and before.rstrip().endswith("="))
        computed = share + ("%" if match["percent"] or lacks else "")
        also = " và thiếu dấu %" if lacks else ""
        yield _finding(
            paragraph, match.start(), match.end(), "certain" if sure else "likely", computed,
            f"“{match[0]}” thừa dấu cách giữa số thập phân{also}, đúng ra là “{computed}”"
            + ("." if sure else "; chỉ đúng nếu đây là hai số liệt kê cạnh nhau."),
        )  # fmt: skip


def _is_one_value(before: str, match: re.Match[str], after: str) -> bool:
    """Whether the two numbers are one: measured, and neither a label with what follows it nor items of a list."""
    if not match["percent"] and not _MEASURED.match(after):
        return False
    beside = (_LABEL_BEFORE, _NAME_BEFORE, _SEVERAL_BEFORE)
    return not any(pattern.search(before) for pattern in beside) and not _ANOTHER_AFTER.match(after)


def _thousands_gaps(paragraph: Paragraph) -> Iterator[Finding]:
    text = paragraph.text
    matches = list(_THOUSANDS_GAP.finditer(text))
    listed = set(_LISTED.findall(text)) if matches else set()
    for match in matches:
        before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        is_cell = match[0] == text.strip()
        in_sentence = (
            _INSIDE_A_SENTENCE.search(before)
            and not _LABEL_BEFORE.search(before)
            and (not after or _SENTENCE_GOES_ON.match(after))
            and not _is_listed(match["first"], listed)
        )
        if not is_cell and not in_sentence:
            continue
        computed = f"{match['first']}.{match['rest']}"
        yield _finding(
            paragraph, match.start(), match.end(), "likely", computed,
            f"“{match[0]}” thừa dấu cách sau dấu chấm phân cách nghìn, đúng ra là “{computed}”; "
            f"chỉ đúng nếu một câu kết thúc bằng số {match['first']}.",
        )  # fmt: skip


def _is_listed(number: str, listed: set[str]) -> bool:
    """Whether ``number`` is one of the numbers of a list: a neighbour of it is in ``listed``."""
    return "." not in number and bool({str(int(number) - 1), str(int(number) + 1)} & listed)
