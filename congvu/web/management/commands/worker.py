import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from congvu.web.background import run_once, run_until


class Command(BaseCommand):
    help = "Làm việc nền: niêm phong nhật ký theo từng đợt, nạp các bảng tính đang đợi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=5.0, metavar="GIÂY", help="nghỉ giữa hai đợt niêm phong")
        parser.add_argument("--once", action="store_true", help="làm một đợt rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()

        def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        if not options["once"]:
            signal.signal(signal.SIGTERM, ask_to_stop)
            signal.signal(signal.SIGINT, ask_to_stop)
            run_until(stop, seal_every=options["every"])
        else:
            run_once()
