from django.db import models
from django.utils.translation import gettext_lazy as _

from congvu.province.records import AgencyCode, Line, Record, code_field, known


class DocumentKind(models.TextChoices):
    LAW = "law", _("Luật")
    DECREE = "decree", _("Nghị định")
    CIRCULAR = "circular", _("Thông tư")
    RESOLUTION = "resolution", _("Nghị quyết")
    DECISION = "decision", _("Quyết định")
    DIRECTIVE = "directive", _("Chỉ thị")
    PLAN = "plan", _("Kế hoạch")
    PROGRAMME = "programme", _("Chương trình")
    SCHEME = "scheme", _("Đề án")
    REPORT = "report", _("Báo cáo")
    NOTICE = "notice", _("Thông báo")
    CONCLUSION = "conclusion", _("Kết luận")
    SUBMISSION = "submission", _("Tờ trình")
    GUIDELINE = "guideline", _("Hướng dẫn")
    REGULATION = "regulation", _("Quy định")
    RULES = "rules", _("Quy chế")
    MINUTES = "minutes", _("Biên bản")
    OFFICIAL_LETTER = "official_letter", _("Công văn")
    TELEGRAM = "telegram", _("Công điện")
    INVITATION = "invitation", _("Giấy mời")
    PARTY_DOCUMENT = "party_document", _("Văn bản của Đảng")
    OTHER = "other", _("Văn bản")


class Direction(models.TextChoices):
    OUTGOING = "outgoing", _("Văn bản đi")
    INCOMING = "incoming", _("Văn bản đến")
    INTERNAL = "internal", _("Văn bản nội bộ")


class Relation(models.TextChoices):
    BASIS = "basis", _("Căn cứ")
    IMPLEMENTS = "implements", _("Thực hiện")
    FOLDED_INTO = "folded_into", _("Lồng ghép vào")
    AMENDS = "amends", _("Sửa đổi, bổ sung")
    REPLACES = "replaces", _("Thay thế")
    GUIDES = "guides", _("Hướng dẫn")
    REPORTS_ON = "reports_on", _("Báo cáo về")


class Document(Record):
    id = code_field(primary_key=True)
    kind = models.TextField(choices=DocumentKind)
    number = models.TextField(null=True)
    symbol = models.TextField(null=True)
    issued_on = models.DateField(null=True)
    issuer = AgencyCode(names=True)
    title = models.TextField()
    direction = models.TextField(choices=Direction, null=True)
    signer = models.TextField(null=True)

    key = ("id",)
    day = "r.issued_on"

    class Meta:
        db_table = "documents"
        constraints = [
            known("kind", DocumentKind, "documents_kind_known"),
            known("direction", Direction, "documents_direction_known", blank=True),
        ]
        indexes = [models.Index(fields=["issued_on", "id"], name="documents_by_day")]

    def __str__(self) -> str:
        return self.symbol or self.id


class DocumentRelation(Line):
    source = models.ForeignKey(Document, models.PROTECT, db_column="source", related_name="relations")
    target = models.ForeignKey(Document, models.PROTECT, db_column="target", related_name="related_from")
    relation = models.TextField(choices=Relation)

    key = ("source", "target", "relation")

    class Meta:
        db_table = "document_relations"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "relation"], name="document_relations_key"),
            known("relation", Relation, "document_relations_relation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


class DocumentRecipient(Line):
    document = models.ForeignKey(Document, models.PROTECT, db_column="document", related_name="recipients")
    agency = AgencyCode()
    acknowledged_on = models.DateField(null=True)

    key = ("document", "agency")
    day = "d.issued_on"
    day_joins = "JOIN documents d ON d.id = r.document"
    since = ("documents",)

    class Meta:
        db_table = "document_recipients"
        constraints = [models.UniqueConstraint(fields=["document", "agency"], name="document_recipients_key")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.agency}"
