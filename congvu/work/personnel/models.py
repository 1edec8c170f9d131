from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known, ordered_days


class Topic(models.TextChoices):
    COMMUNICATION = "communication", _("Giao tiếp, ứng xử")
    ETHICS = "ethics", _("Đạo đức công vụ")
    ADMINISTRATION = "administration", _("Kỹ năng hành chính")
    DIGITAL = "digital", _("Chuyển đổi số")
    OTHER = "other", _("Khác")


class Grade(models.TextChoices):
    OUTSTANDING = "outstanding", _("Hoàn thành xuất sắc nhiệm vụ")
    GOOD = "good", _("Hoàn thành tốt nhiệm vụ")
    COMPLETED = "completed", _("Hoàn thành nhiệm vụ")
    NOT_COMPLETED = "not_completed", _("Không hoàn thành nhiệm vụ")


class DisciplineForm(models.TextChoices):
    REPRIMAND = "reprimand", _("Khiển trách")
    WARNING = "warning", _("Cảnh cáo")
    PAY_REDUCTION = "pay_reduction", _("Hạ bậc lương")
    DEMOTION = "demotion", _("Giáng chức")
    REMOVAL = "removal", _("Cách chức")
    DISMISSAL = "dismissal", _("Buộc thôi việc")
    RECALL = "recall", _("Bãi nhiệm")


class Course(Record):
    id = code_field(primary_key=True)
    title = models.TextField()
    topic = models.TextField(choices=Topic, null=True)
    date_from = models.DateField()
    date_to = models.DateField(null=True)
    host_agency = AgencyCode(null=True)

    key = ("id",)
    day = "r.date_from"

    class Meta:
        db_table = "courses"
        constraints = [
            known("topic", Topic, "courses_topic_known", blank=True),
            ordered_days("date_from", "date_to", "courses_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(Line):
    """One person at one course (lượt). ``attendee`` is an officer's code, else a name."""

    course = models.ForeignKey(Course, models.PROTECT, db_column="course", related_name="attendances")
    attendee = code_field()
    agency = AgencyCode(null=True)

    key = ("course", "attendee", "agency")
    day = "c.date_from"
    day_joins = "JOIN courses c ON c.id = r.course"
    since = ("courses",)

    class Meta:
        db_table = "attendances"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "attendee", "agency"], name="attendances_key", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.attendee}"


class Evaluation(Line):
    officer = models.ForeignKey("province.Officer", models.PROTECT, db_column="officer", related_name="evaluations")
    year = models.IntegerField()
    grade = models.TextField(choices=Grade)
    culture_met = models.BooleanField(null=True)

    key = ("officer", "year")

    class Meta:
        db_table = "evaluations"
        constraints = [
            models.UniqueConstraint(fields=["officer", "year"], name="evaluations_key"),
            known("grade", Grade, "evaluations_grade_known"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.year}"


class DisciplinaryCase(Record):
    id = code_field(primary_key=True)
    officer = models.ForeignKey("province.Officer", models.PROTECT, db_column="officer", related_name="cases")
    agency = AgencyCode()
    form = models.TextField(choices=DisciplineForm)
    decided_on = models.DateField()
    decision = models.ForeignKey("documents.Document", models.PROTECT, db_column="decision", null=True)

    key = ("id",)
    day = "r.decided_on"

    class Meta:
        db_table = "disciplinary_cases"
        constraints = [known("form", DisciplineForm, "disciplinary_cases_form_known")]

    def __str__(self) -> str:
        return self.id
