"""What the records already know of a form's figures, for one agency or for all that owe it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from congvu.figures.by_agency import OfAgency, of_agencies
from congvu.figures.compute import Answer, Members
from congvu.figures.definition import Figure
from congvu.figures.opening import empty_answer
from congvu.figures.period import Period

from .form import Form, Kind, Question, Scope
from .tiers import AgencyOn, below


@dataclass(frozen=True, slots=True)
class Prefilled:
    """What the records give for one figure question of one agency.

    ``known`` is False where the agency has no record of that kind at all and the system does not keep them for
    everybody: its 0 may only mean that it keeps them elsewhere.
    """

    answer: Answer
    known: bool

    @property
    def has_rows(self) -> bool:
        """Whether rows, and not statements alone, stand behind the value."""
        return bool(self.answer.counted if self.answer.denominator is None else self.answer.denominator)

    @property
    def value(self) -> Decimal | None:
        """Return the value as it is stored: a share as what it is of 1, to ten places."""
        if self.answer.value is None:
            return None
        if self.answer.denominator is not None:
            share = Decimal(self.answer.numerator or 0) / Decimal(self.answer.denominator)
            return share.quantize(Decimal("1e-10"))
        return Decimal(self.answer.value)


Prefilling = dict[str, Prefilled]
"""Question's id -> what the records give."""


def prefill(
    form: Form, period: Period, asked: Collection[AgencyOn], agencies: Mapping[str, AgencyOn]
) -> dict[str, Prefilling]:
    """Return agency's code -> what the records give for its questions, all agencies in a few queries.

    ``agencies`` are those of the period's last day, by code.
    """
    under = {agency.code: below(agency.code, agencies) for agency in asked if _asks_below(form, agency)}
    ids = {agency.id for agency in asked} | {child.id for children in under.values() for child in children}
    found = of_agencies(period, ids, form.figure_ids, own_report=False) if form.figure_ids else {}
    return {
        agency.code: {
            question.id: _prefilled(question, agency, under.get(agency.code, []), found)
            for question in form.questions_for(agency.kind, agency.level)
            if question.kind is Kind.FIGURE
        }
        for agency in asked
    }


def _asks_below(form: Form, agency: AgencyOn) -> bool:
    return any(question.scope is Scope.BELOW for question in form.questions_for(agency.kind, agency.level))


def _prefilled(
    question: Question, agency: AgencyOn, children: Iterable[AgencyOn], found: Mapping[int, OfAgency]
) -> Prefilled:
    figure, members = question.figure, question.members_for(agency.level)
    sources = [found[one.id] for one in (children if question.scope is Scope.BELOW else [agency])]
    answer = _together(figure, members, [source.answer(figure, members) for source in sources])
    rows = sum(source.rows[figure.fact.name] for source in sources)
    return Prefilled(answer, bool(question.central or rows or answer.value))


def _together(figure: Figure, members: Members, answers: list[Answer]) -> Answer:
    """Return the answer of several agencies as one; none of the figures asked so counts a thing once over them."""
    if len(answers) == 1:
        return answers[0]
    if not answers:
        return empty_answer(figure, members)
    partial = sum(answer.partial for answer in answers)
    if figure.is_share:
        numerator = sum((answer.numerator or 0 for answer in answers), Decimal(0))
        denominator = sum((answer.denominator or 0 for answer in answers), Decimal(0))
        value = float(numerator / denominator) if denominator else None
        return Answer(figure, members, value, numerator, denominator, None, partial)
    value = sum(answer.value or 0 for answer in answers)
    stated = sum(answer.stated or 0 for answer in answers)
    return Answer(figure, members, value, None, None, stated, partial)
