"""What each mark states: the words for a figure, a list, a date. Faults say in Vietnamese what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from django.db.models import TextChoices

from congvu.assessment.evidence import finding_words
from congvu.collection.aggregation import missing_of, quote, source, sum_words
from congvu.figures.compute import Answer, Members, figure_key
from congvu.figures.definition import Figure
from congvu.figures.period import parse_day
from congvu.figures.written import NOTHING, share
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_count_in_text, format_day, format_number, format_percent
from congvu.kernel.names import grouped
from congvu.press.model import MarkKind

from .assessed import PARAGRAPHS, stands
from .marks import Spec, parse_mark
from .sources import Sources, figure_named

PENDING = "đang tổng hợp"
COUNTED_IN_TEXT = ("cơ quan", "cuộc")
"""Units of which running text writes a count below ten with two digits."""


class Fault(Exception):
    """A mark that cannot be written; the text says why."""


@dataclass(frozen=True, slots=True)
class Stated:
    """``kind`` is ``words`` for what the report says of itself (its year, the days of a period)."""

    text: str
    kind: MarkKind = "words"
    figure: str | None = None
    period: str | None = None


def state(spec: Spec, sources: Sources) -> Stated:
    """Return what ``spec`` states over ``sources``."""
    special = _HEADS.get(spec.head)
    if special is not None and spec.head in _OVER_ROWS:
        asked = (spec.head, spec.words, tuple(sorted(spec.options.items())))
        return sources.kept(asked, lambda: special(spec, sources))
    if special is not None:
        return special(spec, sources)
    return _figure_mark(spec, sources)


def holds(condition: tuple[str, ...], sources: Sources) -> bool:
    """Return whether a segment's condition holds."""
    match condition:
        case ("pending", figure):
            return sources.is_pending(figure)
        case ("known", figure):
            return not sources.is_pending(figure)
        case ("overlap", total, parts):
            return _overlaps(total, parts, sources)
        case (name,) if name in PARAGRAPHS:
            return stands(name, sources)
        case ("no", name) if name in PARAGRAPHS:
            return not stands(name, sources)
        case ("some" | "none" as wanted, *named):
            return _occurred(" ".join(named), sources) is (wanted == "some")
        case (slot,) if slot in sources.template.slots:
            return bool(sources.slots.get(slot))
    raise Fault(f"không hiểu điều kiện «{' '.join(condition)}»")


def _occurred(source: str, sources: Sources) -> bool:
    """Return whether a figure, written as in a mark, counts anything; one declared pending may."""
    spec = parse_mark(source)
    figure, period = _figure(spec.head), _period(spec, sources)
    members = _members(figure, spec)
    _know(spec, "period", *(dimension.name for dimension in figure.dimensions))
    if sources.is_pending(figure.id, figure_key(figure.id, members)):
        return True
    return bool(_answer(figure, members, period, sources).value)


# Figures


def _figure(id_: str) -> Figure:
    figure = figure_named(id_)
    if figure is None:
        raise Fault(f"không có chỉ tiêu «{id_}»")
    return figure


def _period(spec: Spec, sources: Sources) -> str:
    name = spec.options.get("period", sources.template.own_period)
    if name not in sources.periods:
        raise Fault(f"báo cáo không có kỳ «{name}»")
    return name


def _members(figure: Figure, spec: Spec) -> Members:
    members = []
    for dimension in figure.dimensions:
        member = spec.options.get(dimension.name)
        if member is None:
            raise Fault(f"thiếu «{dimension.name}=…»")
        if dimension.choices is not None and member not in _values(dimension.choices):
            raise Fault(f"«{dimension.name}={member}» không có trong danh mục")
        members.append((dimension.name, member))
    return tuple(members)


@cache
def _values(choices: type[TextChoices]) -> frozenset[str]:
    return frozenset(choices.values)


def _answer(figure: Figure, members: Members, period: str, sources: Sources) -> Answer:
    if not any(id_ == figure.id for id_, _members in sources.answers(period)) and not figure.dimensions:
        raise Fault("chỉ tiêu chưa được tính trong phạm vi được xem")
    return sources.answer(figure, members, period)


