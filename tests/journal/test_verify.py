"""What ``congvu audit verify`` names, also where the owner of the database did it."""

import psycopg
import pytest

from congvu.access.rules import SYSTEM
from congvu.journal import hashes, sealing
from congvu.journal.models import Act, Seal
from congvu.journal.sealing import seal_acts, seals_outside
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.postgres import OWNER
from congvu.province.models import Officer
from tests.database import url_for


def write_officer(code: str, name: str = "Nông Văn An") -> int:
    with act("package:load", actor=SYSTEM) as deed, deed.changing(Officer, [code]):
        Officer.objects.update_or_create(code=code, defaults={"full_name": name, "category": "civil_servant"})
    return deed.id


@pytest.fixture
def owner(own_database):
    """The owner's connection, past every trigger: what somebody with the keys of the database can do."""
    with psycopg.connect(url_for(OWNER, own_database), autocommit=True) as connection:
        for table in ("journal_act", "journal_change", "journal_seal", "journal_sealed_act", "officers"):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield connection


def restore_triggers(owner):
    for table in ("journal_act", "journal_change", "journal_seal", "journal_sealed_act", "officers"):
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def faults(**options):
    return [(fault.kind, fault.text) for fault in verify(**options)]


def kinds(**options):
    return {fault.kind for fault in verify(**options)}


def test_an_untouched_journal_has_no_fault(own_database):
    for number in range(5):
        write_officer(f"CB{number}")
    assert seal_acts() == 5

    assert faults(records=True) == []
    assert seal_acts() == 0
    assert list(seals_outside()) == [1]


def test_an_act_is_named_until_it_is_sealed(own_database):
    number = write_officer("CB1")

    assert faults() == [("unsealed", f"Thao tác số {number} chưa được niêm phong.")]
    seal_acts()
    assert faults() == []


def test_an_altered_act_is_named(owner):
    number = write_officer("CB1")
    seal_acts()
    owner.execute("UPDATE journal_act SET actor_name = 'Người khác' WHERE id = %s", [number])
    restore_triggers(owner)

    assert faults() == [("altered", f"Thao tác số {number} đã bị sửa sau khi niêm phong.")]


def test_an_altered_part_of_an_act_is_named(owner):
    number = write_officer("CB1")
    seal_acts()
    owner.execute("UPDATE journal_change SET after = '{}' WHERE act_id = %s", [number])
    restore_triggers(owner)

    assert faults() == [("altered", f"Thao tác số {number} đã bị sửa sau khi niêm phong.")]


def test_a_removed_act_is_named(owner):
    number = write_officer("CB1")
    write_officer("CB2")
    seal_acts()
    owner.execute("DELETE FROM journal_change WHERE act_id = %s", [number])
    owner.execute("DELETE FROM journal_act WHERE id = %s", [number])
    restore_triggers(owner)

    assert ("removed", f"Thao tác số {number} đã bị xóa khỏi nhật ký.") in faults()


def test_an_act_put_between_sealed_ones_is_named_and_never_sealed(owner):
    write_officer("CB1")
    with pytest.raises(RuntimeError), act("package:load", actor=SYSTEM) as gone:
        raise RuntimeError  # takes a number that stays free
    write_officer("CB2")
    seal_acts()
    owner.execute(
        "INSERT INTO journal_act (id, at, kind, actor_name, reason, data, transaction) "
        "VALUES (%s, now(), 'package:load', 'Ai đó', '', '{}', pg_current_xact_id()::text::bigint)",
        [gone.id],
    )
    restore_triggers(owner)

    assert seal_acts() == 0
    assert faults() == [("inserted", f"Thao tác số {gone.id} bị chèn vào giữa những thao tác đã niêm phong.")]


def test_a_cut_tail_is_named(owner):
    write_officer("CB1")
    seal_acts()
    number = write_officer("CB2")
    seal_acts()
    for statement in (
        "DELETE FROM journal_sealed_act WHERE act_id = %(act)s",
        "DELETE FROM journal_seal WHERE number = 2",
        "DELETE FROM journal_change WHERE act_id = %(act)s",
        "DELETE FROM journal_act WHERE id = %(act)s",
    ):
        owner.execute(statement, {"act": number})
    restore_triggers(owner)

    assert faults() == [("tail", "Phần cuối nhật ký đã bị cắt: thiếu niêm phong số 2 đến 2.")]


