"""A report's text held against the records: its numbers against the figures, its citations against the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from congvu.access.rules import Reader
from congvu.checker import Finding, check
from congvu.checker.grammar.reading_order import in_order
from congvu.checker.known import Knowledge, KnownFigure, against
from congvu.checker.words.citations import citation_spans
from congvu.figures.compute import Answer
from congvu.kernel.format import format_period
from congvu.press.manuscript import Manuscript
from congvu.work.documents.queries import days_of_symbols

from .sources import Sources
from .template import load_template


def check_against_records(
    manuscript: Manuscript, kind: str, year: int, *, reader: Reader, part: int = 0
) -> list[Finding]:
    """Return what does not hold in a text by itself, and what contradicts the records of a report's periods."""
    sources = Sources.read(load_template(kind), year, reader, part=part)
    detector = (lambda text: against(text, knowledge_for(text, sources)),)
    return check(manuscript, further=detector)


def knowledge_for(manuscript: Manuscript, sources: Sources) -> Knowledge:
    """Return the figures of a report's periods, and the days of the documents that a text cites."""
    figures = [known for name in sources.periods for known in _figures(sources, name)]
    symbols = {c.written for paragraph in in_order(manuscript) for c in citation_spans(paragraph.text)}
    days: dict[str, set[date]] = defaultdict(set)
    for symbol, day in days_of_symbols(symbols):
        days[symbol].add(day)
    return Knowledge(figures, {symbol: frozenset(found) for symbol, found in days.items()})


def _figures(sources: Sources, name: str) -> Iterator[KnownFigure]:
    period = sources.periods[name]
    for answer in sources.answers(name).values():
        if answer.value is None or any(d.is_agency or d.choices is None for d in answer.figure.dimensions):
            continue
        members = dict(answer.members)
        yield KnownFigure(
            key=answer.key,
            name=" ".join([str(answer.figure.name), *_labels(answer)]),
            value=100 * float(answer.value) if answer.figure.is_share else float(answer.value),
            unit=str(answer.figure.unit),
            level=members.get("level", ""),
            period=format_period(period.first, period.last),
            mark=_mark(answer, "" if name == sources.template.own_period else name),
        )


def _mark(answer: Answer, period: str) -> str:
    options = [f"{name}={member}" for name, member in answer.members]
    return " ".join([answer.figure.id, *options, *([f"period={period}"] if period else [])])


def _labels(answer: Answer) -> Iterator[str]:
    """Yield the words of the members that are no level: a level is recognised by the text's own words for it."""
    for dimension in answer.figure.dimensions:
        if dimension.name != "level" and dimension.choices is not None:
            yield str(dimension.choices(dict(answer.members)[dimension.name]).label)
