"""Procedures and dossiers: what is offered at the one-stop desks and how it is handled."""

from typing import Any

import ibis.expr.types as ir
from django.utils.translation import gettext_lazy as _

from congvu.work.dossiers.facts import DOSSIERS
from congvu.work.procedures.facts import PROCEDURE_CHANGES, PROCEDURE_LEVELS, PROCEDURES
from congvu.work.procedures.models import Change, HandlingLevel

from ..definition import Asked, Count, Dimension, Figure, share_of
from .direction import LEVEL

_DECISION = ("decision", "symbol")
_ONE_STOP = _("Nghị định số 61/2018/NĐ-CP; mẫu số là hồ sơ đã giải quyết xong trong kỳ.")


def _in_force(t: ir.Table, asked: Asked) -> Any:
    return (t.valid_from <= asked.last) & (t.valid_to.isnull() | (t.valid_to >= asked.last))


_received = Count(DOSSIERS, lambda t, asked: asked.holds(t.received_on), statements="dossiers.received")
_received_rows = Count(DOSSIERS, lambda t, asked: asked.holds(t.received_on))
_finished = Count(
    DOSSIERS,
    lambda t, asked: asked.holds(t.finished_on) & (t.outcome != "withdrawn"),
    statements="dossiers.finished",
)
# without a due instant a dossier is never late
_on_time = share_of(
    _finished, lambda t, asked: t.due_at.isnull() | (t.finished_at <= t.due_at), statements="dossiers.on_time"
)
_late = share_of(_finished, lambda t, asked: t.finished_at > t.due_at, statements="dossiers.late")
_pending = Count(
    DOSSIERS,
    lambda t, asked: (t.received_on <= asked.last) & (t.finished_on.isnull() | (t.finished_on > asked.last)),
)


def _dossiers(name: str, label: Any, sentence: Any, numerator: Count, **more: Any) -> Figure:
    return Figure(
        id=f"dossiers.{name}",
        name=label,
        sentence=sentence,
        unit="%" if "denominator" in more else _("hồ sơ"),
        dimensions=(LEVEL,),
        numerator=numerator,
        **more,
    )


