"""A text held against what is known elsewhere: figures computed from records, documents of a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from congvu.kernel.format import format_day
from congvu.press.manuscript import Manuscript

from .findings import Finding, Kind
from .grammar.passages import Passage, passages
from .grammar.quantities import Quantity, Span
from .grammar.reading_order import in_order
from .grammar.slips import slipped, written
from .grammar.tokens import tokens
from .grammar.units import PERCENT, of_kind
from .grammar.vocabulary import said, words
from .numbers.rates import is_growth
from .words.citations import citation_spans

LEVELS = {
    "province": said("cấp tỉnh, sở ngành, các sở, sở"),
    "district": said("cấp huyện, ubnd huyện, huyện"),
    "commune": said("cấp xã, ubnd xã, xã"),
}
_EMPTY = words("và của các được có đã là theo về cho tại trong số tỷ lệ tổng do hành chính đang việc từ")
_COVERED, _COVERED_IF_EQUAL = 0.75, 0.6
"""How many of a figure's words must stand beside a number; fewer do where a number of three digits is the figure."""

_FEWEST = 2
LEAST_TELLING = 100


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure's value (a share in per cent), with the words that name it; ``level`` where it is of one level.

    ``mark`` is how a report's template writes it.
    """

    key: str
    name: str
    value: float
    unit: str
    level: str = ""
    period: str = ""
    mark: str = ""

    @property
    def terms(self) -> frozenset[str]:
        return _terms(self.name)


@dataclass(frozen=True)
class Knowledge:
    """Figures, and the days on which the documents of each symbol (``501/UBND-NC``) were issued."""

    figures: Sequence[KnownFigure] = ()
    documents: Mapping[str, frozenset[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A number of the text and the figure that its words name; ``equal`` where the two agree."""

    passage: Passage
    quantity: Quantity
    figure: KnownFigure
    equal: bool


def against(manuscript: Manuscript, known: Knowledge) -> Iterator[Finding]:
    """Yield what contradicts the figures and documents that are known."""
    for match in matches(manuscript, known.figures):
        if not match.equal:
            yield _of_figure(match)
    yield from _of_documents(manuscript, known.documents)


def matches(manuscript: Manuscript, figures: Sequence[KnownFigure]) -> Iterator[Match]:
    """Yield the numbers of a text whose words name a figure."""
    for passage in passages(manuscript):
        for quantity in passage.quantities:
            found = _named(passage, quantity, figures)
            equal = [figure for figure in found if _equal(quantity, figure)]
            if not equal and quantity.value / quantity.step >= LEAST_TELLING:
                same = [figure for figure in figures if _equal(quantity, figure)]
                equal = _named(passage, quantity, same, _COVERED_IF_EQUAL)
            if equal:
                yield Match(passage, quantity, equal[0], True)
            elif meant := [figure for figure in found if _meant(quantity, figure) and not _known(quantity, figures)]:
                yield Match(passage, quantity, meant[0], False)


def _named(
    passage: Passage, quantity: Quantity, figures: Sequence[KnownFigure], covered: float = _COVERED
) -> list[KnownFigure]:
    """Return the figures that the words around a number name best."""
    if quantity.whole_of >= 0 or is_growth(quantity):
        return []
    told = _terms(quantity.words)
    level = _level(_sentence(passage, quantity)) or _level(quantity.after)
    fitting = [
        (len(figure.terms & told), figure)
        for figure in figures
        if figure.level == level
        and (quantity.is_share == (figure.unit == PERCENT))
        and (quantity.is_share or of_kind(quantity.unit, figure.unit))
        and len(figure.terms & told) >= max(_FEWEST, covered * len(figure.terms))
    ]
    best = max((shared for shared, _figure in fitting), default=0)
    return [figure for shared, figure in fitting if shared == best]


def _terms(text: str) -> frozenset[str]:
    inside = (word for token in tokens(text) for word in token.word.split("_"))
    return frozenset(word for word in inside if word.isalpha() and word not in _EMPTY)


def _sentence(passage: Passage, quantity: Quantity) -> str:
    begin = max(passage.text.rfind(stop, 0, quantity.start) for stop in ("\n", ". "))
    return passage.text[begin + 1 : quantity.start]


def _level(text: str) -> str:
    """Return the level that a text tells last; empty where it tells none."""
    places = {level: max((m.start() for m in told.finditer(text)), default=-1) for level, told in LEVELS.items()}
    last = max(places, key=lambda level: places[level])
    return last if places[last] >= 0 else ""


def _equal(quantity: Quantity, figure: KnownFigure) -> bool:
    return quantity.span.meets(Span(figure.value, figure.value))


def _known(quantity: Quantity, figures: Sequence[KnownFigure]) -> bool:
    """Return whether a number is some figure of its unit after all, whatever its words."""
    return any(_equal(quantity, f) and of_kind(quantity.unit, f.unit) for f in figures if not quantity.is_share)


def _meant(quantity: Quantity, figure: KnownFigure) -> bool:
    """Return whether a number is near enough to a figure to be meant as it."""
    if quantity.qualifier or figure.value == 0:
        return False
    near = abs(quantity.value - figure.value) <= 0.02 * figure.value
    return near or (quantity.value >= 100 and slipped(quantity.value, figure.value, quantity.step))


def _of_figure(match: Match) -> Finding:
    quantity, figure = match.quantity, match.figure
    mark = "%" if quantity.is_share else ""
    value = written(figure.value, min(quantity.step, 0.01) if quantity.is_share else 1) + mark
    period = f" ({figure.period})" if figure.period else ""
    message = f"Ghi {quantity.text}{mark}; «{figure.name}»{period} tính từ dữ liệu là {value}."
    span = (quantity.start, quantity.end)
    return match.passage.finding(Kind.CONTRADICTION, "likely", span, quantity.text + mark, value, message)


def _of_documents(manuscript: Manuscript, documents: Mapping[str, frozenset[date]]) -> Iterator[Finding]:
    for paragraph in in_order(manuscript):
        for citation in citation_spans(paragraph.text):
            days = documents.get(citation.written)
            if days and citation.day is not None and citation.day not in days:
                known = ", ".join(format_day(day) for day in sorted(days))
                stated = format_day(citation.day)
                message = f"Văn bản {citation.written} ghi ngày {stated}; sổ văn bản ghi ngày {known}."
                end = citation.dated.end if citation.dated is not None else citation.end
                yield Finding(
                    Kind.CITATION, "likely", paragraph, citation.start, end, stated, known,
                    message + " Đúng nếu là văn bản của cơ quan khác.",
                )  # fmt: skip
