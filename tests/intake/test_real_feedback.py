"""A real list of 341,299 cases: every repeated key is reported at its row, and the rest would be taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from congvu.intake.console import Asked, import_sheet
from congvu.work.feedback.models import Feedback

FILE = Path(os.environ.get("CONGVU_TESTDATA", "/nowhere")) / "open311/nyc_council_constituent_services_341299.csv.gz"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="CONGVU_TESTDATA has no open311 list of cases")


def test_repeated_keys_are_reported_and_the_rest_would_be_taken(small_province: None) -> None:
    settings = ("channel=web", "agency=S1")
    load = import_sheet(Asked(FILE, "feedback", settings=settings, only_check=True), lambda *_: None).load
    repeated = load.notes.filter(severity="error", target="code", reason__startswith="trùng khóa với dòng")
    without = load.notes.filter(severity="error", target="category", value="")
    assert (load.counts["rows"], repeated.count(), without.count()) == (341_299, 105, 7_431)
    assert load.counts["error"] == 105 + 7_431
    assert load.counts["new"] == 341_299 - load.counts["refused"]
    assert not Feedback.objects.exists()
