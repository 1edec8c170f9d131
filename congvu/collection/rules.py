"""What holds of reports that agencies owe: their states, the table of moves, and who may make which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How far an agency's report has come."""

    DRAFT = "draft", _("Đang soạn")
    CHECKED = "checked", _("Đã kiểm tra, chờ gửi")
    SUBMITTED = "submitted", _("Đã gửi, chờ duyệt")
    RETURNED = "returned", _("Bị trả lại")
    ACCEPTED = "accepted", _("Đã duyệt")


class Deed(TextChoices):
    """What can be done to an agency's report."""

    CHECK = "check", _("Kiểm tra xong")
    REOPEN = "reopen", _("Sửa tiếp")
    SUBMIT = "submit", _("Gửi báo cáo")
    RETURN = "return", _("Trả lại")
    ACCEPT = "accept", _("Duyệt")
    EXTEND = "extend", _("Gia hạn")


class Side(StrEnum):
    """Who makes a move: the agency that owes the report, or the one that receives it."""

    OWN = "own"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Move:
    """``after`` is None where the state stays as it is."""

    deed: Deed
    side: Side
    before: frozenset[State]
    after: State | None
    needs_reason: bool = False


EDITABLE = frozenset({State.DRAFT, State.RETURNED})
HANDED_IN = frozenset({State.SUBMITTED, State.ACCEPTED})
_OPEN = frozenset(State) - {State.ACCEPTED}

MOVES: dict[Deed, Move] = {
    move.deed: move
    for move in (
        Move(Deed.CHECK, Side.OWN, EDITABLE, State.CHECKED),
        Move(Deed.REOPEN, Side.OWN, frozenset({State.CHECKED}), State.DRAFT),
        Move(Deed.SUBMIT, Side.OWN, frozenset({State.CHECKED}), State.SUBMITTED),
        Move(Deed.RETURN, Side.RECEIVER, frozenset({State.SUBMITTED}), State.RETURNED, needs_reason=True),
        Move(Deed.ACCEPT, Side.RECEIVER, frozenset({State.SUBMITTED}), State.ACCEPTED),
        Move(Deed.EXTEND, Side.RECEIVER, _OPEN, None, needs_reason=True),
    )
}
"""The whole way of a report; the service that applies it is :mod:`congvu.collection.services`."""


def why_not(deed: Deed, state: State, reason: str) -> str | None:
    """Return why the deed is refused in this state, None where it may be done."""
    move = MOVES[deed]
    if state not in move.before:
        return _REFUSED.get((deed, state)) or (
            f"Báo cáo đang ở trạng thái «{state.label}» nên không «{deed.label}» được. Hãy tải lại trang."
        )
    if move.needs_reason and not reason.strip():
        return f"Hãy nêu lý do {deed.label.lower()}; cơ quan sẽ đọc lý do này."
    return None


_REFUSED = {
    (Deed.SUBMIT, State.SUBMITTED): "Báo cáo này đã được gửi và đang chờ duyệt; không gửi hai lần. "
    "Muốn sửa, hãy đề nghị cơ quan nhận trả lại.",
    (Deed.SUBMIT, State.ACCEPTED): "Báo cáo này đã được duyệt; không gửi lại được.",
    (Deed.SUBMIT, State.DRAFT): "Hãy kiểm tra báo cáo trước khi gửi.",
    (Deed.SUBMIT, State.RETURNED): "Báo cáo bị trả lại: hãy sửa rồi kiểm tra trước khi gửi lại.",
}


def why_not_extend(due_at: datetime, new: datetime) -> str | None:
    """Return why a report's date cannot become ``new``."""
    if new <= due_at:
        return "Hạn mới phải sau hạn đang có hiệu lực."
    return None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a filled form: ``question`` names the field, empty where it is about several."""

    question: str
    words: str


def states_words(states: Any) -> str:
    """Return the names of some states, in the order of the way."""
    return ", ".join(str(state.label) for state in State if state in states)
