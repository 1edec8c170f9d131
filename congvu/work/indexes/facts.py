"""Index scores and their publication, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import IndexScore, Scope

PUBLICATIONS = Fact(
    name="index_publications",
    table="index_publications",
    title=_("Công bố chỉ số"),
    area=Area.INSPECTION,
    key=("framework", "agency_code"),
    columns=(
        Column("framework"),
        Column("title", label=_("Bộ chỉ số")),
        Column("scope", label=_("Áp dụng cho"), choices=Scope),
        *agency_columns(_("Cơ quan công bố")),
        Column("published_on", "date", _("Ngày công bố")),
    ),
    sql=f"""
        SELECT r.framework, f.title, f.scope, {agency_select()}, r.published_on
        FROM index_publications r JOIN index_frameworks f ON f.id = r.framework
        {agency_join("r.publisher", "r.published_on")}""",
)

LEAVES = Fact(
    name="index_leaves",
    table="index_scores",
    title=_("Điểm của từng tiêu chí"),
    area=Area.INSPECTION,
    key=("framework", "agency_code", "criterion"),
    columns=(
        Column("framework", label=_("Bộ chỉ số")),
        Column("year", "int64", _("Năm")),
        *agency_columns(_("Cơ quan")),
        Column("criterion", label=_("Mã tiêu chí")),
        Column("title", label=_("Tiêu chí")),
        Column("score", "decimal", _("Điểm")),
        Column("max_score", "decimal", _("Điểm tối đa")),
    ),
    # every leaf of the framework for every agency that has a score in it: a leaf without a score counts in the maximum
    sql=f"""
        WITH scored AS (
            SELECT DISTINCT r.framework, r.agency, make_date(f.year, 12, 31) AS day
            FROM index_scores r {IndexScore.day_joins}
        )
        SELECT f.id AS framework, f.year::bigint AS year, {agency_select()}, c.code AS criterion, c.title,
               coalesce(s.appraised_score, s.self_score) AS score,
               c.max_score
        FROM scored r JOIN index_frameworks f ON f.id = r.framework
        JOIN index_criteria c ON c.framework = f.id AND NOT EXISTS (
            SELECT 1 FROM index_criteria child WHERE child.framework = f.id AND child.parent = c.code)
        LEFT JOIN index_scores s ON s.framework = f.id AND s.criterion = c.code AND s.agency = r.agency
        {agency_join("r.agency", "r.day")}""",
)

FACTS = (PUBLICATIONS, LEAVES)
