"""How a slot that nobody filled finds its documents among the records."""

from __future__ import annotations

from django.db import connection

from congvu.figures.period import Period

FINDERS = {
    "plan": """
        SELECT p.document FROM plans p JOIN fact_plans f ON f.id = p.id
        WHERE p.kind = %(what)s AND p.year = %(year)s AND f.of_province AND p.document IS NOT NULL ORDER BY p.id""",
    "inspection": """
        SELECT decision FROM (
            SELECT decision, min(date_from) AS first FROM inspections
            WHERE kind = %(what)s AND date_from BETWEEN %(first)s AND %(last)s AND decision IS NOT NULL
            GROUP BY decision) d ORDER BY first, decision""",
    "rectification": """
        SELECT DISTINCT f.report FROM findings f JOIN inspections i ON i.id = f.inspection
        WHERE i.kind = %(what)s AND i.date_from BETWEEN %(first)s AND %(last)s AND f.report IS NOT NULL
        ORDER BY f.report""",
    "index_publication": """
        SELECT DISTINCT document FROM fact_index_publications v
        JOIN index_publications p ON p.framework = v.framework AND p.publisher = v.agency_code
        WHERE v.level = 'province' AND v.published_on BETWEEN %(first)s AND %(last)s AND document IS NOT NULL
        ORDER BY document""",
    "symbol": "SELECT id FROM documents WHERE symbol = %(what)s ORDER BY issued_on DESC NULLS LAST, id LIMIT 1",
}


def find(kind: str, what: str, year: int, period: Period) -> list[str]:
    """Return the ids of the documents that the records give for ``find = "KIND WHAT"`` of a slot."""
    with connection.cursor() as cursor:
        cursor.execute(FINDERS[kind], {"what": what, "year": year, "first": period.first, "last": period.last})
        return [row[0] for row in cursor.fetchall()]
