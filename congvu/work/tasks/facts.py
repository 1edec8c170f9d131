"""Plans and tasks, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import PlanKind, Task

PLANS = Fact(
    name="plans",
    table="plans",
    title=_("Kế hoạch, chương trình"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id", label=_("Mã kế hoạch")),
        Column("title", label=_("Tên kế hoạch")),
        Column("kind", label=_("Loại kế hoạch"), choices=PlanKind),
        Column("year", "int64", _("Năm")),
        Column("symbol", label=_("Số, ký hiệu")),
        *agency_columns(_("Cơ quan ban hành")),
        Column("of_province", "boolean"),
    ),
    sql=f"""
        SELECT r.id, r.title, r.kind, r.year::bigint AS year, d.symbol, {agency_select()},
               r.document IS NULL OR coalesce(a.kind = 'province_committee', false) AS of_province
        FROM plans r LEFT JOIN documents d ON d.id = r.document
        {agency_join("d.issuer", "d.issued_on", dated=False)}""",
)

TASKS = Fact(
    name="tasks",
    table="tasks",
    title=_("Nhiệm vụ"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id", label=_("Mã nhiệm vụ")),
        Column("title", label=_("Nhiệm vụ")),
        *agency_columns(_("Cơ quan chủ trì")),
        Column("due_on", "date", _("Thời hạn")),
        Column("completed_on", "date", _("Hoàn thành")),
        Column("plan", label=_("Kế hoạch")),
        Column("plan_kind", choices=PlanKind),
        Column("plan_year", "int64"),
        Column("of_province", "boolean"),
    ),
    sql=f"""
        SELECT r.id, r.title, {agency_select()}, r.due_on, r.completed_on,
               r.plan, p.kind AS plan_kind, p.year::bigint AS plan_year,
               p.document IS NULL OR coalesce(i.kind = 'province_committee', false) AS of_province
        FROM tasks r {Task.day_joins}
        {agency_join("r.lead_agency", Task.day)}
        {agency_join("d.issuer", "d.issued_on", "i", dated=False)}""",
)

FACTS = (PLANS, TASKS)
