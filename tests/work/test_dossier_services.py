"""Correcting a dossier: the service's own locks."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.journal.models import Act, Change
from congvu.work.dossiers.models import Dossier
from congvu.work.dossiers.queries import DossierNotFound
from congvu.work.dossiers.services import CorrectionNotAllowed, NotForThisSeat, correct_finish
from tests.web.province import NOW, at, make_province


@pytest.fixture(autouse=True)
def on_the_demos_day(monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", NOW)


def reader(role, agencies=frozenset()):
    return Reader(None, "Thử", role, "X1", "X1", agencies)


def test_a_seat_without_the_permission_is_refused(db):
    make_province()

    with pytest.raises(NotForThisSeat):
        correct_finish(reader(Role.PROVINCE_LEADER), "X1-LATE", at("03-10"), "Nhập nhầm")


def test_a_dossier_out_of_sight_is_absent(db):
    make_province()

    with pytest.raises(DossierNotFound):
        correct_finish(reader(Role.ONE_STOP_CLERK), "X1-LATE", at("03-10"), "Nhập nhầm")


def test_a_refused_correction_leaves_no_act(db):
    make_province()

    with pytest.raises(CorrectionNotAllowed):
        correct_finish(SYSTEM, "X1-WITHDRAWN", at("03-10"), "Nhập nhầm")

    assert not Act.objects.filter(kind="dossier:correct").exists()


def test_only_the_finish_is_written(db):
    make_province()
    before = Dossier.objects.filter(pk="X1-LATE").values().get()

    found = correct_finish(SYSTEM, "X1-LATE", at("03-10"), " Nhập nhầm ")

    after = Dossier.objects.filter(pk="X1-LATE").values().get()
    assert {name for name in after if after[name] != before[name]} == {"finished_at", "finished_on"}
    assert found.finished_at == at("03-10")
    assert found.standing == "on time"
    assert Act.objects.get(kind="dossier:correct").reason == "Nhập nhầm"


def test_a_second_correction_waits_for_the_first_and_begins_where_it_ended(own_database):
    make_province()

    def correct_second():
        try:
            correct_finish(SYSTEM, "X1-LATE", at("03-11"), "Sau")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            correct_finish(SYSTEM, "X1-LATE", at("03-10"), "Trước")
            second = pool.submit(correct_second)
            _wait_until_somebody_waits()
        second.result(timeout=20)

    before, after = Change.objects.order_by("id")
    assert after.before == before.after
    assert Dossier.objects.get(pk="X1-LATE").finished_at == at("03-11")


def _wait_until_somebody_waits():
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees one state of it otherwise
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waited for the lock")
