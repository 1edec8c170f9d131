"""Loads of spreadsheets: the list, the file that is sent, one load by its state, and what is done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congvu.access.rules import Permission
from congvu.intake.files import SIZE_MAX
from congvu.intake.mappings import saved_mappings
from congvu.intake.models import SheetLoad
from congvu.intake.notes import marked_file
from congvu.intake.queries import LISTED, PAGE, entries_of, loads_page
from congvu.intake.rules import STATE_NAMES, Severity, State
from congvu.intake.taking import begin, drop, get_load, loadable, start, teach
from congvu.intake.targets import target_tables
from congvu.intake.withdrawing import dependents, withdraw
from congvu.kernel.errors import Refusal, UsageRefusal

from ..address import AFTER, place_token
from ..forms import UNPROCESSABLE, Noted, ReasonForm, SheetForm, accepted, posted
from ..guards import Seated, needs
from ..list_export import place_asked, rows_asked, show_list
from ..mapping_form import value_in
from ..sheet_lists import loads_listing
from ..sheet_load_page import LEFT_EMPTY, load_page
from ..sheet_words import code_in, state_of, target_of
from ..templating import url
from ..uploads import is_too_large, takes_files_up_to

_LIST, _STATE = "sheet-loads", "tinh-trang"
_SHOWN_ON_THE_PAGE = (400, 409, 422)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_REFRESH_SECONDS = 2
_MEANING, _COLUMN, _TEXT = "nghia", "cot", "chu"
_ANSWERS_MAX, _LONGEST = 100, 300


@takes_files_up_to(SIZE_MAX)
@needs(Permission.LOAD_SHEETS)
@require_http_methods(["GET", "POST"])
def sheet_loads(request: Seated) -> HttpResponse:
    tables, saved = list(loadable(request.reader).values()), saved_mappings(request.reader)
    form = SheetForm(
        posted(request),
        request.FILES or None,
        tables=[(table.name, table.label) for table in tables],
        mappings=[(one.code, one.name) for one in saved],
        is_too_large=is_too_large(request),
        size_max=SIZE_MAX,
    )
    begun: list[SheetLoad] = []
    if request.method == "POST" and accepted(form, lambda: begun.append(_begin(request, form))):
        success(request, _("Đã nhận tệp. Xem những gì tìm thấy, rồi ghép cột."))
        return redirect("web:sheet-load", number=begun[0].number)
    state = _state_in(request)
    name = f"{_LIST}-{state or ''}"
    place, limit = place_asked(request, name), rows_asked(request, PAGE)
    found = loads_page(request.reader, state=state, before=int(place[0]) if place else None, limit=limit)
    shown, more = found[:limit], len(found) > limit
    token = place_token([shown[-1].number], name) if more else None
    kept = {_STATE: state.value if state else ""}
    context = {
        "form": form,
        "limit": SIZE_MAX // 1_000_000,
        "state": state.value if state else "",
        "states": {"": _("Tất cả")} | {one.value: words for one, words in STATE_NAMES.items()},
        "next": url("sheet-loads", kept | {AFTER: token}) if token else None,
        "first": url("sheet-loads", kept) if place else None,
    }
    listing, status = loads_listing(shown, state, more=more), UNPROCESSABLE if form.is_bound else 200
    return show_list(request, "sheets/loads.html", listing, context, status=status)


def _begin(request: Seated, form: SheetForm) -> SheetLoad:
    file = form.cleaned_data["file"]
    table, saved = form.wanted
    try:
        return begin(request.reader, file.read(), file.name, table=table, saved=saved)
    except Refusal as refusal:
        if refusal.status not in _SHOWN_ON_THE_PAGE:
            raise
        raise UsageRefusal(str(refusal)) from refusal


def _state_in(request: Seated) -> State | None:
    text = request.GET.get(_STATE, "")
    try:
        return State(text) if text else None
    except ValueError:
        raise UsageRefusal(f"Không có tình trạng «{text[:40]}». Hãy chọn trong danh sách.") from None


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_load(request: Seated, number: int) -> HttpResponse:
    return _page(request, number)


def _page(
    request: Seated,
    number: int,
    refused: Refusal | None = None,
    answers: dict[tuple[str, str], tuple[str, str]] | None = None,
) -> HttpResponse:
    """Show a load; what was refused stands on top, and what was typed with it stays."""
    page = load_page(request, request.reader, get_load(request.reader, number), answers=answers)
    context = {
        "page": page,
        "load": page.load,
        "refused": [(words, "") for words in str(refused).split("\n")] if refused else [],
    }
    status, own = refused.status if refused else 200, url("sheet-load", number=number)
    reply = show_list(request, "sheets/load.html", page.listing, context, status=status, page=own)
    if page.waits:
        reply["Refresh"] = f"{_REFRESH_SECONDS}; url={own}"
    return reply


def _done(request: Seated, number: int, deed: Callable[[], object], said: str) -> HttpResponse:
    try:
        deed()
    except Refusal as refusal:
        if refusal.status not in _SHOWN_ON_THE_PAGE:
            raise
        return _page(request, number, refusal)
    success(request, said)
    return redirect("web:sheet-load", number=number)


@needs(Permission.LOAD_SHEETS)
@require_POST
def sheet_load_start(request: Seated, number: int) -> HttpResponse:
    only_right = request.POST.get("rieng") == "1"
    reason = _clean(request.POST.get("ly-do", ""), 2000)
    return _done(
        request,
        number,
        lambda: start(request.reader, number, only_right=only_right, reason=reason),
        _("Đã nhận lệnh nạp. Trang này cho biết đã nạp đến đâu."),
    )


@needs(Permission.LOAD_SHEETS)
@require_POST
def sheet_load_drop(request: Seated, number: int) -> HttpResponse:
    return _done(
        request, number, lambda: drop(request.reader, number), _("Đã bỏ lần nạp này; chưa ghi gì vào dữ liệu.")
    )


@needs(Permission.LOAD_SHEETS)
@require_POST
def sheet_load_teach(request: Seated, number: int) -> HttpResponse:
    """Take what texts of the sheet mean; those left open are asked again."""
    load = get_load(request.reader, number)
    meant: dict[tuple[str, str], str] = {}
    typed: dict[tuple[str, str], tuple[str, str]] = {}
    entries = {table: entries_of(table) for table in LISTED}
    for at in range(_ANSWERS_MAX):
        column, text = request.POST.get(f"{_COLUMN}.{at}", ""), _clean(request.POST.get(f"{_TEXT}.{at}", ""), 500)
        words = _clean(request.POST.get(f"{_MEANING}.{at}", ""), _LONGEST)
        target = target_of(target_tables()[load.target], column)
        if target is None or not text or not words or not (target.values or target.refers):
            continue
        listed = entries.get(target.refers)
        if words == LEFT_EMPTY and target.values and not target.required:
            value: str | None = ""
        else:
            value = code_in(words, listed) if listed is not None else value_in(target, words)
        if value is None:
            typed[column, text] = words, _("Không có «%(words)s». Hãy chọn trong danh sách.") % {"words": words}
        else:
            meant[column, text] = value
            typed[column, text] = words, ""
    problems = [problem for _words, problem in typed.values() if problem]
    if problems:
        return _page(request, number, UsageRefusal("\n".join(problems)), typed)
    if not meant:
        return _page(request, number, UsageRefusal("Hãy cho biết nghĩa của ít nhất một từ."), typed)
    return _done(
        request, number, lambda: teach(request.reader, number, meant), _("Đã ghi nghĩa của từ; tệp được kiểm tra lại.")
    )


def _clean(text: str, most: int) -> str:
    return " ".join(re.sub("[\x00-\x1f\x7f]", " ", text).split())[:most]


@needs(Permission.LOAD_SHEETS)
@require_http_methods(["GET", "POST"])
def sheet_load_withdraw(request: Seated, number: int) -> HttpResponse:
    load = get_load(request.reader, number)
    form = ReasonForm(posted(request))
    deed = Noted(lambda: withdraw(request.reader, number, form.cleaned_data["reason"]))
    if request.method == "POST" and accepted(form, deed):
        success(request, _("Đã rút lần nạp này. Dữ liệu trở lại như trước khi nạp."))
        return redirect("web:sheet-load", number=number)
    possible = load.state == State.LOADED
    context = {
        "load": load,
        "form": form,
        "table": target_tables()[load.target],
        "state": state_of(load.state),
        "possible": possible,
        "dependents": dependents(request.reader, number) if possible else [],
    }
    return render(request, "sheets/withdraw.html", context, status=deed.status if form.is_bound else 200)


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_load_errors(request: Seated, number: int) -> HttpResponse:
    load = get_load(request.reader, number)
    if not load.counts.get(Severity.ERROR.value):
        raise Http404("Lần nạp này không có ô nào sai.")
    return _attached(marked_file(load), _XLSX, f"loi-{PurePosixPath(load.file_name).stem}.xlsx")


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_load_rest(request: Seated, number: int) -> HttpResponse:
    load = get_load(request.reader, number)
    if load.rest is None:
        raise Http404("Lần nạp này không để lại dòng nào.")
    return _attached(bytes(load.rest.content), _XLSX, f"con-lai-{PurePosixPath(load.file_name).stem}.xlsx")


@needs(Permission.LOAD_SHEETS)
@require_GET
def sheet_load_file(request: Seated, number: int) -> HttpResponse:
    load = get_load(request.reader, number)
    return _attached(bytes(load.file.content), "application/octet-stream", load.file_name)


def _attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=_ODD.sub("_", name).strip() or "tep")
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition or ""})
