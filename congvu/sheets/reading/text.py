"""The words of a text file: which encoding it is in, and what that means for its letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from congvu.kernel.text import nfc
from congvu.sheets.grid import SheetRefused

from .tcvn3 import from_tcvn3

_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?:iêu|yêu|oai|oay|oao|oeo|uôi|ươi|ươu|uây|uya|uyê|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|yê|oa|oă|oe|oi|oo|ôi|ơi"
    r"|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ưu|ươ|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VNI_PAIR = re.compile(r"[aeouAEOU][øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]")


@dataclass(frozen=True)
class Decoded:
    text: str
    notices: tuple[str, ...] = ()


def decoded(content: bytes, name: str, declared: str = "") -> Decoded:
    """Return the text of a file; ``declared`` is the encoding that it says it has.

    UTF-8 with or without its mark, UTF-16 with its mark or plainly so, else Windows-1258 or the old font code TCVN3
    (ABC), whichever makes more syllables of Vietnamese out of the letters beyond ASCII.

    Raises
    ------
    SheetRefused
        It is in none of these.
    """
    if content.startswith(codecs.BOM_UTF8):
        return Decoded(_strict(content[len(codecs.BOM_UTF8) :], "utf-8", name))
    if encoding := utf16(content):
        return Decoded(_strict(content, encoding, name))
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        if declared.lower().replace("_", "-") in ("utf-8", "utf8"):
            raise _not_in("UTF-8", content, error.start, name) from error
    return _old(content, name)


def utf16(content: bytes) -> str:
    """Return in which way the content is UTF-16, "" where it is not."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return next((one for one in ("utf-16-le", "utf-16-be") if _looks_like_utf16(content, one)), "")


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        shown = "UTF-8" if encoding.startswith("utf-8") else "UTF-16"
        raise _not_in(shown, content, error.start, name) from error


def _not_in(encoding: str, content: bytes, position: int, name: str) -> SheetRefused:
    line = content.count(b"\n", 0, position) + 1
    return SheetRefused(
        f"Tệp {name} được đánh dấu là {encoding} nhưng dòng {line} có byte không phải {encoding}. Hãy mở bằng phần mềm "
        "gốc rồi xuất lại, chọn UTF-8."
    )


def _looks_like_utf16(content: bytes, encoding: str) -> bool:
    """Say whether every other byte of the beginning is mostly zero, as of Latin letters in UTF-16 without a mark."""
    zeros = content[1 if encoding == "utf-16-le" else 0 : 2000 : 2]
    others = content[0 if encoding == "utf-16-le" else 1 : 2000 : 2]
    return len(zeros) > 8 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) == 0


def _old(content: bytes, name: str) -> Decoded:
    as_1258 = nfc(content.decode("cp1258", "replace"))
    as_tcvn3 = from_tcvn3(content)
    as_1252 = content.decode("latin-1")
    vietnamese = _share_of_syllables(as_1258[:_SAMPLE])
    font = _share_of_syllables(as_tcvn3[:_SAMPLE])
    if max(vietnamese, font) < 0.6:
        what = "dùng mã của phông VNI" if _is_vni(as_1252[:_SAMPLE]) else "dùng bảng mã không nhận ra được"
        raise SheetRefused(
            f"Tệp {name} {what} nên không đọc được chữ có dấu. Hãy mở bằng Excel hoặc phần mềm gốc, chuyển mã sang "
            "Unicode (ví dụ bằng Unikey), lưu dạng .xlsx hoặc CSV UTF-8 rồi gửi lại."
        )
    if font > vietnamese:
        return Decoded(
            as_tcvn3,
            (
                "Tệp dùng mã của phông TCVN3 (ABC), đã chuyển sang Unicode. Chữ hoa có dấu của mã này có thể thành chữ "
                "thường: hãy xem lại tên riêng.",
            ),
        )
    if "\ufffd" in as_1258:
        line = as_1258.count("\n", 0, as_1258.index("\ufffd")) + 1
        raise SheetRefused(
            f"Tệp {name} có byte không đọc được ở dòng {line} (không phải UTF-8, cũng không phải Windows-1258). Hãy "
            "xuất lại tệp, chọn UTF-8."
        )
    return Decoded(as_1258, ("Tệp dùng bảng mã Windows-1258, đã chuyển sang Unicode.",))


def _share_of_syllables(text: str) -> float:
    """Return which share of the words with letters beyond ASCII could be syllables of Vietnamese."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    if sum(map(letters.count, _TONES)) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return _SYLLABLE.fullmatch(plain) is not None


def _is_vni(text: str) -> bool:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(_VNI_PAIR.search(word) is not None for word in words) > len(words) / 2
