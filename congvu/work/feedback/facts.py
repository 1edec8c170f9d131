"""Feedback, as the figures see it."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import FeedbackChannel

FEEDBACK = Fact(
    name="feedback",
    table="feedback",
    title=_("Phản ánh, kiến nghị"),
    area=Area.FEEDBACK,
    key=("code",),
    columns=(
        Column("code", label=_("Mã phản ánh")),
        Column("category", label=_("Lĩnh vực")),
        Column("channel", label=_("Kênh tiếp nhận"), choices=FeedbackChannel),
        *agency_columns(_("Cơ quan xử lý")),
        Column("about_procedure", "boolean", _("Về thủ tục hành chính")),
        Column("received_on", "date", _("Ngày tiếp nhận")),
        Column("resolved_on", "date", _("Ngày xử lý xong")),
        Column("content", label=_("Nội dung"), personal=True),
    ),
    sql=f"""
        SELECT r.code, r.category, r.channel, {agency_select()}, r.about_procedure,
               r.received_on, r.resolved_on, r.content
        FROM feedback r {agency_join("r.agency", "r.received_on")}""",
)

FACTS = (FEEDBACK,)
