"""The page on which an agency fills its report: what it shows, and what comes back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from congvu.access.rules import Reader
from congvu.collection.answers import documents_offered
from congvu.collection.filling import Entry, Filled, Item
from congvu.collection.form import Kind, Question, Scope
from congvu.collection.rules import Problem
from congvu.collection.sheets import Sheet
from congvu.collection.workbook import evidence_offered
from congvu.figures.period import Period
from congvu.kernel.format import format_number

from .collection_words import known_words, value_words
from .wording import figure_url

ANSWER, WHY, EVIDENCE, REMEDY, SEEN = "tra-loi", "ly-do", "can-cu", "giai-phap", "dau"


@dataclass(frozen=True, slots=True)
class ItemShown:
    number: int
    text: str
    evidence: str
    remedy: str


@dataclass(frozen=True)
class FieldShown:
    """A question as the page shows it. ``id`` is that of its (first) input, and the anchor of its problems."""

    question: Question
    id: str
    value: str
    explanation: str
    items: tuple[ItemShown, ...]
    known: bool
    known_words: str
    rows_url: str | None
    problems: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the place for another number than the records' stands open."""
        return bool(self.value or self.problems)


@dataclass(frozen=True)
class SectionShown:
    title: str
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True)
class FillPage:
    sheet: Sheet
    sections: tuple[SectionShown, ...]
    problems: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str], ...]
    seen: str
    figures: int
    filled_in: int


def entries_in(posted: QueryDict, questions: Iterable[Question]) -> dict[str, Entry]:
    """Return what was sent for each question, as it was typed."""
    return {question.id: _entry(posted, question) for question in questions}


def _entry(posted: QueryDict, question: Question) -> Entry:
    def sent(name: str, item: int | None = None) -> str:
        return str(posted.get(f"{name}.{question.id}" + (f".{item}" if item else ""), ""))

    if question.kind in (Kind.DOCUMENTS, Kind.WEAKNESS):
        numbers = range(1, question.limit + 1)
        items = (Item(sent(ANSWER, n), sent(EVIDENCE, n), sent(REMEDY, n)) for n in numbers)
        return Entry(items=tuple(item for item in items if not item.is_empty))
    return Entry(sent(ANSWER), sent(WHY))


def fill_page(
    reader: Reader, sheet: Sheet, entries: Mapping[str, Entry] | None = None, problems: Sequence[Problem] = ()
) -> FillPage:
    """Return the page: what was typed (``entries``), else what is stored; ``problems`` stand at their questions."""
    stored = entries if entries is not None else stored_entries(sheet)
    fields = {q.id: _field(reader, sheet, q, stored.get(q.id, Entry()), problems) for q in sheet.questions}
    sections = (
        SectionShown(section.title, tuple(fields[q.id] for q in section.questions if q.id in fields))
        for section in sheet.form.sections
    )
    figures = [field for field in fields.values() if field.question.kind is Kind.FIGURE]
    return FillPage(
        sheet=sheet,
        sections=tuple(section for section in sections if section.fields),
        problems=tuple((p.words, fields[p.question].id if p.question in fields else "noi-dung") for p in problems),
        evidence=tuple(evidence_offered(sheet)),
        documents=tuple(documents_offered(sheet.owing)),
        seen=sheet.seen,
        figures=len(figures),
        filled_in=sum(field.known for field in figures),
    )


def stored_entries(sheet: Sheet) -> dict[str, Entry]:
    """Return the stored answers as they would be typed; a figure that the records answer is not typed."""
    entries: dict[str, Entry] = {}
    for answer in sheet.answers:
        question = sheet.form.questions.get(answer.question)
        if question is not None and answer.by_hand:
            entries[question.id] = _typed(question, answer, entries.get(question.id, Entry()))
    return entries


def _typed(question: Question, answer: Filled, before: Entry) -> Entry:
    match question.kind:
        case Kind.TEXT:
            return Entry(answer.text or "")
        case Kind.DOCUMENTS:
            return replace(before, items=(*before.items, Item(answer.document or "")))
        case Kind.WEAKNESS:
            item = Item(answer.text or "", answer.evidence or "", answer.remedy or "")
            return replace(before, items=(*before.items, item))
        case _:
            value = "" if answer.value is None else value_words(question, answer.value)
            return Entry(value, answer.explanation or "")


def _field(reader: Reader, sheet: Sheet, question: Question, entry: Entry, problems: Sequence[Problem]) -> FieldShown:
    prefilled = sheet.prefilling.get(question.id)
    several = question.limit if question.kind in (Kind.DOCUMENTS, Kind.WEAKNESS) else 0
    items = [*entry.items, *[Item()] * max(several - len(entry.items), 0)]
    return FieldShown(
        question=question,
        id=f"{ANSWER}.{question.id}" + (".1" if several else ""),
        value=entry.value,
        explanation=entry.explanation,
        items=tuple(ItemShown(n, i.text, i.evidence, i.remedy) for n, i in enumerate(items, 1)) if several else (),
        known=bool(prefilled and prefilled.known),
        known_words=known_words(question, prefilled),
        rows_url=rows_url(reader, sheet, question),
        problems=tuple(p.words for p in problems if p.question == question.id),
    )


def rows_url(reader: Reader, sheet: Sheet, question: Question) -> str | None:
    """Return where the rows behind a figure's answer lie; None where the reader's page would count other rows."""
    if question.kind is not Kind.FIGURE or not sheet.prefilling[question.id].answer.value:
        return None
    owing = sheet.owing
    own_below = owing.agency == reader.agency_code
    if question.scope is Scope.BELOW and not own_below:
        return None
    period = Period(owing.period_from, owing.period_to)
    agency = owing.agency if question.scope is Scope.OWN else None
    return figure_url(question.figure, question.members_for(owing.level), period, agency)


def filled_words(page: FillPage) -> str:
    return f"{format_number(page.filled_in)}/{format_number(page.figures)}"
