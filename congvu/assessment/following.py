"""Last year's remedies and directions, with what became of them: then and now, the task, and the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu.access.rules import Reader
from congvu.work.tasks.queries import TaskLine, tasks_by_id

from .evidence import Evidence, EvidenceRefused, Found, Periods, figure_of, finding_state, look_up, value_words
from .models import ReportWeakness
from .queries import Assessment, Directed
from .rules import EvidenceKind, Outcome

Frozen = Callable[[Evidence], Decimal | None]
"""What the frozen report of that year states of a figure; None where nothing was frozen, or it is not in it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A weakness of last year: its evidence as it was ``then`` and is ``now`` (empty: not known), and its task."""

    weakness: ReportWeakness
    found: Found | None
    then: str
    now: str
    task: TaskLine | None

    @property
    def outcome(self) -> Outcome | None:
        return Outcome(self.weakness.outcome) if self.weakness.outcome else None


@dataclass(frozen=True, slots=True)
class FollowedDirection:
    direction: Directed
    task: TaskLine | None


def follow_weaknesses(reader: Reader, last: Assessment, periods: Periods, frozen: Frozen) -> list[Followed]:
    """Return last year's weaknesses as they stand at the end of this year's ``periods``."""
    tasks = tasks_by_id(reader, (one.task_id for one in last.weaknesses if one.task_id))
    return [_followed(reader, one, periods, frozen, tasks.get(one.task_id or "")) for one in last.weaknesses]


def _followed(
    reader: Reader, weakness: ReportWeakness, periods: Periods, frozen: Frozen, task: TaskLine | None
) -> Followed:
    evidence = Evidence.of(weakness)
    try:
        found = look_up(reader, evidence, periods)
    except EvidenceRefused:  # a figure, finding or answer of a year ago that this reader cannot open
        return Followed(weakness, None, "", "", task)
    if evidence.kind is EvidenceKind.FIGURE:
        stated = frozen(evidence)
        then = weakness.stated if stated is None else stated
        words = "" if then is None else value_words(figure_of(evidence)[0], then)
        return Followed(weakness, found, words, found.words, task)
    if evidence.kind is EvidenceKind.FINDING:
        return Followed(weakness, found, *_finding_states(found, weakness.year, periods["year"].last), task)
    return Followed(weakness, found, "", "", task)


def _finding_states(found: Found, year: int, last: date) -> tuple[str, str]:
    """Return how a finding stood at the end of ``year``, and how on ``last``."""
    day = found.rectified_on
    return tuple(  # type: ignore[return-value]  # one for each of the two days
        finding_state(day if day is not None and day <= end else None) for end in (date(year, 12, 31), last)
    )


def follow_directions(reader: Reader, last: Assessment) -> list[FollowedDirection]:
    """Return last year's directions with the tasks that they became."""
    tasks = tasks_by_id(reader, (one.record.task_id for one in last.directions if one.record.task_id))
    return [FollowedDirection(one, tasks.get(one.record.task_id or "")) for one in last.directions]
