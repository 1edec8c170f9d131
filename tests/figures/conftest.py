from datetime import date

import pytest

from congvu.access.rules import SYSTEM
from congvu.figures.period import Period
from tests.conftest import EXAMPLE

EXAMPLE_PERIOD = Period(date(2021, 12, 10), date(2022, 12, 12))


@pytest.fixture
def example(db):
    """The example package, loaded."""
    from congvu.exchange.services import load_package

    return load_package(EXAMPLE / "package", actor=SYSTEM)


@pytest.fixture
def closing_day(settings, tmp_path, monkeypatch):
    """A day on which every period of the tests is over, and a home of the test's own."""
    from .closings import NOW

    monkeypatch.setenv("CONGVU_NOW", NOW)
    settings.HOME = tmp_path / "home"


@pytest.fixture
def province(db, package, closing_day):
    """The small province whose periods are closed."""
    from .closings import load_all

    load_all(package)


@pytest.fixture
def committed(own_database, package, closing_day):
    """The same, where commits are real."""
    from .closings import load_all

    load_all(package)
