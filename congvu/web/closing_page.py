"""The pages of closed periods: who has closed what, what would be closed now, and one closing with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congvu.access.rules import Permission, Reader
from congvu.figures.cached import answers
from congvu.figures.closed import ClosedPeriod, WithLate, stored_answers, with_late
from congvu.figures.closing import OWN, TIER
from congvu.figures.closing_list import PeriodClosed, PeriodList, Standing, earlier_numbers
from congvu.figures.compute import Answer
from congvu.figures.frozen import definitions_hash
from congvu.figures.gathering import OWN_FIGURES
from congvu.figures.late import LateEntry
from congvu.figures.models import Closing
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_instant, format_number, format_period
from congvu.kernel.text import vn_sort_key

from .address import period_query
from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, link, number, text
from .templating import url
from .wording import MemberWords, answer_cell

SCOPE, KEY = "pham-vi", "chi-tieu"
SCOPES = {"rieng": OWN, "toan-tuyen": TIER}
"""What an address says of a scope."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class StandingLine:
    """``state`` is the class, the icon and the words of how an agency stands."""

    name: str
    depth: int
    state: tuple[str, str, str]
    note: str
    closing_url: str | None
    close_url: str | None


def standing_lines(listed: PeriodList, *, may_close: bool) -> list[StandingLine]:
    """Return the agencies of a period as the list shows them."""
    return [_standing_line(standing, listed, may_close=may_close) for standing in listed.standings]


def _standing_line(standing: Standing, listed: PeriodList, *, may_close: bool) -> StandingLine:
    shown = standing.closed or standing.reopened
    closable = may_close and listed.over and standing.closed is None and standing.other is None
    asked = {"co-quan": standing.unit.code} | period_query(listed.period)
    return StandingLine(
        name=standing.unit.name,
        depth=standing.depth,
        state=_state(standing, over=listed.over),
        note=_note(standing),
        closing_url=closing_url("closing", shown) if shown else None,
        close_url=url("closing-close", asked) if closable else None,
    )


def _state(standing: Standing, *, over: bool) -> tuple[str, str, str]:
    if standing.closed is not None:
        if standing.closed.missing:
            return "open", "◐", _("Đã chốt, còn thiếu")
        return "good", "✓", _("Đã chốt")
    if standing.other is not None:
        return "out", "⊘", _("Đã chốt kỳ khác")
    if standing.reopened is not None:
        return "late", "↺", _("Đã mở lại")
    return ("open", "◷", _("Chưa chốt")) if over else ("out", "…", _("Kỳ chưa hết"))


def _note(standing: Standing) -> str:
    if standing.closed is not None:
        return _closed_words(standing.closed)
    parts = []
    if standing.other is not None:
        days = format_period(standing.other.period_from, standing.other.period_to)
        parts.append(_("Kỳ %(days)s đã chốt chồng lên kỳ này.") % {"days": days})
    if standing.reopened is not None and standing.reopened.reopened_at is not None:
        parts.append(_reopened_words(standing.reopened))
    if standing.waiting:
        parts.append(_waiting_words(standing.waiting))
    return " ".join(parts)


def _closed_words(closing: Closing) -> str:
    words = _("Lần %(number)s, %(at)s, %(who)s.") % {
        "number": closing.number,
        "at": format_instant(closing.closed_at),
        "who": closing.closed_by,
    }
    if not closing.missing:
        return words
    return f"{words} " + _("Thiếu %(count)s cơ quan: %(reason)s") % {
        "count": len(closing.missing),
        "reason": closing.missing_reason,
    }


def _reopened_words(closing: Closing) -> str:
    at = format_instant(closing.reopened_at) if closing.reopened_at else NONE
    return _("Lần %(number)s được %(who)s mở lại %(at)s: %(reason)s") % {
        "number": closing.number,
        "who": closing.reopened_by,
        "at": at,
        "reason": closing.reason,
    }


def _waiting_words(names: tuple[str, ...]) -> str:
    few = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        few = _("%(names)s và %(more)s cơ quan khác") % {"names": few, "more": format_number(len(names) - _NAMED)}
    return ngettext(
        "Còn %(count)s cơ quan bên dưới chưa chốt: %(names)s.",
        "Còn %(count)s cơ quan bên dưới chưa chốt: %(names)s.",
        len(names),
    ) % {"count": format_number(len(names)), "names": few}


def closing_url(route: str, closing: Closing, query: dict[str, Any] | None = None) -> str:
    """Return the address of a page below one closing."""
    return url(
        route,
        query,
        first=closing.period_from.isoformat(),
        last=closing.period_to.isoformat(),
        number=closing.number,
        code=closing.agency,
    )


