"""Setting up the demo province: a database that is marked as simulated, or none."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from congvu.access.models import User
from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.province.models import Agency, Installation
from congvu.reports.queries import ANNUAL
from congvu.reports.services import build_report, files_of
from congvu.web.installation import adopt_clock, bring_up_to_date

from .accounts import create_accounts
from .assessment import add_assessment
from .build import build
from .collection import add_cycle

LIVES_AT = datetime(2022, 12, 21, 8, 0, tzinfo=clock.VIETNAM)
YEAR = 2022


class NotSimulated(Refusal):
    code = "demo.not_simulated"
    exit_status = 2


def set_up(folder: Path, console: Console) -> None:
    """Make the simulated province, load it and write its report into ``folder``; what is there already stays.

    Raises
    ------
    NotSimulated
        The database holds something that ``demo`` did not put there.
    """
    bring_up_to_date()
    _mark_simulated()
    adopt_clock()
    done = folder / ".built"
    if done.exists() and Agency.objects.exists():
        return
    with _progress(console) as progress:
        making = progress.add_task("Dựng tỉnh mô phỏng", total=None)

        def tell(what: str, step: int, steps: int) -> None:
            progress.update(making, description=f"Dựng tỉnh mô phỏng: {what}", completed=step, total=steps)

        build(folder / "package", progress=tell)
        loading = progress.add_task("Nạp gói dữ liệu", total=None)
        load_package(folder / "package", actor=SYSTEM)
        progress.update(loading, completed=1, total=1)
        create_accounts()
        add_cycle(YEAR)
        add_assessment(YEAR)
        writing = progress.add_task("Viết báo cáo", total=None)
        files_of(build_report(ANNUAL, YEAR, reader=SYSTEM)).write(folder, f"bao-cao-{YEAR}")
        progress.update(writing, completed=1, total=1)
    done.touch()


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


def _mark_simulated() -> None:
    with transaction.atomic():
        found = Installation.objects.select_for_update().first()
        if found is not None and found.simulated:
            return
        if found is not None or Agency.objects.exists() or User.objects.exists():
            raise NotSimulated(
                "Cơ sở dữ liệu này có dữ liệu không do lệnh demo lập ra, nên không thể dùng làm bản mô phỏng. "
                "Hãy đặt CONGVU_HOME (hoặc DATABASE_URL) tới một nơi còn trống."
            )
        os.environ.setdefault("CONGVU_NOW", LIVES_AT.isoformat())  # also this first act is of the demo's day
        with act("installation:set-up", actor=SYSTEM, data={"simulated": True}):
            Installation.objects.create(simulated=True, pages_live_at=LIVES_AT)
