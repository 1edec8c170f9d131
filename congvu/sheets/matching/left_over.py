"""What a column under an unknown title may be, when a table still lacks something that every row needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from congvu.kernel.text import fold
from congvu.sheets.target import Target

from .evidence import Seen
from .naming import words_of

_CODE = re.compile(r"^(?:ma|so|ky hieu|ms|id|code|no|key)\b|\b(?:id|code|no)$")
_OTHER_DAYS = re.compile(r"\b(?:sinh|birth|cap cmnd|cap cccd|het han|hen|han|due|nop phi|in|xuat)\b")
_NO_CODE = re.compile(
    r"\bso (?:luong|ban|ngay|gio|nguoi|tien|trang|lan|luot|con|du|tai khoan|buoi|tiet|dien thoai)\b|"
    r"\b(?:dien thoai|phone|mobile|cmnd|cccd|can cuoc|email|tai khoan|fax)\b"
)
_TEXTS = frozenset({"title", "text", "name"})
_NAME = re.compile(r"(?:^|/ )(?:ten|noi dung|trich yeu|tieu de|name|title|mo ta)\b")
_DIFFERENT, _FILLED, _LONG = 0.8, 0.9, 20
_ALL_DIFFERENT, _MOST = 0.97, 0.6
_ORDINALS = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "no.", "#", "stt.", "rowid", "row id", "row"})


def left_over(target: Target, free: Sequence[Seen]) -> Seen | None:
    """Return the column, of those that nothing takes yet, that by its content can be ``target``; None if unclear."""
    if target.kind in {"date", "instant"}:
        return _day(free)
    if target.kind == "choice":
        said = [(seen.said(target), -seen.heading.column, seen) for seen in free if len(seen.values) > 1]
        best = max(said, key=lambda told: told[:2], default=None)
        return best[2] if best and best[0] >= _MOST else None
    if target.kind == "text" and target.key and not target.refers and target.name in {"code", "id"}:
        return _code(free)
    if target.kind == "text" and target.name in _TEXTS:
        return _text(free)
    return None


def _text(free: Sequence[Seen]) -> Seen | None:
    """Return the column of words that differ from row to row, one called a name or content before others."""
    found = [
        (bool(_NAME.search(fold(seen.heading.title))), seen.length, seen)
        for seen in free
        if seen.share("text") > _MOST and seen.distinct > _DIFFERENT and seen.filled > _FILLED
    ]
    found = [told for told in found if told[0] or told[1] > _LONG]
    return max(found, key=lambda told: told[:2])[2] if found else None


def _day(free: Sequence[Seen]) -> Seen | None:
    """Return the first column of days: what begins stands before what ends."""
    days = [
        seen
        for seen in free
        if seen.share("day") >= 0.8 and not _OTHER_DAYS.search(" ".join(words_of(seen.heading.title)))
    ]
    return min(days, key=lambda seen: seen.heading.column, default=None)


def _code(free: Sequence[Seen]) -> Seen | None:
    """Return the first column that tells all rows apart, one called a code before others."""
    found = []
    for seen in free:
        title = fold(seen.heading.title)
        if title in _ORDINALS or seen.distinct < _ALL_DIFFERENT or seen.share("day", "time", "term") > 0.5:
            continue
        called = any(_CODE.search(part.strip()) for part in title.split("/"))
        if seen.share("code", "symbol") < _MOST and not (called and seen.length < 40):
            continue
        if not _NO_CODE.search(" ".join(words_of(title))) and seen.filled > _FILLED:
            found.append((not called, seen.share("code", "symbol") < _MOST, seen.heading.column, seen))
    return min(found, key=lambda told: told[:3])[3] if found else None
