"""Reads of reports: drafts for those who write them, frozen revisions for those who may see reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from congvu.access.rules import SYSTEM, Permission, Reader
from congvu.figures.period import Cycle, Period
from congvu.kernel import clock
from congvu.kernel.errors import UsageRefusal
from congvu.press.model import Document

from .models import Draft, ReportIssue, ReportSlot, Revision
from .sources import Sources
from .stored import from_json, key_of
from .template import Template, load_template
from .term import PARTS, Term

ANNUAL = "annual"


def periods_of(kind: str, year: int, *, part: int = 0) -> dict[str, Period]:
    """Return the named periods of a report: those stored with it, else the calendar year."""
    return Sources.read(load_template(kind), year, SYSTEM, part=part).periods


def terms_of(template: Template) -> list[Term]:
    """Return the terms of a type for which something was prepared, drafted or frozen, and the two latest begun."""
    parts, known = PARTS[template.cycle], _stored(template.kind)
    found = {Term(year, template.cycle, part) for year, part in known if bool(part) == bool(parts) and part <= parts}
    latest = _latest(template.cycle, max(found, default=None))
    return sorted({*found, *latest}, reverse=True)


def report_years(kind: str) -> list[int]:
    """Return the years for which something of a type was prepared, drafted or frozen, the latest first."""
    return sorted({year for year, _part in _stored(kind)}, reverse=True)


def _stored(kind: str) -> set[tuple[int, int]]:
    rows = (ReportSlot.objects, Draft.objects, Revision.objects)
    return {pair for one in rows for pair in one.filter(report=kind).values_list("year", "part")}


def _latest(cycle: Cycle, last: Term | None) -> list[Term]:
    today = clock.today()
    if cycle is Cycle.ON_REQUEST:
        return [last.beside(1) if last and last.year == today.year else Term(today.year, cycle, 1)]
    begun = Term(today.year, cycle, 1 if PARTS[cycle] else 0)
    while begun.beside(1).days.first <= today:
        begun = begun.beside(1)
    return [begun, begun.beside(-1)]


def revisions(reader: Reader, kind: str, year: int, *, part: int = 0) -> list[Revision]:
    """Return the frozen revisions that ``reader`` may see, the latest first."""
    if not reader.may(Permission.SEE_REPORTS):
        return []
    found = Revision.objects.filter(report=kind, year=year, part=part)
    return list(found.order_by("-number").defer("document", "figures"))


def revisions_of_kind(reader: Reader, kind: str) -> list[Revision]:
    """Return every frozen revision of a type without its text, as far as ``reader`` may see it, the latest first."""
    if not reader.may(Permission.SEE_REPORTS):
        return []
    return list(Revision.objects.filter(report=kind).order_by("-number").defer("document", "marks", "figures"))


def issues_of_kind(reader: Reader, kind: str) -> list[ReportIssue]:
    return list(ReportIssue.objects.filter(report=kind)) if reader.may(Permission.SEE_REPORTS) else []


def published(reader: Reader) -> list[tuple[ReportIssue, Revision]]:
    """Return the reports that are public with their revisions, the latest first."""
    if not reader.may(Permission.SEE_REPORTS):
        return []
    issues = ReportIssue.objects.filter(published_on__isnull=False).order_by("-published_on", "-number")
    frozen = {
        (one.report, one.year, one.part, one.number): one
        for one in Revision.objects.filter(report__in={issue.report for issue in issues}).defer("marks", "figures")
    }
    return [
        (issue, frozen[key])
        for issue in issues
        if (key := (issue.report, issue.year, issue.part, issue.revision)) in frozen
    ]


def get_revision(reader: Reader, kind: str, year: int, number: int, *, part: int = 0) -> Revision:
    """Return one frozen revision; absent and not-yours are the same 404. Its type of report need not exist any more."""
    found = Revision.objects.filter(report=kind, year=year, part=part, number=number).first()
    if found is None or not reader.may(Permission.SEE_REPORTS):
        raise Http404("Không tìm thấy báo cáo.")
    return found


def part_of(kind: str, term: Term) -> int:
    """Return the part of the year that an address names; refuse one that the type of report does not have."""
    template = load_template(kind)
    if template.cycle is not term.cycle:
        example = Term(term.year, template.cycle, 1 if PARTS[template.cycle] else 0)
        raise UsageRefusal(
            f"Loại báo cáo này không lập cho {term.words}; hãy viết địa chỉ như {kind}/{example.address}/."
        )
    return template.term(term.year, term.part).part


def frozen_document(revision: Revision) -> Document:
    document: Document = from_json(revision.document)
    return document


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that two revisions (or a revision and the draft) state differently."""

    key: str
    period: str
    before: Any
    after: Any


def differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Difference]:
    """Return where two lists of figures (as frozen) differ, in the order of the later one."""

    def values(figures: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
        return {(key_of(f), f["period"]): f["value"] for f in figures}

    old, new = values(before), values(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(key, period, old.get((key, period)), new.get((key, period)))
        for key, period in keys
        if old.get((key, period)) != new.get((key, period))
    ]
