"""Classes of Vietnamese letters."""

LOWER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
UPPER = LOWER.upper()
"""The letters of Vietnamese for character classes: ranges such as ``à-ỹ`` mix both cases."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
WORD_GOES_ON = rf"(?:(?![{SUPERSCRIPTS}])\w)"
"""A letter or digit that belongs to the word before it, which the mark of a note does not."""

_MOSTLY = 0.7


def in_capitals(text: str) -> bool:
    """Say whether ``text`` is written in capitals throughout, as titles are."""
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    return bool(words) and sum(word.isupper() for word in words) > _MOSTLY * len(words)
