from __future__ import annotations

from django.db import models
from django.db.models import Q

from congvu.province.records import AgencyCode, Line, code_field, known

from .rules import EvidenceKind, Outcome


def of_years(name: str) -> models.CheckConstraint:
    """Return the constraint that ``year`` is one of which a report can be."""
    return models.CheckConstraint(condition=Q(year__gt=1900) & Q(year__lt=2199), name=name)


class ReportWeakness(Line):
    """A weakness that a report names: its evidence, its remedy, and what became of the remedy.

    ``number`` stays the same for good, ``position`` is its place among those of the report. ``text`` and ``remedy``
    may hold marks of a report. The evidence is a figure (``figure`` in the days of the report's ``period``), a
    ``finding``, or the ``agency``'s answer to the ``question`` of a ``request``; ``stated`` is the figure's value when
    it was chosen. ``task`` is what the remedy became; ``outcome`` and ``outcome_text`` say what came of it.
    """

    report = code_field()
    year = models.IntegerField()
    number = models.IntegerField()
    position = models.IntegerField()
    text = models.TextField()
    figure = code_field(null=True)
    period = code_field(null=True)
    finding = models.ForeignKey("inspections.Finding", models.PROTECT, db_column="finding", null=True, related_name="+")
    request = models.ForeignKey(
        "collection.ReportRequest", models.PROTECT, db_column="request", null=True, related_name="+"
    )
    agency = AgencyCode(null=True, day="NULL::date")
    question = code_field(null=True)
    stated = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    remedy = models.TextField(null=True)
    responsible = AgencyCode(null=True)
    due_on = models.DateField(null=True)
    task = models.ForeignKey("tasks.Task", models.PROTECT, db_column="task", null=True, related_name="+")
    outcome = models.TextField(choices=Outcome, null=True)
    outcome_text = models.TextField(null=True)

    key = ("report", "year", "number")
    day = "r.due_on"

    class Meta:
        db_table = "x_report_weaknesses"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "number"], name="x_report_weaknesses_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="x_report_weaknesses_from_one"),
            of_years("x_report_weaknesses_years"),
            known("outcome", Outcome, "x_report_weaknesses_outcome_known", blank=True),
            models.CheckConstraint(
                condition=Q(figure__isnull=True) | Q(finding__isnull=True, request__isnull=True, period__isnull=False),
                name="x_report_weaknesses_one_evidence",
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=True)
                | Q(finding__isnull=True, agency__isnull=False, question__isnull=False),
                name="x_report_weaknesses_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, hạn chế {self.number}"

    @property
    def evidence_kind(self) -> EvidenceKind:
        if self.figure:
            return EvidenceKind.FIGURE
        if self.finding_id:
            return EvidenceKind.FINDING
        return EvidenceKind.ANSWER if self.request_id else EvidenceKind.NONE


class ReportDirection(Line):
    """What a report sets for the year after it: who leads, by when, and the task that it became."""

    report = code_field()
    year = models.IntegerField()
    number = models.IntegerField()
    position = models.IntegerField()
    text = models.TextField()
    lead_agency = AgencyCode(null=True)
    due_on = models.DateField(null=True)
    task = models.ForeignKey("tasks.Task", models.PROTECT, db_column="task", null=True, related_name="+")

    key = ("report", "year", "number")
    day = "r.due_on"

    class Meta:
        db_table = "x_report_directions"
        constraints = [
            models.UniqueConstraint(fields=["report", "year", "number"], name="x_report_directions_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="x_report_directions_from_one"),
            of_years("x_report_directions_years"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}, phương hướng {self.number}"


class DirectionCooperation(Line):
    """An agency that takes part in a direction; ``position`` is its place in the list."""

    report = code_field()
    year = models.IntegerField()
    direction = models.IntegerField()
    agency = AgencyCode()
    position = models.IntegerField()

    key = ("report", "year", "direction", "agency")
    day = "d.due_on"
    day_joins = "JOIN x_report_directions d ON d.report = r.report AND d.year = r.year AND d.number = r.direction"
    since = ("x_report_directions",)

    class Meta:
        db_table = "x_report_direction_agencies"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "year", "direction", "agency"], name="x_report_direction_agencies_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year} {self.direction} + {self.agency}"


class ReportPlan(Line):
    """The plan of the year after a report that was made of its directions and remedies."""

    report = code_field()
    year = models.IntegerField()
    plan = models.ForeignKey("tasks.Plan", models.PROTECT, db_column="plan", related_name="+")

    key = ("report", "year")

    class Meta:
        db_table = "x_report_plans"
        constraints = [
            models.UniqueConstraint(fields=["report", "year"], name="x_report_plans_key"),
            of_years("x_report_plans_years"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.year}: {self.plan_id}"


def key_of(*parts: object) -> str:
    """Return a record's key as the journal writes it."""
    return "\x1f".join(str(part) for part in parts)
