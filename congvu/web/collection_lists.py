"""The tables of the reporting regime: requests, who owes what, the burden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from congvu.access.rules import Reader
from congvu.collection.burden import AgencyBurden, FormBurden
from congvu.collection.models import ReportRequest
from congvu.collection.queries import Owing, OwingPage, RequestLine
from congvu.collection.rules import State
from congvu.kernel.format import format_period

from .collection_words import standing_of
from .listing import Cell, Listing, Row, Rows, Table, columns, due, instant, link, number, share
from .templating import url


def requests_listing(lines: Sequence[RequestLine], *, more: bool) -> Listing:
    def row(line: RequestLine) -> Row:
        counts = (line.owing, line.handed_in, line.accepted, line.late)
        name = link(line.title, url("collection-request", code=line.code))
        period = Cell(format_period(line.period.first, line.period.last), "one-line")
        return Row((name, period, *map(number, counts)))

    numbers = (_("Phải báo cáo"), _("Đã gửi"), _("Đã duyệt"), _("Quá hạn"))
    titles, caption = columns(_("Yêu cầu"), _("Kỳ"), numbers=numbers), _("Các yêu cầu báo cáo, kỳ mới nhất trước")
    return Listing(
        _("Chế độ báo cáo"), (Table(_("Các yêu cầu báo cáo"), titles, Rows(row, lines), caption),), more=more
    )


def owed_listing(reader: Reader, page: OwingPage) -> Listing:
    """Return what waits for the reader's agency: to be handed in, or to be judged."""

    def row(one: Owing) -> Row:
        address = url("collection-report", code=one.request, agency=one.agency)
        deed = _deed(one, own=one.agency == reader.agency_code)
        return Row((link(one.title, address), Cell(deed), Cell(one.agency_name), due(one.due_at), _standing(one)))

    titles = columns(_("Báo cáo"), _("Việc"), _("Cơ quan"), _("Hạn gửi"), _("Tình trạng"))
    table = Table(_("Báo cáo đang chờ"), titles, Rows(row, page.owing), _("Báo cáo đang chờ, theo hạn"))
    return Listing(_("Báo cáo phải gửi, phải duyệt"), (table,), more=page.after is not None)


def _deed(one: Owing, *, own: bool) -> str:
    if not own:
        return _("Duyệt hoặc trả lại")
    return _("Gửi") if one.state is State.CHECKED else _("Điền, kiểm tra, gửi")


def _standing(one: Owing) -> Cell:
    """Return the state of a report, and how it stands against its date."""
    shown = standing_of(one)
    return Cell(shown.words, state=shown.style, note=shown.time, note_style="overdue" if shown.late else "quiet")


def owing_listing(request: ReportRequest, page: OwingPage, standing: str) -> Listing:
    """Return the agencies that owe a report to ``request``; ``standing`` is the name of the filter."""

    def row(one: Owing) -> Row:
        state = _standing(one)
        if one.listed_missing_at and not one.is_handed_in:
            state = replace(state, more=(Cell("", note=_("nơi nhận đã ghi là thiếu")),))
        name = link(one.agency_name, url("collection-report", code=one.request, agency=one.agency))
        return Row((name, Cell(one.receiver_name), due(one.due_at), state, instant(one.handed_in_at)))

    titles = columns(_("Cơ quan"), _("Nơi nhận"), _("Hạn gửi"), _("Tình trạng"), _("Gửi lúc"))
    caption = _("Các cơ quan phải báo cáo, theo hạn gửi")
    filters = (
        (_("Kỳ số liệu"), format_period(request.period_from, request.period_to)),
        (_("Tình trạng"), standing),
    )
    table = Table(_("Các cơ quan"), titles, Rows(row, page.owing), caption)
    return Listing(request.title, (table,), filters, more=page.after is not None)


def burden_listing(year: int, forms: Sequence[FormBurden], agencies: Sequence[AgencyBurden], *, more: bool) -> Listing:
    tables = (_forms(forms), _agencies(agencies))
    return Listing(_("Gánh nặng báo cáo"), tables, ((_("Năm"), str(year)),), more=more)


def _forms(forms: Sequence[FormBurden]) -> Table:
    def row(one: FormBurden) -> Row:
        name = link(one.title, url("collection-request", code=one.code))
        asked = map(number, (one.agencies, one.asked, one.known, one.with_rows))
        typed = map(number, (one.begun, one.typed, one.fields))
        return Row((name, *asked, share(one.share), *typed))

    numbers = (
        _("Cơ quan"),
        _("Chỉ tiêu hỏi"),
        _("Đã có từ dữ liệu"),
        _("Trong đó khác 0"),
        _("Tỷ lệ đã có"),
        _("Cơ quan đã điền"),
        _("Chỉ tiêu nhập tay"),
        _("Ô nhập tay"),
    )
    caption = _("Chỉ tiêu được hỏi, đã có và nhập tay, theo yêu cầu báo cáo")
    titles = columns(_("Yêu cầu"), numbers=numbers)
    return Table(_("Theo yêu cầu báo cáo"), titles, Rows(row, forms), caption, "many")


def _agencies(agencies: Sequence[AgencyBurden]) -> Table:
    def row(one: AgencyBurden) -> Row:
        return Row((Cell(one.name), *map(number, (one.reports, one.fields, one.figures))))

    numbers = (_("Báo cáo phải gửi"), _("Ô nhập tay"), _("Trong đó số liệu"))
    titles = columns(_("Cơ quan"), numbers=numbers)
    caption = _("Ô nhập tay của mỗi cơ quan, nhiều nhất trước")
    return Table(_("Ô nhập tay theo cơ quan"), titles, Rows(row, agencies), caption)
