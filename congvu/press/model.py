"""The document model: what a report says and where its computed pieces stand. Renderers add only layout."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from congvu.press.layout import RECIPIENTS_HEAD, TEXT_WIDTH_MM
from congvu.press.tidy import tidied

MarkKind = Literal["figure", "citation", "list", "pending", "words"]
ParagraphStyle = Literal["body", "item", "closing", "centered", "caption", "note"]
Align = Literal["left", "center", "right"]

MARK_ID_MAX = 64  # Word takes no longer tag on a content control.
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Text:
    """Words that a person wrote. ``\\n`` breaks the line; other control characters are dropped."""

    text: str
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        tidied(self, "text")


@dataclass(frozen=True)
class Mark:
    """A computed piece of text that stays findable by ``id`` after the document was edited in Word.

    Raises
    ------
    ValueError
        ``id`` is empty, longer than 64 characters or has white space; ``text`` is empty; ``kind`` is unknown.
    """

    id: str
    text: str
    kind: MarkKind
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        _check_mark_id(self.id)
        tidied(self, "text")
        if not self.text:
            raise ValueError(f"mark {self.id!r} has no text: an empty content control shows Word's own placeholder")
        if self.kind not in get_args(MarkKind):
            raise ValueError(f"mark {self.id!r} has unknown kind {self.kind!r}")


@dataclass(frozen=True)
class Footnote:
    """A note at the foot of the page; renderers number notes 1, 2, 3… over the whole document.

    ``mark_id`` keeps the reference itself findable, for a citation whose words stand in the note.
    """

    runs: tuple[Text | Mark, ...]
    mark_id: str | None = None

    def __post_init__(self) -> None:
        if self.mark_id is not None:
            _check_mark_id(self.mark_id)


Run = Text | Mark | Footnote
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """``keep_with_next`` holds the paragraph on the page of what follows it."""

    runs: Runs
    style: ParagraphStyle = "body"
    keep_with_next: bool = False

    def __post_init__(self) -> None:
        if self.style not in get_args(ParagraphStyle):
            raise ValueError(f"unknown paragraph style {self.style!r}")


@dataclass(frozen=True)
class Heading:
    """Level 1 is printed in capitals, 1 and 2 bold, 3 bold italic, 4 italic. Numbers are part of ``runs``."""

    level: int
    runs: Runs

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"heading level {self.level} is not 1 to 4")


Cell = str | Runs


@dataclass(frozen=True)
class Table:
    """Rows under a header that repeats on every page. A cell is plain words or runs.

    ``widths_mm`` adds up to at most the 165 mm between the margins, ``None`` shares them equally;
    ``align`` is per column, ``None`` for all left. Footnotes stand in the text that introduces a table, not
    in it: the header repeats, and a row that moves to the next page can leave its note behind.

    Raises
    ------
    ValueError
        A row, ``widths_mm`` or ``align`` has not as many entries as ``header``; the widths do not fit;
        a cell has a footnote.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths_mm: tuple[float, ...] | None = None
    align: tuple[Align, ...] | None = None

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns:
            raise ValueError("a table needs a column")
        for what, found in (("widths_mm", self.widths_mm), ("align", self.align)):
            if found is not None and len(found) != columns:
                raise ValueError(f"{what} has {len(found)} entries for {columns} columns")
        for index, row in enumerate(self.rows):
            if len(row) != columns:
                raise ValueError(f"row {index} has {len(row)} cells for {columns} columns")
        if self.widths_mm is not None and (min(self.widths_mm) <= 0 or sum(self.widths_mm) > TEXT_WIDTH_MM + 0.01):
            raise ValueError(f"widths_mm {self.widths_mm} do not fit into {TEXT_WIDTH_MM} mm")
        if any(isinstance(run, Footnote) for run in block_runs(self)):
            raise ValueError("a footnote stands in a table: put it into the text that introduces the table")


Block = Paragraph | Heading | Table


@dataclass(frozen=True)
class Letterhead:
    """The head of an administrative document. Source: Decree 30/2020/NĐ-CP, annex I.

    ``number`` is the whole line with its words (``Số:        /BC-UBND``), ``place_and_date`` likewise.
    """

    parent_agency: str | None
    agency: str
    number: str
    place_and_date: str

    def __post_init__(self) -> None:
        tidied(self, "parent_agency", "agency", "number", "place_and_date")


@dataclass(frozen=True)
class Signature:
    """Who signs by what authority, a line each (``TM. …``, ``KT. …``, the post); ``name`` may come later."""

    authority_lines: tuple[str, ...]
    name: str | None

    def __post_init__(self) -> None:
        tidied(self, "authority_lines", "name")


