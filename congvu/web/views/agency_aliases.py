"""Other names of agencies: listed, added, forgotten."""

from __future__ import annotations

from django.contrib.messages import success
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congvu.access.rules import Permission
from congvu.intake.aliases import AliasNotTaken, aliases, forget, remember
from congvu.intake.queries import entries_of

from ..forms import UNPROCESSABLE, AliasForm, accepted, posted
from ..guards import Seated, needs
from ..list_export import show_list
from ..sheet_lists import aliases_listing
from ..sheet_words import code_in, entry_words

_ALIAS = "ten-goi"


@needs(Permission.LOAD_SHEETS)
@require_http_methods(["GET", "POST"])
def agency_aliases(request: Seated) -> HttpResponse:
    form, entries = AliasForm(posted(request)), entries_of("agencies")

    def add() -> None:
        code = code_in(form.cleaned_data["agency"], entries)
        if code is None:
            typed = form.cleaned_data["agency"][:80]
            raise AliasNotTaken(
                f"Không có cơ quan «{typed}», hoặc có nhiều cơ quan cùng tên. Hãy chọn trong danh sách."
            )
        remember(request.reader, form.cleaned_data["spelled"], code)

    if request.method == "POST" and accepted(form, add):
        success(request, _("Đã ghi nhớ tên gọi; các tệp nạp từ nay đọc được tên này."))
        return redirect("web:agency-aliases")
    context = {"form": form, "entries": [entry_words(*entry) for entry in entries]}
    status = UNPROCESSABLE if form.is_bound else 200
    return show_list(request, "sheets/aliases.html", aliases_listing(aliases()), context, status=status)


@needs(Permission.LOAD_SHEETS)
@require_POST
def agency_alias_forget(request: Seated) -> HttpResponse:
    forget(request.reader, request.POST.get(_ALIAS, "").replace("\x00", "")[:600])
    success(request, _("Đã bỏ tên gọi này; dữ liệu đã nạp giữ nguyên."))
    return redirect("web:agency-aliases")
