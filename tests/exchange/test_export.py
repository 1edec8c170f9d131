"""An export loads into an empty database to the same rows, always in the same bytes, and never stands half written."""

import csv
import errno
import json
import os
import subprocess

import psycopg
import pytest
from django.db import connection, connections

from congvu.exchange import export
from congvu.exchange.export import CannotWrite, export_package
from congvu.exchange.services import load_package
from congvu.kernel.errors import UsageRefusal
from tests.conftest import EXAMPLE
from tests.database import SUPERUSER_URL

from .province import changed, province, rows_of


def emptied(name, template):
    """Make the test's own database empty again."""
    connections.close_all()
    with psycopg.connect(SUPERUSER_URL, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def everything():
    """The small province with what is hard to write down."""
    tables = province()
    tables["documents"][0]["title"] = 'Dòng một\nDòng hai, "nháy", \\N \\. \t tab'
    tables["dossiers"][1]["received_at"] = "2019-03-01T08:00:00.123456-05:00"
    tables["procedures"][0]["valid_from"] = "2019-01-01"
    tables["findings"][0]["text"] = "\\."
    tables["index_scores"][0]["self_score"] = "0.0000000001"
    return tables


@pytest.mark.parametrize("source", ["small province", "example package"])
def test_an_export_loads_into_an_empty_database_to_the_same_rows(
    own_database, template_database, package, tmp_path, source
):
    load_package(package(**everything()) if source == "small province" else EXAMPLE / "package")
    before = rows_of(connection)
    exported = export_package(tmp_path / "ra")
    emptied(own_database, template_database)
    assert not any(rows_of(connection).values())
    load_package(tmp_path / "ra")

    assert rows_of(connection) == before
    assert exported.rows == {table: len(rows) for table, rows in before.items()}


def test_a_dossier_without_a_due_instant_stays_without_one(own_database, template_database, package, tmp_path):
    load_package(package(**changed("procedures", 0, legal_time="", reduced_time="")))
    load_package(package(procedures=[province()["procedures"][0]]))
    before = rows_of(connection)
    export_package(tmp_path / "ra")
    emptied(own_database, template_database)
    load_package(tmp_path / "ra")

    assert rows_of(connection) == before
    assert [row[8] for row in before["dossiers"]][1] is None


def test_loading_an_export_where_it_came_from_changes_nothing(load, tmp_path):
    load()
    export_package(tmp_path / "ra")

    assert load_package(tmp_path / "ra").act_id is None


def test_the_same_rows_give_the_same_bytes_whatever_their_order_of_arrival(
    own_database, template_database, package, tmp_path
):
    load_package(package(**province()))
    export_package(tmp_path / "mot")
    emptied(own_database, template_database)
    load_package(package(**{table: rows[::-1] for table, rows in province().items()}))
    export_package(tmp_path / "hai")

    assert bytes_of(tmp_path / "mot") == bytes_of(tmp_path / "hai")


def cells(folder, table):
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_cells_are_written_as_the_contract_has_them(load, tmp_path):
    load()
    folder = export_package(tmp_path / "ra").folder
    dossier = cells(folder, "dossiers")[2]

    assert dossier["received_at"] == "2022-03-02T08:00:00.5+07:00"
    assert dossier["finished_at"] == "2022-03-09T17:00:00+07:00"
    assert dossier["due_at"] == ""
    assert cells(folder, "feedback")[0]["about_procedure"] == "true"
    assert cells(folder, "index_criteria")[0]["max_score"] == "3.5"
    assert {row["level"] for row in cells(folder, "statements")} == {"province"}
    assert cells(folder, "agencies")[0]["valid_from"] == "1900-01-01"
    assert [row["agency"] for row in cells(folder, "attendances")] == ["S1", ""]
    assert "x_no_due" not in dossier


def test_the_description_names_the_latest_provincial_committee(load, tmp_path):
    tables = province()
    tables["agencies"][0]["valid_to"] = "2030-12-31"
    tables["agencies"].append({**tables["agencies"][0], "code": "P2", "valid_from": "2031-01-01", "valid_to": ""})
    load(tables)
    export_package(tmp_path / "ra")
    description = json.loads((tmp_path / "ra" / "datapackage.json").read_text(encoding="utf-8"))

    assert (description["profile"], description["province"]) == ("tabular-data-package", "P2")
    assert {"name": "x_report_slots", "path": "x_report_slots.csv"} in description["resources"]


def test_an_earlier_export_is_replaced_whole(load, tmp_path):
    load()
    export_package(tmp_path / "ra")
    load(changed("officers", 0, full_name="Tên mới"))
    export_package(tmp_path / "ra")

    assert cells(tmp_path / "ra", "officers")[0]["full_name"] == "Tên mới"
    assert [path.name for path in tmp_path.iterdir() if "ra" in path.name] == ["ra"]


def test_an_empty_folder_is_taken(load, tmp_path):
    load()
    (tmp_path / "ra").mkdir()

    assert export_package(tmp_path / "ra").rows["officers"] == 2


@pytest.mark.parametrize("beside", ["a stranger's file", "a stranger's package", "a file beside an export"])
def test_a_folder_with_something_else_is_left_alone(load, tmp_path, beside):
    load()
    folder = tmp_path / "ra"
    match beside:
        case "a stranger's file":
            folder.mkdir()
            (folder / "luan-van.docx").write_text("…")
        case "a stranger's package":
            folder.mkdir()
            (folder / "datapackage.json").write_text('{"resources": []}')
        case "a file beside an export":
            export_package(folder)
            (folder / "luan-van.docx").write_text("…")
    before = bytes_of(folder)

    with pytest.raises(UsageRefusal, match="không ghi đè"):
        export_package(folder)
    assert bytes_of(folder) == before


@pytest.mark.parametrize("kind", ["file", "link", "no parent"])
def test_what_is_no_folder_is_wrong_use(load, tmp_path, kind):
    load()
    target = tmp_path / "ra"
    match kind:
        case "file":
            target.write_text("…")
        case "link":
            (tmp_path / "dich").mkdir()
            target.symlink_to(tmp_path / "dich")
        case "no parent":
            target = tmp_path / "khong" / "ra"
    with pytest.raises(UsageRefusal):
        export_package(target)


def test_an_empty_database_has_nothing_to_export(db, tmp_path):
    with pytest.raises(UsageRefusal, match="Chưa có cơ quan nào"):
        export_package(tmp_path / "ra")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 KB; skips where it cannot be made."""
    disk = tmp_path / "dia"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("không gắn được ổ đĩa thử (cần quyền root)")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_leaves_nothing(load, small_disk):
    load(changed("documents", 0, title="dài " * 50_000))
    with pytest.raises(CannotWrite, match="đĩa đã đầy") as refusal:
        export_package(small_disk / "ra")

    assert refusal.value.exit_status == 3
    assert list(small_disk.iterdir()) == []


def test_a_folder_that_may_not_be_written_is_said(load, small_disk):
    load()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CannotWrite, match="chỉ cho đọc"):
        export_package(small_disk / "ra")


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "đĩa đã đầy"), (errno.EDQUOT, "hạn mức"), (errno.EACCES, "không đủ quyền")]
)
def test_what_stands_in_the_way_leaves_the_earlier_package(load, tmp_path, monkeypatch, number, words):
    load()
    export_package(tmp_path / "ra")
    before = bytes_of(tmp_path / "ra")
    load(changed("officers", 0, full_name="Tên mới"))

    def refuse(_file):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(export, "_finish", refuse)
    with pytest.raises(CannotWrite, match=words):
        export_package(tmp_path / "ra")

    assert bytes_of(tmp_path / "ra") == before
    assert [path.name for path in tmp_path.iterdir() if "ra" in path.name] == ["ra"]


def test_the_last_step_failing_puts_the_earlier_package_back(load, tmp_path, monkeypatch):
    load()
    export_package(tmp_path / "ra")
    before = bytes_of(tmp_path / "ra")
    rename = type(tmp_path).rename

    def refuse_draft(path, target):
        if path.name.endswith(".part"):
            raise OSError(errno.ENOSPC, "full")
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", refuse_draft)
    with pytest.raises(CannotWrite):
        export_package(tmp_path / "ra")

    assert bytes_of(tmp_path / "ra") == before
