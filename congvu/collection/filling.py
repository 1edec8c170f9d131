"""From what is typed into a form, on a page or in a workbook, to answers; and what a filled form still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from congvu.kernel.format import format_number
from congvu.kernel.text import nfc

from .form import Form, Kind, Question
from .prefill import Prefilled, Prefilling
from .rules import Problem

LARGEST = 10**15 - 1
EXPLANATION_LIMIT = 1000
_WHOLE = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_DECIMALS = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,6})?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Item:
    """One of several answers: a document by its symbol or id, or a weakness with evidence and remedy."""

    text: str = ""
    evidence: str = ""
    remedy: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.evidence or self.remedy)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed for one question, as it was typed."""

    value: str = ""
    explanation: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer ready to be stored; see :class:`congvu.collection.models.ReportAnswer`."""

    question: str
    item: int = 1
    value: Decimal | None = None
    text: str | None = None
    document: str | None = None
    evidence: str | None = None
    remedy: str | None = None
    computed: Decimal | None = None
    explanation: str | None = None
    by_hand: bool = False


@dataclass
class Reading:
    """``answers`` of what could be read, ``problems`` of what could not."""

    answers: list[Filled] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What an answer may refer to: documents by symbol and id -> id, findings of the agency."""

    documents: Mapping[str, str]
    findings: frozenset[str]


def read_entries(
    questions: Sequence[Question], prefilling: Prefilling, entries: Mapping[str, Entry], known: Known
) -> Reading:
    """Return the answers that ``entries`` give; a figure without an entry is answered by the records."""
    reading = Reading()
    evidence = {f"question:{q.id}" for q in questions if q.is_counted} | {f"finding:{f}" for f in known.findings}
    for question in questions:
        entry = _tidied(entries.get(question.id, Entry()))
        match question.kind:
            case Kind.FIGURE:
                _figure(question, prefilling[question.id], entry, reading)
            case Kind.NUMBER:
                _number(question, entry, reading)
            case Kind.TEXT:
                _text(question, entry, reading)
            case Kind.DOCUMENTS:
                _documents(question, entry, known.documents, reading)
            case Kind.WEAKNESS:
                _weaknesses(question, entry, evidence, reading)
    return reading


def _tidied(entry: Entry) -> Entry:
    items = tuple(Item(tidied(i.text), tidied(i.evidence), tidied(i.remedy)) for i in entry.items)
    return Entry(tidied(entry.value), tidied(entry.explanation), tuple(i for i in items if not i.is_empty))


