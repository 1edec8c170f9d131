# ruff: noqa: N999 - the name of the command
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from congvu.exchange.problems import PackageRefused, Problem
from congvu.exchange.progress import bar
from congvu.exchange.services import LoadResult, load_package


class Command(BaseCommand):
    help = "Nạp gói dữ liệu của tỉnh: nạp trọn, hoặc không nạp gì và nêu mọi lỗi."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="GÓI", type=Path, help="thư mục của gói, hoặc tệp zip")
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="json: in một danh sách JSON ra đầu ra chuẩn"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        as_json = options["format"] == "json"
        try:
            with bar() as tell:
                result = load_package(path, tell=tell)
        except PackageRefused as refused:
            self._list(refused.problems, refused.beyond, "error", as_json=as_json)
            self.stderr.write(f"Gói dữ liệu có {refused.count} lỗi. Chưa ghi gì vào cơ sở dữ liệu.")
            raise SystemExit(refused.exit_status) from None
        self._list(result.warnings, result.warning_count - len(result.warnings), "warning", as_json=as_json)
        if not as_json:
            self._sum_up(result)

    def _list(self, problems: Any, beyond: int, severity: str, *, as_json: bool) -> None:
        name = "lỗi" if severity == "error" else "điều cần xem lại"
        rest = f"và {beyond} {name} nữa, không liệt kê" if beyond else ""
        if as_json:
            listed = [problem.as_json(severity) for problem in problems]
            if beyond:
                listed.append({**Problem("", None, None, None, rest).as_json(severity), "count": beyond})
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
            return
        mark = "" if severity == "error" else "Xem lại: "
        for problem in problems:
            self.stderr.write(f"{mark}{problem}")
        if rest:
            self.stderr.write(f"… {rest}.")

    def _sum_up(self, result: LoadResult) -> None:
        for table, counts in result.tables.items():
            self.stdout.write(
                f"{table}: {counts.new} dòng mới, {counts.changed} dòng đổi, {counts.unchanged} dòng giữ nguyên"
            )
        if result.act_id is None:
            self.stdout.write("Không có gì mới, nên không ghi gì.")
        else:
            self.stdout.write(f"Đã nạp xong (thao tác số {result.act_id} trong nhật ký).")
