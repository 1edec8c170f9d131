"""How near a heading comes to the names of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from congvu.kernel.text import fold, nfc
from congvu.sheets.target import Target

_SHORT = {
    "hs": "ho so",
    "tthc": "thu tuc hanh chinh",
    "tt": "thu tuc",
    "dvc": "dich vu cong",
    "dvctt": "dich vu cong truc tuyen",
    "qd": "quyet dinh",
    "cv": "cong van",
    "vb": "van ban",
    "kq": "ket qua",
    "dv": "don vi",
    "cq": "co quan",
    "tn": "tiep nhan",
    "tg": "thoi gian",
    "gq": "giai quyet",
    "cb": "can bo",
    "cbcc": "can bo cong chuc",
    "cbccvc": "can bo cong chuc vien chuc",
    "pakn": "phan anh kien nghi",
    "pa": "phan anh",
    "bcci": "buu chinh cong ich",
    "nv": "nhiem vu",
    "ht": "hoan thanh",
    "lv": "linh vuc",
    "bn": "bien nhan",
    "tc": "to chuc",
    "sdt": "so dien thoai",
    "dt": "dien thoai",
    "kh": "ke hoach",
    "tgian": "thoi gian",
    "tl": "tra loi",
    "dvhc": "don vi hanh chinh",
    "kp": "khac phuc",
    "skh": "so ky hieu",
    "at": "date",
    "on": "date",
    "id": "code",
    "no": "code",
    "key": "code",
    "doc": "document",
    "dept": "department",
}
_OTHERWISE = {
    "ht": "hinh thuc",
    "kt": "kiem tra",
    "kl": "ky luat",
    "kh": "ky hieu",
    "cc": "cong chuc",
    "cv": "chuc vu",
    "dt": "doi tuong",
    "tt": "tinh trang",
    "tc": "tieu chi",
    "tn": "thuc nhan",
    "ccvc": "can bo cong chuc vien chuc",
    "nb": "noi bo",
    "nd": "noi dung",
    "ng": "nguoi",
    "lp": "le phi",
    "pc": "phan cong",
    "td": "tham dinh",
}
"""Abbreviations as other titles mean them: read so only where that comes nearer."""
_KEYS = (("ma", "so"), ("so", "hieu"), ("ma", "hieu"), ("ky", "hieu"), ("ma", "dinh", "danh"))
_MOMENTS = (
    ("thoi", "gian"),
    ("thoi", "diem"),
    ("ngay", "gio"),
    ("ngay", "thang", "nam"),
    ("ngay", "thang"),
    ("luc",),
    ("gio",),
    ("date",),
    ("day",),
    ("time",),
)
"""Words by which titles of codes and of days begin or end, all of which say the same."""
_LIGHT_WORDS = "ngay so ma ten thoi gian cua theo va cac ho hoac hay the of date code name the gio phut thang nam"
_LIGHT = frozenset(_LIGHT_WORDS.split())
_SEPARATORS = re.compile(r"[^0-9a-z]+")
_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")
_REPEATED = re.compile(r" \(\d+\)$")
_EXPLAINED = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Named:
    """How near a heading comes (0 to 1), and to which name; ``exact`` where it is our label or the column's name."""

    score: float
    name: str
    exact: bool = False


