"""On what a weakness rests: a figure in its days, a finding, an agency's answer; as a code, and as it stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from congvu.access.rules import Reader
from congvu.access.visibility import visible_to
from congvu.collection.aggregation import Quoted, quote
from congvu.figures.cached import answers
from congvu.figures.compute import AgencyNames, Answer, Members, may_see, parse_key
from congvu.figures.definition import Figure
from congvu.figures.engines import PostgresEngine
from congvu.figures.opening import empty_answer
from congvu.figures.period import Period
from congvu.figures.written import NOTHING, value_in_words
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_day, format_number, format_percent
from congvu.province.models import Level
from congvu.work.indexes.models import IndexFramework
from congvu.work.inspections.facts import FINDINGS

from .models import ReportWeakness
from .rules import EvidenceKind

Periods = Mapping[str, Period]
"""Name -> days, as a report has them."""


class EvidenceRefused(Refusal):
    """What is given as evidence is none, or not for this reader."""

    code = "assessment.evidence_refused"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a weakness rests on; only the fields of its ``kind`` are filled."""

    kind: EvidenceKind = EvidenceKind.NONE
    figure: str | None = None
    period: str | None = None
    finding: str | None = None
    request: str | None = None
    question: str | None = None
    agency: str | None = None

    @classmethod
    def of(cls, weakness: ReportWeakness) -> Evidence:
        return cls(
            weakness.evidence_kind,
            weakness.figure,
            weakness.period,
            weakness.finding_id,
            weakness.request_id,
            weakness.question,
            weakness.agency,
        )

    @property
    def columns(self) -> dict[str, Any]:
        """The evidence as the columns of a weakness; those of other kinds are empty."""
        return {
            "figure": self.figure,
            "period": self.period,
            "finding_id": self.finding,
            "request_id": self.request,
            "question": self.question,
            "agency": self.agency,
        }

    @property
    def code(self) -> str:
        """The evidence in one word, as forms hand it on; empty for none. :func:`parse_evidence` reads it."""
        match self.kind:
            case EvidenceKind.FIGURE:
                return f"figure:{self.period}:{self.figure}"
            case EvidenceKind.FINDING:
                return f"finding:{self.finding}"
            case EvidenceKind.ANSWER:
                return f"answer:{self.request}:{self.question}:{self.agency}"
        return ""


