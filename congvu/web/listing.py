"""Tables of records: said once, shown on a page (templates/macros/parts.html) and taken home (list_export.py)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from django.utils.translation import gettext as _

from congvu.kernel.format import format_day, format_due, format_instant, format_number, format_percent
from congvu.press.xlsx import ColumnKind, Typed, Value

NONE = "—"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its words, how they are set, where they lead, and what they are worth in a workbook.

    Without a ``value`` the words are the value. ``kind`` says how a workbook writes the value. ``state`` is the class
    of a coloured state, ``icon`` stands before the words for the eye alone; ``before`` and ``note`` are quieter words
    around them, ``more`` are further lines. ``style`` "mark" is for words to be copied, "vi" for words that are
    Vietnamese in every language of the pages.
    """

    words: str
    style: Literal["", "num", "one-line", "quiet", "mark", "vi"] = ""
    url: str | None = None
    value: Value = None
    kind: ColumnKind = "text"
    state: str = ""
    icon: str = ""
    before: str = ""
    note: str = ""
    note_style: Literal["quiet", "overdue"] = "quiet"
    more: tuple[Cell, ...] = ()

    @property
    def numeric(self) -> bool:
        return self.style == "num"

    @property
    def text(self) -> str:
        """All words as they are read, each further line on its own."""
        line = " ".join(part for part in (self.before, self.words, self.note) if part)
        return "\n".join((line, *(one.text for one in self.more)))

    @property
    def taken(self) -> Value | Typed:
        """What a workbook holds; None where the page shows a dash."""
        if self.value is not None:
            return Typed(self.value, self.kind)
        text = self.text
        return None if text in ("", NONE) else text


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``record`` is what a page's last column of deeds is about, ``style`` the class of the row."""

    cells: tuple[Cell, ...]
    record: Any = None
    style: str = ""


class Rows(Collection[Row], Generic[T]):
    """Rows that are made of records one by one, each time they are gone through: a long list stays small."""

    def __init__(self, make: Callable[[T], Row], records: Sequence[T]) -> None:
        self._make, self._records = make, records

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, row: object) -> bool:
        return any(one == row for one in self)


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is what people call the table, ``caption`` says it more fully, ``headed`` makes first cells heads."""

    name: str
    columns: tuple[Column, ...]
    rows: Collection[Row]
    caption: str = ""
    style: str = ""
    headed: bool = True


@dataclass(frozen=True)
class Listing:
    """The tables of a page under its title.

    ``filters`` are what the page's address narrows it by, in words; ``scope`` is over whose records it goes, where
    the page says that; ``more`` that there are rows beyond those of ``tables``.
    """

    title: str
    tables: tuple[Table, ...]
    filters: tuple[tuple[str, str], ...] = ()
    scope: str = ""
    notes: tuple[str, ...] = ()
    more: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(len(table.rows) for table in self.tables)


def columns(*titles: str, numbers: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return columns of ``titles``, then columns of numbers."""
    return (*(Column(title) for title in titles), *(Column(title, numeric=True) for title in numbers))


def link(words: str, url: str | None) -> Cell:
    return Cell(words, url=url)


def text(words: str | None) -> Cell:
    """Return words, or a dash where there are none."""
    return Cell(words or NONE)


def number(value: int | float | Decimal | None, places: int = 0) -> Cell:
    if value is None:
        return Cell(NONE, "num")
    return Cell(format_number(value, places), "num", value=value, kind="decimal" if places else "integer")


def numeral(value: int, url: str | None = None) -> Cell:
    """Return a number that names something, written without dots."""
    return Cell(str(value), url=url, value=value, kind="plain")


def share(value: float | Decimal | Fraction | None) -> Cell:
    return Cell(NONE, "num") if value is None else Cell(format_percent(value), "num", value=value, kind="percent")


def day(value: date | None) -> Cell:
    return Cell(NONE, "one-line") if value is None else Cell(format_day(value), "one-line", value=value, kind="date")


def instant(value: datetime | None) -> Cell:
    if value is None:
        return Cell(NONE, "one-line")
    return Cell(format_instant(value), "one-line", value=value, kind="datetime")


def due(value: datetime) -> Cell:
    """Return an instant that people wait for, with its weekday."""
    return Cell(format_due(value), "one-line", value=value, kind="datetime")


def yes_or_no(value: bool) -> Cell:
    return Cell(_("Có") if value else _("Không"))


def lines(cells: Sequence[Cell], *, empty: str = NONE) -> Cell:
    """Return cells below each other in one; ``empty`` stands where there is none."""
    return replace(cells[0], more=tuple(cells[1:])) if cells else Cell(empty, "quiet")
