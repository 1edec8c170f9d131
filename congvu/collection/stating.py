"""What an agency keeps elsewhere becomes its statement when the report is accepted."""

from __future__ import annotations

from dataclasses import dataclass

from congvu.figures.models import StatementMode
from congvu.figures.period import Period
from congvu.figures.stating import StatementNotPossible, state_figure, wait_for_loads
from congvu.journal.services import OpenAct
from congvu.kernel.format import format_number

from .filling import Filled
from .form import Question
from .prefill import Prefilled
from .sheets import Sheet


@dataclass(frozen=True, slots=True)
class Stating:
    """One number that becomes a statement: ``instead`` of rows that are not here, or ``beside`` those that are."""

    question: Question
    value: int
    mode: StatementMode


def statings(sheet: Sheet) -> list[Stating]:
    """Return what the sheet's answers state.

    Raises
    ------
    StatementNotPossible
        Rows have come in since the agency answered, and it has not explained why its number is another.
    """
    found = []
    for answer in sheet.answers:
        question = sheet.form.questions.get(answer.question)
        if question is None or not question.may_be_stated or not answer.by_hand or answer.value is None:
            continue
        prefilled = sheet.prefilling[question.id]
        _refuse_unexplained(question, answer, prefilled, sheet.agency.name)
        mode = StatementMode.BESIDE if prefilled.has_rows else StatementMode.INSTEAD
        found.append(Stating(question, int(answer.value), mode))
    return found


def _refuse_unexplained(question: Question, answer: Filled, prefilled: Prefilled, name: str) -> None:
    if prefilled.has_rows and prefilled.value != answer.value and not answer.explanation:
        raise StatementNotPossible(
            f"{name} ghi «{question.label}» là {format_number(answer.value or 0)} thay cho dữ liệu, nhưng nay dữ liệu "
            f"có {format_number(prefilled.value or 0)}. Hãy trả lại báo cáo để cơ quan giải trình chỗ khác nhau."
        )


def state_answers(opened: OpenAct, sheet: Sheet) -> None:
    """Write the statements of an accepted report.

    Raises
    ------
    StatementNotPossible
    """
    wait_for_loads()
    agency = sheet.agency
    period = Period(sheet.owing.period_from, sheet.owing.period_to)
    for one in statings(sheet):
        state_figure(
            opened,
            agency=(agency.id, agency.code, agency.name, agency.level),
            figure=one.question.figure,
            members=one.question.members_for(agency.level),
            period=period,
            value=one.value,
            mode=one.mode,
        )
