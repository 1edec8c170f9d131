from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known, ordered_days


class InspectionKind(models.TextChoices):
    PAR = "par", _("Kiểm tra cải cách hành chính")
    DUTY = "duty", _("Kiểm tra công vụ")


class Severity(models.TextChoices):
    MINOR = "minor", _("Nhẹ")
    MAJOR = "major", _("Đáng kể")
    GRAVE = "grave", _("Nghiêm trọng")


class Inspection(Record):
    id = code_field(primary_key=True)
    kind = models.TextField(choices=InspectionKind)
    decision = models.ForeignKey("documents.Document", models.PROTECT, db_column="decision", null=True)
    announced = models.BooleanField(null=True)
    date_from = models.DateField()
    date_to = models.DateField(null=True)
    lead_agency = AgencyCode(null=True)

    key = ("id",)
    day = "r.date_from"

    class Meta:
        db_table = "inspections"
        constraints = [
            known("kind", InspectionKind, "inspections_kind_known"),
            ordered_days("date_from", "date_to", "inspections_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.id


class InspectionTarget(Line):
    inspection = models.ForeignKey(Inspection, models.PROTECT, db_column="inspection", related_name="targets")
    agency = AgencyCode()

    key = ("inspection", "agency")
    day = "i.date_from"
    day_joins = "JOIN inspections i ON i.id = r.inspection"
    since = ("inspections",)

    class Meta:
        db_table = "inspection_targets"
        constraints = [models.UniqueConstraint(fields=["inspection", "agency"], name="inspection_targets_key")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.agency}"


class Finding(Record):
    id = code_field(primary_key=True)
    inspection = models.ForeignKey(Inspection, models.PROTECT, db_column="inspection", related_name="findings")
    agency = AgencyCode()
    text = models.TextField()
    severity = models.TextField(choices=Severity, null=True)
    due_on = models.DateField(null=True)
    rectified_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    report = models.ForeignKey("documents.Document", models.PROTECT, db_column="report", null=True)

    key = ("id",)
    day = "i.date_from"
    day_joins = "JOIN inspections i ON i.id = r.inspection"
    since = ("inspections",)

    class Meta:
        db_table = "findings"
        constraints = [known("severity", Severity, "findings_severity_known", blank=True)]

    def __str__(self) -> str:
        return self.text