NOTHING = Named(0.0, "")


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded, its abbreviations written out."""
    return tuple(part for word in _written(text) for part in _SHORT.get(word, word).split())


def _written(text: str) -> list[str]:
    """Return the words of a name as they are written, folded."""
    plain = _SLASHED.sub(r"\1\2", fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)))
    return [word for word in _SEPARATORS.split(plain) if word]


def variants(title: str) -> tuple[tuple[str, float], ...]:
    """Return the ways to read a title, each with its weight: whole, its last line, without what is in brackets."""
    title = _REPEATED.sub("", nfc(title))
    parts = title.split(" / ")
    found = {title: 1.0}
    if len(parts) > 1:
        found.setdefault(" ".join(parts), 1.0)
        found.setdefault(parts[-1], 0.97)
        if len(parts) > 2:
            found.setdefault(" ".join(parts[-2:]), 0.97)
        found.setdefault(f"{parts[-1]} {parts[0]}", 0.9)
    for text, weight in list(found.items()):
        bare = " ".join(_EXPLAINED.sub(" ", text).split()).strip(" *:.-")
        if bare:
            found.setdefault(bare, weight * 0.97)
    return tuple(found.items())


def name_score(title: str, target: Target) -> Named:
    """Return how near a heading comes to a column."""
    says_day = target.kind in {"date", "instant"}
    return _scored(title, target.name, target.label, target.called, "ngay" if says_day else _code_word(target))


def _code_word(target: Target) -> str:
    return "ma" if target.kind == "text" and (target.refers or target.name in {"code", "id"}) else ""


@lru_cache(maxsize=50_000)
def _scored(title: str, column: str, label: str, called: tuple[str, ...], head: str) -> Named:
    best = NOTHING
    for text, weight in variants(title):
        found = _near(text, column, label, called, head)
        score = found.score * weight
        if score > best.score:
            best = Named(score, found.name, found.exact and weight == 1.0)
    return best


def _near(text: str, column: str, label: str, called: tuple[str, ...], head: str) -> Named:
    plain = text.strip().lower()
    if plain in {column, label.lower()}:
        return Named(1.0, label, exact=True)
    readings = readings_of(text)
    if not readings:
        return NOTHING
    alike = [(_one_head(words, head), weight) for words, weight in readings]
    best = NOTHING
    for name, told, as_one, weight in _names(column, label, called, head):
        if plain == name.lower():
            score = 0.96 * weight
        else:
            score = weight * max(
                max(0.92 * (words == told), 0.8 * _shared(words, told), 0.85 * _shared(one, as_one)) * sure
                for (words, sure), (one, _sure) in zip(readings, alike, strict=True)
            )
        if score > best.score:
            best = Named(score, name)
    return best


@lru_cache(maxsize=20_000)
def readings_of(text: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Return the words of a title, each reading of its abbreviations with its weight, the usual one first."""
    words = words_of(text)
    if not words:
        return ()
    written = _written(text)
    if not any(word in _OTHERWISE for word in written):
        return ((words, 1.0),)
    others = [part for word in written for part in _OTHERWISE.get(word, _SHORT.get(word, word)).split()]
    return ((words, 1.0), (tuple(others), 0.97))


def _one_head(words: tuple[str, ...], head: str) -> tuple[str, ...]:
    """Return the words with one word for all that say "code" or "day", whichever the column holds."""
    phrases = _KEYS if head == "ma" else _MOMENTS if head == "ngay" else ()
    for phrase in phrases:
        for at in range(len(words) - len(phrase) + 1):
            if words[at : at + len(phrase)] == phrase:
                words = (*words[:at], head, *words[at + len(phrase) :])
                break
    return words


@lru_cache(maxsize=2_000)
def _names(
    column: str, label: str, called: tuple[str, ...], head: str
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], float], ...]:
    names = [(label, 1.0), (column.replace("_", " "), 1.0), *((name, 0.99) for name in called)]
    return tuple((name, told := words_of(name), _one_head(told, head), weight) for name, weight in names)


def _shared(words: tuple[str, ...], told: tuple[str, ...]) -> float:
    """Return the weighed share of words that two names have in common; 0 where only light words are shared."""
    first, second = set(words), set(told)
    common = first & second
    if not any(word not in _LIGHT for word in common):
        return 0.0
    both = sum(map(_weight, first)) + sum(map(_weight, second))
    found = 2 * sum(map(_weight, common)) / both
    return found if found >= 0.65 else 0.0


@cache
def _weight(word: str) -> float:
    return 0.6 if word in _LIGHT else 1.0


def contains_phrase(text: str, names: Iterable[str]) -> str:
    """Return the longest of ``names`` that stands in a text as whole words, "" if none does."""
    padded = f" {' '.join(words_of(text))} "
    found = [name for name in names if (told := words_of(name)) and f" {' '.join(told)} " in padded]
    return max(found, key=lambda name: len(words_of(name)), default="")
