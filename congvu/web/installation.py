"""Bringing the database to this version: migrations, then the views of facts and the guards over them."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from congvu.exchange import bulk
from congvu.figures.facts import create_views, drop_views
from congvu.journal import guards
from congvu.province.models import Installation

_LOCK = 0x434F4E48


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Migrate as the owner. Another process doing the same is waited for; a second run changes nothing."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            drop_views()
            call_command("django_migrate", database="owner", interactive=False, verbosity=verbosity)
            create_views()
            guards.install()
            bulk.install()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def installation() -> Installation | None:
    """Return what this database is, None where it has not been set up or has no tables yet."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('province_installation')")
        if cursor.fetchone()[0] is None:
            return None
    return Installation.objects.first()


def adopt_clock() -> None:
    """Let a simulated province live on its own day, unless ``CONGVU_NOW`` says another."""
    found = installation()
    if found is not None and found.pages_live_at is not None:
        os.environ.setdefault("CONGVU_NOW", found.pages_live_at.isoformat())


def collect_assets() -> None:
    """Put the pages' styles and scripts where they are served from, compressed; only when they have changed."""
    stamp, version = Path(settings.STATIC_ROOT) / ".collected", _assets_hash()
    if stamp.exists() and stamp.read_text() == version:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(version)


def _assets_hash() -> str:
    whole = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                whole.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return whole.hexdigest()
