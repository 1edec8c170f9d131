"""What holds of a dossier's instants, whoever writes them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from congvu.kernel.format import format_instant

Standing = Literal["withdrawn", "open", "overdue", "on time", "late"]


@dataclass(frozen=True, slots=True)
class Instants:
    """The instants of one dossier that decide how it stands."""

    received_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    withdrawn: bool


def standing(dossier: Instants, now: datetime) -> Standing:
    """Return how a dossier stands at ``now``; one without a due instant is never late (contract, figures)."""
    if dossier.withdrawn:
        return "withdrawn"
    at = dossier.finished_at or now
    late = dossier.due_at is not None and at > dossier.due_at
    if dossier.finished_at is None:
        return "overdue" if late else "open"
    return "late" if late else "on time"


def why_not_finish_at(dossier: Instants, finished_at: datetime, reason: str, now: datetime) -> str | None:
    """Return in Vietnamese why the finish of ``dossier`` cannot be corrected so; None where it can."""
    if dossier.withdrawn:
        return "Hồ sơ do người nộp rút nên không có thời điểm giải quyết xong để đính chính."
    if dossier.finished_at is None:
        return "Hồ sơ chưa giải quyết xong nên chưa có gì để đính chính."
    if finished_at < dossier.received_at:
        return (
            f"Thời điểm giải quyết xong ({format_instant(finished_at)}) phải không trước lúc tiếp nhận "
            f"({format_instant(dossier.received_at)})."
        )
    if finished_at > now:
        return f"Thời điểm giải quyết xong phải không sau lúc này ({format_instant(now)})."
    if not reason.strip():
        return "Hãy nêu lý do đính chính; lý do được ghi vào nhật ký."
    if finished_at == dossier.finished_at:
        return "Thời điểm mới giống thời điểm đang ghi. Hãy nhập thời điểm đúng."
    return None
