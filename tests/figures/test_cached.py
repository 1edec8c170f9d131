"""Figures kept in the process: counted once for a scope, and again after every act that changes records."""

import threading

import pytest
from django.db import connection

from congvu.access.rules import SYSTEM, Reader, Role
from congvu.figures import cached
from congvu.figures.cached import LastUsed, answers, kept, state_of_records, trend
from congvu.figures.catalogue import FIGURES
from congvu.journal.services import act

from .conftest import EXAMPLE_PERIOD

IDS = ("dossiers.late",)


@pytest.fixture
def counted(monkeypatch):
    """How often figures were computed."""
    calls = []

    def spy(name):
        real = getattr(cached, name)

        def called(*args, **options):
            calls.append(name)
            return real(*args, **options)

        monkeypatch.setattr(cached, name, called)

    spy("compute")
    spy("monthly")
    monkeypatch.setattr(cached, "_KEPT", LastUsed(8))
    return calls


def reader(name, role=Role.ONE_STOP_CLERK, agencies=frozenset({1, 2})):
    return Reader(1, name, role, "X", "X", agencies)


def test_what_was_counted_is_not_counted_again(example, counted):
    first = answers(SYSTEM, EXAMPLE_PERIOD, IDS)
    second = answers(SYSTEM, EXAMPLE_PERIOD, IDS)

    assert first == second
    assert first["dossiers.late"]
    assert counted == ["compute"]


def test_an_act_that_may_change_records_makes_it_count_again(example, counted):
    answers(SYSTEM, EXAMPLE_PERIOD, IDS)
    trend(SYSTEM, FIGURES["dossiers.late"], EXAMPLE_PERIOD)
    with act("dossier:correct", actor=SYSTEM):
        pass
    answers(SYSTEM, EXAMPLE_PERIOD, IDS)
    trend(SYSTEM, FIGURES["dossiers.late"], EXAMPLE_PERIOD)

    assert counted == ["compute", "monthly"] * 2


@pytest.mark.parametrize("kind", ["figure:open", "user:create", "seat:give", "report:freeze", "report:draft"])
def test_an_act_that_changes_no_record_leaves_it(example, counted, kind):
    answers(SYSTEM, EXAMPLE_PERIOD, IDS)
    with act(kind, actor=SYSTEM):
        pass
    answers(SYSTEM, EXAMPLE_PERIOD, IDS)

    assert counted == ["compute"]


def test_what_was_drawn_from_rows_is_drawn_again_after_an_act_and_for_another_scope(example, monkeypatch):
    monkeypatch.setattr(cached, "_KEPT", LastUsed(8))
    drawn = iter(range(9))

    def draw(who, what="top"):
        return kept(who, what, lambda: next(drawn))

    assert [draw(SYSTEM), draw(SYSTEM), draw(SYSTEM, "list"), draw(reader("An")), draw(reader("Bình"))] == [
        0,
        0,
        1,
        2,
        2,
    ]
    with act("dossier:correct", actor=SYSTEM):
        pass
    assert [draw(SYSTEM), draw(SYSTEM)] == [3, 3]


def test_readers_of_one_scope_share_and_others_do_not(example, counted):
    answers(reader("An"), EXAMPLE_PERIOD, IDS)
    answers(reader("Bình"), EXAMPLE_PERIOD, IDS)
    assert counted == ["compute"]

    answers(reader("Chi", agencies=frozenset({1})), EXAMPLE_PERIOD, IDS)
    answers(reader("Dung", role=Role.AGENCY_HEAD), EXAMPLE_PERIOD, IDS)
    answers(SYSTEM, EXAMPLE_PERIOD, IDS)
    answers(SYSTEM, EXAMPLE_PERIOD, IDS, agency_code="H00")
    assert counted == ["compute"] * 5


def test_an_act_that_commits_late_is_noticed(example):
    """An act may commit after one that began later: the highest number alone would miss it."""
    with act("dossier:correct", actor=SYSTEM) as later:
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('journal_act', 'id'))")
    before = state_of_records()

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_act (id, at, kind, actor_name, reason, data, transaction) "
            "SELECT min(id) - 1, now(), 'package:load', 'x', '', '{}', 1 FROM journal_act"
        )

    assert state_of_records() != before
    assert later.id


def test_only_so_many_values_are_kept_and_the_oldest_goes_first():
    kept = LastUsed(2)
    made = []

    def value(key):
        return kept.get(key, lambda: made.append(key) or key)

    for key in ("a", "b", "a", "c", "a", "b"):
        value(key)

    assert len(kept) == 2
    assert made == ["a", "b", "c", "b"]


def test_threads_may_ask_at_once():
    kept, found = LastUsed(4), []
    threads = [threading.Thread(target=lambda n=n: found.append(kept.get(n % 6, lambda: n % 6))) for n in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == sorted(n % 6 for n in range(60))
    assert len(kept) == 4
