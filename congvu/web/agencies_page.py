"""The tables of agencies: all on a day, one through time, those below one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from congvu.kernel.format import format_day
from congvu.province.queries import AgencyShown

from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, day, link, text
from .templating import url

DAY = "ngay"
_DEEPEST = 4
_ALWAYS = 1900
"""An agency that has been since then has been since before anybody kept count."""


def agencies_listing(agencies: Sequence[AgencyShown], on: date) -> Listing:
    def row(agency: AgencyShown) -> Row:
        return Row((*_named(agency, on), _since(agency.valid_from)), style=f"depth-{min(agency.depth, _DEEPEST)}")

    titles = columns(_("Tên"), _("Mã"), _("Loại"), _("Cấp"), _("Từ ngày"))
    caption = _("Danh sách cơ quan, mỗi cơ quan đứng sau cơ quan cấp trên")
    table = Table(_("Danh sách cơ quan"), titles, Rows(row, agencies), caption, "tree")
    return Listing(pgettext("plural", "Cơ quan"), (table,), ((_("Vào ngày"), format_day(on)),))


def agency_listing(name: str, periods: Sequence[AgencyShown], below: Sequence[AgencyShown], on: date) -> Listing:
    def period(one: AgencyShown) -> Row:
        successor = url("agency", code=one.successor_code) if one.successor_code else None
        heir = link(one.successor_name or one.successor_code or NONE, successor)
        return Row((Cell(one.full_name), _since(one.valid_from), day(one.valid_to), heir))

    times = columns(_("Cơ quan"), _("Từ ngày"), _("Đến hết ngày"), _("Cơ quan kế tục"))
    places = columns(_("Tên"), _("Mã"), _("Loại"), _("Cấp"))
    tables = (
        Table(_("Mã này qua thời gian"), times, Rows(period, periods)),
        Table(_("Cơ quan trực thuộc"), places, Rows(lambda one: Row(_named(one, on)), below)),
    )
    return Listing(name, tables, ((_("Vào ngày"), format_day(on)),))


def _named(agency: AgencyShown, on: date) -> tuple[Cell, ...]:
    address = url("agency", {DAY: on.isoformat()}, code=agency.code)
    kind, level = str(agency.kind.label), str(agency.level.label)
    return link(agency.name, address), text(agency.code), text(kind), text(level)


def _since(first: date) -> Cell:
    return day(first if first.year > _ALWAYS else None)
