"""Next year's plan: one task for each direction and each remedy, made once, with what is new added later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel import clock
from congvu.work.tasks.models import Plan, PlanKind, Task
from congvu.work.tasks.rules import NewTask, TaskFault
from congvu.work.tasks.services import PlanNotPossible, check_tasks, draft_plan, give_tasks

from .models import ReportDirection, ReportPlan, ReportWeakness, key_of
from .queries import Assessment, Sheet, read_assessment

PLAN_KIND = PlanKind.DISCIPLINE
"""A plan of administrative discipline: one of reform would count among the reform tasks of its year at once."""


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task to be made, and the direction or remedy that it comes from."""

    task: NewTask
    source: ReportDirection | ReportWeakness


@dataclass(frozen=True)
class PlanCheck:
    """What making the plan would do: ``tasks`` are new, ``held`` were made before; ``faults`` stand in the way."""

    year: int
    plan: Plan | None
    tasks: tuple[PlannedTask, ...]
    held: int
    faults: tuple[TaskFault, ...]
    obstacle: str

    @property
    def can_be_made(self) -> bool:
        return bool(self.tasks) and not self.faults and not self.obstacle


def check_plan(reader: Reader, sheet: Sheet) -> PlanCheck:
    """Return what :func:`make_plan` would do, and everything that stands in its way.

    Raises
    ------
    NotForThisSeat
    """
    require(reader, Permission.DRAFT_PLAN)
    return _check(read_assessment(sheet.report, sheet.year), sheet)


def _check(assessment: Assessment, sheet: Sheet) -> PlanCheck:
    year = sheet.year + 1
    tasks = _planned(assessment, sheet, assigned_on=max(clock.today(), date(year, 1, 1)))
    sources: list[ReportDirection | ReportWeakness] = [
        *assessment.remedies,
        *(one.record for one in assessment.directions),
    ]
    obstacle = ""
    if assessment.plan is not None and assessment.plan.document_id is not None and tasks:
        obstacle = (
            f"Kế hoạch đã ban hành bằng văn bản «{assessment.plan.document_id}» nên không thêm nhiệm vụ được nữa."
        )
    elif not tasks:
        obstacle = (
            "Mọi phương hướng, giải pháp đều đã thành nhiệm vụ." if sources else "Chưa có phương hướng, giải pháp nào."
        )
    faults = check_tasks(year, [one.task for one in tasks])
    held = sum(source.task_id is not None for source in sources)
    return PlanCheck(year, assessment.plan, tuple(tasks), held, tuple(faults), obstacle)


def _planned(assessment: Assessment, sheet: Sheet, assigned_on: date) -> list[PlannedTask]:
    found: list[PlannedTask] = []
    for place, direction in enumerate(assessment.directions, 1):
        one = direction.record
        if one.task_id is None:
            row = f"Phương hướng {place}"
            title, lead = sheet.plain(one.text), one.lead_agency or ""
            found.append(PlannedTask(NewTask(row, title, lead, assigned_on, one.due_on, direction.cooperating), one))
    for place, weakness in enumerate(assessment.weaknesses, 1):
        if weakness.remedy and weakness.task_id is None:
            row = f"Giải pháp của hạn chế {place}"
            title, lead = sheet.plain(weakness.remedy), weakness.responsible or ""
            found.append(PlannedTask(NewTask(row, title, lead, assigned_on, weakness.due_on), weakness))
    return found


def make_plan(reader: Reader, sheet: Sheet) -> tuple[Plan, int]:
    """Make next year's plan, or add to it what is new; return it and how many tasks were added.

    Raises
    ------
    NotForThisSeat
    PlanNotPossible
        Nothing is new, the plan is issued already, or some task has no agency of those days or no day in that year.
    """
    require(reader, Permission.DRAFT_PLAN)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"x_report_weaknesses {sheet.report} {sheet.year}"],
            )
        assessment = read_assessment(sheet.report, sheet.year)
        check = _check(assessment, sheet)
        if check.obstacle:
            raise PlanNotPossible(check.obstacle)
        if check.faults:
            raise PlanNotPossible("Chưa lập được kế hoạch:", check.faults)
        id_ = assessment.plan.pk if assessment.plan else f"kh-{sheet.report}-{check.year}"
        with act("plan:draft", actor=reader, subject=(Plan.table(), id_)) as deed:
            plan = assessment.plan or _new_plan(deed, sheet, id_)
            tasks = give_tasks(deed, plan, [one.task for one in check.tasks])
            _tie(deed, ReportDirection, check.tasks, tasks)
            _tie(deed, ReportWeakness, check.tasks, tasks)
    return plan, len(tasks)


def _new_plan(deed: OpenAct, sheet: Sheet, id_: str) -> Plan:
    year = sheet.year + 1
    title = f"Kế hoạch thực hiện phương hướng, nhiệm vụ và khắc phục hạn chế năm {year}"
    plan = draft_plan(deed, id_=id_, title=title, kind=PLAN_KIND, year=year)
    with deed.changing(ReportPlan, [key_of(sheet.report, sheet.year)]):
        ReportPlan.objects.create(report=sheet.report, year=sheet.year, plan=plan)
    return plan


def _tie(
    deed: OpenAct,
    model: type[ReportDirection] | type[ReportWeakness],
    planned: Sequence[PlannedTask],
    tasks: Sequence[Task],
) -> None:
    """Write into each direction or remedy which task it became."""
    mine = [(one.source, task) for one, task in zip(planned, tasks, strict=True) if isinstance(one.source, model)]
    with deed.changing(model, [key_of(source.report, source.year, source.number) for source, _task in mine]):
        for source, task in mine:
            model.objects.filter(pk=source.pk).update(task=task)
