"""Reading closed periods: their values, their rows as they were, and what came late. Each read is for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from congvu.access.rules import Permission, Reach, Reader
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.format import format_period

from .catalogue import FIGURES
from .closing import OWN, TIER
from .compute import Answer, Members, compute, may_see, parse_key
from .definition import Figure
from .engines import DuckEngine
from .gathering import OWN_FIGURES
from .late import LateEntry, late_since, waiting
from .membership import DENOMINATOR, NUMERATOR, Effects, Scope
from .models import Closing
from .opening import Opened
from .period import Period
from .services import open_rows_for
from .store import verified
from .tiers import Tiers, sees_all, sees_unit
from .trends import counting_day


def period_of(closing: Closing) -> Period:
    return Period(closing.period_from, closing.period_to)


@dataclass(frozen=True)
class ClosedPeriod:
    """One closing with the agencies of its day; only readers who may see all its rows come by one."""

    closing: Closing
    tiers: Tiers

    @property
    def name(self) -> str:
        return self.tiers.units[self.closing.agency].name

    @property
    def period(self) -> Period:
        return self.tiers.period

    @property
    def has_tier(self) -> bool:
        return any(entry["scope"] == TIER for entry in self.closing.figures)

    def has(self, figure: Figure, scope: str) -> bool:
        """Return whether this closing has ``figure`` at all: what no agency has is the province's."""
        if scope == OWN or not self.has_tier:
            return scope == OWN and figure.id in OWN_FIGURES
        return figure.id in OWN_FIGURES or self.tiers.units[self.closing.agency].is_province

    def parts(self, scope: str) -> list[Closing]:
        """Return the closings whose rows make up a scope: its own, or all of the tier as they were."""
        if scope == OWN or not self.closing.below:
            return [self.closing]
        below: Mapping[str, int] = self.closing.below
        found = Closing.objects.filter(
            agency__in=list(below), period_from=self.closing.period_from, period_to=self.closing.period_to
        ).defer("figures", "late")
        return [self.closing, *(one for one in found if below[one.agency] == one.number)]


def get_closed(reader: Reader, agency_code: str, period: Period, number: int | None = None) -> ClosedPeriod:
    """Return one closing (``number`` None: the one in force); absent and not-yours are the same 404."""
    found = Closing.objects.filter(agency=agency_code, period_from=period.first, period_to=period.last)
    found = found.filter(reopened_at__isnull=True) if number is None else found.filter(number=number)
    closing = found.first()
    tiers = Tiers.read(period)
    unit = tiers.units.get(agency_code)
    if closing is None or unit is None or not reader.may(Permission.SEE_CLOSINGS) or not sees_unit(reader, unit):
        raise Http404("Không tìm thấy kỳ đã chốt.")
    return ClosedPeriod(closing, tiers)


def closed_figures(agency_code: str, period: Period, *, reader: Reader, scope: str = OWN) -> list[Answer]:
    """Return the closed values ("số liệu đã chốt") of an agency's period, as far as the reader sees their kinds."""
    return stored_answers(get_closed(reader, agency_code, period), reader, scope)


def stored_answers(closed: ClosedPeriod, reader: Reader, scope: str = OWN) -> list[Answer]:
    """Return what a closing keeps, as the answers that they were."""
    return [
        answer_from_json(entry)
        for entry in closed.closing.figures
        if entry["scope"] == scope
        and entry["id"] in FIGURES
        and sees_value(reader, FIGURES[entry["id"]], closed, scope)
    ]


def answer_from_json(entry: Mapping[str, Any]) -> Answer:
    figure = FIGURES[entry["id"]]
    members = tuple((d.name, entry["dimensions"][d.name]) for d in figure.dimensions)
    names = ("value", "numerator", "denominator", "stated", "partial")
    return Answer(figure, members, *(entry[name] for name in names))


def sees_value(reader: Reader, figure: Figure, closed: ClosedPeriod, scope: str) -> bool:
    """Return whether every row that a closed value counts is one that the reader may see."""
    reach = reader.reach(figure.fact.area)
    if reach is not Reach.OWN or not figure.fact.owner:
        return reach is not Reach.NONE
    codes = [closed.closing.agency] if scope == OWN else [closed.closing.agency, *closed.closing.below]
    return all(sees_unit(reader, closed.tiers.units[code]) for code in codes)


def open_closed(
    closed: ClosedPeriod,
    key: str,
    *,
    reader: Reader,
    scope: str = OWN,
    limit: int | None = 50,
    after: list[Any] | None = None,
) -> Opened:
    """Open a closed figure to the rows that it counted then, as far as ``reader`` may see them.

    Raises
    ------
    ClosingAltered
        The rows that were closed are missing, or no longer what they were.
    """
    figure, members = parse_key(key)
    if not closed.has(figure, scope):
        raise UsageRefusal(f"Kỳ đã chốt không có chỉ tiêu «{figure.id}» ở phạm vi này.")
    engine = DuckEngine(verified((str(one), one.files) for one in closed.parts(scope)))
    code = closed.closing.agency if scope == OWN else None
    try:
        return open_rows_for(
            reader, figure, members, closed.period, engine=engine, agency_code=code, limit=limit, after=after
        )
    finally:
        engine.close()


