"""What holds of plans and tasks before they are written down; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

TITLE_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be given; ``row`` names to a person what it comes from."""

    row: str
    title: str
    lead_agency: str
    assigned_on: date
    due_on: date | None
    cooperating: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskFault:
    """Why a task cannot be given; ``row`` is the task's own."""

    row: str
    words: str

    def __str__(self) -> str:
        return f"{self.row}: {self.words}"


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which one holder of an agency's code exists."""

    name: str
    first: date
    last: date | None

    def covers(self, first: date, last: date) -> bool:
        return self.first <= first and (self.last is None or last <= self.last)


Agencies = dict[str, list[Validity]]
"""Code -> those who hold it, one after the other."""


def faults_of(task: NewTask, year: int, agencies: Agencies) -> Iterator[TaskFault]:
    """Yield why ``task`` cannot be part of a plan of ``year``; each sentence says what to do."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if not task.title:
        yield TaskFault(task.row, "nhiệm vụ chưa có tên; hãy viết nội dung.")
    if len(task.title) > TITLE_LIMIT:
        yield TaskFault(task.row, f"tên nhiệm vụ dài hơn {TITLE_LIMIT} chữ cái; hãy viết gọn lại.")
    if task.due_on is None:
        yield TaskFault(task.row, "chưa có thời hạn; hãy chọn một ngày của năm kế hoạch.")
    elif not first <= task.due_on <= last:
        yield TaskFault(
            task.row, f"thời hạn {task.due_on:%d/%m/%Y} không thuộc năm {year}; hãy chọn ngày trong năm ấy."
        )
    elif task.due_on < task.assigned_on:
        yield TaskFault(task.row, f"thời hạn {task.due_on:%d/%m/%Y} trước ngày giao {task.assigned_on:%d/%m/%Y}.")
    due_on = task.due_on or task.assigned_on
    if not task.lead_agency:
        yield TaskFault(task.row, "chưa có cơ quan chủ trì; hãy chọn một cơ quan.")
    for what, code in (("chủ trì", task.lead_agency), *(("phối hợp", code) for code in task.cooperating)):
        if code and (words := _why_not_valid(code, task.assigned_on, due_on, agencies)):
            yield TaskFault(task.row, f"cơ quan {what} {words}")
    if task.lead_agency and task.lead_agency in task.cooperating:
        yield TaskFault(task.row, "cơ quan chủ trì cũng có trong các cơ quan phối hợp; hãy bỏ một chỗ.")


def _why_not_valid(code: str, assigned_on: date, due_on: date, agencies: Agencies) -> str:
    held = agencies.get(code, [])
    if not held:
        return f"«{code}» không có trong danh sách cơ quan; hãy chọn cơ quan khác."
    if any(one.covers(assigned_on, max(assigned_on, due_on)) for one in held):
        return ""
    latest = max(held, key=lambda one: one.first)
    if latest.last is not None and latest.last < due_on:
        return f"«{latest.name}» chỉ hoạt động đến ngày {latest.last:%d/%m/%Y}; hãy chọn cơ quan kế tục."
    return f"«{latest.name}» không hoạt động suốt từ ngày {assigned_on:%d/%m/%Y} đến ngày {due_on:%d/%m/%Y}."
