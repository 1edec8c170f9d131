"""Reads of the register of documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from .models import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as it is cited: ``issuer`` is the agency's short name on the day of issue, else the name given."""

    id: str
    kind: str
    symbol: str | None
    issued_on: date | None
    issuer: str
    title: str

    @property
    def kind_name(self) -> str:
        return str(DocumentKind(self.kind).label)


def days_of_symbols(symbols: Iterable[str]) -> list[tuple[str, date]]:
    """Return the days of issue of the registered documents of ``symbols``. A citation is public: no reader is asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT symbol, issued_on FROM documents WHERE symbol = ANY(%s) AND issued_on IS NOT NULL",
            [sorted(symbols)],
        )
        return [(symbol, day) for symbol, day in cursor.fetchall()]


def registered(symbols: Iterable[str]) -> set[str]:
    """Return those of ``symbols`` under which a document is registered. A citation is public: no reader is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT symbol FROM documents WHERE symbol = ANY(%s)", [sorted(set(symbols))])
        return {symbol for (symbol,) in cursor.fetchall()}


def documents_by_id(ids: Iterable[str]) -> dict[str, DocumentLine]:
    """Return those of ``ids`` that are registered. A citation is public: no reader is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.kind, r.symbol, r.issued_on, coalesce(f.agency_name, r.issuer), r.title "
            "FROM documents r JOIN fact_documents f ON f.id = r.id WHERE r.id = ANY(%s)",
            [sorted(set(ids))],
        )
        return {row[0]: DocumentLine(*row) for row in cursor.fetchall()}
