"""Files that go to the database byte for byte: the same rows, the same errors at the same lines."""

import pytest
from django.db import connection

from congvu.exchange import arrival, canonical
from congvu.exchange.arrival import read_ahead
from congvu.exchange.package import open_package
from congvu.exchange.problems import Report
from congvu.exchange.services import load_package

from .province import changed, province, rows_of


@pytest.fixture
def all_files(monkeypatch):
    """Look over files of any size."""
    monkeypatch.setattr(canonical, "WORTH_IT", 0)
    monkeypatch.setattr(arrival, "WORTH_IT", 0)


def plain():
    """The small province in the form in which files are passed on, as far as its tables can be."""
    tables = province()
    tables["documents"][0]["title"] = "Quyết định một"
    tables["documents"][1]["title"] = "Báo cáo không ngày"
    tables["dossiers"][2].update(received_at="2022-03-02T08:00:00+07:00", finished_at="2022-03-09T17:00:00+07:00")
    tables["findings"][0]["text"] = "Còn đi muộn"
    return tables


def test_most_tables_are_passed_on(all_files, package):
    with open_package(package(**plain()), Report()) as opened:
        passed = {arrived.resource.table for arrived in read_ahead(opened.files, opened.resources) if arrived.canonical}

    assert passed >= {"officers", "documents", "dossiers", "dossier_events", "attendances", "procedure_changes"}
    assert not passed & {"agencies", "procedures", "index_scores", "feedback"}  # defaults, decimals, bounds


def test_they_store_the_same_rows(own_database, template_database, package, monkeypatch):
    from .test_export import emptied

    load_package(package(**plain()))
    careful = rows_of(connection)
    emptied(own_database, template_database)
    monkeypatch.setattr(canonical, "WORTH_IT", 0)
    monkeypatch.setattr(arrival, "WORTH_IT", 0)
    load_package(package(**plain()))

    assert rows_of(connection) == careful
    assert load_package(package(**plain())).act_id is None


def test_an_error_stands_at_its_line(all_files, errors):
    tables = plain()
    tables["dossiers"][1]["procedure"] = "9"
    tables["dossier_events"][1]["dossier"] = "H9"

    assert [error.split(" ")[0] for error in errors(tables)] == ["dossiers.csv:3:", "dossier_events.csv:3:"]


def test_a_warning_stands_at_its_line(all_files, load):
    result = load(plain() | {"findings": changed("findings", 0, text="Muộn", rectified_on="2022-05-09")["findings"]})

    assert [(w.file, w.line) for w in result.warnings] == [("findings.csv", 2)]


def test_files_wait_for_nobody_and_none_is_lost(all_files, package):
    with open_package(package(**province()), Report()) as opened:
        arrived = [one.resource.table for one in read_ahead(opened.files, opened.resources)]

    assert sorted(arrived) == sorted(province())
