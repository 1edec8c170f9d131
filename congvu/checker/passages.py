"""What the word detectors share: the order in which a manuscript is read, and classes of Vietnamese letters."""

from __future__ import annotations

from collections.abc import Iterator

from congvu.press.manuscript import Manuscript, Paragraph

LOWER = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
UPPER = LOWER.upper()
"""The letters of Vietnamese for character classes: ranges such as ``à-ỹ`` mix both cases."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
WORD_GOES_ON = rf"(?:(?![{SUPERSCRIPTS}])\w)"
"""A letter or digit that belongs to the word before it, which the mark of a note does not."""
_MOSTLY = 0.7


def body(manuscript: Manuscript) -> Iterator[Paragraph]:
    """Yield every paragraph and cell of the body in reading order."""
    for block in manuscript.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                yield from row


def passages(manuscript: Manuscript) -> Iterator[Paragraph]:
    """Yield every paragraph and cell of the body in reading order, then every note."""
    yield from body(manuscript)
    yield from manuscript.notes


def in_capitals(text: str) -> bool:
    """Say whether ``text`` is written in capitals throughout, as titles are."""
    words = [word for word in text.split() if any(c.isalpha() for c in word)]
    return bool(words) and sum(word.isupper() for word in words) > _MOSTLY * len(words)
