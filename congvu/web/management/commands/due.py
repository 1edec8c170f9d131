from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from congvu.worktime.batch_csv import due_csv
from congvu.worktime.calendar import Calendar
from congvu.worktime.national import national_calendar


class BatchCommand(BaseCommand):
    """A whole CSV file in, a whole CSV file out, by the national working calendar; no database."""

    requires_system_checks = []

    count: Callable[[Path, Path, Calendar], int]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", nargs=2, type=Path, required=True, metavar=("VÀO.csv", "RA.csv"))

    def handle(self, *args: Any, **options: Any) -> None:
        given, wanted = options["batch"]
        rows = type(self).count(given, wanted, national_calendar())
        self.stderr.write(f"Đã tính {rows} dòng, ghi vào {wanted}.")


class Command(BatchCommand):
    help = "Tính thời điểm đến hạn: đọc id,received_at,amount,unit; ghi id,start_at,due_at."
    count = staticmethod(due_csv)
