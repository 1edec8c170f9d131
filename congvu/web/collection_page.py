"""The page of one agency's report: its answers beside the records, its way so far, what the reader can do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.collection.filling import Filled, still_wrong
from congvu.collection.form import Kind, Question
from congvu.collection.models import ReportMove
from congvu.collection.queries import Owing, moves_of, owing_to, sides_of
from congvu.collection.rules import EDITABLE, MOVES, Deed, Problem, Side, State
from congvu.collection.sheets import Sheet, open_sheet, recounted
from congvu.collection.sums import Sum, sums_below
from congvu.kernel.format import format_number
from congvu.work.documents.queries import DocumentLine, documents_by_id

from .collection_form import rows_url
from .collection_words import Standing, difference_words, known_words, standing_of, step_words, value_words
from .listing import NONE


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with what stands in it. ``stated`` is empty where the answer is the records' own."""

    label: str
    unit: str
    lines: tuple[str, ...]
    stated: bool
    known: str
    rows_url: str | None
    difference: str
    explanation: str
    below: str
    why_not_below: str


@dataclass(frozen=True, slots=True)
class Step:
    move: ReportMove
    words: str


@dataclass(frozen=True)
class ReportPage:
    """``deeds`` are the moves that the reader can make now; ``waiting`` agencies below that are not accepted yet."""

    sheet: Sheet
    standing: Standing
    sections: tuple[tuple[str, tuple[AnswerLine, ...]], ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    deeds: frozenset[Deed]
    may_fill: bool
    may_download: bool
    waiting: tuple[Owing, ...]
    has_below: bool


def report_page(reader: Reader, request: str, agency: str) -> ReportPage:
    """Return everything that the page shows.

    Raises
    ------
    RequestNotFound, ObligationNotFound
    """
    sheet = open_sheet(reader, request, agency)
    owing, sides = sheet.owing, sides_of(reader, sheet.owing)
    below = owing_to(request, agency)
    sums = sums_below(sheet.form, request, agency) if below else {}
    answers = recounted(sheet) if owing.state in EDITABLE else sheet.answers
    editable = owing.state in EDITABLE and Side.OWN in sides
    deeds = frozenset(deed for deed, move in MOVES.items() if owing.state in move.before and move.side in sides)
    return ReportPage(
        sheet=sheet,
        standing=standing_of(owing),
        sections=_sections(reader, sheet, answers, sums),
        steps=tuple(Step(move, step_words(move)) for move in moves_of(request, agency)),
        problems=tuple(still_wrong(sheet.form, sheet.questions, sheet.prefilling, answers)) if editable else (),
        deeds=deeds,
        may_fill=editable,
        may_download=Side.OWN in sides,
        waiting=tuple(one for one in below if one.state is not State.ACCEPTED),
        has_below=bool(below),
    )


def _sections(
    reader: Reader, sheet: Sheet, answers: list[Filled], sums: Mapping[str, Sum]
) -> tuple[tuple[str, tuple[AnswerLine, ...]], ...]:
    documents = documents_by_id(answer.document for answer in answers if answer.document)
    found = []
    for section in sheet.form.sections:
        asked = [question for question in section.questions if question in sheet.questions]
        lines = tuple(
            _line(reader, sheet, question, [a for a in answers if a.question == question.id], documents, sums)
            for question in asked
        )
        if lines:
            found.append((section.title, lines))
    return tuple(found)


def _line(
    reader: Reader,
    sheet: Sheet,
    question: Question,
    answers: list[Filled],
    documents: Mapping[str, DocumentLine],
    sums: Mapping[str, Sum],
) -> AnswerLine:
    first = answers[0] if answers else None
    prefilled = sheet.prefilling.get(question.id)
    total = sums.get(question.id)
    return AnswerLine(
        label=question.label,
        unit=question.unit_words if question.is_counted else "",
        lines=tuple(_words(sheet, question, answer, documents) for answer in answers) or (NONE,),
        stated=bool(first and first.by_hand and question.kind is Kind.FIGURE),
        known=known_words(question, prefilled) if question.kind is Kind.FIGURE else "",
        rows_url=rows_url(reader, sheet, question),
        difference=difference_words(question, prefilled, first),
        explanation=(first.explanation or "") if first else "",
        below=_sum_words(question, total),
        why_not_below=(total.why_not or "") if total else "",
    )


def _sum_words(question: Question, total: Sum | None) -> str:
    if total is None or total.value is None:
        return ""
    return f"{value_words(question, total.value)} ({format_number(total.agencies)})"


def _words(sheet: Sheet, question: Question, answer: Filled, documents: Mapping[str, DocumentLine]) -> str:
    match question.kind:
        case Kind.TEXT:
            return answer.text or NONE
        case Kind.DOCUMENTS:
            found = documents.get(answer.document or "")
            return f"{found.symbol or found.id}: {found.title}" if found else (answer.document or NONE)
        case Kind.WEAKNESS:
            parts = (answer.text, evidence_words(sheet, answer.evidence), answer.remedy)
            return " → ".join(part for part in parts if part)
        case _:
            return value_words(question, answer.value)


def evidence_words(sheet: Sheet, evidence: str | None) -> str:
    """Return what a weakness leans on, in words."""
    kind, _colon, name = (evidence or "").partition(":")
    question = sheet.form.questions.get(name) if kind == "question" else None
    return question.label if question else name
