"""Numbers written in a way that Vietnamese does not write them, or not as the rest of the text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from congvu.press.manuscript import Paragraph

from .citation_forms import citation_spans
from .date_forms import date_spans
from .findings import Certainty, Finding, Kind
from .number_words import NUMBER_WORDS, number_of_words

COUNTED = (
    r"(?:hồ sơ|người|lượt|văn bản|TTHC|thủ tục|cuộc|vụ|trường hợp|đơn vị|cơ quan|cán bộ|công chức|viên chức|"
    r"CBCCVC|CBCC|hộ|doanh nghiệp|nhiệm vụ|phản ánh|kiến nghị|ý kiến|đơn thư|phiếu|quyết định|xã|thôn|học sinh)"
)
"""What is counted in whole numbers."""

_GAP = re.compile(r"(?<![\d.,/])(?P<whole>\d{1,3}), (?P<decimals>\d{1,2})(?P<percent>\s?%)?(?![\d/]|[.,]\d)")
_GAP_BEFORE = re.compile(r"(?<![\d.,])\d{1,3} ,\d{1,2}\s?%")
_SAID = re.compile(r"(?:=|đạt|chiếm|bằng|tỷ lệ|tỉ lệ|là)\s?$")
_RATIO_BEFORE = re.compile(r"(?P<part>\d[\d.]{0,15})/(?P<whole>\d[\d.]{0,15})(?: [^\W\d]{1,12}){0,4}\s?=\s?$")
_RATIO = re.compile(
    r"(?<![\d.,/])(?P<part>\d[\d.]{0,15})/(?P<all>\d[\d.]{0,15})(?: [^\W\d]{1,12}){0,4}\s?=\s?"
    r"(?P<share>\d{1,3},\d{1,2})(?!\s?%|\d|[.,]\d)"
)
_GROUPS = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{1,4}){1,5}(?![\w/,%-]|\.\d)")
_COMMA_THOUSANDS = re.compile(rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:,\d{{3}})+ (?={COUNTED}\b(?!/))")
_DOT_THOUSANDS = re.compile(rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:\.\d{{3}})+ (?={COUNTED}\b)")
_DOT_SHARE = re.compile(r"(?<![\w.,/])\d{1,3}\.\d{1,2}(?=\s?%)")
_COMMA_SHARE = re.compile(r"(?<![\w.,/])\d{1,3},\d{1,2}(?=\s?%)")
_SPACED_SHARE = re.compile(r"(?<![\w/.,])\d[\d.,]{0,12} %")
_CLOSE_SHARE = re.compile(r"(?<![\w/.,])\d[\d.,]{0,12}%")
_SPACED_STROKE = re.compile(r"(?<![\w.,/])\d{1,3}(?: / | /|/ )\d{1,4}(?:(?: / | /|/ )\d{4})?(?![\w,]|\.\d)")
_CLOSE_STROKE = re.compile(r"\d/\d")
_IN_WORDS = re.compile(
    r"(?<![\d.,/-])(?P<digits>\d{1,3}(?:\.\d{3}){1,5}|\d{1,9})\s?\((?P<words>[^\W\d_]{1,8}(?: [^\W\d_]{1,8}){0,15})\)"
)
_TAIL_WORDS = frozenset({"đồng", "chẵn", "ngày", "người"})
_MEAN = re.compile(r"(?:bình quân|trung bình)[^.;]*$", re.IGNORECASE)
"""An average may have decimals."""

_PERCENT = 100


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FORMAT, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def _masked(text: str) -> str:
    """Return ``text`` with its dates and document numbers blotted out, offsets kept."""
    pieces, reach = [], 0
    for start, end in sorted(
        [(s.start, s.end) for s in date_spans(text)] + [(c.start, c.end) for c in citation_spans(text)]
    ):
        if start >= reach:
            pieces += [text[reach:start], "\u0000" * (end - start)]
            reach = end
    return "".join([*pieces, text[reach:]])


def _value(number: str) -> int:
    return int(number.replace(".", ""))


def _is_share(part: str, whole: str, share: str) -> bool:
    """Whether ``share`` (with a comma) is the percentage that ``part`` makes of ``whole``, as rounded."""
    if not _value(whole):
        return False
    exact = Fraction(_value(part), _value(whole)) * _PERCENT
    places = len(share.split(",")[1])
    return abs(exact - Fraction(share.replace(",", "."))) <= Fraction(1, 10**places)


def gaps(paragraph: Paragraph, sign_is_usual: bool) -> Iterator[Finding]:
    """Yield decimals with a blank inside (``99, 29``) and shares of a quotient that lack their sign."""
    text = paragraph.text
    for match in _GAP.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if not _SAID.search(before) or not (
            match["percent"] or re.match(r"\s?[;).]|$", text[match.end() : match.end() + 2])
        ):
            continue
        share = f"{match['whole']},{match['decimals']}"
        ratio = _RATIO_BEFORE.search(before)
        proved = ratio is not None and _is_share(ratio["part"], ratio["whole"], share)
        if not proved and not match["percent"]:
            continue
        lacks = not match["percent"] and sign_is_usual
        sure = proved or before.rstrip().endswith("=")
        computed = share + ("%" if match["percent"] or lacks else "")
        also = " và thiếu dấu %" if lacks else ""
        yield _finding(
            paragraph, match.start(), match.end(), "certain" if sure else "likely", computed,
            f"“{match[0]}” thừa dấu cách giữa số thập phân{also}, đúng ra là “{computed}”"
            + ("." if sure else "; chỉ đúng nếu đây là hai số liệt kê cạnh nhau."),
        )  # fmt: skip
    for match in _GAP_BEFORE.finditer(text):
        computed = match[0].replace(" ,", ",")
        message = f"“{match[0]}” thừa dấu cách trước dấu phẩy thập phân, đúng ra là “{computed}”."
        yield _finding(paragraph, match.start(), match.end(), "certain", computed, message)
    for match in _RATIO.finditer(text):
        if sign_is_usual and _is_share(match["part"], match["all"], match["share"]):
            message = f"“{match['share']}” thiếu dấu %: {match['part']}/{match['all']} đúng bằng {match['share']}%."
            yield _finding(paragraph, *match.span("share"), "certain", match["share"] + "%", message)


def wrong_groups(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield numbers whose dots stand between groups that are not of three digits (``1.23.456``)."""
    text = _masked(paragraph.text)
    for match in _GROUPS.finditer(text):
        groups = match[0].split(".")
        after = text[match.end() : match.end() + 20]
        counted = re.match(rf" {COUNTED}\b(?!/)", after) is not None and not _MEAN.search(
            text[max(0, match.start() - 40) : match.start()]
        )
        if all(len(group) == 3 for group in groups[1:]) or groups[0].startswith("0"):
            continue
        if (
            not counted
            or match.start() == 0
            or re.search(
                r"(?:mục|điểm|khoản|Mục|Điểm|Bảng|Biểu|phiên bản) $", text[max(0, match.start() - 12) : match.start()]
            )
        ):
            continue
        yield _finding(
            paragraph, match.start(), match.end(), "certain", "",
            f"“{match[0]}” không phải là một số đếm viết đúng: sau mỗi dấu chấm phải có đúng ba chữ số.",
        )  # fmt: skip


