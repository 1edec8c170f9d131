"""Regulations reviewed, communications held and teams formed, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area
from congvu.province.models import TeamKind

from .models import Channel, RegulationKind, ReviewResult

REGULATIONS = Fact(
    name="regulations",
    table="regulations",
    title=_("Nội quy, quy chế, quy trình được rà soát"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id"),
        Column("title", label=_("Tên văn bản")),
        Column("kind", label=_("Loại"), choices=RegulationKind),
        *agency_columns(_("Cơ quan")),
        Column("reviewed_on", "date", _("Ngày rà soát")),
        Column("result", label=_("Kết quả"), choices=ReviewResult),
    ),
    sql=f"""
        SELECT r.id, r.title, r.kind, {agency_select()}, r.reviewed_on, r.result
        FROM regulations r {agency_join("r.agency", "r.reviewed_on")}""",
)

COMMUNICATIONS = Fact(
    name="communications",
    table="communications",
    title=_("Hoạt động tuyên truyền"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id"),
        Column("title", label=_("Nội dung")),
        Column("channel", label=_("Hình thức"), choices=Channel),
        *agency_columns(_("Cơ quan")),
        Column("held_on", "date", _("Ngày")),
        Column("audience", "int64", _("Số người dự")),
    ),
    sql=f"""
        SELECT r.id, r.title, r.channel, {agency_select()}, r.held_on, r.audience
        FROM communications r {agency_join("r.agency", "r.held_on")}""",
)

TEAMS = Fact(
    name="teams",
    table="teams",
    title=_("Tổ, đoàn được thành lập, kiện toàn"),
    area=Area.DIRECTION,
    key=("id",),
    columns=(
        Column("id"),
        Column("kind", label=_("Loại tổ"), choices=TeamKind),
        *agency_columns(_("Cơ quan")),
        Column("formed_on", "date", _("Ngày thành lập, kiện toàn")),
    ),
    sql=f"""
        SELECT r.id, r.kind, {agency_select()}, r.formed_on
        FROM teams r {agency_join("r.agency", "r.formed_on")}""",
)

FACTS = (REGULATIONS, COMMUNICATIONS, TEAMS)
