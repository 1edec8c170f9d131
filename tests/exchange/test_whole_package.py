"""A package that is right: what it stores, and that a second load of it does nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from congvu.exchange.services import load_package
from congvu.journal.models import Act
from congvu.province.models import Agency
from congvu.work.dossiers.models import Dossier
from congvu.work.indexes.models import IndexScore
from congvu.work.procedures.models import Procedure
from tests.conftest import EXAMPLE

from .province import only, province, rows_of


def test_every_row_of_every_table_is_new_in_an_empty_database(load):
    result = load()

    assert {name: counts.new for name, counts in result.tables.items()} == {
        name: len(rows) for name, rows in province().items()
    }
    assert result.warning_count == 0, list(map(str, result.warnings))


def test_a_second_load_changes_nothing_and_writes_nothing(load):
    load()
    before, acts = rows_of(connection), Act.objects.count()
    result = load()

    assert result.act_id is None
    assert {(counts.new, counts.changed) for counts in result.tables.values()} == {(0, 0)}
    assert rows_of(connection) == before
    assert Act.objects.count() == acts


def test_the_example_package_loads_and_loads_again(db):
    assert load_package(EXAMPLE / "package").act_id
    assert load_package(EXAMPLE / "package").act_id is None


def test_what_a_cell_leaves_out_is_filled_in(load):
    load()

    assert set(Agency.objects.filter(code="S1").values_list("valid_from", flat=True)) == {date(1900, 1, 1)}
    assert Procedure.objects.get(code="1.000002").legal_unit == "working_day"
    assert Dossier.objects.get(code="H2").handling_agency == "S1"
    assert Dossier.objects.get(code="H1").handling_agency == "S2"
    with connection.cursor() as cursor:
        cursor.execute("SELECT level FROM statements ORDER BY figure")
        assert cursor.fetchall() == [("province",), ("province",)]


def test_instants_are_kept_to_the_microsecond_whatever_their_offset(load):
    load()
    dossier = Dossier.objects.get(code="H3")

    assert dossier.received_at == datetime(2022, 3, 2, 1, 0, 0, 500_000, UTC)
    assert dossier.finished_at == datetime(2022, 3, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("2022-03-01T08:00", datetime(2022, 3, 1, 1, tzinfo=UTC)),
        ("2022-03-01T08:00:30", datetime(2022, 3, 1, 1, 0, 30, tzinfo=UTC)),
        ("2022-03-01T08:00:30Z", datetime(2022, 3, 1, 8, 0, 30, tzinfo=UTC)),
        ("2022-03-01T08:00-05:00", datetime(2022, 3, 1, 13, tzinfo=UTC)),
        (" 2022-03-01T08:00:00+07:00 ", datetime(2022, 3, 1, 1, tzinfo=UTC)),
    ],
)
def test_an_instant_may_be_written_in_every_way_of_the_contract(load, cell, instant):
    tables = province()
    tables["dossiers"][1]["received_at"] = cell
    load(tables)

    assert Dossier.objects.get(code="H2").received_at == instant


def test_text_is_trimmed_and_composed(load):
    tables = province()
    tables["officers"][0]["full_name"] = "  No\u0302ng Thi\u0323 A\u0301nh\u00a0"
    load(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM officers WHERE code = 'CB1'")
        assert cursor.fetchone() == ("Nông Thị Ánh",)


@pytest.mark.parametrize(
    "text", ["a\\b", "tab\there", "hai\ndòng", "hai\r\ndòng", '"nháy", phẩy', "\\N", "\\.", "NULL"]
)
def test_text_arrives_as_it_was_sent(load, text):
    tables = province()
    tables["officers"][0]["full_name"] = text
    load(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM officers WHERE code = 'CB1'")
        assert cursor.fetchone() == (text,)


def test_decimals_are_exact(load):
    load()

    assert IndexScore.objects.get(criterion="1.1").appraised_score == Decimal("1.25")


def test_more_decimals_than_are_kept_are_rounded_with_a_warning(load):
    tables = province()
    tables["index_scores"][0]["self_score"] = "1.29999999999999994"
    result = load(tables)

    assert IndexScore.objects.get(criterion="1.1").self_score == Decimal("1.3")
    assert [str(w) for w in result.warnings] == [
        "index_scores.csv:2: self_score: '1.29999999999999994' được làm tròn đến 10 chữ số thập phân"
    ]


def test_some_tables_may_be_sent_alone_once_the_database_has_what_they_refer_to(load):
    load()
    tables = only("tasks")
    tables["tasks"] = [{**tables["tasks"][0], "id": "N9"}]
    result = load(tables)

    assert result.tables["tasks"].new == 1


def test_the_hash_of_a_package_does_not_depend_on_folder_or_zip(db, package, tmp_path):
    import shutil

    folder = package(**province())
    zipped = shutil.make_archive(str(tmp_path / "goi"), "zip", folder)

    assert load_package(folder).sha256 == load_package(zipped).sha256


def test_the_hash_of_a_package_depends_on_every_cell(load):
    tables = province()
    tables["officers"][0]["full_name"] = "Người khác"

    assert load().sha256 != load(tables).sha256
