"""What lines say about paragraphs: notes, items, headings, and lines that go on in the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from congvu.kernel.text import nfc
from congvu.press.manuscript import Paragraph, Place
from congvu.press.model import SUPERSCRIPTS

TEXT_MAX_CHARS: Final = 3_000_000  # some thousand pages
LINES_MAX: Final = 100_000

_RAISED: Final = "0123456789".translate(SUPERSCRIPTS)
_NOTE: Final = re.compile(rf"\s*([{_RAISED}]{{1,4}})[.)]?\s*(?=\S)")
_PLAIN: Final = {ord(raised): str(digit) for digit, raised in enumerate(_RAISED)}
_ITEM: Final = re.compile(r"\s*(?:[-–—•+*▪●]\s*\S|[a-zđ]{1,2}[).]\s|\d{1,3}(?:\.\d{1,2}){0,3}[.)]\s|[IVXLC]{1,6}\.\s)")
_NUMBERED: Final = re.compile(r"(?:[IVXLC]{1,6}[.)]|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|[a-zđ]\)|[A-ZĐ]\.)\s+\S")
_CLOSED: Final = tuple('.:;!?…"”»')
_HEADING_CHARS: Final = 200
_BROKEN_WORD: Final = re.compile(r"\w[-/]$")
_BLANKS: Final = {ord(blank): " " for blank in "\t\f\v\xa0\u2007\u202f\u2009\u2002\u2003\u2028\u2029\x85"}
_NOTHING: Final = dict.fromkeys([0xAD, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, *range(9), *range(14, 32), 127])


def clean(text: str) -> str:
    """Return the text in its normal form, every kind of blank as a plain one, without what cannot be seen."""
    return nfc(text.translate(_BLANKS | _NOTHING))


def note_mark(text: str) -> tuple[int, int] | None:
    """Return the number of the note that the line begins, and the offset of its words; None for other lines."""
    found = _NOTE.match(text)
    return (int(found[1].translate(_PLAIN)), found.end()) if found else None


def is_item(text: str) -> bool:
    """Whether the line begins an item of a list or a numbered part."""
    return _ITEM.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether the paragraph can only be a heading: numbered or in capitals, short, without a final stop."""
    if len(text) > _HEADING_CHARS or text.endswith((*_CLOSED, ",")):
        return False
    return _NUMBERED.match(text) is not None or in_capitals(text)


def in_capitals(text: str) -> bool:
    return text.isupper() and sum(letter.isalpha() for letter in text) > 1


def is_open(text: str) -> bool:
    """Whether the sentence goes on after the end of this line."""
    return not text.rstrip().endswith(_CLOSED)


def goes_on(before: str, after: str) -> bool:
    """Whether ``after`` is the rest of a sentence that a page or notes broke off."""
    begins_small = after[:1].islower() and not is_item(after)
    return begins_small and is_open(before) and not in_capitals(before)


@dataclass(slots=True)
class Draft:
    """A paragraph while its lines come in."""

    pieces: list[str] = field(default_factory=list)
    starts: list[tuple[int, Place]] = field(default_factory=list)
    length: int = 0

    def add(self, line: str, place: Place) -> Draft:
        """Append a line, after a blank; one that was broken within ``2021-2025`` or ``12/CT-UBND`` has none."""
        if self.pieces and not _BROKEN_WORD.search(self.last):
            self._append(" ")
        self.starts.append((self.length, place))
        self._append(line)
        return self

    @property
    def last(self) -> str:
        return self.pieces[-1]

    def paragraph(self, *, heading: bool | None = None) -> Paragraph:
        """Return it finished; without ``heading``, the words decide."""
        text = "".join(self.pieces)
        return Paragraph(text, tuple(self.starts), is_heading(text) if heading is None else heading)

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)
