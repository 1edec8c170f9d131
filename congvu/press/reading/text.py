"""Text files: whatever encoding they came in, one place a line, paragraphs as their writer meant them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from congvu.press.manuscript import Grid, Manuscript, Paragraph, Place

from .lines import LINES_MAX, TEXT_MAX_CHARS, Draft, clean, goes_on, is_item, is_open, note_mark
from .refusals import for_empty, for_no_text, for_too_long

_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WRAPPED_WIDTH: Final = 110  # columns; a file whose lines are longer was not wrapped by hand
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_text(data: bytes, name: str) -> Manuscript:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or Windows-1258.

    Raises
    ------
    ManuscriptNotReadable
        It is no text, has no words, or is too long.
    """
    words = _decoded(data, name)
    if len(words) > TEXT_MAX_CHARS:
        raise for_too_long(name)
    raw = _LINE_END.split(words)
    if len(raw) > LINES_MAX:
        raise for_too_long(name)
    manuscript = _Sorter(raw).manuscript()
    if not manuscript.blocks and not manuscript.notes:
        raise for_empty(name)
    return manuscript


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise for_no_text(name) from error
    for encoding in ("utf-8", "cp1258"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(words):
            break
        return words
    raise for_no_text(name)


@dataclass
class _Sorter:
    """Takes the lines one by one and puts each where it belongs."""

    raw: list[str]
    body: list[Draft | Grid] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)

    def manuscript(self) -> Manuscript:
        lines = [_Line(number, text) for number, text in enumerate(self.raw, start=1)]
        parts = [list(group) for filled, group in groupby(lines, lambda line: bool(line.text.strip())) if filled]
        wrapped = _is_wrapped(parts)
        for part in parts:
            for rows in _rows_and_lines(part):
                if len(rows) > 1:
                    self.body.append(_grid(rows))
                else:
                    self._take(rows[0], wrapped=wrapped, first=rows[0] is part[0])
        blocks = tuple(block if isinstance(block, Grid) else block.paragraph() for block in self.body)
        notes = tuple(note.paragraph(heading=False) for note in self.notes)
        return Manuscript(blocks, notes, tuple(clean(text) for text in self.raw))

    def _take(self, line: _Line, *, wrapped: bool, first: bool) -> None:
        text = clean(line.text).strip()
        if not text:
            return
        mark = note_mark(text)
        if mark is not None:
            number, start = mark
            self.notes.append(Draft().add(text[start:], Place(line.number, footnote=number)))
            return
        before = None if first else clean(self.raw[line.number - 2]).strip()
        if before is not None and note_mark(before) and self.notes and wrapped and not is_item(text):
            note = self.notes[-1]
            note.add(text, Place(line.number, footnote=note.starts[0][1].footnote))
            return
        last = self.body[-1] if self.body and isinstance(self.body[-1], Draft) else None
        joined = last is not None and (
            goes_on(last.last, text) or (wrapped and not first and self._is_rest(line, last.last, text))
        )
        if last is not None and joined:
            last.add(text, Place(line.number))
        else:
            self.body.append(Draft().add(text, Place(line.number)))

    def _is_rest(self, line: _Line, before: str, text: str) -> bool:
        """Whether a line directly below another of a wrapped file is the rest of it."""
        indented = _indent(line.text) > _indent(self.raw[line.number - 2])
        if is_item(text) or indented or before.isupper() != text.isupper():
            return False
        return (is_open(before) and len(before) >= _WRAPPED_WIDTH // 3) or text[:1].islower()


def _is_wrapped(parts: list[list[_Line]]) -> bool:
    """Whether somebody broke the lines at a fixed width: they are short, and most stop in mid-sentence."""
    followed = [line.text.strip() for part in parts for line in part[:-1]]
    followed = [text for text in followed if "\t" not in text and not is_item(text)]
    lengths = sorted(len(line.text) for part in parts for line in part)
    if len(followed) < _FEW or lengths[len(lengths) * 95 // 100] > _WRAPPED_WIDTH:
        return False
    return 2 * sum(is_open(text) for text in followed) >= len(followed)


def _rows_and_lines(part: list[_Line]) -> Iterator[list[_Line]]:
    """Yield tables (lines that follow each other with the same number of tabs) whole, other lines one by one."""
    for tabs, group in groupby(part, lambda line: line.text.count("\t")):
        rows = list(group)
        if tabs and len(rows) > 1:
            yield rows
        else:
            yield from ([line] for line in rows)


def _grid(rows: list[_Line]) -> Grid:
    return Grid(tuple(tuple(_cell(cell, row.number) for cell in row.text.split("\t")) for row in rows))


def _cell(text: str, number: int) -> Paragraph:
    return Draft().add(clean(text).strip(), Place(number)).paragraph(heading=False)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
