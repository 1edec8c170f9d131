import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from congvu.web.background import run_until
from congvu.web.installation import bring_up_to_date, collect_assets

SEAL_EVERY = 5.0


class Command(BaseCommand):
    help = "Mở trang web, chỉ cho máy này trừ khi --address nói khác."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="địa chỉ để nghe, mặc định 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="cổng, mặc định 8000")
        parser.add_argument("--workers", type=int, default=2, help="số tiến trình phục vụ")

    def handle(self, *args: Any, **options: Any) -> None:
        bring_up_to_date()
        serve(options["address"], options["port"], options["workers"], tell=self.stderr.write)


def serve(address: str, port: int, workers: int, *, tell: Any) -> None:
    """Serve the pages until asked to stop; meanwhile the journal is sealed and spreadsheets are loaded."""
    from granian import Granian
    from granian.constants import Interfaces

    collect_assets()
    stop = threading.Event()
    beside = threading.Thread(target=run_until, args=(stop,), kwargs={"seal_every": SEAL_EVERY}, daemon=True)
    beside.start()
    tell(f"Trang web: http://{address}:{port}/ (Ctrl+C để dừng)")
    try:
        Granian(
            target="congvu.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=2,
            log_enabled=False,
        ).serve()
    finally:
        stop.set()
        beside.join(timeout=20)
