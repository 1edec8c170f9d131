"""The 43 decisions of 2022 that published procedures, the 31 on internal processes, and what each changed."""

from dataclasses import replace
from datetime import date, timedelta

from congvu.demo.chance import Chance, apportion
from congvu.demo.documents import Register
from congvu.demo.procedures import ABOLISHED, Procedure
from congvu.demo.tables import PROVINCE, Tables
from congvu.demo.workdays import working_day

DECISIONS, PROCESS_DECISIONS = 43, 31
NEW, AMENDED, STANDARDISED, TIME_REDUCED = 154, 193, 133, 135

_Slots = dict[int, list[int]]
_LAST = date(2022, 12, 12)


def add_publications(tables: Tables, register: Register, procedures: list[Procedure], seed: int) -> list[Procedure]:
    """Registers the decisions and their changes; gives back the procedures as the changes left them.

    New procedures begin, and abolished ones end, with the decision that says so. A shortened term belongs to
    a procedure that the same decision amends or standardises.
    """
    chance = Chance(seed, "publications")
    settled = list(procedures)
    sectors = _sectors_of_decisions(procedures)
    days = sorted(working_day(date(2022, 1, 10) + timedelta(days=chance.between(0, 330))) for _ in sectors)
    effective = [min(day + timedelta(days=chance.between(0, 7)), _LAST) for day in days]
    decisions = [
        register.add(
            f"mp-qd-tthc-{number:02d}",
            "decision",
            day,
            PROVINCE,
            f"Công bố danh mục thủ tục hành chính {_fields(procedures, sector)} (mô phỏng)",
        )
        for number, (day, sector) in enumerate(zip(days, sectors, strict=True), start=1)
    ]
    pools = _Pools(chance, procedures)
    changes = {
        "amended": pools.spread(sectors, AMENDED, at_least=1),
        "standardised": pools.spread(sectors, STANDARDISED),
        "new": pools.spread(sectors, NEW),
        "abolished": pools.abolish(sectors),
    }
    changes["time_reduced"] = _shortened(chance, procedures, changes["amended"], changes["standardised"])
    for change, by_decision in changes.items():
        for decision, members in by_decision.items():
            for member in members:
                tables.add(
                    "procedure_changes",
                    decision=decisions[decision],
                    procedure=procedures[member].code,
                    change=change,
                    effective_on=effective[decision],
                )
                settled[member] = _changed(settled[member], change, effective[decision])
    _add_processes(tables, register, chance, settled)
    return settled


def _changed(procedure: Procedure, change: str, day: date) -> Procedure:
    if change == "new":
        return replace(procedure, valid_from=day)
    if change == "abolished":
        return replace(procedure, valid_to=day - timedelta(days=1))
    if change == "time_reduced":
        return replace(procedure, shortened_on=day)
    return procedure


def _shortened(chance: Chance, procedures: list[Procedure], *changes: _Slots) -> _Slots:
    """135 of the amended and standardised ones, among those that have a reduced term."""
    able = [
        (decision, member)
        for by_decision in changes
        for decision, members in by_decision.items()
        for member in members
        if procedures[member].reduced is not None
    ]
    chosen: _Slots = {}
    for decision, member in chance.pick_some(able, TIME_REDUCED):
        chosen.setdefault(decision, []).append(member)
    return chosen


class _Pools:
    """Hands out every procedure at most once, by sector, the rarely asked ones."""

    def __init__(self, chance: Chance, procedures: list[Procedure]) -> None:
        self._procedures = procedures
        self._free: dict[str, list[int]] = {}
        for number in chance.shuffled(range(len(procedures))):
            one = procedures[number]
            if len(one.levels) == 1 and one.weight < 0.4:
                self._free.setdefault(one.sector, []).append(number)
        for members in self._free.values():
            members.sort(key=lambda number: procedures[number].reduced is None)

    def spread(self, sectors: list[str], total: int, at_least: int = 0) -> _Slots:
        """``total`` procedures over the decisions, in proportion to what their sectors still have."""
        room = [len(self._free[sector]) / sectors.count(sector) for sector in sectors]
        shares = apportion(total - at_least * len(sectors), room)
        return {
            number: [self._free[sector].pop(0) for _ in range(share + at_least)]
            for number, (sector, share) in enumerate(zip(sectors, shares, strict=True))
        }

    def abolish(self, sectors: list[str]) -> _Slots:
        """80 procedures that end: 60 of the province, 12 of the districts, 8 of the communes."""
        ended: _Slots = {}
        for level, wanted in ABOLISHED.items():
            left = wanted
            while left:
                for number, sector in enumerate(sectors):
                    found = [n for n in self._free[sector] if self._procedures[n].levels == level]
                    if left and found:
                        self._free[sector].remove(found[-1])
                        ended.setdefault(number, []).append(found[-1])
                        left -= 1
        return ended


def _sectors_of_decisions(procedures: list[Procedure]) -> list[str]:
    """The sector of each of the 43 decisions: all with enough procedures, the bigger ones oftener."""
    sizes: dict[str, int] = {}
    for one in procedures:
        if not one.vertical:
            sizes[one.sector] = sizes.get(one.sector, 0) + 1
    sectors = sorted(sector for sector, size in sizes.items() if size >= 25)
    shares = apportion(DECISIONS - len(sectors), [sizes[sector] for sector in sectors])
    rounds = [
        sector for turn in range(DECISIONS) for sector, share in zip(sectors, shares, strict=True) if turn <= share
    ]
    return rounds[:DECISIONS]


def _fields(procedures: list[Procedure], sector: str) -> str:
    fields = list(dict.fromkeys(one.field for one in procedures if one.sector == sector))[:3]
    return "lĩnh vực " + "; ".join(fields)


def _add_processes(tables: Tables, register: Register, chance: Chance, procedures: list[Procedure]) -> None:
    """31 decisions that approve internal processes of some procedures each."""
    sectors = _sectors_of_decisions(procedures)
    for number in range(1, PROCESS_DECISIONS + 1):
        sector = sectors[number - 1]
        day = working_day(date(2022, 1, 20) + timedelta(days=10 * number + chance.between(0, 6)))
        decision = register.add(
            f"mp-qd-qtnb-{number:02d}",
            "decision",
            day,
            PROVINCE,
            f"Phê duyệt quy trình nội bộ giải quyết TTHC {_fields(procedures, sector)} (mô phỏng)",
        )
        members = [one for one in procedures if one.sector == sector and not one.valid_to]
        for one in chance.pick_some(members, min(chance.between(6, 16), len(members))):
            tables.add(
                "procedure_changes",
                decision=decision,
                procedure=one.code,
                change="internal_process",
                effective_on=min(day + timedelta(days=chance.between(0, 5)), _LAST),
            )
