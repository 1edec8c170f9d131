"""The answers to a request side by side: every question with its sum, or the agencies' answers with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from congvu.access.rules import Reader
from congvu.collection.aggregation import (
    AnswerBeside,
    answer_words,
    answers_beside,
    missing_of,
    number_words,
    sums_of,
)
from congvu.collection.form import Form, Kind, Question
from congvu.collection.models import ReportRequest
from congvu.collection.queries import form_of, get_request
from congvu.collection.sums import Sum
from congvu.kernel.format import format_period
from congvu.press.xlsx import ColumnKind

from .collection_words import count_words
from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, link, number, text
from .templating import url

QUESTION = "cau-hoi"


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with the sum of its accepted answers; ``why_not`` where they are not added up."""

    question: Question
    agencies: int
    total: Cell
    why_not: str
    mark: str

    @property
    def words(self) -> str:
        return self.total.words


@dataclass(frozen=True)
class AggregationPage:
    """``questions`` where neither a question nor words are asked for, else ``answers``."""

    request: ReportRequest
    all_questions: tuple[Question, ...]
    question: str
    words: str
    asked: QuestionLine | None
    questions: Table | None
    answers: Table | None
    total: str
    after: tuple[str, str, int] | None
    missing: str
    missing_mark: str


def aggregation_page(
    reader: Reader, code: str, question: str, words: str, after: tuple[str, str, int] | None, limit: int
) -> AggregationPage:
    """Return everything that the page shows, with ``limit`` answers.

    Raises
    ------
    RequestNotFound, AnswerNotFound
    """
    request = get_request(reader, code)
    form, sums = form_of(request), sums_of(reader, code)
    lines = {one.id: _question_line(code, one, sums[one.id]) for one in form.questions.values()}
    found = None
    if question or words:
        found = answers_beside(reader, code, question=question, words=words, after=after, limit=limit)
    answers = found.lines if found else ()
    return AggregationPage(
        request=request,
        all_questions=tuple(form.questions.values()),
        question=question,
        words=words,
        asked=lines.get(question),
        questions=None if found else _questions_table(code, list(lines.values())),
        answers=_answers_table(code, form, answers, one_question=bool(question)) if found else None,
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
        total=_number_cell(question, total.value),
        why_not=total.why_not or "",
        mark=f"[[sum {code} {question.id}]]" if summed else "",
    )


def _number_cell(question: Question, value: Decimal | None) -> Cell:
    if value is None:
        return Cell(NONE, "num")
    is_share = question.kind is Kind.FIGURE and question.figure.is_share
    kind: ColumnKind = "percent" if is_share else "integer" if value == value.to_integral_value() else "decimal"
    return Cell(number_words(question, value), "num", value=value, kind=kind)


def _questions_table(code: str, lines: Sequence[QuestionLine]) -> Table:
    def row(line: QuestionLine) -> Row:
        name = link(line.question.label, url("aggregation", {QUESTION: line.question.id}, code=code))
        total = Cell(NONE, "num") if line.why_not else line.total
        mark = Cell(line.why_not, "quiet") if line.why_not else Cell(line.mark, "mark")
        return Row((name, number(line.agencies), total, mark))

    numbers = columns(_("Câu hỏi"), numbers=(_("Cơ quan đã duyệt"), _("Cộng")))
    titles = (*numbers, *columns(_("Dấu để chép, hoặc vì sao không cộng")))
    caption = _("Các câu hỏi, với tổng của những câu trả lời đã duyệt")
    return Table(_("Các câu hỏi"), titles, Rows(row, lines), caption)


def _answers_table(code: str, form: Form, answers: Sequence[AnswerBeside], *, one_question: bool) -> Table:
    def row(answer: AnswerBeside) -> Row:
        question, place = form.questions[answer.question], f"{code} {answer.question} {answer.agency}"
        words = answer_words(question, answer)
        given = Cell(words or NONE)
        if answer.value is not None and words:
            given = replace(_number_cell(question, answer.value), style="")
        name = link(answer.agency_name, url("collection-report", code=code, agency=answer.agency))
        asked = () if one_question else (Cell(question.label),)
        mark = f"[[answer {place}]][[note source {place}]]" if words else ""
        state = Cell(str(answer.state.label))
        return Row((name, *asked, given, text(answer.explanation), state, Cell(mark, "mark")))

    titles = columns(
        _("Cơ quan"),
        *(() if one_question else (_("Câu hỏi"),)),
        _("Câu trả lời"),
        _("Giải trình"),
        _("Tình trạng"),
        _("Dấu để chép vào mẫu"),
    )
    known = [answer for answer in answers if answer.question in form.questions]
    caption = _("Câu trả lời của các cơ quan, cạnh nhau")
    return Table(_("Câu trả lời của các cơ quan"), titles, Rows(row, known), caption, "beside")


def aggregation_listing(page: AggregationPage) -> Listing:
    request, asked = page.request, page.asked
    filters = (
        (_("Kỳ số liệu"), format_period(request.period_from, request.period_to)),
        (_("Câu hỏi"), asked.question.label if asked else ""),
        (_("Có chữ (không cần dấu)"), page.words),
    )
    tables = tuple(table for table in (page.questions, page.answers) if table is not None)
    return Listing(_("Tổng hợp") + f": {request.title}", tables, filters, more=page.after is not None)
