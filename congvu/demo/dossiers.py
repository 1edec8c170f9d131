"""The dossiers: finished, late, extended and withdrawn ones as the report counts them, and those at work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from congvu.demo.chance import Chance
from congvu.demo.flow import Floats, Flow, Menu, draw_finished, draw_later, make_menu
from congvu.demo.procedures import Procedure
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import (
    DAY,
    MORNING,
    NOW_SECONDS,
    WORKING,
    Flags,
    Ints,
    due_texts,
    instant_texts,
    position,
)

FINISHED = {
    "province": (48_447, 240),
    "district": (12_650, 90),
    "commune": (145_494, 907),
}
"""Finished from 05/12/2021 to 13/12/2022, and of them late, by the level of the receiving agency."""

_EXTENDED, _WITHDRAWN, _REFUSED = 0.0025, 0.0014, 0.008
_PAUSED, _NOW_PAUSED = 0.035, 0.06
_TWIN_SHARE = 0.25
_LATE_NOW = 4
"""How much oftener dossiers at work today run late than the year's: the work lists need some."""
_ONLINE = {"province": 0.19, "district": 0.075, "commune": 0.045}
_POSTAL = {"province": 0.03, "district": 0.012, "commune": 0.002}
_FOR_BUSINESS = frozenset({"SKHDT", "SCT", "BQLKKT", "SXD", "STTTT"})
_SENT_UP = frozenset({"Bảo trợ xã hội", "Người có công"})


@dataclass(frozen=True)
class Dossiers:
    """All dossiers in the order of their table; ``open`` marks those not finished at the demo's now."""

    flow: Flow
    codes: list[str]
    open: Flags
    refused: Flags

    @property
    def late(self) -> Flags:
        """Finished, or to be finished, after the deadline."""
        closing = np.where(self.flow.due_noon, MORNING, DAY)
        return self.flow.finished > self.flow.due_day * DAY + closing


def add_dossiers(tables: Tables, agencies: Agencies, procedures: list[Procedure], seed: int) -> Dossiers:
    chance = Chance(seed, "dossiers")
    flows = [_level_flow(chance, level, agencies, procedures) for level in FINISHED]
    flow = Flow.joined(flows)
    flow = flow.where(flow.received < NOW_SECONDS)
    flow = _paused(chance, flow, procedures)
    order = np.lexsort((flow.procedure, flow.agency, flow.received))
    flow = Flow(**{name: array[order] for name, array in vars(flow).items()})
    size = len(flow.received)
    still_open = flow.finished > NOW_SECONDS
    refused = (chance.numbers.random(size) < _REFUSED) & ~still_open & ~flow.withdrawn
    dossiers = Dossiers(flow, _codes(flow, agencies), still_open, refused)
    _fill(tables, chance, dossiers, agencies, procedures)
    return dossiers


def _level_flow(chance: Chance, level: str, agencies: Agencies, procedures: list[Procedure]) -> Flow:
    finished, late = FINISHED[level]
    menu = make_menu(chance, level, agencies, procedures)
    extended = round(finished * _EXTENDED)
    withdrawn = draw_finished(chance, menu, round(finished * _WITHDRAWN))
    flow = Flow.joined(
        [
            draw_finished(chance, menu, finished - late - extended),
            draw_finished(chance, menu, extended, extended=True),
            draw_finished(chance, menu, late, late=True),
            replace(withdrawn, withdrawn=np.ones(len(withdrawn.received), dtype=np.bool_)),
            draw_later(chance, menu, finished),
            draw_later(chance, menu, late * _LATE_NOW, late=True),
        ]
    )
    return replace(flow, procedure=_with_twins(chance, menu, flow, procedures))


