"""The writer: from a template and its sources to the document, every mark of it traced to what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_day_in_words
from congvu.press.model import (
    MARK_ID_MAX,
    Document,
    Footnote,
    Heading,
    Letterhead,
    Mark,
    MarkKind,
    Meta,
    Paragraph,
    Recipients,
    Run,
    Signature,
    Text,
)

from . import marking
from .assessed import lacks, paragraphs_of
from .citations import inline_text, note_text
from .marking import Fault, Stated
from .marks import Note, Piece, Segment, Spec, TemplateFault, Words, parse
from .report_type import Block
from .sources import Sources

R = TypeVar("R", Run, Text | Mark)


@dataclass(frozen=True, slots=True)
class MarkUse:
    """What one mark of a built report states: ``figure`` is the figure's key, ``period`` the name of its period."""

    id: str
    source: str
    kind: MarkKind
    text: str
    figure: str | None
    period: str | None


@dataclass(frozen=True)
class Built:
    """A report as built; ``warnings`` name what was left out because nothing fills it.

    ``positions`` say of which paragraph of the text, from 1, each block of the document was made.
    """

    document: Document
    marks: tuple[MarkUse, ...]
    sources: Sources
    warnings: tuple[str, ...]
    positions: tuple[int, ...]


class ReportNotBuilt(Refusal):
    """Some mark cannot be written; every one is named with its place."""

    code = "report.not_built"
    status = 409

    def __init__(self, faults: list[str]) -> None:
        super().__init__("Chưa lập được báo cáo:\n" + "\n".join(f"- {fault}" for fault in faults))
        self.faults = faults


def write(sources: Sources, *, notice: str | None = None) -> Built:
    """Return the report of ``sources``.

    Raises
    ------
    ReportNotBuilt
        A mark names an unknown figure, member, period or document, or a figure that is neither computed, empty
        nor declared pending. All of them are named, each with its place.
    """
    writer = Writer(sources)
    # the title is no text that anybody edits in place: its marks are of no further use
    titler = Writer(sources, faults=writer.faults)
    title = "".join(run.text for run in titler.runs(sources.template.title, "Tiêu đề") if not isinstance(run, Footnote))
    placed = [(block, at) for at, source in enumerate(sources.template.blocks, 1) for block in writer.block(source)]
    if writer.faults:
        raise ReportNotBuilt(writer.faults)
    template = sources.template
    document = Document(
        letterhead=Letterhead(
            parent_agency=None,
            agency=_in_two_lines(sources.province.upper()),
            number=f"Số:        /{template.symbol}",
            place_and_date=f"{_place(sources.province)}, {_day_to_fill_in(clock.today())}",
        ),
        kind_name=template.kind_name,
        title=title,
        blocks=tuple(block for block, _at in placed),
        recipients=Recipients(template.recipients),
        signature=Signature(template.signature, None),
        meta=Meta(
            title=f"Báo cáo {title[:1].lower()}{title[1:]}",
            author=sources.province,
            subject=template.subject,
            keywords=(str(sources.year),),
            created=clock.now(),
        ),
        notice=notice,
    )
    positions = tuple(at for _block, at in placed)
    return Built(document, tuple(writer.uses), sources, tuple(writer.warnings), positions)


def _in_two_lines(agency: str) -> str:
    """Return the issuing committee's name broken where a letterhead breaks it."""
    return agency.replace("ỦY BAN NHÂN DÂN ", "ỦY BAN NHÂN DÂN\n", 1)


def _day_to_fill_in(day: date) -> str:
    """Return the date of a draft: month and year; the day is written at signing."""
    return format_day_in_words(day).replace(f"ngày {day.day:02d}", "ngày      ")


def _place(province: str) -> str:
    """Return the place that stands before the date: the committee's name without its kind."""
    for kind in ("Ủy ban nhân dân tỉnh ", "Ủy ban nhân dân thành phố ", "UBND tỉnh "):
        if province.startswith(kind):
            return province.removeprefix(kind)
    return province


