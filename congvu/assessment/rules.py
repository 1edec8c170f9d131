"""What holds of weaknesses and directions: what became of a remedy, and what cannot be written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

TEXT_LIMIT = 4000
NAME_LIMIT = 200
EARLIEST, LATEST = date(1901, 1, 1), date(2199, 12, 31)


class Outcome(TextChoices):
    """What became of a remedy."""

    NOT_DONE = "not_done", _("Chưa thực hiện")
    UNDER_WAY = "under_way", _("Đang thực hiện")
    DONE = "done", _("Đã thực hiện")
    OBSOLETE = "obsolete", _("Không còn phù hợp")


class EvidenceKind(TextChoices):
    """On what a weakness rests."""

    NONE = "none", _("Chưa có minh chứng")
    FIGURE = "figure", _("Chỉ tiêu")
    FINDING = "finding", _("Phát hiện qua kiểm tra")
    ANSWER = "answer", _("Cơ quan báo cáo")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be written down; ``field`` is what it is about, empty for the whole."""

    field: str
    words: str


def problems_of_text(field: str, what: str, text: str, *, required: bool = True) -> list[Problem]:
    """Return why ``text`` cannot stand for ``what`` (a Vietnamese noun)."""
    if required and not text:
        return [Problem(field, f"{what}: chưa có chữ; hãy viết nội dung.")]
    if len(text) > TEXT_LIMIT:
        return [Problem(field, f"{what}: dài hơn {TEXT_LIMIT} chữ cái; hãy viết gọn lại hoặc tách thành nhiều ý.")]
    if text.startswith(("=", "- ")):
        return [Problem(field, f"{what}: bắt đầu bằng chữ, không bằng dấu «=» hay «- »; báo cáo tự đặt dấu đầu dòng.")]
    return []


def problems_of_due(due_on: date | None, field: str = "due_on") -> list[Problem]:
    """Return why a day cannot be one by which something is to be done."""
    if due_on is not None and not EARLIEST <= due_on <= LATEST:
        return [Problem(field, f"Thời hạn {due_on:%d/%m/%Y} phải nằm trong các năm 1901 đến 2199.")]
    return []


def tidied(text: str) -> str:
    """Return words as they are stored: blanks as one, no full stop at the end, since the report sets its own."""
    return " ".join(text.replace("\x00", "").split()).rstrip(" .;")