def _with_twins(chance: Chance, menu: Menu, flow: Flow, procedures: list[Procedure]) -> Ints:
    """Lets procedures that began, ended or were shortened in 2022 take some dossiers of their days.

    Each takes them from a lasting procedure of the same sector with the same term, so that no deadline moves.
    """
    taken = flow.procedure.copy()
    draws = chance.numbers.random(len(taken))
    days = WORKING[flow.received // DAY]
    twins: dict[tuple[str, float, str], int] = {}
    for number in np.unique(menu.procedure).tolist():
        one = procedures[number]
        twins.setdefault((one.sector, one.time, one.unit), number)
    for number, one in enumerate(procedures):
        passing = one.valid_to or one.shortened_on or one.valid_from.year == 2022
        twin = twins.get((one.sector, one.time, one.unit))
        if not passing or twin is None or one.levels != menu.level[0]:
            continue
        begins = np.datetime64(one.shortened_on or one.valid_from)
        ends = np.datetime64(one.valid_to or "2023-12-31")
        fits = (taken == twin) & (days >= begins) & (days <= ends) & (draws < _TWIN_SHARE)
        taken[np.flatnonzero(fits)[::4]] = number
    return taken


def _paused(chance: Chance, flow: Flow, procedures: list[Procedure]) -> Flow:
    """Lets some timely dossiers wait for a supplement; a closed wait moves the deadline by its length."""
    size = len(flow.received)
    times = np.array([one.time if one.unit == "working_day" else 0 for one in procedures])
    ends = np.minimum(flow.finished, NOW_SECONDS)
    timely = (flow.finished // DAY <= flow.due_day) & ~flow.extended & ~flow.withdrawn
    able = timely & (times[flow.procedure] >= 5) & (ends - flow.received > 4 * DAY)
    still_open = flow.finished > NOW_SECONDS
    waiting = able & still_open & (flow.due_day > position("2022-12-21") + 1)
    draws, share = chance.numbers.random(size), chance.numbers.random((2, size))
    span = ends - flow.received
    # Whole minutes: the deadline engine counts a wait in minutes, and a day more or less may hang on seconds.
    begin = (flow.received + (span * (0.25 + 0.25 * share[0])).astype(np.int64)) // 60 * 60
    end = (flow.received + (span * (0.6 + 0.25 * share[1])).astype(np.int64)) // 60 * 60
    closed = able & ~still_open & (draws < _PAUSED)
    held = waiting & (draws < _NOW_PAUSED * 3)
    given = np.where(closed, -((begin - end) // DAY), 0)
    return replace(
        flow,
        due_day=flow.due_day + given,
        first_due_day=flow.first_due_day + given,
        pause_from=np.where(closed | held, begin, -1),
        pause_to=np.where(closed, end, -1),
    )


def _codes(flow: Flow, agencies: Agencies) -> list[str]:
    """``MP14.<agency>-YYMMDD-NNNN``: numbered per agency and day, in the order of receipt."""
    days = flow.received // DAY
    order = np.lexsort((flow.received, days, flow.agency))
    key = flow.agency[order] * 10_000 + days[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    rank = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)])) + 1
    serial = np.empty_like(rank)
    serial[order] = rank
    prefixes = [f"MP14.{agency.code}-" for agency in agencies.everyone]
    stamps = [day.strftime("%y%m%d") for day in WORKING.tolist()]
    return [
        f"{prefixes[agency]}{stamps[day]}-{number:04d}"
        for agency, day, number in zip(flow.agency.tolist(), days.tolist(), serial.tolist(), strict=True)
    ]


def _fill(tables: Tables, chance: Chance, dossiers: Dossiers, agencies: Agencies, procedures: list[Procedure]) -> None:
    flow = dossiers.flow
    everyone = agencies.everyone
    outcome = np.select([dossiers.open, flow.withdrawn, dossiers.refused], [0, 1, 2], 3)
    finished = instant_texts(np.where(dossiers.open, 0, flow.finished))
    columns: dict[str, Sequence[str]] = {
        "code": dossiers.codes,
        "procedure": _named([one.code for one in procedures], flow.procedure),
        "agency": _named([agency.code for agency in everyone], flow.agency),
        "handling_agency": _handlers(chance, flow, agencies, procedures),
        "channel": _channels(chance, flow, agencies),
        "applicant_kind": _applicants(chance, flow, procedures),
        "received_at": instant_texts(flow.received),
        "first_due_at": due_texts(flow.first_due_day, flow.due_noon),
        "due_at": due_texts(flow.due_day, flow.due_noon),
        "finished_at": [
            "" if unfinished else text for unfinished, text in zip(dossiers.open.tolist(), finished, strict=True)
        ],
        "outcome": _named(["", "withdrawn", "refused", "granted"], outcome),
    }
    tables.fill("dossiers", columns)


def _named(names: Sequence[str], positions: Ints) -> list[str]:
    return [names[number] for number in positions.tolist()]


def _handlers(chance: Chance, flow: Flow, agencies: Agencies, procedures: list[Procedure]) -> list[str]:
    """Communes pass most social-protection dossiers up to their district."""
    parents = [agency.parent if agency.level == "commune" else "" for agency in agencies.everyone]
    sent_up = np.array([one.field in _SENT_UP for one in procedures])[flow.procedure]
    chosen = sent_up & (chance.numbers.random(len(sent_up)) < 0.7)
    return [parents[agency] if up else "" for agency, up in zip(flow.agency.tolist(), chosen.tolist(), strict=True)]


def _channels(chance: Chance, flow: Flow, agencies: Agencies) -> list[str]:
    """Online grows during the year."""
    levels = [agency.level for agency in agencies.everyone]
    online = np.array([_ONLINE.get(level, 0.0) for level in levels])[flow.agency]
    postal = np.array([_POSTAL.get(level, 0.0) for level in levels])[flow.agency]
    year: Floats = (flow.received - position("2021-12-06") * DAY) / (260 * DAY)
    online = online * (0.6 + 0.8 * np.clip(year, 0, 1))
    draws = chance.numbers.random(len(online))
    return _named(["online", "postal", "counter"], np.select([draws < online, draws < online + postal], [0, 1], 2))


def _applicants(chance: Chance, flow: Flow, procedures: list[Procedure]) -> list[str]:
    business = np.array([0.85 if one.sector in _FOR_BUSINESS else 0.04 for one in procedures])
    draws = chance.numbers.random(len(flow.procedure))
    share = business[flow.procedure]
    return _named(["business", "organisation", "person"], np.select([draws < share, draws < share + 0.03], [0, 1], 2))