def in_words(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield digits that the words in brackets after them contradict: ``05 (bốn) đơn vị``."""
    for match in _IN_WORDS.finditer(paragraph.text):
        words = match["words"].lower().split()
        while words and words[-1] in _TAIL_WORDS:
            words.pop()
        if not words or words == ["năm"] or any(word not in NUMBER_WORDS for word in words):
            continue
        said = number_of_words(words)
        if said is None or said == _value(match["digits"]):
            continue
        yield _finding(
            paragraph, match.start(), match.end(), "certain", str(said),
            f"“{match['digits']}” viết bằng số nhưng trong ngoặc viết bằng chữ là {said} (“{match['words']}”).",
        )  # fmt: skip


def mixed(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Yield, of two ways in which one text writes a thing, the rarer or the one that Vietnamese does not use."""
    masked = [(paragraph, _masked(paragraph.text)) for paragraph in paragraphs]
    counts = {
        pattern: sum(len(pattern.findall(text)) for _paragraph, text in masked)
        for pattern in (
            _DOT_THOUSANDS,
            _COMMA_SHARE,
            _DOT_SHARE,
            _CLOSE_SHARE,
            _SPACED_SHARE,
            _CLOSE_STROKE,
            _SPACED_STROKE,
        )
    }
    for paragraph, text in masked:
        if counts[_DOT_THOUSANDS]:
            yield from _commas(paragraph, text)
        if counts[_COMMA_SHARE]:
            yield from _dots(paragraph, text, certain=counts[_COMMA_SHARE] >= counts[_DOT_SHARE])
        if 0 < counts[_SPACED_SHARE] < counts[_CLOSE_SHARE]:
            yield from _spaced(paragraph, text, _SPACED_SHARE, " %", "%", "dấu cách trước dấu %")
        if 0 < counts[_SPACED_STROKE] < counts[_CLOSE_STROKE]:
            yield from _spaced(paragraph, text, _SPACED_STROKE, " ", "", "dấu cách quanh dấu gạch chéo")


def _commas(paragraph: Paragraph, text: str) -> Iterator[Finding]:
    for match in _COMMA_THOUSANDS.finditer(text):
        if _MEAN.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        stated = match[0].rstrip()
        right = stated.replace(",", ".")
        yield _finding(
            paragraph, match.start(), match.start() + len(stated), "certain", right,
            f"“{stated}” dùng dấu phẩy để phân cách nghìn trong khi các số khác của bài "
            f"dùng dấu chấm, đúng ra là “{right}”.",
        )  # fmt: skip


def _dots(paragraph: Paragraph, text: str, *, certain: bool) -> Iterator[Finding]:
    for match in _DOT_SHARE.finditer(text):
        right = match[0].replace(".", ",")
        yield _finding(
            paragraph, match.start(), match.end(), "certain" if certain else "likely", right,
            f"“{match[0]}” dùng dấu chấm thập phân trong khi các tỷ lệ khác của bài dùng dấu phẩy, đúng ra là “{right}”"
            + ("." if certain else "; chỉ đúng nếu bài chép nguyên số liệu của nguồn khác."),
        )  # fmt: skip


def _spaced(
    paragraph: Paragraph, text: str, pattern: re.Pattern[str], blank: str, instead: str, what: str
) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        right = match[0].replace(blank, instead)
        yield _finding(
            paragraph, match.start(), match.end(), "likely", right,
            f"“{match[0]}” có {what}, khác cách viết “{right}” ở những chỗ khác; chỉ đúng nếu cố ý viết cách.",
        )  # fmt: skip


def sign_is_usual(paragraphs: list[Paragraph]) -> bool:
    """Whether the text writes a sign after the quotients of its fractions."""
    return any(re.search(r"= ?\d{1,3},\d{1,2}\s?%", paragraph.text) for paragraph in paragraphs)
