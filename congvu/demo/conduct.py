"""Courses (10 with 619 attendances), evaluations, and discipline (96 officers in 15 agencies)."""

from datetime import date, timedelta

from congvu.demo.chance import Chance, apportion
from congvu.demo.documents import Register
from congvu.demo.people import Officer, Staff
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import working_day

COURSES, ATTENDANCES = 10, 619
DISCIPLINED = {
    "SYT": 9,
    "STNMT": 7,
    "SGDDT": 11,
    "SVHTTDL": 2,
    "SNNPTNT": 4,
    "SCT": 2,
    "051": 7,
    "053": 6,
    "047": 8,
    "052": 7,
    "049": 8,
    "043": 7,
    "042": 6,
    "045": 7,
    "040": 5,
}
"""The 15 agencies of footnote 20; the report gives only their sum, 96. None in Hạ Lang."""
_LAST_CASE = date(2022, 12, 20)


def add_courses(tables: Tables, agencies: Agencies, staff: Staff, seed: int) -> None:
    """Each course takes officers of some agencies; an officer may come to more than one."""
    chance = Chance(seed, "courses")
    sizes = apportion(ATTENDANCES, [float(chance.between(55, 70)) for _ in range(COURSES)])
    for number, size in enumerate(sizes, start=1):
        first = working_day("2022-04-11", (number - 1) * 17)
        id = f"mp-lop-{number:02d}"
        tables.add(
            "courses",
            id=id,
            title=f"Bồi dưỡng kỹ năng giao tiếp, ứng xử trong thi hành công vụ, lớp {number} (mô phỏng)",
            topic="communication",
            date_from=first,
            date_to=working_day(first, 2),
            host_agency="SNV",
        )
        invited = chance.pick_some([*agencies.thirty, *agencies.communes], 60)
        people = [officer for agency in invited for officer in staff.of(agency.code, "staff", "deputy")]
        for officer in chance.pick_some(people, size):
            tables.add("attendances", course=id, attendee=officer.code, agency=officer.agency)


def add_evaluations(tables: Tables, staff: Staff, seed: int) -> None:
    """Grades of 2021; those of 2022 are still being collected, as the report says."""
    chance = Chance(seed, "evaluations")
    grades = ("outstanding", "good", "completed", "not_completed")
    drawn = chance.weighted([15, 71, 13, 1], len(staff.everyone))
    for officer, number in zip(staff.everyone, drawn.tolist(), strict=True):
        tables.add(
            "evaluations",
            officer=officer.code,
            year=2021,
            grade=grades[number],
            culture_met=number < 3 and chance.happens(0.98),
        )


def add_discipline(tables: Tables, register: Register, staff: Staff, seed: int) -> None:
    """One case for each of the 96; forms fit the category and the rank of the officer."""
    chance = Chance(seed, "discipline")
    number = 0
    for agency, count in DISCIPLINED.items():
        for officer in chance.pick_some(staff.of(agency, "staff", "deputy"), count):
            number += 1
            day = min(working_day(date(2022, 1, 10) + timedelta(days=chance.between(0, 340))), _LAST_CASE)
            decision = register.add(
                f"mp-qd-kl-{number:02d}",
                "decision",
                day,
                agency,
                "Thi hành kỷ luật đối với cán bộ, công chức, viên chức (mô phỏng)",
                direction="internal",
            )
            tables.add(
                "disciplinary_cases",
                id=f"mp-kl-{number:02d}",
                officer=officer.code,
                agency=agency,
                form=_form(chance, officer),
                decided_on=day,
                decision=decision,
            )


def _form(chance: Chance, officer: Officer) -> str:
    draw = float(chance.numbers.random())
    if draw < 0.68:
        return "reprimand"
    if draw < 0.92:
        return "warning"
    if officer.rank == "deputy":
        return "removal"
    if draw < 0.96 and officer.category == "civil_servant":
        return "pay_reduction"
    return "dismissal" if officer.category in ("civil_servant", "public_employee") else "warning"
