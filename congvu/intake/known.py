"""What the database knows that a sheet may name: agencies under all their spellings, keys of other tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from congvu.exchange.tables import tables
from congvu.sheets.agencies import KnownAgency, Register

from .models import AgencyAlias


def register() -> Register:
    """Return every agency of every time, with the spellings that were remembered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name, short_name, kind, level, parent, valid_from, valid_to FROM agencies "
            "ORDER BY valid_from, code"
        )
        found = [KnownAgency(*row) for row in cursor.fetchall()]
    return Register(found, dict(AgencyAlias.objects.values_list("alias", "agency")))


@dataclass(frozen=True)
class Known:
    """Looks texts up for the matching of columns."""

    register: Register

    def share(self, table: str, texts: Collection[str]) -> float:
        """Return which share of the distinct ``texts`` are keys of ``table``, or name an agency (0 to 1)."""
        asked = set(texts)
        if not asked:
            return 0.0
        if table == "agencies":
            return self.register.names(sorted(asked))
        key = tables()[table].key[0]
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(DISTINCT "{key}") FROM {table} WHERE "{key}"::text = ANY(%s)', [list(asked)])
            found: int = cursor.fetchone()[0]
        return found / len(asked)