def late_entries(closed: ClosedPeriod, *, reader: Reader, scope: str = OWN) -> list[LateEntry]:
    """Return what came in, changed or went since a period was closed, each with what it changes.

    Entries of records that the reader may not see are left out.
    """
    parts = closed.parts(scope)
    # what belongs to no agency is in the figures of the whole province, and in no agency's own
    rest = scope == TIER and closed.tiers.scope(closed.closing.agency).rest
    found = late_since(parts, Scope(tuple(one.agency for one in parts), rest=rest), apart=scope == OWN)
    return [entry for entry in found if _sees_entry(reader, entry, closed.tiers)]


def _sees_entry(reader: Reader, entry: LateEntry, tiers: Tiers) -> bool:
    unit = tiers.units.get(entry.agency or "")
    if not sees_all(reader) and (unit is None or not sees_unit(reader, unit)):
        return False
    return all(may_see(reader, FIGURES[id_]) for id_, _members, _role in entry.effects)


@dataclass(frozen=True)
class WithLate:
    """A figure of a period with the late entries that fall to it ("cộng phát sinh muộn").

    ``late`` is what they add to ``answer``, ``value`` both together. Where they cannot be added, both are None and
    ``why_not`` says it in a sentence.
    """

    answer: Answer
    late: float | None
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    why_not: str = ""


ONCE_ONLY = "Mỗi đối tượng chỉ đếm một lần trong kỳ nên không cộng được phát sinh muộn."
OF_A_DAY = "Tính theo ngày cuối kỳ hoặc theo năm nên phát sinh muộn đã nằm trong số hiện nay."


def why_not_addable(figure: Figure) -> str:
    """Return why late entries cannot be added to a figure; empty where they can."""
    if any(count.distinct for count in figure.counts):
        return ONCE_ONLY
    return "" if figure.minus is None and counting_day(figure) is not None else OF_A_DAY


def figures_with_late(agency_code: str, period: Period, *, reader: Reader) -> list[WithLate]:
    """Return an agency's figures of a period with the late entries of the closed periods before it.

    Of a closed period: the closed values with what it took in when it was closed. Otherwise ``period`` is taken to be
    the next one to be closed: the live values with everything that waits.

    Raises
    ------
    UsageRefusal
        The period overlaps a closed one without being it.
    """
    tiers = Tiers.read(period)
    unit = tiers.unit(agency_code)
    if not reader.may(Permission.SEE_CLOSINGS) or not sees_unit(reader, unit):
        raise Http404("Không tìm thấy cơ quan.")
    closings = list(Closing.objects.filter(agency=agency_code, reopened_at__isnull=True))
    closed = next((one for one in closings if period_of(one) == period), None)
    if closed is not None:
        answers = stored_answers(ClosedPeriod(closed, tiers), reader)
        entries = [LateEntry.from_json(entry) for entry in closed.late]
    else:
        _refuse_overlap(closings, period)
        answers = compute(period, reader=reader, ids=OWN_FIGURES, agency_code=agency_code)
        entries = waiting(closings, period).get(agency_code, [])
    return with_late(answers, entries, reader)


def _refuse_overlap(closings: list[Closing], period: Period) -> None:
    for one in closings:
        if one.period_from <= period.last and one.period_to >= period.first:
            raise UsageRefusal(
                f"Kỳ {format_period(period.first, period.last)} chồng lên kỳ đã chốt "
                f"{format_period(one.period_from, one.period_to)}. Hãy xem đúng kỳ ấy hoặc một kỳ sau nó."
            )


def with_late(answers: list[Answer], entries: list[LateEntry], reader: Reader) -> list[WithLate]:
    """Add late entries to answers; a member that only late entries have is added too."""
    total: Effects = {}
    for entry in entries:
        for effect, amount in entry.effects.items():
            total[effect] = total.get(effect, 0.0) + amount
    known = {answer.key for answer in answers}
    for id_, members, _role in total:
        figure = FIGURES[id_]
        if not why_not_addable(figure) and may_see(reader, figure):
            answer = _nothing(figure, members)
            if answer.key not in known:
                known.add(answer.key)
                answers = [*answers, answer]
    return [_with_late(answer, total) for answer in answers]


def _nothing(figure: Figure, members: Members) -> Answer:
    if figure.is_share:
        return Answer(figure, members, None, 0, 0, None, 0)
    return Answer(figure, members, 0, None, None, 0, 0)


def _with_late(answer: Answer, total: Effects) -> WithLate:
    why_not = why_not_addable(answer.figure)
    if why_not:
        return WithLate(answer, None, None, why_not=why_not)
    added = total.get((answer.figure.id, answer.members, NUMERATOR), 0.0)
    if not answer.figure.is_share:
        return WithLate(answer, added, (answer.value or 0) + added)
    numerator = float(answer.numerator or 0) + added
    denominator = float(answer.denominator or 0) + total.get((answer.figure.id, answer.members, DENOMINATOR), 0.0)
    value = numerator / denominator if denominator else None
    return WithLate(answer, None, value, numerator, denominator)
