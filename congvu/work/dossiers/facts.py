"""Dossiers, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import FilingChannel, Outcome

DOSSIERS = Fact(
    name="dossiers",
    table="dossiers",
    title=_("Hồ sơ thủ tục hành chính"),
    area=Area.SERVICE,
    key=("code",),
    columns=(
        Column("code", label=_("Mã hồ sơ")),
        Column("procedure", label=_("Thủ tục")),
        Column("field", label=_("Lĩnh vực")),
        *agency_columns(_("Cơ quan tiếp nhận")),
        Column("channel", label=_("Hình thức nộp"), choices=FilingChannel),
        Column("received_at", "timestamp", _("Tiếp nhận")),
        Column("first_due_at", "timestamp"),
        Column("due_at", "timestamp", _("Hẹn trả")),
        Column("finished_at", "timestamp", _("Giải quyết xong")),
        Column("outcome", label=_("Kết quả"), choices=Outcome),
        Column("received_on", "date"),
        Column("due_on", "date"),
        Column("finished_on", "date"),
    ),
    sql=f"""
        SELECT r.code, r.procedure, p.field, {agency_select()}, r.channel,
               r.received_at, r.first_due_at, r.due_at, r.finished_at, r.outcome,
               r.received_on, r.due_on, r.finished_on
        FROM dossiers r LEFT JOIN procedures p ON p.code = r.procedure
        {agency_join("r.agency", "r.received_on")}""",  # outer, so that a count that needs no field reads no procedure
)

FACTS = (DOSSIERS,)
