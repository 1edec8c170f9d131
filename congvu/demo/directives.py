"""Plans and their tasks, what agencies planned themselves, their regulations, how they spread the word."""

from dataclasses import dataclass
from datetime import date, timedelta

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.documents import Register
from congvu.demo.tables import PROVINCE, Tables
from congvu.demo.units import Agencies, Agency
from congvu.demo.workdays import TODAY, working_day

PAR_PLAN = "mp-kh-cchc-2022"
_FOLDED_IN = frozenset({"STC", "SKHCN", "SNGV", "BDT", "BQLKKT", "045", "048", "051"})
"""Agencies that wrote discipline into their reform plan instead of planning it apart (chosen)."""


@dataclass(frozen=True)
class _Remaining:
    """A task of the reform plan that is still open: its place in the list and its two due days."""

    place: int
    first_due: date
    due: date


_REMAINING = (
    _Remaining(24, date(2022, 11, 30), date(2022, 11, 30)),
    _Remaining(28, date(2022, 12, 23), date(2022, 12, 23)),
    _Remaining(48, date(2022, 12, 30), date(2022, 12, 30)),
    _Remaining(51, date(2022, 12, 15), date(2023, 1, 31)),
)
_LATE = frozenset({6, 12, 26, 33, 52})
"""Tasks that were completed after their due day."""


def add_province_plans(tables: Tables, agencies: Agencies, seed: int) -> None:
    """The plans that the report cites: the reform plan with its 59 tasks, and four others with some."""
    chance = Chance(seed, "tasks")
    for id, document, title, kind in (
        (PAR_PLAN, "vb-3652-kh-ubnd-2021", "Kế hoạch CCHC nhà nước tỉnh Cao Bằng năm 2022", "par"),
        ("mp-ctct-2022", "vb-101-qd-ubnd-2022", "Chương trình công tác năm 2022", "work_programme"),
        (
            "mp-kh-ktcchc-2022",
            "vb-3653-kh-ubnd-2021",
            "Kế hoạch kiểm tra công tác CCHC năm 2022",
            "inspection",
        ),
        ("mp-kh-ktcv-2022", "vb-710-kh-tct-2022", "Kế hoạch kiểm tra công vụ năm 2022", "discipline"),
        ("mp-kh-kphc-2022", "vb-1929-kh-ubnd-2022", "Kế hoạch khắc phục hạn chế CCHC năm 2022", "other"),
    ):
        tables.add("plans", id=id, document=document, title=title, kind=kind, year=2022)
    _add_par_tasks(tables, chance, agencies)
    _add_programme_tasks(tables, chance, agencies)


def _add_par_tasks(tables: Tables, chance: Chance, agencies: Agencies) -> None:
    remaining = {one.place: one for one in _REMAINING}
    for place, row in enumerate(sources.rows("par_tasks")):
        one = remaining.get(place)
        due = one.due if one else working_day(date(2022, 3, 1) + timedelta(days=chance.between(0, 285)))
        due = due if one else min(due, date(2022, 12, 19))
        move = chance.between(1, 12) if place in _LATE else -chance.between(0, 25)
        completed = min(due + timedelta(days=move), date(2022, 12, 19))
        tables.add(
            "tasks",
            id=f"{PAR_PLAN}-{place + 1:02d}",
            plan=PAR_PLAN,
            title=row["title"],
            lead_agency=row["lead"],
            assigned_on=date(2021, 12, 24),
            first_due_on=one.first_due if one else due,
            due_on=due,
            completed_on=None if one else completed,
        )
        others = [agency.code for agency in agencies.thirty if agency.code != row["lead"]]
        for agency in chance.pick_some(others, chance.between(0, 3)):
            tables.add("task_cooperations", task=f"{PAR_PLAN}-{place + 1:02d}", agency=agency)


def _add_programme_tasks(tables: Tables, chance: Chance, agencies: Agencies) -> None:
    """Two tasks of the work programme and one of the remedies plan for each of the thirty agencies."""
    for agency in agencies.thirty:
        for plan, assigned, what in (
            ("mp-ctct-2022", date(2022, 1, 26), "Trình UBND tỉnh báo cáo chuyên đề sáu tháng đầu năm"),
            ("mp-ctct-2022", date(2022, 1, 26), "Trình UBND tỉnh đề án, kế hoạch thuộc lĩnh vực phụ trách"),
            ("mp-kh-kphc-2022", date(2022, 7, 27), "Khắc phục các tiêu chí thấp điểm của Chỉ số CCHC"),
        ):
            due = working_day(assigned + timedelta(days=chance.between(60, 330)))
            done = due + timedelta(days=chance.between(-20, 4))
            tables.add(
                "tasks",
                id=f"mp-nv-{tables.count('tasks') + 1:03d}",
                plan=plan,
                title=f"{what} ({agency.short_name})",
                lead_agency=agency.code,
                assigned_on=assigned,
                first_due_on=due,
                due_on=due,
                completed_on=done if done < TODAY and chance.happens(0.93) else None,
            )


