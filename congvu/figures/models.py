from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from congvu.province.models import Level
from congvu.province.records import AgencyCode, Line, code_field, known, ordered_days


class StatementMode(models.TextChoices):
    INSTEAD = "instead", _("Thay cho hồ sơ")
    BESIDE = "beside", _("Để đối chiếu")


class Statement(Line):
    """A total that an agency states, because it keeps the rows elsewhere (``instead``) or for comparison."""

    agency = AgencyCode()
    figure = code_field()
    level = models.TextField(choices=Level)
    member = code_field(null=True)
    period_from = models.DateField()
    period_to = models.DateField()
    value = models.BigIntegerField()
    mode = models.TextField(choices=StatementMode)
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)

    key = ("agency", "figure", "level", "member", "period_from", "period_to")
    day = "r.period_to"

    class Meta:
        db_table = "statements"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "figure", "level", "member", "period_from", "period_to"],
                name="statements_key",
                nulls_distinct=False,
            ),
            known("level", Level, "statements_level_known"),
            known("mode", StatementMode, "statements_mode_known"),
            ordered_days("period_from", "period_to", "statements_days_in_order"),
            models.CheckConstraint(condition=Q(value__gte=0), name="statements_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.figure} {self.value}"


class Closing(Line):
    """The figures of one agency for one period, closed: what they were, and the rows that they counted.

    ``figures`` are those of the agency's own rows (``scope`` ``own``) and, of an agency with others below it, of all
    their closed rows together (``tier``); ``late`` the late entries of earlier closings that this period took in
    (:mod:`congvu.figures.late`). ``below`` says which closings of which agencies make up the tier, code -> number;
    ``missing`` whose are not in it, ``missing_reason`` why it was closed without them. ``files`` is fact -> SHA-256
    of its rows (:mod:`congvu.figures.store`), ``snapshot_hash`` the hash over that list. Opened again, a closing
    stays, and the next one has the next ``number``.
    """

    agency = AgencyCode()
    period_from = models.DateField()
    period_to = models.DateField()
    number = models.IntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.TextField()
    version = models.TextField()
    definitions_hash = models.TextField()
    figures = models.JSONField()
    late = models.JSONField(default=list)
    below = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    missing_reason = models.TextField(default="")
    files = models.JSONField()
    snapshot_hash = models.TextField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.TextField(null=True)
    reason = models.TextField(null=True)

    key = ("agency", "period_from", "period_to", "number")
    day = "r.period_to"
    packaged = False
    large = frozenset({"figures", "late"})

    class Meta:
        db_table = "x_closings"
        constraints = [
            models.UniqueConstraint(fields=["agency", "period_from", "period_to", "number"], name="x_closings_key"),
            models.CheckConstraint(condition=Q(number__gte=1), name="x_closings_from_one"),
            ordered_days("period_from", "period_to", "x_closings_days_in_order"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reason__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False, reason__isnull=False),
                name="x_closings_opened_with_a_reason",
            ),
            ExclusionConstraint(
                name="x_closings_apart",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
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
                condition=Q(reopened_at__isnull=True),
            ),
        ]

    @property
    def record_key(self) -> str:
        return record_key(self.agency, self.period_from, self.period_to, self.number)

    def __str__(self) -> str:
        return f"{self.agency} {self.period_from}–{self.period_to}, lần {self.number}"


def record_key(agency: str, first: date, last: date, number: int) -> str:
    """Return the key by which the journal knows a closing."""
    return f"{agency}\x1f{first.isoformat()}\x1f{last.isoformat()}\x1f{number}"
