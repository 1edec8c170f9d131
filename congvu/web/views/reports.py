"""Reports: drafts, frozen revisions, their files, and the figures of a revision as they were."""

from datetime import date
from typing import Protocol

from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.access.rules import Permission, Reader
from congvu.figures.opening import PAGE
from congvu.kernel import clock
from congvu.reports import issuing, queries, services
from congvu.reports.models import ReportIssue, Revision
from congvu.reports.queries import part_of
from congvu.reports.term import Term

from ..address import place_token
from ..forms import IssueForm, Noted, accepted
from ..frozen_rows import frozen_listing, frozen_rows
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..report_page import draft_page, periods_in, report_file_name, revision_page
from ..reports_page import reports_listing, reports_page
from ..templating import url


class _Deed(Protocol):
    """Issuing a frozen revision, or making it public, on a day."""

    def __call__(
        self, kind: str, year: int, number: int, day: date, /, *, reader: Reader, part: int
    ) -> ReportIssue: ...


_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@needs(Permission.SEE_REPORTS)
@require_GET
def reports(request: Seated) -> HttpResponse:
    page = reports_page(request.reader)
    return show_list(request, "reports/reports.html", reports_listing(page), {"page": page})


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft(request: Seated, kind: str, term: Term) -> HttpResponse:
    return render(request, "reports/draft.html", {"page": draft_page(request.reader, kind, term)})


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft_file(request: Seated, kind: str, term: Term, form: str) -> HttpResponse:
    files = services.files_of(services.build_report(kind, term.year, reader=request.reader, part=part_of(kind, term)))
    return download(getattr(files, form), form, report_file_name(term, form))


@needs(Permission.FREEZE_REPORT)
@require_POST
def report_freeze(request: Seated, kind: str, term: Term) -> HttpResponse:
    frozen = services.freeze_report(kind, term.year, reader=request.reader, part=part_of(kind, term))
    success(request, _("Đã chốt báo cáo %(term)s, bản %(number)s.") % {"term": term.words, "number": frozen.number})
    return redirect("web:report", kind=kind, term=term, number=frozen.number)


@needs(Permission.SEE_REPORTS)
@require_GET
def report(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    return _revision_page(request, _revision(request, kind, term, number), IssueForm(initial={"day": clock.today()}))


@needs(Permission.ISSUE_REPORT)
@require_POST
def report_issue(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    return _issue(request, _revision(request, kind, term, number), issuing.issue_report, _("Đã phát hành: số %s."))


@needs(Permission.ISSUE_REPORT)
@require_POST
def report_publish(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    return _issue(
        request, _revision(request, kind, term, number), issuing.publish_report, _("Đã công bố văn bản số %s.")
    )


def _issue(request: Seated, revision: Revision, deed: _Deed, done: str) -> HttpResponse:
    form = IssueForm(request.POST)

    def write() -> ReportIssue:
        day: date = form.cleaned_data["day"]
        return deed(revision.report, revision.year, revision.number, day, reader=request.reader, part=revision.part)

    noted = Noted(write)
    if not accepted(form, noted):
        return _revision_page(request, revision, form, status=noted.status)
    success(request, done % noted.result)
    return redirect("web:report", kind=revision.report, term=revision.term, number=revision.number)


def _revision_page(request: Seated, revision: Revision, form: IssueForm, *, status: int = 200) -> HttpResponse:
    context = {"page": revision_page(request.reader, revision), "form": form}
    return render(request, "reports/revision.html", context, status=status)


@needs(Permission.SEE_REPORTS)
@require_GET
def report_file(request: Seated, kind: str, term: Term, number: int, form: str) -> HttpResponse:
    revision = _revision(request, kind, term, number)
    return download(services.frozen_file(revision, form), form, report_file_name(term, form, number))


@needs(Permission.SEE_REPORTS)
@require_GET
def report_figure(request: Seated, kind: str, term: Term, number: int) -> HttpResponse:
    revision = _revision(request, kind, term, number)
    key, period = request.GET.get("chi-tieu", ""), request.GET.get("ky", "")
    place = f"{kind}-{term.slug}-{number}-{key}-{period}"
    opened = services.open_frozen(
        revision,
        key,
        period,
        reader=request.reader,
        limit=rows_asked(request, PAGE),
        after=place_asked(request, place),
    )
    query = {"chi-tieu": key, "ky": period, "sau": place_token(opened.after, place)}
    following = url("report-figure", query, kind=kind, term=term, number=number) if opened.after else None
    page = frozen_rows(opened, periods_in(revision)[period], following)
    scope = _("Báo cáo %(term)s, bản %(number)s") % {"term": term.words, "number": number}
    listing = frozen_listing(page, scope, revision.frozen_at)
    return show_list(request, "reports/figure.html", listing, {"page": page, "revision": revision})


def _revision(request: Seated, kind: str, term: Term, number: int) -> Revision:
    found = queries.get_revision(request.reader, kind, term.year, number, part=term.part)
    if found.term != term:
        raise Http404("Không tìm thấy báo cáo.")
    return found


def download(content: bytes, form: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
