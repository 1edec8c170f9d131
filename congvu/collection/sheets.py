"""An agency's form with everything that stands in it: questions, what the records give, what is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from congvu.access.rules import Reader

from .answers import filled_of, known_for
from .filling import Entry, Filled, read_entries
from .form import Form, Question
from .models import ReportAnswer
from .prefill import Prefilling, prefill
from .queries import Owing, answers_of, form_of, get_owing, get_request, period_of
from .tiers import AgencyOn, agencies_valid_on


@dataclass(frozen=True)
class Sheet:
    """An agency's form with everything that stands in it; ``seen`` is the hash of its stored answers."""

    form: Form
    owing: Owing
    agency: AgencyOn
    questions: tuple[Question, ...]
    prefilling: Prefilling
    stored: tuple[ReportAnswer, ...]
    seen: str

    @property
    def answers(self) -> list[Filled]:
        """The stored answers; figures that nobody answered yet, as the records give them now."""
        stored = [filled_of(answer) for answer in self.stored]
        answered = {answer.question for answer in stored}
        rest = [q for q in self.questions if q.id in self.prefilling and q.id not in answered]
        return stored + read_entries(rest, self.prefilling, {}, known_for(self.owing, ())).answers


def open_sheet(reader: Reader, request: str, agency: str) -> Sheet:
    """Return an agency's form, its figures counted now.

    Raises
    ------
    RequestNotFound, ObligationNotFound
    """
    owing = get_owing(reader, request, agency)
    found = get_request(reader, request)
    form, agencies = form_of(found), agencies_valid_on(found.period_to)
    asked = agencies[agency]
    stored = tuple(answers_of(request, agency))
    return Sheet(
        form=form,
        owing=owing,
        agency=asked,
        questions=tuple(form.questions_for(asked.kind, asked.level)),
        prefilling=prefill(form, period_of(found), [asked], agencies)[agency],
        stored=stored,
        seen=digest_of(filled_of(answer) for answer in stored),
    )


def digest_of(answers: Iterable[Filled]) -> str:
    """Return the hash over an agency's answers: what was handed in and what was accepted is the same, or is not."""
    rows = sorted((asdict(answer) for answer in answers), key=lambda row: (row["question"], row["item"]))
    for row in rows:
        for name in ("value", "computed"):
            row[name] = None if row[name] is None else f"{row[name].normalize():f}"
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def recounted(sheet: Sheet) -> list[Filled]:
    """Return the sheet's answers with what the records give now; a typed number stays what it is."""
    typed = {
        answer.question: Entry(f"{answer.value:f}".split(".")[0], answer.explanation or "")
        for answer in sheet.answers
        if answer.question in sheet.prefilling and answer.by_hand and answer.value is not None
    }
    figures = [question for question in sheet.questions if question.id in sheet.prefilling]
    counted = read_entries(figures, sheet.prefilling, typed, known_for(sheet.owing, ())).answers
    return counted + [answer for answer in sheet.answers if answer.question not in sheet.prefilling]
