"""What happened to dossiers, step by step: all open, late, paused, extended, withdrawn ones, and a sample."""

from dataclasses import dataclass

import numpy as np

from congvu.demo.chance import Chance
from congvu.demo.dossiers import Dossiers
from congvu.demo.people import Staff
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import DAY, NOW_SECONDS, Flags, Ints, instant_texts

_SAMPLE = 0.075
_KINDS = (
    "received",
    "assigned",
    "forwarded",
    "supplement_requested",
    "supplement_received",
    "extended",
    "approved",
    "refused",
    "finished",
    "withdrawn",
    "returned",
)
"""In the order in which they happen at one instant."""
_NOTES = {
    "supplement_requested": "Yêu cầu bổ sung giấy tờ còn thiếu (mô phỏng)",
    "supplement_received": "Đã nhận đủ giấy tờ bổ sung (mô phỏng)",
    "extended": "Gửi thư xin lỗi và hẹn lại ngày trả kết quả (mô phỏng)",
    "refused": "Không đủ điều kiện giải quyết (mô phỏng)",
    "withdrawn": "Người nộp đề nghị rút hồ sơ (mô phỏng)",
}


@dataclass(frozen=True)
class _Step:
    kind: str
    dossier: Ints
    at: Ints


def add_dossier_events(tables: Tables, dossiers: Dossiers, agencies: Agencies, staff: Staff, seed: int) -> None:
    chance = Chance(seed, "events")
    chosen = np.flatnonzero(_worth_telling(chance, dossiers)).astype(np.int64)
    steps = _steps(chance, dossiers, chosen)
    dossier = np.concatenate([step.dossier for step in steps])
    at = np.concatenate([step.at for step in steps])
    kind = np.concatenate([np.full(len(step.at), _KINDS.index(step.kind)) for step in steps])
    order = np.lexsort((kind, at, dossier))
    dossier, at, kind = dossier[order], at[order], kind[order]
    starts = np.flatnonzero(np.r_[True, dossier[1:] != dossier[:-1]])
    seq = np.arange(len(dossier)) - np.repeat(starts, np.diff(np.r_[starts, len(dossier)])) + 1
    agency = dossiers.flow.agency[dossier]
    codes = [one.code for one in agencies.everyone]
    tables.fill(
        "dossier_events",
        {
            "dossier": [dossiers.codes[number] for number in dossier.tolist()],
            "seq": [str(number) for number in seq.tolist()],
            "kind": [_KINDS[number] for number in kind.tolist()],
            "at": instant_texts(at),
            "officer": _officers(staff, codes, agency, dossier, kind),
            "agency": [codes[number] for number in agency.tolist()],
            "note": [_NOTES.get(_KINDS[number], "") for number in kind.tolist()],
        },
    )


def _worth_telling(chance: Chance, dossiers: Dossiers) -> Flags:
    flow = dossiers.flow
    special = dossiers.open | dossiers.late | flow.extended | flow.withdrawn | (flow.pause_from >= 0)
    return special | (chance.numbers.random(len(special)) < _SAMPLE)


def _steps(chance: Chance, dossiers: Dossiers, chosen: Ints) -> list[_Step]:
    flow = dossiers.flow.where(np.isin(np.arange(len(dossiers.codes)), chosen))
    numbers, size = chance.numbers, len(chosen)
    done, refused = ~dossiers.open[chosen], dossiers.refused[chosen]
    end = np.minimum(flow.finished, NOW_SECONDS)
    span = end - flow.received

    def during(low: float, high: float) -> Ints:
        return flow.received + (span * (low + (high - low) * numbers.random(size))).astype(np.int64)

    def step(kind: str, at: Ints, where: Flags) -> _Step:
        return _Step(kind, chosen[where], at[where])

    everyone = np.ones(size, dtype=np.bool_)
    decided = done & ~flow.withdrawn
    promised = (flow.first_due_day + 1) * DAY - flow.received
    apology = flow.received + (promised * (0.6 + 0.3 * numbers.random(size))).astype(np.int64)
    handed = flow.finished + (numbers.random(size) ** 2 * DAY).astype(np.int64)
    return [
        step("received", flow.received, everyone),
        step("assigned", during(0.02, 0.08), everyone),
        step("forwarded", during(0.1, 0.22), numbers.random(size) < 0.4),
        step("supplement_requested", flow.pause_from, flow.pause_from >= 0),
        step("supplement_received", flow.pause_to, flow.pause_to >= 0),
        step("extended", apology, flow.extended & done),
        step("approved", during(0.87, 0.98), decided & ~refused),
        step("refused", during(0.87, 0.98), decided & refused),
        step("finished", flow.finished, decided),
        step("withdrawn", flow.finished, done & flow.withdrawn),
        step("returned", handed, decided & (handed <= NOW_SECONDS) & (numbers.random(size) < 0.85)),
    ]


def _officers(staff: Staff, codes: list[str], agency: Ints, dossier: Ints, kind: Ints) -> list[str]:
    """Receiving and returning: the desk; deciding: a deputy; the rest: whoever handles it."""
    desks = [[one.code for one in staff.by_agency.get(code, []) if one.rank == "staff"] for code in codes]
    deputies = [[one.code for one in staff.by_agency.get(code, []) if one.rank == "deputy"] for code in codes]
    desk = {_KINDS.index(name) for name in ("received", "finished", "withdrawn", "returned")}
    deciding = {_KINDS.index(name) for name in ("approved", "refused", "extended")}
    found = []
    for place, number, what in zip(agency.tolist(), dossier.tolist(), kind.tolist(), strict=True):
        if what in deciding:
            found.append(deputies[place][number % len(deputies[place])])
        else:
            people = desks[place]
            found.append(people[number % 2 if what in desk else 2 + number * 7 % (len(people) - 2)])
    return found
