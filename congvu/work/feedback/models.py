from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Record, code_field, known, local_day


class FeedbackChannel(models.TextChoices):
    WEB = "web", _("Cổng thông tin")
    APP = "app", _("Ứng dụng di động")
    HOTLINE = "hotline", _("Đường dây nóng")
    IN_PERSON = "in_person", _("Trực tiếp")
    LETTER = "letter", _("Thư")
    EMAIL = "email", _("Thư điện tử")


class Feedback(Record):
    code = code_field(primary_key=True)
    channel = models.TextField(choices=FeedbackChannel)
    received_at = models.DateTimeField()
    category = models.TextField()
    about_procedure = models.BooleanField()
    procedure = models.ForeignKey("procedures.Procedure", models.PROTECT, db_column="procedure", null=True)
    agency = AgencyCode()
    content = models.TextField(null=True)
    due_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    answer = models.TextField(null=True)
    published = models.BooleanField(null=True)
    rating = models.BigIntegerField(null=True)
    received_on = local_day("received_at")
    resolved_on = local_day("resolved_at")

    key = ("code",)
    day = "r.received_on"

    class Meta:
        db_table = "feedback"
        constraints = [
            known("channel", FeedbackChannel, "feedback_channel_known"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("received_at")),
                name="feedback_resolved_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="feedback_rating_one_to_five"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "received_on"], name="feedback_by_agency"),
            models.Index(fields=["received_on", "code"], name="feedback_by_day"),
        ]

    def __str__(self) -> str:
        return self.code
