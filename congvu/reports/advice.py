"""What somebody who writes a report should look at again: found by the checker, held against figures and register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congvu.checker import Finding, Kind, check
from congvu.checker.grammar.passages import passages
from congvu.checker.grammar.quantities import Quantity
from congvu.checker.grammar.reading_order import in_order
from congvu.checker.grammar.units import of_kind
from congvu.checker.known import KnownFigure, against, matches
from congvu.checker.words.citations import citation_spans
from congvu.figures.cached import kept
from congvu.figures.frozen import in_vietnamese
from congvu.kernel.format import format_count_in_text, format_number
from congvu.press.manuscript import Paragraph
from congvu.province.models import Level
from congvu.work.documents.queries import registered

from .checking import knowledge_for
from .marking import COUNTED_IN_TEXT
from .told import Told, told
from .writer import Built

_TELLING = 1000
"""From here on a number of the right unit tells by itself which figure it is."""


class Sort(StrEnum):
    CERTAIN = "certain"
    OTHERWISE = "otherwise"
    TYPED = "typed"
    ABBREVIATION = "abbreviation"
    CITATION = "citation"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Advice:
    """``position`` is the paragraph of the draft, from 1 (0: the title), ``note`` the number of a footnote in it.

    ``mark`` is the source of the mark that can stand in place of ``text``; empty where none can.
    """

    sort: Sort
    position: int
    note: int | None
    text: str
    message: str
    mark: str = ""


_OF_KIND = {Kind.ABBREVIATION: Sort.ABBREVIATION, Kind.CITATION: Sort.CITATION}


@in_vietnamese
def advice_for(built: Built) -> list[Advice]:
    """Return what to look at in a built draft, each sort in the order of the text.

    Numbers that marks computed are never called typed by hand, nor held against other figures. The same text over
    the same records is checked once.
    """
    text = told(built)
    words = hashlib.sha256(repr((text.manuscript.lines, list(text.computed.values()))).encode()).hexdigest()
    key = ("advice", words, tuple(built.sources.periods.items()))
    return sorted(kept(built.sources.reader, key, lambda: _advice(built, text)), key=lambda one: _ORDER[one.sort])


_ORDER = {sort: place for place, sort in enumerate(Sort)}


def _advice(built: Built, text: Told) -> list[Advice]:
    known = knowledge_for(text.manuscript, built.sources)
    own = [_found(finding) for finding in check(text.manuscript)]
    held = [
        _found(finding, Sort.OTHERWISE)
        for finding in against(text.manuscript, known)
        if not text.is_computed(finding.paragraph, finding.start, finding.end)
    ]
    return [*own, *held, *_typed(text, known.figures), *_unregistered(text)]


def _found(finding: Finding, contradiction: Sort = Sort.LIKELY) -> Advice:
    sort = Sort.CERTAIN if finding.certainty == "certain" else _OF_KIND.get(finding.kind, Sort.LIKELY)
    if sort is Sort.LIKELY and finding.kind is Kind.CONTRADICTION:
        sort = contradiction
    place = finding.place
    return Advice(sort, place.paragraph or 0, place.footnote, finding.text, finding.message)


# Numbers typed by hand that are figures


def _typed(text: Told, figures: Sequence[KnownFigure]) -> Iterator[Advice]:
    named = {one.passage.locate(one.quantity.start, one.quantity.end): one for one in matches(text.manuscript, figures)}
    for passage in passages(text.manuscript):
        for quantity in passage.quantities:
            at = passage.locate(quantity.start, quantity.end)
            if text.is_computed(*at):
                continue
            match = named.get(at)
            figure = (match.figure if match.equal else None) if match else _telling(quantity, figures)
            if figure is not None and (mark := mark_for(quantity, figure)):
                yield _typed_advice(at[0], quantity, figure, mark)


def _telling(quantity: Quantity, figures: Sequence[KnownFigure]) -> KnownFigure | None:
    """Return the one figure that a number is by its size and unit alone."""
    if quantity.value < _TELLING or not quantity.is_count or not quantity.unit or quantity.whole_of >= 0:
        return None
    same = [f for f in figures if f.value == quantity.value and of_kind(quantity.unit, f.unit)]
    return same[0] if len({figure.key for figure in same}) == 1 else None


def mark_for(quantity: Quantity, figure: KnownFigure) -> str:
    """Return the mark that writes a figure exactly as the number is typed; empty where none does."""
    if quantity.is_share:
        decimals = len(quantity.text.partition(",")[2])
        forms = {1: " as=percent1", 2: ""}
        return f"{figure.mark}{forms[decimals]}" if decimals in forms else ""
    plain, two = format_number(figure.value), format_count_in_text(int(figure.value))
    in_text = figure.unit in COUNTED_IN_TEXT
    usual, other, option = (two, plain, "plain") if in_text else (plain, two, "two")
    if quantity.text == usual:
        return figure.mark
    return f"{figure.mark} as={option}" if quantity.text == other else ""


def _typed_advice(paragraph: Paragraph, quantity: Quantity, figure: KnownFigure, mark: str) -> Advice:
    place = paragraph.starts[0][1]
    number = quantity.text + ("%" if quantity.is_share else "")
    level = f", {str(Level(figure.level).label).lower()}" if figure.level else ""
    message = f"{number} là chỉ tiêu «{figure.name}{level}» ({figure.period}); đánh dấu thì số tự tính lại."
    return Advice(Sort.TYPED, place.paragraph or 0, place.footnote, number, message, mark)


# Documents that the register does not have


def _unregistered(text: Told) -> Iterator[Advice]:
    cited = [
        (paragraph, citation)
        for paragraph in in_order(text.manuscript)
        for citation in citation_spans(paragraph.text)
        if not text.is_computed(paragraph, citation.start, citation.end)
    ]
    known = registered(citation.written for _paragraph, citation in cited)
    for paragraph, citation in cited:
        if citation.written not in known:
            place = paragraph.starts[0][1]
            message = f"Văn bản số {citation.written} chưa có trong sổ văn bản; hãy đăng ký, hoặc xem lại số, ký hiệu."
            yield Advice(Sort.CITATION, place.paragraph or 0, place.footnote, citation.written, message)
