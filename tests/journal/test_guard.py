"""No act, no write: whoever asks."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from congvu.access.rules import SYSTEM
from congvu.journal import guards
from congvu.journal.services import act
from congvu.province.models import Officer
from congvu.work.indexes.models import IndexCriterion, IndexFramework, IndexScore

pytestmark = pytest.mark.django_db


def test_a_record_is_written_inside_an_act():
    with act("package:load", actor=SYSTEM) as deed, deed.changing(Officer, ["CB1"]):
        Officer.objects.create(code="CB1", full_name="Nông Văn An", category="civil_servant")

    assert Officer.objects.get().full_name == "Nông Văn An"


@pytest.mark.parametrize("table", guards.guarded_tables())
def test_no_table_of_records_takes_a_write_without_an_act(table):
    with pytest.raises(DatabaseError, match="no act, no write"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_naming_an_act_that_does_not_exist_opens_nothing():
    with act("package:load", actor=SYSTEM) as deed:
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('congvu.act', %s, true)", [str(deed.id + 1)])

    with pytest.raises(DatabaseError, match="no act, no write"), transaction.atomic():
        Officer.objects.create(code="CB1", full_name="Nông Văn An", category="civil_servant")


@pytest.mark.parametrize("statement", ["UPDATE journal_act SET reason = 'x'", "DELETE FROM journal_change"])
def test_the_application_cannot_change_the_journal(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_temporary_table_of_the_journal_s_name_opens_nothing():
    with (
        pytest.raises(DatabaseError, match="no act, no write"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "CREATE TEMP TABLE journal_act AS SELECT 1::bigint AS id, pg_current_xact_id()::text::bigint AS transaction"
        )
        cursor.execute("SELECT set_config('congvu.act', '1', true)")
        cursor.execute("DELETE FROM officers")


FRAMEWORK = {"id": "F", "title": "Chỉ số", "year": 2022, "scope": "department"}


@pytest.mark.parametrize("wrong", [{"self_score": 3}, {"appraised_score": "2.01"}])
def test_the_database_refuses_a_score_above_its_maximum(wrong):
    with (
        pytest.raises(DatabaseError, match="above its maximum"),
        transaction.atomic(),
        act("package:load", actor=SYSTEM),
    ):
        IndexFramework.objects.create(**FRAMEWORK)
        IndexCriterion.objects.create(framework_id="F", code="1", title="Một", max_score=2)
        IndexScore.objects.create(framework_id="F", criterion="1", agency="S1", **wrong)
        connection.check_constraints()


def test_the_database_refuses_a_maximum_below_a_score():
    with act("package:load", actor=SYSTEM):
        IndexFramework.objects.create(**FRAMEWORK)
        IndexCriterion.objects.create(framework_id="F", code="1", title="Một", max_score=2)
        IndexScore.objects.create(framework_id="F", criterion="1", agency="S1", self_score=2)
        connection.check_constraints()

    with (
        pytest.raises(DatabaseError, match="above its maximum"),
        transaction.atomic(),
        act("package:load", actor=SYSTEM),
    ):
        IndexCriterion.objects.filter(framework="F").update(max_score=1)
        connection.check_constraints()
