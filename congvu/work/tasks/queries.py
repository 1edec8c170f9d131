"""Reads of plans and tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from congvu.access.rules import Reader
from congvu.access.visibility import visible_to

from .facts import TASKS
from .rules import Agencies, Validity


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as lists show it; ``agency_name`` is that of its lead agency on the day it was assigned."""

    id: str
    title: str
    agency_name: str
    due_on: date | None
    completed_on: date | None

    def state_on(self, day: date) -> str:
        """Return how it stands on ``day``: ``done``, ``late`` (past its day) or ``open``."""
        if self.completed_on is not None and self.completed_on <= day:
            return "done"
        return "late" if self.due_on is not None and self.due_on < day else "open"


def tasks_by_id(reader: Reader, ids: Iterable[str]) -> dict[str, TaskLine]:
    """Return those of ``ids`` that ``reader`` may see."""
    return {task.id: task for task in _tasks(reader, "id = ANY(%s)", sorted(set(ids)))}


def tasks_of_plan(reader: Reader, plan: str) -> list[TaskLine]:
    """Return the tasks of a plan that ``reader`` may see, in the order of their codes."""
    return _tasks(reader, "plan = %s", plan)


def _tasks(reader: Reader, where: str, wanted: str | list[str]) -> list[TaskLine]:
    visible = visible_to(reader, TASKS)
    bound: list[Any] = [wanted, *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, coalesce(agency_name, ''), due_on, completed_on FROM fact_tasks "
            f"WHERE {where} AND {visible.sql} ORDER BY id",
            bound,
        )
        return [TaskLine(*row) for row in cursor.fetchall()]


def agencies_over_time() -> Agencies:
    """Return who holds each agency's code, and when."""
    found: Agencies = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name, valid_from, valid_to FROM agency_periods ORDER BY code, valid_from")
        for code, name, first, last in cursor.fetchall():
            found.setdefault(code, []).append(Validity(name, first, last))
    return found
