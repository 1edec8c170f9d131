"""Issuing: a frozen report takes number and day in the register, once, also where two do it together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.exchange.export import export_package
from congvu.exchange.services import load_package
from congvu.journal.models import Act, Change
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.errors import SurroundingsRefusal
from congvu.press.model import plain_text
from congvu.press.word.reader import read_part
from congvu.reports import queries
from congvu.reports.issuing import NotIssued, issue_report, printed, publish_report
from congvu.reports.models import ReportIssue
from congvu.reports.services import freeze_report, frozen_file
from congvu.work.documents.models import Document, DocumentRelation
from congvu.work.documents.services import NumberRefused
from tests.conftest import EXAMPLE

OFFICER = Reader(None, "Hoàng Thị Lan", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
LEADER = Reader(None, "Bế Văn Sơn", Role.PROVINCE_LEADER, "P", "UBND tỉnh", frozenset())
TODAY = date(2022, 12, 21)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T08:00:00+07:00")


@pytest.fixture
def committed(own_database):
    load_package(EXAMPLE / "package", actor=SYSTEM)


def register(symbol, day, issuer="P", id_=None):
    with act("report:change", actor=SYSTEM):
        Document.objects.create(
            id=id_ or f"{symbol} {day}",
            kind="report",
            symbol=symbol,
            issued_on=day,
            issuer=issuer,
            title="Báo cáo khác",
        )


def head_of(revision):
    return printed(queries.frozen_document(revision), ReportIssue.objects.first()).letterhead


def words_in_word(docx):
    return "".join(read_part(docx, "word/document.xml").itertext())


def test_a_frozen_report_takes_the_next_number_of_its_series_and_year(committed):
    register("41/BC-UBND", date(2022, 11, 2))
    register("99/BC-UBND", date(2021, 12, 2))  # last year's
    register("77/BC-UBND", date(2022, 11, 2), issuer="D1", id_="another agency's")
    register("88/KH-UBND", date(2022, 11, 2))
    register("MP-90/BC-UBND", date(2022, 11, 2))
    freeze_report("annual", 2022, reader=OFFICER)
    issue = issue_report("annual", 2022, 1, TODAY, reader=OFFICER)

    assert (issue.number, issue.symbol, issue.issued_on) == (42, "42/BC-UBND", TODAY)
    document = Document.objects.get(id=issue.document_id)
    assert (document.symbol, document.number, document.kind, document.direction) == (
        "42/BC-UBND",
        "42",
        "report",
        "outgoing",
    )
    assert (document.issuer, document.issued_on, issue.issued_by) == ("P", TODAY, OFFICER.name)
    assert document.title.startswith("Báo cáo kết quả thực hiện kỷ luật")


def test_the_first_report_of_a_year_is_number_one(committed):
    freeze_report("annual", 2022, reader=OFFICER)

    assert issue_report("annual", 2022, 1, TODAY, reader=OFFICER).symbol == "1/BC-UBND"


def test_its_files_have_number_and_day_in_the_head_and_what_was_frozen_stays(committed):
    revision = freeze_report("annual", 2022, reader=OFFICER)
    before, stored = words_in_word(frozen_file(revision, "docx")), revision.document
    assert "Số:        /BC-UBND" in before
    issue_report("annual", 2022, 1, TODAY, reader=OFFICER)

    after = words_in_word(frozen_file(revision, "docx"))
    assert "Số: 1/BC-UBND" in after
    assert "ngày 21 tháng 12 năm 2022" in after
    assert head_of(revision).place_and_date.startswith("Thử Nghiệm, ngày 21")
    revision.refresh_from_db()
    assert revision.document == stored
    assert "Số:        /BC-UBND" in plain_text(queries.frozen_document(revision))


def test_issuing_is_one_act_that_tells_all_it_wrote_and_that_is_sealed_and_verified(committed):
    freeze_report("annual", 2022, reader=OFFICER)
    issue = issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    deed = Act.objects.get(kind="report:issue")

    assert set(Change.objects.filter(act=deed).values_list("table", "key")) == {
        ("documents", issue.document_id),
        ("x_report_issues", "annual\x1f2022\x1f1"),
    }
    seal_acts()
    assert list(verify(records=True)) == []


def test_a_revision_is_numbered_once(committed):
    freeze_report("annual", 2022, reader=OFFICER)
    issue_report("annual", 2022, 1, TODAY, reader=OFFICER)

    with pytest.raises(NotIssued, match="Bản 1 đã phát hành: số 1/BC-UBND ngày 21/12/2022"):
        issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    assert Document.objects.filter(symbol__endswith="/BC-UBND", issuer="P").count() == 1


def test_a_later_revision_is_a_document_of_its_own_that_replaces_the_one_before(committed):
    for _number in (1, 2, 3):
        freeze_report("annual", 2022, reader=OFFICER)
    first = issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    third = issue_report("annual", 2022, 3, TODAY, reader=OFFICER)

    assert (first.symbol, third.symbol) == ("1/BC-UBND", "2/BC-UBND")
    relation = DocumentRelation.objects.get(source=third.document_id)
    assert (relation.target_id, relation.relation) == (first.document_id, "replaces")
    with pytest.raises(NotIssued, match="Bản 3, chốt sau bản 2, đã phát hành"):
        issue_report("annual", 2022, 2, TODAY, reader=OFFICER)


@pytest.mark.parametrize(
    ("day", "complaint"),
    [
        (date(2022, 12, 20), "từ ngày chốt \\(21/12/2022\\) đến hôm nay"),
        (date(2022, 12, 22), "đến hôm nay \\(21/12/2022\\)"),
        (date(1, 1, 1), "từ ngày chốt"),
    ],
)
def test_a_day_before_the_freezing_or_still_to_come_is_refused(committed, day, complaint):
    freeze_report("annual", 2022, reader=OFFICER)

    with pytest.raises(NotIssued, match=complaint):
        issue_report("annual", 2022, 1, day, reader=OFFICER)
    assert not ReportIssue.objects.exists()


def test_numbers_follow_the_days(committed, monkeypatch):
    freeze_report("annual", 2022, reader=OFFICER)
    register("7/BC-UBND", date(2022, 12, 23))
    monkeypatch.setenv("CONGVU_NOW", "2022-12-24T08:00:00+07:00")

    with pytest.raises(NumberRefused, match="Số 7/BC-UBND đã cấp ngày 23/12/2022"):
        issue_report("annual", 2022, 1, date(2022, 12, 22), reader=OFFICER)
    assert issue_report("annual", 2022, 1, date(2022, 12, 23), reader=OFFICER).number == 8


def test_only_who_may_issues_and_only_what_is_frozen(committed):
    with pytest.raises(Http404):
        issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    freeze_report("annual", 2022, reader=OFFICER)
    for deed in (issue_report, publish_report):
        with pytest.raises(PermissionDenied):
            deed("annual", 2022, 1, TODAY, reader=LEADER)


def test_it_is_published_once_after_it_is_issued(committed):
    freeze_report("annual", 2022, reader=OFFICER)
    with pytest.raises(NotIssued, match="chưa phát hành"):
        publish_report("annual", 2022, 1, TODAY, reader=OFFICER)
    issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    with pytest.raises(NotIssued, match="Ngày công bố 20/12/2022 phải từ ngày phát hành"):
        publish_report("annual", 2022, 1, date(2022, 12, 20), reader=OFFICER)

    assert queries.published(LEADER) == []
    publish_report("annual", 2022, 1, TODAY, reader=OFFICER)
    assert [(issue.symbol, revision.number) for issue, revision in queries.published(LEADER)] == [("1/BC-UBND", 1)]
    with pytest.raises(NotIssued, match="đã công bố ngày 21/12/2022"):
        publish_report("annual", 2022, 1, TODAY, reader=OFFICER)


def together(*deeds):
    """Run all at the same instant, each in a connection of its own; return what each gave or was refused with."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait()
            return deed()
        except NotIssued as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result() for one in [pool.submit(run, deed) for deed in deeds]]


