"""The navigation, grouped by what people do. An entry is shown to those whose seat may use the page behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congvu.access.rules import Permission, Reader

P = Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """``route`` is also the beginning of the names of the pages below it; a public page needs no permission."""

    label: Any
    route: str
    permission: Permission | None


GROUPS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (_("Việc của tôi"), (Entry(_("Báo cáo phải gửi, phải duyệt"), "web:owed", P.HAND_IN_REPORT),)),
    (
        _("Số liệu, báo cáo"),
        (
            Entry(_("Bảng điều hành"), "web:board", P.SEE_BOARD),
            Entry(_("Danh mục chỉ tiêu"), "web:figures", P.SEE_FIGURES),
            Entry(_("Chốt số liệu"), "web:closings", P.SEE_CLOSINGS),
            Entry(_("Chế độ báo cáo"), "web:collection", P.SEE_COLLECTION),
            Entry(_("Gánh nặng báo cáo"), "web:burden", P.SEE_COLLECTION),
            Entry(pgettext_lazy("plural", "Báo cáo"), "web:reports", P.SEE_REPORTS),
            Entry(_("Đánh giá và phương hướng"), "web:assessments", P.SEE_ASSESSMENT),
            Entry(_("Kiểm tra số liệu"), "web:checking", None),
        ),
    ),
    (
        _("Trao đổi dữ liệu"),
        (
            Entry(_("Nạp bảng tính"), "web:sheet-loads", P.LOAD_SHEETS),
            Entry(_("Bảng ánh xạ"), "web:sheet-mappings", P.LOAD_SHEETS),
            Entry(_("Tên gọi khác của cơ quan"), "web:agency-aliases", P.LOAD_SHEETS),
            Entry(_("Biểu mẫu trống"), "web:blank-forms", P.LOAD_SHEETS),
        ),
    ),
    (
        _("Quản trị"),
        (
            Entry(_("Người dùng, phân quyền"), "web:users", P.MANAGE_USERS),
            Entry(pgettext_lazy("plural", "Cơ quan"), "web:agencies", P.SEE_AGENCIES),
            Entry(_("Nhật ký"), "web:journal", P.SEE_JOURNAL),
        ),
    ),
)

BELOW = {
    "web:figure": "web:figures",
    "web:dossier": "web:figures",
    "web:dossier-correct": "web:figures",
    "web:collection-open": "web:collection",
    "web:collection-request": "web:collection",
    "web:aggregation": "web:collection",
    "web:collection-report": "web:collection",
    "web:collection-fill": "web:collection",
    "web:collection-take": "web:collection",
    "web:collection-move": "web:collection",
    "web:agency": "web:agencies",
    "web:user": "web:users",
    "web:user-create": "web:users",
    "web:user-password": "web:users",
    "web:act": "web:journal",
    "web:closing": "web:closings",
    "web:closing-close": "web:closings",
    "web:closing-figure": "web:closings",
    "web:closing-late": "web:closings",
    "web:closing-reopen": "web:closings",
    "web:finding": "web:figures",
    "web:assessment": "web:assessments",
    "web:weakness-add": "web:assessments",
    "web:weakness": "web:assessments",
    "web:remedy-outcome": "web:assessments",
    "web:direction-add": "web:assessments",
    "web:direction": "web:assessments",
    "web:plan": "web:assessments",
    "web:plan-issue": "web:assessments",
    "web:sheet-load": "web:sheet-loads",
    "web:sheet-load-match": "web:sheet-loads",
    "web:sheet-load-start": "web:sheet-loads",
    "web:sheet-load-drop": "web:sheet-loads",
    "web:sheet-load-teach": "web:sheet-loads",
    "web:sheet-load-withdraw": "web:sheet-loads",
    "web:sheet-mapping": "web:sheet-mappings",
    "web:agency-alias-forget": "web:agency-aliases",
    "web:report-draft": "web:reports",
    "web:report-word": "web:reports",
    "web:report-drafts": "web:reports",
    "web:report-draft-changes": "web:reports",
    "web:report-paragraph": "web:reports",
    "web:report-paragraph-add": "web:reports",
    "web:report": "web:reports",
    "web:report-figure": "web:reports",
    "web:report-issue": "web:reports",
    "web:report-publish": "web:reports",
}
"""Page -> the entry under which it lies, so that the navigation shows where one is."""


def groups_for(reader: Reader) -> list[tuple[Any, list[Entry]]]:
    """Return the groups with those entries that the reader's seat may use; no empty group."""
    found = [
        (title, [e for e in entries if e.permission is None or reader.may(e.permission)]) for title, entries in GROUPS
    ]
    return [(title, entries) for title, entries in found if entries]


def home_for(reader: Reader) -> str:
    """Return the route where the reader's work begins: the first entry of their navigation that is not for all."""
    return next(e.route for _title, entries in groups_for(reader) for e in entries if e.permission is not None)
