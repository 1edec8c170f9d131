"""Messages of people and businesses: 703 in 2022, 598 of them resolved and 47 about procedures."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.procedures import Procedure
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies, Agency
from congvu.demo.workdays import TODAY, WORKING, office_instant, position

RECEIVED, RESOLVED, ABOUT_PROCEDURE = 703, 598, 47
BEFORE = 38
"""Messages of December 2021, all resolved, so that a longer period has something to compare with."""
ANSWER_DAYS = 15
_PROCEDURE_CATEGORY = "Thủ tục hành chính"
_CHANNELS = {"web": 0.46, "app": 0.27, "hotline": 0.15, "email": 0.06, "in_person": 0.04, "letter": 0.02}


@dataclass(frozen=True)
class _Message:
    day: date
    about_procedure: bool
    resolved_on: date | None


def add_feedback(tables: Tables, agencies: Agencies, procedures: list[Procedure], seed: int) -> None:
    chance = Chance(seed, "feedback")
    templates = sources.rows("feedback_templates")
    before = [_Message(day, False, _answered(chance, day)) for day in _days_of_2021(chance)]
    for number, message in enumerate([*before, *_messages_of_2022(chance)], start=1):
        _add(tables, chance, f"MP-PA-{number:04d}", message, templates, agencies, procedures)


def _messages_of_2022(chance: Chance) -> list[_Message]:
    days = _days_of_2022(chance)
    about = set(chance.pick_some(range(RECEIVED), ABOUT_PROCEDURE))
    unresolved = _unresolved(chance, days)
    return [
        _Message(day, number in about, None if number in unresolved else _answered(chance, day))
        for number, day in enumerate(days)
    ]


def _days_of_2021(chance: Chance) -> list[date]:
    days = [date(2021, 12, 1) + timedelta(days=chance.between(0, 30)) for _ in range(BEFORE)]
    return sorted(days)


def _days_of_2022(chance: Chance) -> list[date]:
    """More in the second half of the year, and some on days off: the web is always open."""
    length = (TODAY - date(2022, 1, 1)).days
    places = np.sort((chance.numbers.random(RECEIVED) ** 0.85 * length).astype(int))
    return [date(2022, 1, 1) + timedelta(days=int(place)) for place in places]


def _unresolved(chance: Chance, days: list[date]) -> set[int]:
    """All of the last two days, most of the last three weeks, the rest long overdue."""
    wanted = RECEIVED - RESOLVED
    numbers = list(range(RECEIVED))
    fresh = [number for number in numbers if days[number] >= TODAY - timedelta(days=4)]
    recent = [number for number in numbers if TODAY - timedelta(days=26) <= days[number] and number not in fresh]
    chosen = fresh + chance.pick_some(recent, min(len(recent) * 4 // 5, wanted - len(fresh) - 20))
    older = [number for number in numbers if TODAY - timedelta(days=110) < days[number] < days[recent[0]]]
    return {*chosen, *chance.pick_some(older, wanted - len(chosen))}


def _answered(chance: Chance, day: date) -> date:
    """Mostly within the term; never today or later."""
    taken = min(1 + int(chance.numbers.gamma(2.2, 3.4)), 40)
    last = position(TODAY) - 1
    found: date = WORKING[min(position(day) + taken, last)].astype(date)
    return found


def _add(
    tables: Tables,
    chance: Chance,
    code: str,
    message: _Message,
    templates: list[dict[str, str]],
    agencies: Agencies,
    procedures: list[Procedure],
) -> None:
    fitting = [row for row in templates if (row["category"] == _PROCEDURE_CATEGORY) == message.about_procedure]
    template = fitting[int(chance.weighted([float(row["weight"]) for row in fitting], 1)[0])]
    agency, place = _responsible(chance, template["agency"], agencies)
    procedure = _procedure_of(chance, agency, procedures) if message.about_procedure else None
    resolved_at = office_instant(chance, message.resolved_on) if message.resolved_on else None
    tables.add(
        "feedback",
        code=code,
        channel=list(_CHANNELS)[int(chance.weighted(list(_CHANNELS.values()), 1)[0])],
        received_at=_received_at(chance, message.day),
        category=template["category"],
        about_procedure=message.about_procedure,
        procedure=procedure.code if procedure else None,
        agency=agency.code,
        content="[Mô phỏng] " + template["content"].format(place=place),
        due_at=f"{WORKING[position(message.day) + ANSWER_DAYS]}T17:00:00+07:00",
        resolved_at=resolved_at,
        answer="[Mô phỏng] " + template["answer"].format(place=place) if resolved_at else None,
        published=bool(resolved_at) and chance.happens(0.8),
        rating=1 + int(chance.weighted([2, 4, 12, 46, 36], 1)[0]) if resolved_at and chance.happens(0.45) else None,
    )


def _received_at(chance: Chance, day: date) -> str:
    """Any time from 6:00 to 22:00."""
    minute = chance.between(6 * 60, 22 * 60)
    return f"{day}T{minute // 60:02d}:{minute % 60:02d}:{chance.between(0, 59):02d}+07:00"


def _responsible(chance: Chance, wish: str, agencies: Agencies) -> tuple[Agency, str]:
    """The agency that answers, and a place to speak of; ``wish`` is a code, ``district`` or ``commune``."""
    commune = chance.pick(agencies.communes)
    place = commune.place[0].lower() + commune.place[1:]
    if wish == "commune":
        return commune, place
    return agencies[commune.parent if wish == "district" else wish], place


def _procedure_of(chance: Chance, agency: Agency, procedures: list[Procedure]) -> Procedure:
    """A lasting procedure that the agency handles; a department handles those of its own sector."""
    lasting = [one for one in procedures if one.valid_to is None and one.valid_from.year < 2022]
    asked = [
        one
        for one in lasting
        if agency.level[0] in one.levels
        and not one.vertical
        and (agency.level != "province" or one.sector == agency.code)
    ]
    return asked[int(chance.weighted([one.weight for one in asked], 1)[0])]
