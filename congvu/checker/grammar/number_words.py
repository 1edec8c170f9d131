"""Numbers written out in Vietnamese words."""

from __future__ import annotations

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FILLERS = frozenset({"linh", "lẻ"})
_TENS = frozenset({"mươi", "mười"})
NUMBER_WORDS = frozenset(_ONES) | frozenset(_SCALES) | _FILLERS | _TENS | {"trăm"}

_HUNDRED = 100
_TEN = 10


def number_of_words(words: list[str]) -> int | None:
    """Return the number that ``words`` write out, None where they write none.

    >>> number_of_words("bốn mươi tám nghìn bốn trăm bốn mươi bảy".split())
    48447
    """
    total, group, ones, said = 0, 0, None, False
    for word in (word.lower() for word in words):
        if word in _ONES:
            if ones is not None:
                return None
            ones, said = _ONES[word], True
        elif word == "trăm":
            if ones is None or group:
                return None
            group, ones = ones * _HUNDRED, None
        elif word in _TENS:
            if (word == "mươi") == (ones is None) or group % _HUNDRED:
                return None
            group, ones, said = group + (ones or 1) * _TEN, None, True
        elif word in _SCALES:
            if ones is None and not group and not total:
                return None
            below = group + (ones or 0)
            total, group, ones = _scaled(total, below, _SCALES[word]), 0, None
        elif word not in _FILLERS:
            return None
    return total + group + (ones or 0) if said else None


def _scaled(total: int, below: int, scale: int) -> int:
    """Add ``below`` times ``scale``; "nghìn tỷ" scales what stands before it as well."""
    if total and total < scale:
        return (total + below) * scale
    return total + below * scale
