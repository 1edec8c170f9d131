"""Fixed phrases of administration that are often mistyped, and words that stand twice."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from congvu.press.manuscript import Paragraph

from ..findings import Certainty, Finding, Kind
from ..grammar.letters import UPPER, WORD_GOES_ON, in_capitals

_TWICE_SURE = frozenset(
    {
        "các", "những", "và", "của", "được", "tại", "với", "hoặc", "nhưng", "bởi",
    }
)  # fmt: skip
_TWICE_LIKELY = frozenset(
    {
        "trong", "tỉnh", "huyện", "cho", "về", "theo", "trên", "vào", "đến", "đã", "sẽ", "do", "bị", "khi", "bằng",
        "là",
    }
)  # fmt: skip
_LOW = re.compile(r"(?<!\w)(?:bay|lượn|sà|lướt|rủ|buông|trôi|mặt \w+|thấp)\s$", re.IGNORECASE)
"""Before "là là", which then says how near the ground something is."""

_LETTER = r"[^\W\d_]"
_TWICE_MEANT = "từng|càng|mỗi|một|rất|ngày|lần|dần|tổ chức|lãnh đạo|đại diện|chỉ huy|chủ trì"
_TWICE_PHRASE = rf"(?!(?:{_TWICE_MEANT})(?!\w)){_LETTER}{{2,}} {_LETTER}{{2,}}"
"""Two syllables, but not what is said twice on purpose ("từng bước từng bước"), nor a doer whose deed is its name."""

_TWICE = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join([*sorted(_TWICE_SURE | _TWICE_LIKELY), _TWICE_PHRASE])})"
    rf"\s+(?P=word)(?!{WORD_GOES_ON})",
    re.IGNORECASE,
)
_TWICE_SHORTENED = re.compile(rf"(?<![\w/-])(?P<word>[{UPPER}]{{3,10}})\s+(?P=word)(?!{WORD_GOES_ON}|[/-])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A slip and the phrase it stands for; in ``not_after`` and ``not_before`` the words beside which it is none."""

    right: str
    certainty: Certainty
    not_after: frozenset[str]
    not_before: frozenset[str]


@cache
def confusions() -> dict[str, Phrase]:
    """Return the slips by their wrong form in lower case."""
    text = files(__package__).joinpath("data/slips.csv").read_text(encoding="utf-8")
    return {
        row["wrong"]: Phrase(
            row["right"],
            "certain" if row["certainty"] == "certain" else "likely",
            frozenset(filter(None, row["not_after"].split("|"))),
            frozenset(filter(None, row["not_before"].split("|"))),
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(confusions(), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!{WORD_GOES_ON})", re.IGNORECASE)


def misspelt(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield the slips for fixed phrases in ``paragraph``."""
    text = paragraph.text
    for match in _pattern().finditer(text):
        phrase = confusions()[match[0].lower()]
        before = re.search(r"(\w+)[ ]$", text[max(0, match.start() - 20) : match.start()])
        after = re.match(r"[ ](\w+)", text[match.end() : match.end() + 20])
        if (before and before[1].lower() in phrase.not_after) or (after and after[1].lower() in phrase.not_before):
            continue
        saved = "" if phrase.certainty == "certain" else f"; chỉ đúng nếu “{match[0]}” ở đây mang nghĩa khác"
        yield Finding(
            Kind.FORMAT,
            phrase.certainty,
            paragraph,
            match.start(),
            match.end(),
            match[0],
            phrase.right,
            f"“{match[0]}” là lỗi chính tả thường gặp của “{phrase.right}”{saved}.",
        )


def doubled_words(paragraph: Paragraph) -> Iterator[Finding]:
    """Yield the function words, phrases of two syllables and abbreviations that stand twice in a row."""
    text = paragraph.text
    shortened = () if in_capitals(text) else _TWICE_SHORTENED.finditer(text)
    for match in (*_TWICE.finditer(text), *shortened):
        word = match["word"] if match["word"].isupper() else match["word"].lower()
        sure = word in _TWICE_SURE
        if match[0][len(word) :].strip() != word:
            continue
        if word == "là" and _LOW.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        yield Finding(
            Kind.FORMAT,
            "certain" if sure else "likely",
            paragraph,
            match.start(),
            match.end(),
            match[0],
            match["word"],
            f"“{match[0]}” lặp từ “{word}”" + ("." if sure else "; chỉ đúng nếu hai từ thuộc hai cụm khác nhau."),
        )
