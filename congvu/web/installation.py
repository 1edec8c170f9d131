"""Bringing the database to this version: migrations, then the views of facts and the guards over them."""

from django.core.management import call_command
from django.db import connections

from congvu.figures.facts import create_views, drop_views
from congvu.journal import guards

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
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