def scope_in_address(scope: str) -> str:
    return next(word for word, known in SCOPES.items() if known == scope)


@dataclass(frozen=True)
class ClosingPage:
    closed: ClosedPeriod
    state: tuple[str, str, str]
    facts: tuple[tuple[str, str], ...]
    own: Table
    tier: Table | None
    changed: int
    others: tuple[tuple[int, str], ...]
    may_reopen: bool
    late_url: str
    late_tier_url: str | None
    reopen_url: str


def closing_page(reader: Reader, closed: ClosedPeriod) -> ClosingPage:
    """Return one closing with its values, beside what the records say now."""
    closing = closed.closing
    own = _own_rows(reader, closed)
    tier = stored_answers(closed, reader, TIER) if closed.has_tier else []
    return ClosingPage(
        closed=closed,
        state=("late", "↺", _("Đã mở lại")) if closing.reopened_at else ("good", "✓", _("Đã chốt")),
        facts=tuple(_facts(closed)),
        own=_own_table(own, took_late=bool(closing.late)),
        tier=_tier_table(_named(tier, closed, TIER)) if tier else None,
        changed=sum(1 for row in own if row.record),
        others=tuple((number, _other_url(closing, number)) for number in earlier_numbers(closing)),
        may_reopen=reader.may(Permission.CLOSE_PERIOD) and closing.reopened_at is None,
        late_url=closing_url("closing-late", closing),
        late_tier_url=closing_url("closing-late", closing, {SCOPE: scope_in_address(TIER)})
        if closed.has_tier
        else None,
        reopen_url=closing_url("closing-reopen", closing),
    )


def _other_url(closing: Closing, number: int) -> str:
    first, last = closing.period_from.isoformat(), closing.period_to.isoformat()
    return url("closing", first=first, last=last, number=number, code=closing.agency)


def _facts(closed: ClosedPeriod) -> Iterable[tuple[str, str]]:
    closing = closed.closing
    yield _("Cơ quan"), closed.name
    yield _("Kỳ"), format_period(closing.period_from, closing.period_to)
    yield _("Chốt lúc"), format_instant(closing.closed_at)
    yield _("Người chốt"), closing.closed_by
    if closing.reopened_at:
        yield _("Mở lại"), _reopened_words(closing)
    if closing.below:
        yield _("Cơ quan bên dưới trong số liệu"), format_number(len(closing.below))
    if closing.missing:
        names = sorted((closed.tiers.units[code].name for code in closing.missing), key=vn_sort_key)
        reason = _("Lý do: %(reason)s") % {"reason": closing.missing_reason}
        yield _("Còn thiếu"), f"{', '.join(names)}. {reason}"
    yield _("Phiên bản"), closing.version
    same = closing.definitions_hash == definitions_hash()
    yield _("Cách tính chỉ tiêu"), _("như hiện nay") if same else _("đã đổi từ khi chốt; số đã chốt giữ nguyên")


def _own_rows(reader: Reader, closed: ClosedPeriod) -> list[Row]:
    """Return a row for each closed figure; its record is whether the figure is another one now."""
    stored, took_late = stored_answers(closed, reader), bool(closed.closing.late)
    live = answers(reader, closed.period, OWN_FIGURES, agency_code=closed.closing.agency)
    now = {answer.key: answer for some in live.values() for answer in some}
    taken = {
        one.answer.key: one for one in with_late(stored, [LateEntry.from_json(e) for e in closed.closing.late], reader)
    }
    shown = [*stored, *(one.answer for key, one in taken.items() if key not in {a.key for a in stored})]
    rows = []
    for answer, named in zip(shown, _named(shown, closed, OWN), strict=True):
        late = _late_cells(answer, taken[answer.key]) if took_late else ()
        current = _now(answer, now.get(answer.key))
        rows.append(Row((*named, *late, current or Cell(_("như đã chốt"), "num")), record=current is not None))
    return rows


def _late_cells(answer: Answer, one: WithLate) -> tuple[Cell, Cell]:
    """Return what late entries add to a figure, and both together."""
    added = signed_cell(one.late) if one.late else Cell(NONE, "num")
    if answer.figure.is_share and not one.why_not:
        exact = Fraction(one.numerator or 0) / Fraction(one.denominator) if one.denominator else None
        return added, Cell(_share_words(one.numerator, one.denominator), "num", value=exact, kind="percent")
    return added, number(one.value) if one.late else Cell(NONE, "num")


def _share_words(numerator: float | None, denominator: float | None) -> str:
    if not denominator:
        return value_in_words(None)
    return f"{format_number(100 * (numerator or 0) / denominator, 2)}%"


