"""The page of all reports: what is public, and every type with its terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from congvu.access.rules import Permission, Reader
from congvu.reports.models import ReportIssue, Revision
from congvu.reports.queries import issues_of_kind, published, revisions_of_kind, terms_of
from congvu.reports.template import Template, all_templates
from congvu.reports.term import Term


@dataclass(frozen=True, slots=True)
class RevisionLine:
    revision: Revision
    issue: ReportIssue | None


@dataclass(frozen=True, slots=True)
class TermLine:
    term: Term
    revisions: tuple[RevisionLine, ...]


@dataclass(frozen=True, slots=True)
class TypeTable:
    kind: str
    name: str
    lines: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is public, under its number."""

    issue: ReportIssue
    revision: Revision


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """``problems`` say what is wrong with the folders of types that cannot be read."""

    published: tuple[Published, ...]
    types: tuple[TypeTable, ...]
    problems: tuple[str, ...]
    may_write: bool


def reports_page(reader: Reader) -> ReportsPage:
    """Return what ``reader`` may see: drafts for those who write reports, frozen revisions for the others."""
    templates, problems = all_templates()
    may_write = reader.may(Permission.WRITE_REPORT)
    tables = [_table(reader, template, may_write=may_write) for template in templates]
    return ReportsPage(
        published=tuple(Published(issue, revision) for issue, revision in published(reader)),
        types=tuple(table for table in tables if table.lines),
        problems=tuple(problems) if may_write else (),
        may_write=may_write,
    )


def _table(reader: Reader, template: Template, *, may_write: bool) -> TypeTable:
    issues = {(issue.year, issue.part, issue.revision): issue for issue in issues_of_kind(reader, template.kind)}
    by_term: dict[Term, list[RevisionLine]] = defaultdict(list)
    for revision in revisions_of_kind(reader, template.kind):
        issue = issues.get((revision.year, revision.part, revision.number))
        by_term[revision.term].append(RevisionLine(revision, issue))
    terms = {*by_term, *(terms_of(template) if may_write else ())}
    lines = tuple(TermLine(term, tuple(by_term[term])) for term in sorted(terms, reverse=True))
    return TypeTable(template.kind, template.name, lines)