def test_two_reports_issued_at_once_get_two_numbers(committed):
    for year in (2020, 2021, 2022):
        freeze_report("annual", year, reader=OFFICER)
    found = together(
        *(
            lambda year=year: issue_report("annual", year, 1, TODAY, reader=OFFICER).number
            for year in (2020, 2021, 2022)
        )
    )

    assert sorted(found) == [1, 2, 3]
    assert Document.objects.filter(symbol__endswith="/BC-UBND", issuer="P").count() == 3


def test_one_revision_issued_by_two_at_once_is_numbered_once(committed):
    freeze_report("annual", 2022, reader=OFFICER)
    found = together(*[lambda: issue_report("annual", 2022, 1, TODAY, reader=OFFICER).number] * 3)

    assert sorted(map(str, found)) == ["1", "report.not_issued", "report.not_issued"]
    assert Document.objects.filter(symbol__endswith="/BC-UBND", issuer="P").count() == 1


def test_while_somebody_else_writes_the_register_it_is_said_to_be_in_use(committed, monkeypatch):
    from congvu.work.documents import services

    monkeypatch.setattr(services, "_PATIENCE", "200ms")
    freeze_report("annual", 2022, reader=OFFICER)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE documents IN ROW EXCLUSIVE MODE")

        def issue():
            try:
                issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
            except SurroundingsRefusal as refusal:
                return str(refusal)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert "Sổ văn bản đang được ghi" in pool.submit(issue).result()
        cursor.execute("ROLLBACK")


def test_issues_travel_in_packages(committed, tmp_path):
    freeze_report("annual", 2022, reader=OFFICER)
    issue_report("annual", 2022, 1, TODAY, reader=OFFICER)
    publish_report("annual", 2022, 1, TODAY, reader=OFFICER)
    export_package(tmp_path / "out")

    lines = (tmp_path / "out" / "x_report_issues.csv").read_text().splitlines()
    assert lines[0] == "report,year,part,revision,document,number,symbol,issued_on,issued_by,published_on"
    assert lines[1].startswith("annual,2022,0,1,1-bc-ubnd-2022-")
    assert load_package(tmp_path / "out", actor=SYSTEM).act_id is None  # nothing new in it
