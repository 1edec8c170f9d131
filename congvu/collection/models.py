from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from congvu.province.records import AgencyCode, Line, Record, code_field, known, ordered_days

from .folding import Folded
from .rules import Deed, State

_REQUEST_JOIN = "JOIN x_report_requests q ON q.code = r.request"


class ReportRequest(Record):
    """A report asked of agencies for a period, with the text of its form as it was when the request was opened."""

    code = code_field(primary_key=True)
    form = code_field()
    title = models.TextField()
    period_from = models.DateField()
    period_to = models.DateField()
    asked_by = AgencyCode()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)
    opened_at = models.DateTimeField()
    note = models.TextField(null=True)
    source = models.TextField()

    key = ("code",)
    day = "r.period_to"
    large = frozenset({"source"})

    class Meta:
        db_table = "x_report_requests"
        constraints = [
            ordered_days("period_from", "period_to", "x_report_requests_days_in_order"),
            ExclusionConstraint(
                name="x_report_requests_periods_apart",
                expressions=[
                    ("form", RangeOperators.EQUAL),
                    (
                        Func(
                            F("period_from"),
                            F("period_to"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfRequest(Line):
    """A record that belongs to a request; its agencies are those of the period's last day."""

    request = models.ForeignKey(ReportRequest, models.PROTECT, db_column="request", related_name="+")
    agency = AgencyCode()

    day = "q.period_to"
    day_joins = _REQUEST_JOIN
    since = ("x_report_requests",)

    class Meta:
        abstract = True


class ReportObligation(OfRequest):
    """What one agency owes to another, and how far it has come.

    ``listed_missing_at`` is when the receiver handed in its own report and listed this one as missing.
    """

    receiver = AgencyCode()
    due_at = models.DateTimeField()
    state = models.TextField(choices=State, default=State.DRAFT)
    handed_in_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    listed_missing_at = models.DateTimeField(null=True)

    key = ("request", "agency")

    class Meta:
        db_table = "x_report_obligations"
        constraints = [
            models.UniqueConstraint(fields=["request", "agency"], name="x_report_obligations_key"),
            known("state", State, "x_report_obligations_state_known"),
        ]
        indexes = [
            models.Index(fields=["agency", "due_at"], name="x_report_obligations_by_agency"),
            models.Index(fields=["request", "due_at", "agency"], name="x_report_obligations_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.agency}"


class ReportAnswer(OfRequest):
    """What an agency answers to one question; a question with several answers counts them by ``item``.

    ``computed`` is what the records gave when the answer was written; ``value`` is the answer: the same, unless it
    was typed ``by_hand``. ``evidence`` and ``remedy`` belong to a weakness.
    """

    question = code_field()
    item = models.IntegerField(default=1)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    text = models.TextField(null=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)
    evidence = code_field(null=True)
    remedy = models.TextField(null=True)
    computed = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    explanation = models.TextField(null=True)
    by_hand = models.BooleanField(default=False)
    filled_by = models.TextField()
    filled_at = models.DateTimeField()
    folded = models.GeneratedField(
        expression=Folded("text", "remedy", "explanation"), output_field=models.TextField(), db_persist=True
    )

    key = ("request", "agency", "question", "item")

    class Meta:
        db_table = "x_report_answers"
        constraints = [
            models.UniqueConstraint(fields=["request", "agency", "question", "item"], name="x_report_answers_key"),
            models.CheckConstraint(condition=Q(item__gte=1), name="x_report_answers_from_one"),
        ]
        indexes = [
            models.Index(fields=["request", "question", "agency", "item"], name="x_report_answers_by_question"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="x_report_answers_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.agency} {self.question}"


class ReportMove(OfRequest):
    """One step of an agency's report. ``digest`` is the hash of the answers that were handed in or accepted."""

    number = models.IntegerField()
    deed = models.TextField(choices=Deed)
    state = models.TextField(choices=State)
    reason = models.TextField(null=True)
    by = models.TextField()
    at = models.DateTimeField()
    submission = models.IntegerField(null=True)
    digest = models.TextField(null=True)
    due_at = models.DateTimeField(null=True)

    key = ("request", "agency", "number")

    class Meta:
        db_table = "x_report_moves"
        constraints = [
            models.UniqueConstraint(fields=["request", "agency", "number"], name="x_report_moves_key"),
            known("deed", Deed, "x_report_moves_deed_known"),
            known("state", State, "x_report_moves_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.agency} {self.number}"


class ReportUrging(OfRequest):
    """An agency named in an urging letter; letters of a request are numbered from 1."""

    number = models.IntegerField()
    due_at = models.DateTimeField()
    by = models.TextField()
    at = models.DateTimeField()

    key = ("request", "number", "agency")

    class Meta:
        db_table = "x_report_urgings"
        constraints = [models.UniqueConstraint(fields=["request", "number", "agency"], name="x_report_urgings_key")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number} {self.agency}"


def key_of(*parts: Any) -> str:
    """Return a record's key as the journal writes it."""
    return "\x1f".join(str(part) for part in parts)
