"""Feedback, inspections, indexes, and those who serve."""

from django.utils.translation import gettext_lazy as _

from congvu.province.models import Level
from congvu.work.feedback.facts import FEEDBACK
from congvu.work.indexes.facts import LEAVES, PUBLICATIONS
from congvu.work.inspections.facts import FINDINGS, INSPECTIONS, TARGETS
from congvu.work.inspections.models import InspectionKind
from congvu.work.personnel.facts import ATTENDANCES, CASES, COURSES, EVALUATIONS
from congvu.work.personnel.models import DisciplineForm, Grade, Topic

from ..definition import Count, Dimension, Figure, share_of

_AGENCY = ("agency", "agency_code", "agency_name")
_OFFICER = ("officer", "officer_name")
_KIND = Dimension("kind", "kind", _("Loại kiểm tra"), InspectionKind)
_TOPIC = Dimension("topic", "topic", _("Chủ đề"), Topic)
_BY_AGENCY = Dimension("agency", "agency", _("Cơ quan"))

_feedback = Count(FEEDBACK, lambda t, asked: asked.holds(t.received_on))
_resolved = share_of(_feedback, lambda t, asked: t.resolved_on <= asked.last)
_about_procedure = share_of(_feedback, lambda t, asked: t.about_procedure)
_findings = Count(FINDINGS, lambda t, asked: asked.holds(t.date_from))
_leaves = Count(LEAVES, lambda t, asked: (t.year == asked.year) | (t.year == asked.year - 1), total="max_score")
_disciplined = Count(CASES, lambda t, asked: asked.holds(t.decided_on), distinct=_OFFICER)
_courses = Count(COURSES, lambda t, asked: asked.holds(t.date_from))
_attendances = Count(ATTENDANCES, lambda t, asked: asked.holds(t.date_from))

