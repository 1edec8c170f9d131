"""A load is one act: it tells what it did, what it did verifies, and a load that fails leaves nothing."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.db import DatabaseError, connection, connections

from congvu.access.rules import Reader, Role
from congvu.exchange import loading
from congvu.exchange.bulk import suspended
from congvu.exchange.services import LoadUnderWay, load_package
from congvu.journal.models import Act, Block, Change
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.postgres import APP
from tests.database import url_for

from .province import changed, only, province, rows_of


def faults():
    seal_acts()
    return [fault.text for fault in verify(records=True)]


def test_the_act_tells_hash_counts_and_columns(load):
    result = load(only("officers"))
    told = Act.objects.get(id=result.act_id)

    assert (told.kind, told.actor_name) == ("package:load", "Hệ thống")
    assert told.data["sha256"] == result.sha256
    assert told.data["tables"] == {
        "officers": {"new": 2, "changed": 0, "unchanged": 0, "columns": ["code", "full_name", "category"]}
    }


def test_the_act_is_that_of_whoever_loads(db, package):
    reader = Reader(None, "Nông Thị Ánh", Role.ADMINISTRATOR, "S1", "Sở Một", frozenset())
    result = load_package(package(**province()), actor=reader)
    told = Act.objects.get(id=result.act_id)

    assert (told.actor_name, told.agency) == ("Nông Thị Ánh", "S1")


def test_every_new_row_is_told(load):
    load()
    told = Change.objects.get(table="attendances", key="L1\x1fNgười ngoài 1\x1f")

    assert (told.before, told.after) == (None, {"course": "L1", "attendee": "Người ngoài 1", "agency": None})
    assert Change.objects.count() == sum(len(rows) for rows in province().values())


def test_a_changed_row_is_told_with_old_and_new_values_of_what_changed(load):
    load()
    result = load(changed("officers", 1, full_name="Lý Văn Đường (mới)"))
    told = Change.objects.filter(act_id=result.act_id)

    assert [(t.table, t.key, t.before, t.after) for t in told] == [
        ("officers", "CB2", {"full_name": "Lý Văn Đường"}, {"full_name": "Lý Văn Đường (mới)"})
    ]


def test_a_set_of_changes_is_told_as_the_same_changes_one_by_one_are(own_database, package):
    from congvu.access.rules import SYSTEM
    from congvu.province.models import Officer

    load_package(package(**province()))
    load_package(package(**changed("officers", 0, full_name="Mới")))
    by_set = Change.objects.filter(table="officers").latest("id")
    with act("dossier:correct", actor=SYSTEM) as deed, deed.changing(Officer, ["CB1"]):
        Officer.objects.filter(code="CB1").update(full_name="Nông Thị Ánh")
    with act("dossier:correct", actor=SYSTEM) as deed, deed.changing(Officer, ["CB1"]):
        Officer.objects.filter(code="CB1").update(full_name="Mới")
    one_by_one = Change.objects.filter(table="officers").latest("id")

    for name in ("table", "key", "before", "after", "before_hash", "after_hash"):
        assert getattr(by_set, name) == getattr(one_by_one, name)


@pytest.fixture(params=[5_000, 1], ids=["rows told", "blocks"])
def limit(request, monkeypatch):
    monkeypatch.setattr(loading, "EACH_NEW_ROW", request.param)
    return request.param


def test_what_loads_did_verifies(own_database, package, limit):
    load_package(package(**province()))
    assert faults() == []
    assert Block.objects.exists() == (limit == 1)

    # changed rows and new ones in one act, then a change after it
    tables = changed("dossiers", 0, channel="postal")
    tables["dossiers"] += [{**tables["dossiers"][1], "code": f"H9{n}"} for n in range(3)]
    tables["officers"] += [{"code": f"CB9{n}", "full_name": "Thêm", "category": "cadre"} for n in range(3)]
    tables["officers"][0]["full_name"] = "Đổi tên"
    load_package(package(**tables))
    assert faults() == []

    load_package(package(**changed("officers", 0, full_name="Đổi lần nữa")))
    assert faults() == []


def test_a_row_altered_past_the_journal_is_named_after_a_load(own_database, package, limit):
    load_package(package(**province()))
    with psycopg.connect(url_for("congvu_owner", own_database), autocommit=True) as owner:
        owner.execute("ALTER TABLE officers DISABLE TRIGGER USER")
        owner.execute("UPDATE officers SET full_name = 'Ai đó' WHERE code = 'CB1'")
        owner.execute("ALTER TABLE officers ENABLE TRIGGER USER")

    assert len(faults()) == 1


def test_filling_with_indexes_away_gives_the_same_tables_and_brings_everything_back(own_database, package, monkeypatch):
    before = _definitions()
    monkeypatch.setattr(loading, "WORTH_IT", 1)
    load_package(package(**province()))
    assert _definitions() == before
    load_package(package(officers=[{"code": f"CB9{n}", "full_name": "A", "category": "cadre"} for n in range(9)]))

    assert _definitions() == before
    assert faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers")
        assert cursor.fetchone() == (3,)


def _definitions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        indexes = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return indexes, cursor.fetchall()


def suspend(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT exchange_suspend(%s, 0)", [table])
        return cursor.fetchone()[0]


def test_indexes_cannot_be_taken_away_for_good(own_database):
    from congvu.access.rules import SYSTEM

    before = _definitions()
    with pytest.raises(DatabaseError, match="were not restored"), act("package:load", actor=SYSTEM):
        assert suspend("dossiers") is True

    assert _definitions() == before


@pytest.mark.parametrize("table", ["journal_act", "access_user", "officers; DROP TABLE officers", "pg_class"])
def test_only_tables_of_records_lose_their_indexes_and_only_within_an_act(own_database, table):
    from congvu.access.rules import SYSTEM

    with pytest.raises(DatabaseError, match="no act, or no table of records"):
        suspend("officers")
    with pytest.raises(DatabaseError, match="no act, or no table of records"), act("package:load", actor=SYSTEM):
        suspend(table)


def test_the_application_cannot_have_the_owner_run_sql_of_its_own(own_database):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE exchange_suspended (number bigint, target text, restore text)")
        cursor.execute("INSERT INTO exchange_suspended VALUES (1, 'x', 'CREATE TABLE stolen ()')")
        cursor.execute("SELECT exchange_restore()")
        cursor.execute("SELECT to_regclass('stolen')")
        assert cursor.fetchone() == (None,)
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("INSERT INTO public.exchange_suspended (target, restore) VALUES ('x', 'y')")


def test_a_table_that_somebody_reads_keeps_its_indexes_and_is_filled_all_the_same(own_database, package, monkeypatch):
    monkeypatch.setattr(loading, "WORTH_IT", 1)
    with psycopg.connect(url_for(APP, own_database)) as reader:
        reader.execute("SELECT count(*) FROM officers")
        load_package(package(**only("officers")))
        reader.rollback()

    assert rows_of(connection)["officers"]


def test_a_block_that_fails_leaves_no_index_behind(own_database):
    from congvu.access.rules import SYSTEM

    before = _definitions()
    with (
        pytest.raises(RuntimeError),
        act("package:load", actor=SYSTEM),
        connection.cursor() as cursor,
        suspended(cursor, {"dossiers": 5}),
    ):
        raise RuntimeError

    assert _definitions() == before


def test_a_load_while_another_runs_is_refused_at_once(own_database, package):
    from congvu.figures.stating import LOADS

    folder = package(**province())
    with psycopg.connect(url_for(APP, own_database)) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [LOADS])
        began = time.monotonic()
        with pytest.raises(LoadUnderWay) as refusal:
            load_package(folder)
        assert time.monotonic() - began < 1
        assert refusal.value.exit_status == 3
        other.rollback()

    assert load_package(folder).act_id


def test_a_load_killed_in_the_middle_leaves_nothing(own_database, package, tmp_path):
    folder = package(**province())
    script = (
        "import os, signal, django; django.setup()\n"
        "from congvu.exchange import services\n"
        "services.drop = lambda *_: (print('written', flush=True), os.kill(os.getpid(), signal.SIGSTOP))\n"
        f"services.load_package({str(folder)!r})\n"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": url_for(APP, own_database),
        "CONGVU_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "congvu.settings",
    }
    with subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE) as loading_:
        assert loading_.stdout is not None
        assert loading_.stdout.readline() == b"written\n"
        loading_.send_signal(signal.SIGKILL)
    connections.close_all()
    limit = time.monotonic() + 10
    while True:
        try:
            before = rows_of(connection)
            result = load_package(folder)
            break
        except LoadUnderWay:  # the server has not noticed yet
            assert time.monotonic() < limit
            time.sleep(0.05)

    assert not any(before.values())
    assert {counts.new for counts in result.tables.values()} == {len(rows) for rows in province().values()}
    assert faults() == []
