"""Setting up the demo: the original's figures come out, a second time changes nothing, other data is left alone."""

import io

import pytest
from django.db import connection
from rich.console import Console

from congvu.access.models import Seat, User
from congvu.access.rules import SYSTEM
from congvu.demo.accounts import ACCOUNTS
from congvu.demo.comparison import compare
from congvu.demo.services import NotSimulated, set_up
from congvu.exchange.services import load_package
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.verify import verify
from congvu.province.models import Installation

AGENCY = {"code": "P", "name": "Ủy ban nhân dân tỉnh", "kind": "province_committee", "level": "province"}


@pytest.fixture
def quiet():
    return Console(file=io.StringIO())


def test_the_demo_adds_up_to_the_original_and_a_second_time_changes_nothing(own_database, settings, quiet, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T08:00+07:00")
    folder = settings.HOME / "demo"
    set_up(folder, quiet)

    differing = [row for row in compare() if not row.equal]
    assert differing == []
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert {"bao-cao-2022.docx", "bao-cao-2022.pdf", "bao-cao-2022.xlsx", "figures.json"} <= set(files)
    assert {user.username for user in User.objects.all()} == {account.username for account in ACCOUNTS}
    assert Seat.objects.count() == len(ACCOUNTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers WHERE finished_on BETWEEN '2021-12-05' AND '2022-12-13'")
        assert cursor.fetchone()[0] > 206_591  # and those that were withdrawn
    acts = Act.objects.count()
    seal_acts()
    assert list(verify(records=True)) == []

    set_up(folder, quiet)
    assert Act.objects.count() == acts
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == files


def test_a_database_that_holds_anything_else_is_refused(own_database, settings, quiet, package):
    load_package(package(agencies=[AGENCY]), actor=SYSTEM)

    with pytest.raises(NotSimulated, match="không do lệnh demo lập ra"):
        set_up(settings.HOME / "demo", quiet)
    assert not Installation.objects.exists()
    assert not (settings.HOME / "demo").exists()


def test_a_database_with_a_user_is_refused_too(own_database, settings, quiet):
    User.objects.create(username="that", full_name="Người thật")

    with pytest.raises(NotSimulated):
        set_up(settings.HOME / "demo", quiet)
