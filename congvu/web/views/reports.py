"""Reports: drafts, frozen revisions, their files, and the figures of a revision as they were."""

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congvu.access.rules import Permission
from congvu.reports import queries, services
from congvu.reports.queries import ANNUAL

from ..address import place_in, place_token
from ..frozen_rows import frozen_rows
from ..guards import Seated, needs
from ..report_page import draft_page, periods_in, report_file_name, revision_page
from ..templating import url

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@needs(Permission.SEE_REPORTS)
@require_GET
def reports(request: Seated) -> HttpResponse:
    years = [(year, queries.revisions(request.reader, ANNUAL, year)) for year in queries.report_years(ANNUAL)]
    may_write = request.reader.may(Permission.WRITE_REPORT)
    context = {"kind": ANNUAL, "years": [y for y in years if y[1] or may_write], "may_write": may_write}
    return render(request, "reports/reports.html", context)


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft(request: Seated, kind: str, year: int) -> HttpResponse:
    return render(request, "reports/draft.html", {"page": draft_page(request.reader, kind, year)})


@needs(Permission.WRITE_REPORT)
@require_GET
def report_draft_file(request: Seated, kind: str, year: int, form: str) -> HttpResponse:
    files = services.files_of(services.build_report(kind, year, reader=request.reader))
    return download(getattr(files, form), form, report_file_name(year, form))


@needs(Permission.FREEZE_REPORT)
@require_POST
def report_freeze(request: Seated, kind: str, year: int) -> HttpResponse:
    frozen = services.freeze_report(kind, year, reader=request.reader)
    success(request, _("Đã chốt báo cáo năm %(year)s, bản %(number)s.") % {"year": year, "number": frozen.number})
    return redirect("web:report", kind=kind, year=year, number=frozen.number)


@needs(Permission.SEE_REPORTS)
@require_GET
def report(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    revision = queries.get_revision(request.reader, kind, year, number)
    return render(request, "reports/revision.html", {"page": revision_page(request.reader, revision)})


@needs(Permission.SEE_REPORTS)
@require_GET
def report_file(request: Seated, kind: str, year: int, number: int, form: str) -> HttpResponse:
    revision = queries.get_revision(request.reader, kind, year, number)
    return download(services.frozen_file(revision, form), form, report_file_name(year, form, number))


@needs(Permission.SEE_REPORTS)
@require_GET
def report_figure(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    revision = queries.get_revision(request.reader, kind, year, number)
    key, period = request.GET.get("chi-tieu", ""), request.GET.get("ky", "")
    place = f"{kind}-{year}-{number}-{key}-{period}"
    opened = services.open_frozen(revision, key, period, reader=request.reader, after=place_in(request, place))
    query = {"chi-tieu": key, "ky": period, "sau": place_token(opened.after, place)}
    following = url("report-figure", query, kind=kind, year=year, number=number) if opened.after else None
    page = frozen_rows(opened, periods_in(revision)[period], following)
    return render(request, "reports/figure.html", {"page": page, "revision": revision})


def download(content: bytes, form: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