def tidied(text: str) -> str:
    """Return what was typed in the normal form, without blanks around it and without control characters."""
    return _CONTROL.sub(" ", nfc(text).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _figure(question: Question, prefilled: Prefilled, entry: Entry, reading: Reading) -> None:
    computed = prefilled.value if prefilled.known else None
    if not entry.value:
        reading.answers.append(Filled(question.id, value=computed, computed=computed))
        return
    if not question.may_be_typed:
        reading.problems.append(Problem(question.id, f"{question.label}: chỉ tính từ dữ liệu, không nhập được."))
        return
    value = _whole(question, entry.value, reading)
    if value is None:
        return
    explanation = _short(question, entry.explanation, EXPLANATION_LIMIT, reading)
    typed = value != computed
    reading.answers.append(
        Filled(
            question.id,
            value=value,
            computed=computed,
            explanation=explanation if typed else None,
            by_hand=typed,
        )
    )


def _whole(question: Question, text: str, reading: Reading) -> Decimal | None:
    digits = text.replace(".", "").replace(" ", "")
    if not _WHOLE.fullmatch(text) or int(digits) > LARGEST:
        reading.problems.append(
            Problem(
                question.id,
                f"{question.label}: «{text[:40]}» không phải số nguyên từ 0. Viết như 1.250 hoặc 1250.",
            )
        )
        return None
    return Decimal(digits)


def _number(question: Question, entry: Entry, reading: Reading) -> None:
    text = entry.value
    if not text:
        return
    plain = text.replace(" ", "").replace(".", "").replace(",", ".")
    if not (_WHOLE.fullmatch(text) or _DECIMALS.fullmatch(text)) or Decimal(plain) > LARGEST:
        words = f"{question.label}: «{text[:40]}» không phải số từ 0. Viết như 1.250 hoặc 12,5."
        reading.problems.append(Problem(question.id, words))
        return
    reading.answers.append(Filled(question.id, value=Decimal(plain), by_hand=True))


def _short(question: Question, text: str, limit: int, reading: Reading) -> str | None:
    if len(text) > limit:
        words = (
            f"{question.label}: dài {format_number(len(text))} ký tự, nhiều nhất {format_number(limit)}. Hãy rút gọn."
        )
        reading.problems.append(Problem(question.id, words))
        return None
    return text or None


def _text(question: Question, entry: Entry, reading: Reading) -> None:
    text = _short(question, entry.value, question.limit, reading)
    if text:
        reading.answers.append(Filled(question.id, text=text, by_hand=True))


def _few(question: Question, entry: Entry, reading: Reading) -> Iterable[tuple[int, Item]]:
    if len(entry.items) > question.limit:
        words = f"{question.label}: nhiều nhất {question.limit} mục, đã ghi {len(entry.items)}."
        reading.problems.append(Problem(question.id, words))
        return ()
    return enumerate(entry.items, 1)


def _documents(question: Question, entry: Entry, documents: Mapping[str, str], reading: Reading) -> None:
    chosen: list[str] = []
    for number, item in _few(question, entry, reading):
        found = documents.get(item.text)
        if found is None:
            words = (
                f"{question.label}: «{item.text[:60]}» không có trong sổ văn bản. Hãy ghi đúng số, ký hiệu đã đăng ký."
            )
            reading.problems.append(Problem(question.id, words))
        elif found not in chosen:
            chosen.append(found)
            reading.answers.append(Filled(question.id, number, document=found, by_hand=True))


def _weaknesses(question: Question, entry: Entry, evidence: set[str], reading: Reading) -> None:
    for number, item in _few(question, entry, reading):
        if item.evidence and item.evidence not in evidence:
            words = f"{question.label}, mục {number}: căn cứ «{item.evidence[:60]}» không có. Hãy chọn trong danh sách."
            reading.problems.append(Problem(question.id, words))
            continue
        text = _short(question, item.text, EXPLANATION_LIMIT, reading)
        remedy = _short(question, item.remedy, EXPLANATION_LIMIT, reading)
        reading.answers.append(
            Filled(question.id, number, text=text, evidence=item.evidence or None, remedy=remedy, by_hand=True)
        )


def still_wrong(
    form: Form, questions: Sequence[Question], prefilling: Prefilling, answers: Sequence[Filled]
) -> list[Problem]:
    """Return everything that keeps a filled form from being handed in."""
    by_question: dict[str, list[Filled]] = {}
    for answer in answers:
        by_question.setdefault(answer.question, []).append(answer)
    problems = [
        problem
        for question in questions
        for problem in _of_question(question, prefilling.get(question.id), by_question.get(question.id, []))
    ]
    values = {id_: found[0].value for id_, found in by_question.items()}
    labels = {question.id: question.label for question in questions}
    for check in form.checks:
        total, parts = values.get(check.total), [values.get(part) for part in check.parts]
        if total is None or None in parts:
            continue
        added = sum((part for part in parts if part is not None), Decimal(0))
        if added != total:
            names = " + ".join(f"«{labels[part]}»" for part in check.parts)
            words = f"«{labels[check.total]}» là {format_number(total)}, nhưng {names} là {format_number(added)}."
            problems.append(Problem(check.total, words))
    return problems


def _of_question(question: Question, prefilled: Prefilled | None, answers: Sequence[Filled]) -> list[Problem]:
    answerable = question.kind is not Kind.FIGURE or question.may_be_typed
    if question.required and answerable and not any(a.value is not None or a.text or a.document for a in answers):
        what = "Hãy nhập số của cơ quan." if question.is_counted else "Hãy trả lời câu này."
        return [Problem(question.id, f"{question.label}: chưa có câu trả lời. {what}")]
    if question.kind is Kind.FIGURE and prefilled is not None:
        answer = answers[0] if answers else None
        if answer and answer.by_hand and prefilled.has_rows and not answer.explanation:
            stated, computed = format_number(answer.value or 0), format_number(prefilled.value or 0)
            words = (
                f"{question.label}: cơ quan ghi {stated}, dữ liệu tính được {computed}. Hãy giải trình chỗ khác nhau."
            )
            return [Problem(question.id, words)]
    if question.kind is Kind.WEAKNESS:
        return [
            Problem(question.id, f"{question.label}, mục {a.item}: cần đủ hạn chế, căn cứ và giải pháp khắc phục.")
            for a in answers
            if not (a.text and a.evidence and a.remedy)
        ]
    return []
