"""The weaknesses that agencies name, each with its evidence and its remedy, for whoever evaluates the year."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.access.rules import Reader
from congvu.figures.compute import figure_key

from .aggregation import AnswerBeside, answers_beside
from .form import Form, Kind
from .queries import COUNTED, form_of, get_request, owing_in


@dataclass(frozen=True, slots=True)
class Weakness:
    """A weakness that an agency names. Its evidence is a ``figure`` (with its members, as the agency was asked), a
    ``finding``, or another number of the form (``question``); ``remedy`` is what the agency will do.
    """

    agency: str
    agency_name: str
    text: str
    remedy: str
    figure: str | None
    finding: str | None
    question: str | None


def weaknesses(reader: Reader, request: str) -> list[Weakness]:
    """Return the weaknesses in the handed-in reports that the reader sees, by question and agency.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    """
    form = form_of(get_request(reader, request))
    levels = {owing.agency: owing.level for owing in owing_in(reader, request)}
    asked = [question.id for question in form.questions.values() if question.kind is Kind.WEAKNESS]
    lines = [line for question in asked for line in _all_answers(reader, request, question)]
    return [_weakness(form, line, levels[line.agency]) for line in lines]


def _all_answers(reader: Reader, request: str, question: str) -> list[AnswerBeside]:
    found: list[AnswerBeside] = []
    after = None
    while True:
        page = answers_beside(reader, request, question=question, after=after, limit=COUNTED)
        found += page.lines
        after = page.after
        if after is None:
            return found


def _weakness(form: Form, line: AnswerBeside, level: str) -> Weakness:
    kind, _colon, name = (line.evidence or "").partition(":")
    question = form.questions.get(name) if kind == "question" else None
    is_figure = question is not None and question.kind is Kind.FIGURE
    return Weakness(
        agency=line.agency,
        agency_name=line.agency_name,
        text=line.text or "",
        remedy=line.remedy or "",
        figure=figure_key(question.figure_id, question.members_for(level)) if question and is_figure else None,
        finding=name if kind == "finding" else None,
        question=name if kind == "question" else None,
    )
