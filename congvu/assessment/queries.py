"""Reads of weaknesses and directions. Who may see them is asked here; the writer of a report reads them unasked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.forms.models import model_to_dict

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.kernel.errors import Refusal
from congvu.work.tasks.models import Plan
from congvu.work.tasks.queries import agencies_over_time
from congvu.work.tasks.rules import Agencies

from .evidence import Periods
from .models import DirectionCooperation, ReportDirection, ReportPlan, ReportWeakness
from .rules import EvidenceKind


class AssessmentNotFound(Refusal):
    code = "assessment.not_found"
    status = 404


@dataclass(frozen=True)
class Sheet:
    """What has to be known of the report whose assessment is written.

    ``periods`` are its days, ``before`` those of the report of the year before. ``judge`` says why words (with marks)
    cannot stand in the report, named by the place given; ``plain`` gives the words that marks become.
    """

    report: str
    year: int
    periods: Periods
    before: Periods
    judge: Callable[[str, str], list[str]]
    plain: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Directed:
    """A direction with the codes of the agencies that take part, in their order."""

    record: ReportDirection
    cooperating: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """The weaknesses and directions of one report, each in its order, and the plan that was made of them."""

    report: str
    year: int
    weaknesses: tuple[ReportWeakness, ...]
    directions: tuple[Directed, ...]
    plan: Plan | None

    @property
    def remedies(self) -> tuple[ReportWeakness, ...]:
        return tuple(weakness for weakness in self.weaknesses if weakness.remedy)

    @property
    def unproven(self) -> int:
        """How many weaknesses are written without evidence."""
        return sum(weakness.evidence_kind is EvidenceKind.NONE for weakness in self.weaknesses)

    @cached_property
    def agencies(self) -> Agencies:
        return agencies_over_time()

    def agency_name(self, code: str | None, day: date | None) -> str:
        """Return what ``code`` is called on ``day`` (without a day: by its last holder); empty for no code."""
        held = self.agencies.get(code or "", [])
        if not held:
            return code or ""
        on_day = [one for one in held if day is not None and one.covers(day, day)]
        return (on_day or held)[-1].name


def read_assessment(report: str, year: int) -> Assessment:
    """Return what a report's assessment holds; nothing, where nobody has written any."""
    beside: dict[int, list[str]] = {}
    where = {"report": report, "year": year}
    taking_part = DirectionCooperation.objects.filter(**where).order_by("direction", "position", "agency")
    for direction, agency in taking_part.values_list("direction", "agency"):
        beside.setdefault(direction, []).append(agency)
    plan = ReportPlan.objects.filter(**where).select_related("plan").first()
    return Assessment(
        report,
        year,
        tuple(ReportWeakness.objects.filter(**where).order_by("position", "number")),
        tuple(
            Directed(direction, tuple(beside.get(direction.number, ())))
            for direction in ReportDirection.objects.filter(**where).order_by("position", "number")
        ),
        plan.plan if plan else None,
    )


def get_assessment(reader: Reader, report: str, year: int) -> Assessment:
    """Return a report's assessment.

    Raises
    ------
    NotForThisSeat
    """
    require(reader, Permission.SEE_ASSESSMENT)
    return read_assessment(report, year)


def get_weakness(reader: Reader, report: str, year: int, number: int) -> ReportWeakness:
    """Return one weakness.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound
    """
    for weakness in get_assessment(reader, report, year).weaknesses:
        if weakness.number == number:
            return weakness
    raise AssessmentNotFound("Không tìm thấy hạn chế này; có thể người khác vừa xóa. Hãy mở lại danh sách.")


def get_direction(reader: Reader, report: str, year: int, number: int) -> Directed:
    """Return one direction.

    Raises
    ------
    NotForThisSeat, AssessmentNotFound
    """
    for direction in get_assessment(reader, report, year).directions:
        if direction.record.number == number:
            return direction
    raise AssessmentNotFound("Không tìm thấy phương hướng này; có thể người khác vừa xóa. Hãy mở lại danh sách.")


def seen(record: ReportWeakness | Directed) -> str:
    """Return a short print of a row as it stands, by which one sees whether somebody changed it meanwhile."""
    row, beside = (record.record, record.cooperating) if isinstance(record, Directed) else (record, ())
    held = {name: value for name, value in model_to_dict(row).items() if name != "position"}
    return hashlib.sha256(repr((sorted(held.items()), beside)).encode()).hexdigest()[:16]
