"""Marks that stand twice, brackets and quotes without their other half, sentences beginning in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.press.manuscript import Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.letters import LOWER, SUPERSCRIPTS

_DOUBLED = re.compile(
    r"(?<![,;:])(?P<sure>,\s?,|;\s?;)(?![,;])|(?<![,;:.])(?P<mixed>,;|;,|:;|;:|,\.(?!\.)|;\.(?!\.))(?!\w)|(?<![./\w])?(?<=\w)(?P<dots>\.\.)(?![./\w])"
)
_AND_SO_ON = re.compile(r"v\.\s?v$")
_LOWER_START = re.compile(
    rf"[^\W_][”\"»)]?[{SUPERSCRIPTS}]{{0,3}}\.[ \n]{{1,2}}(?P<next>[{LOWER}]{{2,12}})(?![\w./@-])"
)
_WORD = 24
"""No word is longer."""

_SHORTENED = frozenset(
    {
        "tp", "ts", "ths", "gs", "pgs", "bs", "ks", "cn", "tt", "tx", "q", "p", "h", "x", "st", "tr", "vv", "đ", "đc",
        "ông", "bà", "th", "ncs", "tg", "mr", "mrs", "ms", "dr", "no", "vol", "cty", "nxb", "bv", "kts", "ls", "nn",
        "ct", "tc", "cv", "qđ", "nđ", "tl", "tm", "kt", "tuq", "sđt", "đt", "dt", "dtts", "tk", "tkcn", "km",
        "cm", "mm", "ha", "kg", "gr", "ml", "ph",
    }
)  # fmt: skip
_ADDRESS = frozenset(
    {
        "vn", "com", "gov", "net", "org", "edu", "info", "html", "php", "www", "http", "https", "jpg", "png", "pdf",
        "doc", "docx",
    }
)  # fmt: skip
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\s;,:.(/]))(?:[a-zđ]{1,2}|\d{1,2}(?:\.\d{1,2}){0,4}|[ivx]{1,4}|[IVX]{1,4}|[A-Z]|[*+-])\)|[a-hđ]\)(?=\s?[A-ZĐ])|[:;][-o]?\)"
)
_PAIRS = (("(", ")", "ngoặc đơn", 4), ("“", "”", "ngoặc kép", 200), ("[", "]", "ngoặc vuông", 4))
"""What opens, what closes it, its name, and how many paragraphs later it may close."""

_SENTENCE_ENDS = tuple(".!?…:;/”)")


def _finding(paragraph: Paragraph, start: int, end: int, certainty: Certainty, computed: str, message: str) -> Finding:
    return Finding(Kind.FORMAT, certainty, paragraph, start, end, paragraph.text[start:end], computed, message)


def doubled_marks(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield marks that stand twice, or two of which only one can be meant."""
    text = paragraph.text
    for match in _DOUBLED.finditer(text):
        sure = match["sure"] is not None
        if match["dots"] and (_AND_SO_ON.search(text[max(0, match.start() - 6) : match.start()]) or "...." in text):
            continue
        if match["mixed"] and (not match.start() or text[match.start() - 1].isspace()):
            continue
        computed = match[0][0] if sure or match["dots"] else match[0][-1]
        yield _finding(
            paragraph, match.start(), match.end(), "certain" if sure else "likely", computed,
            f"“{match[0]}”: hai dấu câu đứng liền nhau, thừa một dấu"
            + ("." if sure else "; chỉ đúng nếu đây là dấu ba chấm bị thiếu hoặc dấu của từ viết tắt."),
        )  # fmt: skip


def lower_case_starts(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield sentences that begin in lower case after a full stop."""
    text = paragraph.text
    for match in _LOWER_START.finditer(text):
        before = text[max(0, match.start() - _WORD) : match.start() + 1]
        word = re.split(r"[\W_]", before.rstrip(SUPERSCRIPTS))[-1]
        if len(word) < 2 or word.lower() in _SHORTENED or (word.isdigit() and match.start() < len(word)):
            continue
        if match["next"] in _ADDRESS or (word.isupper() and not word.isdigit()) or before[-2:-1] == ".":
            continue
        yield _finding(
            paragraph, *match.span("next"), "likely", match["next"].capitalize(),
            f"Câu sau dấu chấm bắt đầu bằng chữ thường “{match['next']}”; chỉ đúng nếu dấu chấm thuộc một từ viết tắt.",
        )  # fmt: skip


def unbalanced(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Yield brackets and quotes without their other half near by."""
    for opening, closing, name, near in _PAIRS:
        lone = [list(_lone(paragraph, opening, closing)) for paragraph in paragraphs]
        for place, own in enumerate(lone):
            for mark, offset in {mark: (mark, offset) for mark, offset in reversed(own)}.values():
                if mark == opening:
                    beside = lone[place + 1 : place + 1 + near]
                    met = any(other == closing for several in beside for other, _offset in several)
                    met = met or (name == "ngoặc kép" and _quoted_on(paragraphs, place, opening))
                else:
                    beside = lone[max(0, place - near) : place]
                    met = any(other == opening for several in beside for other, _offset in several)
                if not met and not _cut_off(paragraphs, place, mark == opening):
                    yield _unbalanced(paragraphs[place], offset, name, mark == opening)


def _quoted_on(paragraphs: list[Paragraph], place: int, opening: str) -> bool:
    """Whether the next paragraph opens a quote again, as quotes over several paragraphs do."""
    return place + 1 < len(paragraphs) and paragraphs[place + 1].text.lstrip().startswith(opening)


def _cut_off(paragraphs: list[Paragraph], place: int, opens: bool) -> bool:
    """Whether the text is a cutting that ends or begins in the middle of this paragraph."""
    if opens:
        return place == len(paragraphs) - 1 and not paragraphs[place].text.rstrip().endswith(_SENTENCE_ENDS)
    return place == 0 and not paragraphs[place].text[:1].isupper()


def _lone(paragraph: Paragraph, opening: str, closing: str) -> Iterator[tuple[str, int]]:
    text = paragraph.text
    listed = {match.end() - 1 for match in _LIST_MARK.finditer(text)} if closing == ")" else set()
    opened: list[int] = []
    for offset, mark in enumerate(text):
        if mark == opening:
            opened.append(offset)
        elif mark == closing:
            if opened:
                opened.pop()
            elif offset not in listed:
                yield closing, offset
    for offset in opened:
        yield opening, offset


def _unbalanced(paragraph: Paragraph, offset: int, name: str, opens: bool) -> Finding:
    missing = "đóng" if opens else "mở"
    there = "mở" if opens else "đóng"
    return _finding(
        paragraph, offset, offset + 1, "likely", "",
        f"Dấu {name} {there} ở đây không có dấu {missing}; chỉ đúng nếu nửa kia nằm ở đoạn không được đọc.",
    )  # fmt: skip
