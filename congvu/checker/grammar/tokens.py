"""Words, numbers and stops of one paragraph, and the sentences that they form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from congvu.kernel.text import nfc

from .vocabulary import words


class Sort(Enum):
    WORD = auto()
    NUMBER = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """``word`` is the text in lower case and in one spelling (``tỉ`` and ``tỷ`` are one)."""

    sort: Sort
    start: int
    end: int
    text: str
    word: str


_LETTER = r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]"
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|[0-9&]|[-–](?={_LETTER}{{2}})|\.(?={_LETTER}{{2}}))*)"
    r"|(?P<stop>\.{2,}|[^\w\s])"
)
_ONE_SPELLING = {
    "tỉ": "tỷ",
    "kì": "kỳ",
    "lí": "lý",
    "trể": "trễ",
    "hs": "hồ_sơ",
    "tthc": "thủ_tục",
    "ngàn": "nghìn",
    "ngìn": "nghìn",
    "đv": "đơn_vị",
    "cbccvc": "cán_bộ",
    "vnđ": "đồng",
    "vnd": "đồng",
}
# Two spellings of where the tone stands: hòa and hoà, ủy and uỷ.
_MOVED = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_MOVED_AT_END = re.compile("(?:" + "|".join(_MOVED) + ")$")


@lru_cache(maxsize=20_000)
def spelling(word: str) -> str:
    """Return a word in lower case and in the one spelling by which words are compared."""
    lower = nfc(word).lower()
    if not lower.startswith("qu"):
        lower = _MOVED_AT_END.sub(lambda found: _MOVED[found[0]], lower)
    return _ONE_SPELLING.get(lower, lower)


@lru_cache(maxsize=4_000)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text`` in order. Superscripts (references to notes) are none."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        sort = {"number": Sort.NUMBER, "word": Sort.WORD}.get(kind or "", Sort.STOP)
        word = spelling(match[0]) if sort is Sort.WORD else match[0]
        found.append(Token(sort, match.start(), match.end(), match[0], word))
    return tuple(found)


_ABBREVIATED = words("tp ts ths gs pgs bs ths.bs tt tx q p h st no vd nxb tr cn")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of ``text``; a list's ``;`` does not end one."""
    found = tokens(text)
    begin = 0
    for index, token in enumerate(found):
        if token.text not in (".", "!", "?", "...", "…") or index + 1 == len(found):
            continue
        after, before = found[index + 1], found[index - 1] if index else None
        if after.start == token.end and after.text not in '"”»)':
            continue  # TP.HCM, 1.a
        if before is not None and token.text == "." and before.end == token.start:
            if before.word in _ABBREVIATED:
                continue
            if before.sort is Sort.NUMBER and (index == 1 or found[index - 2].text in ".\n"):
                continue  # "1. Công tác": a heading's number
        if after.sort is Sort.WORD and after.text[0].islower() and token.text in ("...", "…"):
            continue
        yield begin, token.end
        begin = token.end
    if begin < len(text):
        yield begin, len(text)
