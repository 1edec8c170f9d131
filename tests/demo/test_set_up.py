"""Setting up the demo: the original's figures come out, a second time changes nothing, other data is left alone."""

import io
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from rich.console import Console

from congvu.access.models import Seat, User
from congvu.access.rules import SYSTEM
from congvu.assessment.planning import check_plan
from congvu.assessment.queries import read_assessment
from congvu.collection.aggregation import missing_of
from congvu.collection.burden import form_burdens
from congvu.collection.models import ReportAnswer, ReportObligation
from congvu.demo.accounts import ACCOUNTS
from congvu.demo.comparison import compare
from congvu.demo.services import NotSimulated, set_up
from congvu.exchange.services import load_package
from congvu.figures.compute import compute
from congvu.figures.period import Period
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from congvu.press.model import plain_text
from congvu.press.reading import read_manuscript
from congvu.province.models import Installation
from congvu.reports.assessing import sheet_of
from congvu.reports.checking import check_against_records
from congvu.reports.queries import ANNUAL
from congvu.reports.services import build_report, files_of

AGENCY = {"code": "P", "name": "Ủy ban nhân dân tỉnh", "kind": "province_committee", "level": "province"}


@pytest.fixture
def quiet():
    return Console(file=io.StringIO())


def test_the_demo_adds_up_to_the_original_and_a_second_time_changes_nothing(own_database, settings, quiet, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T08:00+07:00")
    folder = settings.HOME / "demo"
    set_up(folder, quiet)

    differing = [row for row in compare() if not row.equal]
    assert differing == []
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {"bao-cao-2022.docx", "bao-cao-2022.pdf", "bao-cao-2022.xlsx", "figures.json"} <= set(files)
    assert {user.username for user in User.objects.all()} == {account.username for account in ACCOUNTS}
    assert Seat.objects.count() == len(ACCOUNTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers WHERE finished_on BETWEEN '2021-12-05' AND '2022-12-13'")
        assert cursor.fetchone()[0] > 206_591  # and those that were withdrawn
    check_cycle()
    check_assessment()
    acts = Act.objects.count()
    seal_acts()
    assert list(verify(records=True)) == []

    set_up(folder, quiet)
    assert Act.objects.count() == acts
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == files


def check_cycle():
    """The year's cycle of reporting stands as on the demo's day, and its statements are what was accepted."""
    states = Counter(ReportObligation.objects.values_list("state", flat=True))
    assert set(states) == {"draft", "submitted", "returned", "accepted"}
    assert states["accepted"] > 150
    assert ReportObligation.objects.get(agency="STNMT").state == "draft", "the demo's head has something to fill"
    missing = missing_of(SYSTEM, "annual-20221214")
    assert missing.startswith("đến ngày 21/12/2022 còn 03 cơ quan chưa báo cáo: 02 sở")
    typed = ReportAnswer.objects.filter(by_hand=True, value__isnull=False)
    accepted = ReportObligation.objects.filter(state="accepted").values("agency")
    period = Period(date(2021, 12, 15), date(2022, 12, 14))
    for figure, question in (("courses.count", "lop-boi-duong"), ("courses.attendances", "luot-boi-duong")):
        added = sum(one.value for one in typed.filter(question=question, agency__in=accepted))
        assert sum(answer.stated for answer in compute(period, ids=[figure])) == added > 0
    (burden,) = form_burdens(SYSTEM, 2022)
    assert burden.share > 0.8


def check_assessment():
    """Parts II and III of the report rest on the records; what is told of the year before says it is simulated."""
    this, last = read_assessment(ANNUAL, 2022), read_assessment(ANNUAL, 2021)
    assert (len(this.weaknesses), len(this.directions), this.unproven) == (6, 6, 0)
    assert {one.evidence_kind for one in this.weaknesses} == {"figure", "finding", "answer"}
    assert all(one.outcome_text.endswith("(mô phỏng)") for one in last.weaknesses)
    built = build_report(ANNUAL, 2022, reader=SYSTEM)
    text = plain_text(built.document)
    assert "toàn tỉnh có 96 CBCCVC bị xử lý kỷ luật" in text
    assert "hồ sơ giải quyết trễ hạn, cấp xã: 907 hồ sơ, từ ngày 05/12/2021 đến ngày 13/12/2022" in text
    assert "tỷ lệ xử lý phản ánh, kiến nghị: năm 2021 là 81,20%, năm 2022 là 85,06%" in text
    assert "1. Tiếp tục siết chặt KLKCHC tại các phòng, ban, đơn vị trực thuộc (Sở Nội vụ chủ trì" in text
    manuscript = read_manuscript(files_of(built).docx, "bao-cao.docx")
    found = check_against_records(manuscript, ANNUAL, 2022, reader=SYSTEM)
    assert [one.message for one in found if one.certainty == "certain"] == []
    plan = check_plan(SYSTEM, sheet_of(ANNUAL, 2022, SYSTEM))
    assert (len(plan.tasks), plan.faults) == (12, ())


def test_a_database_that_holds_anything_else_is_refused(own_database, settings, quiet, package):
    load_package(package(agencies=[AGENCY]), actor=SYSTEM)

    with pytest.raises(NotSimulated, match="không do lệnh demo lập ra"):
        set_up(settings.HOME / "demo", quiet)
    assert not Installation.objects.exists()
    assert not (settings.HOME / "demo").exists()


def test_a_database_with_a_user_is_refused_too(own_database, settings, quiet):
    User.objects.create(username="that", full_name="Người thật")

    with pytest.raises(NotSimulated):
        set_up(settings.HOME / "demo", quiet)
