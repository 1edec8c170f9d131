"""Where the table stands in a sheet: its header, its rows, and what lies around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A column with a title or with values; a two-line header is told as ``Thời hạn / Ngày hẹn trả``.

    Titles are told apart: the second ``Ghi chú`` is ``Ghi chú (2)``; a column without a title is ``Cột F``.
    """

    column: int
    title: str
    hidden: bool = False


@dataclass(frozen=True)
class Layout:
    """``header`` are its first and last row, (0, 0) where there is none. ``rows`` are the numbers of the data rows.

    ``aside`` are rows with content that are no data (titles, totals, column numbers, signatures), each with the
    reason in Vietnamese. ``sections`` are the texts of rows that head a group of rows ("I. Lĩnh vực đất đai"),
    by their own row; they are in ``aside`` too. ``beside`` are the titles of another table next to this one.
    """

    header: tuple[int, int]
    headings: tuple[Heading, ...]
    rows: Sequence[int]
    aside: Mapping[int, str]
    sections: Mapping[int, str]
    beside: tuple[str, ...] = ()

    def column_of(self, title: str) -> int | None:
        """Return the column whose heading is ``title``, None where there is none."""
        return next((heading.column for heading in self.headings if heading.title == title), None)
