"""A province of five agencies with a record of each kind that the pages show, on the demo's day."""

from datetime import date, datetime, timedelta

from congvu.access.models import Seat, User
from congvu.access.rules import SYSTEM, Role
from congvu.journal.services import act
from congvu.kernel.clock import VIETNAM
from congvu.province.models import Agency, Installation, Officer
from congvu.work.dossiers.models import Dossier, DossierEvent
from congvu.work.feedback.models import Feedback
from congvu.work.inspections.models import Inspection, InspectionTarget
from congvu.work.personnel.models import DisciplinaryCase
from congvu.work.procedures.models import Procedure
from congvu.work.tasks.models import Plan, Task

NOW = "2022-12-21T08:00"
PASSWORD = "mat-khau-du-dai"

AGENCIES = (
    ("P", "Ủy ban nhân dân tỉnh Thử Nghiệm", "UBND tỉnh", "province_committee", "province", None),
    ("SNV", "Sở Nội vụ", None, "department", "province", "P"),
    ("H", "Ủy ban nhân dân huyện Hà Quảng", "UBND huyện Hà Quảng", "district_committee", "district", "P"),
    ("X1", "Ủy ban nhân dân xã Đào Ngạn", "UBND xã Đào Ngạn", "commune_committee", "commune", "H"),
    ("X2", "Ủy ban nhân dân xã Trường Hà", "UBND xã Trường Hà", "commune_committee", "commune", "H"),
)
OF_ROLE = {
    Role.REPORTING_OFFICER: "P",
    Role.PROVINCE_LEADER: "P",
    Role.AGENCY_HEAD: "H",
    Role.ONE_STOP_CLERK: "X1",
    Role.PERSONNEL_OFFICER: "SNV",
    Role.ADMINISTRATOR: "P",
}


def at(day, hour=9):
    """An instant of 2022, Vietnamese time: ``at("03-15")``."""
    return datetime.combine(date.fromisoformat(f"2022-{day}"), datetime.min.time(), VIETNAM) + timedelta(hours=hour)


def make_province():
    with act("package:load", actor=SYSTEM):
        for code, name, short, kind, level, parent in AGENCIES:
            Agency.objects.create(code=code, name=name, short_name=short, kind=kind, level=level, parent=parent)
        Procedure.objects.create(
            code="1.000115", name="Đăng ký khai sinh", field="Hộ tịch", valid_from=date(2020, 1, 1)
        )
        make_dossier("X1-LATE", finished_at=at("03-15"), due_at=at("03-10", 17))
        make_dossier("X1-ON-TIME", finished_at=at("03-16"), due_at=at("03-20", 17))
        make_dossier("X1-WITHDRAWN", finished_at=at("04-01"), outcome="withdrawn")
        make_dossier("X1-OPEN", finished_at=None, outcome=None)
        make_dossier("X2-LATE", agency="X2", finished_at=at("05-05"), due_at=at("05-04", 17))
        DossierEvent.objects.create(
            dossier_id="X1-LATE", seq=1, kind="received", at=at("03-01"), agency="X1", note="Đủ giấy tờ"
        )
        for code, agency in (("PA-1", "X1"), ("PA-2", "X2")):
            Feedback.objects.create(
                code=code,
                channel="web",
                received_at=at("06-01"),
                category="Đất đai",
                about_procedure=False,
                agency=agency,
                content=f"Nội dung của {code}",
                resolved_at=at("06-05"),
            )
        Officer.objects.create(code="CB1", full_name="Nông Văn An", category="civil_servant")
        DisciplinaryCase.objects.create(
            id="KL1", officer_id="CB1", agency="X1", form="reprimand", decided_on=date(2022, 7, 1)
        )
        Plan.objects.create(id="KH1", title="Kế hoạch CCHC", kind="par", year=2022)
        for number, completed in ((1, date(2022, 5, 1)), (2, None)):
            Task.objects.create(
                id=f"NV{number}", plan_id="KH1", title=f"Nhiệm vụ {number}", lead_agency="SNV", completed_on=completed
            )
        Inspection.objects.create(id="KT1", kind="duty", date_from=date(2022, 8, 1))
        InspectionTarget.objects.create(inspection_id="KT1", agency="H")


def make_dossier(code, *, agency="X1", finished_at, due_at=None, outcome="granted", received_at=None):
    """Create one dossier; call it inside an act."""
    return Dossier.objects.create(
        code=code,
        procedure_id="1.000115",
        agency=agency,
        handling_agency=agency,
        channel="counter",
        received_at=received_at or at("03-01"),
        first_due_at=due_at,
        due_at=due_at,
        finished_at=finished_at,
        outcome=outcome,
    )


def make_user(username, role=None, *, agency=None, demo_card="", password=PASSWORD):
    """Create a user with a seat in ``role`` at the agency where such people work here."""
    user = User(username=username, full_name=f"Người {username}", demo_card=demo_card)
    user.set_password(password)
    user.save()
    if role is not None:
        give_seat(user, role, agency or OF_ROLE[role])
    return user


def give_seat(user, role, agency):
    return Seat.objects.create(user=user, role=role, agency=agency, valid_from=date(2022, 1, 1))


def mark_simulated():
    Installation.objects.update_or_create(id=1, defaults={"simulated": True})
