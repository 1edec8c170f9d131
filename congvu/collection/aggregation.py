"""The answers of all agencies to one question side by side: searched, added up where that is right, quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.access.visibility import visible_to
from congvu.kernel import clock
from congvu.kernel.clock import local_day
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_day, format_number, format_percent
from congvu.kernel.text import fold
from congvu.work.documents.queries import documents_by_id

from .deadlines import end_of
from .form import Form, Kind, Question
from .late import missing_words
from .models import ReportRequest
from .queries import COUNTED, OWED, PAGE, form_of, get_request, owing_in
from .rules import HANDED_IN, State
from .sums import Sum

WORDS_LIMIT = 200


class AnswerNotFound(Refusal):
    code = "collection.answer_not_found"
    status = 404


class NotAddedUp(Refusal):
    """The answers of several agencies must not be added up; the sentence says why."""

    code = "collection.not_added_up"
    status = 409


@dataclass(frozen=True, slots=True)
class AnswerBeside:
    """An agency's handed-in answer; ``document`` is its symbol and title where it is one."""

    question: str
    item: int
    agency: str
    agency_name: str
    value: Decimal | None
    text: str | None
    document: str | None
    evidence: str | None
    remedy: str | None
    explanation: str | None
    by_hand: bool
    state: State
    handed_in_at: datetime | None

    @property
    def place(self) -> tuple[str, str, int]:
        """Return the answer's place in the list."""
        return self.question, self.agency, self.item


@dataclass(frozen=True, slots=True)
class Answers:
    """``total`` counts no further than :data:`.queries.COUNTED`; ``after`` is where to go on."""

    lines: tuple[AnswerBeside, ...]
    total: int
    after: tuple[str, str, int] | None


_COLUMNS = (
    "w.question, w.item, w.agency, a.name, w.value, w.text, w.document, w.evidence, w.remedy, w.explanation, "
    "w.by_hand, o.state, o.handed_in_at"
)
_FROM = """
    FROM x_report_answers w
    JOIN x_report_obligations o ON o.request = w.request AND o.agency = w.agency
    JOIN x_report_requests q ON q.code = w.request
    JOIN agency_periods a ON a.code = o.agency AND q.period_to BETWEEN a.valid_from AND a.valid_through
"""


def answers_beside(
    reader: Reader,
    request: str,
    *,
    question: str = "",
    words: str = "",
    after: tuple[str, str, int] | None = None,
    limit: int = PAGE,
) -> Answers:
    """Return what agencies handed in, by question and agency; ``words`` are looked for without case, tones and marks.

    Raises
    ------
    NotForThisSeat, RequestNotFound, AnswerNotFound
        There is no such question in the request's form.
    """
    form = form_of(get_request(reader, request))
    if question:
        _question(form, question)
    visible = visible_to(reader, OWED)
    where = f"WHERE w.request = %s AND o.state = ANY(%s) AND {visible.sql}"
    bound: list[Any] = [request, sorted(HANDED_IN), *visible.params]
    if question:
        where, bound = where + " AND w.question = %s", [*bound, question]
    if sought := fold(words[:WORDS_LIMIT]):
        where, bound = where + " AND w.folded LIKE %s", [*bound, f"%{_literally(sought)}%"]
    beyond = " AND (w.question, w.agency, w.item) > (%s, %s, %s)" if after else ""
    place: list[Any] = [*bound, *(after or ()), limit + 1]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} {_FROM} {where}{beyond} ORDER BY w.question, w.agency, w.item LIMIT %s",
            place,
        )
        rows = cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {_FROM} {where} LIMIT {COUNTED + 1}) counted", bound)
        total: int = cursor.fetchone()[0]
    lines = _lines(rows[:limit])
    return Answers(lines, total, lines[-1].place if len(rows) > limit else None)


def _literally(words: str) -> str:
    """Return ``words`` as LIKE takes them for what they are."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _lines(rows: Sequence[tuple[Any, ...]]) -> tuple[AnswerBeside, ...]:
    documents = documents_by_id(row[6] for row in rows if row[6])
    lines = []
    for *head, document, evidence, remedy, explanation, by_hand, state, handed_in in rows:
        found = documents.get(document)
        words = f"{found.symbol or found.id}: {found.title}" if found else document
        rest = (words, evidence, remedy, explanation, by_hand, State(state), handed_in)
        lines.append(AnswerBeside(*head, *rest))  # type: ignore[call-arg]
    return tuple(lines)


def _question(form: Form, question: str) -> Question:
    found = form.questions.get(question)
    if found is None:
        raise AnswerNotFound(f"Mẫu «{form.title}» không có câu hỏi «{question[:80]}». Hãy chọn trong danh sách.")
    return found


def sums_of(reader: Reader, request: str) -> dict[str, Sum]:
    """Return question's id -> the accepted answers of all agencies that the reader sees, added up where that is right.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    """
    return _sums(reader, request, form_of(get_request(reader, request)))


