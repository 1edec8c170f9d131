"""A report as a page: its words with every mark leading to what it states, and how revisions differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from congvu.access.rules import Permission, Reader
from congvu.figures.catalogue import FIGURES
from congvu.figures.compute import parse_key
from congvu.figures.frozen import definitions_hash
from congvu.figures.period import Period
from congvu.kernel.errors import UsageRefusal
from congvu.kernel.format import format_number, format_percent
from congvu.press import model
from congvu.reports.advice import advice_for
from congvu.reports.issuing import issue_of, printed
from congvu.reports.models import ReportIssue, Revision
from congvu.reports.queries import Difference, differences, frozen_document, part_of, revisions
from congvu.reports.services import build_report
from congvu.reports.stored import figures_to_json, period_of
from congvu.reports.term import Term
from congvu.reports.writer import Built, ReportNotBuilt

from .advice_page import NO_ADVICE, AdviceList, advice_list
from .templating import url
from .wording import MemberWords, figure_url

MarkUrl = Callable[[str, str], str | None]
"""From a figure's key and the name of its period to the address that opens it."""


@dataclass(frozen=True, slots=True)
class Run:
    """``note`` is the number of a footnote, 0 for words; ``url`` leads from a mark to what it states."""

    words: str
    note: int = 0
    bold: bool = False
    italic: bool = False
    kind: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """``level`` 0 is a paragraph."""

    level: int
    item: bool
    runs: tuple[Run, ...]


@dataclass
class Preview:
    document: model.Document
    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[Run, ...]] = field(default_factory=list)


def preview(document: model.Document, marks: Iterable[dict[str, Any]], mark_url: MarkUrl) -> Preview:
    """Return a document as blocks of runs; each mark that states a figure leads to it."""
    blocks, notes = shown(document.blocks, marks, mark_url)
    return Preview(document, blocks, notes)


def shown(
    blocks: Iterable[model.Block], marks: Iterable[dict[str, Any]], mark_url: MarkUrl
) -> tuple[list[Block], list[tuple[Run, ...]]]:
    """Return blocks of a document as runs, and the notes at their foot."""
    addresses = {
        mark["id"]: mark_url(mark["figure"], mark["period"]) for mark in marks if mark["figure"] and mark["period"]
    }
    made: list[Block] = []
    notes: list[tuple[Run, ...]] = []

    def run(piece: model.Run) -> Run:
        if isinstance(piece, model.Footnote):
            notes.append(tuple(run(inner) for inner in piece.runs))
            return Run("", note=len(notes))
        if isinstance(piece, model.Mark):
            kind = "" if piece.kind == "words" else piece.kind
            return Run(piece.text, 0, piece.bold, piece.italic, kind, addresses.get(piece.id))
        return Run(piece.text, 0, piece.bold, piece.italic)

    for block in blocks:
        runs = tuple(run(piece) for piece in model.block_runs(block))
        level = block.level if isinstance(block, model.Heading) else 0
        made.append(Block(level, getattr(block, "style", "") == "item", runs))
    return made, notes


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that differs, in words."""

    name: str
    period: str
    before: str
    after: str


def changed(found: Iterable[Difference], periods: dict[str, Period]) -> list[Changed]:
    lines = []
    for one in found:
        try:
            figure, members = parse_key(one.key)
        except UsageRefusal:  # frozen by an earlier version that had a figure of this name
            lines.append(Changed(one.key, one.period, *map(_number_in_words, (one.before, one.after))))
            continue
        words = MemberWords(figure, periods[one.period]).all(members)
        name = f"{figure.name}: {words}" if words else str(figure.name)
        lines.append(
            Changed(name, one.period, *(_in_words(value, share=figure.is_share) for value in (one.before, one.after)))
        )
    return lines


def _in_words(value: Any, *, share: bool) -> str:
    return format_percent(value) if share and value is not None else _number_in_words(value)


def _number_in_words(value: Any) -> str:
    return _("không có") if value is None else format_number(value)


def live_url(periods: dict[str, Period]) -> MarkUrl:
    """Return where a draft's marks lead: to the figure's page in the mark's period."""

    def address(key: str, period: str) -> str | None:
        try:
            figure, members = parse_key(key)
        except UsageRefusal:  # a list over several members leads to all of them
            figure, members = FIGURES[key.partition("[")[0]], ()
        return figure_url(figure, members, periods[period])

    return address


