"""On time or not: one function, always by a named policy, because offices disagree on what it means."""

from datetime import datetime
from enum import StrEnum

from congvu.kernel.clock import local_day


class Policy(StrEnum):
    """``instant``: done by the due instant. ``date``: done by the end of the due day (form II.06a)."""

    INSTANT = "instant"
    DATE = "date"


POLICY_NAMES = {Policy.INSTANT: "so theo giờ hẹn trả", Policy.DATE: "so theo ngày hẹn trả"}
"""What a page that shows a result calls its policy."""


class Timeliness(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


TIMELINESS_NAMES = {
    Timeliness.EARLY: "Trước hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.LATE: "Quá hạn",
}


class Standing(StrEnum):
    """Where an unfinished dossier stands."""

    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"


def timeliness(finished_at: datetime, due_at: datetime | None, policy: Policy | str = Policy.INSTANT) -> Timeliness:
    """Return whether finished work came early, on time or late; early work is on time as well.

    ``due_at`` is the instant in force. Early is a local day before the due day under either policy. Work
    without a due instant is on time.
    """
    policy = Policy(policy)
    if due_at is None:
        return Timeliness.ON_TIME
    if local_day(finished_at) < local_day(due_at):
        return Timeliness.EARLY
    return Timeliness.LATE if _is_past(finished_at, due_at, policy) else Timeliness.ON_TIME


def standing(
    now: datetime, due_at: datetime | None, policy: Policy | str = Policy.INSTANT, *, is_paused: bool
) -> Standing:
    """Return where unfinished work stands; it is not overdue while a pause is open."""
    policy = Policy(policy)
    if is_paused:
        return Standing.PAUSED
    return Standing.OVERDUE if due_at is not None and _is_past(now, due_at, policy) else Standing.RUNNING


def _is_past(instant: datetime, due_at: datetime, policy: Policy) -> bool:
    if policy is Policy.DATE:
        return local_day(instant) > local_day(due_at)
    return instant > due_at
