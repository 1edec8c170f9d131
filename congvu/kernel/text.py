"""Vietnamese text: normal form, folding for comparison, alphabetical order."""

from __future__ import annotations

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: position for position, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng: the order of dictionaries, after the letter without a tone."""


def nfc(text: str) -> str:
    """Return ``text`` in the normal form in which everything is stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def vn_sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return the key that sorts words as Vietnamese dictionaries do: by letters, then by tones.

    >>> sorted(["Ân", "An", "Ăn", "Án", "Đào", "Dung"], key=vn_sort_key)
    ['An', 'Án', 'Ăn', 'Ân', 'Dung', 'Đào']
    """
    letters: list[int] = []
    tones: list[int] = []
    for letter in nfc(text).lower():
        base, tone = letter, 0
        for mark in unicodedata.normalize("NFD", letter)[1:]:
            if mark in _TONES:
                tone = _TONES[mark]
                base = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(mark, ""))
        letters.append(_RANK.get(base, len(_LETTERS) + ord(base)) if base.isalpha() else -ord(base))
        tones.append(tone)
    return tuple(letters), tuple(tones), text


def fold(text: str) -> str:
    """Return ``text`` without case, tones and marks: what two spellings of one name share."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
