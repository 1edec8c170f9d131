"""The board: at most seven cards that answer a question, then charts. Every number leads to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congvu.access.rules import Reader
from congvu.figures.cached import answers
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import Answer, may_see
from congvu.figures.definition import Figure
from congvu.figures.period import Period
from congvu.figures.written import value_in_words
from congvu.kernel.format import format_period

from .board_charts import CHARTED, board_charts
from .charts import Chart
from .listing import Cell, Listing, Row, Rows, Table, columns, text
from .periods import Periods
from .wording import MemberWords, answer_cell, figure_url, fraction_of, scope_of


@dataclass(frozen=True, slots=True)
class CardNumber:
    label: str
    words: str
    note: str
    url: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Card:
    question: str
    unit: str
    period: Period
    scope: str
    numbers: tuple[CardNumber, ...]


@dataclass(frozen=True, slots=True)
class Board:
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    period: Period


_QUESTIONS: tuple[tuple[Any, str], ...] = (
    (_("Hồ sơ được giải quyết đúng hạn đến đâu?"), "dossiers.on_time_rate"),
    (_("Bao nhiêu hồ sơ giải quyết trễ hạn?"), "dossiers.late"),
    (_("Bao nhiêu hồ sơ đang giải quyết đã quá hạn?"), "dossiers.pending_overdue"),
    (_("Nhiệm vụ cải cách hành chính hoàn thành đến đâu?"), "par_tasks.completion_rate"),
    (_("Phản ánh, kiến nghị được xử lý đến đâu?"), "feedback.resolution_rate"),
    (_("Đã kiểm tra bao nhiêu cuộc?"), "inspections.count"),
    (_("Bao nhiêu người bị xử lý kỷ luật?"), "officers.disciplined"),
)


def board_for(reader: Reader, periods: Periods) -> Board:
    """Return the board as far as ``reader`` may see it; all figures of one period are counted together."""
    shown = [FIGURES[id_] for id_ in dict.fromkeys((*(id_ for _question, id_ in _QUESTIONS), *CHARTED))]
    found = _answers(reader, [figure for figure in shown if may_see(reader, figure)], periods)
    cards = [
        _card(reader, str(question), FIGURES[id_], found[id_], periods)
        for question, id_ in _QUESTIONS
        if found.get(id_)
    ]
    return Board(tuple(cards), tuple(board_charts(reader, found, periods)), periods.year)


def board_listing(board: Board, periods: Periods) -> Listing:
    """Return the cards as a table, then the table of each chart."""

    def row(shown: tuple[Card, CardNumber]) -> Row:
        card, number = shown
        days = format_period(card.period.first, card.period.last)
        label = Cell(number.label or card.unit)
        return Row((Cell(card.question), label, number.cell, text(number.note), Cell(days), Cell(card.scope)))

    titles = (
        *columns(gettext("Câu hỏi"), gettext("Chia theo")),
        *columns(numbers=(gettext("Giá trị"),)),
        *columns(gettext("Tử số / mẫu số"), gettext("Kỳ"), gettext("Phạm vi")),
    )
    numbers = [(card, number) for card in board.cards for number in card.numbers]
    cards = Table(gettext("Bảng điều hành"), titles, Rows(row, numbers))
    chosen = periods.chosen
    days = format_period(chosen.first, chosen.last) if chosen else gettext("theo báo cáo năm")
    tables = (cards, *(chart.table for chart in board.charts))
    return Listing(gettext("Bảng điều hành"), tables, ((gettext("Kỳ"), days),))


def _answers(reader: Reader, figures: Sequence[Figure], periods: Periods) -> dict[str, list[Answer]]:
    by_period: dict[Period, list[str]] = {}
    for figure in figures:
        by_period.setdefault(periods.for_figure(figure), []).append(figure.id)
    found: dict[str, list[Answer]] = {}
    for period, ids in by_period.items():
        found |= answers(reader, period, ids)
    return found


def _card(reader: Reader, question: str, figure: Figure, found: Sequence[Answer], periods: Periods) -> Card:
    period = periods.for_figure(figure)
    words = MemberWords(figure, period)
    numbers = tuple(
        CardNumber(
            label=words.all(answer.members),
            words=value_in_words(answer),
            note=fraction_of(answer),
            url=figure_url(figure, answer.members, period),
            cell=answer_cell(answer),
        )
        for answer in sorted(found, key=lambda a: words.place(a.members))
    )
    return Card(question, _unit(figure), period, scope_of(reader, figure), numbers)


def _unit(figure: Figure) -> str:
    return str(_("Tỷ lệ")) if figure.is_share else str(figure.unit).capitalize()
