"""What happened to a record, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.figures.facts import FACTS
from congvu.intake.targets import target_tables
from congvu.journal.queries import ActShown, ChangeShown
from congvu.kernel.format import format_instant, format_time
from congvu.work.dossiers.models import EventKind
from congvu.work.dossiers.queries import EventShown

from .listing import NONE


@dataclass(frozen=True, slots=True)
class Sentence:
    at: datetime
    time: str
    words: str
    note: str


def event_sentence(event: EventShown) -> Sentence:
    """Return ``08:12 Bà Hoàng Thị Lan: Chuyển bước (Phòng Tài nguyên)`` as its parts."""
    who = ", ".join(part for part in (event.officer, event.agency) if part)
    deed = str(EventKind(event.kind).label)
    return Sentence(event.at, format_time(event.at), f"{deed} – {who}" if who else deed, event.note or "")


@dataclass(frozen=True, slots=True)
class ColumnChange:
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    act: ActShown
    changes: tuple[ColumnChange, ...]


def history_lines(history: Iterable[tuple[ActShown, ChangeShown]]) -> list[HistoryLine]:
    return [HistoryLine(act, column_changes(change)) for act, change in history]


def column_changes(change: ChangeShown) -> tuple[ColumnChange, ...]:
    """Return each column that changed, in the words of the fact over its table where there is one."""
    before, after = change.before or {}, change.after or {}
    columns = list(dict.fromkeys((*before, *after)))
    return tuple(ColumnChange(column_name(change.table, c), _value(before, c), _value(after, c)) for c in columns)


def column_name(table: str, column: str) -> str:
    fact = next((fact for fact in FACTS if fact.table == table), None)
    found = next((c for c in fact.columns if c.name == column and c.label), None) if fact else None
    if found:
        return str(found.label)
    called = target_tables().get(table)
    return next((target.label for target in called.targets if target.name == column), column) if called else column


def table_name(table: str) -> str:
    """Return what a table's records are called."""
    fact = next((fact for fact in FACTS if fact.table == table), None)
    return str(fact.title) if fact else str(_WITHOUT_FACT.get(table, table))


_WITHOUT_FACT = {
    "officers": gettext_lazy("Cán bộ, công chức, viên chức"),
    "posts": gettext_lazy("Chức vụ"),
    "document_relations": gettext_lazy("Quan hệ giữa các văn bản"),
    "dossier_events": gettext_lazy("Diễn biến hồ sơ"),
    "index_frameworks": gettext_lazy("Bộ chỉ số"),
    "index_criteria": gettext_lazy("Tiêu chí của bộ chỉ số"),
    "task_cooperations": gettext_lazy("Cơ quan phối hợp thực hiện nhiệm vụ"),
    "x_closings": gettext_lazy("Kỳ số liệu đã chốt"),
    "x_report_issues": gettext_lazy("Báo cáo đã phát hành"),
    "x_report_answers": gettext_lazy("Câu trả lời trong báo cáo của cơ quan"),
    "x_report_moves": gettext_lazy("Bước xử lý báo cáo của cơ quan"),
    "x_report_obligations": gettext_lazy("Báo cáo mà cơ quan phải gửi"),
    "x_report_requests": gettext_lazy("Yêu cầu báo cáo"),
    "x_report_urgings": gettext_lazy("Đôn đốc báo cáo"),
    "x_report_weaknesses": gettext_lazy("Hạn chế, giải pháp của báo cáo"),
    "x_report_directions": gettext_lazy("Phương hướng của báo cáo"),
    "x_report_direction_agencies": gettext_lazy("Cơ quan phối hợp của phương hướng"),
    "x_report_plans": gettext_lazy("Kế hoạch lập từ báo cáo"),
    "x_report_pending": gettext_lazy("Chỉ tiêu đang tổng hợp của báo cáo"),
    "x_report_periods": gettext_lazy("Kỳ số liệu của báo cáo"),
    "report_drafts": gettext_lazy("Dự thảo báo cáo"),
    "x_sheet_mappings": gettext_lazy("Bảng ánh xạ"),
    "x_agency_aliases": gettext_lazy("Tên gọi khác của cơ quan"),
    "x_report_slots": gettext_lazy("Văn bản được viện dẫn trong báo cáo"),
}
"""Tables over which no fact stands; a test checks that every record has a name."""


def _value(values: Mapping[str, Any], column: str) -> str:
    value = values.get(column)
    if value is None:
        return NONE
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, str) and column.endswith("_at"):
        return format_instant(datetime.fromisoformat(value))
    return str(value)
