"""A text that somebody else wrote, as it was read from a file: paragraphs and tables that know where they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. ``line`` counts the lines of the text from 1.

    ``page`` (a PDF's) and ``paragraph`` (a DOCX's body) count from 1 and are None where the file has none;
    ``footnote`` is the number of the note in which it stands, None in the body.
    """

    line: int
    page: int | None = None
    paragraph: int | None = None
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (or one cell) in one string, whatever lines and pages it was broken over.

    A reference to a footnote stands in ``text`` as superscript digits (``¹²``), directly after its word.
    ``starts`` holds, in order, the offset in ``text`` at which each line begins, and the line's place.
    """

    text: str
    starts: tuple[tuple[int, Place], ...]
    heading: bool = False

    @property
    def footnote(self) -> int | None:
        return self.starts[0][1].footnote

    def place(self, offset: int) -> Place:
        """Return the place of the character at ``offset``."""
        return self.starts[bisect_right([start for start, _place in self.starts], offset) - 1][1]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, header rows included. Merged cells repeat nothing: what they cover is empty."""

    rows: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True)
class Manuscript:
    """A file's text in reading order: body paragraphs and grids as they follow; notes by number, each with its own.

    ``lines`` is the text as lines, 1-based places pointing into it; ``remarks`` says in Vietnamese what was met
    on reading that a person should know (tracked changes, text boxes, …).
    """

    blocks: tuple[Paragraph | Grid, ...]
    notes: tuple[Paragraph, ...]
    lines: tuple[str, ...]
    remarks: tuple[str, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of the body, without those in grids and notes."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))
