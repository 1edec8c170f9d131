"""The page on which one paragraph is written: its words beside what they become."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.reports.previewing import ParagraphPreview, preview_paragraph
from congvu.reports.term import Term

from .advice_page import AdviceList, advice_list
from .report_page import Block, Run, live_url, shown


@dataclass(frozen=True)
class ParagraphPage:
    """``advice`` is None where the rest of the draft cannot be built, so that nothing could be checked."""

    blocks: list[Block]
    notes: list[tuple[Run, ...]]
    advice: AdviceList | None


def paragraph_page(
    reader: Reader, kind: str, term: Term, number: int, position: int, text: str, *, adds: bool
) -> ParagraphPage:
    """Return a paragraph as it would stand in the report; raises as :func:`preview_paragraph`."""
    found = preview_paragraph(kind, term.year, number, position, text, reader=reader, part=term.part, adds=adds)
    blocks, notes = shown(found.blocks, _marks(found), live_url(found.sources.periods))
    advice = None if found.advice is None else advice_list(found.advice, lambda _position: None)
    return ParagraphPage(blocks, notes, advice)


def _marks(found: ParagraphPreview) -> list[dict[str, str | None]]:
    return [{"id": mark.id, "figure": mark.figure, "period": mark.period} for mark in found.marks]