def _own_table(rows: list[Row], *, took_late: bool) -> Table:
    late = (_("Muộn của kỳ trước"), _("Cộng phát sinh muộn")) if took_late else ()
    titles = columns(_("Chỉ tiêu"), numbers=(_("Đã chốt"), *late, _("Hiện nay")))
    return Table(_("Số liệu đã chốt của cơ quan"), titles, rows)


def _tier_table(named: list[tuple[Cell, Cell]]) -> Table:
    titles = columns(_("Chỉ tiêu"), numbers=(_("Đã chốt"),))
    return Table(_("Số liệu đã chốt toàn tuyến"), titles, Rows(Row, named))


def closed_scope(closed: ClosedPeriod, scope: str) -> str:
    return closed.name if scope == OWN else f"{closed.name} " + _("và các cơ quan bên dưới")


def closing_listing(page: ClosingPage) -> Listing:
    closed = page.closed
    period = format_period(closed.period.first, closed.period.last)
    title = f"{closed.name}: " + _("số liệu kỳ") + f" {period}, " + _("lần") + f" {closed.closing.number}"
    return Listing(title, (page.tier, page.own) if page.tier else (page.own,), ((_("Kỳ"), period),), closed.name)


def closings_listing(listed: PeriodList, lines: list[StandingLine], closed: Sequence[PeriodClosed]) -> Listing:
    """Return the agencies of a period, and the periods that were closed."""

    def agency(line: StandingLine) -> Row:
        state, icon, words = line.state
        standing = Cell(words, "one-line", state=state, icon=icon)
        return Row((link(line.name, line.closing_url), standing, text(line.note)), line, f"depth-{min(line.depth, 4)}")

    def period(one: PeriodClosed) -> Row:
        days = format_period(one.period.first, one.period.last)
        return Row((link(days, url("closings", period_query(one.period))), number(one.agencies)))

    caption = _("Các cơ quan trong kỳ, mỗi cơ quan đứng sau cơ quan cấp trên")
    titles = columns(_("Cơ quan"), _("Tình trạng"), _("Chi tiết"))
    tables = (
        Table(_("Các cơ quan trong kỳ"), titles, Rows(agency, lines), caption, "tree"),
        Table(_("Các kỳ đã chốt"), columns(_("Kỳ"), numbers=(_("Cơ quan đã chốt"),)), Rows(period, closed)),
    )
    days = format_period(listed.period.first, listed.period.last)
    return Listing(_("Chốt số liệu"), tables, ((_("Kỳ"), days),))


@dataclass(frozen=True, slots=True)
class ToCloseLine:
    """A figure as it would be closed now; ``late`` and ``total`` are empty where nothing late is added."""

    name: str
    value: str
    late: str
    total: str


def to_close_lines(found: Iterable[WithLate], period: Period) -> list[ToCloseLine]:
    """Return the figures of an agency that are not zero, as closing would keep them."""
    words: dict[str, MemberWords] = {}
    lines = []
    for one in found:
        figure = one.answer.figure
        if one.answer.value or one.late:
            members = words.setdefault(figure.id, MemberWords(figure, period)).all(one.answer.members)
            name = f"{figure.name}: {members}" if members else str(figure.name)
            late = signed(one.late) if one.late else ""
            lines.append(ToCloseLine(name, value_in_words(one.answer), late, value_in_words(one.value) if late else ""))
    return lines


def _now(then: Answer, now: Answer | None) -> Cell | None:
    """Return the live value where it is another one than was closed."""
    value = now.value if now else (None if then.figure.is_share else 0)
    if value == then.value:
        return None
    return answer_cell(now) if now else Cell(value_in_words(value), "num", value=value, kind="integer")


def signed(amount: float) -> str:
    """Return a difference with its sign: ``+3``, ``−1``."""
    return ("+" if amount > 0 else "−") + format_number(abs(int(amount)))


def signed_cell(amount: float) -> Cell:
    """Return a difference: with its sign in words, a number in a workbook."""
    return Cell(signed(amount), "num", value=int(amount), kind="integer")


def _named(found: Iterable[Answer], closed: ClosedPeriod, scope: str) -> list[tuple[Cell, Cell]]:
    """Return the name and the value of each answer, leading to the rows of then."""
    words: dict[str, MemberWords] = {}
    lines = []
    for answer in found:
        figure = answer.figure
        members = words.setdefault(figure.id, MemberWords(figure, closed.period)).all(answer.members)
        query = {KEY: answer.key, SCOPE: scope_in_address(scope)}
        name = f"{figure.name}: {members}" if members else str(figure.name)
        lines.append((Cell(name), answer_cell(answer, closing_url("closing-figure", closed.closing, query))))
    return lines