def add_own_plans(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    """Every agency's reform plan and work programme; discipline apart or folded into the reform plan."""
    chance = Chance(seed, "plans")
    for agency in agencies.thirty:
        day = working_day(date(2022, 1, 5) + timedelta(days=chance.between(0, 30)))
        reform = _own_plan(tables, register, agency, "par", day, "Kế hoạch cải cách hành chính")
        register.relate(reform, "vb-3652-kh-ubnd-2021", "implements")
        _own_plan(tables, register, agency, "work_programme", day, "Chương trình công tác")
        later = working_day(date(2022, 3, 10) + timedelta(days=chance.between(0, 30)))
        what = "thực hiện kỷ luật, kỷ cương hành chính và văn hóa công vụ"
        if agency.code in _FOLDED_IN:
            content = register.add(
                f"mp-nd-klkc-{agency.code.lower()}",
                "guideline",
                later,
                agency.code,
                f"Nội dung {what} năm 2022 của {agency.short_name} (mô phỏng)",
                direction="internal",
            )
            register.relate(content, reform, "folded_into")
        else:
            discipline = _own_plan(tables, register, agency, "discipline", later, f"Kế hoạch {what}")
            register.relate(discipline, "vb-501-ubnd-nc-2022", "implements")


def _own_plan(tables: Tables, register: Register, agency: Agency, kind: str, day: date, title: str) -> str:
    id = f"mp-{kind.replace('_', '-')}-{agency.code.lower()}-2022"
    full = f"{title} năm 2022 của {agency.short_name} (mô phỏng)"
    document_kind = "programme" if kind == "work_programme" else "plan"
    document = register.add(f"{id}-vb", document_kind, day, agency.code, full)
    tables.add("plans", id=id, document=document, title=full, kind=kind, year=2022)
    return document


_REGULATIONS = {
    "house_rules": "Nội quy cơ quan",
    "working_regulation": "Quy chế làm việc",
    "process": "Quy trình tiếp nhận và xử lý công việc",
}


def add_regulations(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    """What agencies reviewed in 2022; the province's own working regulation is that of footnote 6."""
    chance = Chance(seed, "regulations")
    tables.add(
        "regulations",
        id="mp-qc-ubnd-tinh",
        agency=PROVINCE,
        document="vb-38-qd-ubnd-2021",
        title="Quy chế làm việc của UBND tỉnh nhiệm kỳ 2021-2026",
        kind="working_regulation",
        reviewed_on=date(2021, 11, 8),
        result="issued",
    )
    reviewing = [*agencies.thirty, *chance.pick_some(agencies.communes, 60)]
    for agency in reviewing:
        for kind in chance.pick_some(list(_REGULATIONS), 1 if agency.level == "commune" else 3):
            day = working_day(date(2022, 1, 12) + timedelta(days=chance.between(0, 330)))
            result = ("kept", "amended", "issued", "repealed")[int(chance.weighted([55, 34, 9, 2], 1)[0])]
            id = f"mp-qc-{agency.code.lower()}-{kind.replace('_', '-')}"
            title = f"{_REGULATIONS[kind]} của {agency.short_name} (mô phỏng)"
            document = None
            if result in ("amended", "issued"):
                document = register.add(f"{id}-vb", "decision", day, agency.code, f"Ban hành {title}")
            tables.add(
                "regulations",
                id=id,
                agency=agency.code,
                document=document,
                title=title,
                kind=kind,
                reviewed_on=day,
                result=result,
            )


_CHANNELS = {
    "meeting": (30, "Giao ban kết hợp quán triệt kỷ luật, kỷ cương hành chính", 25, 60),
    "conference": (14, "Hội nghị triển khai cải cách hành chính và văn hóa công vụ", 60, 180),
    "party_activity": (16, "Sinh hoạt chuyên đề về đạo đức, văn hóa công vụ", 15, 45),
    "portal": (18, "Tin, bài về cải cách hành chính trên trang thông tin điện tử", 0, 0),
    "document_system": (12, "Gửi văn bản chỉ đạo về kỷ luật, kỷ cương trên phần mềm quản lý văn bản", 0, 0),
    "newspaper": (5, "Bài viết về văn hóa công vụ", 0, 0),
    "broadcast": (4, "Chuyên mục cải cách hành chính", 0, 0),
    "contest": (1, "Thi tìm hiểu cải cách hành chính", 80, 200),
}
"""How often, what about, and between how many people listened (0: not counted)."""


def add_communications(tables: Tables, agencies: Agencies, seed: int) -> None:
    chance = Chance(seed, "communications")
    spreading = [*agencies.thirty, *agencies.communes]
    weights = [4.0] * len(agencies.thirty) + [1.0] * len(agencies.communes)
    for number in range(1, 421):
        channel = list(_CHANNELS)[int(chance.weighted([row[0] for row in _CHANNELS.values()], 1)[0])]
        _, title, low, high = _CHANNELS[channel]
        day = working_day(date(2022, 1, 6) + timedelta(days=chance.between(0, 345)))
        tables.add(
            "communications",
            id=f"mp-tt-{number:03d}",
            agency=spreading[int(chance.weighted(weights, 1)[0])].code,
            channel=channel,
            held_on=min(day, TODAY - timedelta(days=1)),
            title=f"{title} (mô phỏng)",
            audience=chance.between(low, high) if high else None,
        )
