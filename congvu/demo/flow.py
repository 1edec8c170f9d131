"""How dossiers flow: who asks whom for what, when it came, when it was due, when it was done.

Dossiers are drawn backwards, from the working day on which they were finished, so that the number finished in
the report's period, and the number of late ones among them, come out exactly as the report states them.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from congvu.demo.chance import Chance
from congvu.demo.procedures import Procedure
from congvu.demo.units import Agencies, Agency
from congvu.demo.workdays import DAY, MORNING, WORKING, Flags, Ints, office_seconds, position, positions_from

Floats = NDArray[np.float64]

_FIRST, _LAST, _HORIZON = position("2021-12-06"), position("2022-12-13"), position("2022-12-21") + 110
_LAND_SHARE_OF_LATE = 0.66
_SLOW_COMMUNES, _SLOW_FACTOR = 9, 16.0
_EARLIEST_CATALOGUE = date(2021, 1, 1)


@dataclass(frozen=True)
class Flow:
    """Dossiers as arrays: positions of agency and procedure, instants in working seconds, due days."""

    agency: Ints
    procedure: Ints
    received: Ints
    finished: Ints
    due_day: Ints
    due_noon: Flags
    first_due_day: Ints
    withdrawn: Flags
    extended: Flags
    pause_from: Ints
    pause_to: Ints

    def where(self, chosen: Flags) -> "Flow":
        return Flow(**{name: array[chosen] for name, array in vars(self).items()})

    @staticmethod
    def joined(flows: "list[Flow]") -> "Flow":
        names = vars(flows[0])
        return Flow(**{name: np.concatenate([vars(flow)[name] for flow in flows]) for name in names})


@dataclass(frozen=True)
class Menu:
    """What one level's agencies are asked for: (agency, procedure) pairs and how often, timely and late."""

    level: str
    agency: Ints
    procedure: Ints
    weight: Floats
    late_weight: Floats
    time: Floats
    """The term in force of every procedure of the catalogue, days."""
    calendar: Flags
    """Which of them count calendar days."""


def make_menu(chance: Chance, level: str, agencies: Agencies, procedures: list[Procedure]) -> Menu:
    everyone = list(agencies.everyone)
    offered = [(number, one) for number, one in enumerate(procedures) if _offered(one, level)]
    slow = {agency.code for agency in chance.pick_some(agencies.communes, _SLOW_COMMUNES)}
    pairs: list[tuple[int, int, float, float]] = []
    for position_, agency in enumerate(everyone):
        if agency.level != level or not agency.dossiers:
            continue
        menu = [(number, one) for number, one in offered if level != "province" or one.sector == agency.code]
        asked = agency.dossiers * float(chance.numbers.lognormal(0, 0.25))
        total = sum(one.weight for _, one in menu)
        for number, one in menu:
            share = asked * one.weight / total
            pairs.append((position_, number, share, _lateness(one, agency, slow) * share))
    columns = np.array(pairs)
    late = columns[:, 3]
    land = np.array([procedures[int(number)].is_land for number in columns[:, 1]])
    late = np.where(land, late * _LAND_SHARE_OF_LATE / late[land].sum(), late)
    late = np.where(land, late, late * (1 - _LAND_SHARE_OF_LATE) / late[~land].sum())
    return Menu(
        level,
        columns[:, 0].astype(np.int64),
        columns[:, 1].astype(np.int64),
        columns[:, 2],
        late,
        np.array([one.time for one in procedures]),
        np.array([one.unit == "calendar_day" for one in procedures]),
    )


def _offered(one: Procedure, level: str) -> bool:
    """Whether a dossier of any day may ask for it: in force throughout, one term, no vertical agency's."""
    return level[0] in one.levels and not one.vertical and _lasting(one)


def _lasting(one: Procedure) -> bool:
    return one.valid_from < _EARLIEST_CATALOGUE and one.valid_to is None and one.shortened_on is None


def _lateness(one: Procedure, agency: Agency, slow: set[str]) -> float:
    if one.time < 3 or one.unit != "working_day":
        return 0.0
    return _SLOW_FACTOR if agency.code in slow else 1.0