def test_a_cut_tail_is_named_also_after_new_work_was_sealed_in_its_place(owner):
    write_officer("CB1")
    seal_acts()
    number = write_officer("CB2")
    seal_acts()
    for statement in (
        "DELETE FROM journal_sealed_act WHERE act_id = %(act)s",
        "DELETE FROM journal_seal WHERE number = 2",
        "DELETE FROM journal_change WHERE act_id = %(act)s",
        "DELETE FROM journal_act WHERE id = %(act)s",
        "DELETE FROM officers WHERE code = 'CB2'",
    ):
        owner.execute(statement, {"act": number})
    restore_triggers(owner)
    write_officer("CB3")
    seal_acts()

    assert kinds(records=True) == {"tail"}


def test_a_seal_whose_line_outside_was_lost_is_written_by_the_next_sealing(own_database):
    write_officer("CB1")
    seal_acts()
    for path in sealing.seals_folder().iterdir():
        path.unlink()
    assert kinds() == {"outside"}

    write_officer("CB2")
    seal_acts()
    assert faults() == []


def test_a_seal_made_anew_over_an_altered_act_differs_from_the_copy_outside(owner):
    number = write_officer("CB1")
    seal_acts()
    owner.execute("UPDATE journal_act SET reason = 'khác' WHERE id = %s", [number])
    leaf = hashes.act_hash(number)
    seal = Seal.objects.get()
    root = hashes.merkle_root([leaf]).hex()
    forged = hashes.seal_hash(1, "", root, seal.at.isoformat(), seal.snapshot, [number])
    owner.execute("UPDATE journal_sealed_act SET hash = %s", [leaf.hex()])
    owner.execute("UPDATE journal_seal SET root = %s, hash = %s", [root, forged])
    restore_triggers(owner)

    assert kinds() == {"seal"}


def test_a_record_changed_past_the_journal_is_named(owner):
    number = write_officer("CB1")
    seal_acts()
    owner.execute("UPDATE officers SET full_name = 'Người khác' WHERE code = 'CB1'")
    restore_triggers(owner)

    assert faults() == []
    assert faults(records=True) == [("record", f"officers «CB1» không còn đúng như thao tác số {number} để lại.")]


def test_a_record_that_no_act_wrote_is_named(owner):
    owner.execute("INSERT INTO officers VALUES ('CB9', 'Không ai ghi', 'cadre')")
    restore_triggers(owner)

    assert faults(records=True) == [("record", "officers «CB9» không do thao tác nào ghi.")]


def test_a_loaded_block_is_checked_through_later_changes(owner):
    with act("package:load", actor=SYSTEM) as load:
        Officer.objects.bulk_create(
            Officer(code=f"CB{n:04d}", full_name="Nông Văn An", category="cadre") for n in range(1200)
        )
        load.checkpoint(Officer)
    write_officer("CB0003", "Đã đổi tên")
    write_officer("CB9999")
    seal_acts()
    restore_triggers(owner)
    assert faults(records=True) == []

    owner.execute("ALTER TABLE officers DISABLE TRIGGER USER")
    owner.execute("DELETE FROM officers WHERE code = 'CB0700'")
    restore_triggers(owner)
    assert faults(records=True) == [
        (
            "record",
            f"officers: các dòng từ «CB0500» đến «CB0999» không còn như lúc nạp (thao tác số {load.id}: 500 dòng, "
            "nay 499 dòng).",
        )
    ]


def test_a_guard_that_was_taken_away_is_named(owner):
    owner.execute("DROP TRIGGER journal_guard ON dossiers")
    restore_triggers(owner)

    assert [kind for kind, text in faults() if "dossiers" in text] == ["guard"]


def test_an_act_that_fails_leaves_nothing(own_database):
    with pytest.raises(RuntimeError), act("package:load", actor=SYSTEM):
        Officer.objects.create(code="CB1", full_name="x", category="cadre")
        raise RuntimeError

    assert not Officer.objects.exists()
    assert not Act.objects.exists()
