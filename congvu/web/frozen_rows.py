"""A figure that was frozen or closed, open to the rows of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from congvu.figures.opening import Opened
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_instant, format_period

from .fact_rows import rows_table, shown_columns, statements_table
from .listing import Listing, Table
from .wording import MemberWords


@dataclass(frozen=True, slots=True)
class FrozenRows:
    """``next`` is the address of the list's next page, None on the last."""

    title: str
    sentence: str
    period: Period
    value: str
    unit: str
    table: Table
    statements: Table
    names_hidden: bool
    more: bool
    next: str | None


def frozen_rows(opened: Opened, period: Period, next_url: str | None) -> FrozenRows:
    answer = opened.answer
    words = MemberWords(answer.figure, period).all(answer.members)
    title = f"{answer.figure.name}: {words}" if words else str(answer.figure.name)
    return FrozenRows(
        title=title,
        sentence=str(answer.figure.sentence),
        period=period,
        value=value_in_words(answer),
        unit=str(answer.figure.unit),
        table=rows_table(_("Các dòng đã tính"), title, opened, shown_columns(opened), linked=False),
        statements=statements_table(opened),
        names_hidden=opened.names_hidden,
        more=opened.after is not None,
        next=next_url,
    )


def frozen_listing(page: FrozenRows, scope: str, frozen_at: datetime) -> Listing:
    """Return the tables of a figure as it was; ``scope`` is of what it was frozen or closed, and when."""
    hidden = (_("Tên và thông tin cá nhân không hiện ở vị trí làm việc này."),) if page.names_hidden else ()
    as_of = _("Như lúc chốt: %(at)s") % {"at": format_instant(frozen_at)}
    period = format_period(page.period.first, page.period.last)
    tables = (page.table, page.statements) if page.statements.rows else (page.table,)
    return Listing(page.title, tables, ((_("Kỳ"), period),), scope, (as_of, *hidden), more=page.more)
