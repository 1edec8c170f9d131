"""The catalogue of procedures and its changes, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact
from congvu.access.rules import Area

from .models import Change, HandlingLevel

PROCEDURES = Fact(
    name="procedures",
    table="procedures",
    title=_("Thủ tục hành chính"),
    area=Area.CATALOGUE,
    key=("code",),
    owner=None,
    columns=(
        Column("code", label=_("Mã thủ tục")),
        Column("name", label=_("Tên thủ tục")),
        Column("field", label=_("Lĩnh vực")),
        Column("valid_from", "date", _("Có hiệu lực từ")),
        Column("valid_to", "date", _("Đến hết ngày")),
    ),
    sql="SELECT r.code, r.name, r.field, r.valid_from, r.valid_to FROM procedures r",
)

PROCEDURE_LEVELS = Fact(
    name="procedure_levels",
    table="procedure_levels",
    title=_("Thủ tục hành chính theo cấp giải quyết"),
    area=Area.CATALOGUE,
    key=("code", "level"),
    owner=None,
    columns=(
        Column("code", label=_("Mã thủ tục")),
        Column("name", label=_("Tên thủ tục")),
        Column("field", label=_("Lĩnh vực")),
        Column("level", label=_("Cấp giải quyết"), choices=HandlingLevel),
        Column("valid_from", "date", _("Có hiệu lực từ")),
        Column("valid_to", "date", _("Đến hết ngày")),
    ),
    sql="""
        SELECT r.procedure AS code, p.name, p.field, r.level, p.valid_from, p.valid_to
        FROM procedure_levels r JOIN procedures p ON p.code = r.procedure""",
)

PROCEDURE_CHANGES = Fact(
    name="procedure_changes",
    table="procedure_changes",
    title=_("Thay đổi của danh mục thủ tục hành chính"),
    area=Area.CATALOGUE,
    key=("decision", "procedure", "change"),
    owner=None,
    columns=(
        Column("decision"),
        Column("symbol", label=_("Quyết định")),
        Column("procedure", label=_("Mã thủ tục")),
        Column("name", label=_("Tên thủ tục")),
        Column("change", label=_("Thay đổi"), choices=Change),
        Column("effective_on", "date", _("Có hiệu lực từ")),
    ),
    sql="""
        SELECT r.decision, d.symbol, r.procedure, p.name, r.change, r.effective_on
        FROM procedure_changes r
        JOIN documents d ON d.id = r.decision JOIN procedures p ON p.code = r.procedure""",
)

FACTS = (PROCEDURES, PROCEDURE_LEVELS, PROCEDURE_CHANGES)
