"""The page of all reports: what is public, and every type with its terms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congvu.access.rules import Permission, Reader
from congvu.kernel.format import format_day, format_instant
from congvu.reports.models import ReportIssue, Revision
from congvu.reports.queries import issues_of_kind, published, revisions_of_kind, terms_of
from congvu.reports.template import Template, all_templates
from congvu.reports.term import Term

from .listing import Cell, Listing, Row, Rows, Table, columns, day, link, text
from .listing import lines as lines_of
from .templating import url


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
    table: Table


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is public, under its number."""

    issue: ReportIssue
    revision: Revision


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """``problems`` say what is wrong with the folders of types that cannot be read."""

    published: Table | None
    types: tuple[TypeTable, ...]
    problems: tuple[str, ...]
    may_write: bool


def reports_page(reader: Reader) -> ReportsPage:
    """Return what ``reader`` may see: drafts for those who write reports, frozen revisions for the others."""
    templates, problems = all_templates()
    may_write = reader.may(Permission.WRITE_REPORT)
    tables = [_table(reader, template, may_write=may_write) for template in templates]
    return ReportsPage(
        published=_published([Published(issue, revision) for issue, revision in published(reader)]),
        types=tuple(one for one in tables if one.table.rows),
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
    lines = [TermLine(term, tuple(by_term[term])) for term in sorted(terms, reverse=True)]

    def row(line: TermLine) -> Row:
        words = line.term.words
        draft = link(
            _("Mở dự thảo %(term)s") % {"term": words}, url("report-draft", kind=template.kind, term=line.term)
        )
        frozen = lines_of([_revision(one) for one in line.revisions], empty=_("chưa có"))
        name = Cell(words[:1].upper() + words[1:])
        return Row((name, draft, frozen) if may_write else (name, frozen))

    titles = (_("Kỳ"), _("Dự thảo"), _("Bản đã chốt")) if may_write else (_("Kỳ"), _("Bản đã chốt"))
    name = _("Các kỳ:") + f" {template.name}"
    return TypeTable(template.kind, template.name, Table(template.name, columns(*titles), Rows(row, lines), name))


def _revision(one: RevisionLine) -> Cell:
    revision, issue = one.revision, one.issue
    if issue is None:
        note = "(" + pgettext("report", "chốt lúc") + f" {format_instant(revision.frozen_at)})"
    else:
        parts = [issue.symbol, format_day(issue.issued_on), _("đã công bố") if issue.published_on else ""]
        note = f"({', '.join(part for part in parts if part)})"
    return Cell(_("Bản") + f" {revision.number}", url=_address(revision), note=note)


def _published(found: list[Published]) -> Table | None:
    def row(one: Published) -> Row:
        issue = one.issue
        title = text(one.revision.document["title"])
        return Row((link(issue.symbol, _address(one.revision)), day(issue.issued_on), title, day(issue.published_on)))

    titles = columns(_("Số, ký hiệu"), _("Ngày phát hành"), _("Trích yếu"), _("Công bố ngày"))
    return Table(_("Đã công bố"), titles, Rows(row, found), _("Báo cáo đã công bố")) if found else None


def _address(revision: Revision) -> str:
    return url("report", kind=revision.report, term=revision.term, number=revision.number)


def reports_listing(page: ReportsPage) -> Listing:
    tables = tuple(one.table for one in page.types)
    return Listing(pgettext("plural", "Báo cáo"), (page.published, *tables) if page.published else tables)
