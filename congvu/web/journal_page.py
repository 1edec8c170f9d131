"""The journal's pages. What an act changed is shown as far as the reader may see the records that it changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Fact
from congvu.access.rules import ROLE_NAMES, Reach, Reader, Role
from congvu.figures.facts import FACTS
from congvu.figures.opening import HIDDEN
from congvu.journal.kinds import KINDS
from congvu.journal.queries import ActOpened, ActPage, ActShown, ChangeShown, Sought
from congvu.kernel.format import format_day
from congvu.kernel.text import vn_sort_key

from .address import AFTER, day_in, place_token
from .list_export import place_asked
from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, instant, number, numeral, text
from .record_words import ColumnChange, column_changes, table_name
from .templating import url

KIND, DAY, ACTOR = "loai", "ngay", "nguoi"
_LIST = "journal"


@dataclass(frozen=True, slots=True)
class JournalPage:
    sought: Sought
    kinds: tuple[tuple[str, str], ...]
    next: str | None
    first: str | None


@dataclass(frozen=True, slots=True)
class RecordChange:
    """``readable`` is False where the reader's seat may not see such records: then ``columns`` is empty."""

    table: str
    key: str
    readable: bool
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True)
class ActPageShown:
    opened: ActOpened
    changes: tuple[RecordChange, ...]
    loaded: Table
    data: tuple[tuple[str, str], ...]
    next: str | None
    first: str | None


def sought_in(request: HttpRequest) -> tuple[Sought, int | None]:
    """Return what the address searches the journal for, and the id below which its page begins."""
    kind = request.GET.get(KIND, "")
    place = place_asked(request, _LIST)
    sought = Sought(
        kind=kind if kind in KINDS else "",
        day=day_in(request, DAY, "Ngày"),
        actor=request.GET.get(ACTOR, "").strip()[:100],
    )
    return sought, place[0] if place else None


def journal_page(sought: Sought, found: ActPage, before: int | None) -> JournalPage:
    kept = {KIND: sought.kind, DAY: sought.day.isoformat() if sought.day else "", ACTOR: sought.actor}
    token = place_token([found.before] if found.before else None, _LIST)
    return JournalPage(
        sought=sought,
        kinds=tuple((kind, str(name)) for kind, name in KINDS.items()),
        next=url("journal", kept | {AFTER: token}) if token else None,
        first=url("journal", kept) if before else None,
    )


def journal_listing(sought: Sought, found: ActPage) -> Listing:
    def row(act: ActShown) -> Row:
        return Row(
            (
                numeral(act.id, url("act", act=act.id)),
                instant(act.at),
                Cell(act.kind_name),
                Cell(act.actor),
                text((act.subject_key or "").replace("\x1f", ", ")),
                text(act.reason),
            )
        )

    titles = columns(
        gettext("Số"), gettext("Lúc"), gettext("Thao tác"), gettext("Người làm"), gettext("Về"), gettext("Lý do")
    )
    table = Table(gettext("Các thao tác"), titles, Rows(row, found.acts), gettext("Các thao tác, mới nhất trước"))
    filters = (
        (gettext("Loại thao tác"), str(KINDS[sought.kind]) if sought.kind else ""),
        (gettext("Ngày"), format_day(sought.day) if sought.day else ""),
        (gettext("Người làm"), sought.actor),
    )
    return Listing(gettext("Nhật ký"), (table,), filters, more=found.before is not None)


def act_listing(page: ActPageShown) -> Listing:
    """Return what an act loaded and changed; a page shows each changed record as a table of its own."""
    titles = columns(gettext("Loại"), gettext("Về"), gettext("Mục"), gettext("Trước"), gettext("Sau"))
    changed = [(record, column) for record in page.changes for column in record.columns or (None,)]
    tables = (page.loaded, Table(gettext("Những gì đã đổi"), titles, Rows(_changed_row, changed)))
    title = gettext("Thao tác số") + f" {page.opened.act.id}"
    return Listing(title, tables, more=page.opened.after is not None)


