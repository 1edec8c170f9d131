from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from congvu.demo.accounts import ACCOUNTS, PASSWORD
from congvu.demo.comparison import compare
from congvu.demo.services import set_up
from congvu.web.management.commands.serve import serve


class Command(BaseCommand):
    help = "Lập tỉnh mô phỏng Cao Bằng 2022, viết báo cáo năm của tỉnh rồi mở trang web."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="dừng trước khi mở trang web")
        parser.add_argument("--port", type=int, default=8000, help="cổng của trang web, mặc định 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.HOME) / "demo"
        console = Console(stderr=True, highlight=False)
        set_up(folder, console)
        differing = _print_comparison(console)
        console.print(f"Báo cáo và gói dữ liệu mô phỏng ở {folder}", soft_wrap=True)
        console.print(f"Tài khoản (mật khẩu chung {PASSWORD}):")
        for account in ACCOUNTS:
            console.print(f"  {account.username:<10} {account.full_name}: {account.card}", soft_wrap=True)
        if differing:
            console.print(f"[yellow]{differing} chỉ tiêu khác bản gốc: dữ liệu đã được sửa sau khi lập.[/yellow]")
        if not options["no_serve"]:
            serve("127.0.0.1", options["port"], 2, tell=self.stderr.write)


def _print_comparison(console: Console) -> int:
    table = Table("Mục", "Chỉ tiêu", "Bản gốc", "Tính được", "Bằng", title="Số liệu của báo cáo năm 2022")
    for column in table.columns[2:4]:
        column.justify = "right"
    differing = 0
    for row in compare():
        differing += not row.equal
        table.add_row(row.section, row.label, row.stated, row.computed, "có" if row.equal else "[red]KHÔNG[/red]")
    console.print(table)
    return differing
