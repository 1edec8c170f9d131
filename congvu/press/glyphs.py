"""Which letters the vendored font can print, read from the font files themselves."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from congvu.kernel.errors import Refusal
from congvu.press.model import Document, Footnote, Runs, block_runs

FONTS: Final = Path(__file__).parent / "fonts"
SHOWN_AROUND: Final = 30  # letters quoted on each side of the one that cannot be printed


class UnprintableText(Refusal):
    """A letter that none of the report's fonts has, such as an emoji: PDF/A allows no empty box for it."""

    code = "unprintable_text"


def refuse_unprintable(document: Document) -> None:
    """Let the document pass when every letter can be printed.

    Raises
    ------
    UnprintableText
        Names the first letter that cannot, and the words around it.
    """
    letters = printable_letters()
    for text in _texts(document):
        for index, letter in enumerate(text):
            if letter not in letters:
                around = text[max(0, index - SHOWN_AROUND) : index + SHOWN_AROUND].strip()
                raise UnprintableText(
                    f"Không in được ký tự “{letter}” (U+{ord(letter):04X}) ở đoạn “…{around}…” "
                    "vì phông chữ của văn bản không có ký tự này; hãy xóa hoặc thay ký tự đó rồi xuất lại."
                )


@cache
def printable_letters() -> frozenset[str]:
    """Return the letters that every one of the four fonts has, and the line break."""
    covered = [_covered(font.read_bytes()) for font in sorted(FONTS.glob("*.ttf"))]
    return frozenset({"\n"}.union(map(chr, frozenset.intersection(*covered))))


def _texts(document: Document) -> Iterator[str]:
    head, signature = document.letterhead, document.signature
    yield from (document.kind_name, document.title, document.notice or "")
    if head is not None:
        yield from (head.parent_agency or "", head.agency, head.number, head.place_and_date)
    for block in document.blocks:
        yield from _words(tuple(block_runs(block)))
    if document.recipients is not None:
        yield from document.recipients.lines
    if signature is not None:
        yield from (*signature.authority_lines, signature.name or "")


def _words(runs: Runs) -> Iterator[str]:
    for run in runs:
        if isinstance(run, Footnote):
            yield from _words(run.runs)
        else:
            yield run.text


def _covered(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font: its ``cmap`` of format 4 or 12.

    Source: the OpenType specification, table ``cmap``.
    """
    cmap = _table_offset(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    points: set[int] = set()
    for index in range(count):
        (offset,) = struct.unpack_from(">4xI", font, cmap + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 4:
            points.update(_format_4(font, cmap + offset))
        elif form == 12:
            points.update(_format_12(font, cmap + offset))
    return frozenset(points)


def _table_offset(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        name, offset = struct.unpack_from(">4s4xI", font, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without a {tag!r} table")


def _format_4(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    segments = twice // 2

    def words(offset: int, kind: str = "H") -> tuple[int, ...]:
        return struct.unpack_from(f">{segments}{kind}", font, at + offset)

    ends, starts, deltas = words(14), words(16 + twice), words(16 + 2 * twice)
    ranges_at = 16 + 3 * twice
    for index, (start, end, delta, jump) in enumerate(zip(starts, ends, deltas, words(ranges_at), strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if jump:
                place = at + ranges_at + 2 * index + jump + 2 * (point - start)
                (glyph,) = struct.unpack_from(">H", font, place)
            if jump and not glyph:
                continue
            if (glyph + delta) & 0xFFFF:
                yield point


def _format_12(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for index in range(groups):
        start, end, _ = struct.unpack_from(">III", font, at + 16 + 12 * index)
        yield from range(start, end + 1)
