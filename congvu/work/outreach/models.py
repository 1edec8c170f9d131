from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Record, code_field, known


class RegulationKind(models.TextChoices):
    HOUSE_RULES = "house_rules", _("Nội quy")
    WORKING_REGULATION = "working_regulation", _("Quy chế làm việc")
    PROCESS = "process", _("Quy trình")


class ReviewResult(models.TextChoices):
    ISSUED = "issued", _("Ban hành mới")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    KEPT = "kept", _("Giữ nguyên")
    REPEALED = "repealed", _("Bãi bỏ")


class Channel(models.TextChoices):
    MEETING = "meeting", _("Cuộc họp")
    CONFERENCE = "conference", _("Hội nghị")
    NEWSPAPER = "newspaper", _("Báo")
    BROADCAST = "broadcast", _("Phát thanh, truyền hình")
    PORTAL = "portal", _("Cổng, trang thông tin điện tử")
    DOCUMENT_SYSTEM = "document_system", _("Phần mềm quản lý văn bản")
    PARTY_ACTIVITY = "party_activity", _("Sinh hoạt đảng, đoàn thể")
    CONTEST = "contest", _("Cuộc thi")


class Regulation(Record):
    id = code_field(primary_key=True)
    agency = AgencyCode()
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)
    title = models.TextField()
    kind = models.TextField(choices=RegulationKind, null=True)
    reviewed_on = models.DateField()
    result = models.TextField(choices=ReviewResult)

    key = ("id",)
    day = "r.reviewed_on"

    class Meta:
        db_table = "regulations"
        constraints = [
            known("kind", RegulationKind, "regulations_kind_known", blank=True),
            known("result", ReviewResult, "regulations_result_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Communication(Record):
    id = code_field(primary_key=True)
    agency = AgencyCode()
    channel = models.TextField(choices=Channel)
    held_on = models.DateField()
    title = models.TextField()
    audience = models.BigIntegerField(null=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, db_column="document", null=True)

    key = ("id",)
    day = "r.held_on"

    class Meta:
        db_table = "communications"
        constraints = [known("channel", Channel, "communications_channel_known")]

    def __str__(self) -> str:
        return self.title
