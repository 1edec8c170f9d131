"""Taking a list home: the address of a page with ``dang=xlsx`` gives the tables of that page as a workbook.

The workbook is made by the page's own view, so whoever may not see the page gets no file, and the filters in the
address narrow both. It has every row of a list that the page shows in parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from congvu import __version__
from congvu.access.rules import ROLE_NAMES
from congvu.kernel import clock
from congvu.kernel.errors import Refusal, UsageRefusal
from congvu.kernel.format import format_instant, format_number
from congvu.press.model import Meta
from congvu.press.xlsx import Column, Row, Sheet, to_xlsx
from congvu.province.queries import SIMULATED, house

from .address import AFTER, place_in
from .guards import Seated
from .listing import Listing, Table, columns

FORM, XLSX = "dang", "xlsx"
MOST_ROWS = 100_000
"""A longer list is refused: its filters are to be narrowed."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME_MAX = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


class ListTooLong(Refusal):
    code = "list.too_long"
    status = 422


def takes_home(request: HttpRequest) -> bool:
    """Return whether the address asks for the workbook of a list."""
    form = request.GET.get(FORM, "") if request.method == "GET" else ""
    if form not in ("", XLSX):
        raise UsageRefusal(f"Không có dạng «{form[:40]}». Danh sách tải về được ở dạng «xlsx».")
    return form == XLSX


def place_asked(request: HttpRequest, list_name: str) -> list[Any] | None:
    """Return where in the list the page begins (:func:`.address.place_in`); a list is taken home from its beginning."""
    return None if takes_home(request) else place_in(request, list_name)


def rows_asked(request: HttpRequest, page: int) -> int:
    """Return how many rows to read at most: one ``page``, or the whole list where it is taken home."""
    return MOST_ROWS if takes_home(request) else page


def show_list(
    request: Seated,
    template: str,
    listing: Listing,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    page: str = "",
) -> HttpResponse:
    """Return the page of a list, or its workbook; ``page`` is its path where a deed elsewhere shows it again.

    Raises
    ------
    ListTooLong
        The list has more rows than a workbook is made of.
    """
    if takes_home(request):
        return _workbook(request, listing)
    shown = {"listing": listing, "take_home": None if listing.is_empty else _address(request, page or request.path)}
    return render(request, template, shown | dict(context or {}), status=status)


def _address(request: HttpRequest, path: str) -> str:
    kept = request.GET.copy()
    kept.pop(AFTER, None)
    kept[FORM] = XLSX
    return f"{path}?{kept.urlencode()}"


def _workbook(request: Seated, listing: Listing) -> HttpResponse:
    if listing.more or any(len(table.rows) > MOST_ROWS for table in listing.tables):
        raise ListTooLong(
            f"Danh sách «{listing.title}» dài hơn {format_number(MOST_ROWS)} dòng nên chưa lập được bảng tính. "
            "Hãy thu hẹp bộ lọc (kỳ, cơ quan, ngày, tình trạng) rồi tải lại."
        )
    tables = listing.tables or (Table(listing.title, columns(_("Không có dòng nào")), ()),)
    notes, names = _notes(request, listing), _sheet_names(tables)
    sheets = [_sheet(name, table, notes) for name, table in zip(names, tables, strict=True)]
    meta = Meta(listing.title, request.user.full_name, _("Bảng tính của một danh sách"), (), clock.now())
    content = to_xlsx(sheets, meta, streamed=True)
    name = f"{request.path.strip('/').split('/')[0]}-{clock.today():%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=_TYPE, headers=headers)


def _sheet(name: str, table: Table, notes: tuple[str, ...]) -> Sheet:
    heads = tuple(Column(column.title, width=None) for column in table.columns)
    return Sheet(name, table.caption or table.name, heads, _taken(table), notes)


def _taken(table: Table) -> Iterator[Row]:
    return (tuple(cell.taken for cell in row.cells) for row in table.rows)


def _notes(request: Seated, listing: Listing) -> tuple[str, ...]:
    """Return what a file must say away from its page: of what, for whom, when, from where."""
    reader, today = request.reader, clock.today()
    source = house(today)
    filters = "; ".join(f"{name}: {words}" for name, words in listing.filters if words)
    seat = _("Vị trí xem: %(role)s, %(agency)s") % {
        "role": str(ROLE_NAMES[reader.role]) if reader.role else "",
        "agency": reader.agency_name,
    }
    exported = _("Người tải: %(name)s (%(username)s), lúc %(at)s") % {
        "name": request.user.full_name,
        "username": request.user.username,
        "at": format_instant(clock.now()),
    }
    origin = _("Nguồn: %(source)s, Congvu %(version)s, trang %(path)s") % {
        "source": source.name or "Congvu",
        "version": __version__,
        "path": request.path,
    }
    lines = [SIMULATED] if source.simulated else []
    lines += [listing.title, _("Bộ lọc: %(filters)s") % {"filters": filters or _("không có")}]
    if listing.scope:
        lines.append(_("Phạm vi: %(scope)s") % {"scope": listing.scope})
    return (*lines, *listing.notes, seat, exported, origin)


def _sheet_names(tables: tuple[Table, ...]) -> list[str]:
    """Return a name for each sheet: the table's own, cut to what a workbook allows, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for table in tables:
        words = _NOT_IN_NAMES.sub(" ", table.name).strip("' ") or "1"
        name, number = words[:_NAME_MAX].strip("' "), 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = words[: _NAME_MAX - len(ending)].strip("' ") + ending
        taken.add(name.casefold())
        names.append(name)
    return names
