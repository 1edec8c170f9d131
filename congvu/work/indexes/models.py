from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known


class Scope(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class CriterionKind(models.TextChoices):
    REPORTED = "reported", _("Tự chấm, thẩm định")
    SURVEY = "survey", _("Điều tra xã hội học")
    COMPUTED = "computed", _("Tính từ số liệu")


class IndexFramework(Record):
    id = code_field(primary_key=True)
    title = models.TextField()
    year = models.IntegerField()
    scope = models.TextField(choices=Scope)
    decision = models.ForeignKey("documents.Document", models.PROTECT, db_column="decision", null=True)

    key = ("id",)

    class Meta:
        db_table = "index_frameworks"
        constraints = [known("scope", Scope, "index_frameworks_scope_known")]

    def __str__(self) -> str:
        return self.title


class IndexCriterion(Line):
    framework = models.ForeignKey(IndexFramework, models.PROTECT, db_column="framework", related_name="criteria")
    code = code_field()
    parent = code_field(null=True)
    title = models.TextField()
    max_score = models.DecimalField(max_digits=30, decimal_places=10)
    kind = models.TextField(choices=CriterionKind, null=True)

    key = ("framework", "code")

    class Meta:
        db_table = "index_criteria"
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="index_criteria_key"),
            known("kind", CriterionKind, "index_criteria_kind_known", blank=True),
            models.CheckConstraint(condition=Q(max_score__gte=0), name="index_criteria_max_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class IndexScore(Line):
    """Scores of a leaf. That each lies within the leaf's maximum is kept by a trigger (journal/guards.sql)."""

    framework = models.ForeignKey(IndexFramework, models.PROTECT, db_column="framework", related_name="scores")
    criterion = code_field()
    agency = AgencyCode()
    self_score = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    appraised_score = models.DecimalField(max_digits=30, decimal_places=10, null=True)

    key = ("framework", "criterion", "agency")
    day = "make_date(f.year, 12, 31)"
    day_joins = "JOIN index_frameworks f ON f.id = r.framework"
    since = ("index_frameworks",)

    class Meta:
        db_table = "index_scores"
        constraints = [
            models.UniqueConstraint(fields=["framework", "criterion", "agency"], name="index_scores_key"),
            models.CheckConstraint(
                condition=Q(self_score__isnull=True) | Q(self_score__gte=0), name="index_scores_self_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(appraised_score__isnull=True) | Q(appraised_score__gte=0),
                name="index_scores_appraised_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.criterion} {self.agency}"


class IndexPublication(Line):
    framework = models.ForeignKey(IndexFramework, models.PROTECT, db_column="framework", related_name="publications")
    publisher = AgencyCode()
    published_on = models.DateField()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)

    key = ("framework", "publisher")
    day = "r.published_on"

    class Meta:
        db_table = "index_publications"
        constraints = [models.UniqueConstraint(fields=["framework", "publisher"], name="index_publications_key")]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.publisher}"
