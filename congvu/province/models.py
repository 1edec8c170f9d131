from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from .records import AgencyCode, Line, Record, code_field, known, ordered_days


class AgencyKind(models.TextChoices):
    PROVINCE_COMMITTEE = "province_committee", _("Ủy ban nhân dân tỉnh")
    PROVINCE_OFFICE = "province_office", _("Văn phòng Ủy ban nhân dân tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DISTRICT_COMMITTEE = "district_committee", _("Ủy ban nhân dân cấp huyện")
    COMMUNE_COMMITTEE = "commune_committee", _("Ủy ban nhân dân cấp xã")
    VERTICAL = "vertical", _("Cơ quan ngành dọc")
    SERVICE_UNIT = "service_unit", _("Đơn vị sự nghiệp")
    PARTY_BODY = "party_body", _("Cơ quan Đảng")
    OTHER = "other", _("Khác")


class Level(models.TextChoices):
    CENTRAL = "central", _("Trung ương")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class OfficerCategory(models.TextChoices):
    CADRE = "cadre", _("Cán bộ")
    CIVIL_SERVANT = "civil_servant", _("Công chức")
    PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
    CONTRACT_WORKER = "contract_worker", _("Người lao động hợp đồng")


class PostRank(models.TextChoices):
    HEAD = "head", _("Người đứng đầu")
    DEPUTY = "deputy", _("Cấp phó")
    STAFF = "staff", _("Nhân viên")


class TeamKind(models.TextChoices):
    SUPERVISION = "supervision", _("Tổ kiểm tra, giám sát")
    INSPECTION = "inspection", _("Đoàn kiểm tra")
    TASK_FORCE = "task_force", _("Tổ công tác")


class Agency(Record):
    """An agency from one day to another. Codes are used again, so the key is (code, valid_from)."""

    id = models.BigAutoField(primary_key=True)
    code = code_field()
    name = models.TextField()
    short_name = models.TextField(null=True)
    kind = models.TextField(choices=AgencyKind)
    level = models.TextField(choices=Level)
    parent = AgencyCode(null=True, day="r.valid_from")
    valid_from = models.DateField(default=date(1900, 1, 1))
    valid_to = models.DateField(null=True)
    successor = AgencyCode(null=True, day="r.valid_to + 1")

    key = ("code", "valid_from")
    omitted = frozenset({"id"})

    class Meta:
        db_table = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="agencies_key"),
            ExclusionConstraint(
                name="agencies_periods_apart",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            known("kind", AgencyKind, "agencies_kind_known"),
            known("level", Level, "agencies_level_known"),
            ordered_days("valid_from", "valid_to", "agencies_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Officer(Record):
    code = code_field(primary_key=True)
    full_name = models.TextField()
    category = models.TextField(choices=OfficerCategory)

    key = ("code",)

    class Meta:
        db_table = "officers"
        constraints = [known("category", OfficerCategory, "officers_category_known")]

    def __str__(self) -> str:
        return self.full_name


class Post(Line):
    officer = models.ForeignKey(Officer, models.PROTECT, db_column="officer", related_name="posts")
    agency = AgencyCode()
    title = models.TextField()
    rank = models.TextField(choices=PostRank)
    portfolio = models.TextField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    key = ("officer", "agency", "title", "valid_from")
    day = "r.valid_from"

    class Meta:
        db_table = "posts"
        constraints = [
            models.UniqueConstraint(fields=["officer", "agency", "title", "valid_from"], name="posts_key"),
            known("rank", PostRank, "posts_rank_known"),
            ordered_days("valid_from", "valid_to", "posts_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class Team(Record):
    id = code_field(primary_key=True)
    agency = AgencyCode()
    kind = models.TextField(choices=TeamKind)
    formed_on = models.DateField()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)
    note = models.TextField(null=True)

    key = ("id",)
    day = "r.formed_on"

    class Meta:
        db_table = "teams"
        constraints = [known("kind", TeamKind, "teams_kind_known")]

    def __str__(self) -> str:
        return self.id


class Installation(models.Model):
    """The one row that says whose database this is, and whether its records are simulated."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    province = models.TextField(null=True)
    simulated = models.BooleanField(default=False)
    pages_live_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.province or "—"
