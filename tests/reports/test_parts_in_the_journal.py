"""The column ``part`` joined tables whose rows were sealed: those rows keep their keys and hashes."""

import pytest
from django.db import connection

from congvu.access.rules import SYSTEM
from congvu.journal.hashes import hash_sql, key_sql
from congvu.journal.services import act
from congvu.reports.models import ReportPeriod, report_key

BEFORE = "sha256(convert_to(ROW(r.report, r.year, r.period, r.period_from, r.period_to)::text, 'UTF8'))"


@pytest.fixture
def stored(db):
    """Return key, hash of now, and the hash as it was before there were parts, of a period of the given part."""

    def _stored(part):
        with act("report:change", actor=SYSTEM):
            ReportPeriod.objects.create(
                report="r", year=2022, part=part, period="p", period_from="2022-01-01", period_to="2022-03-31"
            )
        told = f"{key_sql(ReportPeriod)}, {hash_sql(ReportPeriod)}, {BEFORE}"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told} FROM x_report_periods r WHERE part = %s", [part])
            key, now, before = cursor.fetchone()
        return key, bytes(now), bytes(before)

    return _stored


def test_a_row_of_a_whole_year_has_key_and_hash_of_before(stored):
    key, now, before = stored(0)

    assert key == "r\x1f2022\x1fp" == report_key("r", 2022, 0, "p")
    assert now == before


def test_a_row_of_a_part_has_its_own(stored):
    key, now, before = stored(3)

    assert key == "r\x1f2022\x1f3\x1fp" == report_key("r", 2022, 3, "p")
    assert now != before
    assert now != stored(2)[1]
