"""A type of report: its data (template.toml) and its text (body.txt)."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from congvu.figures.period import Cycle, Period

from .marks import Piece, parse
from .term import Term, term_of


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 4) or a paragraph (0; ``item``: of a list); ``place`` names it to a person."""

    level: int
    item: bool
    pieces: tuple[Piece, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Slot:
    """``find`` says how the slot is filled from the records where nobody filled it; empty: it is not."""

    name: str
    find: tuple[str, ...]


class Days(StrEnum):
    """What days a period has that nobody gave or stored."""

    CALENDAR = "calendar"  # the term's own
    BEFORE = "before"  # as many months earlier as the report covers
    YEAR_TO_DATE = "year_to_date"  # from the first of January to the report's last day


@dataclass(frozen=True)
class Template:
    """``periods`` are id -> name; the first is what the report is about, and what a mark means that names none."""

    kind: str
    kind_name: str
    symbol: str
    title: tuple[Piece, ...]
    subject: str
    signature: tuple[str, ...]
    recipients: tuple[str, ...]
    periods: dict[str, str]
    slots: dict[str, Slot]
    paragraphs: tuple[str, ...]
    blocks: tuple[Block, ...]
    cycle: Cycle = Cycle.YEAR
    name: str = ""
    """What the type is called in lists."""
    days: dict[str, Days] = field(default_factory=dict)
    """Of the periods that have no days of the calendar."""
    draft: int = 0
    """The number of the draft from which the text is; 0 for the template's own."""

    @property
    def digest(self) -> str:
        """A short print of the text, by which one sees whether it is still the same."""
        return hashlib.sha256("\n\n".join(self.paragraphs).encode()).hexdigest()[:16]

    @property
    def own_period(self) -> str:
        return next(iter(self.periods))

    def term(self, year: int, part: int) -> Term:
        return term_of(self.cycle, year, part)

    def days_of_periods(self, term: Term, given: Mapping[str, Period]) -> dict[str, Period]:
        """Return the days of every period: those given, else those that its rule makes of the report's own."""
        own = given.get(self.own_period, term.days)
        made = {
            Days.CALENDAR: term.days,
            Days.BEFORE: term.before(own),
            Days.YEAR_TO_DATE: Period(date(own.last.year, 1, 1), own.last),
        }
        return {name: given.get(name, made[self.days.get(name, Days.CALENDAR)]) for name in self.periods}

    def with_draft(self, number: int, paragraphs: Iterable[str]) -> Template:
        """Return the template with the text of a draft instead of its own."""
        texts = tuple(paragraphs)
        return dataclasses.replace(self, paragraphs=texts, blocks=tuple(blocks_of(texts)), draft=number)


def paragraphs_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a body.txt: blank lines part them, line ends inside one count as blanks."""
    return tuple(text for chunk in body.split("\n\n") if (text := " ".join(chunk.split())))


def blocks_of(paragraphs: Iterable[str]) -> list[Block]:
    """Return the paragraphs parsed.

    Raises
    ------
    TemplateFault
        A mark or a condition is written wrongly; it names the place.
    """
    blocks: list[Block] = []
    heading, count = "đầu báo cáo", 0
    for text in paragraphs:
        marks = len(text) - len(text.lstrip("="))
        if marks:
            text = text[marks:].strip()
            heading, count = text.split("{{")[0].split("[[")[0].strip(), 0
            place = f"Mục «{heading}»"
        else:
            count += 1
            place = f"Mục «{heading}», đoạn {count}"
        item = text.startswith("- ")
        blocks.append(Block(marks, item, parse(text, place), place))
    return blocks
