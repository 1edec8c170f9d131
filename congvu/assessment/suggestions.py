"""What could be evidence of a weakness: figures that got worse or stay behind, open findings, what agencies wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from congvu.access.rules import Permission, Reader
from congvu.collection.aggregation import AnswerBeside, answers_beside
from congvu.collection.form import Kind
from congvu.collection.models import ReportRequest
from congvu.collection.queries import form_of
from congvu.figures.cached import answers
from congvu.figures.compute import Answer, Members, figure_key
from congvu.kernel.text import vn_sort_key

from .evidence import Evidence, Found, Periods, figure_name, in_words, open_findings
from .rules import EvidenceKind

FINDINGS_SHOWN, ANSWERS_SHOWN, LOWEST_SHOWN = 30, 10, 3


@dataclass(frozen=True, slots=True)
class Watched:
    """A figure by which weaknesses show; ``higher_is_worse`` says which way, ``period`` over which days it is read.

    ``remainder`` says in words what it means that the figure is not 0 (or, a share, not whole); empty: that alone is
    no weakness. ``few``: only the lowest of its members are of interest.
    """

    figure: str
    higher_is_worse: bool
    period: str = "year"
    remainder: str = ""
    few: bool = False


WATCHED = (
    Watched("dossiers.late_rate", True, "dossiers"),
    Watched("dossiers.late", True, "dossiers", "còn hồ sơ giải quyết trễ hạn"),
    Watched("dossiers.pending_overdue", True, "dossiers", "còn hồ sơ quá hạn chưa giải quyết"),
    Watched("dossiers.online_share", False, "dossiers"),
    Watched("par_tasks.overdue", True, remainder="còn nhiệm vụ quá hạn"),
    Watched("par_tasks.completion_rate", False, remainder="chưa hoàn thành hết nhiệm vụ"),
    Watched("feedback.resolution_rate", False, remainder="còn phản ánh, kiến nghị chưa xử lý xong"),
    Watched("documents.acknowledged_share", False, remainder="còn văn bản nơi nhận chưa xác nhận"),
    Watched("officers.disciplined", True, "discipline", "có cán bộ, công chức, viên chức bị xử lý kỷ luật"),
    Watched("index.score", False, few=True),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Evidence that is there to be used: what it is, how it stands, and why it is shown."""

    evidence: Evidence
    name: str
    words: str
    why: str


def figure_suggestions(reader: Reader, periods: Periods, before: Periods) -> list[Suggestion]:
    """Return figures that got worse than in the days ``before``, stay behind others, or leave a remainder."""
    found: list[Suggestion] = []
    for watched in WATCHED:
        name = watched.period if watched.period in periods else "year"
        now = _values(reader, watched, periods, name)
        then = {answer.members: answer for answer in _values(reader, watched, before, name)}
        found += _lowest(now, periods, name) if watched.few else _watched(watched, now, then, periods, name)
    return found


def _values(reader: Reader, watched: Watched, periods: Periods, name: str) -> list[Answer]:
    period = periods.get(name)
    if period is None:
        return []
    found = answers(reader, period, (watched.figure,)).get(watched.figure, [])
    return [answer for answer in found if answer.value is not None]


def _watched(
    watched: Watched, now: Sequence[Answer], then: Mapping[Members, Answer], periods: Periods, name: str
) -> Iterator[Suggestion]:
    worst = _worst(watched, now)
    for answer in now:
        reasons = []
        before = then.get(answer.members)
        if before is not None and before.value and _is_worse(watched, answer, before):
            reasons.append(f"kém hơn năm trước ({in_words(before)})")
        if answer is worst:
            reasons.append("kém nhất trong các cấp")
        if watched.remainder and answer.value != (1 if answer.figure.is_share else 0):
            reasons.append(watched.remainder)
        if reasons:
            yield _suggestion(answer, periods, name, "; ".join(reasons))


def _is_worse(watched: Watched, answer: Answer, other: Answer) -> bool:
    difference = (answer.value or 0) - (other.value or 0)
    return difference > 0 if watched.higher_is_worse else difference < 0


