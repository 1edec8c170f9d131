from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known


class PlanKind(models.TextChoices):
    PAR = "par", _("Cải cách hành chính")
    WORK_PROGRAMME = "work_programme", _("Chương trình công tác")
    DISCIPLINE = "discipline", _("Kỷ luật, kỷ cương hành chính")
    INSPECTION = "inspection", _("Kiểm tra")
    COMMUNICATION = "communication", _("Tuyên truyền")
    OTHER = "other", _("Khác")


class Plan(Record):
    id = code_field(primary_key=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)
    title = models.TextField()
    kind = models.TextField(choices=PlanKind)
    year = models.IntegerField()

    key = ("id",)

    class Meta:
        db_table = "plans"
        constraints = [known("kind", PlanKind, "plans_kind_known")]

    def __str__(self) -> str:
        return self.title


class Task(Record):
    id = code_field(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, db_column="plan", related_name="tasks")
    title = models.TextField()
    lead_agency = AgencyCode()
    assigned_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)

    key = ("id",)
    day = "coalesce(r.assigned_on, d.issued_on, make_date(p.year, 12, 31))"
    day_joins = "JOIN plans p ON p.id = r.plan LEFT JOIN documents d ON d.id = p.document"
    since = ("plans", "documents")

    class Meta:
        db_table = "tasks"

    def __str__(self) -> str:
        return self.title


class TaskCooperation(Line):
    task = models.ForeignKey(Task, models.PROTECT, db_column="task", related_name="cooperations")
    agency = AgencyCode()

    key = ("task", "agency")
    day = "coalesce(t.assigned_on, d.issued_on, make_date(p.year, 12, 31))"
    day_joins = "JOIN tasks t ON t.id = r.task JOIN plans p ON p.id = t.plan LEFT JOIN documents d ON d.id = p.document"
    since = ("tasks", "plans", "documents")

    class Meta:
        db_table = "task_cooperations"
        constraints = [models.UniqueConstraint(fields=["task", "agency"], name="task_cooperations_key")]

    def __str__(self) -> str:
        return f"{self.task_id} + {self.agency}"
