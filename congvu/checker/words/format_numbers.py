"""Numbers in groups that are none, against their words, and not as the rest of the text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.press.manuscript import Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.citation_forms import citation_spans
from ..grammar.date_forms import date_spans
from ..grammar.number_words import NUMBER_WORDS, number_of_words

COUNTED = (
    r"(?:hồ sơ|người|lượt|văn bản|TTHC|thủ tục|cuộc|vụ|trường hợp|đơn vị|cơ quan|cán bộ|công chức|viên chức|"
    r"CBCCVC|CBCC|hộ|doanh nghiệp|nhiệm vụ|phản ánh|kiến nghị|ý kiến|đơn thư|phiếu|quyết định|xã|thôn|học sinh|"
    r"sinh viên|thí sinh|giáo viên|lao động|đại biểu|đảng viên|đoàn viên|hội viên|bệnh nhân|đối tượng|bộ hồ sơ|"
    r"dịch vụ|tin bài|tờ rơi|băng rôn|cuốn|suất)"
)
"""What is counted in whole numbers."""

MEASURES = r"tỷ|tỉ|triệu|nghìn|ngàn|ha|tấn|tạ|km|km2|m2|m3|kg|lít|USD|đồng|điểm phần trăm|điểm %"
"""What numbers with decimals measure."""

_GROUPS = re.compile(r"(?:(?<![\w.,/-])|(?<=[^\W\d_]/))\d{1,3}(?:\.\d{1,4}){1,5}(?![\w/,%-]|\.\d)")
_COMMA_THOUSANDS = re.compile(rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:,\d{{3}})+ (?={COUNTED}\b(?!/))")
_DOT_THOUSANDS = re.compile(rf"(?<![\w.,/])[1-9]\d{{0,2}}(?:\.\d{{3}})+ (?={COUNTED}\b)")
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


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FORMAT, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def blotted(text: str) -> str:
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


def wrong_groups(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield numbers whose dots stand between groups that are not of three digits (``1.23.456``)."""
    text = blotted(paragraph.text)
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
    masked = [(paragraph, blotted(paragraph.text)) for paragraph in paragraphs]
    counts = {
        pattern: sum(len(pattern.findall(text)) for _paragraph, text in masked)
        for pattern in (
            _DOT_THOUSANDS,
            _CLOSE_SHARE,
            _SPACED_SHARE,
            _CLOSE_STROKE,
            _SPACED_STROKE,
        )
    }
    for paragraph, text in masked:
        if counts[_DOT_THOUSANDS]:
            yield from _commas(paragraph, text)
    if 0 < counts[_SPACED_SHARE] < counts[_CLOSE_SHARE]:
        yield _spaced(masked, _SPACED_SHARE, " %", "%", "dấu cách trước dấu %")
    if 0 < counts[_SPACED_STROKE] < counts[_CLOSE_STROKE]:
        yield _spaced(masked, _SPACED_STROKE, " ", "", "dấu cách quanh dấu gạch chéo")


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


def _spaced(
    masked: list[tuple[Paragraph, str]], pattern: re.Pattern[str], blank: str, instead: str, what: str
) -> Finding:
    """Return the first of the places that have a blank, with their number."""
    places = [(paragraph, match) for paragraph, text in masked for match in pattern.finditer(text)]
    paragraph, match = places[0]
    right = match[0].replace(blank, instead)
    several = f" (bài có {len(places)} chỗ như vậy)" if len(places) > 1 else ""
    return _finding(
        paragraph, match.start(), match.end(), "likely", right,
        f"“{match[0]}” có {what}, khác cách viết “{right}” ở những chỗ khác{several}; chỉ đúng nếu cố ý viết cách.",
    )  # fmt: skip