FIGURES = (
    Figure(
        id="procedures.decisions",
        name=_("Quyết định công bố thủ tục hành chính"),
        sentence=_(
            "Quyết định có thay đổi danh mục thủ tục có hiệu lực trong kỳ, không kể phê duyệt quy trình nội bộ."
        ),
        unit=_("quyết định"),
        numerator=Count(
            PROCEDURE_CHANGES,
            lambda t, asked: asked.holds(t.effective_on) & (t.change != "internal_process"),
            distinct=_DECISION,
        ),
    ),
    Figure(
        id="procedures.changed",
        name=_("Lượt thủ tục được công bố, sửa đổi, bãi bỏ"),
        sentence=_(
            "Cặp quyết định, thủ tục theo loại thay đổi có hiệu lực trong kỳ, không kể phê duyệt quy trình nội bộ."
        ),
        unit=_("thủ tục"),
        dimensions=(Dimension("change", "change", _("Loại thay đổi"), Change),),
        # a row's key is (decision, procedure, change): within one member every row is a distinct pair
        numerator=Count(
            PROCEDURE_CHANGES,
            lambda t, asked: asked.holds(t.effective_on) & (t.change != "internal_process"),
        ),
    ),
    Figure(
        id="procedures.internal_process_decisions",
        name=_("Quyết định phê duyệt quy trình nội bộ"),
        sentence=_("Quyết định phê duyệt quy trình nội bộ giải quyết thủ tục có hiệu lực trong kỳ."),
        unit=_("quyết định"),
        numerator=Count(
            PROCEDURE_CHANGES,
            lambda t, asked: asked.holds(t.effective_on) & (t.change == "internal_process"),
            distinct=_DECISION,
        ),
    ),
    Figure(
        id="procedures.in_force",
        name=_("Thủ tục hành chính đang có hiệu lực"),
        sentence=_("Thủ tục hành chính có hiệu lực vào ngày cuối kỳ."),
        unit=_("thủ tục"),
        numerator=Count(PROCEDURES, _in_force),
    ),
    Figure(
        id="procedures.in_force_by_level",
        name=_("Thủ tục hành chính đang có hiệu lực theo cấp"),
        sentence=_("Thủ tục có hiệu lực vào ngày cuối kỳ, theo cấp giải quyết; một thủ tục có thể thuộc nhiều cấp."),
        unit=_("thủ tục"),
        dimensions=(Dimension("level", "level", _("Cấp giải quyết"), HandlingLevel),),
        numerator=Count(PROCEDURE_LEVELS, _in_force),
    ),
    _dossiers(
        "received", _("Hồ sơ tiếp nhận"), _("Hồ sơ tiếp nhận trong kỳ, theo cấp của cơ quan tiếp nhận."), _received
    ),
    _dossiers(
        "carried_over",
        _("Hồ sơ kỳ trước chuyển qua"),
        _("Hồ sơ tiếp nhận trước kỳ và chưa giải quyết xong khi kỳ bắt đầu."),
        Count(
            DOSSIERS,
            lambda t, asked: (t.received_on < asked.first) & (t.finished_on.isnull() | (t.finished_on >= asked.first)),
        ),
    ),
    _dossiers(
        "finished",
        _("Hồ sơ đã giải quyết xong"),
        _("Hồ sơ giải quyết xong trong kỳ, không kể hồ sơ người nộp rút."),
        _finished,
    ),
    _dossiers(
        "on_time",
        _("Hồ sơ giải quyết trước hạn, đúng hạn"),
        _("Hồ sơ giải quyết xong trong kỳ không muộn hơn thời điểm hẹn trả đang áp dụng."),
        _on_time,
        policy="instant",
        source=_ONE_STOP,
    ),
    _dossiers(
        "early",
        _("Hồ sơ giải quyết trước hạn"),
        _("Hồ sơ đúng hạn, giải quyết xong vào một ngày trước ngày hẹn trả."),
        share_of(_finished, lambda t, asked: (t.finished_at <= t.due_at) & (t.finished_on < t.due_on)),
        policy="instant",
    ),
    _dossiers(
        "late",
        _("Hồ sơ giải quyết trễ hạn"),
        _("Hồ sơ giải quyết xong trong kỳ, muộn hơn thời điểm hẹn trả đang áp dụng."),
        _late,
        policy="instant",
        source=_ONE_STOP,
    ),
    _dossiers(
        "on_time_rate",
        _("Tỷ lệ giải quyết hồ sơ đúng hạn"),
        _("Hồ sơ giải quyết trước hạn, đúng hạn chia cho hồ sơ đã giải quyết xong trong kỳ."),
        _on_time,
        denominator=_finished,
        policy="instant",
        source=_ONE_STOP,
    ),
    _dossiers(
        "late_rate",
        _("Tỷ lệ giải quyết hồ sơ trễ hạn"),
        _("Hồ sơ giải quyết trễ hạn chia cho hồ sơ đã giải quyết xong trong kỳ."),
        _late,
        denominator=_finished,
        policy="instant",
        source=_ONE_STOP,
    ),
    _dossiers(
        "extended",
        _("Hồ sơ được gia hạn"),
        _("Hồ sơ giải quyết xong trong kỳ có thời điểm hẹn trả đã lùi so với lần hẹn đầu."),
        share_of(_finished, lambda t, asked: t.due_at > t.first_due_at),
    ),
    _dossiers(
        "withdrawn",
        _("Hồ sơ người nộp rút"),
        _("Hồ sơ kết thúc trong kỳ do người nộp rút."),
        Count(DOSSIERS, lambda t, asked: asked.holds(t.finished_on) & (t.outcome == "withdrawn")),
    ),
    _dossiers(
        "pending",
        _("Hồ sơ đang giải quyết"),
        _("Hồ sơ tiếp nhận đến hết ngày cuối kỳ mà chưa giải quyết xong."),
        _pending,
    ),
    _dossiers(
        "pending_overdue",
        _("Hồ sơ đang giải quyết đã quá hạn"),
        _("Hồ sơ đang giải quyết có thời điểm hẹn trả trước khi hết ngày cuối kỳ."),
        share_of(_pending, lambda t, asked: t.due_on <= asked.last),
        policy="instant",
    ),
    _dossiers(
        "online_share",
        _("Tỷ lệ hồ sơ nộp trực tuyến"),
        _("Hồ sơ nộp trực tuyến chia cho hồ sơ tiếp nhận trong kỳ; chỉ tính hồ sơ có trên hệ thống."),
        share_of(_received_rows, lambda t, asked: t.channel == "online"),
        denominator=_received_rows,
    ),
)
