"""Matching the columns of a sheet: another sheet or header looked at, columns chosen, the load then looked over."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congvu.access.rules import Permission
from congvu.intake.mappings import MappingShown, get_mapping, save_mapping
from congvu.intake.models import SheetLoad
from congvu.intake.rules import State
from congvu.intake.taking import get_load, loadable, look_again, mapping_of, settle
from congvu.intake.targets import target_tables
from congvu.kernel.errors import Refusal
from congvu.sheets.mapping import Mapping

from .. import mapping_form
from ..forms import CONFLICT, UNPROCESSABLE
from ..guards import Seated, needs
from ..mapping_form import Entered, Problem
from ..sheet_matching_page import MatchingPage

_LOOK, _DEED = "xem-lai", "viec"
_SHEET, _HEADER, _TABLE = "trang", "dong-tieu-de", "bang"
_SHOWN_ON_THE_PAGE = (400, 403, 409, 422)
_ROW_MAX = 1_048_576


@needs(Permission.LOAD_SHEETS)
@require_http_methods(["GET", "POST"])
def sheet_load_match(request: Seated, number: int) -> HttpResponse:
    load = get_load(request.reader, number)
    if load.state not in (State.DRAFT, State.CHECKED):
        return redirect("web:sheet-load", number=number)
    if request.method == "GET":
        return _page(request, load, _entered(request, load))
    if request.POST.get(_DEED) == _LOOK:
        return _look(request, load)
    return _settle(request, load)


def _entered(request: Seated, load: SheetLoad) -> Entered:
    """Return the form as the load has its mapping."""
    saved = _saved(request, load)
    spelled = [text for heading in load.facts["headings"] for text in heading["samples"]]
    return mapping_form.as_entered(
        mapping_of(load),
        target_tables()[load.target],
        spelled=spelled,
        name=saved.name if saved else "",
        exact=bool(saved and (saved.mapping.sheet or saved.mapping.header)),
    )


def _saved(request: Seated, load: SheetLoad) -> MappingShown | None:
    return get_mapping(request.reader, load.saved_code, load.saved_version) if load.saved_code else None


def _page(
    request: Seated, load: SheetLoad, entered: Entered, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    tables = list(loadable(request.reader).values())
    page = MatchingPage(load, target_tables()[load.target], tables, entered, problems or [])
    looked = request.POST if request.POST.get(_DEED) == _LOOK else {}
    context = {
        "page": page,
        "load": load,
        "sheet": looked.get(_SHEET, load.facts["sheet"]),
        "header": looked.get(_HEADER, page.header),
        "chosen": looked.get(_TABLE, load.target),
    }
    return render(request, "sheets/matching.html", context, status=status)


def _look(request: Seated, load: SheetLoad) -> HttpResponse:
    text = request.POST.get(_HEADER, "").strip() or "0"
    sheet, table = request.POST.get(_SHEET, "")[:200], request.POST.get(_TABLE, "")[:100]
    if not (text.isascii() and text.isdigit() and int(text[:8]) <= _ROW_MAX):
        words = f"Dòng tiêu đề «{text[:20]}» phải là số của một dòng, hoặc 0 để tự tìm."
        return _page(request, load, _entered(request, load), [Problem(words, _HEADER)], UNPROCESSABLE)
    try:
        look_again(request.reader, load.number, table=table, sheet=sheet, header=int(text[:8]))
    except Refusal as refusal:
        if refusal.status not in _SHOWN_ON_THE_PAGE:
            raise
        return _page(request, load, _entered(request, load), [Problem(str(refusal), _SHEET)], refusal.status)
    success(request, _("Đã xem lại tệp và ghép cột lại từ đầu."))
    return redirect("web:sheet-load-match", number=load.number)


def _settle(request: Seated, load: SheetLoad) -> HttpResponse:
    table = target_tables()[load.target]
    titles = [heading["title"] for heading in load.facts["headings"]]
    if request.POST.get(_TABLE, load.target) != load.target:
        words = "Bảng dữ liệu của lần nạp này đã được đổi ở nơi khác. Hãy xem lại cách ghép cột."
        return _page(request, load, _entered(request, load), [Problem(words, _TABLE)], CONFLICT)
    entered = mapping_form.as_sent(request.POST, table)
    mapping, problems = mapping_form.mapping_of(entered, table, titles)
    if problems:
        return _page(request, load, entered, problems, UNPROCESSABLE)
    try:
        saved = _kept(request, load, entered, mapping, titles)
        settle(request.reader, load.number, mapping, saved)
    except Refusal as refusal:
        if refusal.status not in _SHOWN_ON_THE_PAGE:
            raise
        return _page(request, load, entered, [Problem(str(refusal), mapping_form.NAME)], refusal.status)
    if saved and (saved.code, saved.version) != (load.saved_code, load.saved_version):
        words = _("Đã lưu bảng ánh xạ «%(name)s», bản %(version)s. Tệp đang được kiểm tra.")
        success(request, words % {"name": saved.name, "version": saved.version})
    return redirect("web:sheet-load", number=load.number)


def _kept(
    request: Seated, load: SheetLoad, entered: Entered, mapping: Mapping, titles: list[str]
) -> MappingShown | None:
    """Return the saved mapping that the load uses: saved now by its name, or the one from before if nothing differs."""
    if entered.name:
        exact = (load.facts["sheet"], int(load.facts["header"][1])) if entered.exact else ("", 0)
        return save_mapping(request.reader, entered.name, replace(mapping, sheet=exact[0], header=exact[1]), titles)
    saved = _saved(request, load)
    same = saved and replace(saved.mapping, sheet="", header=0) == replace(mapping, sheet="", header=0)
    return saved if same else None
