"""The two kinds of visits of 2022: the reform commission's, and those on duty of the Chairman's task force.

The report names the nine agencies that the commission visited, not the six communes and not the agencies of
the nine duty visits; those are chosen here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.documents import Register
from congvu.demo.tables import PROVINCE, Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import TODAY, working_day

COMMISSION = (
    ("SLDTBXH", "vb-1949-bc-stdtdtbxh", ()),
    ("SKHCN", "vb-1856-bc-skhchn", ()),
    ("STTTT", "vb-1582-bc-stttt", ()),
    ("SGTVT", "vb-3136-bc-sgtvt", ()),
    ("SGDDT", "vb-298-bc-sgddt", ()),
    ("SNGV", "vb-1864-bc-sngv", ()),
    ("052", "vb-927-bc-ubnd-nguyen-binh", ("01726", "01747")),
    ("042", "vb-844-bc-ubnd-bao-lam", ("01290", "01294")),
    ("043", "vb-853-bc-ubnd-bao-lac", ("01321", "01351")),
)
"""The agency visited, its rectification report, the communes visited with it."""
DUTY = ("STNMT", "SYT", "SXD", "SNNPTNT", "SCT", "SVHTTDL", "045", "047", "049")


@dataclass(frozen=True)
class _Visit:
    id: str
    kind: str
    day: date
    report: str | None


def add_inspections(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    chance = Chance(seed, "inspections")
    _commission(tables, register, chance, agencies)
    _task_force(tables, register, chance, agencies)


def _commission(tables: Tables, register: Register, chance: Chance, agencies: Agencies) -> None:
    for number, (agency, report, communes) in enumerate(COMMISSION):
        visit = _Visit(f"mp-kt-cchc-{number + 1}", "par", working_day("2022-06-13", number * 5), report)
        _add_visit(tables, visit, "vb-653-qd-ubnd-2022", "SNV", announced=True)
        texts = chance.pick_some(sources.rows("finding_texts"), 3 if communes else 2)
        for target in (agency, *communes):
            tables.add("inspection_targets", inspection=visit.id, agency=target)
        for text, target in zip(texts, (agency, *communes, agency), strict=False):
            _add_finding(tables, chance, visit, target, text, rectified=True)
        _notice(register, visit, agencies[agency].short_name, "vb-653-qd-ubnd-2022", "SNV")


def _task_force(tables: Tables, register: Register, chance: Chance, agencies: Agencies) -> None:
    for number, agency in enumerate(DUTY):
        visit = _Visit(f"mp-kt-cv-{number + 1}", "duty", working_day("2022-04-18", number * 19), None)
        _add_visit(tables, visit, "vb-710-kh-tct-2022", "VPUBND", announced=False)
        tables.add("inspection_targets", inspection=visit.id, agency=agency)
        recent = number >= len(DUTY) - 3
        for text in chance.pick_some(sources.rows("finding_texts"), chance.between(1, 3)):
            _add_finding(tables, chance, visit, agency, text, rectified=not recent or chance.happens(0.3))
        _notice(register, visit, agencies[agency].short_name, "vb-710-kh-tct-2022", "VPUBND")


def _add_visit(tables: Tables, visit: _Visit, decision: str, lead: str, announced: bool) -> None:
    tables.add(
        "inspections",
        id=visit.id,
        kind=visit.kind,
        decision=decision,
        announced=announced,
        date_from=visit.day,
        date_to=visit.day,
        lead_agency=lead,
    )


def _notice(register: Register, visit: _Visit, name: str, decision: str, issuer: str) -> None:
    what = "cải cách hành chính" if visit.kind == "par" else "thực thi công vụ"
    notice = register.add(
        f"mp-tb-{visit.id}",
        "notice",
        working_day(visit.day, 6),
        issuer,
        f"Kết quả kiểm tra {what} tại {name} (mô phỏng)",
    )
    register.relate(notice, decision, "reports_on")


def _add_finding(
    tables: Tables, chance: Chance, visit: _Visit, agency: str, text: dict[str, str], rectified: bool
) -> None:
    """Rectified findings were mended before their term; the others are still open, some past it."""
    due = working_day(visit.day + timedelta(days=45 if visit.kind == "par" else 30))
    mended = min(due - timedelta(days=chance.between(2, 15)), TODAY - timedelta(days=5))
    verified = min(working_day(mended, chance.between(3, 10)), TODAY - timedelta(days=1))
    certain = rectified and (visit.kind == "par" or chance.happens(0.7))
    tables.add(
        "findings",
        id=f"{visit.id}-{tables.count('findings') + 1:02d}",
        inspection=visit.id,
        agency=agency,
        text=f"[Mô phỏng] {text['text']}",
        severity=text["severity"],
        due_on=due,
        rectified_on=mended if rectified else None,
        verified_on=verified if certain else None,
        report=visit.report,
    )


def add_teams(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    """Supervision teams of the thirty agencies; in 2022 exactly three formed theirs anew (footnote 5)."""
    chance = Chance(seed, "teams")
    tables.add(
        "teams",
        id="mp-to-cong-tac",
        agency=PROVINCE,
        kind="task_force",
        formed_on=date(2017, 3, 15),
        note="Tổ công tác của Chủ tịch UBND tỉnh về kiểm tra thực thi công vụ (ngày mô phỏng)",
    )
    tables.add(
        "teams",
        id="mp-doan-kiem-tra-cchc",
        agency=PROVINCE,
        kind="inspection",
        formed_on=date(2022, 6, 2),
        document="vb-653-qd-ubnd-2022",
    )
    for agency in agencies.thirty:
        _add_team(tables, register, agency.code, agency.short_name, _formed_before(chance))
    for code, day in (("SNGV", date(2022, 5, 17)), ("SKHCN", date(2022, 8, 9)), ("053", date(2022, 10, 4))):
        _add_team(tables, register, code, agencies[code].short_name, day)


def _formed_before(chance: Chance) -> date:
    return working_day(date(2021, 1, 11) + timedelta(days=chance.between(0, 300)))


def _add_team(tables: Tables, register: Register, code: str, name: str, day: date) -> None:
    verb = "Kiện toàn" if day.year == 2022 else "Thành lập"
    document = register.add(
        f"mp-qd-tgs-{code.lower()}-{day.year}",
        "decision",
        day,
        code,
        f"{verb} Tổ Kiểm tra, giám sát việc thực hiện kỷ luật, kỷ cương hành chính tại {name} (mô phỏng)",
    )
    tables.add(
        "teams",
        id=f"mp-tgs-{code.lower()}-{day.year}",
        agency=code,
        kind="supervision",
        formed_on=day,
        document=document,
    )