def day_weights(days: Ints) -> Floats:
    """How busy each working day is: month ends, Mondays, the weeks around Tết, the epidemic's spring."""
    dates = WORKING[days]
    months = dates.astype("datetime64[M]")
    following = WORKING[np.minimum(days + 3, len(WORKING) - 1)].astype("datetime64[M]")
    weight = np.where(following > months, 1.4, 1.0)
    weight *= np.where((dates.astype(np.int64) + 3) % 7 == 0, 1.12, 1.0)
    for first, last, factor in (
        ("2022-01-24", "2022-01-28", 0.6),
        ("2022-02-07", "2022-02-11", 0.55),
        ("2022-02-14", "2022-03-25", 0.85),
        ("2022-06-06", "2022-08-31", 1.12),
    ):
        inside = (dates >= np.datetime64(first)) & (dates <= np.datetime64(last))
        weight *= np.where(inside, factor, 1.0)
    return weight


def draw_finished(chance: Chance, menu: Menu, size: int, *, late: bool = False, extended: bool = False) -> Flow:
    """``size`` dossiers finished within the report's period."""
    return _draw(chance, menu, _finish_days(chance, _FIRST, _LAST, size), late, extended)


def draw_later(chance: Chance, menu: Menu, per_period: int, *, late: bool = False) -> Flow:
    """Dossiers that are, or will be, finished after the period, at the period's pace."""
    busy, later = (day_weights(np.arange(first, last + 1)).sum() for first, last in _SPANS)
    size = round(per_period * float(later) / float(busy))
    return _draw(chance, menu, _finish_days(chance, _LAST + 1, _HORIZON, size), late, False)


_SPANS = ((_FIRST, _LAST), (_LAST + 1, _HORIZON))


def _finish_days(chance: Chance, first: int, last: int, size: int) -> Ints:
    days = np.arange(first, last + 1)
    return days[chance.weighted(list(day_weights(days)), size)]


def _draw(chance: Chance, menu: Menu, finish: Ints, late: bool, extended: bool) -> Flow:
    numbers, size = chance.numbers, len(finish)
    long_enough = menu.late_weight > 0 if late or extended else np.ones_like(menu.weight, dtype=np.bool_)
    weights = menu.late_weight if late else np.where(long_enough, menu.weight, 0.0)
    pair = chance.weighted(list(weights), size)
    procedure = menu.procedure[pair]
    time, calendar = menu.time[procedure], menu.calendar[procedure]
    whole = np.ceil(time).astype(np.int64)
    used = np.where(numbers.random(size) < 0.08, time, numbers.beta(2.2, 2.0, size) * time).astype(np.int64)
    allowed = numbers.integers(3, 11, size) if extended else np.zeros(size, dtype=np.int64)
    if late:
        used = whole + 1 + np.minimum(numbers.lognormal(1.4, 0.9, size), 60.0).astype(np.int64)
    elif extended:
        used = whole + numbers.integers(1, allowed + 1)
    day = np.where(calendar, positions_from(WORKING[finish] - used.astype("timedelta64[D]")), finish - used)
    came, went = office_seconds(chance, size), office_seconds(chance, size)
    same = day == finish
    came, went = np.where(same, np.minimum(came, went), came), np.where(same, np.maximum(came, went), went)
    went = np.where(same & (went - came < 120), came + 120, went)
    half, afternoon = time < 1, came >= MORNING
    by_calendar = positions_from(WORKING[day] + whole.astype("timedelta64[D]"))
    first_due = np.where(half, day + afternoon, np.where(calendar, by_calendar, day + whole))
    none = np.full(size, -1, dtype=np.int64)
    return Flow(
        agency=menu.agency[pair],
        procedure=procedure,
        received=day * DAY + came,
        finished=finish * DAY + went,
        due_day=first_due + allowed,
        due_noon=half & afternoon,
        first_due_day=first_due,
        withdrawn=np.zeros(size, dtype=np.bool_),
        extended=np.full(size, extended),
        pause_from=none,
        pause_to=none,
    )
