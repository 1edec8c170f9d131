"""The catalogue of figures as people look things up: by what the figures are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congvu.access.rules import Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import may_see
from congvu.figures.definition import Figure

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


@dataclass(frozen=True, slots=True)
class Shown:
    figure: Figure
    policy: str
    members: str
    scope: str


def policy_words(figure: Figure) -> str:
    """Return the named policy of time that a figure follows, in words; empty where it follows none."""
    return str(_POLICIES.get(figure.policy, figure.policy))


def groups_for(reader: Reader) -> list[tuple[str, list[Shown]]]:
    """Return the figures that ``reader`` may see, grouped, in the catalogue's order."""
    found = []
    for title, beginnings in _GROUPS:
        figures = [f for f in FIGURES.values() if f.id.partition(".")[0] in beginnings and may_see(reader, f)]
        if figures:
            found.append((str(title), [_shown(reader, figure) for figure in figures]))
    return found


def _shown(reader: Reader, figure: Figure) -> Shown:
    members = ", ".join(str(dimension.label) for dimension in figure.dimensions)
    return Shown(figure, policy_words(figure), members, scope_of(reader, figure))
