from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import Line, Record, code_field, known, ordered_days


class TermUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("ngày làm việc")
    CALENDAR_DAY = "calendar_day", _("ngày")
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    MONTH = "month", _("tháng")


class OnlineLevel(models.TextChoices):
    TWO = "2", _("Mức độ 2")
    THREE = "3", _("Mức độ 3")
    FOUR = "4", _("Mức độ 4")
    NONE = "none", _("Chưa trực tuyến")
    PARTIAL = "partial", _("Một phần")
    FULL = "full", _("Toàn trình")


class HandlingLevel(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Change(models.TextChoices):
    NEW = "new", _("Công bố mới")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    ABOLISHED = "abolished", _("Bãi bỏ")
    STANDARDISED = "standardised", _("Chuẩn hóa")
    TIME_REDUCED = "time_reduced", _("Cắt giảm thời hạn")
    INTERNAL_PROCESS = "internal_process", _("Phê duyệt quy trình nội bộ")


class Procedure(Record):
    code = code_field(primary_key=True)
    name = models.TextField()
    field = models.TextField()
    legal_time = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    legal_unit = models.TextField(choices=TermUnit, default=TermUnit.WORKING_DAY)
    reduced_time = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    online_level = models.TextField(choices=OnlineLevel, null=True)
    postal = models.BooleanField(null=True)
    vertical = models.BooleanField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    key = ("code",)

    class Meta:
        db_table = "procedures"
        constraints = [
            known("legal_unit", TermUnit, "procedures_unit_known"),
            known("online_level", OnlineLevel, "procedures_online_level_known", blank=True),
            ordered_days("valid_from", "valid_to", "procedures_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class ProcedureLevel(Line):
    procedure = models.ForeignKey(Procedure, models.PROTECT, db_column="procedure", related_name="levels")
    level = models.TextField(choices=HandlingLevel)

    key = ("procedure", "level")

    class Meta:
        db_table = "procedure_levels"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "level"], name="procedure_levels_key"),
            known("level", HandlingLevel, "procedure_levels_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.level}"


class ProcedureChange(Line):
    decision = models.ForeignKey("documents.Document", models.PROTECT, db_column="decision")
    procedure = models.ForeignKey(Procedure, models.PROTECT, db_column="procedure", related_name="changes")
    change = models.TextField(choices=Change)
    effective_on = models.DateField()

    key = ("decision", "procedure", "change")

    class Meta:
        db_table = "procedure_changes"
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure", "change"], name="procedure_changes_key"),
            known("change", Change, "procedure_changes_change_known"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.change} {self.procedure_id}"
