"""The page of a report's assessment: last year's remedies, weaknesses with evidence, directions, what is suggested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from congvu.access.rules import Permission, Reader
from congvu.assessment.evidence import Evidence, EvidenceRefused, figure_of, look_up, parse_evidence
from congvu.assessment.following import Followed, FollowedDirection, follow_directions, follow_weaknesses
from congvu.assessment.models import ReportWeakness
from congvu.assessment.queries import Assessment, Sheet, get_assessment
from congvu.assessment.rules import EvidenceKind, Outcome
from congvu.assessment.suggestions import (
    Suggestion,
    Written,
    agency_choices,
    figure_suggestions,
    finding_suggestions,
    written_by_agencies,
)
from congvu.figures.period import Period
from congvu.reports.assessed import frozen_values
from congvu.reports.assessing import sheet_of
from congvu.reports.term import Term
from congvu.work.tasks.queries import TaskLine, tasks_by_id

from .assessment_tables import (
    DirectionLine,
    EvidenceShown,
    LastLine,
    State,
    TaskShown,
    WeaknessLine,
    directions_table,
    last_directions_table,
    last_table,
    suggestions_table,
    weaknesses_table,
)
from .listing import Listing, Table
from .templating import url
from .wording import figure_url

EVIDENCE, WORDS = "minh-chung", "tu-khoa"
"""What an address says of evidence to begin with, and of words to look for."""

_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.NOT_DONE: ("late", "✗"),
    Outcome.UNDER_WAY: ("open", "◐"),
    Outcome.DONE: ("good", "✓"),
    Outcome.OBSOLETE: ("out", "⊘"),
}


@dataclass(frozen=True)
class AssessmentPage:
    kind: str
    year: int
    weaknesses: Table
    unproven: int
    directions: Table
    last: Table
    last_directions: Table
    suggestions: Table
    written: tuple[Written, ...]
    words: str
    plan: Any
    may_write: bool
    may_plan: bool

    @property
    def term(self) -> Term:
        return Term(self.year)


def assessment_page(reader: Reader, kind: str, year: int, words: str = "") -> AssessmentPage:
    """Return the assessment of a report as ``reader`` sees it; suggestions are for those who write it.

    Raises
    ------
    NotForThisSeat
    UsageRefusal
        There is no such report.
    """
    this = get_assessment(reader, kind, year)
    sheet, last = sheet_of(kind, year, reader), get_assessment(reader, kind, year - 1)
    may_write = reader.may(Permission.WRITE_REPORT)
    days = sheet.periods["year"]
    followed = follow_weaknesses(reader, last, sheet.periods, frozen_values(last))
    plain_then = sheet_of(kind, year - 1, reader).plain if followed or last.directions else sheet.plain
    tasks = tasks_by_id(reader, _task_ids(this))
    return AssessmentPage(
        kind=kind,
        year=year,
        weaknesses=weaknesses_table([_weakness(reader, one, this, sheet, tasks, days) for one in this.weaknesses]),
        unproven=this.unproven,
        directions=directions_table(
            [
                _direction(
                    FollowedDirection(one, tasks.get(one.record.task_id or "")),
                    this,
                    sheet.plain(one.record.text),
                    days,
                )
                for one in this.directions
            ]
        ),
        last=last_table([_last(one, plain_then, sheet, days) for one in followed], year),
        last_directions=last_directions_table(
            [
                _direction(one, last, plain_then(one.direction.record.text), days)
                for one in follow_directions(reader, last)
            ],
            year,
        ),
        suggestions=suggestions_table(list(_suggestions(reader, sheet)) if may_write else []),
        written=tuple(written_by_agencies(reader, days.first, days.last, words)) if may_write else (),
        words=words,
        plan=this.plan,
        may_write=may_write,
        may_plan=reader.may(Permission.DRAFT_PLAN),
    )


def assessment_listing(page: AssessmentPage) -> Listing:
    found = (page.last, page.last_directions, page.weaknesses, page.directions, page.suggestions)
    tables = tuple(table for table in found if table.rows) or (page.weaknesses,)
    year = str(page.year)
    return Listing(_("Đánh giá và phương hướng năm") + f" {year}", tables, ((_("Năm"), year),))


def _task_ids(assessment: Assessment) -> Iterable[str]:
    yield from (one.task_id for one in assessment.weaknesses if one.task_id)
    yield from (one.record.task_id for one in assessment.directions if one.record.task_id)


def _suggestions(reader: Reader, sheet: Sheet) -> Iterable[tuple[Suggestion, str, str]]:
    """Yield each suggestion with the address of its rows, and of the form that begins with it."""
    for one in (*figure_suggestions(reader, sheet.periods, sheet.before), *finding_suggestions(reader, sheet.periods)):
        form = url("weakness-add", {EVIDENCE: one.evidence.code}, kind=sheet.report, year=sheet.year)
        yield one, evidence_url(one.evidence, sheet), form


def evidence_url(evidence: Evidence, sheet: Sheet) -> str:
    """Return where evidence opens to its rows; empty for none."""
    match evidence.kind:
        case EvidenceKind.FIGURE:
            figure, members = figure_of(evidence)
            return figure_url(figure, members, sheet.periods[evidence.period or "year"])
        case EvidenceKind.FINDING:
            return url("finding", code=evidence.finding)
        case EvidenceKind.ANSWER:
            return url("collection-report", code=evidence.request, agency=evidence.agency)
    return ""


def evidence_shown(reader: Reader, weakness: ReportWeakness, sheet: Sheet) -> EvidenceShown:
    evidence = Evidence.of(weakness)
    kind = str(EvidenceKind(evidence.kind).label)
    if evidence.kind is EvidenceKind.NONE:
        return EvidenceShown(kind, "", "", "", missing=True)
    try:
        found = look_up(reader, evidence, sheet.periods)
    except EvidenceRefused as refusal:
        return EvidenceShown(kind, evidence.code, "", "", gone=str(refusal))
    return EvidenceShown(kind, found.name[:1].upper() + found.name[1:], found.words, evidence_url(evidence, sheet))


def _weakness(
    reader: Reader,
    one: ReportWeakness,
    of: Assessment,
    sheet: Sheet,
    tasks: dict[str, TaskLine],
    days: Period,
) -> WeaknessLine:
    return WeaknessLine(
        number=one.number,
        text=sheet.plain(one.text),
        evidence=evidence_shown(reader, one, sheet),
        remedy=sheet.plain(one.remedy or ""),
        responsible=of.agency_name(one.responsible, one.due_on),
        due_on=one.due_on,
        task=task_shown(tasks.get(one.task_id or ""), days.last),
    )


def _direction(followed: FollowedDirection, of: Assessment, text: str, days: Period) -> DirectionLine:
    one = followed.direction.record
    return DirectionLine(
        number=one.number,
        text=text,
        lead=of.agency_name(one.lead_agency, one.due_on),
        beside=", ".join(of.agency_name(code, one.due_on) for code in followed.direction.cooperating),
        due_on=one.due_on,
        task=task_shown(followed.task, days.last),
    )


def _last(followed: Followed, plain: Any, sheet: Sheet, days: Period) -> LastLine:
    weakness, found = followed.weakness, followed.found
    evidence, kind = Evidence.of(weakness), str(EvidenceKind(weakness.evidence_kind).label)
    missing = evidence.kind is EvidenceKind.NONE
    if found is None:
        shown = EvidenceShown(kind, evidence.code, "", "", gone=_("Không mở được nữa."))
    else:
        name = "" if missing else found.name[:1].upper() + found.name[1:]
        shown = EvidenceShown(kind, name, "", evidence_url(evidence, sheet), missing=missing)
    outcome = followed.outcome
    return LastLine(
        number=weakness.number,
        text=plain(weakness.text),
        remedy=plain(weakness.remedy or ""),
        evidence=shown,
        then=followed.then,
        now=followed.now,
        outcome=(*_OUTCOMES[outcome], str(outcome.label)) if outcome else None,
        outcome_text=weakness.outcome_text or "",
        task=task_shown(followed.task, days.last),
    )


def task_shown(task: TaskLine | None, day: date) -> TaskShown | None:
    """Return a task as it stands on ``day``."""
    if task is None:
        return None
    states: dict[str, State] = {
        "done": ("good", "✓", _("Đã hoàn thành")),
        "late": ("late", "!", _("Quá hạn")),
        "open": ("open", "◷", _("Đang thực hiện")),
    }
    return TaskShown(task.id, states[task.state_on(day)], task.due_on)


# What the forms offer


def evidence_choices(reader: Reader, sheet: Sheet, chosen: str) -> list[tuple[str, str]]:
    """Return the evidence to choose from: none, what is suggested, and ``chosen`` where it is something else."""
    found = [("", str(EvidenceKind.NONE.label))]
    suggested = (*figure_suggestions(reader, sheet.periods, sheet.before), *finding_suggestions(reader, sheet.periods))
    found += [(one.evidence.code, f"{one.name}: {one.words}") for one in suggested]
    if chosen and chosen not in dict(found):
        found.append((chosen, _named(reader, sheet, chosen)))
    return found


def _named(reader: Reader, sheet: Sheet, code: str) -> str:
    try:
        found = look_up(reader, parse_evidence(code), sheet.periods)
    except EvidenceRefused:
        return code
    return f"{found.name}: {found.words}"[:200]


def agency_options(year: int) -> list[tuple[str, str]]:
    """Return the agencies that may be put in charge in the year after ``year``."""
    chosen = [(one.code, f"{one.name} ({one.code})") for one in agency_choices(date(year + 1, 1, 1))]
    return [("", _("— chưa giao —")), *chosen]


def beside_options(year: int, held: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the agencies above the communes, which mostly take part, and those that ``held`` names already."""
    found = [(one.code, one.name) for one in agency_choices(date(year + 1, 1, 1)) if one.level != "commune"]
    return [*found, *((code, code) for code in held if code not in dict(found))]
