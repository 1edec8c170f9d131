"""The catalogue of figures as people look things up: by what the figures are about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from congvu.access.rules import Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import may_see
from congvu.figures.definition import Figure

from .listing import Cell, Listing, Row, Rows, Table, columns, link, text
from .templating import url
from .wording import scope_of

_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Giải quyết hồ sơ"), ("dossiers",)),
    (_("Thủ tục hành chính"), ("procedures",)),
    (_("Chỉ đạo, điều hành"), ("par_tasks", "plans", "documents", "regulations", "teams", "communications")),
    (_("Phản ánh, kiến nghị"), ("feedback",)),
    (_("Kiểm tra, chỉ số"), ("inspections", "findings", "index")),
    (_("Cán bộ, công chức, viên chức"), ("courses", "officers", "evaluations")),
    (pgettext_lazy("plural", "Cơ quan"), ("agencies",)),
)
"""Title, and the first parts of the ids of the figures under it; a test checks that each figure is under one."""

_POLICIES = {"instant": _("Theo thời điểm hẹn trả đang áp dụng, tính đến giờ và phút")}


def policy_words(figure: Figure) -> str:
    """Return the named policy of time that a figure follows, in words; empty where it follows none."""
    return str(_POLICIES.get(figure.policy, figure.policy))


def catalogue_listing(reader: Reader) -> Listing:
    """Return the figures that ``reader`` may see, a table for each group, in the catalogue's order."""

    def row(figure: Figure) -> Row:
        members = ", ".join(str(dimension.label) for dimension in figure.dimensions)
        policy = policy_words(figure)
        counted = Cell(str(figure.sentence), note=f"{policy}." if policy else "")
        name = link(str(figure.name), url("figure", figure=figure.id))
        return Row((name, counted, text(str(figure.unit)), text(members), text(scope_of(reader, figure))))

    titles = columns(
        gettext("Chỉ tiêu"), gettext("Cách tính"), gettext("Đơn vị"), gettext("Chia theo"), gettext("Phạm vi")
    )
    tables = []
    for title, beginnings in _GROUPS:
        figures = [f for f in FIGURES.values() if f.id.partition(".")[0] in beginnings and may_see(reader, f)]
        if figures:
            tables.append(Table(str(title), titles, Rows(row, figures), style="catalogue"))
    return Listing(gettext("Danh mục chỉ tiêu"), tuple(tables))
