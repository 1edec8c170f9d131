"""What an agency owes: the list of what waits, the form, the check before sending, and the moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.access.rules import Permission
from congvu.collection.filling import Entry
from congvu.collection.queries import PAGE, owing_page
from congvu.collection.rules import Deed, Problem
from congvu.collection.services import MoveNotPossible, NotReady, fill, move
from congvu.collection.sheets import Sheet, open_sheet
from congvu.collection.workbook import make_workbook, take_workbook
from congvu.figures.period import parse_day
from congvu.kernel.clock import VIETNAM
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.press.fillable import FILE_MAX

from ..address import AFTER, place_token
from ..collection_form import SEEN, entries_in, fill_page
from ..collection_lists import owed_listing
from ..collection_page import report_page
from ..collection_words import count_words
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..templating import url

_LIST = "owed"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE = 422
_CLOSE = time(17)
_SAID = {
    Deed.CHECK: gettext_lazy("Đã kiểm tra xong. Xem lại lần cuối rồi gửi."),
    Deed.REOPEN: gettext_lazy("Đã mở lại để sửa."),
    Deed.SUBMIT: gettext_lazy("Đã gửi báo cáo; chờ cơ quan nhận duyệt."),
    Deed.RETURN: gettext_lazy("Đã trả lại; cơ quan đọc được lý do ở trang báo cáo của mình."),
    Deed.ACCEPT: gettext_lazy("Đã duyệt. Số mà cơ quan giữ ở nơi khác nay là số do cơ quan báo cáo."),
    Deed.EXTEND: gettext_lazy("Đã gia hạn."),
}


@needs(Permission.HAND_IN_REPORT)
@require_GET
def mine(request: Seated) -> HttpResponse:
    place = place_asked(request, _LIST)
    after = (datetime.fromisoformat(place[0]), str(place[1]), str(place[2])) if place else None
    page = owing_page(request.reader, mine=True, after=after, limit=rows_asked(request, PAGE))
    token = place_token([page.after[0].isoformat(), *page.after[1:]] if page.after else None, _LIST)
    context = {
        "total": count_words(page.total),
        "next": url("owed", {AFTER: token}) if token else None,
        "first": url("owed") if place else None,
    }
    return show_list(request, "collection/mine.html", owed_listing(request.reader, page), context)


@needs(Permission.SEE_COLLECTION)
@require_GET
def report(request: Seated, code: str, agency: str) -> HttpResponse:
    return _report(request, code, agency)


def _report(request: Seated, code: str, agency: str, refused: Refusal | None = None) -> HttpResponse:
    """Show a report; what was refused stands on top, and what was typed with it stays."""
    context = {
        "page": report_page(request.reader, code, agency),
        "refused": [(words, "") for words in str(refused).split("\n")] if refused else [],
        "typed": request.POST,
        "deeds": Deed,
    }
    return render(request, "collection/report.html", context, status=refused.status if refused else 200)


@needs(Permission.HAND_IN_REPORT)
@require_http_methods(["GET", "POST"])
def report_fill(request: Seated, code: str, agency: str) -> HttpResponse:
    sheet = open_sheet(request.reader, code, agency)
    if request.method == "GET":
        return _fill(request, sheet)
    entries = entries_in(request.POST, sheet.questions)
    try:
        fill(request.reader, code, agency, entries, seen=request.POST.get(SEEN))
    except NotReady as refused:
        return _fill(request, sheet, entries, refused.problems, UNPROCESSABLE)
    except MoveNotPossible as refused:
        return _fill(request, sheet, entries, [Problem("", str(refused))], refused.status)
    if request.POST.get("viec") != "kiem-tra":
        success(request, _("Đã lưu bản soạn. Số từ dữ liệu được tính lại mỗi lần mở."))
        return redirect("web:collection-fill", code=code, agency=agency)
    try:
        move(request.reader, code, agency, Deed.CHECK)
    except NotReady as refused:
        return _fill(request, open_sheet(request.reader, code, agency), None, refused.problems, UNPROCESSABLE)
    success(request, str(_SAID[Deed.CHECK]))
    return redirect("web:collection-report", code=code, agency=agency)


def _fill(
    request: Seated,
    sheet: Sheet,
    entries: Mapping[str, Entry] | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    page = fill_page(request.reader, sheet, entries, problems)
    return render(request, "collection/fill.html", {"page": page, "owing": sheet.owing}, status=status)


@needs(Permission.SEE_COLLECTION)
@require_POST
def report_move(request: Seated, code: str, agency: str) -> HttpResponse:
    sent = request.POST
    try:
        deed = Deed(sent.get("viec", ""))
    except ValueError:
        raise UsageRefusal("Không có việc này. Hãy tải lại trang báo cáo.") from None
    try:
        move(
            request.reader,
            code,
            agency,
            deed,
            reason=sent.get("ly-do", "")[:2000],
            due_at=_new_date(sent.get("han-moi", "")) if deed is Deed.EXTEND else None,
            missing=sent.getlist("con-thieu"),
        )
    except Refusal as refused:
        if refused.status not in (400, 409):
            raise
        return _report(request, code, agency, refused)
    success(request, str(_SAID[deed]))
    return redirect("web:collection-report", code=code, agency=agency)


def _new_date(text: str) -> datetime | None:
    """Return the close of office of the day that was typed."""
    if not text.strip():
        return None
    return datetime.combine(parse_day(text.strip()[:10], "Hạn mới"), _CLOSE, VIETNAM)


@needs(Permission.SEE_COLLECTION)
@require_GET
def workbook(request: Seated, code: str, agency: str) -> HttpResponse:
    content = make_workbook(request.reader, code, agency)
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{code}.xlsx"'},
    )


@needs(Permission.HAND_IN_REPORT)
@require_POST
def workbook_take(request: Seated, code: str, agency: str) -> HttpResponse:
    sheet = open_sheet(request.reader, code, agency)
    upload = request.FILES.get("tep")
    if upload is None:
        return _fill(request, sheet, problems=[Problem("", "Hãy chọn tệp bảng tính đã điền.")], status=UNPROCESSABLE)
    try:
        take_workbook(request.reader, code, agency, upload.read(FILE_MAX + 1))
    except NotReady as refused:
        return _fill(request, sheet, problems=refused.problems, status=UNPROCESSABLE)
    except Refusal as refused:
        if refused.status not in (400, 409):
            raise
        return _fill(request, sheet, problems=[Problem("", str(refused))], status=UNPROCESSABLE)
    success(request, _("Đã nạp bảng tính. Xem lại từng mục rồi kiểm tra."))
    return redirect("web:collection-fill", code=code, agency=agency)
