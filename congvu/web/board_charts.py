"""The charts of the board; each says from how many rows it is made, up to which day, and over whose rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from congvu.access.rules import Reader
from congvu.figures.cached import trend
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Answer
from congvu.figures.definition import Figure
from congvu.figures.period import Period
from congvu.kernel.format import format_day, format_month, format_number

from .charts import Chart, chart
from .periods import Periods
from .wording import MemberWords, figure_url, scope_of

_ON_TIME = "dossiers.on_time_rate"
_CHANGED = "procedures.changed"
_CATEGORIES = "feedback.received_by_category"
_TARGETS = "inspections.targets"
_TASKS = ("par_tasks.total", "par_tasks.completed", "par_tasks.remaining", "par_tasks.overdue")
CHARTED = (_ON_TIME, _CHANGED, *_TASKS, _CATEGORIES, _TARGETS)
"""The figures whose answers :func:`board_charts` takes."""


@dataclass(frozen=True, slots=True)
class Charted:
    """One figure of the board with what a chart of it needs; ``answers`` is empty where it may not be seen."""

    reader: Reader
    figure: Figure
    answers: list[Answer]
    period: Period
    words: MemberWords

    def source(self, what: str, count: int) -> str:
        """Return ``Tính từ 48.447 hồ sơ, từ ngày … đến hết ngày 13/12/2022, toàn tỉnh.``"""
        return _("Tính từ %(count)s %(what)s, từ ngày %(first)s đến hết ngày %(last)s, %(scope)s.") % {
            "count": format_number(count),
            "what": what,
            "first": format_day(self.period.first),
            "last": format_day(self.period.last),
            "scope": scope_of(self.reader, self.figure),
        }

    def in_order(self) -> list[Answer]:
        return sorted(self.answers, key=lambda answer: self.words.place(answer.members))


def board_charts(reader: Reader, found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    """Return the charts that have something to show to ``reader``."""

    def charted(id_: str) -> Charted:
        figure = FIGURES[id_]
        period = periods.for_figure(figure)
        return Charted(reader, figure, found.get(id_, []), period, MemberWords(figure, period))

    makers: tuple[tuple[str, Callable[[Charted], Chart]], ...] = (
        (_ON_TIME, _on_time_by_month),
        (_CHANGED, _procedures_changed),
        (_CATEGORIES, _feedback_by_category),
        (_TARGETS, _agencies_inspected),
    )
    charts = [make(charted(id_)) for id_, make in makers if any(a.value for a in found.get(id_, []))]
    tasks = [charted(id_) for id_ in _TASKS]
    if tasks[0].answers and tasks[0].answers[0].value:
        charts.insert(min(2, len(charts)), _tasks(tasks))
    return charts


def _on_time_by_month(charted: Charted) -> Chart:
    members = [answer.members for answer in charted.in_order()]
    counted = sum(int(answer.denominator or 0) for answer in charted.answers)
    return chart(
        "dung-han",
        kind="line",
        title=_("Tỷ lệ hồ sơ giải quyết đúng hạn theo cấp, từng tháng"),
        unit="%",
        source=charted.source(_("hồ sơ đã giải quyết xong"), counted),
        first_column=_("Tháng"),
        series=[charted.words.all(one) for one in members],
        rows=[
            (
                format_month(month.period.first),
                [month.answer(one) or Answer(charted.figure, one, None, 0, 0, None, 0) for one in members],
                [figure_url(charted.figure, one, month.period) for one in members],
            )
            for month in trend(charted.reader, charted.figure, charted.period)
        ],
    )


def _bars(charted: Charted, answers: list[Answer], id_: str, title: str, what: str, first_column: str) -> Chart:
    return chart(
        id_,
        kind="lying",
        title=title,
        unit=str(charted.figure.unit),
        source=charted.source(what, sum(int(answer.value or 0) for answer in answers)),
        first_column=first_column,
        series=[str(charted.figure.unit).capitalize()],
        rows=[
            (charted.words.all(a.members), [a], [figure_url(charted.figure, a.members, charted.period)])
            for a in answers
        ],
    )


def _procedures_changed(charted: Charted) -> Chart:
    title = _("Lượt thủ tục hành chính được công bố, sửa đổi, bãi bỏ")
    return _bars(charted, charted.in_order(), "thu-tuc", title, _("lượt thủ tục"), _("Loại thay đổi"))


def _feedback_by_category(charted: Charted) -> Chart:
    # categories have no order of their own: the most frequent come first
    answers = sorted(charted.in_order(), key=lambda answer: -(answer.value or 0))
    title = _("Phản ánh, kiến nghị tiếp nhận theo lĩnh vực")
    return _bars(charted, answers, "phan-anh", title, _("phản ánh, kiến nghị"), _("Lĩnh vực"))


def _tasks(charted: list[Charted]) -> Chart:
    words = (_("Tổng số"), _("Đã hoàn thành"), _("Còn lại"), _("Quá hạn"))
    return chart(
        "nhiem-vu",
        kind="lying",
        title=_("Nhiệm vụ của kế hoạch cải cách hành chính của tỉnh"),
        unit=_("nhiệm vụ"),
        source=charted[0].source(_("nhiệm vụ"), int(charted[0].answers[0].value or 0)),
        first_column=_("Tình trạng"),
        series=[_("Nhiệm vụ")],
        rows=[
            (label, list(one.answers), [figure_url(one.figure, (), one.period)])
            for label, one in zip(words, charted, strict=True)
        ],
    )


def _agencies_inspected(charted: Charted) -> Chart:
    """One group of bars a level, one bar a kind of inspection."""
    of_kind, of_level = charted.figure.dimensions
    by_members = {answer.members: answer for answer in charted.in_order()}
    kinds = list(dict.fromkeys(members[0] for members in by_members))
    levels = sorted({members[1] for members in by_members}, key=lambda level: charted.words.place((kinds[0], level))[1])
    return chart(
        "kiem-tra",
        kind="bar",
        title=_("Cơ quan được kiểm tra theo loại kiểm tra và cấp"),
        unit=str(charted.figure.unit),
        source=charted.source(_("lượt cơ quan được kiểm tra"), sum(int(a.value or 0) for a in charted.answers)),
        first_column=_("Cấp"),
        series=[charted.words.one(of_kind, kind[1]) for kind in kinds],
        rows=[
            (
                charted.words.one(of_level, level[1]),
                [by_members.get((kind, level)) for kind in kinds],
                [figure_url(charted.figure, (kind, level), charted.period) for kind in kinds],
            )
            for level in levels
        ],
    )
