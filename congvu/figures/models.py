from django.db import models
from django.db.models import Q
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
