"""What the checker finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from congvu.press.manuscript import Paragraph, Place


class Kind(StrEnum):
    SUM = "sum"
    SHARE = "share"
    CONTRADICTION = "contradiction"
    LIST_COUNT = "list_count"
    SHARES_TOTAL = "shares_total"
    DATE = "date"
    CITATION = "citation"
    FOOTNOTE = "footnote"
    ABBREVIATION = "abbreviation"
    FORMAT = "format"


Certainty = Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that does not hold.

    ``certain`` only where no reading of the text saves it. ``start`` and ``end`` are offsets in
    ``paragraph.text``; ``stated`` is what the text says there, ``computed`` what follows from the rest of it;
    ``message`` says in one Vietnamese sentence what is wrong and why, and which readings would save it.
    """

    kind: Kind
    certainty: Certainty
    paragraph: Paragraph
    start: int
    end: int
    stated: str
    computed: str
    message: str

    @property
    def place(self) -> Place:
        return self.paragraph.place(self.start)

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]
