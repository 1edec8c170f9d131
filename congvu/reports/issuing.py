"""Issuing a frozen report: it takes number and day in the register of documents, and is made public."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404

from congvu.access.rules import Permission, Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_day, format_day_in_words
from congvu.press.model import Document
from congvu.work.documents.models import DocumentKind, DocumentRelation, Relation
from congvu.work.documents.services import Issuer, lock_register, take_number

from .models import ReportIssue, Revision, report_key
from .stored import from_json


class NotIssued(Refusal):
    """The revision cannot be issued, or made public, as asked."""

    code = "report.not_issued"
    status = 409


def issue_of(revision: Revision) -> ReportIssue | None:
    return ReportIssue.objects.filter(
        report=revision.report, year=revision.year, part=revision.part, revision=revision.number
    ).first()


def issue_report(kind: str, year: int, number: int, issued_on: date, *, reader: Reader, part: int = 0) -> ReportIssue:
    """Give revision ``number`` of a report the next number of the province's series, dated ``issued_on``.

    A revision is issued once. A later revision of an issued report is a document of its own, under a number of its
    own, which the register says replaces the one before.

    Raises
    ------
    PermissionDenied
        ``reader`` issues no reports.
    Http404
        There is no such revision.
    NotIssued
        It was issued before, a later revision was, or the day is before its freezing or still to come.
    congvu.work.documents.services.NumberRefused
        The series already has a number of a later day.
    """
    revision = _revision(kind, year, part, number, reader)
    document: Document = from_json(revision.document)
    if document.letterhead is None:
        raise NotIssued("Bản chốt này không có phần đầu văn bản nên không lấy số được.")
    _refuse_day(issued_on, clock.local_day(revision.frozen_at), "ngày phát hành", "ngày chốt")
    symbol = document.letterhead.number.partition("/")[2]
    key = report_key(kind, year, part, number)
    with transaction.atomic():
        lock_register()
        earlier = list(ReportIssue.objects.filter(report=kind, year=year, part=part).order_by("revision"))
        _refuse_again(earlier, number)
        with act("report:issue", actor=reader, subject=(ReportIssue.table(), key)) as deed:
            taken = take_number(
                deed,
                kind=DocumentKind.REPORT,
                symbol=symbol,
                title=document.meta.title,
                issued_on=issued_on,
                issuer=_province(issued_on),
            )
            with deed.changing(ReportIssue, [key]):
                issue = ReportIssue.objects.create(
                    report=kind,
                    year=year,
                    part=part,
                    revision=number,
                    document=taken.document,
                    number=taken.number,
                    symbol=taken.symbol,
                    issued_on=issued_on,
                    issued_by=reader.name,
                )
            if earlier:
                _replaces(deed, taken.document.id, earlier[-1].document_id)
    return issue


def publish_report(
    kind: str, year: int, number: int, published_on: date, *, reader: Reader, part: int = 0
) -> ReportIssue:
    """Say that an issued revision is public since ``published_on``; raises as :func:`issue_report`."""
    revision = _revision(kind, year, part, number, reader)
    key = report_key(kind, year, part, number)
    with transaction.atomic():
        lock_register()
        issue = issue_of(revision)
        if issue is None:
            raise NotIssued(f"Bản {number} chưa phát hành nên chưa công bố được. Hãy phát hành trước.")
        if issue.published_on is not None:
            raise NotIssued(f"Văn bản {issue.symbol} đã công bố ngày {format_day(issue.published_on)}.")
        _refuse_day(published_on, issue.issued_on, "ngày công bố", "ngày phát hành")
        with (
            act("report:publish", actor=reader, subject=(ReportIssue.table(), key)) as deed,
            deed.changing(ReportIssue, [key]),
        ):
            issue.published_on = published_on
            issue.save(update_fields=["published_on"])
    return issue


def printed(document: Document, issue: ReportIssue | None) -> Document:
    """Return a frozen document with number and day in its letterhead once it was issued; all else as frozen."""
    head = document.letterhead
    if issue is None or head is None:
        return document
    place = head.place_and_date.rpartition(", ngày")[0]
    day = format_day_in_words(issue.issued_on)
    filled = dataclasses.replace(head, number=f"Số: {issue.symbol}", place_and_date=f"{place}, {day}" if place else day)
    return dataclasses.replace(document, letterhead=filled)


def _revision(kind: str, year: int, part: int, number: int, reader: Reader) -> Revision:
    if not reader.may(Permission.ISSUE_REPORT):
        raise PermissionDenied
    found = Revision.objects.filter(report=kind, year=year, part=part, number=number).first()
    if found is None:
        raise Http404("Không tìm thấy báo cáo.")
    return found


def _refuse_again(issues: Iterable[ReportIssue], number: int) -> None:
    for issue in issues:
        if issue.revision == number:
            raise NotIssued(f"Bản {number} đã phát hành: số {issue.symbol} ngày {format_day(issue.issued_on)}.")
        if issue.revision > number:
            raise NotIssued(
                f"Bản {issue.revision}, chốt sau bản {number}, đã phát hành: số {issue.symbol}. Bản {number} không "
                "phát hành được nữa; nếu cần nội dung của bản ấy, hãy chốt một bản mới."
            )


def _refuse_day(day: date, earliest: date, what: str, after: str) -> None:
    if not earliest <= day <= clock.today():
        raise NotIssued(
            f"{what.capitalize()} {format_day(day)} phải từ {after} ({format_day(earliest)}) đến hôm nay "
            f"({format_day(clock.today())})."
        )


def _province(day: date) -> Issuer:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name, coalesce(short_name, name) FROM agencies WHERE kind = 'province_committee' "
            "AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s) ORDER BY valid_from DESC LIMIT 1",
            {"day": day},
        )
        found = cursor.fetchone()
    if found is None:
        raise NotIssued(
            f"Danh mục cơ quan không có Ủy ban nhân dân tỉnh vào ngày {format_day(day)}, nên không biết ai ban hành."
        )
    return Issuer(found[0], tuple(dict.fromkeys(found[1:])))


def _replaces(deed: OpenAct, source: str, target: str) -> None:
    with deed.changing(DocumentRelation, [f"{source}\x1f{target}\x1f{Relation.REPLACES}"]):
        DocumentRelation.objects.create(source_id=source, target_id=target, relation=Relation.REPLACES)
