"""Writing down what an agency states: in place of rows that it keeps elsewhere, or beside rows that are here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from congvu.journal.services import OpenAct
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_number, format_period

from .by_agency import of_agencies
from .compute import Members, figure_key
from .definition import Figure
from .models import Statement, StatementMode
from .period import Period

LOADS = 0x434F4E49
"""The advisory lock under which records come and go in bulk: whoever holds it sees no load begin or end."""


class StatementNotPossible(Refusal):
    code = "statement.not_possible"
    status = 409


def wait_for_loads() -> None:
    """Keep loads away until the transaction ends, so that rows cannot come in beside a statement being made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOADS])


def state_figure(
    deed: OpenAct,
    *,
    agency: tuple[int, str, str, str],
    figure: Figure,
    members: Members,
    period: Period,
    value: int,
    mode: StatementMode,
    document: str | None = None,
) -> Statement:
    """Write a statement within an act; ``agency`` is id, code, name and level on the period's last day.

    Raises
    ------
    StatementNotPossible
        The figure takes no statements; an ``instead`` statement would stand beside rows, or overlap another one;
        or the same was stated before with another value.
    """
    id_, code, name, level = agency
    if not figure.additive:
        raise StatementNotPossible(f"Chỉ tiêu «{figure.name}» không nhận số do cơ quan báo cáo, chỉ tính từ dữ liệu.")
    member = next((member for dimension, member in members if dimension != "level"), None)
    if mode is StatementMode.INSTEAD:
        wait_for_loads()
        _refuse_beside_rows(id_, name, figure, members, period)
        _refuse_overlap(id_, name, figure, level, member, period)
    what: dict[str, Any] = {
        "agency": code,
        "figure": figure.id,
        "level": level,
        "member": member,
        "period_from": period.first,
        "period_to": period.last,
    }
    same = Statement.objects.filter(**what).first()
    if same is not None:
        return _as_stated_before(same, value, mode, name, figure)
    key = "\x1f".join(str(part or "") for part in what.values())
    with deed.changing(Statement, [key]):
        return Statement.objects.create(**what, value=value, mode=mode, document_id=document)


def _refuse_beside_rows(id_: int, name: str, figure: Figure, members: Members, period: Period) -> None:
    rows = of_agencies(period, [id_], [figure.id])[id_].answer(figure, members).counted
    if rows:
        raise StatementNotPossible(
            f"{name} có {format_number(rows)} dòng được tính vào {figure_key(figure.id, members)} trong kỳ "
            f"{format_period(period.first, period.last)}, nên số cơ quan nêu không thay được cho dữ liệu; "
            "chỉ ghi được bên cạnh, kèm giải trình."
        )


def _refuse_overlap(id_: int, name: str, figure: Figure, level: str, member: str | None, period: Period) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period_from, period_to FROM fact_statements WHERE agency = %s AND figure = %s "
            "AND stated_level = %s AND member IS NOT DISTINCT FROM %s AND mode = 'instead' "
            "AND period_from <= %s AND period_to >= %s AND (period_from, period_to) <> (%s, %s) "
            "ORDER BY period_from LIMIT 1",
            [id_, figure.id, level, member, period.last, period.first, period.first, period.last],
        )
        found: tuple[date, date] | None = cursor.fetchone()
    if found:
        raise StatementNotPossible(
            f"{name} đã báo cáo «{figure.name}» thay cho dữ liệu trong kỳ {format_period(*found)}, trùng ngày với kỳ "
            f"{format_period(period.first, period.last)}. Hai báo cáo thay cho dữ liệu không được trùng ngày."
        )


def _as_stated_before(same: Statement, value: int, mode: StatementMode, name: str, figure: Figure) -> Statement:
    if (same.value, same.mode) == (value, mode):
        return same
    raise StatementNotPossible(
        f"{name} đã báo cáo «{figure.name}» cho đúng kỳ này là {format_number(same.value)}; số đã báo cáo không bị "
        f"ghi đè bằng {format_number(value)}. Hãy trả lại báo cáo để cơ quan đối chiếu hai số."
    )
