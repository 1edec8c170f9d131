"""Renewing the marks of an officer's own Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from congvu.access.rules import Permission, Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.period import Period
from congvu.kernel import clock
from congvu.press.word.opened import Opened
from congvu.press.word.refresh import Change, ChangeKind, Refreshed, opened_table, refresh

from .drafts import current_template
from .sources import Sources
from .word import NotThisReport, Origin, Renewal, origin_of

CHANGES: dict[ChangeKind, Any] = {
    "renewed": _("Đã làm mới"),
    "edited": _("Sửa tay, đã tính lại"),
    "new": _("Dấu mới"),
    "deleted": _("Đã xóa khỏi tệp"),
    "doubled": _("Lặp lại"),
    "moved": _("Đã chuyển chỗ"),
    "nested": _("Nằm trong dấu khác"),
    "failed": _("Không tính được, giữ nguyên"),
    "unknown": _("Không phải dấu, giữ nguyên"),
}
"""What a change is called."""


def change_line(change: Change) -> str:
    """Return one change as a line: what happened, where, to which mark, before and after, and why."""
    what = f"{CHANGES[change.kind]}: {mark_name(change)}"
    if change.before != change.after and change.kind != "unknown":
        what += f": «{change.before}» → «{change.after}»"
    return f"{change.place}: {what}" + (f" ({change.detail})" if change.detail else "")


def mark_name(change: Change) -> str:
    """Return a mark as it is written, after the name of the figure that it states."""
    written = f"[[{change.source}]]" if change.source else change.before
    head, *rest = change.source.split() or [""]
    figure = FIGURES.get(head) or FIGURES.get(rest[0] if rest else "")
    return f"{figure.name} {written}" if figure else written


@dataclass(frozen=True)
class RefreshedWord:
    """``origin`` is what the file told of itself before, None where it carried no table of marks."""

    kind: str
    year: int
    origin: Origin | None
    refreshed: Refreshed

    @property
    def docx(self) -> bytes:
        return self.refreshed.docx

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.refreshed.changes


def refresh_word(
    docx: bytes,
    *,
    reader: Reader,
    kind: str | None = None,
    year: int | None = None,
    periods: Mapping[str, Period] | None = None,
    part: int | None = None,
) -> RefreshedWord:
    """Return the file with every mark as ``reader`` may see it now, and what changed.

    Parameters
    ----------
    kind, year, part
        The report that the file has to be; a file without a table of marks needs kind and year.
    periods
        Days given for this once; without them those that were given when the file was built, else the stored ones.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    DocxNotReadable, DocxWithMacros
        See :class:`congvu.press.word.opened.Opened`.
    NotThisReport
        The file is another report, or says of none and ``kind`` or ``year`` is missing.
    """
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    with override("vi"):
        opened = Opened(docx)
        origin = origin_of(opened_table(opened))
        kind, year, part = the_report(origin, kind, year, part)
        given = periods or (origin.overridden if origin else None)
        sources = Sources.read(current_template(kind, year, part=part), year, reader, given, part=part)
        about = Origin.of(sources, clock.now())
        if origin is not None:
            # the text is still that of the draft that it was made from
            about = about.from_draft(origin)
        return RefreshedWord(kind, year, origin, refresh(opened, Renewal(sources), about.as_json()))


def the_report(origin: Origin | None, kind: str | None, year: int | None, part: int | None) -> tuple[str, int, int]:
    """Return which report a file is; it must be the one that is asked for."""
    if origin is None:
        if kind is None or year is None:
            raise NotThisReport(
                "Tệp Word này không mang bảng dấu của báo cáo, nên không biết là báo cáo nào. Hãy dùng tệp tải từ "
                "Congvu; hoặc nêu loại báo cáo và năm để làm mới các dấu [[…]] gõ trong tệp."
            )
        return kind, year, part or 0
    wanted = (kind or origin.kind, year or origin.year, origin.part if part is None else part)
    if wanted != (origin.kind, origin.year, origin.part):
        raise NotThisReport(
            f"Tệp Word này là báo cáo {_named(origin.kind, origin.year, origin.part)}, không phải báo cáo "
            f"{_named(*wanted)}. Hãy chọn đúng tệp, hoặc mở báo cáo của kỳ ấy."
        )
    return wanted


def _named(kind: str, year: int, part: int) -> str:
    return f"«{kind}» kỳ {part} năm {year}" if part else f"«{kind}» năm {year}"
