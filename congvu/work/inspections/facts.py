"""Inspections, whom they reached and what they found, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import InspectionKind, Severity

INSPECTIONS = Fact(
    name="inspections",
    table="inspections",
    title=_("Cuộc kiểm tra"),
    area=Area.INSPECTION,
    key=("id",),
    columns=(
        Column("id", label=_("Mã cuộc kiểm tra")),
        Column("kind", label=_("Loại kiểm tra"), choices=InspectionKind),
        Column("symbol", label=_("Quyết định")),
        Column("announced", "boolean", _("Báo trước")),
        Column("date_from", "date", _("Từ ngày")),
        Column("date_to", "date", _("Đến ngày")),
        *agency_columns(_("Cơ quan chủ trì")),
    ),
    sql=f"""
        SELECT r.id, r.kind, d.symbol, r.announced, r.date_from, r.date_to, {agency_select()}
        FROM inspections r LEFT JOIN documents d ON d.id = r.decision
        {agency_join("r.lead_agency", "r.date_from")}""",
)

TARGETS = Fact(
    name="inspection_targets",
    table="inspection_targets",
    title=_("Cơ quan được kiểm tra"),
    area=Area.INSPECTION,
    key=("inspection", "agency_code"),
    columns=(
        Column("inspection", label=_("Mã cuộc kiểm tra")),
        Column("kind", label=_("Loại kiểm tra"), choices=InspectionKind),
        *agency_columns(_("Cơ quan được kiểm tra")),
        Column("date_from", "date", _("Từ ngày")),
    ),
    sql=f"""
        SELECT r.inspection, i.kind, {agency_select()}, i.date_from
        FROM inspection_targets r JOIN inspections i ON i.id = r.inspection
        {agency_join("r.agency", "i.date_from")}""",
)

FINDINGS = Fact(
    name="findings",
    table="findings",
    title=_("Vấn đề phát hiện qua kiểm tra"),
    area=Area.INSPECTION,
    key=("id",),
    columns=(
        Column("id"),
        Column("text", label=_("Vấn đề")),
        Column("kind", label=_("Loại kiểm tra"), choices=InspectionKind),
        *agency_columns(_("Cơ quan")),
        Column("severity", label=_("Mức độ"), choices=Severity),
        Column("date_from", "date", _("Ngày kiểm tra")),
        Column("due_on", "date", _("Hạn khắc phục")),
        Column("rectified_on", "date", _("Khắc phục")),
        Column("verified_on", "date", _("Xác minh")),
        Column("report"),
        Column("report_symbol", label=_("Báo cáo khắc phục")),
        Column("report_issued_on", "date"),
    ),
    sql=f"""
        SELECT r.id, r.text, i.kind, {agency_select()}, r.severity, i.date_from,
               r.due_on, r.rectified_on, r.verified_on,
               r.report, d.symbol AS report_symbol, d.issued_on AS report_issued_on
        FROM findings r JOIN inspections i ON i.id = r.inspection LEFT JOIN documents d ON d.id = r.report
        {agency_join("r.agency", "i.date_from")}""",
)

FACTS = (INSPECTIONS, TARGETS, FINDINGS)
