"""Who may do what, and who may see which kinds of records. The whole authority of Congvu is this page."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    REPORTING_OFFICER = "reporting_officer"
    PROVINCE_LEADER = "province_leader"
    AGENCY_HEAD = "agency_head"
    ONE_STOP_CLERK = "one_stop_clerk"
    PERSONNEL_OFFICER = "personnel_officer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.REPORTING_OFFICER: _("Cán bộ tổng hợp báo cáo"),
    Role.PROVINCE_LEADER: _("Lãnh đạo Ủy ban nhân dân tỉnh"),
    Role.AGENCY_HEAD: _("Thủ trưởng cơ quan"),
    Role.ONE_STOP_CLERK: _("Công chức một cửa"),
    Role.PERSONNEL_OFFICER: _("Cán bộ tổ chức nhân sự"),
    Role.ADMINISTRATOR: _("Quản trị hệ thống"),
}


class Area(StrEnum):
    """A kind of records, as far as reading them is concerned."""

    CATALOGUE = "catalogue"  # agencies and procedures: anybody who signs in
    DIRECTION = "direction"  # documents, plans, tasks, regulations, communication, teams
    SERVICE = "service"  # dossiers
    FEEDBACK = "feedback"
    INSPECTION = "inspection"  # inspections, findings, indexes
    PERSONNEL = "personnel"  # courses, evaluations, disciplinary cases


class Reach(Enum):
    NONE = 0
    OWN = 1  # the seat's agency and those below it
    PROVINCE = 2


_OWN = dict.fromkeys(Area, Reach.OWN) | {Area.CATALOGUE: Reach.PROVINCE}
_ALL = dict.fromkeys(Area, Reach.PROVINCE)

SEES: dict[Role, dict[Area, Reach]] = {
    Role.REPORTING_OFFICER: _ALL,
    Role.PROVINCE_LEADER: _ALL,
    Role.AGENCY_HEAD: _OWN,
    Role.ONE_STOP_CLERK: {
        Area.CATALOGUE: Reach.PROVINCE,
        Area.DIRECTION: Reach.NONE,
        Area.SERVICE: Reach.OWN,
        Area.FEEDBACK: Reach.OWN,
        Area.INSPECTION: Reach.NONE,
        Area.PERSONNEL: Reach.NONE,
    },
    Role.PERSONNEL_OFFICER: {
        Area.CATALOGUE: Reach.PROVINCE,
        Area.DIRECTION: Reach.OWN,
        Area.SERVICE: Reach.NONE,
        Area.FEEDBACK: Reach.NONE,
        Area.INSPECTION: Reach.NONE,
        Area.PERSONNEL: Reach.PROVINCE,
    },
    Role.ADMINISTRATOR: dict.fromkeys(Area, Reach.NONE) | {Area.CATALOGUE: Reach.PROVINCE},
}


class Permission(StrEnum):
    SEE_FIGURES = "figures:read"
    SEE_BOARD = "board:read"
    CORRECT_DOSSIER = "dossier:correct"
    SEE_PERSONNEL_NAMES = "personnel:read_names"
    SEE_FEEDBACK_WORDS = "feedback:read_words"
    SEE_REPORTS = "report:read"
    WRITE_REPORT = "report:write"
    FREEZE_REPORT = "report:freeze"
    SEE_ASSESSMENT = "assessment:read"
    DRAFT_PLAN = "plan:draft"
    ISSUE_REPORT = "report:issue"
    SEE_CLOSINGS = "period:read"
    CLOSE_PERIOD = "period:close"
    SEE_COLLECTION = "collection:read"
    COLLECT_REPORTS = "collection:manage"
    HAND_IN_REPORT = "collection:hand_in"
    SEE_JOURNAL = "journal:read"
    MANAGE_USERS = "users:manage"
    SEE_AGENCIES = "agencies:read"
    LOAD_SHEETS = "sheet:load"


P = Permission
_EVERYBODY = frozenset({P.SEE_FIGURES, P.SEE_BOARD, P.SEE_AGENCIES})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REPORTING_OFFICER: _EVERYBODY
    | {P.SEE_REPORTS, P.WRITE_REPORT, P.FREEZE_REPORT, P.ISSUE_REPORT, P.CORRECT_DOSSIER, P.SEE_JOURNAL}
    | {P.SEE_ASSESSMENT, P.DRAFT_PLAN}
    | {P.SEE_CLOSINGS, P.CLOSE_PERIOD, P.SEE_COLLECTION, P.COLLECT_REPORTS, P.LOAD_SHEETS},
    Role.PROVINCE_LEADER: _EVERYBODY
    | {P.SEE_REPORTS, P.SEE_JOURNAL, P.SEE_CLOSINGS, P.SEE_COLLECTION, P.SEE_ASSESSMENT},
    Role.AGENCY_HEAD: _EVERYBODY
    | {P.SEE_REPORTS, P.CORRECT_DOSSIER, P.SEE_FEEDBACK_WORDS}
    | {P.SEE_CLOSINGS, P.CLOSE_PERIOD, P.SEE_COLLECTION, P.HAND_IN_REPORT},
    Role.ONE_STOP_CLERK: _EVERYBODY | {P.CORRECT_DOSSIER, P.SEE_FEEDBACK_WORDS},
    Role.PERSONNEL_OFFICER: _EVERYBODY | {P.SEE_PERSONNEL_NAMES, P.LOAD_SHEETS},
    Role.ADMINISTRATOR: frozenset({P.SEE_AGENCIES, P.SEE_JOURNAL, P.MANAGE_USERS}),
}
"""A leader sees reports once they are frozen; drafts need WRITE_REPORT (reports/queries.py).
ISSUE_REPORT takes a number in the register of documents for a frozen report, and says that it is public
(reports/issuing.py).

SEE_ASSESSMENT shows the weaknesses and directions of a report, also before it is frozen; WRITE_REPORT writes them.
DRAFT_PLAN makes next year's plan of them, and says with which document it was issued (work/tasks/services.py).
CLOSE_PERIOD closes, and opens again, only what lies wholly within the seat's reach: a head's own agency and those
below it (figures/tiers.py).
COLLECT_REPORTS asks agencies for reports and judges those that come to the province. HAND_IN_REPORT fills and hands in
the report of the seat's own agency, and judges those of the agencies that report to it (collection/queries.py).
LOAD_SHEETS loads spreadsheets into the tables of LOADS, sees those loads and withdraws them (intake/rules.py).
"""

LOADS: dict[Role, frozenset[Area]] = {role: frozenset() for role in Role} | {
    Role.REPORTING_OFFICER: frozenset(Area) - {Area.PERSONNEL},
    Role.PERSONNEL_OFFICER: frozenset({Area.PERSONNEL}),
}
"""The kinds of records into whose tables a role may load spreadsheets, for the whole province."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads, in the seat that they hold now.

    ``agencies`` are the ids of the seat's agency and of those below it; it matters only where ``reach`` is OWN.
    """

    user_id: int | None
    name: str
    role: Role | None
    agency_code: str | None
    agency_name: str
    agencies: frozenset[int]

    def may(self, permission: Permission) -> bool:
        return self.role is None or permission in GRANTS[self.role]

    def reach(self, area: Area) -> Reach:
        return Reach.PROVINCE if self.role is None else SEES[self.role][area]


SYSTEM = Reader(None, "Hệ thống", None, None, "toàn tỉnh", frozenset())
"""A command on the server's own console: it sees everything, and its acts say so."""