def parse_evidence(code: str) -> Evidence:
    """Return the evidence that ``code`` names; whether there is such a thing is :func:`look_up`'s to say.

    Raises
    ------
    EvidenceRefused
    """
    kind, _, rest = code.strip().partition(":")
    match kind, rest.split(":", 2):
        case "", [""]:
            return Evidence()
        case "figure", [period, *figure] if figure:
            return Evidence(EvidenceKind.FIGURE, figure=":".join(figure), period=period)
        case "finding", _ if rest:
            return Evidence(EvidenceKind.FINDING, finding=rest)
        case "answer", [request, question, agency]:
            return Evidence(EvidenceKind.ANSWER, request=request, question=question, agency=agency)
    raise EvidenceRefused(
        f"Không hiểu minh chứng «{code[:80]}». Hãy chọn trong danh sách, hoặc viết figure:KỲ:CHỈ_TIÊU, "
        "ví dụ figure:year:dossiers.late[level=commune]."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence as it stands: what it is called, its value in words, and what the report writes of it in marks.

    ``value`` is the figure's number (shares in [0, 1]), None for what is no number. ``quoted`` is an agency's answer.
    """

    evidence: Evidence
    name: str
    value: Decimal | None
    words: str
    markup: str
    rectified_on: date | None = None
    quoted: Quoted | None = None


def look_up(reader: Reader, evidence: Evidence, periods: Periods) -> Found:
    """Return what ``evidence`` is and how it stands in ``periods``.

    Raises
    ------
    EvidenceRefused
        There is no such figure, member, period, finding or answer, or the reader may not see it.
    """
    match evidence.kind:
        case EvidenceKind.FIGURE:
            return _figure(reader, evidence, periods)
        case EvidenceKind.FINDING:
            return _finding(reader, evidence)
        case EvidenceKind.ANSWER:
            return _answer(reader, evidence)
    return Found(evidence, str(EvidenceKind.NONE.label), None, "", "")


# Figures


def _figure(reader: Reader, evidence: Evidence, periods: Periods) -> Found:
    figure, members = figure_of(evidence)
    period = periods.get(evidence.period or "")
    if period is None:
        raise EvidenceRefused(f"Báo cáo không có kỳ «{(evidence.period or '')[:80]}».")
    if not may_see(reader, figure):
        raise EvidenceRefused(f"Chỉ tiêu «{figure.name}» không thuộc phạm vi được xem.")
    answer = answer_in(reader, figure, members, period)
    name = figure_name(figure, members, period)
    return Found(evidence, name, as_stored(answer), in_words(answer), _figure_markup(evidence, figure, members, name))


def figure_of(evidence: Evidence) -> tuple[Figure, Members]:
    """Return the figure and members of evidence that is a figure.

    Raises
    ------
    EvidenceRefused
        There is no such figure, or no such member of it.
    """
    try:
        figure, members = parse_key(evidence.figure or "")
    except Refusal as refusal:
        raise EvidenceRefused(str(refusal)) from None
    for dimension, (_name, member) in zip(figure.dimensions, members, strict=True):
        if dimension.choices is not None and member not in dimension.choices.values:
            raise EvidenceRefused(f"Chỉ tiêu «{figure.name}» không có «{dimension.name}={member[:80]}».")
        if not member or any(character in member for character in "[]{}= \t"):
            raise EvidenceRefused(
                f"Chỉ tiêu «{figure.name}»: «{member[:80]}» không viết được thành dấu nên không làm minh chứng được."
            )
    return figure, members


def answer_in(reader: Reader, figure: Figure, members: Members, period: Period) -> Answer:
    """Return one member's answer; a member without rows has its figure's empty value."""
    found = answers(reader, period, (figure.id,)).get(figure.id, [])
    return next((answer for answer in found if answer.members == members), empty_answer(figure, members))


def as_stored(answer: Answer) -> Decimal | None:
    return None if answer.value is None else round(Decimal(answer.value), 10)


def in_words(answer: Answer) -> str:
    """Return ``907 hồ sơ``, ``99,50%``, or that nothing occurred."""
    words = value_in_words(answer)
    if answer.figure.is_share or answer.value is None:
        return words
    return f"{words} {answer.figure.unit}"


def value_words(figure: Figure, value: Decimal | float | None) -> str:
    """Return a stored value of ``figure`` as :func:`in_words` writes one that was just counted."""
    if value is None:
        return NOTHING
    if figure.is_share:
        return format_percent(value)
    whole = Decimal(value) == Decimal(value).to_integral_value()
    return f"{format_number(value, 0 if whole else 2)} {figure.unit}"


def figure_name(figure: Figure, members: Members, period: Period) -> str:
    """Return ``Hồ sơ giải quyết trễ hạn, cấp xã``; of an index: its framework's title and the agency."""
    words = str(figure.name)
    for dimension, (_name, member) in zip(figure.dimensions, members, strict=True):
        if dimension.choices is not None:
            label = str(dict(dimension.choices.choices).get(member, member))
            # a level reads on after a comma; other members would be taken for a part of the figure's name
            words += f"{', ' if dimension.choices is Level else ' – '}{label[:1].lower()}{label[1:]}"
        elif dimension.is_agency:
            names = AgencyNames.load(PostgresEngine(), period)
            words += f", {names.names.get(names.id_of(member, period), member)}"
        elif dimension.name == "framework":
            words = IndexFramework.objects.filter(pk=member).values_list("title", flat=True).first() or words
        else:
            words += f" – {member}"
    return words


def figure_mark(evidence: Evidence) -> str:
    """Return the mark of a figure: ``[[dossiers.late level=commune period=dossiers]]``."""
    figure, members = figure_of(evidence)
    options = [f"{name}={member}" for name, member in members]
    if evidence.period != "year":
        options.append(f"period={evidence.period}")
    return f"[[{' '.join([figure.id, *options])}]]"


def _figure_markup(evidence: Evidence, figure: Figure, members: Members, name: str) -> str:
    unit = "" if figure.is_share else f" {figure.unit}"
    days = f", từ ngày [[from {evidence.period}]] đến ngày [[to {evidence.period}]]"
    return f"{name[:1].lower()}{name[1:]}: {figure_mark(evidence)}{unit}{'' if evidence.period == 'year' else days}"


# Findings


def _finding(reader: Reader, evidence: Evidence) -> Found:
    found = _findings(reader, "id = %s", [evidence.finding])
    if not found:
        raise EvidenceRefused(f"Không tìm thấy phát hiện kiểm tra «{(evidence.finding or '')[:80]}».")
    return found[0]


def open_findings(reader: Reader, first: date, last: date, limit: int) -> list[Found]:
    """Return the findings of inspections begun from ``first`` to ``last`` that were not rectified by ``last``."""
    return _findings(
        reader,
        "date_from BETWEEN %s AND %s AND (rectified_on IS NULL OR rectified_on > %s)",
        [first, last, last],
        limit,
    )


def finding_words(reader: Reader, finding: str, last: date) -> str:
    """Return a finding as a report of days up to ``last`` writes it.

    Raises
    ------
    EvidenceRefused
    """
    found = _finding(reader, Evidence(EvidenceKind.FINDING, finding=finding))
    rectified = found.rectified_on is not None and found.rectified_on <= last
    return f"{found.name}, {finding_state(found.rectified_on if rectified else None)}"


def finding_state(rectified_on: date | None) -> str:
    return f"đã khắc phục ngày {format_day(rectified_on)}" if rectified_on else "chưa khắc phục"


def _findings(reader: Reader, where: str, bound: list[Any], limit: int = 1) -> list[Found]:
    visible = visible_to(reader, FINDINGS)
    params: list[Any] = [*bound, *visible.params, limit]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text, coalesce(agency_name, agency_code, ''), date_from, rectified_on FROM fact_findings "
            f"WHERE {where} AND {visible.sql} ORDER BY due_on NULLS LAST, id LIMIT %s",
            params,
        )
        return [_found_finding(*row) for row in cursor.fetchall()]


def _found_finding(id_: str, text: str, agency: str, day: date, rectified_on: date | None) -> Found:
    words = " ".join(text.split()).rstrip(".").translate(_PLAIN)
    name = f"kiểm tra tại {agency} ngày {format_day(day)}: {words}"
    evidence = Evidence(EvidenceKind.FINDING, finding=id_)
    return Found(evidence, name, None, finding_state(rectified_on), f"[[finding {id_}]]", rectified_on)


_PLAIN = str.maketrans("[]{}", "()()")


# Answers


def _answer(reader: Reader, evidence: Evidence) -> Found:
    request, question, agency = evidence.request or "", evidence.question or "", evidence.agency or ""
    try:
        quoted = quote(reader, request, question, agency)
    except Refusal as refusal:
        raise EvidenceRefused(str(refusal)) from None
    markup = f"[[note source {request} {question} {agency}]]"
    return Found(evidence, quoted.source, None, quoted.text, markup, None, quoted)
