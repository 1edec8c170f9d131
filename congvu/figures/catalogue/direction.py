"""Agencies, plans, tasks, documents, communication, regulations, teams."""

from django.utils.translation import gettext_lazy as _

from congvu.province.models import Level, TeamKind
from congvu.work.documents.facts import DOCUMENTS, RECIPIENTS
from congvu.work.documents.models import DocumentKind
from congvu.work.outreach.facts import COMMUNICATIONS, REGULATIONS, TEAMS
from congvu.work.outreach.models import Channel, ReviewResult
from congvu.work.tasks.facts import PLANS, TASKS
from congvu.work.tasks.models import PlanKind

from ..definition import Count, Dimension, Figure, share_of
from ..facts import AGENCIES

LEVEL = Dimension("level", "level", _("Cấp"), Level)

_REPORTING_KINDS = ("department", "province_office", "district_committee", "commune_committee")

_par_tasks = Count(TASKS, lambda t, asked: (t.plan_kind == "par") & t.of_province & (t.plan_year == asked.year))
_par_completed = share_of(_par_tasks, lambda t, asked: t.completed_on <= asked.last)
_sent = Count(RECIPIENTS, lambda t, asked: asked.holds(t.issued_on))

FIGURES = (
    Figure(
        id="agencies.count",
        name=_("Số cơ quan hành chính"),
        sentence=_("Sở, ban, ngành, văn phòng, UBND cấp huyện và cấp xã đang hoạt động vào ngày cuối kỳ."),
        unit=_("cơ quan"),
        dimensions=(LEVEL,),
        numerator=Count(
            AGENCIES,
            lambda t, asked: (
                t.kind.isin(_REPORTING_KINDS)
                & (t.valid_from <= asked.last)
                & (t.valid_to.isnull() | (t.valid_to >= asked.last))
            ),
        ),
    ),
    Figure(
        id="par_tasks.total",
        name=_("Nhiệm vụ của kế hoạch cải cách hành chính"),
        sentence=_("Nhiệm vụ trong các kế hoạch cải cách hành chính của tỉnh cho năm của ngày cuối kỳ."),
        unit=_("nhiệm vụ"),
        numerator=_par_tasks,
    ),
    Figure(
        id="par_tasks.completed",
        name=_("Nhiệm vụ cải cách hành chính đã hoàn thành"),
        sentence=_("Nhiệm vụ cải cách hành chính của tỉnh hoàn thành đến hết ngày cuối kỳ."),
        unit=_("nhiệm vụ"),
        numerator=_par_completed,
    ),
    Figure(
        id="par_tasks.remaining",
        name=_("Nhiệm vụ cải cách hành chính còn lại"),
        sentence=_("Tổng số nhiệm vụ cải cách hành chính của tỉnh trừ số đã hoàn thành."),
        unit=_("nhiệm vụ"),
        numerator=_par_tasks,
        minus=_par_completed,
    ),
    Figure(
        id="par_tasks.overdue",
        name=_("Nhiệm vụ cải cách hành chính quá hạn"),
        sentence=_("Nhiệm vụ có thời hạn đến hết ngày cuối kỳ mà không hoàn thành trong thời hạn ấy."),
        unit=_("nhiệm vụ"),
        numerator=share_of(
            _par_tasks,
            lambda t, asked: (t.due_on <= asked.last) & (t.completed_on.isnull() | (t.completed_on > t.due_on)),
        ),
    ),
    Figure(
        id="par_tasks.completion_rate",
        name=_("Tỷ lệ hoàn thành nhiệm vụ cải cách hành chính"),
        sentence=_("Số nhiệm vụ đã hoàn thành chia cho tổng số nhiệm vụ cải cách hành chính của tỉnh."),
        unit="%",
        numerator=_par_completed,
        denominator=_par_tasks,
    ),
    Figure(
        id="documents.issued",
        name=_("Văn bản ban hành"),
        sentence=_("Văn bản đi có ngày ban hành trong kỳ."),
        unit=_("văn bản"),
        dimensions=(Dimension("kind", "kind", _("Loại văn bản"), DocumentKind),),
        numerator=Count(DOCUMENTS, lambda t, asked: (t.direction == "outgoing") & asked.holds(t.issued_on)),
    ),
    Figure(
        id="plans.own",
        name=_("Cơ quan ban hành kế hoạch riêng"),
        sentence=_("Cơ quan, trừ UBND tỉnh, đã ban hành kế hoạch cho năm của ngày cuối kỳ; mỗi cơ quan tính một lần."),
        unit=_("cơ quan"),
        dimensions=(Dimension("kind", "kind", _("Loại kế hoạch"), PlanKind),),
        numerator=Count(
            PLANS,
            lambda t, asked: (t.year == asked.year) & t.agency.notnull() & ~t.of_province,
            distinct=("agency", "agency_code", "agency_name"),
        ),
    ),
    Figure(
        id="communications.count",
        name=_("Hoạt động tuyên truyền, phổ biến"),
        sentence=_("Hoạt động tuyên truyền, phổ biến, quán triệt tổ chức trong kỳ."),
        unit=_("hoạt động"),
        dimensions=(Dimension("channel", "channel", _("Hình thức"), Channel),),
        numerator=Count(COMMUNICATIONS, lambda t, asked: asked.holds(t.held_on), statements="communications.count"),
    ),
    Figure(
        id="documents.acknowledged_share",
        name=_("Tỷ lệ nơi nhận xác nhận văn bản"),
        sentence=_("Nơi nhận đã xác nhận đến hết ngày cuối kỳ, trên tổng số nơi nhận của văn bản ban hành trong kỳ."),
        unit="%",
        numerator=share_of(_sent, lambda t, asked: t.acknowledged_on <= asked.last),
        denominator=_sent,
    ),
    Figure(
        id="regulations.reviewed",
        name=_("Nội quy, quy chế, quy trình được rà soát"),
        sentence=_("Nội quy, quy chế, quy trình làm việc được rà soát trong kỳ."),
        unit=_("văn bản"),
        dimensions=(Dimension("result", "result", _("Kết quả rà soát"), ReviewResult),),
        numerator=Count(REGULATIONS, lambda t, asked: asked.holds(t.reviewed_on), statements="regulations.reviewed"),
    ),
    Figure(
        id="teams.formed",
        name=_("Cơ quan thành lập, kiện toàn tổ"),
        sentence=_("Cơ quan có tổ hoặc đoàn được thành lập, kiện toàn trong kỳ; mỗi cơ quan tính một lần."),
        unit=_("cơ quan"),
        dimensions=(Dimension("kind", "kind", _("Loại tổ"), TeamKind),),
        numerator=Count(
            TEAMS,
            lambda t, asked: asked.holds(t.formed_on),
            distinct=("agency", "agency_code", "agency_name"),
        ),
    ),
)
