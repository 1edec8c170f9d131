"""The page of one figure: its value, what it is made of, how it went by month, and the rows that it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from congvu.access.rules import Reader
from congvu.figures.cached import answers, trend
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Answer, Members, may_see
from congvu.figures.definition import Figure
from congvu.figures.opening import Opened, answer_for
from congvu.figures.period import Period
from congvu.figures.services import is_personal, open_rows_for
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_month, format_number, format_period
from congvu.province.queries import get_agency

from .address import AFTER, AGENCY, FigureAsked, UnknownFigure, period_query, place_token
from .charts import Chart, chart
from .closed_notice import ClosedNotice, closed_notice
from .fact_rows import rows_table, shown_columns, statements_table
from .figure_groups import policy_words
from .listing import NONE, Cell, Listing, Row, Rows, Table, columns, link, number, text
from .origin_words import origins_for
from .periods import Periods, Picker, picker_for
from .templating import url
from .wording import MemberWords, answer_cell, figure_url, fraction_of, scope_of


@dataclass(frozen=True, slots=True)
class MemberLine:
    label: str
    words: str
    fraction: str
    counted: str
    stated: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class FigureRows:
    """``hidden`` is how many rows there are of which nothing may be shown here.

    ``next`` and ``first`` are the addresses of other pages of the list, None where there is none.
    """

    table: Table
    statements: Table
    parts: Table | None
    hidden: int
    names_hidden: bool
    personal: bool
    more: bool
    next: str | None
    first: str | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """``one`` is the member shown, with its ``rows``; None: a choice among ``members``.

    ``several`` says whether the figure has members to choose among at all.
    """

    figure: Figure
    title: str
    scope: str
    period: Period
    picker: Picker
    kept: dict[str, str]
    all_members: str
    policy: str
    one: MemberLine | None
    partial: int
    members: Table | None
    several: bool
    closed: ClosedNotice | None
    trend: Chart | None
    rows: FigureRows | None


def figure_page(reader: Reader, asked: FigureAsked, periods: Periods, *, limit: int) -> FigurePage:
    """Return everything that the page of a figure shows, with ``limit`` of its rows.

    Raises
    ------
    UnknownFigure
        Also where the figure exists but its kind of records is not for this reader.
    """
    figure = asked.figure
    if not may_see(reader, figure):
        raise UnknownFigure(f"Không có chỉ tiêu «{figure.id}». Hãy chọn từ danh mục chỉ tiêu.")
    period = periods.for_figure(figure)
    words = MemberWords(figure, period)
    computed = answers(reader, period, (figure.id,), agency_code=asked.agency).get(figure.id, [])
    found = sorted(computed, key=lambda a: words.place(a.members))
    answer = None if asked.members is None else _answer(found, asked, period, reader)
    of_agency = {AGENCY: asked.agency} if asked.agency else {}
    kept = dict(asked.members or ()) | of_agency
    chosen = periods.chosen
    return FigurePage(
        figure=figure,
        title=_title(figure, words, asked.members),
        scope=get_agency(asked.agency)[0].name if asked.agency else scope_of(reader, figure),
        period=period,
        picker=picker_for(period, periods, url("figure", kept, figure=figure.id)),
        kept=kept,
        all_members=url("figure", of_agency | period_query(chosen), figure=figure.id),
        policy=policy_words(figure),
        one=_line(answer, words) if answer else None,
        partial=answer.partial if answer else sum(a.partial for a in found),
        members=_members(asked, words, period, found) if found and figure.dimensions and not answer else None,
        several=bool(found and figure.dimensions),
        closed=closed_notice(reader, figure, asked.members, period, answer),
        trend=_trend(reader, period, asked, words, found),
        rows=_rows(reader, asked, period, words, kept | period_query(chosen), answer, limit) if answer else None,
    )


def _answer(found: list[Answer], asked: FigureAsked, period: Period, reader: Reader) -> Answer:
    members = asked.members or ()
    known = next((a for a in found if a.members == members), None)
    return known or answer_for(asked.figure, members, period, reader=reader, agency_code=asked.agency)


def _title(figure: Figure, words: MemberWords, members: Members | None) -> str:
    named = words.all(members) if members else ""
    return f"{figure.name}: {named}" if named else str(figure.name)


def _line(answer: Answer, words: MemberWords) -> MemberLine:
    has_parts = answer.stated is not None and answer.figure.minus is None
    return MemberLine(
        label=words.all(answer.members),
        words=value_in_words(answer),
        fraction=fraction_of(answer),
        counted=format_number(answer.counted or 0) if has_parts else "",
        stated=format_number(answer.stated or 0) if has_parts else "",
        cell=answer_cell(answer),
    )


def _members(asked: FigureAsked, words: MemberWords, period: Period, found: list[Answer]) -> Table:
    """Return the members of a figure, each with its value and what it is made of."""
    figure = asked.figure

    def row(answer: Answer) -> Row:
        address = figure_url(figure, answer.members, period, asked.agency)
        cells = [link(words.all(answer.members), address), answer_cell(answer)]
        if figure.is_share:
            cells.append(Cell(fraction_of(answer) or NONE, "num"))
        elif answer.stated is not None and figure.minus is None:
            cells += [number(answer.counted or 0), number(answer.stated or 0)]
        else:
            cells += [Cell("", "num"), Cell("", "num")]
        return Row(tuple(cells))

    labels = ", ".join(str(dimension.label) for dimension in figure.dimensions)
    made_of = (_("Tử số / mẫu số"),) if figure.is_share else (_("Đếm từ các dòng"), _("Do cơ quan báo cáo"))
    titles = columns(labels, numbers=(_("Giá trị"), *made_of))
    return Table(_title(figure, words, asked.members), titles, Rows(row, found))


def figure_listing(page: FigurePage) -> Listing:
    """Return the tables of a figure's page: its members or its rows, how it went by month, what agencies state."""
    rows = page.rows
    tables = (
        page.members,
        page.trend.table if page.trend else None,
        (rows.parts or rows.table) if rows else None,
        rows.statements if rows else None,
    )
    notes = []
    if rows and rows.names_hidden:
        notes.append(_("Tên và thông tin cá nhân không hiện ở vị trí làm việc này."))
    if rows and rows.personal:
        notes.append(_("Danh sách này có thông tin cá nhân; lần mở này đã được ghi vào nhật ký."))
    return Listing(
        page.title,
        tuple(table for table in tables if table is not None and table.columns and table.rows) or (_value_table(page),),
        ((_("Kỳ"), format_period(page.period.first, page.period.last)),),
        page.scope,
        tuple(notes),
        more=rows is not None and rows.more,
    )


