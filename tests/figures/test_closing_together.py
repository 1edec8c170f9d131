"""Closing while others close, open, load; and what the journal knows of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.figures.closed import get_closed, open_closed
from congvu.figures.closing import (
    ClosingUnderWay,
    PeriodClosed,
    close_many,
    close_period,
    reopen,
)
from congvu.figures.models import Closing
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.errors import Refusal, SurroundingsRefusal
from congvu.kernel.postgres import OWNER
from congvu.work.dossiers.models import Dossier
from tests.database import url_for

from .closings import (
    JANUARY,
    OFFICER,
    dossier,
    head_of,
)

pytestmark = pytest.mark.usefixtures("closing_day")


def test_a_closing_needs_an_act_like_any_record(province):
    close_period("X1", JANUARY, reader=OFFICER)
    with pytest.raises(DatabaseError, match="no act, no write"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE x_closings SET figures = '[]'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM x_closings WHERE figures = '[]'")
        assert cursor.fetchone()[0] == 0


def test_a_closing_changed_past_the_journal_is_named(committed, own_database):
    close_period("X1", JANUARY, reader=OFFICER)
    reopen("X1", JANUARY, "Thử", reader=OFFICER)
    close_period("X1", JANUARY, reader=OFFICER)
    seal_acts()
    assert list(verify(records=True)) == []
    with psycopg.connect(url_for(OWNER, own_database), autocommit=True) as owner:
        owner.execute("ALTER TABLE x_closings DISABLE TRIGGER USER")
        owner.execute("UPDATE x_closings SET figures = '[]' WHERE number = 1")
        owner.execute("ALTER TABLE x_closings ENABLE TRIGGER USER")

    assert [fault.kind for fault in verify(records=True)] == ["record"]


def _at_once(*deeds):
    """Run the deeds at the same time; return what each returned, or its refusal."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(run, deed) for deed in deeds]]


def test_of_two_who_close_at_once_one_is_told(committed):
    head = head_of("X1")
    found = _at_once(
        lambda: close_period("X1", JANUARY, reader=OFFICER), lambda: close_period("X1", JANUARY, reader=head)
    )

    refused = [one for one in found if isinstance(one, PeriodClosed)]
    assert len(refused) == 1
    assert refused[0].status == 409
    assert Closing.objects.count() == 1


def test_two_agencies_that_close_at_once_both_do(committed):
    found = _at_once(
        lambda: close_period("X1", JANUARY, reader=OFFICER), lambda: close_period("X2", JANUARY, reader=OFFICER)
    )
    assert sorted(closing.agency for closing in found) == ["X1", "X2"]


def test_a_commune_opened_while_its_district_closes_is_either_in_it_or_missed(committed):
    for code in ("X1", "X2"):
        close_period(code, JANUARY, reader=OFFICER)
    _at_once(
        lambda: close_period("H", JANUARY, reader=OFFICER), lambda: reopen("X1", JANUARY, "Nhập thiếu", reader=OFFICER)
    )

    open_now = {c.agency for c in Closing.objects.filter(reopened_at__isnull=True)}
    assert open_now in ({"X1", "X2", "H"}, {"X2"})


def test_one_who_has_waited_too_long_is_told(committed, own_database, monkeypatch):
    monkeypatch.setattr("congvu.figures.closing._PATIENCE", "50ms")
    with psycopg.connect(url_for(OWNER, own_database)) as other:
        other.execute("LOCK TABLE x_closings IN SHARE ROW EXCLUSIVE MODE")
        with pytest.raises(ClosingUnderWay, match="đang chạy") as refused:
            close_period("X1", JANUARY, reader=OFFICER)
    assert (refused.value.status, refused.value.exit_status) == (409, 3)


def test_a_load_that_ends_while_a_period_is_closed_is_wholly_out_of_it(committed, package, monkeypatch):
    """The rows, the values and the late entries of a closing are of one instant, whatever is committed meanwhile."""
    from congvu.figures import closing as module

    original = module.definitions_hash
    folder = package(dossiers=[dossier("A9", "2022-01-05", "2022-01-06")])

    def while_it_closes():
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_load_and_leave, folder).result()
        return original()

    monkeypatch.setattr(module, "definitions_hash", while_it_closes)
    close_period("X1", JANUARY, reader=OFFICER)

    assert Dossier.objects.filter(code="A9").exists()
    opened = open_closed(
        get_closed(OFFICER, "X1", JANUARY), "dossiers.finished[level=commune]", reader=OFFICER, limit=None
    )
    assert [row["code"] for row in opened.rows] == ["A1", "A2"]
    assert opened.answer.value == 2


def _load_and_leave(folder):
    try:
        load_package(folder, actor=SYSTEM)
    finally:
        connection.close()


def test_nothing_is_closed_where_its_rows_cannot_be_kept(province, settings):
    settings.HOME.mkdir()
    (settings.HOME / "closed").write_text("a file where a folder should be")

    with pytest.raises(SurroundingsRefusal, match="Không ghi được"):
        close_many("H", JANUARY, reader=OFFICER)
    assert Closing.objects.count() == 0
    assert not Act.objects.filter(kind="period:close").exists()


def test_an_act_of_closing_does_not_let_the_board_count_anew(province):
    from congvu.figures.cached import state_of_records

    before = state_of_records()
    close_period("X1", JANUARY, reader=OFFICER)
    assert state_of_records() == before
    with act("dossier:correct", actor=SYSTEM):
        Dossier.objects.filter(code="A1").update(finished_at="2022-01-11T09:00:00+07:00")
    assert state_of_records() != before