@dataclass
class Writer:
    """Writes pieces one after the other; ``cited`` are the documents that were cited whole before."""

    sources: Sources
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    uses: list[MarkUse] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    count: int = 0

    def block(self, block: Block) -> Iterator[Heading | Paragraph]:
        try:
            lines = paragraphs_of(block.pieces, self.sources, self.of_then)
        except Refusal as refusal:
            self.faults.append(f"{block.place}: {refusal}")
            return
        if lines is None:
            yield from self.paragraph(block)
            return
        self.warnings += [f"{block.place}: {lack}" for lack in lacks(block.pieces, self.sources)]
        for place, line in enumerate(lines, 1):
            where = f"{block.place}, mục {place}"
            try:
                pieces = parse(line, where)
            except TemplateFault as fault:
                self.faults.append(str(fault))
                continue
            yield from self.paragraph(Block(0, line.startswith("- "), pieces, where))

    def paragraph(self, block: Block) -> Iterator[Heading | Paragraph]:
        runs = _tidy(list(self.runs(block.pieces, block.place)))
        if not runs:
            return
        if block.level:
            yield Heading(block.level, runs)
        else:
            yield Paragraph(runs, style="item" if block.item else "body")

    def plain(self, words: str) -> str:
        """Return words with their marks as a reader sees them, without notes."""
        try:
            runs = list(self.runs(parse(words, ""), ""))
        except TemplateFault:  # words of a package, which nobody has judged
            return words
        return "".join(run.text for run in runs if not isinstance(run, Footnote))

    def of_then(self, words: str) -> str:
        """Return words of the report of the year before, with their marks as that one has them."""
        if "[[" not in words and "{{" not in words:
            return words
        then = Sources.read(self.sources.template, self.sources.year - 1, self.sources.reader)
        return Writer(then).plain(words)

    def runs(self, pieces: tuple[Piece, ...], place: str) -> Iterator[Run]:
        for piece in pieces:
            if isinstance(piece, Words):
                yield Text(piece.text)
            elif isinstance(piece, Segment):
                try:
                    holds = marking.holds(piece.condition, self.sources)
                except Fault as fault:
                    self.faults.append(f"{place}: {fault}")
                    continue
                if holds:
                    yield from self.runs(piece.pieces, place)
            elif isinstance(piece, Note):
                yield Footnote(_tidy(list(_flat(self.runs(piece.pieces, place)))))
            else:
                yield from self.mark(piece, place)

    def mark(self, spec: Spec, place: str) -> Iterator[Run]:
        try:
            if spec.head in ("cite", "doc"):
                yield from self.citation(spec, place)
            elif spec.head == "note":
                if not spec.words:
                    raise Fault("thiếu dấu đứng sau «note»")
                stated = marking.state(Spec(spec.source, spec.words[0], spec.words[1:], spec.options), self.sources)
                yield Footnote((self.stated(spec, stated), Text(".")))
            else:
                stated = marking.state(spec, self.sources)
                yield self.stated(spec, stated)
        except Fault as fault:
            self.faults.append(f"{place}: dấu [[{spec.source}]]: {fault}")

    def stated(self, spec: Spec, stated: Stated) -> Mark:
        mark = Mark(self.new_id(spec), stated.text, stated.kind)
        self.uses.append(MarkUse(mark.id, spec.source, mark.kind, mark.text, stated.figure, stated.period))
        return mark

    def citation(self, spec: Spec, place: str) -> Iterator[Run]:
        name = spec.words[0] if spec.words else ""
        if name not in self.sources.template.slots:
            raise Fault(f"mẫu báo cáo không có chỗ viện dẫn «{name}»")
        documents = self.sources.slots.get(name, [])
        if not documents:
            missing = f"{place}: chưa chọn văn bản cho «{self.sources.template.slots[name].name}» ({name})."
            if spec.head == "doc":
                raise Fault("chưa chọn văn bản cho chỗ viện dẫn này")
            self.warnings.append(missing)
            return
        mark_id = self.new_id(spec)
        if spec.head == "doc":
            text = inline_text(documents)
            yield Mark(mark_id, text, "citation")
        else:
            text = note_text(documents, self.cited)
            self.cited |= {document.id for document in documents}
            yield Footnote((Mark(mark_id, text, "citation"),))
        self.uses.append(MarkUse(mark_id, spec.source, "citation", text, None, None))

    def new_id(self, spec: Spec) -> str:
        self.count += 1
        named = "-".join([spec.head, *spec.words[:1]])
        return f"m{self.count:03d}.{_NOT_IN_IDS.sub('', named)}"[:MARK_ID_MAX]


_NOT_IN_IDS = re.compile(r"[^\w.=-]")


def _flat(runs: Iterator[Run]) -> Iterator[Text | Mark]:
    """Yield the runs of a footnote; what would be a footnote in it stands in its line."""
    for run in runs:
        if isinstance(run, Footnote):
            yield from run.runs
        else:
            yield run


def _tidy(runs: list[R]) -> tuple[R, ...]:
    """Drop the blanks that a piece left out leaves behind, at the ends and doubled; a list item keeps its dash."""
    tidy: list[R] = []
    for run in runs:
        if isinstance(run, Text):
            text = run.text
            if tidy and isinstance(tidy[-1], Text) and tidy[-1].text.endswith(" "):
                text = text.lstrip(" ")
            if not tidy:
                text = text.lstrip()
            if text:
                tidy.append(replace(run, text=text))
        else:
            tidy.append(run)
    while tidy and isinstance(tidy[-1], Text) and not tidy[-1].text.strip():
        tidy.pop()
    return tuple(tidy)