def _value_table(page: FigurePage) -> Table:
    """Return the value alone, for a page that shows no table."""
    value = page.one.cell if page.one else text(None)
    titles = columns(_("Chỉ tiêu"), numbers=(_("Giá trị"),))
    return Table(page.title, titles, Rows(Row, [(Cell(page.title), value)]))


_MOST_SERIES = 6
"""More lines than this in one picture tell nothing apart; the page then shows the trend of one member only."""


def _trend(reader: Reader, period: Period, asked: FigureAsked, words: MemberWords, found: list[Answer]) -> Chart | None:
    figure, members = asked.figure, asked.members
    shown = [members] if members is not None else [answer.members for answer in found]
    if not 0 < len(shown) <= _MOST_SERIES or len(period.months()) < 2:
        return None
    months = trend(reader, figure, period, agency_code=asked.agency)
    nothing = Answer(figure, (), None, 0, 0, None, 0) if figure.is_share else Answer(figure, (), 0, None, None, 0, 0)
    return chart(
        "theo-thang",
        kind="line" if figure.is_share else "bar",
        title=_("%(figure)s, từng tháng") % {"figure": _title(figure, words, members)},
        unit=str(figure.unit),
        source=_("Tháng đầu và tháng cuối chỉ tính những ngày thuộc kỳ %(period)s.")
        % {"period": format_period(months[0].period.first, months[-1].period.last)},
        first_column=_("Tháng"),
        series=[words.all(one) or str(figure.unit).capitalize() for one in shown],
        rows=[
            (
                format_month(month.period.first),
                [month.answer(one) or replace(nothing, members=one) for one in shown],
                [figure_url(figure, one, month.period, asked.agency) for one in shown],
            )
            for month in months
        ],
    )


def _rows(
    reader: Reader,
    asked: FigureAsked,
    period: Period,
    words: MemberWords,
    kept: dict[str, str],
    answer: Answer,
    limit: int,
) -> FigureRows:
    figure, members = asked.figure, asked.members or ()
    opened = open_rows_for(
        reader, figure, members, period, after=asked.after, answer=answer, agency_code=asked.agency, limit=limit
    )
    shown = shown_columns(opened, without_names=opened.names_hidden)
    # where every column is about a person and hidden, there is nothing to turn the pages of
    token = place_token(opened.after, figure.id) if shown else None
    origins = origins_for(reader, figure.fact, opened.rows) if shown else None
    return FigureRows(
        table=rows_table(_("Các dòng đã tính"), _title(figure, words, members), opened, shown, origins=origins),
        statements=statements_table(opened),
        parts=_parts(opened, period),
        hidden=len(opened.rows) if opened.rows and not shown else 0,
        names_hidden=opened.names_hidden,
        personal=is_personal(figure),
        more=opened.after is not None,
        next=url("figure", kept | {AFTER: token}, figure=figure.id) if token else None,
        first=url("figure", kept, figure=figure.id) if asked.after else None,
    )


def _parts(opened: Opened, period: Period) -> Table | None:
    """Return the two figures of a difference, each with the way to its rows."""

    def row(part: tuple[str, int]) -> Row:
        figure = FIGURES[part[0]]
        return Row((link(str(figure.name), figure_url(figure, (), period)), number(part[1])))

    titles = columns(_("Chỉ tiêu"), numbers=(_("Giá trị"),))
    return Table(_("Hai chỉ tiêu của hiệu"), titles, Rows(row, opened.parts)) if opened.parts else None
