"""Reading loads for pages. A reader sees the loads into the tables that their seat may load."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from congvu.access.rules import Permission, Reader

from .models import SheetLoad
from .rules import AREAS, State, may_load

PAGE = 50


def loads_page(
    reader: Reader, *, state: State | None = None, before: int | None = None, limit: int = PAGE
) -> list[SheetLoad]:
    """Return ``limit`` loads, the latest first, and one more where there are more; ``before`` is a load's number."""
    found = _visible(reader)
    if state:
        found = found.filter(state=state.value)
    if before is not None:
        found = found.filter(number__lt=before)
    return list(found.defer("mapping", "facts", "samples").order_by("-number")[: limit + 1])


def _visible(reader: Reader) -> QuerySet[SheetLoad]:
    if not reader.may(Permission.LOAD_SHEETS):
        return SheetLoad.objects.none()
    return SheetLoad.objects.filter(target__in=[table for table in AREAS if may_load(reader, table)])


def loads_with(reader: Reader, code: str, *, limit: int = PAGE) -> list[SheetLoad]:
    """Return the ``limit`` latest loads that used a saved mapping, and one more where there are more."""
    found = _visible(reader).filter(saved_code=code).defer("mapping", "facts", "samples")
    return list(found.order_by("-number")[: limit + 1])


def entries_of(table: str) -> list[tuple[str, str]]:
    """Return code and latest name of everything that ``table``, agencies or procedures, has ever had, by code."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT ON (code) code, name FROM {table} ORDER BY code, valid_from DESC")
        return [(code, name) for code, name in cursor.fetchall()]


LISTED = ("agencies", "procedures")
"""Tables that are short enough to choose from."""
