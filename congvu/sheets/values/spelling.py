"""How people write the names of agencies: abbreviations, desks, tones, numbers beside the name."""

from __future__ import annotations

import re
import unicodedata

from congvu.kernel.text import fold, nfc

COMMITTEE = "ubnd"
TYPES = {"tinh": "province", "huyen": "district", "quan": "district", "thixa": "district", "thanhpho": "district"} | {
    "xa": "commune",
    "phuong": "commune",
    "thitran": "commune",
    "dackhu": "commune",
}
"""The kinds of places, and the level of each."""

_SHORT_TYPES = {"t": "tinh", "h": "huyen", "q": "quan", "tx": "thixa", "tp": "thanhpho"} | {
    "x": "xa",
    "p": "phuong",
    "tt": "thitran",
}
_DOTTED = re.compile(r"\bt\.\s*([ptx])\b\.?")
_PHRASES = tuple(
    (re.compile(rf"\b{long}\b"), short)
    for long, short in (
        ("uy ban nhan dan", COMMITTEE),
        ("uy ban nd", COMMITTEE),
        ("uy ban", COMMITTEE),
        ("ub nhan dan", COMMITTEE),
        ("ubn d|u b n d|ub nd|ub", COMMITTEE),
        ("hoi dong nhan dan", "hdnd"),
        ("thanh pho", "thanhpho"),
        ("thi xa", "thixa"),
        ("thi tran", "thitran"),
        ("dac khu", "dackhu"),
        ("vp", "van phong"),
        ("bpmc|bp mc", "bo phan mot cua"),
        ("bptn", "bo phan tn"),
        ("bql", "ban quan ly"),
        ("ql", "quan ly"),
        ("kkt", "khu kinh te"),
        ("kcn", "khu cong nghiep"),
        ("tt(?= (?:pvhcc|hcc|phuc vu|hanh chinh))", "trung tam"),
        ("pvhcc|pv hcc|phuc vu hcc|hcc", "phuc vu hanh chinh cong"),
    )
)
_DESK = re.compile(
    r"^(?:(?:bo phan|bp|quay|phong)?\s*(?:tiep nhan (?:va )?(?:tra|giai quyet) (?:ket qua|kq|ho so)"
    r"(?: ho so| tthc| thu tuc hanh chinh)?"
    r"|tn (?:va )?tkq|tn (?:va )?tra kq|tntkq|mot cua|1 cua)(?: hien dai| lien thong| dien tu)*"
    r"|trung tam (?:phuc vu )?hanh chinh cong|chu tich)\s*(?:cap (?:xa|huyen|tinh)\s*)?(?:cua |thuoc |tai |- )?"
)
_CENTRE = re.compile(r"^trung tam\b")
_CODE_ASIDE = re.compile(r"[(\[]\s*([\w.-]*\d[\w.-]*)\s*[)\]]|^\s*(\d[\w.]*)\s*[-–.):]+\s+|\s+[-–]\s*(\d+)\s*$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def code_aside(text: str) -> tuple[str, str]:
    """Return a name without the code or number beside it, and that code, "" where there is none.

    >>> code_aside("UBND xã Hưng Đạo (01705)"), code_aside("12. Sở Nội vụ"), code_aside("Phường 1")
    (('UBND xã Hưng Đạo', '01705'), ('Sở Nội vụ', '12'), ('Phường 1', ''))
    """
    found = _CODE_ASIDE.search(text)
    if found is None:
        return text, ""
    return _CODE_ASIDE.sub(" ", text).strip(), found[1] or found[2] or found[3]


def tokens(text: str) -> list[str]:
    """Return the words of a name, folded, without "và", its abbreviations written out or all in one way.

    >>> tokens("Uỷ ban nhân dân T.P Cao Bằng"), tokens("VP UBND tỉnh"), tokens("Sở TN&MT")
    (['ubnd', 'tp', 'cao', 'bang'], ['van', 'phong', 'ubnd', 'tinh'], ['so', 'tn', 'mt'])
    """
    told = _DOTTED.sub(r"t\1 ", fold(nfc(text)))
    told = " ".join(re.sub(r"[\W_]+", " ", told).split())
    for phrase, short in _PHRASES:
        told = phrase.sub(short, told)
    found = [one.lstrip("0") or "0" if one.isdigit() else one for one in told.split() if one != "va"]
    return [one for at, one in enumerate(found) if one != "hdnd" or found[at + 1 : at + 2] != [COMMITTEE] or at]


def type_of(token: str) -> str:
    """Return the kind of place that a word names, "" for none."""
    return token if token in TYPES else _SHORT_TYPES.get(token, "")


def without_desk(words: list[str]) -> tuple[list[str], bool]:
    """Return a name without the desk before it, and whether the desk is a centre, an agency of its own in provinces."""
    told = " ".join(words)
    found = _DESK.match(told + " ")
    if found is None:
        return words, False
    return told[found.end() :].split(), bool(_CENTRE.match(told))


def initials(words: list[str]) -> list[str]:
    """Return how an office's name is shortened, without blanks: ``sotnmt``, ``stnmt`` for sở tài nguyên môi trường."""
    letters = "".join(word[0] for word in words)
    shortened = ["".join(words[:whole]) + letters[whole:] for whole in range(min(4, len(words) - 1))]
    return [one for one in shortened if len(one) > 2]


def tonal(text: str) -> str:
    """Return a text whose tones stand at the end of their words: hoà and hòa are one, hóa is another."""
    return " ".join(map(_tone_last, nfc(text).lower().split()))


def _tone_last(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.strip(".,;()[]/-"))
    tones = "".join(mark for mark in plain if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in plain if mark not in _TONES)) + tones
