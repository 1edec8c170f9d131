import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from congvu.access.rules import SYSTEM
from congvu.figures.period import Period, parse_day
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.files import read_whole, write_whole
from congvu.reports.refreshing import change_line, refresh_word
from congvu.reports.services import build_report, files_of

REFRESH = "refresh"


class Command(BaseCommand):
    help = (
        "Lập báo cáo: tệp Word, PDF, bảng số liệu và figures.json. "
        "`congvu report refresh TỆP.docx` làm mới các dấu trong tệp Word đã sửa."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="loại báo cáo: annual, par_quarter…; hoặc refresh: làm mới một tệp Word")
        parser.add_argument("file", nargs="?", type=Path, help="tệp Word cần làm mới (chỉ với refresh)")
        parser.add_argument("--year", type=int, help="năm báo cáo")
        parser.add_argument("--part", type=int, help="kỳ trong năm: quý 1–4, tháng 1–12, nửa năm 1–2; cả năm là 0")
        parser.add_argument("--out", type=Path, help="thư mục ghi kết quả")
        parser.add_argument("--period", action="append", default=[], metavar="TÊN=TỪ..ĐẾN", help="kỳ số liệu")
        parser.add_argument("--output", type=Path, help="refresh: tệp ghi kết quả, mặc định TÊN-lam-moi.docx")
        parser.add_argument("--in-place", action="store_true", help="refresh: ghi đè lên tệp đã đưa vào")
        parser.add_argument("--report", help="refresh: loại báo cáo, khi tệp không mang bảng dấu")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="refresh: cách in danh sách")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] == REFRESH:
            self._refresh(options)
        else:
            self._build(options)

    def _refresh(self, options: dict[str, Any]) -> None:
        file: Path | None = options["file"]
        if file is None:
            raise UsageRefusal("Hãy nêu tệp cần làm mới: congvu report refresh TỆP.docx.")
        if options["in_place"] and options["output"]:
            raise UsageRefusal("Chỉ chọn một trong hai: --output hoặc --in-place.")
        output = options["output"] or (file if options["in_place"] else file.with_name(f"{file.stem}-lam-moi.docx"))
        if not options["in_place"] and output.resolve() == file.resolve():
            raise UsageRefusal("--output trùng với tệp đưa vào; muốn ghi đè, hãy dùng --in-place.")
        periods = dict(parse_period(text) for text in options["period"])
        word = refresh_word(
            read_whole(file),
            reader=SYSTEM,
            kind=options["report"],
            year=options["year"],
            periods=periods,
            part=options["part"],
        )
        write_whole(output, word.docx)
        if options["format"] == "json":
            changes = [asdict(change) for change in word.changes]
            listed = {"report": word.kind, "year": word.year, "marks": word.refreshed.marks, "changes": changes}
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(change_line, word.changes)) or "Mọi dấu vẫn như cũ.")
        self.stderr.write(f"Đã ghi {output}")

    def _build(self, options: dict[str, Any]) -> None:
        if options["file"]:
            raise UsageRefusal(f"Không hiểu «{options['file']}». Làm mới tệp Word: congvu report refresh TỆP.docx.")
        if options["year"] is None or options["out"] is None:
            raise UsageRefusal("Lập báo cáo cần --year NĂM và --out THƯ_MỤC.")
        year: int = options["year"]
        periods = dict(parse_period(text) for text in options["period"])
        built = build_report(options["kind"], year, reader=SYSTEM, periods=periods, part=options["part"] or 0)
        unknown = sorted(set(periods) - set(built.sources.template.periods))
        if unknown:
            known = ", ".join(built.sources.template.periods)
            raise UsageRefusal(f"Báo cáo không có kỳ «{unknown[0]}». Các kỳ: {known}.")
        for warning in built.warnings:
            self.stderr.write(f"Lưu ý: {warning}")
        for path in files_of(built).write(options["out"], f"bao-cao-{built.sources.term.slug}"):
            self.stderr.write(f"Đã ghi {path}")


def parse_period(text: str) -> tuple[str, Period]:
    """Return name and period of ``NAME=FROM..TO``."""
    name, equals, days = text.partition("=")
    first, dots, last = days.partition("..")
    if not (name and equals and dots):
        raise UsageRefusal(f"Kỳ viết là TÊN=TỪ..ĐẾN, ví dụ dossiers=2021-12-05..2022-12-13; nhận được «{text}».")
    return name, Period(parse_day(first, "Ngày đầu kỳ"), parse_day(last, "Ngày cuối kỳ"))
