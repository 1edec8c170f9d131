"""Correcting a dossier: the service's own locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

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


def test_two_at_once_wait_for_each_other_and_the_second_sees_the_first(own_database):
    make_province()
    instants = [at("03-10"), at("03-11")]

    def correct(instant):
        try:
            return correct_finish(SYSTEM, "X1-LATE", instant, "Cùng lúc").finished_at
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(correct, instants)) == instants

    first, second = Change.objects.order_by("id")
    assert second.before == first.after, "the second began where the first ended"
