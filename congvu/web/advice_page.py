"""What to look at in a draft, as the pages show it: grouped, counted, each with the way to its paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from congvu.reports.advice import Advice, Sort

SORTS: dict[Sort, Any] = {
    Sort.CERTAIN: _("Chắc chắn sai"),
    Sort.OTHERWISE: _("Số gõ tay khác số liệu"),
    Sort.TYPED: _("Số gõ tay trùng với chỉ tiêu"),
    Sort.ABBREVIATION: _("Chữ viết tắt chưa được giải thích"),
    Sort.CITATION: _("Văn bản viện dẫn"),
    Sort.LIKELY: _("Chỗ khác cần xem lại"),
}
PARTED = "|"
"""What parts the number from the mark that takes its place, in the value of the button that puts it in."""


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """``put`` is the value of the button that puts the mark in, empty where there is none; ``url``: the paragraph."""

    place: str
    text: str
    message: str
    mark: str
    put: str
    url: str | None


@dataclass(frozen=True, slots=True)
class AdviceGroup:
    name: Any
    lines: tuple[AdviceLine, ...]


@dataclass(frozen=True, slots=True)
class AdviceList:
    groups: tuple[AdviceGroup, ...]

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def summary(self) -> str:
        """``02 chỗ: Chắc chắn sai 1, Văn bản viện dẫn 1``."""
        return ", ".join(f"{group.name} {len(group.lines)}" for group in self.groups)


NO_ADVICE = AdviceList(())


def advice_list(found: Iterable[Advice], address: Callable[[int], str | None]) -> AdviceList:
    """Return the advice by sort; ``address`` leads to a paragraph of the draft by its position."""
    by_sort: dict[Sort, list[AdviceLine]] = {}
    for one in found:
        by_sort.setdefault(one.sort, []).append(_line(one, address))
    return AdviceList(tuple(AdviceGroup(SORTS[sort], tuple(by_sort[sort])) for sort in Sort if sort in by_sort))


def _line(one: Advice, address: Callable[[int], str | None]) -> AdviceLine:
    place = str(_("đoạn %(position)s") % {"position": one.position} if one.position else _("tiêu đề"))
    if one.note is not None:
        place += ", " + str(_("chú thích %(note)s") % {"note": one.note})
    put = f"{one.text}{PARTED}{one.mark}" if one.mark else ""
    return AdviceLine(
        place,
        one.text,
        one.message,
        f"[[{one.mark}]]" if one.mark else "",
        put,
        address(one.position) if one.position else None,
    )