def _worst(watched: Watched, now: Sequence[Answer]) -> Answer | None:
    """Return the share that is worse than all others; counts of levels of different size are not compared."""
    if len(now) < 2 or not now[0].figure.is_share:
        return None
    worst = (max if watched.higher_is_worse else min)(now, key=lambda answer: answer.value or 0)
    return worst if any(_is_worse(watched, worst, other) for other in now) else None


def _lowest(now: Sequence[Answer], periods: Periods, name: str) -> Iterator[Suggestion]:
    """Yield, of each group of members, the agencies that lie lowest, if they lie below the group's mean."""
    groups: dict[object, list[Answer]] = {}
    for answer in now:
        if not any(" " in member for _name, member in answer.members):
            groups.setdefault(answer.members[:-1], []).append(answer)
    for group in groups.values():
        mean = sum(answer.value or 0 for answer in group) / len(group)
        low = sorted(group, key=lambda answer: (answer.value or 0, answer.members))[:LOWEST_SHOWN]
        for answer in low:
            if (answer.value or 0) < mean:
                yield _suggestion(answer, periods, name, f"thấp hơn mức chung của {len(group)} cơ quan")


def _suggestion(answer: Answer, periods: Periods, name: str, why: str) -> Suggestion:
    evidence = Evidence(EvidenceKind.FIGURE, figure=figure_key(answer.figure.id, answer.members), period=name)
    return Suggestion(evidence, figure_name(answer.figure, answer.members, periods[name]), in_words(answer), why)


def finding_suggestions(reader: Reader, periods: Periods) -> list[Suggestion]:
    """Return findings of the year's inspections that were not rectified by its last day."""
    year = periods["year"]
    return [_of_found(found) for found in open_findings(reader, year.first, year.last, FINDINGS_SHOWN)]


def _of_found(found: Found) -> Suggestion:
    return Suggestion(found.evidence, found.name[:1].upper() + found.name[1:], found.words, "phát hiện chưa khắc phục")


@dataclass(frozen=True, slots=True)
class Written:
    """Weaknesses that agencies wrote in one request: the first of them, and how many there are."""

    request: str
    title: str
    question: str
    lines: tuple[tuple[Evidence, AnswerBeside], ...]
    total: int


def written_by_agencies(reader: Reader, first: date, last: date, words: str = "") -> list[Written]:
    """Return what agencies answered to questions for weaknesses, of requests whose days end from ``first`` to ``last``.

    ``words`` are looked for without case, tones and marks. Each request gives at most :data:`ANSWERS_SHOWN`.
    """
    if not reader.may(Permission.SEE_COLLECTION):
        return []
    found = []
    for request in ReportRequest.objects.filter(period_to__range=(first, last)).order_by("-period_to", "code"):
        for question in form_of(request).questions.values():
            if question.kind is not Kind.WEAKNESS:
                continue
            page = answers_beside(reader, request.code, question=question.id, words=words, limit=ANSWERS_SHOWN)
            lines = tuple((_answered(request, line), line) for line in page.lines)
            if lines:
                found.append(Written(request.code, request.title, question.id, lines, page.total))
    return found


def _answered(request: ReportRequest, line: AnswerBeside) -> Evidence:
    return Evidence(EvidenceKind.ANSWER, request=request.code, question=line.question, agency=line.agency)


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """An agency that may be put in charge: its code, its name as people know it, and its level."""

    code: str
    name: str
    level: str


def agency_choices(last: date) -> list[AgencyChoice]:
    """Return the agencies that exist on ``last`` or later, those of the province first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (code) code, name, level FROM agency_periods WHERE valid_through >= %s "
            "AND level <> 'central' ORDER BY code, valid_from DESC",
            [last],
        )
        rows = cursor.fetchall()
    levels = ("province", "district", "commune")
    rows.sort(key=lambda row: (levels.index(row[2]) if row[2] in levels else len(levels), vn_sort_key(row[1])))
    return [AgencyChoice(*row) for row in rows]