def _figure_mark(spec: Spec, sources: Sources) -> Stated:
    figure, period = _figure(spec.head), _period(spec, sources)
    members = _members(figure, spec)
    _know(spec, "period", "as", *(dimension.name for dimension in figure.dimensions))
    key = figure_key(figure.id, members)
    if sources.is_pending(figure.id, key):
        return Stated(PENDING, "pending", key, period)
    answer = _answer(figure, members, period, sources)
    return Stated(written(answer, spec.options.get("as", "")), "figure", key, period)


def written(answer: Answer, form: str = "") -> str:
    """Return an answer in words: ``48.447``, ``06``, ``99,50%``, ``55/59``, or that nothing occurred.

    ``form`` is empty for the figure's own way, ``percent1`` for one decimal, ``fraction``, ``two`` for two digits.
    """
    if answer.value is None:
        return NOTHING
    if answer.denominator is not None:
        if form == "fraction":
            return f"{format_number(answer.numerator or 0)}/{format_number(answer.denominator)}"
        if form not in ("", "percent1"):
            raise Fault(f"chỉ tiêu này không viết được theo kiểu «{form}»")
        return share(answer, 1 if form == "percent1" else 2)
    if form not in ("", "plain", "two"):
        raise Fault(f"chỉ tiêu này không viết được theo kiểu «{form}»")
    if form == "two" or (form == "" and str(answer.figure.unit) in COUNTED_IN_TEXT):
        return format_count_in_text(int(answer.value))
    return format_number(answer.value)


def _change(spec: Spec, sources: Sources) -> Stated:
    """How a figure changed against the period before: ``tăng 12,5% so với kỳ trước``; a share in points."""
    figure, period = _figure(spec.words[0] if len(spec.words) == 1 else ""), _period(spec, sources)
    members = _members(figure, spec)
    _know(spec, "period", *(dimension.name for dimension in figure.dimensions))
    key = figure_key(figure.id, members)
    if sources.is_pending(figure.id, key):
        return Stated(PENDING, "pending", key, period)
    now, then = _answer(figure, members, period, sources), sources.answer_before(figure, members, period)
    return Stated(change_in_words(now, then), "figure", key, period)


def change_in_words(now: Answer, then: Answer) -> str:
    """Return how ``now`` differs from ``then``; of what did not occur before no rate of growth can be."""
    if now.value is None or then.value is None:
        return "không có số liệu để so với kỳ trước"
    before, after = _exact(then), _exact(now)
    if after == before:
        return "không đổi so với kỳ trước"
    moved = "tăng" if after > before else "giảm"
    if now.figure.is_share:
        return f"{moved} {format_number(abs(after - before) * 100, 2)} điểm phần trăm so với kỳ trước"
    if before == 0:
        return f"{moved} {format_number(abs(after))} {now.figure.unit}, kỳ trước không phát sinh"
    return f"{moved} {format_ratio_of(abs(after - before) / abs(before))} so với kỳ trước"


def format_ratio_of(rate: Fraction) -> str:
    """Return a rate of growth with one decimal, with two where one would show nothing."""
    return format_percent(rate, 1 if rate >= Fraction(1, 1000) else 2)


def _exact(answer: Answer) -> Fraction:
    if answer.denominator:
        return Fraction(answer.numerator or 0) / Fraction(answer.denominator)
    return Fraction(str(answer.value))


# Lists and counts of names


def _agencies(figure: Figure, spec: Spec, period: str, sources: Sources) -> list[str]:
    """Return the official names of the agencies behind a figure, over the members that ``spec`` allows."""
    wanted = {d.name: set(spec.options[d.name].split(",")) for d in figure.dimensions if d.name in spec.options}
    names: list[str] = []
    for answer in sources.members(figure, period):
        if any(member not in wanted.get(name, {member}) for name, member in answer.members):
            continue
        if figure.dimensions and figure.dimensions[-1].is_agency:
            names.append(sources.agency_member(answer.members[-1][1], period)[0])
        elif "agency_code" in figure.numerator.distinct:
            rows = sources.opened(answer, period).rows
            names += [sources.agencies[row["agency"]][0] for row in rows]
        else:
            raise Fault("chỉ tiêu này không đếm cơ quan nên không lập được danh sách")
    return list(dict.fromkeys(names))


def _know(spec: Spec, *names: str) -> None:
    if unknown := sorted(set(spec.options) - set(names)):
        raise Fault(f"không hiểu «{unknown[0]}={spec.options[unknown[0]]}»")


