"""The charts of the board; each says from how many rows it is made, and up to which day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from congvu.access.rules import Reader
from congvu.figures.cached import trend
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Answer, may_see
from congvu.figures.definition import Figure
from congvu.figures.period import Period
from congvu.kernel.format import format_day, format_month, format_number

from .charts import Chart, chart
from .periods import Periods
from .wording import MemberWords, figure_url

_TASKS = ("par_tasks.total", "par_tasks.completed", "par_tasks.remaining", "par_tasks.overdue")
CHARTED = (*_TASKS, "procedures.changed", "feedback.received_by_category", "inspections.targets")
"""The figures whose answers :func:`board_charts` takes; the one by month it asks for itself."""


def board_charts(reader: Reader, found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    """Return the charts that have something to show."""
    return [
        *_on_time_by_month(reader, periods),
        *_procedures_changed(found, periods),
        *_tasks(found, periods),
        *_feedback(found, periods),
        *_inspections(found, periods),
    ]


def source_line(count: str, period: Period) -> str:
    """Return from what a chart is made: ``Tính từ 48.447 hồ sơ, đến hết ngày 13/12/2022.``"""
    return _("Tính từ %(count)s, từ ngày %(first)s đến hết ngày %(last)s.") % {
        "count": count,
        "first": format_day(period.first),
        "last": format_day(period.last),
    }


def _on_time_by_month(reader: Reader, periods: Periods) -> list[Chart]:
    figure = FIGURES["dossiers.on_time_rate"]
    if not may_see(reader, figure):
        return []
    period = periods.for_figure(figure)
    months = trend(reader, figure, period)
    words = MemberWords(figure, period)
    members = sorted({a.members for m in months for a in m.answers}, key=words.place)
    counted = sum(int(a.denominator or 0) for m in months for a in m.answers)
    if not members:
        return []
    return [
        chart(
            "dung-han",
            kind="line",
            title=_("Tỷ lệ hồ sơ giải quyết đúng hạn theo cấp, từng tháng"),
            unit="%",
            source=source_line(_("%(n)s hồ sơ đã giải quyết xong") % {"n": format_number(counted)}, period),
            first_column=_("Tháng"),
            series=[words.all(one) for one in members],
            rows=[
                (
                    format_month(month.period.first),
                    [month.answer(one) or Answer(figure, one, None, 0, 0, None, 0) for one in members],
                    [figure_url(figure, one, month.period) for one in members],
                )
                for month in months
            ],
        )
    ]


def _bars(
    id_: str, figure: Figure, found: Sequence[Answer], period: Period, *, title: str, counted: str, first_column: str
) -> list[Chart]:
    """Return one bar a member, the longest list as lying bars; nothing where there is no row."""
    words = MemberWords(figure, period)
    if not found:
        return []
    return [
        chart(
            id_,
            kind="lying",
            title=title,
            unit=str(figure.unit),
            source=source_line(counted, period),
            first_column=first_column,
            series=[str(figure.unit).capitalize()],
            rows=[
                (words.all(a.members), [a], [figure_url(figure, a.members, period)])
                for a in sorted(found, key=lambda a: words.place(a.members))
            ],
        )
    ]


def _procedures_changed(found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    figure = FIGURES["procedures.changed"]
    rows = found.get(figure.id, [])
    total = format_number(sum(int(a.value or 0) for a in rows))
    return _bars(
        "thu-tuc",
        figure,
        rows,
        periods.for_figure(figure),
        title=_("Lượt thủ tục hành chính được công bố, sửa đổi, bãi bỏ"),
        counted=_("%(n)s lượt thủ tục") % {"n": total},
        first_column=_("Loại thay đổi"),
    )


def _feedback(found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    figure = FIGURES["feedback.received_by_category"]
    rows = found.get(figure.id, [])
    total = format_number(sum(int(a.value or 0) for a in rows))
    return _bars(
        "phan-anh",
        figure,
        rows,
        periods.for_figure(figure),
        title=_("Phản ánh, kiến nghị tiếp nhận theo lĩnh vực"),
        counted=_("%(n)s phản ánh, kiến nghị") % {"n": total},
        first_column=_("Lĩnh vực"),
    )


def _tasks(found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    shown = [(FIGURES[id_], found[id_][0]) for id_ in _TASKS if found.get(id_)]
    total = next((a.value for figure, a in shown if figure.id == "par_tasks.total"), 0)
    if not total:
        return []
    period = periods.for_figure(shown[0][0])
    return [
        chart(
            "nhiem-vu",
            kind="lying",
            title=_("Nhiệm vụ của kế hoạch cải cách hành chính của tỉnh"),
            unit=_("nhiệm vụ"),
            source=source_line(_("%(n)s nhiệm vụ") % {"n": format_number(total)}, period),
            first_column=_("Tình trạng"),
            series=[_("Nhiệm vụ")],
            rows=[
                (str(words), [answer], [figure_url(figure, (), period)])
                for (figure, answer), words in zip(
                    shown, (_("Tổng số"), _("Đã hoàn thành"), _("Còn lại"), _("Quá hạn")), strict=True
                )
            ],
        )
    ]


def _inspections(found: dict[str, list[Answer]], periods: Periods) -> list[Chart]:
    """Return the agencies inspected: one group of bars a level, one bar a kind of inspection."""
    figure = FIGURES["inspections.targets"]
    rows = found.get(figure.id, [])
    if not rows:
        return []
    period = periods.for_figure(figure)
    words = MemberWords(figure, period)
    of_kind, of_level = figure.dimensions
    by_members = {answer.members: answer for answer in rows}
    ordered = sorted(by_members, key=words.place)
    kinds = list(dict.fromkeys(members[0] for members in ordered))
    levels = sorted({members[1] for members in ordered}, key=lambda one: words.place((kinds[0], one))[1])
    total = sum(int(a.value or 0) for a in rows)
    counted = _("%(n)s lượt cơ quan được kiểm tra") % {"n": format_number(total)}
    return [
        chart(
            "kiem-tra",
            kind="bar",
            title=_("Cơ quan được kiểm tra theo loại kiểm tra và cấp"),
            unit=str(figure.unit),
            source=source_line(counted, period),
            first_column=_("Cấp"),
            series=[words.one(of_kind, kind[1]) for kind in kinds],
            rows=[
                (
                    words.one(of_level, level[1]),
                    [by_members.get((kind, level)) for kind in kinds],
                    [figure_url(figure, (kind, level), period) for kind in kinds],
                )
                for level in levels
            ],
        )
    ]
