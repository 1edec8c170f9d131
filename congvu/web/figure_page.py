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
from congvu.province.models import Level
from congvu.province.queries import get_agency

from .address import AFTER, AGENCY, FigureAsked, UnknownFigure, period_query, place_token
from .charts import Chart, chart
from .closed_notice import ClosedNotice, closed_notice
from .figure_groups import policy_words
from .periods import Periods, Picker, picker_for
from .templating import url
from .wording import (
    Cell,
    MemberWords,
    cell_of,
    dossier_url,
    figure_url,
    fraction_of,
    scope_of,
    title_of,
)


@dataclass(frozen=True, slots=True)
class MemberLine:
    label: str
    words: str
    fraction: str
    counted: str
    stated: str
    url: str


@dataclass(frozen=True, slots=True)
class Rows:
    """``hidden`` is how many rows there are of which nothing may be shown here.

    ``next`` and ``first`` are the addresses of other pages of the list, None where there is none.
    """

    titles: tuple[Cell, ...]
    lines: tuple[tuple[Cell, ...], ...]
    statements: tuple[tuple[Cell, ...], ...]
    parts: tuple[MemberLine, ...]
    hidden: int
    names_hidden: bool
    personal: bool
    next: str | None
    first: str | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """``one`` is the member shown (None: a choice among ``members``); ``rows`` only where one member is shown."""

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
    members: tuple[MemberLine, ...]
    closed: ClosedNotice | None
    trend: Chart | None
    rows: Rows | None


def figure_page(reader: Reader, asked: FigureAsked, periods: Periods) -> FigurePage:
    """Return everything that the page of a figure shows.

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
        one=_line(answer, words, period, asked.agency) if answer else None,
        partial=answer.partial if answer else sum(a.partial for a in found),
        members=tuple(_line(a, words, period, asked.agency) for a in found) if figure.dimensions else (),
        closed=closed_notice(reader, figure, asked.members, period, answer),
        trend=_trend(reader, period, asked, words, found),
        rows=_rows(reader, asked, period, words, kept | period_query(chosen), answer) if answer else None,
    )


def _answer(found: list[Answer], asked: FigureAsked, period: Period, reader: Reader) -> Answer:
    members = asked.members or ()
    known = next((a for a in found if a.members == members), None)
    return known or answer_for(asked.figure, members, period, reader=reader, agency_code=asked.agency)


def _title(figure: Figure, words: MemberWords, members: Members | None) -> str:
    named = words.all(members) if members else ""
    return f"{figure.name}: {named}" if named else str(figure.name)


def _line(answer: Answer, words: MemberWords, period: Period, agency: str | None) -> MemberLine:
    has_parts = answer.stated is not None and answer.figure.minus is None
    return MemberLine(
        label=words.all(answer.members),
        words=value_in_words(answer),
        fraction=fraction_of(answer),
        counted=format_number(answer.counted or 0) if has_parts else "",
        stated=format_number(answer.stated or 0) if has_parts else "",
        url=figure_url(answer.figure, answer.members, period, agency),
    )


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
    reader: Reader, asked: FigureAsked, period: Period, words: MemberWords, kept: dict[str, str], answer: Answer
) -> Rows:
    figure, members = asked.figure, asked.members or ()
    opened = open_rows_for(reader, figure, members, period, after=asked.after, answer=answer, agency_code=asked.agency)
    columns = [c for c in opened.columns if title_of(c).words and not (opened.names_hidden and c.personal)]
    # where every column is about a person and hidden, there is nothing to turn the pages of
    token = place_token(opened.after, figure.id) if columns else None
    return Rows(
        titles=tuple(title_of(column) for column in columns),
        lines=tuple(tuple(_cell(figure, c.name, cell_of(c, row[c.name])) for c in columns) for row in opened.rows),
        statements=tuple(_statement(row) for row in opened.statements),
        parts=_parts(opened, period),
        hidden=len(opened.rows) if opened.rows and not columns else 0,
        names_hidden=opened.names_hidden,
        personal=is_personal(figure),
        next=url("figure", kept | {AFTER: token}, figure=figure.id) if token else None,
        first=url("figure", kept, figure=figure.id) if asked.after else None,
    )


def _cell(figure: Figure, column: str, cell: Cell) -> Cell:
    if (figure.fact.name, column) != ("dossiers", "code"):
        return cell
    return replace(cell, style="one-line", url=dossier_url(cell.words))


def _statement(row: dict[str, object]) -> tuple[Cell, ...]:
    first, last, value = row["period_from"], row["period_to"], row["value"]
    return (
        Cell(str(row["agency_name"] or row["agency_code"])),
        Cell(str(dict(Level.choices).get(str(row["stated_level"]), row["stated_level"]))),
        Cell(format_period(first, last), "one-line"),  # type: ignore[arg-type]  # days, by the fact's types
        Cell(format_number(value), "num"),  # type: ignore[arg-type]
        Cell(str(row["symbol"] or "—")),
    )


def _parts(opened: Opened, period: Period) -> tuple[MemberLine, ...]:
    """Return the two figures of a difference, each with the way to its rows."""
    return tuple(
        MemberLine(str(FIGURES[id_].name), format_number(value), "", "", "", figure_url(FIGURES[id_], (), period))
        for id_, value in opened.parts
    )
