"""The rows that a figure counts, and the statements that it takes, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from congvu.access.facts import Column as FactColumn
from congvu.figures.opening import Opened
from congvu.kernel.format import format_period
from congvu.province.models import Level

from .listing import Cell, Row, Rows, Table, columns, number, text
from .origin_words import Origins
from .wording import cell_of, dossier_url, title_of


def shown_columns(opened: Opened, *, without_names: bool = False) -> list[FactColumn]:
    """Return the columns that have a name for people; ``without_names`` those that are not about a person."""
    return [c for c in opened.columns if title_of(c).title and not (without_names and c.personal)]


def rows_table(
    name: str,
    caption: str,
    opened: Opened,
    shown: Sequence[FactColumn],
    *,
    linked: bool = True,
    origins: Origins | None = None,
) -> Table:
    """Return the rows of a figure; ``linked`` ones lead to their records, ``origins`` say whence each came."""
    dossier = linked and opened.answer.figure.fact.name == "dossiers"

    def row(record: dict[str, Any]) -> Row:
        cells = (cell_of(column, record[column.name]) for column in shown)
        if dossier:
            cells = (_to_dossier(c.name, cell) for c, cell in zip(shown, cells, strict=True))
        return Row((*cells, origins.cell(record)) if origins else tuple(cells))

    records = opened.rows if shown else []
    titles = (*map(title_of, shown), *(columns(_("Nạp từ")) if origins else ()))
    return Table(name, titles, Rows(row, records), caption, headed=False)


def _to_dossier(column: str, cell: Cell) -> Cell:
    return replace(cell, style="one-line", url=dossier_url(cell.words)) if column == "code" else cell


def statements_table(opened: Opened) -> Table:
    """Return what agencies state of a figure from systems of their own."""
    titles = (*columns(_("Cơ quan"), _("Cấp"), _("Kỳ"), numbers=(_("Số báo cáo"),)), *columns(_("Văn bản")))
    return Table(_("Số liệu do cơ quan báo cáo"), titles, Rows(_statement, opened.statements), headed=False)


def _statement(row: dict[str, Any]) -> Row:
    return Row(
        (
            text(str(row["agency_name"] or row["agency_code"])),
            text(str(dict(Level.choices).get(row["stated_level"], row["stated_level"]))),
            Cell(format_period(row["period_from"], row["period_to"]), "one-line"),
            number(row["value"]),
            text(row["symbol"]),
        )
    )
