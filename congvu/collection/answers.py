"""The stored answers of an agency: reading them as what was filled, writing what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import connection

from congvu.journal.services import OpenAct
from congvu.kernel import clock

from .filling import Entry, Filled, Known
from .models import ReportAnswer, key_of
from .queries import Owing

DOCUMENTS_OFFERED = 100


def filled_of(answer: ReportAnswer) -> Filled:
    """Return a stored answer without who wrote it when."""
    return Filled(
        question=answer.question,
        item=answer.item,
        value=_plain(answer.value),
        text=answer.text,
        document=answer.document_id,
        evidence=answer.evidence,
        remedy=answer.remedy,
        computed=_plain(answer.computed),
        explanation=answer.explanation,
        by_hand=answer.by_hand,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Return a number as it was before the column gave it ten places."""
    return None if value is None else value.normalize() + 0


def write_answers(
    opened: OpenAct, stored: Sequence[ReportAnswer], answers: Sequence[Filled], owing: Owing, by: str
) -> None:
    """Make ``answers`` the stored ones; one that stays the same keeps who wrote it and when."""
    before = {(answer.question, answer.item): answer for answer in stored}
    after = {(answer.question, answer.item): answer for answer in answers}
    same = {place for place, answer in after.items() if place in before and filled_of(before[place]) == answer}
    gone = [answer.pk for place, answer in before.items() if place not in same]
    places = sorted((before.keys() | after.keys()) - same)
    now = clock.now()
    with opened.changing(ReportAnswer, [key_of(owing.request, owing.agency, *place) for place in places]):
        ReportAnswer.objects.filter(pk__in=gone).delete()
        ReportAnswer.objects.bulk_create(
            made_of(answer, owing.request, owing.agency, by, now)
            for place, answer in after.items()
            if place not in same
        )


def made_of(answer: Filled, request: str, agency: str, by: str, at: datetime) -> ReportAnswer:
    """Return the record of an answer."""
    values = asdict(answer)
    document = values.pop("document")
    return ReportAnswer(request_id=request, agency=agency, document_id=document, filled_by=by, filled_at=at, **values)


def known_for(owing: Owing, entries: Iterable[Entry]) -> Known:
    """Return what the entries of an agency's form may refer to."""
    asked = sorted({item.text.strip() for entry in entries for item in entry.items if item.text.strip()})
    named = any(item.evidence.startswith("finding:") for entry in entries for item in entry.items)
    return Known(_documents(asked) if asked else {}, findings_of(owing) if named else frozenset())


def _documents(names: Sequence[str]) -> dict[str, str]:
    """Return symbol or id -> id; of several documents of one symbol the latest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, symbol FROM documents WHERE id = ANY(%s) OR symbol = ANY(%s) "
            "ORDER BY issued_on NULLS FIRST, id",
            [list(names), list(names)],
        )
        rows = cursor.fetchall()
    return {symbol: id_ for id_, symbol in rows if symbol} | {id_: id_ for id_, _symbol in rows}


def findings_of(owing: Owing) -> frozenset[str]:
    """Return the ids of what inspections of the period found at the agency."""
    return frozenset(id_ for id_, _text in findings_offered(owing))


def findings_offered(owing: Owing) -> list[tuple[str, str]]:
    """Return id and words of what inspections of the period found at the agency."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text FROM fact_findings WHERE agency = %s AND date_from BETWEEN %s AND %s ORDER BY id LIMIT 50",
            [owing.agency_id, owing.period_from, owing.period_to],
        )
        return list(cursor.fetchall())


def documents_offered(owing: Owing) -> list[tuple[str, str]]:
    """Return symbol and title of the latest documents that the agency issued in the period, bounded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT symbol, title FROM fact_documents WHERE agency = %s AND issued_on BETWEEN %s AND %s "
            f"AND symbol IS NOT NULL ORDER BY issued_on DESC, id LIMIT {DOCUMENTS_OFFERED}",
            [owing.agency_id, owing.period_from, owing.period_to],
        )
        return list(cursor.fetchall())
