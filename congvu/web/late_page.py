"""The page of what came in, changed or went after a period was closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congvu.access.facts import Fact
from congvu.access.rules import Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.closed import ClosedPeriod, late_entries
from congvu.figures.closing import TIER
from congvu.figures.compute import Members
from congvu.figures.facts import FACTS
from congvu.figures.late import Kind, LateEntry
from congvu.figures.membership import NUMERATOR, ONCE, Effects
from congvu.figures.models import Closing
from congvu.figures.opening import HIDDEN
from congvu.figures.period import Period
from congvu.kernel.format import format_instant, format_period

from .address import AFTER, place_token
from .closing_page import SCOPE, closed_scope, closing_url, scope_in_address, signed, signed_cell
from .listing import Cell, Listing, Row, Rows, Table, columns, link, text
from .wording import MemberWords, dossier_url

PAGE = 50
KIND_WORDS = {
    Kind.NEW: ("+", gettext_lazy("Mới có")),
    Kind.CHANGED: ("≠", gettext_lazy("Đã đổi")),
    Kind.GONE: ("−", gettext_lazy("Không còn")),
}


@dataclass(frozen=True)
class LatePage:
    """``sums`` is what all entries together do to each figure that can be added up."""

    closed: ClosedPeriod
    tier: bool
    total: int
    sums: Table
    lines: Table
    more: bool
    next: str | None
    first: str | None


def late_page(reader: Reader, closed: ClosedPeriod, scope: str, after: list[Any] | None, limit: int) -> LatePage:
    """Return ``limit`` entries of what came in, changed or went since a period was closed."""
    found = late_entries(closed, reader=reader, scope=scope)
    start = int(after[0]) if after else 0
    shown = found[start : start + limit]
    query = {SCOPE: scope_in_address(scope)}
    names = _EffectWords(closed.period)
    token = place_token([start + limit], late_place(closed.closing, scope)) if start + limit < len(found) else None
    return LatePage(
        closed=closed,
        tier=scope == TIER,
        total=len(found),
        sums=_sums_table(names.sums(found)),
        lines=_lines_table(shown, closed, names),
        more=token is not None,
        next=closing_url("closing-late", closed.closing, query | {AFTER: token}) if token else None,
        first=closing_url("closing-late", closed.closing, query) if start else None,
    )


def late_place(closing: Closing, scope: str) -> str:
    """Return the name by which the places in a list of late entries are signed."""
    return f"late-{closing.record_key}-{scope}"


class _EffectWords:
    """What an entry changes, in words; the names of members are read once a figure."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._words: dict[str, MemberWords] = {}

    def figure(self, id_: str, members: Members) -> str:
        figure = FIGURES[id_]
        words = self._words.setdefault(id_, MemberWords(figure, self._period)).all(members)
        return f"{figure.name}: {words}" if words else str(figure.name)

    def of(self, effects: Effects) -> tuple[str, ...]:
        found = []
        for (id_, members, role), amount in effects.items():
            if role == NUMERATOR and not FIGURES[id_].is_share:
                found.append(f"{self.figure(id_, members)} {signed(amount)}")
            elif role == ONCE:
                found.append(_("%(figure)s (đếm không trùng)") % {"figure": self.figure(id_, members)})
        if not found:
            found = sorted({self.figure(id_, members) for id_, members, _role in effects})
        return tuple(found)

    def sums(self, entries: Iterable[LateEntry]) -> list[tuple[str, float]]:
        total: dict[tuple[str, Members], float] = {}
        for entry in entries:
            for (id_, members, role), amount in entry.effects.items():
                if role == NUMERATOR and not FIGURES[id_].is_share:
                    total[id_, members] = total.get((id_, members), 0.0) + amount
        order = list(FIGURES)
        places = sorted(total, key=lambda place: (order.index(place[0]), place[1]))
        return [(self.figure(*place), total[place]) for place in places if total[place]]


def late_listing(page: LatePage, scope: str) -> Listing:
    period = format_period(page.closed.period.first, page.closed.period.last)
    scope_words = closed_scope(page.closed, scope)
    as_of = _("Như lúc chốt: %(at)s") % {"at": format_instant(page.closed.closing.closed_at)}
    tables = (page.sums, page.lines) if page.sums.rows else (page.lines,)
    title = _("Phát sinh muộn sau khi chốt")
    return Listing(title, tables, ((_("Kỳ"), period),), scope_words, (as_of,), more=page.more)


def _sums_table(sums: list[tuple[str, float]]) -> Table:
    def row(one: tuple[str, float]) -> Row:
        return Row((Cell(one[0]), signed_cell(one[1])))

    titles = columns(_("Chỉ tiêu"), numbers=(_("Thay đổi"),))
    return Table(_("Cộng lại"), titles, Rows(row, sums), _("Phát sinh muộn cộng lại theo chỉ tiêu"))


def _lines_table(entries: Sequence[LateEntry], closed: ClosedPeriod, names: _EffectWords) -> Table:
    titles = columns(_("Dòng"), _("Loại"), _("Thuộc"), _("Cơ quan"), _("Làm đổi"))
    rows = Rows(lambda entry: _late_row(entry, closed, names), entries)
    return Table(_("Từng dòng"), titles, rows, _("Từng dòng phát sinh muộn"))


def _late_row(entry: LateEntry, closed: ClosedPeriod, names: _EffectWords) -> Row:
    fact: Fact = next(f for f in FACTS if f.name == entry.fact)
    icon, kind = KIND_WORDS[entry.kind]
    personal = any(fact.column(name).personal for name in fact.key)
    key = HIDDEN if personal else ", ".join(part for part in entry.key if part)
    agency = closed.tiers.units.get(entry.agency or "")
    is_dossier = entry.fact == "dossiers" and entry.kind is not Kind.GONE
    return Row(
        (
            link(key, dossier_url(key) if is_dossier else None),
            Cell(str(kind), "one-line", icon=icon),
            Cell(str(fact.title)),
            text(agency.name if agency else None),
            Cell("; ".join(names.of(entry.effects))),
        )
    )
