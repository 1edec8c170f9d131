"""A report's assessment as its room needs it: the report's days, and how its words are judged and written."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import override

from congvu.access.rules import Reader
from congvu.assessment.queries import Sheet
from congvu.figures.period import Period

from .draft_store import faults_of
from .sources import Sources
from .template import load_template
from .writer import Writer


def sheet_of(kind: str, year: int, reader: Reader) -> Sheet:
    """Return what the assessment of a report is written on.

    Raises
    ------
    UsageRefusal
        There is no such kind of report, or no report of such a year.
    """
    template = load_template(kind)
    sources = Sources.read(template, year, reader)

    def judge(text: str, place: str) -> list[str]:
        with override("vi"):
            return faults_of(f"- {text}.", place, template, sources)

    def plain(text: str) -> str:
        with override("vi"):
            return Writer(sources).plain(text)

    return Sheet(kind, year, sources.periods, _periods_before(kind, year, reader), judge, plain)


def _periods_before(kind: str, year: int, reader: Reader) -> Mapping[str, Period]:
    """Return the days of the report of the year before; none in the first year of which a report can be."""
    return Sources.read(load_template(kind), year - 1, reader).periods if year > FIRST_YEAR else {}


FIRST_YEAR = 1901
