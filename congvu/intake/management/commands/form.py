from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from congvu.intake.blank_forms import blank_form
from congvu.intake.queries import LISTED, entries_of
from congvu.intake.targets import target_tables
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.files import write_whole


class Command(BaseCommand):
    help = "Ghi biểu mẫu trống của một bảng dữ liệu, để điền ngoại tuyến rồi nạp lại bằng `congvu import`."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", metavar="BẢNG", help="tên bảng dữ liệu, ví dụ dossiers")
        parser.add_argument("file", metavar="TỆP", type=Path, help="tệp .xlsx sẽ ghi")

    def handle(self, *args: Any, table: str, file: Path, **options: Any) -> None:
        found = target_tables().get(table)
        if found is None:
            known = ", ".join(target_tables())
            raise UsageRefusal(f"Không có bảng dữ liệu «{table}». Các bảng: {known}.")
        write_whole(file, blank_form(found, {name: entries_of(name) for name in LISTED}))
        self.stdout.write(f"Đã ghi biểu mẫu trống của bảng «{found.label}» vào {file}.")
