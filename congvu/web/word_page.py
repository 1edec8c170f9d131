"""The pages of a report's Word file: what a refresh changed, and what came back as a draft."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.press.word.refresh import Change
from congvu.reports.bringing_back import BroughtBack
from congvu.reports.refreshing import CHANGES, RefreshedWord, mark_name
from congvu.reports.services import build_report
from congvu.reports.term import Term
from congvu.reports.writer import ReportNotBuilt

from .advice_page import AdviceList
from .report_page import draft_advice

CARRIED_MAX_BYTES = 7_000_000
"""A larger file is not handed on inside the page; one chooses it again."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    what: str
    mark: str
    place: str
    before: str
    after: str
    detail: str


def change_lines(changes: Iterable[Change]) -> list[ChangeLine]:
    return [ChangeLine(str(CHANGES[c.kind]), mark_name(c), c.place, c.before, c.after, c.detail) for c in changes]


@dataclass(frozen=True)
class WordPage:
    """``carried`` is the renewed file in base64, empty where it is too large for a page."""

    kind: str
    term: Term
    refreshed: RefreshedWord | None = None
    returned: BroughtBack | None = None
    changes: tuple[ChangeLine, ...] = ()
    carried: str = ""
    advice: AdviceList | None = None
    """What to look at in the draft that came back; None where nothing came back, or it cannot be built."""


def refreshed_page(kind: str, term: Term, word: RefreshedWord) -> WordPage:
    return WordPage(kind, term, refreshed=word, changes=tuple(change_lines(word.changes)), carried=_carried(word.docx))


def returned_page(kind: str, term: Term, back: BroughtBack, reader: Reader) -> WordPage:
    return WordPage(
        kind,
        term,
        returned=back,
        changes=tuple(change_lines(back.marks)),
        carried=_carried(back.docx),
        advice=_advice(kind, term, reader),
    )


def _advice(kind: str, term: Term, reader: Reader) -> AdviceList | None:
    try:
        built = build_report(kind, term.year, reader=reader, part=term.part)
    except ReportNotBuilt:
        return None
    return draft_advice(kind, term, built)


def _carried(docx: bytes) -> str:
    return base64.b64encode(docx).decode() if len(docx) <= CARRIED_MAX_BYTES else ""
