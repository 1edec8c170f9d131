import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from congvu.journal.verify import verify


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: thao tác bị sửa, xóa, chèn, cắt; và bản ghi khác với thao tác cuối của nó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=("verify",))
        parser.add_argument("--records", action="store_true", help="so cả từng bản ghi với nhật ký")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify(records=options["records"]))
        if options["format"] == "json":
            self.stdout.write(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1))
        else:
            for fault in faults:
                self.stdout.write(fault.text)
            if not faults:
                self.stdout.write("Nhật ký nguyên vẹn.")
        if faults:
            sys.exit(1)
