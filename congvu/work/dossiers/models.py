from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known, local_day


class FilingChannel(models.TextChoices):
    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POSTAL = "postal", _("Bưu chính công ích")


class ApplicantKind(models.TextChoices):
    PERSON = "person", _("Cá nhân")
    BUSINESS = "business", _("Doanh nghiệp")
    ORGANISATION = "organisation", _("Tổ chức")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Đã trả kết quả")
    REFUSED = "refused", _("Từ chối giải quyết")
    WITHDRAWN = "withdrawn", _("Người nộp rút hồ sơ")


class EventKind(models.TextChoices):
    RECEIVED = "received", _("Tiếp nhận")
    ASSIGNED = "assigned", _("Phân công")
    FORWARDED = "forwarded", _("Chuyển bước")
    SUPPLEMENT_REQUESTED = "supplement_requested", _("Yêu cầu bổ sung")
    SUPPLEMENT_RECEIVED = "supplement_received", _("Nhận bổ sung")
    PAUSED = "paused", _("Tạm dừng")
    RESUMED = "resumed", _("Tiếp tục")
    EXTENDED = "extended", _("Gia hạn")
    APPROVED = "approved", _("Phê duyệt")
    REFUSED = "refused", _("Từ chối")
    WITHDRAWN = "withdrawn", _("Rút hồ sơ")
    FINISHED = "finished", _("Giải quyết xong")
    RETURNED = "returned", _("Trả kết quả")


class Dossier(Record):
    code = code_field(primary_key=True)
    procedure = models.ForeignKey(
        "procedures.Procedure", models.PROTECT, db_column="procedure", related_name="dossiers", db_index=False
    )
    agency = AgencyCode()
    handling_agency = AgencyCode()
    channel = models.TextField(choices=FilingChannel)
    applicant_kind = models.TextField(choices=ApplicantKind, null=True)
    received_at = models.DateTimeField()
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(choices=Outcome, null=True)
    received_on = local_day("received_at")
    due_on = local_day("due_at")
    finished_on = local_day("finished_at")

    key = ("code",)
    day = "r.received_on"

    class Meta:
        db_table = "dossiers"
        constraints = [
            known("channel", FilingChannel, "dossiers_channel_known"),
            known("applicant_kind", ApplicantKind, "dossiers_applicant_kind_known", blank=True),
            known("outcome", Outcome, "dossiers_outcome_known", blank=True),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, finished_at__isnull=True)
                | Q(outcome__isnull=False, finished_at__isnull=False),
                name="dossiers_outcome_with_finish",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("received_at")),
                name="dossiers_finish_after_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "received_on"], name="dossiers_by_agency"),
            models.Index(fields=["finished_on"], name="dossiers_by_finish"),
            models.Index(fields=["due_at"], condition=Q(finished_at__isnull=True), name="dossiers_open_by_due"),
        ]

    def __str__(self) -> str:
        return self.code


class DossierEvent(Line):
    dossier = models.ForeignKey(Dossier, models.PROTECT, db_column="dossier", related_name="events", db_index=False)
    seq = models.BigIntegerField()
    kind = models.TextField(choices=EventKind)
    at = models.DateTimeField()
    officer = models.ForeignKey("province.Officer", models.PROTECT, db_column="officer", null=True, db_index=False)
    agency = AgencyCode(null=True)
    note = models.TextField(null=True)

    key = ("dossier", "seq")
    day = "(r.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"

    class Meta:
        db_table = "dossier_events"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="dossier_events_key"),
            known("kind", EventKind, "dossier_events_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.seq} {self.kind}"
