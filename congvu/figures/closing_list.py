"""Who has closed which period: lists for a reader, as many queries for one agency as for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from congvu.access.rules import Permission, Reader
from congvu.kernel import clock
from congvu.province.models import AgencyKind

from .closed import ClosedPeriod
from .models import Closing
from .period import Period
from .tiers import Tiers, Unit, sees_all, sees_unit


@dataclass(frozen=True, slots=True)
class Standing:
    """How one agency stands in a period.

    ``closed`` is in force, ``reopened`` the latest that was opened again where none is; ``other`` a closed period
    that overlaps this one. ``waiting`` are the names of those below that have not closed.
    """

    unit: Unit
    depth: int
    closed: Closing | None
    reopened: Closing | None
    other: Closing | None
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class PeriodList:
    """``over`` says whether the period has ended, so that it may be closed."""

    period: Period
    over: bool
    standings: tuple[Standing, ...]

    @property
    def closed(self) -> int:
        return sum(standing.closed is not None for standing in self.standings)


def last_month() -> Period:
    """Return the last calendar month that has ended: the one that is most likely to be closed now."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def standings_in(reader: Reader, period: Period) -> PeriodList:
    """Return how every agency that the reader may see stands in ``period``, each after the one above it."""
    tiers = Tiers.read(period)
    due = tiers.all_due()
    seen = {code for code in due if sees_unit(reader, tiers.units[code])}
    if not reader.may(Permission.SEE_CLOSINGS):
        seen = set()
    found: dict[str, list[Closing]] = defaultdict(list)
    touching = Closing.objects.filter(period_from__lte=period.last, period_to__gte=period.first)
    for closing in touching.order_by("number").defer("figures", "late", "files"):
        found[closing.agency].append(closing)
    closed = {code for code in due if _in_force(found[code], period)}
    return PeriodList(
        period,
        period.last < clock.today(),
        tuple(
            _standing(tiers.units[code], depth, found[code], period, tiers, (due & tiers.below(code)) - closed)
            for code, depth in tiers.in_tree_order(seen)
        ),
    )


def _in_force(closings: list[Closing], period: Period) -> Closing | None:
    return next((c for c in closings if c.reopened_at is None and _days(c) == period), None)


def _days(closing: Closing) -> Period:
    return Period(closing.period_from, closing.period_to)


def _standing(
    unit: Unit, depth: int, closings: list[Closing], period: Period, tiers: Tiers, waiting: frozenset[str] | set[str]
) -> Standing:
    closed = _in_force(closings, period)
    again = [c for c in closings if c.reopened_at is not None and _days(c) == period]
    other = next((c for c in closings if c.reopened_at is None and _days(c) != period), None)
    names = tuple(tiers.units[code].name for code in tiers.in_order(waiting)) if closed is None else ()
    return Standing(unit, depth, closed, again[-1] if again and not closed else None, other, names)


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """A period that somebody whom the reader may see has closed, and how many have."""

    period: Period
    agencies: int


def periods_closed(reader: Reader) -> list[PeriodClosed]:
    """Return the closed periods that the reader may know of, the latest first."""
    if not reader.may(Permission.SEE_CLOSINGS):
        return []
    found = Closing.objects.filter(reopened_at__isnull=True)
    if not sees_all(reader):
        found = found.filter(agency__in=Tiers.codes_of(reader))
    grouped = found.values_list("period_from", "period_to").annotate(agencies=Count("row"))
    return [
        PeriodClosed(Period(first, last), agencies)
        for first, last, agencies in grouped.order_by("-period_to", "-period_from")
    ]


def closed_for(reader: Reader, period: Period) -> ClosedPeriod | None:
    """Return the closing over just those rows that the reader's figures of ``period`` count; None where none is."""
    if not reader.may(Permission.SEE_CLOSINGS):
        return None
    found = Closing.objects.filter(period_from=period.first, period_to=period.last, reopened_at__isnull=True)
    if not sees_all(reader):
        found = found.filter(agency=reader.agency_code)
    if not found.exists():
        return None
    tiers = Tiers.read(period)
    codes = [code for code, unit in tiers.units.items() if unit.kind == AgencyKind.PROVINCE_COMMITTEE]
    closing = found.filter(agency__in=codes if sees_all(reader) else [reader.agency_code]).first()
    if closing is None or not sees_unit(reader, tiers.units[closing.agency]):
        return None
    return ClosedPeriod(closing, tiers)


def earlier_numbers(closing: Closing) -> list[int]:
    """Return the numbers of the other closings of the same agency and period, in their order."""
    found = Closing.objects.filter(
        agency=closing.agency, period_from=closing.period_from, period_to=closing.period_to
    ).exclude(number=closing.number)
    return list(found.order_by("number").values_list("number", flat=True))
