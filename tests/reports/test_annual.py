"""The annual report's own template: another province, another year, files and freezing."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.http import Http404

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.checker import check
from congvu.exchange.services import load_package
from congvu.figures.period import Period
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.errors import Refusal, SurroundingsRefusal, UsageRefusal
from congvu.kernel.postgres import OWNER
from congvu.press.model import footnotes, plain_text
from congvu.press.reading import read_manuscript
from congvu.press.word.reader import marks as marks_in_word
from congvu.reports import queries, services
from congvu.reports.models import Revision
from congvu.reports.services import build_report, files_of, freeze_report, frozen_file, frozen_folder
from congvu.reports.stored import figures_to_json, from_json, to_json
from congvu.work.dossiers.models import Dossier
from tests.conftest import EXAMPLE
from tests.database import url_for

OFFICER = Reader(None, "Hoàng Thị Lan", Role.REPORTING_OFFICER, "P", "UBND tỉnh", frozenset())
CLERK = Reader(None, "Lý Thị Hoa", Role.ONE_STOP_CLERK, "P", "UBND tỉnh", frozenset())


@pytest.fixture
def example(db):
    load_package(EXAMPLE / "package", actor=SYSTEM)


@pytest.fixture
def committed(own_database):
    load_package(EXAMPLE / "package", actor=SYSTEM)


def test_another_province_gets_its_report_of_another_year_from_the_same_template(example):
    periods = {"dossiers": Period(date(2021, 12, 10), date(2022, 12, 12))}
    built = build_report("annual", 2022, reader=OFFICER, periods=periods)
    text = plain_text(built.document)

    assert "ỦY BAN NHÂN DÂN\nTỈNH THỬ NGHIỆM" in text
    assert "đã giải quyết xong 979 hồ sơ" in text
    assert "914/979 hồ sơ, chiếm 93,36%" in text
    assert "Cao Bằng" not in text
    assert "UBND tỉnh Thử Nghiệm./." in text
    assert "Kế hoạch số" in "".join(run.text for note in footnotes(built.document) for run in note.runs)


@pytest.mark.parametrize("kind", ["annual", "par_quarter", "feedback", "inspections", "training"])
def test_the_checker_finds_nothing_certain_in_our_own_reports(example, kind):
    part = 0 if kind in ("annual", "training") else 2
    word = files_of(build_report(kind, 2022, part=part, reader=OFFICER)).docx

    found = check(read_manuscript(word, "bao-cao.docx"))
    assert [finding.message for finding in found if finding.certainty == "certain"] == []


def test_a_year_without_records_says_that_nothing_occurred(example):
    text = plain_text(build_report("annual", 1990, reader=OFFICER).document)

    assert "giải quyết đúng hạn không phát sinh" in text
    assert "năm 1990" in text


def test_every_mark_of_the_report_is_a_control_in_word_with_its_id_and_text(example):
    built = build_report("annual", 2022, reader=OFFICER)
    found = {mark.id: mark.text for mark in marks_in_word(files_of(built).docx)}

    assert found == {mark.id: mark.text for mark in built.marks}
    assert len(found) > 60


def test_the_reason_for_levels_above_the_total_stands_only_where_the_records_show_it(example):
    assert "được giải quyết ở nhiều cấp" in plain_text(build_report("annual", 2022, reader=OFFICER).document)
    assert "được giải quyết ở nhiều cấp" not in plain_text(build_report("annual", 1990, reader=OFFICER).document)


def test_a_document_survives_being_stored(example):
    document = build_report("annual", 2022, reader=OFFICER).document

    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_one_who_writes_no_reports_builds_none(example):
    with pytest.raises(PermissionDenied):
        build_report("annual", 2022, reader=CLERK)


def test_an_unknown_kind_of_report_is_refused(db):
    with pytest.raises(UsageRefusal, match="Không có mẫu báo cáo «weekly»"):
        build_report("weekly", 2022, reader=OFFICER)


def test_the_command_writes_every_file(example, tmp_path):
    call_command("report", "annual", year=2022, out=tmp_path / "out", period=["dossiers=2021-12-10..2022-12-12"])

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["bao-cao-2022.docx", "bao-cao-2022.pdf", "bao-cao-2022.xlsx", "figures.json"]
    figures = json.loads((tmp_path / "out" / "figures.json").read_text())
    late = [
        f["value"]
        for f in figures
        if f["id"] == "dossiers.late" and f["dimensions"] == {"level": "province"} and f["period"] == "dossiers"
    ]
    assert late == [65]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"period": ["dossiers"]}, "TÊN=TỪ..ĐẾN"),
        ({"period": ["dossiers=2022-12-31..2022-01-01"]}, "bị ngược"),
        ({"period": ["dossiers=2022-13-01..2022-12-31"]}, "không phải là một ngày"),
        ({"period": ["spring=2022-01-01..2022-03-31"]}, "không có kỳ «spring»"),
        ({"year": 99999}, "phải nằm trong khoảng"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(example, tmp_path, options, complaint):
    with pytest.raises(Refusal, match=complaint):
        call_command("report", "annual", **({"year": 2022, "out": tmp_path / "out", "period": []} | options))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_said_so_and_nothing_half_is_left(example, tmp_path):
    (tmp_path / "out").write_text("a file where a folder should be")

    with pytest.raises(SurroundingsRefusal, match="Không ghi được tệp"):
        call_command("report", "annual", year=2022, out=tmp_path / "out", period=[])


def late_dossier() -> Dossier:
    late = Dossier.objects.filter(finished_on__range=(date(2022, 1, 1), date(2022, 12, 31)), outcome="granted")
    return next(d for d in late.order_by("code") if d.due_at and d.finished_at > d.due_at)


def finish_on_time(dossier: Dossier) -> None:
    with act("dossier:correct", actor=OFFICER, reason="Nhập sai ngày") as deed, deed.changing(Dossier, [dossier.code]):
        Dossier.objects.filter(code=dossier.code).update(finished_at=dossier.due_at)


def test_a_frozen_report_stays_as_it_is_and_still_opens_to_its_rows(committed):
    frozen = freeze_report("annual", 2022, reader=OFFICER)
    before = plain_text(queries.frozen_document(frozen))
    dossier = late_dossier()
    finish_on_time(dossier)

    again = queries.get_revision(OFFICER, "annual", 2022, 1)
    assert plain_text(queries.frozen_document(again)) == before
    for entry in [f for f in again.figures if f["id"] == "dossiers.late" and f["period"] == "year"]:
        key = f"dossiers.late[level={entry['dimensions']['level']}]"
        opened = services.open_frozen(again, key, "year", reader=OFFICER, limit=None)
        assert opened.answer.value == entry["value"]
        assert len(opened.rows) + sum(s["value"] for s in opened.statements) == entry["value"]
    draft = figures_to_json(build_report("annual", 2022, reader=OFFICER))
    moved = {d.key.split("[")[0]: (d.before, d.after) for d in queries.differences(again.figures, draft)}
    assert moved["dossiers.late"][0] == moved["dossiers.late"][1] + 1
    assert moved["dossiers.on_time"][0] == moved["dossiers.on_time"][1] - 1
    assert next(iter(verify(records=True))).kind == "unsealed"


def test_a_second_freeze_is_the_next_revision(committed):
    first = freeze_report("annual", 2022, reader=OFFICER)
    finish_on_time(late_dossier())
    second = freeze_report("annual", 2022, reader=OFFICER)

    assert [r.number for r in queries.revisions(OFFICER, "annual", 2022)] == [2, 1]
    assert queries.differences(first.figures, second.figures)
    assert first.snapshot_hash != second.snapshot_hash


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_a_frozen_report_is_printed_again_as_it_was(committed, form):
    draft = getattr(files_of(build_report("annual", 2022, reader=OFFICER)), form)
    frozen = freeze_report("annual", 2022, reader=OFFICER)
    finish_on_time(late_dossier())

    again = frozen_file(queries.get_revision(OFFICER, "annual", 2022, 1), form)
    assert again == frozen_file(frozen, form)
    assert len(again) == pytest.approx(len(draft), rel=0.05)


def test_a_snapshot_that_was_touched_is_not_believed(committed):
    frozen = freeze_report("annual", 2022, reader=OFFICER)
    path = frozen_folder("annual", 2022, 1) / "dossiers.parquet"
    path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(services.SnapshotAltered):
        services.open_frozen(frozen, "dossiers.late[level=province]", "year", reader=OFFICER)


def test_a_frozen_report_changed_past_the_journal_is_named(committed, own_database):
    freeze_report("annual", 2022, reader=OFFICER)
    seal_acts()
    with psycopg.connect(url_for(OWNER, own_database), autocommit=True) as owner:
        owner.execute("ALTER TABLE report_revisions DISABLE TRIGGER USER")
        owner.execute("UPDATE report_revisions SET figures = '[]'")
        owner.execute("ALTER TABLE report_revisions ENABLE TRIGGER USER")

    assert [fault.kind for fault in verify(records=True)] == ["record"]


def test_of_two_who_freeze_at_once_one_is_told_and_no_facts_are_lost(committed):
    gate = Barrier(2)

    def freeze():
        gate.wait()
        try:
            return freeze_report("annual", 2022, reader=OFFICER).number
        except services.FreezeUnderWay:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = [future.result() for future in [pool.submit(freeze), pool.submit(freeze)]]

    stored = Revision.objects.order_by("number")
    assert [r.number for r in stored] == sorted(n for n in numbers if n)
    for revision in stored:
        services.open_frozen(revision, "dossiers.late[level=province]", "year", reader=OFFICER)


def test_a_frozen_report_is_absent_for_one_who_may_see_none(committed):
    freeze_report("annual", 2022, reader=OFFICER)

    with pytest.raises(Http404):
        queries.get_revision(CLERK, "annual", 2022, 1)
    with pytest.raises(Http404):
        queries.get_revision(OFFICER, "annual", 2022, 2)
    with pytest.raises(PermissionDenied):
        freeze_report("annual", 2022, reader=CLERK)


def test_the_files_of_one_report_are_the_same_each_time(example):
    built = build_report("annual", 2022, reader=OFFICER)

    assert files_of(built) == files_of(built)
