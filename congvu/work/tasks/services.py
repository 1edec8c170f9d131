"""What a person does with plans and tasks: draft a plan, give tasks under it, issue it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel.errors import Refusal
from congvu.work.documents.models import Document

from .models import Plan, PlanKind, Task, TaskCooperation
from .queries import agencies_over_time
from .rules import NewTask, TaskFault, faults_of


class PlanNotPossible(Refusal):
    """A plan or its tasks cannot be written down as asked; ``faults`` name each task that stands in the way."""

    code = "plan.not_possible"
    status = 409

    def __init__(self, words: str, faults: Sequence[TaskFault] = ()) -> None:
        super().__init__("\n".join([words, *map(str, faults)]))
        self.faults = tuple(faults)


class PlanNotFound(Refusal):
    code = "plan.not_found"
    status = 404


def draft_plan(deed: OpenAct, *, id_: str, title: str, kind: PlanKind, year: int) -> Plan:
    """Write a plan without a document within an act: a draft until it is issued.

    Raises
    ------
    PlanNotPossible
        Another plan has this id.
    """
    if Plan.objects.filter(pk=id_).exists():
        raise PlanNotPossible(f"Đã có kế hoạch mang mã «{id_}». Hãy mở kế hoạch ấy.")
    with deed.changing(Plan, [id_]):
        return Plan.objects.create(id=id_, title=title, kind=kind, year=year)


def check_tasks(year: int, tasks: Sequence[NewTask]) -> list[TaskFault]:
    """Return why tasks cannot be part of a plan of ``year``, in their order."""
    agencies = agencies_over_time()
    return [fault for task in tasks for fault in faults_of(task, year, agencies)]


def give_tasks(deed: OpenAct, plan: Plan, tasks: Sequence[NewTask]) -> list[Task]:
    """Write tasks of a plan within an act, in their order, numbered after those that it has; all of them, or none.

    Raises
    ------
    PlanNotPossible
        Some task has no agency of those days or no day in the plan's year; every one is named.
    """
    faults = check_tasks(plan.year, tasks)
    if faults:
        raise PlanNotPossible("Chưa giao được nhiệm vụ:", faults)
    taken = set(Task.objects.filter(id__startswith=f"{plan.id}-").values_list("id", flat=True))
    numbers = (number for number in range(1, len(taken) + len(tasks) + 1) if f"{plan.id}-{number:02d}" not in taken)
    made = [
        Task(
            id=f"{plan.id}-{number:02d}",
            plan=plan,
            title=task.title,
            lead_agency=task.lead_agency,
            assigned_on=task.assigned_on,
            first_due_on=task.due_on,
            due_on=task.due_on,
        )
        for number, task in zip(numbers, tasks, strict=False)
    ]
    beside = [
        TaskCooperation(task=one, agency=code)
        for one, task in zip(made, tasks, strict=True)
        for code in dict.fromkeys(task.cooperating)
    ]
    with (
        deed.changing(Task, [one.id for one in made]),
        deed.changing(TaskCooperation, [f"{one.task_id}\x1f{one.agency}" for one in beside]),
    ):
        Task.objects.bulk_create(made)
        TaskCooperation.objects.bulk_create(beside)
    return made


def issue_plan(reader: Reader, plan: str, document: str) -> Plan:
    """Tell with which registered document a drafted plan was issued.

    Raises
    ------
    NotForThisSeat
    PlanNotFound
    PlanNotPossible
        The plan is issued already, it has no task, or the register has no such document.
    """
    require(reader, Permission.DRAFT_PLAN)
    with transaction.atomic():
        found = Plan.objects.select_for_update().filter(pk=plan).first()
        if found is None:
            raise PlanNotFound(f"Không có kế hoạch «{plan[:80]}».")
        if found.document_id is not None:
            raise PlanNotPossible(f"Kế hoạch này đã ban hành bằng văn bản «{found.document_id}».")
        if not found.tasks.exists():
            raise PlanNotPossible("Kế hoạch chưa có nhiệm vụ nào nên chưa ban hành được.")
        registered = Document.objects.filter(pk=document).first() or Document.objects.filter(symbol=document).first()
        if registered is None:
            raise PlanNotPossible(
                f"Sổ văn bản không có văn bản «{document[:80]}». Hãy nhập mã, hoặc số và ký hiệu, của văn bản."
            )
        with act("plan:issue", actor=reader, subject=(Plan.table(), plan)) as deed, deed.changing(Plan, [plan]):
            found.document = registered
            found.save(update_fields=["document"])
    return found
