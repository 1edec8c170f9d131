from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from congvu.exchange.export import export_package
from congvu.exchange.progress import bar


class Command(BaseCommand):
    help = "Xuất mọi dữ liệu của tỉnh thành một gói; nạp gói ấy vào cơ sở dữ liệu trống thì được đúng dữ liệu này."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="THƯ_MỤC", type=Path, help="thư mục sẽ chứa gói, trống hoặc chưa có")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        with bar() as tell:
            exported = export_package(folder, tell=tell)
        rows = sum(exported.rows.values())
        self.stdout.write(f"Đã xuất {len(exported.rows)} bảng, {rows} dòng vào {exported.folder}.")
