"""What stands in an address: days, members of a figure, the place in a list. Whatever is odd is refused, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.http import HttpRequest

from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Members
from congvu.figures.definition import Figure
from congvu.figures.period import EARLIEST, LATEST, Period, parse_day
from congvu.kernel.errors import Refusal, UsageRefusal

FROM, TO, AFTER, AGENCY = "tu", "den", "sau", "co-quan"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_LONGEST = 200


class UnknownFigure(Refusal):
    code = "figure.unknown"
    status = 404


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """``members`` is None where the figure has several members and none was chosen; ``agency`` narrows to one code."""

    figure: Figure
    members: Members | None
    period: Period | None
    after: list[Any] | None
    agency: str | None


def day_in(request: HttpRequest, name: str, what: str) -> date | None:
    """Return the day in the address, None where there is none."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise UsageRefusal(f"{what}: «{text[:40]}» không phải là một ngày. Viết như 2022-12-31 hoặc 31/12/2022.")
    day = parse_day(text, what)
    if not EARLIEST <= day <= LATEST:
        raise UsageRefusal(f"{what}: «{text}» phải nằm trong các năm 1900 đến 2199.")
    return day


def period_in(request: HttpRequest) -> Period | None:
    """Return the period in the address; None where neither day is given."""
    first = day_in(request, FROM, "Từ ngày")
    last = day_in(request, TO, "Đến hết ngày")
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise UsageRefusal("Kỳ số liệu cần cả ngày đầu và ngày cuối. Hãy chọn cả hai rồi xem lại.")
    return Period(first, last)


def period_query(period: Period | None) -> dict[str, str]:
    """Return what an address says of ``period``."""
    return {} if period is None else {FROM: period.first.isoformat(), TO: period.last.isoformat()}


def figure_in(request: HttpRequest, figure_id: str, after: list[Any] | None) -> FigureAsked:
    """Return the figure, members and period that the address names, from the place ``after`` in its rows."""
    figure = FIGURES.get(figure_id)
    if figure is None:
        raise UnknownFigure(f"Không có chỉ tiêu «{figure_id[:80]}». Hãy chọn từ danh mục chỉ tiêu.")
    given = {d.name: request.GET.get(d.name, "")[:_LONGEST] for d in figure.dimensions}
    for dimension in figure.dimensions:
        if dimension.choices and given[dimension.name] not in ("", *dimension.choices.values):
            raise UnknownFigure(f"Chỉ tiêu «{figure.name}» không có «{given[dimension.name][:80]}».")
    members = tuple(given.items()) if all(given.values()) else None
    agency = request.GET.get(AGENCY, "")[:_LONGEST] if figure.fact.has_agency else ""
    return FigureAsked(figure, members, period_in(request), after, agency or None)


def place_in(request: HttpRequest, list_name: str) -> list[Any] | None:
    """Return where in ``list_name`` the page begins; only addresses that we signed for that list are taken."""
    token = request.GET.get(AFTER, "")
    if not token:
        return None
    try:
        place: list[Any] = signing.loads(token, salt=f"place:{list_name}")
    except signing.BadSignature:
        raise UsageRefusal("Địa chỉ của trang danh sách không còn đúng. Hãy mở lại danh sách từ đầu.") from None
    return place


def place_token(place: list[Any] | None, list_name: str) -> str | None:
    """Return the token of a place, for the address of the next page; None on the last."""
    return None if place is None else signing.dumps(place, salt=f"place:{list_name}", compress=True)