def frozen_url(revision: Revision) -> MarkUrl:
    """Return where a frozen report's marks lead: to the rows that were counted then."""

    def address(key: str, period: str) -> str | None:
        try:
            parse_key(key)
        except UsageRefusal:
            return None
        query = {"chi-tieu": key, "ky": period}
        return url("report-figure", query, kind=revision.report, term=revision.term, number=revision.number)

    return address


@dataclass(frozen=True)
class DraftPage:
    """``faults`` say why the draft cannot be built; then there is no preview."""

    kind: str
    term: Term
    preview: Preview | None
    warnings: tuple[str, ...]
    faults: tuple[str, ...]
    periods: dict[str, Period]
    period_names: dict[str, str]
    revisions: list[Revision]
    changes: list[Changed] | None
    may_freeze: bool
    advice: AdviceList = NO_ADVICE
    draft: int = 0
    """The number of the draft whose words these are; 0 for the template's own."""


def draft_page(reader: Reader, kind: str, term: Term) -> DraftPage:
    """Return the draft as the records stand now, and what it changes against the last frozen revision."""
    part = part_of(kind, term)
    frozen = revisions(reader, kind, term.year, part=part)
    try:
        built = build_report(kind, term.year, reader=reader, part=part)
    except ReportNotBuilt as refusal:
        return DraftPage(kind, term, None, (), tuple(refusal.faults), {}, {}, frozen, None, False)
    return DraftPage(
        kind=kind,
        term=term,
        preview=preview(built.document, _marks(built), live_url(built.sources.periods)),
        warnings=built.warnings,
        faults=(),
        periods=built.sources.periods,
        period_names=built.sources.template.periods,
        revisions=frozen,
        changes=_since(frozen, built),
        may_freeze=reader.may(Permission.FREEZE_REPORT),
        advice=draft_advice(kind, term, built),
        draft=built.sources.template.draft,
    )


def draft_advice(kind: str, term: Term, built: Built) -> AdviceList:
    """Return what to look at in a built draft, each line leading to the page that edits its paragraph."""
    number = built.sources.template.draft

    def address(position: int) -> str:
        return url("report-paragraph", kind=kind, term=term, number=number, position=position)

    return advice_list(advice_for(built), address)


def _marks(built: Built) -> list[dict[str, Any]]:
    return [{"id": mark.id, "figure": mark.figure, "period": mark.period} for mark in built.marks]


def _since(frozen: list[Revision], built: Built) -> list[Changed] | None:
    if not frozen:
        return None
    return changed(differences(frozen[0].figures, figures_to_json(built)), built.sources.periods)


@dataclass(frozen=True)
class RevisionPage:
    revision: Revision
    preview: Preview
    before: Revision | None
    changes: list[Changed]
    issue: ReportIssue | None
    may_issue: bool
    same_definitions: bool
    """Whether the figures are still defined as they were when this was frozen."""


def revision_page(reader: Reader, revision: Revision) -> RevisionPage:
    """Return a frozen revision, and what it states differently from the one before."""
    of_report = revisions(reader, revision.report, revision.year, part=revision.part)
    earlier = [r for r in of_report if r.number == revision.number - 1]
    before = earlier[0] if earlier else None
    issue = issue_of(revision)
    found = differences(before.figures, revision.figures) if before else []
    return RevisionPage(
        revision,
        preview(printed(frozen_document(revision), issue), revision.marks, frozen_url(revision)),
        before,
        changed(found, periods_in(revision)),
        issue,
        reader.may(Permission.ISSUE_REPORT) and (issue is None or issue.published_on is None),
        revision.definitions_hash == definitions_hash(),
    )


def periods_in(revision: Revision) -> dict[str, Period]:
    return {entry["period"]: period_of(entry) for entry in revision.figures}


def report_file_name(term: Term, form: str, number: int | None = None) -> str:
    """Return the name under which a file is saved: ``bao-cao-2022-ban-1.docx``, or ``…-du-thao.docx``."""
    return f"bao-cao-{term.slug}-{'du-thao' if number is None else f'ban-{number}'}.{form}"