def _sums(reader: Reader, request: str, form: Form) -> dict[str, Sum]:
    visible = visible_to(reader, OWED)
    bound: list[Any] = [request, *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.question, sum(w.value), count(DISTINCT w.agency) {_FROM} "
            f"WHERE w.request = %s AND o.state = 'accepted' AND {visible.sql} GROUP BY w.question",
            bound,
        )
        rows = {question: (value, agencies) for question, value, agencies in cursor.fetchall()}
    found = {}
    for question in form.questions.values():
        value, agencies = rows.get(question.id, (None, 0))
        why_not = question.why_not_added()
        found[question.id] = Sum(None if why_not else value, agencies, why_not)
    return found


def sum_words(reader: Reader, request: str, question: str) -> str:
    """Return the accepted answers to a question added up, as it is written in a text.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    AnswerNotFound
        There is no such question, or no accepted answer to it.
    NotAddedUp
        A share, persons counted once, words: the sentence says why they are not added up.
    """
    form = form_of(get_request(reader, request))
    asked = _question(form, question)
    total = _sums(reader, request, form)[question]
    if total.why_not:
        raise NotAddedUp(f"«{asked.label}»: {total.why_not}")
    if total.value is None:
        raise AnswerNotFound(f"«{asked.label}»: chưa có câu trả lời nào được duyệt để cộng.")
    return number_words(asked, total.value)


def number_words(question: Question, value: Decimal) -> str:
    """Return an answer that is a number as it is written in a text."""
    if question.kind is Kind.FIGURE and question.figure.is_share:
        return format_percent(value)
    return format_number(value, 0 if value == value.to_integral_value() else 2)


def missing_of(reader: Reader, request: str, *, day: date | None = None, everybody: bool = False) -> str:
    """Return who has not reported by the end of ``day`` (none: by now), ready for the text.

    Those that report to the agency that asked; ``everybody``: also those that report to another one.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    """
    get_request(reader, request)
    owed = [one for one in owing_in(reader, request) if everybody or one.receiver == one.asked_by]
    return missing_words(owed, clock.now() if day is None else end_of(day))


@dataclass(frozen=True, slots=True)
class Quoted:
    """An agency's answer to quote, and where it comes from: agency, request, date."""

    text: str
    source: str


def quote(reader: Reader, request: str, question: str, agency: str) -> Quoted:
    """Return an agency's handed-in answer with its source.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    AnswerNotFound
        The agency has not handed in, or has not answered this question.
    """
    found = get_request(reader, request)
    asked = _question(form_of(found), question)
    lines = _answers_of(reader, request, question, agency)
    words = "; ".join(answer_words(asked, line) for line in lines)
    if not words:
        raise AnswerNotFound(f"Cơ quan «{agency[:80]}» chưa gửi câu trả lời cho «{asked.label}».")
    return Quoted(words, source_of(found, lines[0].agency_name, lines[0].handed_in_at))


def _answers_of(reader: Reader, request: str, question: str, agency: str) -> tuple[AnswerBeside, ...]:
    visible = visible_to(reader, OWED)
    bound: list[Any] = [request, question, agency, sorted(HANDED_IN), *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} {_FROM} WHERE w.request = %s AND w.question = %s "
            f"AND w.agency = %s AND o.state = ANY(%s) AND {visible.sql} ORDER BY w.item",
            bound,
        )
        return _lines(cursor.fetchall())


def answer_words(question: Question, line: AnswerBeside) -> str:
    """Return an answer in one line of words; empty where there is none."""
    match question.kind:
        case Kind.FIGURE | Kind.NUMBER:
            return "" if line.value is None else number_words(question, line.value)
        case Kind.DOCUMENTS:
            return line.document or ""
        case Kind.WEAKNESS:
            return " – ".join(" ".join(part.split()) for part in (line.text, line.remedy) if part)
        case _:
            return " ".join((line.text or "").split())


def source_of(request: ReportRequest, agency_name: str, handed_in_at: datetime | None) -> str:
    """Return where an answer comes from: ``Sở Y tế, «Báo cáo năm …», gửi ngày 20/12/2022``."""
    day = f", gửi ngày {format_day(local_day(handed_in_at))}" if handed_in_at else ""
    return f"{agency_name}, «{request.title}»{day}"


def source(reader: Reader, request: str, agency: str) -> str:
    """Return where the answers of an agency to a request come from, ready for a footnote.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    AnswerNotFound
        The agency has not handed in.
    """
    require(reader, Permission.SEE_COLLECTION)
    found = get_request(reader, request)
    owing = next((one for one in owing_in(reader, request) if one.agency == agency and one.is_handed_in), None)
    if owing is None:
        raise AnswerNotFound(f"Cơ quan «{agency[:80]}» chưa gửi báo cáo «{found.title}».")
    return source_of(found, owing.agency_name, owing.handed_in_at)
