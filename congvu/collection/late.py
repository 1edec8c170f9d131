"""Who is late as of now, and the letter that urges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from congvu.access.queries import require
from congvu.access.rules import Permission, Reader
from congvu.access.visibility import visible_to
from congvu.journal.services import act
from congvu.kernel import clock
from congvu.kernel.clock import local_day
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_count_in_text, format_day, format_day_in_words, format_period
from congvu.kernel.names import grouped
from congvu.press.model import (
    Document,
    Letterhead,
    Meta,
    Paragraph,
    Recipients,
    Signature,
    Table,
    runs,
)
from congvu.press.pdf import to_pdf
from congvu.press.word.document import to_docx
from congvu.province.queries import SIMULATED, house

from .deadlines import due_words, standing_words
from .models import ReportRequest, ReportUrging, key_of
from .queries import OWED, Owing, get_request, owing_in, sides_of
from .rules import Side


class NobodyLate(Refusal):
    code = "collection.nobody_late"
    status = 409


class LetterNotFound(Refusal):
    code = "collection.letter_not_found"
    status = 404


def late_now(reader: Reader, request: str) -> list[Owing]:
    """Return what is past its date and not handed in, the longest overdue first, of the agencies that one sees."""
    found = [owing for owing in owing_in(reader, request) if owing.is_late]
    return sorted(found, key=lambda owing: (owing.due_at, owing.agency))


def missing_on(owed: Sequence[Owing], instant: datetime) -> list[Owing]:
    """Return what was owed and not handed in at an instant, or was returned since."""
    return [one for one in owed if not one.is_handed_in or one.handed_in_at is None or one.handed_in_at > instant]


def missing_words(owed: Sequence[Owing], instant: datetime) -> str:
    """Return who has not reported, for the text: ``đến ngày 20/12/2022 còn 02 cơ quan chưa báo cáo: 01 sở: …``."""
    missing = missing_on(owed, instant)
    day = f"đến ngày {format_day(local_day(instant))}"
    if not missing:
        return f"{day} tất cả {format_count_in_text(len(owed))} cơ quan đã báo cáo"
    names = grouped(one.full_name for one in missing)
    return f"{day} còn {format_count_in_text(len(missing))} cơ quan chưa báo cáo: {names}"


def urge(reader: Reader, request: str) -> int:
    """Write down that the late agencies are urged, and return the number of the letter; those that one judges only.

    Raises
    ------
    NotForThisSeat, RequestNotFound
    NobodyLate
        No agency that reports to the reader, or to the province where the reader collects for it, is late.
    """
    found = get_request(reader, request)
    if not reader.may(Permission.HAND_IN_REPORT):
        require(reader, Permission.COLLECT_REPORTS)
    subject = (ReportRequest.table(), request)
    with act("collection:urge", actor=reader, subject=subject) as opened:
        ReportRequest.objects.select_for_update().get(pk=request)
        late = [one for one in late_now(reader, request) if _urges(reader, one)]
        if not late:
            raise NobodyLate(f"Không có cơ quan nào quá hạn báo cáo «{found.title}» thuộc phạm vi đôn đốc.")
        last = ReportUrging.objects.filter(request=request).order_by("-number").first()
        number = last.number + 1 if last else 1
        with opened.changing(ReportUrging, [key_of(request, number, one.agency) for one in late]):
            letter = {"request_id": request, "number": number, "by": reader.name, "at": clock.now()}
            ReportUrging.objects.bulk_create(
                ReportUrging(agency=one.agency, due_at=one.due_at, **letter) for one in late
            )
    return number


def _urges(reader: Reader, owing: Owing) -> bool:
    """A collector urges everybody; a head those that report to their agency."""
    return reader.may(Permission.COLLECT_REPORTS) or Side.RECEIVER in sides_of(reader, owing)


@dataclass(frozen=True, slots=True)
class LetterLine:
    number: int
    at: datetime
    by: str
    agencies: int


def letters_of(reader: Reader, request: str) -> list[LetterLine]:
    """Return the urging letters of a request in which the reader sees an agency, the latest first."""
    require(reader, Permission.SEE_COLLECTION)
    visible = visible_to(reader, OWED)
    bound: list[Any] = [request, *visible.params]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT u.number, max(u.at), max(u.by), count(*) FROM x_report_urgings u
            JOIN x_report_requests q ON q.code = u.request
            JOIN agency_periods a ON a.code = u.agency AND q.period_to BETWEEN a.valid_from AND a.valid_through
            WHERE u.request = %s AND {visible.sql} GROUP BY u.number ORDER BY u.number DESC
            """,
            bound,
        )
        return [LetterLine(*row) for row in cursor.fetchall()]


def letter_file(reader: Reader, request: str, number: int, form: str) -> bytes:
    """Return an urging letter as ``docx`` or ``pdf``, printed from what was written down when it was made.

    Raises
    ------
    RequestNotFound, LetterNotFound
    """
    found = get_request(reader, request)
    owed = {owing.agency: owing for owing in owing_in(reader, request)}
    urged = ReportUrging.objects.filter(request=request, number=number, agency__in=owed)
    named = list(urged.order_by("due_at", "agency"))
    if not named:
        raise LetterNotFound(f"Không có văn bản đôn đốc số {number} của yêu cầu này trong phạm vi được xem.")
    document = _letter(found, named, owed)
    return to_docx(document) if form == "docx" else to_pdf(document)


def _letter(request: ReportRequest, named: Sequence[ReportUrging], owed: dict[str, Owing]) -> Document:
    at, day = named[0].at, local_day(named[0].at)
    authority = house(day)
    receivers = {owed[one.agency].receiver for one in named}
    sender = owed[named[0].agency].receiver_name if len(receivers) == 1 else authority.name
    place = authority.name.removeprefix("Ủy ban nhân dân ").removeprefix("tỉnh ")
    period = format_period(request.period_from, request.period_to)
    names = [owed[one.agency].full_name for one in named]
    rows = tuple(
        (str(number), owed[one.agency].full_name, due_words(one.due_at), standing_words(one.due_at, at))
        for number, one in enumerate(named, 1)
    )
    opening = (
        f"Yêu cầu «{request.title}» (kỳ {period}) đã gửi đến các cơ quan. Đến {due_words(at)}, còn "
        f"{format_count_in_text(len(named))} cơ quan quá hạn chưa gửi báo cáo: {grouped(names)}."
    )
    asking = (
        "Đề nghị thủ trưởng các cơ quan có tên dưới đây hoàn thành và gửi báo cáo trong ngày làm việc tiếp theo; "
        "nếu có vướng mắc, nêu rõ lý do và đề nghị gia hạn trên hệ thống."
    )
    return Document(
        letterhead=Letterhead(None, sender, "Số:        /TB-UBND", f"{place}, {format_day_in_words(day)}"),
        kind_name="THÔNG BÁO",
        title=f"Đôn đốc gửi báo cáo: {request.title}",
        blocks=(
            Paragraph(runs(opening)),
            Paragraph(runs(asking)),
            Table(
                ("STT", "Cơ quan", "Hạn gửi", "Tình trạng"),
                rows,
                widths_mm=(12, 68, 45, 40),
                align=("center", "left", "left", "left"),
            ),
        ),
        recipients=Recipients(("- Các cơ quan có tên;", "- Lưu: VT.")),
        signature=Signature(("TL. CHỦ TỊCH",), None),
        meta=Meta(request.title, named[0].by, "Đôn đốc báo cáo", ("đôn đốc", request.code), at),
        notice=SIMULATED if authority.simulated else None,
    )