def _list(spec: Spec, sources: Sources) -> Stated:
    figure, period = _figure(spec.words[0] if spec.words else ""), _period(spec, sources)
    _know(spec, "period", *(dimension.name for dimension in figure.dimensions))
    key = figure_key(figure.id, tuple((n, v) for n, v in spec.options.items() if n != "period"))
    if sources.is_pending(figure.id, key):
        return Stated(PENDING, "pending", key, period)
    return Stated(grouped(_agencies(figure, spec, period, sources)) or NOTHING, "list", key, period)


def _top(spec: Spec, sources: Sources) -> Stated:
    """The most frequent value of a dimension, or of a column of the rows behind a figure."""
    figure, period = _figure(spec.words[0] if spec.words else ""), _period(spec, sources)
    _know(spec, "period", "by")
    by, counts = spec.options.get("by", ""), Counter[str]()
    for answer in sources.members(figure, period):
        if by in dict(answer.members):
            counts[dict(answer.members)[by]] += int(answer.value or 0)
        elif any(column.name == by and not column.personal for column in figure.fact.columns):
            opened = sources.opened(answer, period)
            if all(column.name != by for column in opened.columns):
                raise Fault(f"các dòng của chỉ tiêu không có cột «{by}»")
            counts.update(str(row[by]) for row in opened.rows if row[by] is not None)
        else:
            raise Fault(f"chỉ tiêu không có cột «{by}»")
    top = min(counts, key=lambda value: (-counts[value], value), default="")
    return Stated(top[:1].lower() + top[1:] or NOTHING, "list", figure.id, period)


def _scores(spec: Spec, sources: Sources, period: str) -> list[tuple[float, str]]:
    """Return score and official name of each agency that a figure by agency has, of one ``level`` where given."""
    _know(spec, "period", "level")
    figure, level = _figure(spec.words[0] if spec.words else ""), spec.options.get("level")
    if not figure.dimensions or not figure.dimensions[-1].is_agency:
        raise Fault("chỉ tiêu này không theo cơ quan")
    scored = [(a.value, sources.agency_member(a.members[-1][1], period)) for a in sources.members(figure, period)]
    return [
        (float(value), name) for value, (name, its_level) in scored if value is not None and level in (None, its_level)
    ]


def _best(spec: Spec, sources: Sources) -> Stated:
    """The agencies with the highest scores, at most as many as asked."""
    period = _period(spec, sources)
    most = int(spec.words[1][:4]) if len(spec.words) > 1 and spec.words[1].isdecimal() else 3
    scores = sorted((-score, name) for score, name in _scores(spec, sources, period))[:most]
    return Stated(grouped(name for _score, name in scores) or NOTHING, "list", spec.words[0], period)


def _below(spec: Spec, sources: Sources) -> Stated:
    """How many agencies score below a share: ``không có`` or their number."""
    period = _period(spec, sources)
    try:
        bound = float(spec.words[1])
    except (IndexError, ValueError):
        raise Fault("thiếu mức so sánh, ví dụ 0.5") from None
    found = sum(score < bound for score, _name in _scores(spec, sources, period))
    return Stated(format_count_in_text(found) if found else "không có", "figure", spec.words[0], period)


def _several(parts: Figure, period: str, sources: Sources) -> int:
    """Return how many things are counted in more than one member of ``parts``."""
    return sources.kept(("several", parts.id, period), lambda: _count_several(parts, period, sources))


def _count_several(parts: Figure, period: str, sources: Sources) -> int:
    key = parts.fact.key[0]
    times: Counter[Any] = Counter()
    for answer in sources.members(parts, period):
        opened = sources.opened(answer, period)
        if all(column.name != key for column in opened.columns):
            raise Fault("các dòng của chỉ tiêu này không cho biết dòng nào trùng nhau")
        times.update(row[key] for row in opened.rows)
    return sum(count > 1 for count in times.values())


def _overlaps(total_id: str, parts_id: str, sources: Sources) -> bool:
    own = sources.template.own_period
    total = sources.answer(_figure(total_id), (), own).value or 0
    parts = _figure(parts_id)
    added = sum(int(a.value or 0) for a in sources.members(parts, own))
    return added > total and _several(parts, own, sources) > 0


