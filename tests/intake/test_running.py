"""The background: whoever holds a load works on it; a worker that is killed leaves nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from django.db import connection, transaction

from congvu.figures.stating import LOADS
from congvu.intake.models import Origin, SheetLoad
from congvu.intake.rules import TRIES, State
from congvu.intake.running import anything_waits, mine, progress_of, work
from congvu.intake.taking import begin, mapping_of, settle, start
from congvu.work.dossiers.models import Dossier

from .loads import OFFICER, checked, row, settled, workbook

WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'sheet_origins'::regclass AND NOT granted"


def worker(database: str, home: str) -> subprocess.Popen[bytes]:
    from tests.database import url_for

    environment = {
        **os.environ,
        "CONGVU_HOME": home,
        "DATABASE_URL": url_for("congvu_app", database),
        "DATABASE_OWNER_URL": url_for("congvu_owner", database),
    }
    return subprocess.Popen([sys.executable, "-m", "congvu", "import", "--waiting"], env=environment)


def test_a_killed_worker_leaves_nothing_and_the_next_one_does_it_all(
    own_database: str, package: Any, settings: Any
) -> None:
    settled(package)
    load = checked(workbook(*(row(f"N{n:05}") for n in range(3000))))
    start(OFFICER, load.number)
    stored = Dossier.objects.count()
    # the worker comes as far as its first write and waits there
    gate = connection.copy()
    gate.set_autocommit(False)
    with gate.cursor() as cursor:
        cursor.execute("LOCK TABLE sheet_origins IN ACCESS EXCLUSIVE MODE")
    process = worker(own_database, str(settings.HOME))
    try:
        for _ in range(300):
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the worker never came to the origins")
        assert not anything_waits(), "the worker has it"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    finally:
        process.kill()
        gate.rollback()
        gate.close()
    load.refresh_from_db()
    assert (Dossier.objects.count(), Origin.objects.count(), load.state) == (stored, 0, "loading")
    assert load.share > 0, "how far it came was told past the transaction"

    for _ in range(100):
        if anything_waits():
            break
        time.sleep(0.1)
    assert worker(own_database, str(settings.HOME)).wait(timeout=60) == 0
    load.refresh_from_db()
    assert (load.state, load.counts["new"], Origin.objects.count()) == ("loaded", 3000, 3000)
    assert Dossier.objects.count() == stored + 3000


def test_a_load_that_somebody_has_is_left_to_them(small_province: None) -> None:
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    settle(OFFICER, load.number, mapping_of(load))
    assert anything_waits()
    with mine(load.number) as is_mine:
        assert is_mine
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [0x434F4E4C, load.number])
            assert cursor.fetchone() == (False,)
        other.close()
        assert not anything_waits()


def test_one_that_was_begun_too_often_is_given_back_to_a_person(small_province: None) -> None:
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    settle(OFFICER, load.number, mapping_of(load))
    SheetLoad.objects.filter(pk=load.pk).update(tries=TRIES)
    work()
    load.refresh_from_db()
    assert (load.state, "báo quản trị" in load.trouble) == (State.DRAFT, True)


def test_a_load_waits_while_another_one_runs(own_database: str, package: Any) -> None:
    settled(package)
    load = checked(workbook(row("N1")))
    start(OFFICER, load.number)
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADS])
    work()
    load.refresh_from_db()
    assert (load.state, load.tries, load.stage) == ("loading", 0, "Đợi một lần nạp khác xong")
    other.rollback()
    other.close()
    work()
    load.refresh_from_db()
    assert load.state == "loaded"


def test_a_file_that_no_longer_fits_is_given_back_with_the_reason(small_province: None) -> None:
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    settle(OFFICER, load.number, mapping_of(load))
    changed = {**load.mapping, "kept": ["Cột không có"]}
    SheetLoad.objects.filter(pk=load.pk).update(mapping=changed)
    work()
    load.refresh_from_db()
    assert (load.state, "Cột không có" in load.trouble) == ("draft", True)


def test_two_workers_at_once_do_each_load_once(own_database: str, package: Any, settings: Any) -> None:
    settled(package)
    loads = [begin(OFFICER, workbook(row(f"N{number}")), f"hs-{number}.xlsx", table="dossiers") for number in range(4)]
    for load in loads:
        settle(OFFICER, load.number, mapping_of(load))
    workers = [worker(own_database, str(settings.HOME)) for _ in range(2)]
    assert [one.wait(timeout=60) for one in workers] == [0, 0]
    assert list(SheetLoad.objects.order_by("number").values_list("state", "tries")) == [("checked", 1)] * 4


def test_progress_that_cannot_be_told_stops_nothing(own_database: str, package: Any, caplog: Any) -> None:
    settled(package)
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    with transaction.atomic(), progress_of(load.number) as tell:
        SheetLoad.objects.select_for_update().get(pk=load.pk)
        tell("Đọc", 0.5)
    load.refresh_from_db()
    assert (load.share, "could not be told" in caplog.text) == (0, True)
