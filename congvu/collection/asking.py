"""Asking agencies for a report: the request, and what each of them owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.figures.period import Cycle, Period
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_day, format_period
from congvu.work.documents.models import Document

from .deadlines import due_at
from .form import Form
from .form_reading import load_form
from .models import ReportObligation, ReportRequest, key_of
from .tiers import agencies_valid_on, owing, province_on

TITLE_LIMIT, NOTE_LIMIT = 300, 2000


class RequestNotPossible(Refusal):
    code = "collection.request_not_possible"
    status = 409


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the ``number``-th period of a year, or a ``period`` of its own."""

    form: str
    year: int | None = None
    number: int = 1
    period: Period | None = None
    title: str = ""
    document: str = ""
    note: str = ""


def period_name(periodicity: Cycle, year: int, number: int) -> str:
    """Return what people call a period: ``tháng 12/2022``, ``quý 3 năm 2022``, ``6 tháng đầu năm 2022``."""
    match periodicity:
        case Cycle.MONTH:
            return f"tháng {number}/{year}"
        case Cycle.QUARTER:
            return f"quý {number} năm {year}"
        case Cycle.HALF_YEAR:
            return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
        case _:
            return f"năm {year}"


def period_asked(form: Form, asked: Asked) -> Period:
    """Return the period that is asked for.

    Raises
    ------
    RequestNotPossible
        Neither a period nor a year is given, or the year has no such period.
    UsageRefusal
        The period is reversed.
    """
    if asked.period is not None:
        return asked.period
    if form.rule is None or asked.year is None:
        raise RequestNotPossible("Hãy cho biết kỳ báo cáo: từ ngày và đến hết ngày.")
    if not 1900 < asked.year < 2199:
        raise RequestNotPossible(f"Năm báo cáo «{asked.year}» phải nằm trong khoảng 1901 đến 2198.")
    number = 1 if form.periods_a_year == 1 else asked.number  # the year's only period needs no number
    if not 1 <= number <= form.periods_a_year:
        raise RequestNotPossible(f"Mẫu này có {form.periods_a_year} kỳ mỗi năm; không có kỳ thứ {asked.number}.")
    return form.rule.period(form.periodicity, asked.year, number)


def open_request(reader: Reader, asked: Asked) -> ReportRequest:
    """Ask every agency that owes the form for its report; the form is kept as it is now.

    Raises
    ------
    NotForThisSeat, FormUnknown, FormNotValid
    RequestNotPossible
        The period is not over the form's rule, overlaps a period already asked for, or nobody owes the form then.
    YearNotCovered
        The calendar does not reach the date by which it is owed.
    """
    require(reader, Permission.COLLECT_REPORTS)
    request, owed = plan_request(asked)
    _write(reader, request, owed)
    return request


def plan_request(asked: Asked) -> tuple[ReportRequest, list[ReportObligation]]:
    """Return what would be asked and owed, not yet stored.

    Raises
    ------
    FormUnknown, FormNotValid, RequestNotPossible, YearNotCovered
        As :func:`open_request` does.
    """
    form = load_form(asked.form)
    period = period_asked(form, asked)
    agencies = agencies_valid_on(period.last)
    province = province_on(agencies)
    if province is None:
        raise RequestNotPossible(f"Ngày {format_day(period.last)} chưa có Ủy ban nhân dân tỉnh nào trong dữ liệu.")
    receivers = owing(form, agencies, province.code)
    if not receivers:
        raise RequestNotPossible(f"Ngày {format_day(period.last)} không có cơ quan nào phải báo cáo theo mẫu này.")
    if asked.document and not Document.objects.filter(pk=asked.document).exists():
        raise RequestNotPossible(f"Không có văn bản «{asked.document[:80]}» trong sổ văn bản.")
    request = ReportRequest(
        code=f"{form.id}-{period.last:%Y%m%d}",
        form=form.id,
        title=(asked.title.strip() or _title(form, asked, period))[:TITLE_LIMIT],
        period_from=period.first,
        period_to=period.last,
        asked_by=province.code,
        document_id=asked.document or None,
        opened_at=clock.now(),
        note=asked.note.strip()[:NOTE_LIMIT] or None,
        source=form.source,
    )
    owed = [
        ReportObligation(
            request=request,
            agency=code,
            receiver=receiver,
            due_at=due_at(period.last, form.terms, agencies[code].level),
        )
        for code, receiver in receivers.items()
    ]
    return request, owed


def _title(form: Form, asked: Asked, period: Period) -> str:
    if asked.period is None and asked.year is not None:
        return f"{form.title} – {period_name(form.periodicity, asked.year, asked.number)}"
    return f"{form.title} – {format_period(period.first, period.last)}"


def _write(reader: Reader, request: ReportRequest, owed: list[ReportObligation]) -> None:
    data = {"form": request.form, "agencies": len(owed)}
    try:
        with (
            transaction.atomic(),
            act("collection:open", actor=reader, subject=(ReportRequest.table(), request.code), data=data) as deed,
        ):
            with deed.changing(ReportRequest, [request.code]):
                request.save(force_insert=True)
            with deed.changing(ReportObligation, [key_of(request.code, one.agency) for one in owed]):
                ReportObligation.objects.bulk_create(owed)
    except IntegrityError:
        raise RequestNotPossible(_overlap(request)) from None


def _overlap(request: ReportRequest) -> str:
    other = ReportRequest.objects.filter(
        form=request.form, period_from__lte=request.period_to, period_to__gte=request.period_from
    ).first()
    days = format_period(request.period_from, request.period_to)
    if other is None:
        return f"Đã có yêu cầu khác mang mã «{request.code}». Hãy chọn kỳ khác."
    if (other.period_from, other.period_to) == (request.period_from, request.period_to):
        return f"Kỳ {days} đã được yêu cầu báo cáo theo mẫu này: «{other.title}»."
    return (
        f"Kỳ {days} trùng ngày với yêu cầu «{other.title}» ({format_period(other.period_from, other.period_to)}). "
        "Hai yêu cầu cùng mẫu không được trùng ngày, nếu không một việc sẽ được báo cáo hai lần."
    )


def current_year_and_number(form: Form, day: date) -> tuple[int, int]:
    """Return the latest period of a form that has ended by ``day``, or is under way in a year that begins then."""
    if form.rule is None:
        return day.year, 1
    candidates = [
        (year, number)
        for year in (day.year - 1, day.year, day.year + 1)
        for number in range(1, form.periods_a_year + 1)
        if form.rule.period(form.periodicity, year, number).last < day
    ]
    return max(candidates)