@dataclass(frozen=True)
class Recipients:
    """The lines under "Nơi nhận:", printed as given: each with its own dash and stop."""

    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        tidied(self, "lines")


@dataclass(frozen=True)
class Meta:
    """The file's properties. ``created`` has a zone and is the only time that a rendered file knows."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    created: dt.datetime
    language: str = "vi-VN"

    def __post_init__(self) -> None:
        tidied(self, "title", "author", "subject", "keywords")
        if self.created.utcoffset() is None:
            raise ValueError("Meta.created needs a time zone")

    @property
    def created_utc(self) -> dt.datetime:
        """``created`` to the second, in UTC: what file formats can hold."""
        return self.created.astimezone(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Document:
    """A whole document. ``notice`` is a short line shown in small grey type on every page.

    Raises
    ------
    ValueError
        Two marks share an id: an edited text could not be led back to what it states.
    """

    letterhead: Letterhead | None
    kind_name: str
    title: str
    blocks: tuple[Block, ...]
    recipients: Recipients | None
    signature: Signature | None
    meta: Meta
    notice: str | None = None

    def __post_init__(self) -> None:
        tidied(self, "kind_name", "title", "notice")
        repeated = [mark_id for mark_id, times in Counter(mark_ids(self)).items() if times > 1]
        if repeated:
            raise ValueError(f"marks with the same id in one document: {', '.join(sorted(repeated))}")


def runs(*pieces: Run | str) -> Runs:
    """Return the pieces as runs, plain strings as upright text."""
    return tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces)


def cell_runs(cell: Cell) -> Runs:
    """Return a table cell as runs."""
    return (Text(cell),) if isinstance(cell, str) else cell


def block_runs(block: Block) -> Iterator[Run]:
    """Yield the runs of a block in reading order, those of a table by rows."""
    if isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell_runs(cell)
    else:
        yield from block.runs


def footnotes(document: Document) -> tuple[Footnote, ...]:
    """Return the notes in the order of their numbers, the first being 1."""
    return tuple(run for block in document.blocks for run in block_runs(block) if isinstance(run, Footnote))


def marks(document: Document) -> tuple[Mark, ...]:
    """Return the marks in reading order, each footnote's where the note is referred to."""
    found: list[Mark] = []
    for block in document.blocks:
        for run in block_runs(block):
            inner = run.runs if isinstance(run, Footnote) else (run,)
            found += [piece for piece in inner if isinstance(piece, Mark)]
    return tuple(found)


def mark_ids(document: Document) -> tuple[str, ...]:
    """Return every mark id that the document uses, those on footnote references last."""
    on_references = (note.mark_id for note in footnotes(document) if note.mark_id is not None)
    return (*(mark.id for mark in marks(document)), *on_references)


def plain_text(document: Document) -> str:
    """Return the document as text: blocks apart by an empty line, cells by tabs, notes ``¹ …`` at the end."""
    notes: list[Footnote] = []

    def flow(pieces: Runs) -> str:
        return "".join(word(piece) for piece in pieces)

    def word(piece: Run) -> str:
        if isinstance(piece, Footnote):
            notes.append(piece)
            return superscript(len(notes))
        return piece.text

    def block_text(block: Block) -> str:
        if isinstance(block, Table):
            return "\n".join("\t".join(flow(cell_runs(cell)) for cell in row) for row in (block.header, *block.rows))
        return flow(block.runs)

    body = [block_text(block) for block in document.blocks]
    at_the_foot = [f"{superscript(number)} {flow(note.runs)}" for number, note in enumerate(notes, start=1)]
    sections = (_head_lines(document), *body, *_tail_lines(document), *at_the_foot)
    return "\n\n".join(section for section in sections if section) + "\n"


def superscript(number: int) -> str:
    """Return a note's number as it stands in running text: ``¹²``."""
    return str(number).translate(SUPERSCRIPTS)


def _head_lines(document: Document) -> str:
    head = document.letterhead
    agency_lines = (head.parent_agency, head.agency, head.number, head.place_and_date) if head else ()
    lines = (document.notice, *agency_lines, document.kind_name, document.title)
    return "\n\n".join(line for line in lines if line)


def _tail_lines(document: Document) -> Iterator[str]:
    if document.recipients is not None:
        yield "\n".join((RECIPIENTS_HEAD, *document.recipients.lines))
    if document.signature is not None:
        yield "\n".join((*document.signature.authority_lines, document.signature.name or "")).rstrip()


def _check_mark_id(mark_id: str) -> None:
    if not mark_id or len(mark_id) > MARK_ID_MAX or mark_id != "".join(mark_id.split()) or not mark_id.isprintable():
        raise ValueError(f"mark id {mark_id!r} is not 1 to {MARK_ID_MAX} printable characters without spaces")
