"""Every fact that figures are made of, and the views that hold them."""

from django.db import connections
from django.utils.translation import gettext_lazy as _

from congvu.access.facts import AGENCY_PERIODS, TYPES, Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area
from congvu.province.models import AgencyKind, Level
from congvu.work.documents import facts as documents
from congvu.work.dossiers import facts as dossiers
from congvu.work.feedback import facts as feedback
from congvu.work.indexes import facts as indexes
from congvu.work.inspections import facts as inspections
from congvu.work.outreach import facts as outreach
from congvu.work.personnel import facts as personnel
from congvu.work.procedures import facts as procedures
from congvu.work.tasks import facts as tasks

from .models import StatementMode

AGENCIES = Fact(
    name="agencies",
    table="agencies",
    title=_("Cơ quan"),
    area=Area.CATALOGUE,
    key=("agency_code", "valid_from"),
    owner=None,
    columns=(
        *agency_columns(_("Cơ quan")),
        Column("kind", label=_("Loại cơ quan"), choices=AgencyKind),
        Column("valid_from", "date", _("Từ ngày")),
        Column("valid_to", "date", _("Đến hết ngày")),
    ),
    sql=f"SELECT {agency_select()}, a.kind, a.valid_from, a.valid_to FROM agency_periods a",
)

STATEMENTS = Fact(
    name="statements",
    table="statements",
    title=_("Số liệu do cơ quan báo cáo"),
    area=Area.CATALOGUE,  # read through the figure that takes them, whose own area decides
    key=("figure", "agency_code", "stated_level", "member", "period_from"),
    columns=(
        Column("figure", label=_("Chỉ tiêu")),
        *agency_columns(_("Cơ quan")),
        Column("stated_level", label=_("Cấp"), choices=Level),
        Column("member", label=_("Phân loại")),
        Column("period_from", "date", _("Từ ngày")),
        Column("period_to", "date", _("Đến ngày")),
        Column("value", "int64", _("Số báo cáo")),
        Column("mode", label=_("Cách dùng"), choices=StatementMode),
        Column("document"),
        Column("symbol", label=_("Báo cáo số")),
    ),
    sql=f"""
        SELECT r.figure, {agency_select()}, r.level AS stated_level, r.member, r.period_from, r.period_to,
               r.value, r.mode, r.document, d.symbol
        FROM statements r LEFT JOIN documents d ON d.id = r.document
        {agency_join("r.agency", "r.period_to")}""",
)

FACTS: tuple[Fact, ...] = (
    AGENCIES,
    *documents.FACTS,
    *tasks.FACTS,
    *outreach.FACTS,
    *procedures.FACTS,
    *dossiers.FACTS,
    *feedback.FACTS,
    *inspections.FACTS,
    *indexes.FACTS,
    *personnel.FACTS,
    STATEMENTS,
)


def drop_views() -> None:
    """Take the views away, so that a migration may alter the columns under them."""
    with connections["owner"].cursor() as cursor:
        for fact in reversed(FACTS):
            cursor.execute(f"DROP VIEW IF EXISTS {fact.view}")
        cursor.execute("DROP VIEW IF EXISTS agency_periods")


def create_views() -> None:
    """Build every fact's view; each column has exactly the declared type."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(AGENCY_PERIODS)
        for fact in FACTS:
            typed = ", ".join(f"{c.name}::{TYPES[c.type]} AS {c.name}" for c in fact.columns)
            cursor.execute(f"CREATE VIEW {fact.view} AS SELECT {typed} FROM ({fact.sql}) q")
