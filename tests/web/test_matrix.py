"""Who gets in where, written by hand: the second opinion about GRANTS and the guards.

Every route stands here once; each cell is tried. 404 means: may come to the page, but not to this record.
"""

import pytest
from django.urls import reverse

from congvu.access.rules import Role
from congvu.reports.term import Term

from .province import make_user
from .sheets import stored_load
from .test_guards import NAMES

STRANGER = "stranger"
WHO = (
    STRANGER,
    Role.REPORTING_OFFICER,
    Role.PROVINCE_LEADER,
    Role.AGENCY_HEAD,
    Role.ONE_STOP_CLERK,
    Role.PERSONNEL_OFFICER,
    Role.ADMINISTRATOR,
)
OWED = {"code": "annual-20221214"}
REPORT = {"kind": "annual", "term": Term(2022)}
ASSESSMENT = {"kind": "annual", "year": 2022}
PARTS = {
    "web:figure": {"figure": "dossiers.late"},
    "web:dossier": {"code": "X2-LATE"},
    "web:dossier-correct": {"code": "X2-LATE"},
    "web:collection-request": OWED,
    "web:aggregation": OWED,
    "web:collection-urge": OWED,
    "web:collection-letter": OWED | {"number": 1, "form": "docx"},
    "web:collection-report": OWED | {"agency": "X2"},
    "web:collection-fill": OWED | {"agency": "X2"},
    "web:collection-move": OWED | {"agency": "X2"},
    "web:collection-workbook": OWED | {"agency": "X2"},
    "web:collection-take": OWED | {"agency": "X2"},
    "web:agency": {"code": "X1"},
    "web:act": {"act": None},
    "web:user": {"username": "somebody"},
    "web:user-password": {"username": "somebody"},
    "web:user-active": {"username": "somebody"},
    "web:user-seat-end": {"username": "somebody", "seat": 1},
    "web:report-draft": REPORT,
    "web:report-word": REPORT,
    "web:report-drafts": REPORT,
    "web:report-draft-changes": REPORT | {"number": 9},
    "web:report-paragraph": REPORT | {"number": 0, "position": 1},
    "web:report-paragraph-add": REPORT | {"number": 0, "position": 1},
    "web:report-draft-file": REPORT | {"form": "docx"},
    "web:report-freeze": REPORT,
    "web:report": REPORT | {"number": 9},
    "web:report-file": REPORT | {"number": 9, "form": "pdf"},
    "web:report-figure": REPORT | {"number": 9},
    "web:report-issue": REPORT | {"number": 9},
    "web:report-publish": REPORT | {"number": 9},
}
PARTS |= dict.fromkeys(
    ("web:assessment", "web:weakness-add", "web:direction-add", "web:plan", "web:plan-issue"), ASSESSMENT
)
PARTS |= dict.fromkeys(
    ("web:weakness", "web:weakness-move", "web:remedy-outcome", "web:direction", "web:direction-move"),
    ASSESSMENT | {"number": 9},
)
PARTS["web:finding"] = {"code": "none"}
CLOSING = {"first": "2022-11-01", "last": "2022-11-30", "number": 1, "code": "H"}
PARTS |= dict.fromkeys(("web:closing", "web:closing-figure", "web:closing-late", "web:closing-reopen"), CLOSING)
PARTS["web:sheet-mapping"] = {"code": "none"}
PARTS["web:blank-form"] = {"table": "dossiers"}
# fmt: off
MATRIX = {
    #                             stranger officer leader  head  clerk  personnel administrator
    ("web:home", "GET"):              (302, 302, 302, 302, 302, 302, 302),
    ("web:sign-in", "GET"):           (200, 200, 200, 200, 200, 200, 200),
    ("web:sign-in-as-demo", "POST"):  (404, 404, 404, 404, 404, 404, 404),  # this province is not simulated
    ("web:sign-out", "POST"):         (302, 302, 302, 302, 302, 302, 302),
    ("web:password", "GET"):          (302, 200, 200, 200, 200, 200, 200),
    ("web:seats", "GET"):             (302, 200, 200, 200, 200, 200, 200),
    ("web:language", "POST"):         (400, 400, 400, 400, 400, 400, 400),  # no language is named
    ("web:board", "GET"):             (302, 200, 200, 200, 200, 200, 403),
    ("web:figures", "GET"):           (302, 200, 200, 200, 200, 200, 403),
    ("web:figure", "GET"):            (302, 200, 200, 200, 200, 404, 403),
    ("web:dossier", "GET"):           (302, 200, 200, 200, 404, 404, 403),
    ("web:dossier-correct", "GET"):   (302, 200, 403, 200, 404, 403, 403),
    ("web:dossier-correct", "POST"):  (302, 422, 403, 422, 404, 403, 403),
    ("web:agencies", "GET"):          (302, 200, 200, 200, 200, 200, 200),
    ("web:agency", "GET"):            (302, 200, 200, 200, 200, 200, 200),
    ("web:journal", "GET"):           (302, 200, 200, 403, 403, 403, 200),
    ("web:act", "GET"):               (302, 200, 200, 403, 403, 403, 200),
    ("web:users", "GET"):             (302, 403, 403, 403, 403, 403, 200),
    ("web:user-create", "GET"):       (302, 403, 403, 403, 403, 403, 200),
    ("web:user-create", "POST"):      (302, 403, 403, 403, 403, 403, 422),
    ("web:user", "GET"):              (302, 403, 403, 403, 403, 403, 200),
    ("web:user", "POST"):             (302, 403, 403, 403, 403, 403, 422),
    ("web:user-password", "POST"):    (302, 403, 403, 403, 403, 403, 200),
    ("web:user-active", "POST"):      (302, 403, 403, 403, 403, 403, 302),
    ("web:user-seat-end", "POST"):    (302, 403, 403, 403, 403, 403, 409),  # somebody holds no such seat
    # nothing is asked of this province; tests/web/test_collection.py has one of which reports are asked
    ("web:owed", "GET"):              (302, 403, 403, 200, 403, 403, 403),
    ("web:collection", "GET"):        (302, 200, 200, 200, 403, 403, 403),
    ("web:collection-open", "GET"):   (302, 200, 403, 403, 403, 403, 403),
    ("web:collection-open", "POST"):  (302, 422, 403, 403, 403, 403, 403),
    ("web:burden", "GET"):            (302, 200, 200, 200, 403, 403, 403),
    ("web:collection-request", "GET"): (302, 404, 404, 404, 403, 403, 403),
    ("web:aggregation", "GET"):       (302, 404, 404, 404, 403, 403, 403),
    ("web:collection-urge", "POST"):  (302, 404, 404, 404, 403, 403, 403),
    ("web:collection-letter", "GET"): (302, 404, 404, 404, 403, 403, 403),
    ("web:collection-report", "GET"): (302, 404, 404, 404, 403, 403, 403),
    ("web:collection-fill", "GET"):   (302, 403, 403, 404, 403, 403, 403),
    ("web:collection-fill", "POST"):  (302, 403, 403, 404, 403, 403, 403),
    ("web:collection-move", "POST"):  (302, 400, 400, 400, 403, 403, 403),  # no move is named
    ("web:collection-workbook", "GET"): (302, 404, 404, 404, 403, 403, 403),
    ("web:collection-take", "POST"):  (302, 403, 403, 404, 403, 403, 403),
    ("web:reports", "GET"):           (302, 200, 200, 200, 403, 403, 403),
    ("web:report-draft", "GET"):      (302, 200, 403, 403, 403, 403, 403),
    ("web:report-draft-file", "GET"): (302, 200, 403, 403, 403, 403, 403),
    ("web:report-word", "GET"):       (302, 200, 403, 403, 403, 403, 403),
    ("web:report-word", "POST"):      (302, 422, 403, 403, 403, 403, 403),  # no file is sent
    ("web:report-drafts", "GET"):     (302, 200, 403, 403, 403, 403, 403),
    ("web:report-draft-changes", "GET"): (302, 404, 403, 403, 403, 403, 403),
    ("web:report-paragraph", "GET"):  (302, 200, 403, 403, 403, 403, 403),
    ("web:report-paragraph", "POST"): (302, 422, 403, 403, 403, 403, 403),
    ("web:report-paragraph-add", "GET"): (302, 200, 403, 403, 403, 403, 403),
    ("web:report-paragraph-add", "POST"): (302, 422, 403, 403, 403, 403, 403),
    ("web:report-freeze", "POST"):    (302, 302, 403, 403, 403, 403, 403),
    ("web:report", "GET"):            (302, 404, 404, 404, 403, 403, 403),
    ("web:report-file", "GET"):       (302, 404, 404, 404, 403, 403, 403),
    ("web:report-figure", "GET"):     (302, 404, 404, 404, 403, 403, 403),
    ("web:assessments", "GET"):       (302, 302, 302, 403, 403, 403, 403),
    ("web:assessment", "GET"):        (302, 200, 200, 403, 403, 403, 403),
    ("web:weakness-add", "GET"):      (302, 200, 403, 403, 403, 403, 403),
    ("web:weakness-add", "POST"):     (302, 422, 403, 403, 403, 403, 403),
    ("web:weakness", "GET"):          (302, 404, 403, 403, 403, 403, 403),
    ("web:weakness", "POST"):         (302, 404, 403, 403, 403, 403, 403),
    ("web:weakness-move", "POST"):    (302, 404, 403, 403, 403, 403, 403),
    ("web:remedy-outcome", "GET"):    (302, 404, 403, 403, 403, 403, 403),
    ("web:remedy-outcome", "POST"):   (302, 404, 403, 403, 403, 403, 403),
    ("web:direction-add", "GET"):     (302, 200, 403, 403, 403, 403, 403),
    ("web:direction-add", "POST"):    (302, 422, 403, 403, 403, 403, 403),
    ("web:direction", "GET"):         (302, 404, 403, 403, 403, 403, 403),
    ("web:direction", "POST"):        (302, 404, 403, 403, 403, 403, 403),
    ("web:direction-move", "POST"):   (302, 404, 403, 403, 403, 403, 403),
    ("web:plan", "GET"):              (302, 200, 403, 403, 403, 403, 403),
    ("web:plan", "POST"):             (302, 409, 403, 403, 403, 403, 403),  # there is nothing to make it of
    ("web:plan-issue", "POST"):       (302, 404, 403, 403, 403, 403, 403),
    ("web:finding", "GET"):           (302, 404, 404, 404, 404, 404, 403),
    ("web:report-issue", "POST"):     (302, 404, 403, 403, 403, 403, 403),
    ("web:report-publish", "POST"):   (302, 404, 403, 403, 403, 403, 403),
    ("web:checking", "GET"):          (200, 200, 200, 200, 200, 200, 200),
    ("web:checking", "POST"):         (422, 422, 422, 422, 422, 422, 422),  # neither a file nor words
    ("web:closings", "GET"):          (302, 200, 200, 200, 403, 403, 403),
    ("web:closing-close", "GET"):     (302, 400, 403, 400, 403, 403, 403),  # no period is named
    ("web:closing-close", "POST"):    (302, 400, 403, 400, 403, 403, 403),
    ("web:closing", "GET"):           (302, 404, 404, 404, 403, 403, 403),  # nothing is closed
    ("web:closing-figure", "GET"):    (302, 404, 404, 404, 403, 403, 403),
    ("web:closing-late", "GET"):      (302, 404, 404, 404, 403, 403, 403),
    ("web:closing-reopen", "GET"):    (302, 404, 403, 404, 403, 403, 403),
    ("web:closing-reopen", "POST"):   (302, 404, 403, 404, 403, 403, 403),
    # a load of dossiers whose columns are being matched; the personnel officer loads other tables
    ("web:sheet-loads", "GET"):       (302, 200, 403, 403, 403, 200, 403),
    ("web:sheet-loads", "POST"):      (302, 422, 403, 403, 403, 422, 403),  # no file is sent
    ("web:sheet-load", "GET"):        (302, 200, 403, 403, 403, 404, 403),
    ("web:sheet-load-match", "GET"):  (302, 200, 403, 403, 403, 404, 403),
    ("web:sheet-load-match", "POST"): (302, 422, 403, 403, 403, 404, 403),  # nothing is matched
    ("web:sheet-load-teach", "POST"): (302, 400, 403, 403, 403, 404, 403),  # nothing is said
    ("web:sheet-load-start", "POST"): (302, 409, 403, 403, 403, 404, 403),  # it was not looked over
    ("web:sheet-load-drop", "POST"):  (302, 302, 403, 403, 403, 404, 403),
    ("web:sheet-load-withdraw", "GET"): (302, 200, 403, 403, 403, 404, 403),
    ("web:sheet-load-withdraw", "POST"): (302, 422, 403, 403, 403, 404, 403),  # no reason is given
    ("web:sheet-load-errors", "GET"): (302, 404, 403, 403, 403, 404, 403),  # nothing is wrong with it
    ("web:sheet-load-rest", "GET"):   (302, 404, 403, 403, 403, 404, 403),
    ("web:sheet-load-file", "GET"):   (302, 200, 403, 403, 403, 404, 403),
    ("web:sheet-mappings", "GET"):    (302, 200, 403, 403, 403, 200, 403),
    ("web:sheet-mapping", "GET"):     (302, 404, 403, 403, 403, 404, 403),  # none is saved
    ("web:agency-aliases", "GET"):    (302, 200, 403, 403, 403, 200, 403),
    ("web:agency-aliases", "POST"):   (302, 422, 403, 403, 403, 422, 403),
    ("web:agency-alias-forget", "POST"): (302, 404, 403, 403, 403, 404, 403),
    ("web:blank-forms", "GET"):       (302, 200, 403, 403, 403, 200, 403),
    ("web:blank-form", "GET"):        (302, 200, 403, 403, 403, 404, 403),
    ("web:healthz", "GET"):           (200, 200, 200, 200, 200, 200, 200),
    ("web:robots", "GET"):            (200, 200, 200, 200, 200, 200, 200),
}
# fmt: on
CELLS = [(*route, who, status) for route, row in MATRIX.items() for who, status in zip(WHO, row, strict=True)]


def test_the_matrix_names_every_route():
    assert {name for name, _method in MATRIX} == NAMES


@pytest.mark.parametrize(("route", "method", "who", "status"), CELLS, ids=lambda value: str(value))
def test_the_matrix(as_role, browser, route, method, who, status):
    make_user("somebody")
    client = browser if who == STRANGER else as_role(who)
    parts = dict(PARTS.get(route, {}))
    if route == "web:act":
        parts["act"] = _first_act()
    if route.startswith("web:sheet-load") and route != "web:sheet-loads":
        parts["number"] = stored_load().number

    reply = client.generic(method, reverse(route, kwargs=parts))

    assert reply.status_code == status, reply.content[:1000]


def _first_act():
    from congvu.journal.models import Act

    return Act.objects.order_by("id").first().id
