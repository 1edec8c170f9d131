"""The code of the old fonts TCVN3 (ABC): one byte for each letter, capitals with tones by another font."""

from __future__ import annotations

_CAPITALS = dict(zip(range(0xA1, 0xA8), "ĂÂÊÔƠƯĐ", strict=True))
_SMALL = dict(zip(range(0xA8, 0xAF), "ăâêôơưđ", strict=True))
_WITH_TONES = {
    **dict(zip((0xB5, 0xB6, 0xB7, 0xB8, 0xB9), "àảãáạ", strict=True)),
    **dict(zip((0xBB, 0xBC, 0xBD, 0xBE, 0xC6), "ằẳẵắặ", strict=True)),
    **dict(zip((0xC7, 0xC8, 0xC9, 0xCA, 0xCB), "ầẩẫấậ", strict=True)),
    **dict(zip((0xCC, 0xCE, 0xCF, 0xD0, 0xD1), "èẻẽéẹ", strict=True)),
    **dict(zip((0xD2, 0xD3, 0xD4, 0xD5, 0xD6), "ềểễếệ", strict=True)),
    **dict(zip((0xD7, 0xD8, 0xDC, 0xDD, 0xDE), "ìỉĩíị", strict=True)),
    **dict(zip((0xDF, 0xE1, 0xE2, 0xE3, 0xE4), "òỏõóọ", strict=True)),
    **dict(zip((0xE5, 0xE6, 0xE7, 0xE8, 0xE9), "ồổỗốộ", strict=True)),
    **dict(zip((0xEA, 0xEB, 0xEC, 0xED, 0xEE), "ờởỡớợ", strict=True)),
    **dict(zip((0xEF, 0xF1, 0xF2, 0xF3, 0xF4), "ùủũúụ", strict=True)),
    **dict(zip((0xF5, 0xF6, 0xF7, 0xF8, 0xF9), "ừửữứự", strict=True)),
    **dict(zip((0xFA, 0xFB, 0xFC, 0xFD, 0xFE), "ỳỷỹýỵ", strict=True)),
}
_LETTERS = _CAPITALS | _SMALL | _WITH_TONES


def from_tcvn3(content: bytes) -> str:
    """Return the text in Unicode; a byte that the code does not know becomes U+FFFD.

    >>> from_tcvn3(bytes([0x54, 0xD8, 0x6E, 0x68]))
    'Tỉnh'
    """
    return content.decode("latin-1").translate(
        {code: _LETTERS.get(code, "\ufffd" if code > 0x7F else chr(code)) for code in range(256)}
    )
