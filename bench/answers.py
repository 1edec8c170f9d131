"""Answers of agencies side by side: search, sums and pre-filling over the simulated province with 100 000 answers.

    make demo SERVE=0
    .venv/bin/python bench/answers.py [--home var] [--rounds 7] [--answers 100000]

The answers are put in and taken out again within one transaction. Their words are drawn from few, so that a search
meets its letters in many answers: harder than texts that people write.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from congvu.kernel.postgres import running

REQUEST = "annual-20221214"
WORDS = (
    "kỷ luật kỷ cương hành chính văn hóa công vụ người đứng đầu kiểm tra thường xuyên nhắc nhở công chức hồ sơ trễ hạn "
    "phối hợp cải cách thủ tục một cửa báo cáo kết quả thực hiện"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--answers", type=int, default=100_000)
    options = parser.parse_args()
    home = options.home.absolute()
    with running(home) as cluster:
        os.environ |= {"DATABASE_URL": cluster.app_url, "DATABASE_OWNER_URL": cluster.owner_url}
        os.environ |= {"CONGVU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "congvu.settings"}
        import django

        django.setup()
        _measure(options.answers, options.rounds)


def _measure(answers: int, rounds: int) -> None:
    from django.db import connection, transaction

    from congvu.access.rules import SYSTEM
    from congvu.collection.aggregation import answers_beside, sums_of
    from congvu.collection.burden import form_burdens
    from congvu.collection.sheets import open_sheet

    with transaction.atomic():
        _add(answers)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE x_report_answers")
        asked: dict[str, Callable[[], object]] = {
            "search, rare words": lambda: answers_beside(SYSTEM, REQUEST, words="ky luat nghiem"),
            "search, words found": lambda: answers_beside(SYSTEM, REQUEST, words="ky luat ky cuong"),
            "search in one question": lambda: answers_beside(
                SYSTEM, REQUEST, question="uu-diem", words="dung dau ho so"
            ),
            "one question side by side": lambda: answers_beside(SYSTEM, REQUEST, question="uu-diem"),
            "sums of every question": lambda: sums_of(SYSTEM, REQUEST),
            "one form, pre-filled": lambda: open_sheet(SYSTEM, REQUEST, "STNMT"),
            "all agencies pre-filled": lambda: form_burdens(SYSTEM, 2022),
        }
        for what, run in asked.items():
            print(f"{what:<28}{_median(run, rounds) * 1e3:>10.1f} ms")
        transaction.set_rollback(True)


def _add(answers: int) -> None:
    from congvu.access.rules import SYSTEM
    from congvu.collection.models import ReportAnswer, ReportObligation
    from congvu.journal.services import act
    from congvu.kernel import clock

    chance, now, words = random.Random(1), clock.now(), WORDS.split()
    agencies = list(ReportObligation.objects.filter(state="accepted").values_list("agency", flat=True))
    with act("collection:fill", actor=SYSTEM):
        ReportAnswer.objects.bulk_create(
            (
                ReportAnswer(
                    request_id=REQUEST,
                    agency=chance.choice(agencies),
                    question=chance.choice(["uu-diem", "chi-dao", "de-xuat"]),
                    item=number + 10,
                    text=" ".join(chance.choices(words, k=60)),
                    filled_by="bench",
                    filled_at=now,
                )
                for number in range(answers)
            ),
            batch_size=5000,
        )


def _median(run: Callable[[], object], rounds: int) -> float:
    run()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    main()
