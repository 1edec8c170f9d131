"""A paragraph as it would stand in the report, before anybody saves it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from congvu.access.rules import Permission, Reader
from congvu.press.model import Block

from .advice import Advice, advice_for
from .draft_store import ParagraphRefused, faults_of
from .drafts import get_draft_text
from .sources import Sources
from .template import load_template
from .writer import MarkUse, ReportNotBuilt, Writer, write


@dataclass(frozen=True)
class ParagraphPreview:
    """``blocks`` are what the paragraph becomes: none where its conditions do not hold.

    ``advice`` is about this paragraph, read within the whole draft; None where the rest of it cannot be built.
    """

    blocks: tuple[Block, ...]
    marks: tuple[MarkUse, ...]
    sources: Sources
    advice: tuple[Advice, ...] | None


def preview_paragraph(
    kind: str, year: int, number: int, position: int, text: str, *, reader: Reader, part: int = 0, adds: bool = False
) -> ParagraphPreview:
    """Return what ``text`` becomes as paragraph ``position``, or behind it (``adds``); nothing is kept.

    Raises
    ------
    PermissionDenied, Http404
        As :func:`.drafts.get_draft_text`.
    ParagraphRefused
        It cannot be part of a report.
    """
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    texts = list(get_draft_text(reader, kind, year, number, part=part).texts)
    if not 0 <= position - (not adds) < len(texts) + adds:
        raise ParagraphRefused([f"Dự thảo không có đoạn {position}; chỉ có {len(texts)} đoạn."])
    words = " ".join(text.split())
    texts[position - (not adds) : position] = [words]
    at = position + adds
    with override("vi"):
        own = load_template(kind)
        sources = Sources.read(own, year, reader, part=part)
        if faults := faults_of(words, f"Đoạn {at}", own, sources):
            raise ParagraphRefused(faults)
        whole = dataclasses.replace(sources, template=own.with_draft(number, texts))
        writer = Writer(whole)
        blocks = tuple(writer.block(whole.template.blocks[at - 1]))
        return ParagraphPreview(blocks, tuple(writer.uses), whole, _advice(whole, at))


def _advice(sources: Sources, position: int) -> tuple[Advice, ...] | None:
    try:
        built = write(sources)
    except ReportNotBuilt:
        return None
    return tuple(one for one in advice_for(built) if one.position == position)


_HELD = re.compile(r"\[\[.*?\]\]|\{\{[^:{}]*:")
_IN_NUMBER = "0123456789.,"


def with_mark(text: str, number: str, mark: str) -> str:
    """Return a text with ``[[mark]]`` for the first ``number`` in it that was typed by hand."""
    held = [found.span() for found in _HELD.finditer(text)]
    for found in re.finditer(re.escape(number), text):
        begin, end = found.span()
        cut = (begin and text[begin - 1] in _IN_NUMBER) or re.match(r"[.,]?\d", text[end:])
        if not cut and not any(start < end and begin < stop for start, stop in held):
            return f"{text[:begin]}[[{mark}]]{text[end:]}"
    return text
