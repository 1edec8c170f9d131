"""How a dossier stands, and when its finish may be corrected. No database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congvu.work.dossiers.rules import Instants, standing, why_not_finish_at

RECEIVED = datetime(2022, 3, 1, 2, tzinfo=UTC)
DUE = RECEIVED + timedelta(days=5)
FINISHED = RECEIVED + timedelta(days=7)
NOW = RECEIVED + timedelta(days=30)
LATE = Instants(RECEIVED, DUE, FINISHED, withdrawn=False)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("dossier", "stands"),
    [
        (LATE, "late"),
        (replace(LATE, finished_at=DUE), "on time"),
        (replace(LATE, finished_at=DUE + SECOND), "late"),
        (replace(LATE, due_at=None), "on time"),
        (replace(LATE, finished_at=None), "overdue"),
        (replace(LATE, finished_at=None, due_at=NOW), "open"),
        (replace(LATE, finished_at=None, due_at=None), "open"),
        (replace(LATE, withdrawn=True), "withdrawn"),
    ],
)
def test_how_a_dossier_stands(dossier, stands):
    assert standing(dossier, NOW) == stands


@pytest.mark.parametrize("at", [RECEIVED, DUE, NOW])
def test_a_finish_from_receipt_until_now_may_be_set(at):
    assert why_not_finish_at(LATE, at, "Nhập nhầm", NOW) is None


@pytest.mark.parametrize(
    ("dossier", "at", "reason", "words"),
    [
        (LATE, RECEIVED - SECOND, "x", "không trước lúc tiếp nhận"),
        (LATE, NOW + SECOND, "x", "không sau lúc này"),
        (LATE, DUE, " \t ", "nêu lý do"),
        (LATE, FINISHED, "x", "giống thời điểm đang ghi"),
        (replace(LATE, withdrawn=True), DUE, "x", "người nộp rút"),
        (replace(LATE, finished_at=None), DUE, "x", "chưa giải quyết xong"),
    ],
)
def test_any_other_is_refused_with_its_reason(dossier, at, reason, words):
    assert words in why_not_finish_at(dossier, at, reason, NOW)
