"""Next year's plan: made of directions and remedies, checked, made once, issued with a registered document."""

from datetime import date

import pytest

from congvu.access.queries import NotForThisSeat
from congvu.assessment.planning import check_plan, make_plan
from congvu.assessment.queries import get_assessment, read_assessment
from congvu.figures.compute import compute
from congvu.figures.period import Period
from congvu.journal.services import act
from congvu.province.models import Agency
from congvu.work.tasks.models import Plan, Task, TaskCooperation
from congvu.work.tasks.services import PlanNotFound, PlanNotPossible, issue_plan

from .conftest import unwritten

YEAR_2023 = Period(date(2023, 1, 1), date(2023, 12, 31))


def test_each_direction_and_each_remedy_becomes_a_task(officer, sheet, weak, direct):
    direct("Một cửa năm [[next_year]]")
    weak()
    weak(remedy="")
    plan, added = make_plan(officer, sheet)

    assert (plan.year, plan.document_id, added) == (2023, None, 2)
    rows = plan.tasks.order_by("id").values_list("id", "title", "lead_agency", "assigned_on", "due_on")
    assert list(rows) == [
        ("kh-annual-2023-01", "Một cửa năm 2023", "SNV", date(2023, 1, 1), date(2023, 11, 30)),
        ("kh-annual-2023-02", "Rà soát hằng tuần", "SNV", date(2023, 1, 1), date(2023, 6, 30)),
    ]
    assert list(TaskCooperation.objects.values_list("task", "agency")) == [("kh-annual-2023-01", "H")]
    made = get_assessment(officer, "annual", 2022)
    assert made.directions[0].record.task_id == "kh-annual-2023-01"
    assert [one.task_id for one in made.weaknesses] == ["kh-annual-2023-02", None]
    assert made.plan == plan
    assert unwritten("x_report_", "tasks «kh-", "task_cooperations", "plans «kh-") == []


def test_a_second_time_adds_only_what_is_new(officer, sheet, weak, direct):
    direct()
    make_plan(officer, sheet)
    with pytest.raises(PlanNotPossible, match="đều đã thành nhiệm vụ"):
        make_plan(officer, sheet)
    weak()
    assert [one.task.row for one in check_plan(officer, sheet).tasks] == ["Giải pháp của hạn chế 1"]
    plan, added = make_plan(officer, sheet)

    assert added == 1
    assert plan.tasks.count() == 2
    assert Plan.objects.filter(year=2023).count() == 1


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"lead_agency": ""}, "chưa có cơ quan chủ trì"),
        ({"lead_agency": "NEW"}, "«Sở Mới» không hoạt động suốt từ ngày 01/01/2023 đến ngày 30/11/2023"),
        ({"cooperating": ("NEW",)}, "cơ quan phối hợp «Sở Mới» không hoạt động suốt"),
        ({"due_on": None}, "chưa có thời hạn"),
        ({"due_on": date(2022, 12, 31)}, "không thuộc năm 2023"),
        ({"due_on": date(2024, 1, 1)}, "không thuộc năm 2023"),
    ],
)
def test_a_task_without_its_agency_or_its_day_stands_in_the_way_by_its_row(officer, sheet, direct, given, complaint):
    direct("Việc đúng")
    direct(**given)
    (fault,) = check_plan(officer, sheet).faults

    assert fault.row == "Phương hướng 2"
    assert complaint in fault.words
    with pytest.raises(PlanNotPossible, match="Phương hướng 2"):
        make_plan(officer, sheet)
    assert not Plan.objects.filter(year=2023).exists()
    assert not Task.objects.filter(plan__year=2023).exists()


def test_an_agency_that_ended_after_it_was_chosen_stands_in_the_way_and_names_its_last_day(officer, sheet, direct):
    direct()
    with act("package:load", actor=officer):
        Agency.objects.filter(code="SNV").update(valid_to=date(2023, 2, 28))
    (fault,) = check_plan(officer, sheet).faults

    assert fault.words == "cơ quan chủ trì «Sở Nội vụ» chỉ hoạt động đến ngày 28/02/2023; hãy chọn cơ quan kế tục."


def test_there_is_no_plan_of_nothing(officer, sheet, weak):
    weak(remedy="")
    with pytest.raises(PlanNotPossible, match="Chưa có phương hướng"):
        make_plan(officer, sheet)


def test_a_plan_is_issued_once_with_a_registered_document_and_then_takes_nothing_more(officer, sheet, weak, direct):
    direct()
    plan, _added = make_plan(officer, sheet)
    with pytest.raises(PlanNotPossible, match="Sổ văn bản không có"):
        issue_plan(officer, plan.pk, "9/KH-UBND")
    issue_plan(officer, plan.pk, "1/KH-UBND")
    assert Plan.objects.get(pk=plan.pk).document_id == "D1"
    with pytest.raises(PlanNotPossible, match="đã ban hành"):
        issue_plan(officer, plan.pk, "D1")
    weak()
    with pytest.raises(PlanNotPossible, match="không thêm nhiệm vụ được nữa"):
        make_plan(officer, sheet)
    with pytest.raises(PlanNotFound):
        issue_plan(officer, "không có", "D1")


def test_only_who_drafts_plans_makes_and_issues_them(leader, officer, sheet, direct):
    direct()
    for deed in (lambda: make_plan(leader, sheet), lambda: check_plan(leader, sheet)):
        with pytest.raises(NotForThisSeat):
            deed()
    with pytest.raises(NotForThisSeat):
        issue_plan(leader, make_plan(officer, sheet)[0].pk, "D1")


def test_the_plan_adds_nothing_to_the_figures_of_reform_tasks(officer, sheet, direct):
    before = {answer.key: answer.value for answer in compute(YEAR_2023, ids=["par_tasks.total"])}
    direct()
    make_plan(officer, sheet)

    assert {answer.key: answer.value for answer in compute(YEAR_2023, ids=["par_tasks.total"])} == before


def test_a_plan_of_the_same_id_from_elsewhere_is_not_taken_over(officer, sheet, direct):
    with act("package:load", actor=officer):
        Plan.objects.create(id="kh-annual-2023", title="Của nơi khác", kind="other", year=2023)
    direct()
    with pytest.raises(PlanNotPossible, match="Đã có kế hoạch mang mã"):
        make_plan(officer, sheet)
    assert read_assessment("annual", 2022).plan is None
