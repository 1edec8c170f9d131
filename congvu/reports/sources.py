"""What a report is made of: its periods, figures, citations and names, read once each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db import connection

from congvu.access.rules import Reader
from congvu.assessment.queries import Assessment, read_assessment
from congvu.figures.cached import answers, kept
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import AgencyNames, Answer, Members
from congvu.figures.definition import Figure
from congvu.figures.engines import PostgresEngine
from congvu.figures.opening import Opened, answer_for, open_figure
from congvu.figures.period import Period
from congvu.work.documents.queries import DocumentLine, documents_by_id

from .finding import find
from .models import ReportPending, ReportPeriod, ReportSlot
from .template import Template
from .term import Term

T = TypeVar("T")


@dataclass
class Sources:
    """Everything that the writer of one report may ask for. Figures are those that ``reader`` may see."""

    template: Template
    term: Term
    reader: Reader
    periods: dict[str, Period]
    pending: frozenset[str]
    slots: dict[str, list[DocumentLine]]
    given: frozenset[str] = frozenset()
    """The periods whose days were given for this once."""
    _computed: dict[str, dict[tuple[str, Members], Answer]] = field(default_factory=dict)
    _kept: dict[Hashable, object] = field(default_factory=dict)
    _names: dict[Period, AgencyNames] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        template: Template,
        year: int,
        reader: Reader,
        overridden: Mapping[str, Period] | None = None,
        *,
        part: int = 0,
    ) -> Sources:
        """Read a report's stored periods, pending figures and slots; ``overridden`` periods come before stored ones."""
        term = template.term(year, part)
        where = {"report": template.kind, "year": year, "part": part}
        given = {p.period: Period(p.period_from, p.period_to) for p in ReportPeriod.objects.filter(**where)}
        given = {name: days for name, days in given.items() if name in template.periods} | dict(overridden or {})
        periods = template.days_of_periods(term, given)
        pending = frozenset(ReportPending.objects.filter(**where).values_list("figure", flat=True))
        slots = _slots(template, term, periods[template.own_period])
        return cls(template, term, reader, periods, pending, slots, frozenset(overridden or ()))

    @property
    def year(self) -> int:
        return self.term.year

    @property
    def part(self) -> int:
        return self.term.part

    @property
    def own(self) -> Period:
        """The days that the report is about."""
        return self.periods[self.template.own_period]

    def answers(self, period: str) -> dict[tuple[str, Members], Answer]:
        """Return every figure of a period, computed on the first need."""
        if period not in self._computed:
            found = answers(self.reader, self.periods[period], tuple(FIGURES))
            self._computed[period] = {(a.figure.id, a.members): a for some in found.values() for a in some}
        return self._computed[period]

    def answer(self, figure: Figure, members: Members, period: str) -> Answer:
        """Return one member's answer; a member without rows has its figure's empty value."""
        found = self.answers(period).get((figure.id, members))
        return found or answer_for(figure, members, self.periods[period], reader=self.reader, engine=_Nothing())

    def answer_before(self, figure: Figure, members: Members, period: str) -> Answer:
        """Return what :meth:`answer` was in the period before: as many months earlier as the report covers."""
        days = self.term.before(self.periods[period])
        found = answers(self.reader, days, tuple(FIGURES)).get(figure.id, [])
        one = next((answer for answer in found if answer.members == members), None)
        return one or answer_for(figure, members, days, reader=self.reader, engine=_Nothing())

    def members(self, figure: Figure, period: str) -> list[Answer]:
        return [a for (id_, _members), a in self.answers(period).items() if id_ == figure.id]

    def opened(self, answer: Answer, period: str) -> Opened:
        return open_figure(answer.figure, answer.members, self.periods[period], reader=self.reader, limit=None)

    def kept(self, what: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return a small value drawn from rows; they are read again only after an act that changed records."""
        key = (*what, self.pending, tuple(self.periods.items()))
        if key not in self._kept:
            self._kept[key] = kept(self.reader, key, make)
        return self._kept[key]  # type: ignore[return-value]  # only ``make`` of this key put it there

    def is_pending(self, figure_id: str, key: str = "") -> bool:
        return figure_id in self.pending or key in self.pending

    @cached_property
    def agencies(self) -> dict[int, tuple[str, str]]:
        """Id -> official name and level."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name, level FROM agencies")
            return {id_: (name, level) for id_, name, level in cursor.fetchall()}

    def agency_member(self, member: str, period: str) -> tuple[str, str]:
        """Return official name and level of the agency that a figure's member means in a period."""
        days = self.periods[period]
        if days not in self._names:
            self._names[days] = AgencyNames.load(PostgresEngine(), days)
        return self.agencies[self._names[days].id_of(member, days)]

    @cached_property
    def assessment(self) -> Assessment:
        """The weaknesses and directions that this report names."""
        return read_assessment(self.template.kind, self.year)

    @cached_property
    def last_assessment(self) -> Assessment:
        """Those that the report of the year before named."""
        return read_assessment(self.template.kind, self.year - 1)

    @cached_property
    def province(self) -> str:
        """The name of the province's committee, as registered on the last day of the report's year."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM agencies WHERE kind = 'province_committee' AND valid_from <= %(day)s "
                "AND (valid_to IS NULL OR valid_to >= %(day)s) ORDER BY valid_from DESC LIMIT 1",
                {"day": self.own.last},
            )
            found = cursor.fetchone()
        return found[0] if found else "Ủy ban nhân dân tỉnh"


class _Nothing:
    """An engine without rows, for the empty value of a member that no row and no statement has."""

    dialect = PostgresEngine.dialect

    def fetch(self, sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        return []


def _slots(template: Template, term: Term, period: Period) -> dict[str, list[DocumentLine]]:
    stored: dict[str, list[str]] = {}
    rows = ReportSlot.objects.filter(report=template.kind, year=term.year, part=term.part).order_by("slot", "position")
    for slot, document in rows.values_list("slot", "document_id"):
        stored.setdefault(slot, []).append(document)
    for name, described in template.slots.items():
        if name not in stored and described.find:
            kind, *what = described.find
            stored[name] = find(kind, " ".join(what), term.year, period)
    documents = documents_by_id(id_ for ids in stored.values() for id_ in ids)
    return {name: [documents[id_] for id_ in ids] for name, ids in stored.items() if ids}


def figure_named(id_: str) -> Figure | None:
    return FIGURES.get(id_)