FIGURES = (
    Figure(
        id="feedback.received",
        name=_("Phản ánh, kiến nghị tiếp nhận"),
        sentence=_("Phản ánh, kiến nghị của người dân, doanh nghiệp tiếp nhận trong kỳ."),
        unit=_("phản ánh"),
        numerator=_feedback,
    ),
    Figure(
        id="feedback.received_by_category",
        name=_("Phản ánh, kiến nghị tiếp nhận theo lĩnh vực"),
        sentence=_("Phản ánh, kiến nghị tiếp nhận trong kỳ, theo lĩnh vực."),
        unit=_("phản ánh"),
        dimensions=(Dimension("category", "category", _("Lĩnh vực")),),
        numerator=_feedback,
    ),
    Figure(
        id="feedback.resolved",
        name=_("Phản ánh, kiến nghị đã xử lý"),
        sentence=_("Phản ánh tiếp nhận trong kỳ đã xử lý xong đến hết ngày cuối kỳ."),
        unit=_("phản ánh"),
        numerator=_resolved,
    ),
    Figure(
        id="feedback.about_procedure",
        name=_("Phản ánh, kiến nghị về thủ tục hành chính"),
        sentence=_("Phản ánh tiếp nhận trong kỳ có nội dung về thủ tục hành chính."),
        unit=_("phản ánh"),
        numerator=_about_procedure,
    ),
    Figure(
        id="feedback.resolution_rate",
        name=_("Tỷ lệ xử lý phản ánh, kiến nghị"),
        sentence=_("Phản ánh đã xử lý chia cho phản ánh tiếp nhận trong kỳ."),
        unit="%",
        numerator=_resolved,
        denominator=_feedback,
    ),
    Figure(
        id="feedback.procedure_share",
        name=_("Tỷ lệ phản ánh về thủ tục hành chính"),
        sentence=_("Phản ánh về thủ tục hành chính chia cho phản ánh tiếp nhận trong kỳ."),
        unit="%",
        numerator=_about_procedure,
        denominator=_feedback,
    ),
    Figure(
        id="inspections.count",
        name=_("Cuộc kiểm tra"),
        sentence=_("Cuộc kiểm tra bắt đầu trong kỳ."),
        unit=_("cuộc"),
        dimensions=(_KIND,),
        numerator=Count(INSPECTIONS, lambda t, asked: asked.holds(t.date_from)),
    ),
    Figure(
        id="inspections.targets",
        name=_("Cơ quan được kiểm tra"),
        sentence=_("Cơ quan được kiểm tra trong các cuộc bắt đầu trong kỳ, theo cấp; mỗi cơ quan tính một lần."),
        unit=_("cơ quan"),
        dimensions=(_KIND, Dimension("level", "level", _("Cấp"), Level)),
        numerator=Count(TARGETS, lambda t, asked: asked.holds(t.date_from), distinct=_AGENCY),
    ),
    Figure(
        id="findings.total",
        name=_("Vấn đề phát hiện qua kiểm tra"),
        sentence=_("Vấn đề phát hiện trong các cuộc kiểm tra bắt đầu trong kỳ."),
        unit=_("vấn đề"),
        dimensions=(_KIND,),
        numerator=_findings,
    ),
    Figure(
        id="findings.rectified",
        name=_("Vấn đề đã khắc phục"),
        sentence=_("Vấn đề phát hiện đã khắc phục đến hết ngày cuối kỳ."),
        unit=_("vấn đề"),
        dimensions=(_KIND,),
        numerator=share_of(_findings, lambda t, asked: t.rectified_on <= asked.last),
    ),
    Figure(
        id="findings.verified",
        name=_("Vấn đề đã xác minh khắc phục"),
        sentence=_("Vấn đề phát hiện mà việc khắc phục đã được xác minh đến hết ngày cuối kỳ."),
        unit=_("vấn đề"),
        dimensions=(_KIND,),
        numerator=share_of(_findings, lambda t, asked: t.verified_on <= asked.last),
    ),
    Figure(
        id="findings.reports",
        name=_("Báo cáo khắc phục"),
        sentence=_("Văn bản báo cáo khắc phục các vấn đề phát hiện, không kể văn bản ban hành sau ngày cuối kỳ."),
        unit=_("báo cáo"),
        dimensions=(_KIND,),
        numerator=Count(
            FINDINGS,
            lambda t, asked: (
                asked.holds(t.date_from)
                & t.report.notnull()
                & (t.report_issued_on.isnull() | (t.report_issued_on <= asked.last))
            ),
            distinct=("report", "report_symbol"),
        ),
    ),
    Figure(
        id="index.published_districts",
        name=_("Huyện công bố chỉ số cải cách hành chính cấp xã"),
        sentence=_("Cơ quan cấp huyện công bố trong kỳ kết quả đánh giá UBND cấp xã; mỗi cơ quan tính một lần."),
        unit=_("cơ quan"),
        numerator=Count(
            PUBLICATIONS,
            lambda t, asked: asked.holds(t.published_on) & (t.scope == "commune") & (t.level == "district"),
            distinct=_AGENCY,
        ),
    ),
    Figure(
        id="index.score",
        name=_("Chỉ số cải cách hành chính"),
        sentence=_(
            "Tổng điểm thẩm định (chưa có thì điểm tự chấm) chia cho tổng điểm tối đa; năm của kỳ và năm trước."
        ),
        unit="%",
        dimensions=(Dimension("framework", "framework", _("Bộ chỉ số")), _BY_AGENCY),
        numerator=share_of(_leaves, lambda t, asked: t.score.notnull(), total="score"),
        denominator=_leaves,
    ),
    Figure(
        id="courses.count",
        name=_("Lớp bồi dưỡng"),
        sentence=_("Lớp bồi dưỡng khai giảng trong kỳ."),
        unit=_("lớp"),
        numerator=Count(COURSES, _courses.where, statements="courses.count"),
    ),
    Figure(
        id="courses.attendances",
        name=_("Lượt người được bồi dưỡng"),
        sentence=_("Lượt người dự các lớp khai giảng trong kỳ; một người dự hai lớp tính hai lượt."),
        unit=_("lượt"),
        numerator=Count(ATTENDANCES, _attendances.where, statements="courses.attendances"),
    ),
    Figure(
        id="courses.count_by_topic",
        name=_("Lớp bồi dưỡng theo chủ đề"),
        sentence=_("Lớp bồi dưỡng khai giảng trong kỳ, theo chủ đề; chỉ tính lớp có trên hệ thống."),
        unit=_("lớp"),
        dimensions=(_TOPIC,),
        numerator=_courses,
    ),
    Figure(
        id="courses.attendances_by_topic",
        name=_("Lượt người được bồi dưỡng theo chủ đề"),
        sentence=_("Lượt người dự các lớp khai giảng trong kỳ, theo chủ đề; chỉ tính lớp có trên hệ thống."),
        unit=_("lượt"),
        dimensions=(_TOPIC,),
        numerator=_attendances,
    ),
    Figure(
        id="officers.disciplined",
        name=_("Người bị xử lý kỷ luật"),
        sentence=_("Cán bộ, công chức, viên chức có quyết định kỷ luật trong kỳ; mỗi người tính một lần."),
        unit=_("người"),
        numerator=_disciplined,
    ),
    Figure(
        id="officers.disciplined_by_form",
        name=_("Người bị xử lý kỷ luật theo hình thức"),
        sentence=_("Người bị xử lý kỷ luật trong kỳ, theo hình thức; mỗi người tính một lần ở mỗi hình thức."),
        unit=_("người"),
        dimensions=(Dimension("form", "form", _("Hình thức kỷ luật"), DisciplineForm),),
        numerator=_disciplined,
    ),
    Figure(
        id="officers.disciplined_by_agency",
        name=_("Người bị xử lý kỷ luật theo cơ quan"),
        sentence=_("Người bị xử lý kỷ luật trong kỳ, theo cơ quan của vụ việc; mỗi người tính một lần ở mỗi cơ quan."),
        unit=_("người"),
        dimensions=(_BY_AGENCY,),
        numerator=_disciplined,
    ),
    Figure(
        id="evaluations.graded",
        name=_("Người được đánh giá, xếp loại"),
        sentence=_("Kết quả đánh giá, xếp loại của năm của ngày cuối kỳ, theo mức."),
        unit=_("người"),
        dimensions=(Dimension("grade", "grade", _("Mức xếp loại"), Grade),),
        numerator=Count(EVALUATIONS, lambda t, asked: t.year == asked.year),
    ),
)
