"""Weaknesses, remedies and directions of a report, and the plan that is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.access.rules import Permission
from congvu.assessment import services
from congvu.assessment.evidence import Evidence
from congvu.assessment.planning import check_plan, make_plan
from congvu.assessment.queries import Assessment, AssessmentNotFound, get_assessment, get_direction, get_weakness, seen
from congvu.assessment.rules import Outcome
from congvu.kernel import clock
from congvu.reports.assessing import sheet_of
from congvu.reports.queries import ANNUAL, report_years
from congvu.work.inspections.queries import get_finding
from congvu.work.tasks.queries import tasks_of_plan
from congvu.work.tasks.rules import NewTask
from congvu.work.tasks.services import PlanNotPossible, issue_plan

from ..assessment_forms import DirectionForm, IssueForm, OutcomeForm, WeaknessForm, written
from ..assessment_page import (
    EVIDENCE,
    WORDS,
    agency_options,
    assessment_listing,
    assessment_page,
    beside_options,
    evidence_choices,
)
from ..assessment_tables import plan_listing
from ..forms import posted
from ..guards import Seated, needs
from ..list_export import show_list

UNPROCESSABLE, CONFLICT = 422, 409
_BOTH = ["GET", "POST"]


@needs(Permission.SEE_ASSESSMENT)
@require_GET
def assessments(request: Seated) -> HttpResponse:
    year = max(report_years(ANNUAL), default=clock.today().year)
    return redirect("web:assessment", kind=ANNUAL, year=year)


@needs(Permission.SEE_FIGURES)
@require_GET
def finding(request: Seated, code: str) -> HttpResponse:
    return render(request, "assessment/finding.html", {"found": get_finding(request.reader, code)})


@needs(Permission.SEE_ASSESSMENT)
@require_GET
def assessment(request: Seated, kind: str, year: int) -> HttpResponse:
    page = assessment_page(request.reader, kind, year, request.GET.get(WORDS, "")[:200])
    return show_list(request, "assessment/assessment.html", assessment_listing(page), {"page": page})


# Weaknesses


@needs(Permission.WRITE_REPORT)
@require_http_methods(_BOTH)
def weakness_add(request: Seated, kind: str, year: int) -> HttpResponse:
    return _weakness(request, kind, year, None)


@needs(Permission.WRITE_REPORT)
@require_http_methods(_BOTH)
def weakness(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    if request.POST.get("action") == "delete":
        sheet = sheet_of(kind, year, request.reader)
        return _removed(request, kind, year, lambda: services.remove_weakness(request.reader, sheet, number))
    return _weakness(request, kind, year, number)


def _weakness(request: Seated, kind: str, year: int, number: int | None) -> HttpResponse:
    reader, sheet = request.reader, sheet_of(kind, year, request.reader)
    initial: dict[str, Any] = {"evidence": request.GET.get(EVIDENCE, "")[:500]}
    if number is not None:
        found = get_weakness(reader, kind, year, number)
        initial = {
            "text": found.text,
            "evidence": Evidence.of(found).code,
            "remedy": found.remedy,
            "responsible": found.responsible,
            "due_on": found.due_on.isoformat() if found.due_on else "",
            "before": seen(found),
        }
    chosen = request.POST.get("evidence", initial["evidence"])[:500]
    form = WeaknessForm(
        posted(request),
        initial=initial,
        evidence=evidence_choices(reader, sheet, chosen),
        agencies=agency_options(year),
    )

    def deed() -> None:
        if number is None:
            services.add_weakness(reader, sheet, form.entry())
        else:
            before = form.cleaned_data["before"]
            services.change_weakness(reader, sheet, number, form.entry(), before=before)

    if request.method == "POST" and written(form, deed, evidence=_evidence_field(form)):
        success(request, _("Đã ghi hạn chế."))
        return redirect("web:assessment", kind=kind, year=year)
    context = {"kind": kind, "year": year, "number": number, "form": form}
    return render(request, "assessment/weakness.html", context, status=_status(request))


def _evidence_field(form: WeaknessForm) -> str:
    return "other" if form.is_valid() and form.cleaned_data["other"] else "evidence"


@needs(Permission.WRITE_REPORT)
@require_POST
def weakness_move(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    sheet = sheet_of(kind, year, request.reader)
    services.move_weakness(request.reader, sheet, number, up=request.POST.get("huong") == "len")
    return redirect("web:assessment", kind=kind, year=year)


@needs(Permission.WRITE_REPORT)
@require_http_methods(_BOTH)
def outcome(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    found = get_weakness(request.reader, kind, year, number)
    sheet = sheet_of(kind, year, request.reader)
    initial = {
        "outcome": found.outcome or Outcome.NOT_DONE,
        "outcome_text": found.outcome_text,
        "before": seen(found),
    }
    form = OutcomeForm(posted(request), initial=initial)

    def deed() -> None:
        given = form.cleaned_data
        words, before = given["outcome_text"], given["before"]
        services.write_outcome(request.reader, kind, year, number, Outcome(given["outcome"]), words, before=before)

    if request.method == "POST" and written(form, deed):
        success(request, _("Đã ghi kết quả của giải pháp."))
        return redirect("web:assessment", kind=kind, year=year + 1)
    context = {
        "kind": kind,
        "year": year,
        "number": number,
        "form": form,
        "text": sheet.plain(found.text),
        "remedy": sheet.plain(found.remedy or ""),
    }
    return render(request, "assessment/outcome.html", context, status=_status(request))


# Directions


@needs(Permission.WRITE_REPORT)
@require_http_methods(_BOTH)
def direction_add(request: Seated, kind: str, year: int) -> HttpResponse:
    return _direction(request, kind, year, None)


@needs(Permission.WRITE_REPORT)
@require_http_methods(_BOTH)
def direction(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    if request.POST.get("action") == "delete":
        sheet = sheet_of(kind, year, request.reader)
        return _removed(request, kind, year, lambda: services.remove_direction(request.reader, sheet, number))
    return _direction(request, kind, year, number)


def _direction(request: Seated, kind: str, year: int, number: int | None) -> HttpResponse:
    reader, sheet = request.reader, sheet_of(kind, year, request.reader)
    initial: dict[str, Any] = {}
    beside = beside_options(year)
    if number is not None:
        found = get_direction(reader, kind, year, number)
        offered = dict(beside)
        initial = {
            "text": found.record.text,
            "lead_agency": found.record.lead_agency,
            "cooperating": [code for code in found.cooperating if code in offered],
            "others": ", ".join(code for code in found.cooperating if code not in offered),
            "due_on": found.record.due_on.isoformat() if found.record.due_on else "",
            "before": seen(found),
        }
    form = DirectionForm(posted(request), initial=initial, agencies=agency_options(year), beside=beside)

    def deed() -> None:
        if number is None:
            services.add_direction(reader, sheet, form.entry())
        else:
            services.change_direction(reader, sheet, number, form.entry(), before=form.cleaned_data["before"])

    if request.method == "POST" and written(form, deed):
        success(request, _("Đã ghi phương hướng."))
        return redirect("web:assessment", kind=kind, year=year)
    context = {"kind": kind, "year": year, "number": number, "form": form}
    return render(request, "assessment/direction.html", context, status=_status(request))


@needs(Permission.WRITE_REPORT)
@require_POST
def direction_move(request: Seated, kind: str, year: int, number: int) -> HttpResponse:
    sheet = sheet_of(kind, year, request.reader)
    services.move_direction(request.reader, sheet, number, up=request.POST.get("huong") == "len")
    return redirect("web:assessment", kind=kind, year=year)


def _removed(request: Seated, kind: str, year: int, remove: Callable[[], None]) -> HttpResponse:
    remove()
    success(request, _("Đã xóa."))
    return redirect("web:assessment", kind=kind, year=year)


def _status(request: Seated) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200


# The plan


@needs(Permission.DRAFT_PLAN)
@require_http_methods(_BOTH)
def plan(request: Seated, kind: str, year: int) -> HttpResponse:
    sheet = sheet_of(kind, year, request.reader)
    status = 200
    if request.method == "POST":
        try:
            made, added = make_plan(request.reader, sheet)
        except PlanNotPossible:  # the page says all of it anew
            status = CONFLICT
        else:
            words = ngettext(
                "Đã lập dự thảo «%(plan)s»: thêm %(count)s nhiệm vụ.",
                "Đã lập dự thảo «%(plan)s»: thêm %(count)s nhiệm vụ.",
                added,
            )
            success(request, words % {"plan": made.title, "count": added})
            return redirect("web:plan", kind=kind, year=year)
    return _plan_page(request, kind, year, IssueForm(), status)


@needs(Permission.DRAFT_PLAN)
@require_POST
def plan_issue(request: Seated, kind: str, year: int) -> HttpResponse:
    drafted = get_assessment(request.reader, kind, year).plan
    if drafted is None:
        raise AssessmentNotFound("Báo cáo này chưa có kế hoạch. Hãy lập dự thảo kế hoạch trước.")
    form = IssueForm(request.POST)
    if written(form, lambda: issue_plan(request.reader, drafted.pk, form.cleaned_data["document"])):
        success(request, _("Đã ghi văn bản ban hành kế hoạch."))
        return redirect("web:plan", kind=kind, year=year)
    return _plan_page(request, kind, year, form, UNPROCESSABLE)


def _plan_page(request: Seated, kind: str, year: int, form: IssueForm, status: int) -> HttpResponse:
    check = check_plan(request.reader, sheet_of(kind, year, request.reader))
    names = get_assessment(request.reader, kind, year)
    context = {
        "kind": kind,
        "year": year,
        "check": check,
        "form": form,
    }
    new = [(one.task, _names(names, one.task)) for one in check.tasks]
    listing = plan_listing(check.year, new, tasks_of_plan(request.reader, check.plan.pk) if check.plan else [])
    return show_list(request, "assessment/plan.html", listing, context, status=status)


def _names(of: Assessment, task: NewTask) -> tuple[str, str]:
    """Return the lead of a task, and those who take part, as people know them."""
    beside = ", ".join(of.agency_name(code, task.due_on) for code in task.cooperating)
    return of.agency_name(task.lead_agency, task.due_on), beside
