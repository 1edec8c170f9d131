"""Courses, evaluations and disciplinary cases, as the figures see them."""

from django.utils.translation import gettext_lazy as _

from congvu.access.facts import Column, Fact, agency_columns, agency_join, agency_select
from congvu.access.rules import Area

from .models import DisciplineForm, Grade, Topic

COURSES = Fact(
    name="courses",
    table="courses",
    title=_("Lớp bồi dưỡng"),
    area=Area.PERSONNEL,
    key=("id",),
    columns=(
        Column("id", label=_("Mã lớp")),
        Column("title", label=_("Tên lớp")),
        Column("topic", label=_("Chủ đề"), choices=Topic),
        Column("date_from", "date", _("Từ ngày")),
        Column("date_to", "date", _("Đến ngày")),
        *agency_columns(_("Cơ quan tổ chức")),
    ),
    sql=f"""
        SELECT r.id, r.title, r.topic, r.date_from, r.date_to, {agency_select()}
        FROM courses r {agency_join("r.host_agency", "r.date_from")}""",
)

ATTENDANCES = Fact(
    name="attendances",
    table="attendances",
    title=_("Lượt người dự lớp"),
    area=Area.PERSONNEL,
    key=("course", "attendee", "agency_code"),
    columns=(
        Column("course", label=_("Mã lớp")),
        Column("course_title", label=_("Tên lớp")),
        Column("topic", label=_("Chủ đề"), choices=Topic),
        Column("attendee", label=_("Người dự"), personal=True),
        *agency_columns(_("Cơ quan")),
        Column("date_from", "date", _("Từ ngày")),
    ),
    sql=f"""
        SELECT r.course, c.title AS course_title, c.topic, r.attendee, {agency_select()}, c.date_from
        FROM attendances r JOIN courses c ON c.id = r.course {agency_join("r.agency", "c.date_from")}""",
)

CASES = Fact(
    name="disciplinary_cases",
    table="disciplinary_cases",
    title=_("Trường hợp bị xử lý kỷ luật"),
    area=Area.PERSONNEL,
    key=("id",),
    columns=(
        Column("id", label=_("Mã vụ việc")),
        Column("officer", label=_("Mã công chức"), personal=True),
        Column("officer_name", label=_("Họ và tên"), personal=True),
        *agency_columns(_("Cơ quan")),
        Column("form", label=_("Hình thức kỷ luật"), choices=DisciplineForm),
        Column("decided_on", "date", _("Ngày quyết định")),
    ),
    sql=f"""
        SELECT r.id, r.officer, o.full_name AS officer_name, {agency_select()}, r.form, r.decided_on
        FROM disciplinary_cases r JOIN officers o ON o.code = r.officer {agency_join("r.agency", "r.decided_on")}""",
)

EVALUATIONS = Fact(
    name="evaluations",
    table="evaluations",
    title=_("Kết quả đánh giá, xếp loại"),
    area=Area.PERSONNEL,
    key=("officer", "year"),
    owner="seen_by",
    columns=(
        Column("officer", label=_("Mã công chức"), personal=True),
        Column("officer_name", label=_("Họ và tên"), personal=True),
        Column("year", "int64", _("Năm")),
        Column("grade", label=_("Mức xếp loại"), choices=Grade),
        Column("seen_by", "int64"),
        Column("seen_by_name", label=_("Cơ quan cuối năm")),
    ),
    # an evaluation names no agency; the one where the officer last took up a post by the year's end may see it
    sql=f"""
        SELECT r.officer, o.full_name AS officer_name, r.year::bigint AS year, r.grade,
               a.id AS seen_by, a.name AS seen_by_name
        FROM evaluations r JOIN officers o ON o.code = r.officer
        LEFT JOIN LATERAL (
            SELECT p.agency, p.valid_from FROM posts p
            WHERE p.officer = r.officer AND p.valid_from <= make_date(r.year, 12, 31)
            ORDER BY p.valid_from DESC, p.row DESC LIMIT 1
        ) post ON true
        {agency_join("post.agency", "post.valid_from")}""",
)

FACTS = (COURSES, ATTENDANCES, CASES, EVALUATIONS)
