"""Makes a manuscript of plain text, as the detectors are given one."""

from __future__ import annotations

import re

from congvu.press.manuscript import Grid, Manuscript, Paragraph, Place

_NOTE = re.compile("^([⁰¹²³⁴⁵⁶⁷⁸⁹]+) ")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def manuscript(text: str) -> Manuscript:
    """Return ``text`` as a manuscript: blank lines part paragraphs, lines that begin with superscripts are notes."""
    lines = text.splitlines()
    blocks: list[Paragraph | Grid] = []
    notes: list[Paragraph] = []
    held: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            held.append((number, line.strip()))
        elif held:
            first = _NOTE.match(held[0][1])
            footnote = int(first[1].translate(_DIGITS)) if first else None
            paragraph = _paragraph(held, footnote, len(first[0]) if first else 0)
            (notes if first else blocks).append(paragraph)
            held = []
    return Manuscript(tuple(blocks), tuple(notes), tuple(lines))


def _paragraph(held: list[tuple[int, str]], footnote: int | None, cut: int) -> Paragraph:
    text, starts = "", []
    for number, line in held:
        text += " " if text else ""
        starts.append((len(text), Place(number, footnote=footnote)))
        text += line[cut:] if not starts[:-1] else line
    return Paragraph(text, tuple(starts))
