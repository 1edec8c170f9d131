"""The due instant of one dossier, with its explanation. :mod:`.bulk` does whole columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from congvu.kernel.errors import Refusal

from .calendar import Calendar
from .elapsed import worked_minutes
from .explanation import Explanation, GivenBack, skipped_days, unconfirmed_days
from .instants import DAY, MINUTE, day_of, instant_of, moment, ticks_of
from .limits import Limit, Rule, limit
from .pauses import Pause, united
from .terms import Term
from .timeline import Timeline


class ExtensionNotAllowed(Refusal):
    """A second extension, or one to an instant that is not later."""

    code = "extension_not_allowed"
    status = 409


class RestartNotValid(Refusal):
    """A restart before the receipt."""

    code = "restart_not_valid"


@dataclass(frozen=True)
class Extension:
    """A new due instant promised with a letter of apology; kept as stated."""

    granted_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Due:
    """A limit counted out. All instants are Vietnamese time.

    ``first_due_at`` is without the extension, ``due_at`` the one in force; pauses move both.
    ``is_paused``: a pause is still open, so the limit stands still and nothing is overdue.
    """

    start_at: datetime
    first_due_at: datetime
    due_at: datetime
    is_paused: bool
    explanation: Explanation


def start(received_at: datetime, calendar: Calendar) -> datetime:
    """Return the instant from which a limit counts: the receipt inside a session, else the next opening.

    Whole minutes. ``YearNotCovered`` where the calendar does not know the year of the receipt or the opening.
    """
    timeline, received = _placed(received_at, calendar)
    return instant_of(_start(timeline, received))


def due(
    received_at: datetime,
    term: Term,
    calendar: Calendar,
    *,
    rule: Rule | str = Rule.END_OF_DAY,
    pauses: Sequence[Pause] = (),
    restarted_at: datetime | None = None,
    extensions: Sequence[Extension] = (),
) -> Due:
    """Return when a dossier is due, exact to the declared rule.

    Parameters
    ----------
    received_at
        The receipt, with an offset.
    pauses
        In any order, overlapping or not. Those begun before a restart fall away.
    restarted_at
        The complete receipt after the dossier was returned as incomplete, if it was; the last one of several.
    extensions
        At most one for the life of a dossier; one granted before a restart is used up and no longer counts.

    Raises
    ------
    YearNotCovered
        The calendar does not cover a year between the receipt and the due instant.
    ExtensionNotAllowed
        More than one extension, or one that does not lie after the due instant it replaces.
    RestartNotValid
        The restart lies before the receipt.
    """
    begun_at = _begun(received_at, restarted_at)
    timeline, begun = _placed(begun_at, calendar)
    started = _start(timeline, begun)
    live = [pause for pause in pauses if not restarted_at or pause.begins_at >= restarted_at]
    first = limit(timeline, started, term, Rule(rule))
    extension = _only(extensions)
    if extension and restarted_at and extension.granted_at < restarted_at:
        extension = None

    first, in_force, given = _moved_by_pauses(first, extension, united(live, started))

    first_due_at = instant_of(first.due)
    due_at = instant_of(in_force.due)
    explanation = Explanation(
        rule=first.rule,
        calendar=calendar.name,
        calendar_version=calendar.version,
        term=term,
        received_at=received_at,
        start_at=instant_of(started),
        first_due_at=first_due_at,
        due_at=due_at,
        restarted_at=restarted_at,
        extended_to=extension.due_at if extension else None,
        skipped=skipped_days(calendar, _passed_over(first, begun, started)),
        unconfirmed=unconfirmed_days(calendar, begun // DAY, first.due // DAY),
        given_back=tuple(given),
    )
    is_paused = any(pause.ends_at is None for pause in live)
    return Due(explanation.start_at, first_due_at, due_at, is_paused, explanation)


def difference(stated: datetime | None, computed: datetime | None) -> timedelta | None:
    """Return how much later the stated due instant is than the computed one, to be shown; ``None`` if equal.

    Where only one of the two exists there is nothing to measure: also ``None``.
    """
    if stated is None or computed is None or stated == computed:
        return None
    return stated - computed


def _begun(received_at: datetime, restarted_at: datetime | None) -> datetime:
    if restarted_at is None:
        return received_at
    if restarted_at < received_at:
        raise RestartNotValid(
            f"Thời điểm nhận đủ hồ sơ ({moment(restarted_at)}) trước thời điểm tiếp nhận"
            f" ({moment(received_at)}). Hãy kiểm tra lại."
        )
    return restarted_at


def _placed(instant: datetime, calendar: Calendar) -> tuple[Timeline, int]:
    ticks = ticks_of(instant)
    return calendar.timeline(day_of(ticks // DAY).year), ticks


def _start(timeline: Timeline, received: int) -> int:
    opening = timeline.opening(received)
    return opening - opening % MINUTE


def _only(extensions: Sequence[Extension]) -> Extension | None:
    if len(extensions) > 1:
        raise ExtensionNotAllowed("Hồ sơ chỉ được hẹn lại một lần và đã dùng lần đó. Không thể gia hạn thêm.")
    return extensions[0] if extensions else None


def _moved_by_pauses(
    first: Limit, extension: Extension | None, stretches: list[tuple[int, int]]
) -> tuple[Limit, Limit, list[GivenBack]]:
    """Return the first limit and the one in force, moved by the pauses, and what each pause gave back.

    Whether a pause came in time is judged by the limit in force when it began. The extended limit was
    promised in knowledge of what lay before it, so it gets back only what lies after its grant.
    """
    granted, in_force = 0, first
    if extension:
        granted = ticks_of(extension.granted_at)
        in_force = _extended(first, extension, [(begin, min(end, granted)) for begin, end in stretches])
    given = []
    for begin, end in stretches:
        judged = in_force if granted <= begin else first
        moved = _after_pause(first, begin, end) if begin < judged.due else first
        if moved is not first:
            given.append(_given(first, begin, end))
            first, in_force = moved, _after_pause(in_force, max(begin, granted), end)
    return first, in_force, given


def _after_pause(limit: Limit, begin: int, end: int) -> Limit:
    """Return the limit after a pause; the very same one if the pause holds no whole working minute."""
    minutes = worked_minutes(limit.timeline, begin, end) if begin < end else 0
    return limit.given_back(minutes, begin // DAY, (end - 1) // DAY) if minutes else limit


def _given(limit: Limit, begin: int, end: int) -> GivenBack:
    days = (end - 1) // DAY - begin // DAY if limit.counts_calendar_days else 0
    return GivenBack(instant_of(begin), instant_of(end), worked_minutes(limit.timeline, begin, end), days)


def _extended(first: Limit, extension: Extension, before: list[tuple[int, int]]) -> Limit:
    """Return the limit that an extension sets, once it is seen to be later than what it replaces."""
    for begin, end in before:
        if begin < first.due:
            first = _after_pause(first, begin, end)
    end = ticks_of(extension.due_at)
    if end <= first.due:
        raise ExtensionNotAllowed(
            f"Hạn mới ({moment(extension.due_at)}) phải sau hạn đang có hiệu lực ({moment(instant_of(first.due))})."
        )
    if day_of(end // DAY).year >= first.timeline.next_year:
        raise first.timeline.beyond()
    return replace(first, end=end, day=end // DAY, minutes=0, is_moved=False)


def _passed_over(first: Limit, begun: int, started: int) -> list[tuple[int, int]]:
    """Return the half-open stretches of day numbers among which the skipped days lie."""
    counted_from = first.day if first.counts_calendar_days else started // DAY + 1
    return [(begun // DAY, started // DAY), (counted_from, first.due // DAY)]
