"""The answers to a request side by side: every question with its sum, or the agencies' answers with their marks."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.collection.aggregation import (
    AnswerBeside,
    answer_words,
    answers_beside,
    missing_of,
    number_words,
    sums_of,
)
from congvu.collection.form import Question
from congvu.collection.models import ReportRequest
from congvu.collection.queries import form_of, get_request
from congvu.collection.sums import Sum

from .collection_words import count_words
from .wording import NONE


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with the sum of its accepted answers; ``why_not`` where they are not added up."""

    question: Question
    agencies: int
    words: str
    why_not: str
    mark: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """``mark`` is what quotes the answer, with its source, in a report's text."""

    answer: AnswerBeside
    label: str
    words: str
    state: str
    mark: str


@dataclass(frozen=True)
class AggregationPage:
    """``questions`` where neither a question nor words are asked for, else ``answers``."""

    request: ReportRequest
    all_questions: tuple[Question, ...]
    question: str
    words: str
    asked: QuestionLine | None
    questions: tuple[QuestionLine, ...]
    answers: tuple[AnswerLine, ...]
    total: str
    after: tuple[str, str, int] | None
    missing: str
    missing_mark: str


def aggregation_page(
    reader: Reader, code: str, question: str, words: str, after: tuple[str, str, int] | None
) -> AggregationPage:
    """Return everything that the page shows.

    Raises
    ------
    RequestNotFound, AnswerNotFound
    """
    request = get_request(reader, code)
    form, sums = form_of(request), sums_of(reader, code)
    lines = {one.id: _question_line(code, one, sums[one.id]) for one in form.questions.values()}
    found = answers_beside(reader, code, question=question, words=words, after=after) if question or words else None
    answers = found.lines if found else ()
    return AggregationPage(
        request=request,
        all_questions=tuple(form.questions.values()),
        question=question,
        words=words,
        asked=lines.get(question),
        questions=() if found else tuple(lines.values()),
        answers=tuple(
            _answer_line(code, answer, form.questions[answer.question])
            for answer in answers
            if answer.question in form.questions
        ),
        total=count_words(found.total) if found else "",
        after=found.after if found else None,
        missing=missing_of(reader, code),
        missing_mark=f"[[missing {code}]]",
    )


def _question_line(code: str, question: Question, total: Sum) -> QuestionLine:
    summed = total.value is not None
    return QuestionLine(
        question=question,
        agencies=total.agencies,
        words=number_words(question, total.value) if total.value is not None else NONE,
        why_not=total.why_not or "",
        mark=f"[[sum {code} {question.id}]]" if summed else "",
    )


def _answer_line(code: str, answer: AnswerBeside, question: Question) -> AnswerLine:
    place = f"{code} {question.id} {answer.agency}"
    words = answer_words(question, answer)
    return AnswerLine(
        answer=answer,
        label=question.label,
        words=words or NONE,
        state=str(answer.state.label),
        mark=f"[[answer {place}]][[note source {place}]]" if words else "",
    )