def _changed_row(changed: tuple[RecordChange, ColumnChange | None]) -> Row:
    record, column = changed
    if column is None and record.readable:
        return Row((Cell(record.table), Cell(record.key), text(""), text(""), text("")))
    if column is None:
        unseen = gettext("nội dung thuộc loại dữ liệu mà vị trí làm việc này không được xem.")
        return Row((Cell(record.table), text(""), Cell(unseen), text(""), text("")))
    return Row((Cell(record.table), Cell(record.key), Cell(column.column), Cell(column.before), Cell(column.after)))


def opened_act(reader: Reader, opened: ActOpened, *, further: bool) -> ActPageShown:
    """Return an act's page; ``further`` where the page does not begin with the first change."""
    number = opened.act.id
    token = place_token([opened.after] if opened.after else None, f"act-{number}")
    return ActPageShown(
        opened=opened,
        changes=tuple(_change(reader, change) for change in opened.changes),
        loaded=_loaded(opened),
        data=tuple(
            (str(_DATA.get(name, name)), _value(value))
            for name, value in opened.act.data.items()
            if not isinstance(value, dict)
        ),
        next=url("act", {AFTER: token}, act=number) if token else None,
        first=url("act", act=number) if further else None,
    )


def _loaded(opened: ActOpened) -> Table:
    """Return what a load did to each table, and how many rows stand in it since."""
    counts: dict[str, dict[str, int]] = opened.act.data.get("tables") or {}
    tables = sorted({*opened.loaded, *counts}, key=lambda table: vn_sort_key(table_name(table)))

    def row(table: str) -> Row:
        done = counts.get(table, {})
        counted = (done.get("new"), done.get("changed"), done.get("unchanged"), opened.loaded.get(table))
        return Row((Cell(table_name(table)), *map(number, counted)))

    numbers = (gettext("Mới"), pgettext("rows", "Thay đổi"), gettext("Giữ nguyên"), gettext("Số dòng sau khi nạp"))
    titles = columns(gettext("Loại"), numbers=numbers)
    caption = gettext("Số dòng mỗi bảng sau lần nạp")
    return Table(gettext("Dữ liệu sau lần nạp"), titles, Rows(row, tables), caption)


_DATA = {
    "agency": _("Mã cơ quan"),
    "closings": _("Số cơ quan được chốt"),
    "from": _("Từ ngày"),
    "full_name": _("Họ và tên"),
    "further_page": _("Trang tiếp theo của danh sách"),
    "is_active": _("Tài khoản được mở"),
    "role": _("Vai trò"),
    "seat": _("Số của vị trí"),
    "sha256": _("SHA-256 của gói"),
    "simulated": _("Dữ liệu mô phỏng"),
    "snapshot": _("SHA-256 của dữ liệu đã chốt"),
    "temporary": _("Mật khẩu tạm"),
    "to": _("Đến hết ngày"),
    "valid_from": _("Từ ngày"),
    "valid_to": _("Đến hết ngày"),
    "version": _("Phiên bản"),
    "whole_list": _("Tải cả danh sách về"),
}
"""What acts note of themselves, in words."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _value(value: object) -> str:
    if value is None:
        return NONE
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    text = str(value)
    if _DAY.fullmatch(text):
        return format_day(date.fromisoformat(text))
    return str(ROLE_NAMES[Role(text)]) if text in list(Role) else text


def _change(reader: Reader, change: ChangeShown) -> RecordChange:
    """Return a change as ``reader`` may see it: the journal is no back door to records.

    A record without a fact of its own (officers, posts) is of persons, and is not shown to whom personal
    records are not open; columns about persons stay hidden from everybody here.
    """
    fact = next((fact for fact in FACTS if fact.table == change.table), None)
    if fact is None or reader.reach(fact.area) is not Reach.PROVINCE:
        return RecordChange(table_name(change.table), change.key, False, ())
    return RecordChange(table_name(change.table), _key(fact, change.key), True, _columns(fact, change))


def _key(fact: Fact, key: str) -> str:
    personal = any(fact.column(name).personal for name in fact.key)
    return HIDDEN if personal else key.replace("\x1f", ", ")


def _columns(fact: Fact, change: ChangeShown) -> tuple[ColumnChange, ...]:
    personal = {str(c.label) for c in fact.columns if c.personal} | {c.name for c in fact.columns if c.personal}
    return tuple(ColumnChange(c.column, HIDDEN, HIDDEN) if c.column in personal else c for c in column_changes(change))
