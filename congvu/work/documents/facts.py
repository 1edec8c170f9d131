"""Documents and their recipients, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import Direction, DocumentKind

DOCUMENTS = Fact(
    name="documents",
    table="documents",
    title=_("Văn bản"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id", label=_("Mã văn bản")),
        Column("symbol", label=_("Số, ký hiệu")),
        Column("kind", label=_("Loại văn bản"), choices=DocumentKind),
        Column("issued_on", "date", _("Ngày ban hành")),
        Column("title", label=_("Trích yếu")),
        Column("direction", label=_("Chiều"), choices=Direction),
        *agency_columns(_("Cơ quan ban hành")),
    ),
    sql=f"""
        SELECT r.id, r.symbol, r.kind, r.issued_on, r.title, r.direction, {agency_select()}
        FROM documents r {agency_join("r.issuer", "r.issued_on", dated=False)}""",
)

RECIPIENTS = Fact(
    name="recipients",
    table="document_recipients",
    title=_("Nơi nhận văn bản"),
    area=Area.DIRECTION,
    key=("document", "agency_code"),
    columns=(
        Column("document"),
        Column("symbol", label=_("Số, ký hiệu")),
        Column("issued_on", "date", _("Ngày ban hành")),
        *agency_columns(_("Cơ quan nhận")),
        Column("acknowledged_on", "date", _("Ngày xác nhận")),
    ),
    sql=f"""
        SELECT r.document, d.symbol, d.issued_on, {agency_select()}, r.acknowledged_on
        FROM document_recipients r JOIN documents d ON d.id = r.document
        {agency_join("r.agency", "d.issued_on", dated=False)}""",
)

FACTS = (DOCUMENTS, RECIPIENTS)
