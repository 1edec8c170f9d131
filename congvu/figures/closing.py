"""Closing the figures of a period for an agency, and opening what was closed.

A closing keeps the figures and the rows that they counted; afterwards the records go on, and what is entered later for
the closed days falls to the next period (:mod:`congvu.figures.late`). An agency with others below it closes after
them. See docs/explanation/closed-periods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from congvu import __version__
from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_period
from congvu.province.queries import AgencyNotFound

from .compute import Answer
from .frozen import at_one_instant, definitions_hash, in_vietnamese
from .gathering import Gathered, tier_figures
from .late import waiting
from .models import Closing, record_key
from .period import Period
from .store import files_hash
from .tiers import Tiers, Unit, sees_unit, with_rows
from .written import answer_to_json

OWN, TIER = "own", "tier"
"""A closing's figures: over the agency's own rows, and over those of everybody below it as well."""

_PATIENCE = "10s"
_NAMED = 5


class PeriodClosed(Refusal):
    code = "closing.already_closed"
    status = 409


class PeriodNotOver(Refusal):
    code = "closing.period_not_over"
    status = 409


class BelowNotClosed(Refusal):
    code = "closing.below_not_closed"
    status = 409


class StillNeeded(Refusal):
    code = "closing.still_needed"
    status = 409


class NothingClosed(Refusal):
    code = "closing.not_found"
    status = 404


class ReasonMissing(Refusal):
    code = "closing.reason_missing"


class ClosingUnderWay(Refusal):
    code = "closing.under_way"
    status = 409
    exit_status = 3


def close_period(agency_code: str, period: Period, *, reader: Reader, reason: str = "") -> Closing:
    """Close ``period`` for one agency.

    ``reason`` says why it is closed although agencies below it are not; it is refused without one.

    Raises
    ------
    NotForThisSeat, AgencyNotFound
        The reader closes no periods; there is no such agency, or it is not theirs.
    PeriodNotOver, PeriodClosed, BelowNotClosed
        The period has days to come; it, or one that overlaps it, is closed; who is missing below.
    ClosingUnderWay
        Somebody else has been closing periods for longer than one waits.
    """
    return _close(agency_code, period, reader, reason.strip(), with_below=False)[-1]


def close_many(agency_code: str, period: Period, *, reader: Reader) -> list[Closing]:
    """Close ``period`` for everybody below an agency who has not yet closed it, and for itself, as one act.

    The agency's own closing is the last one returned. Raises as :func:`close_period`.
    """
    return _close(agency_code, period, reader, "", with_below=True)


@in_vietnamese
def _close(agency_code: str, period: Period, reader: Reader, reason: str, *, with_below: bool) -> list[Closing]:
    require(reader, Permission.CLOSE_PERIOD)
    if period.last >= clock.today():
        raise PeriodNotOver(
            f"Kỳ {_words(period)} chưa hết nên chưa chốt được. Hãy chốt từ ngày sau ngày cuối kỳ, hoặc chọn kỳ khác."
        )
    try:
        with _alone():
            plan = _plan(agency_code, period, reader, reason, with_below=with_below)
            return _written(plan, reader)
    except IntegrityError:
        raise PeriodClosed("Kỳ này vừa được người khác chốt. Hãy xem lại danh sách kỳ đã chốt.") from None


@contextmanager
def _alone() -> Iterator[None]:
    """Run the block as one transaction that sees one instant, alone among those that close or open periods.

    The lock comes before anything is read, so that the instant lies after everything that others closed. Neither it
    nor a table that a load holds is waited for longer than ``_PATIENCE``.
    """
    try:
        with transaction.atomic(durable=not connection.in_atomic_block):
            at_one_instant()
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
                cursor.execute(f"LOCK TABLE {Closing.table()} IN SHARE ROW EXCLUSIVE MODE")
            yield
    except (OperationalError, LockNotAvailable) as error:
        if isinstance(error, LockNotAvailable) or isinstance(error.__cause__, LockNotAvailable):
            raise ClosingUnderWay(
                "Một lần chốt số liệu hoặc nạp dữ liệu khác đang chạy. "
                "Hãy đợi nó xong, xem lại danh sách rồi chốt nếu cần."
            ) from None
        raise


@dataclass(frozen=True)
class _Plan:
    """``targets`` are the codes to close, those below first; ``closed`` what is closed of this period already."""

    period: Period
    tiers: Tiers
    targets: list[str]
    closed: dict[str, Closing]
    due_below: dict[str, frozenset[str]]
    reason: str


def _plan(agency_code: str, period: Period, reader: Reader, reason: str, *, with_below: bool) -> _Plan:
    tiers = Tiers.read(period)
    unit = tiers.unit(agency_code)
    if not sees_unit(reader, unit):
        raise NothingClosed(f"Không tìm thấy cơ quan «{agency_code}» trong phạm vi được chốt số liệu.")
    if not unit.in_period and not with_rows([agency_code], period):
        raise AgencyNotFound(
            f"{unit.name} đã thôi hoạt động trước kỳ {_words(period)} và không còn dòng nào để chốt. Hãy chọn kỳ khác."
        )
    due = tiers.due_below(agency_code)
    closed = _closed_of({*due, agency_code}, period)
    if agency_code in closed:
        one = closed[agency_code]
        raise PeriodClosed(
            f"Kỳ {_words(period)} của {unit.name} đã được {one.closed_by} chốt (lần {one.number}). "
            "Hãy mở lại kỳ ấy, nêu lý do, rồi chốt lại nếu cần."
        )
    open_below = due - closed.keys()
    targets = [*open_below, agency_code] if with_below else [agency_code]
    _refuse_overlaps(targets, period, tiers)
    if open_below and not with_below and not reason:
        raise BelowNotClosed(
            f"{unit.name} chưa chốt được kỳ {_words(period)} vì {len(open_below)} cơ quan bên dưới chưa chốt: "
            f"{named(open_below, tiers)}. Hãy chốt các cơ quan ấy trước, hoặc nêu lý do chốt khi còn thiếu."
        )
    if not with_below:
        reason = reason if open_below else ""
    below = {code: (due if code == agency_code else due & tiers.below(code)) for code in targets}
    return _Plan(period, tiers, tiers.in_order(targets), closed, below, reason)


def _closed_of(codes: Iterable[str], period: Period) -> dict[str, Closing]:
    found = Closing.objects.filter(
        agency__in=list(codes), period_from=period.first, period_to=period.last, reopened_at__isnull=True
    )
    return {closing.agency: closing for closing in found.defer("figures")}


def _refuse_overlaps(codes: Iterable[str], period: Period, tiers: Tiers) -> None:
    overlapping = Closing.objects.filter(
        agency__in=list(codes), reopened_at__isnull=True, period_from__lte=period.last, period_to__gte=period.first
    )
    for one in overlapping.order_by("agency", "period_from").defer("figures", "late"):
        raise PeriodClosed(
            f"Kỳ {_words(period)} chồng lên kỳ {format_period(one.period_from, one.period_to)} mà "
            f"{tiers.unit(one.agency).name} đã chốt. Một ngày chỉ thuộc một kỳ chốt: "
            "hãy chọn kỳ khác hoặc mở lại kỳ ấy."
        )


def named(codes: Iterable[str], tiers: Tiers) -> str:
    """Return the names of a few agencies, and how many more there are."""
    names = [tiers.units[code].name for code in tiers.in_order(codes)]
    more = f" và {len(names) - _NAMED} cơ quan khác" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _written(plan: _Plan, reader: Reader) -> list[Closing]:
    own = {code: plan.tiers.scope(code) for code in plan.targets}
    late = waiting(_all_closed(plan.targets), plan.period)
    numbers = _next_numbers(plan.targets, plan.period)
    keys = [record_key(code, plan.period.first, plan.period.last, numbers[code]) for code in plan.targets]
    asked = {"from": plan.period.first, "to": plan.period.last, "closings": len(keys)}
    made: dict[str, Closing] = {}
    definitions = definitions_hash()
    with (
        Gathered.of(own.values(), plan.period) as gathered,
        act("period:close", actor=reader, subject=(Closing.table(), keys[-1]), reason=plan.reason, data=asked) as deed,
        deed.changing(Closing, keys),
    ):
        for code in plan.targets:
            files = gathered.keep_rows(own[code])
            closed_below = {one: plan.closed.get(one) or made.get(one) for one in sorted(plan.due_below[code])}
            tier = [closing for closing in closed_below.values() if closing]
            figures = _stored(gathered.figures(code), OWN)
            if plan.due_below[code] or own[code].rest:
                figures += _stored(tier_figures(plan.period, files, tier, whole=own[code].rest), TIER)
            made[code] = Closing.objects.create(
                agency=code,
                period_from=plan.period.first,
                period_to=plan.period.last,
                number=numbers[code],
                closed_at=clock.now(),
                closed_by=reader.name,
                version=__version__,
                definitions_hash=definitions,
                figures=figures,
                late=[entry.to_json() for entry in late.get(code, [])],
                below={closing.agency: closing.number for closing in tier},
                missing=[one for one, closing in closed_below.items() if closing is None],
                missing_reason=plan.reason,
                files=files,
                snapshot_hash=files_hash(files),
            )
    return list(made.values())


def _all_closed(codes: Sequence[str]) -> list[Closing]:
    return list(Closing.objects.filter(agency__in=codes, reopened_at__isnull=True).defer("figures"))


def _next_numbers(codes: Sequence[str], period: Period) -> dict[str, int]:
    numbers = dict.fromkeys(codes, 1)
    earlier = Closing.objects.filter(agency__in=codes, period_from=period.first, period_to=period.last)
    for code, number in earlier.values_list("agency", "number"):
        numbers[code] = max(numbers[code], number + 1)
    return numbers


def _stored(answers: Iterable[Answer], scope: str) -> list[dict[str, Any]]:
    return [answer_to_json(answer) | {"scope": scope} for answer in answers]


def reopen(agency_code: str, period: Period, reason: str, *, reader: Reader, number: int | None = None) -> Closing:
    """Open a closed period again; the closing stays to be read, and closing once more makes the next number.

    ``number`` says which closing is meant, where a person has looked at one: another in force is not opened for it.

    Raises
    ------
    NotForThisSeat, ReasonMissing
        The reader closes no periods; nothing was said why.
    NothingClosed
        The agency has not closed this period, or is not theirs.
    StillNeeded
        Agencies above have closed over it, or a later period took in its late entries: those open first.
    """
    require(reader, Permission.CLOSE_PERIOD)
    if not reason.strip():
        raise ReasonMissing("Hãy nêu lý do mở lại kỳ đã chốt; lý do được ghi vào nhật ký.")
    with _alone():
        tiers = Tiers.read(period)
        closing = _closed_of([agency_code], period).get(agency_code)
        unit = tiers.units.get(agency_code)
        if closing is None or unit is None or not sees_unit(reader, unit) or number not in (None, closing.number):
            raise NothingClosed(f"Không có kỳ {_words(period)} đã chốt của cơ quan «{agency_code}» để mở lại.")
        _refuse_where_needed(closing, unit, period, tiers)
        key = closing.record_key
        with (
            act("period:reopen", actor=reader, subject=(Closing.table(), key), reason=reason.strip()) as deed,
            deed.changing(Closing, [key]),
        ):
            closing.reopened_at, closing.reopened_by, closing.reason = clock.now(), reader.name, reason.strip()
            closing.save(update_fields=["reopened_at", "reopened_by", "reason"])
    return closing


def _refuse_where_needed(closing: Closing, unit: Unit, period: Period, tiers: Tiers) -> None:
    above = Closing.objects.filter(
        period_from=period.first, period_to=period.last, reopened_at__isnull=True, below__has_key=closing.agency
    ).values_list("agency", flat=True)
    if above:
        raise StillNeeded(
            f"Kỳ {_words(period)} của {unit.name} đã nằm trong số liệu chốt của {named(above, tiers)}. "
            "Hãy mở lại kỳ của các cơ quan ấy trước."
        )
    took = {"period_from": period.first.isoformat(), "period_to": period.last.isoformat()}
    later = Closing.objects.filter(agency=closing.agency, reopened_at__isnull=True, late__contains=[took]).first()
    if later is not None:
        raise StillNeeded(
            f"Kỳ {format_period(later.period_from, later.period_to)} của {unit.name} đã nhận các dòng phát sinh muộn "
            f"của kỳ {_words(period)}. Hãy mở lại kỳ ấy trước."
        )


def _words(period: Period) -> str:
    return format_period(period.first, period.last)
