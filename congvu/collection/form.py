"""What a form is: a report's questions, its periods, who owes it and by when. (:mod:`.form_reading` reads it.)"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Members
from congvu.figures.definition import Figure
from congvu.figures.period import MONTHS, Cycle, Period
from congvu.province.models import Level
from congvu.worktime.terms import Unit

OWN_LEVEL = "own"
"""In the members of a figure: the level of the agency that is asked."""


CYCLE_NAMES = {
    Cycle.MONTH: "hằng tháng",
    Cycle.QUARTER: "hằng quý",
    Cycle.HALF_YEAR: "6 tháng",
    Cycle.YEAR: "hằng năm",
    Cycle.ON_REQUEST: "theo yêu cầu",
}


class Kind(StrEnum):
    FIGURE = "figure"
    NUMBER = "number"
    TEXT = "text"
    DOCUMENTS = "documents"
    WEAKNESS = "weakness"


class Scope(StrEnum):
    """Over whose rows a figure is counted: the agency's own, or those of the agencies below it."""

    OWN = "own"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class DayRule:
    """A day of a period: ``day`` None is the month's last; ``month`` None the unit's own month; ``shift`` months."""

    day: int | None
    month: int | None
    shift: int

    def on(self, year: int, month: int) -> date:
        """Return the day, where the unit's month is ``month`` of ``year``."""
        months = year * 12 + (self.month or month) - 1 + self.shift
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, last if self.day is None else min(self.day, last))


@dataclass(frozen=True, slots=True)
class PeriodRule:
    first: DayRule
    last: DayRule

    def period(self, periodicity: Cycle, year: int, number: int) -> Period:
        """Return the ``number``-th period of the year, counted from 1."""
        months = MONTHS[periodicity]
        return Period(self.first.on(year, (number - 1) * months + 1), self.last.on(year, number * months))


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days after the period's end each level owes the report."""

    unit: Unit
    days: dict[Level, int]


@dataclass(frozen=True, slots=True)
class Owed:
    """Which agencies owe it; empty tuples: of every level, of every kind."""

    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def by(self, kind: str, level: str) -> bool:
        return (not self.levels or level in self.levels) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True)
class Question:
    """``asked`` narrows who answers it. Of a figure: ``central`` says that the system keeps these records for every
    agency, so that a count of 0 is known. Of a number: whether it may be added up over agencies.
    """

    id: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    asked: Owed = Owed()
    figure_id: str = ""
    members: Members = ()
    scope: Scope = Scope.OWN
    central: bool = False
    unit: str = ""
    additive: bool = False
    distinct: bool = False
    limit: int = 0

    @property
    def figure(self) -> Figure:
        return FIGURES[self.figure_id]

    def members_for(self, level: str) -> Members:
        """Return the figure's members as an agency of ``level`` is asked for them."""
        return tuple((name, level if member == OWN_LEVEL else member) for name, member in self.members)

    @property
    def is_counted(self) -> bool:
        """Whether its answer is one number."""
        return self.kind in (Kind.FIGURE, Kind.NUMBER)

    @property
    def may_be_typed(self) -> bool:
        """Whether an agency may give the figure itself: a count of its own, not a share and not of those below."""
        return self.kind is Kind.FIGURE and not self.figure.is_share and self.scope is Scope.OWN

    @property
    def may_be_stated(self) -> bool:
        """Whether what it gives becomes its statement, which the figure takes up."""
        return self.may_be_typed and self.figure.additive

    @property
    def unit_words(self) -> str:
        return str(self.figure.unit) if self.kind is Kind.FIGURE else self.unit

    def why_not_added(self) -> str | None:
        """Return why answers of several agencies must not be added up; None where they may."""
        match self.kind:
            case Kind.FIGURE if self.figure.is_share:
                return "Tỷ lệ của nhiều cơ quan không cộng được: phải cộng tử số, mẫu số rồi mới chia."
            case Kind.FIGURE if self.figure.numerator.distinct and self.figure.numerator.distinct[0] != "agency":
                return (
                    "Chỉ tiêu này đếm mỗi đối tượng một lần; cùng một đối tượng có thể nằm ở nhiều cơ quan, "
                    "nên cộng lại sẽ tính trùng."
                )
            case Kind.NUMBER if self.distinct:
                return "Câu hỏi này đếm số người; một người có thể được nhiều cơ quan tính, nên cộng lại sẽ tính trùng."
            case Kind.NUMBER if not self.additive:
                return "Mẫu báo cáo ghi rằng số này của nhiều cơ quan không cộng được."
            case Kind.TEXT | Kind.DOCUMENTS | Kind.WEAKNESS:
                return "Câu trả lời này không phải là số nên không cộng được."
        return None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The answers to ``parts`` add up to that of ``total``."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """``source`` is the TOML text that it was read from."""

    id: str
    title: str
    periodicity: Cycle
    rule: PeriodRule | None
    terms: Terms
    owed: Owed
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    source: str

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.id: question for section in self.sections for question in section.questions}

    def questions_for(self, kind: str, level: str) -> list[Question]:
        """Return what an agency of that kind and level is asked."""
        return [question for question in self.questions.values() if question.asked.by(kind, level)]

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """The figures asked, once each."""
        return tuple(dict.fromkeys(q.figure_id for q in self.questions.values() if q.kind is Kind.FIGURE))

    @property
    def periods_a_year(self) -> int:
        return 0 if self.periodicity is Cycle.ON_REQUEST else 12 // MONTHS[self.periodicity]
