import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from congvu.web.reference import pages


class Command(BaseCommand):
    help = "Viết lại các trang docs/reference được lập từ mã nguồn (dành cho người phát triển)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh; thoát với mã 1 khi có trang khác")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.ROOT).parent / "docs" / "reference"
        stale = {name: text for name, text in pages().items() if _read(folder / name) != text}
        for name, text in stale.items():
            if not options["check"]:
                (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"{'Khác với mã nguồn' if options['check'] else 'Đã viết lại'}: docs/reference/{name}")
        if stale and options["check"]:
            sys.exit(1)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
