"""Taking home the rows behind a figure: 50 000 dossiers as a workbook, through the page's own view.

    .venv/bin/python bench/list_export.py [--home FOLDER]

It builds the simulated province in a home of its own (kept where ``--home`` names one), takes dossiers of communes away
until a list has 50 000 of them, and asks for its workbook as the browser would. Memory is the peak of the whole process
while it answers, beside what it held before; it is read from /proc, so this runs on Linux only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from congvu.kernel.postgres import Cluster, destroy, fresh_database, running

DATABASE = "bench_list_export"
ROWS = 50_000
LIST = "/chi-tieu/dossiers.finished/?level=commune&tu=2022-01-01&den=2022-12-31"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = (options.home or Path(folder, "home")).absolute()
        try:
            with running(home) as cluster:
                _load(cluster, home, Path(folder, "package"))
                _measure()
        finally:
            if options.home is None:
                destroy(home)


def _load(cluster: Cluster, home: Path, package: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "congvu.settings"
    os.environ["CONGVU_HOME"] = str(home)
    os.environ["CONGVU_NOW"] = "2022-12-21T08:00"
    os.environ["DATABASE_URL"] = cluster.app_url.replace("/congvu?", f"/{DATABASE}?")
    os.environ["DATABASE_OWNER_URL"] = cluster.owner_url.replace("/congvu?", f"/{DATABASE}?")
    import django

    django.setup()
    from django.conf import settings

    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = settings.STORAGES | static  # nothing has been collected
    from congvu.demo.build import build
    from congvu.exchange.services import load_package
    from congvu.web.installation import bring_up_to_date

    fresh_database(cluster.superuser_url, DATABASE)
    bring_up_to_date()
    build(package)
    load_package(package)
    _cut_down()


def _cut_down() -> None:
    """Leave ``ROWS`` dossiers of communes that were finished in the year."""
    from django.db import connection

    from congvu.access.rules import SYSTEM
    from congvu.journal.services import act

    with act("bench:rows", actor=SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE too_many ON COMMIT DROP AS SELECT code FROM fact_dossiers WHERE level = 'commune' "
            "AND finished_on BETWEEN '2022-01-01' AND '2022-12-31' AND outcome <> 'withdrawn' "
            f"ORDER BY md5(code) OFFSET {ROWS}"
        )
        cursor.execute("DELETE FROM dossier_events WHERE dossier IN (SELECT code FROM too_many)")
        cursor.execute("DELETE FROM dossiers WHERE code IN (SELECT code FROM too_many)")
        print(f"{cursor.rowcount} dossiers beyond {ROWS} are left out")


def _measure() -> None:
    from django.test import Client

    from congvu.access.models import Seat, User
    from congvu.province.models import Agency

    user = User.objects.create(username="bench", full_name="Bench")
    province = Agency.objects.filter(kind="province_committee").first()
    Seat.objects.create(user=user, role="reporting_officer", agency=province.code, valid_from="2022-01-01")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for what, address in (("page", LIST), ("workbook", f"{LIST}&dang=xlsx"), ("workbook again", f"{LIST}&dang=xlsx")):
        Path("/proc/self/clear_refs").write_text("5")
        before, begun = _memory("VmRSS"), time.perf_counter()
        reply = client.get(address)
        taken, peak = time.perf_counter() - begun, _memory("VmHWM")
        size = len(reply.content) / 1e6
        print(f"{what:<16}{reply.status_code:>5}{taken:>8.2f} s{size:>7.1f} MB, memory {before:.0f} -> {peak:.0f} MB")


def _memory(what: str) -> float:
    """Return what the kernel counts of this process, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


if __name__ == "__main__":
    main()
