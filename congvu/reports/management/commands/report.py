from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from congvu.access.rules import SYSTEM
from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import UsageRefusal
from congvu.reports.services import build_report, files_of


class Command(BaseCommand):
    help = "Lập báo cáo: tệp Word, PDF, bảng số liệu và figures.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="loại báo cáo: annual")
        parser.add_argument("--year", type=int, required=True, help="năm báo cáo")
        parser.add_argument("--out", type=Path, required=True, help="thư mục ghi kết quả")
        parser.add_argument("--period", action="append", default=[], metavar="TÊN=TỪ..ĐẾN", help="kỳ số liệu")

    def handle(self, *args: Any, **options: Any) -> None:
        year: int = options["year"]
        periods = dict(parse_period(text) for text in options["period"])
        built = build_report(options["kind"], year, reader=SYSTEM, periods=periods)
        unknown = sorted(set(periods) - set(built.sources.template.periods))
        if unknown:
            known = ", ".join(built.sources.template.periods)
            raise UsageRefusal(f"Báo cáo không có kỳ «{unknown[0]}». Các kỳ: {known}.")
        for warning in built.warnings:
            self.stderr.write(f"Lưu ý: {warning}")
        for path in files_of(built).write(options["out"], f"bao-cao-{year}"):
            self.stderr.write(f"Đã ghi {path}")


def parse_period(text: str) -> tuple[str, Period]:
    """Return name and period of ``NAME=FROM..TO``."""
    name, equals, days = text.partition("=")
    first, dots, last = days.partition("..")
    if not (name and equals and dots):
        raise UsageRefusal(f"Kỳ viết là TÊN=TỪ..ĐẾN, ví dụ dossiers=2021-12-05..2022-12-13; nhận được «{text}».")
    return name, Period(parse_day(first, "Ngày đầu kỳ"), parse_day(last, "Ngày cuối kỳ"))
