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