def _overlap(spec: Spec, sources: Sources) -> Stated:
    parts = _figure(spec.words[0] if spec.words else "")
    own = sources.template.own_period
    return Stated(format_number(_several(parts, own, sources)), "figure", parts.id, own)


# What agencies reported


def _collected(spec: Spec, words: int, *options: str) -> tuple[str, ...]:
    _know(spec, *options)
    if len(spec.words) != words:
        raise Fault(
            f"cần {words} chữ sau «{spec.head}»: {', '.join(('mã yêu cầu', 'mã câu hỏi', 'mã cơ quan')[:words])}"
        )
    return spec.words


def _answered(spec: Spec, sources: Sources) -> Stated:
    request, question, agency = _collected(spec, 3)
    return Stated(_reported(lambda: quote(sources.reader, request, question, agency).text), "citation")


def _source(spec: Spec, sources: Sources) -> Stated:
    request, _question, agency = _collected(spec, 3)
    return Stated(_reported(lambda: source(sources.reader, request, agency)), "citation")


def _sum(spec: Spec, sources: Sources) -> Stated:
    request, question = _collected(spec, 2)
    return Stated(_reported(lambda: sum_words(sources.reader, request, question)), "figure")


def _missing(spec: Spec, sources: Sources) -> Stated:
    """Who has not reported, by now or by the end of a day (``on=2022-12-20``); ``tier=all``: of every tier."""
    (request,) = _collected(spec, 1, "on", "tier")
    everybody = spec.options.get("tier") == "all"

    def words() -> str:
        day = parse_day(spec.options["on"], "on") if "on" in spec.options else None
        return missing_of(sources.reader, request, day=day, everybody=everybody)

    return Stated(_reported(words), "list")


def _reported(state: Callable[[], str]) -> str:
    """Return what agencies reported; what cannot be quoted or added up is the mark's fault."""
    try:
        return state()
    except Refusal as refusal:
        raise Fault(str(refusal)) from None


def _pending(spec: Spec, sources: Sources) -> Stated:
    figure = _figure(spec.words[0] if spec.words else "")
    return Stated(PENDING, "pending", figure.id, _period(spec, sources))


# Weaknesses, remedies, directions


def _finding(spec: Spec, sources: Sources) -> Stated:
    """A finding of an inspection, and whether it was rectified by the last day of the report's year."""
    _know(spec)
    finding = " ".join(spec.words)
    return Stated(_reported(lambda: finding_words(sources.reader, finding, sources.periods["year"].last)), "citation")


def _paragraphs(spec: Spec, _sources: Sources) -> Stated:
    raise Fault("dấu này viết thành nhiều đoạn nên phải đứng một mình trong một đoạn của dự thảo")


# Words of the report itself


def _day(spec: Spec, sources: Sources, which: Callable[[str], date]) -> Stated:
    name = spec.words[0] if spec.words else sources.template.own_period
    if name not in sources.periods:
        raise Fault(f"báo cáo không có kỳ «{name}»")
    return Stated(format_day(which(name)))


_OVER_ROWS = frozenset({"list", "top", "best", "below"})
"""Marks for which rows are read, or every agency is looked at."""

_HEADS: dict[str, Callable[[Spec, Sources], Stated]] = {
    "list": _list,
    "top": _top,
    "best": _best,
    "below": _below,
    "overlap": _overlap,
    "pending": _pending,
    "change": _change,
    "answer": _answered,
    "source": _source,
    "sum": _sum,
    "missing": _missing,
    "finding": _finding,
    **dict.fromkeys(PARAGRAPHS, _paragraphs),
    "term": lambda _spec, sources: Stated(sources.term.words),
    "previous_term": lambda _spec, sources: Stated(sources.term.beside(-1).words),
    "next_term": lambda _spec, sources: Stated(sources.term.beside(1).words),
    "year": lambda _spec, sources: Stated(str(sources.year)),
    "previous_year": lambda _spec, sources: Stated(str(sources.year - 1)),
    "next_year": lambda _spec, sources: Stated(str(sources.year + 1)),
    "province": lambda _spec, sources: Stated(sources.province.removeprefix("Ủy ban nhân dân ")),
    "from": lambda spec, sources: _day(spec, sources, lambda name: sources.periods[name].first),
    "to": lambda spec, sources: _day(spec, sources, lambda name: sources.periods[name].last),
}
