"""Writing the next draft: one at a time for each report, signed by who wrote which paragraph and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from congvu.access.rules import Permission, Reader
from congvu.journal.services import OpenAct, act
from congvu.kernel import clock
from congvu.kernel.errors import Refusal
from congvu.kernel.format import format_instant

from .drafts import DraftParagraph, DraftText, draft_text, newest_draft, to_stored
from .marks import TemplateFault
from .models import Draft, DraftOrigin, report_key
from .sources import Sources
from .template import Template, load_template
from .term import Term
from .writer import Writer

MAX_CHARS = 20_000


class DraftMoved(Refusal):
    """Somebody else saved a draft in the meantime."""

    code = "report.draft_moved"
    status = 409


class ParagraphRefused(Refusal):
    """The words of a paragraph, or its marks, cannot be part of a report; ``faults`` name each with its place."""

    code = "report.paragraph_refused"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass
class Pen:
    """Writes paragraphs in the name of one reader, at one instant, in one draft."""

    reader: Reader
    number: int
    count: int = 0

    def paragraph(self, text: str) -> DraftParagraph:
        self.count += 1
        return self._signed(DraftParagraph(f"{self.number}.{self.count}", text))

    def rewrite(self, old: DraftParagraph, text: str) -> DraftParagraph:
        return self._signed(dataclasses.replace(old, text=text))

    def _signed(self, paragraph: DraftParagraph) -> DraftParagraph:
        return dataclasses.replace(
            paragraph, by=self.reader.name, user=self.reader.user_id, at=clock.now(), draft=self.number
        )


@dataclass(frozen=True)
class NextDraft:
    """The draft being written; ``newest`` is the one before it."""

    deed: OpenAct
    kind: str
    term: Term
    template: Template
    reader: Reader
    newest: DraftText

    @property
    def number(self) -> int:
        return following(self.newest)

    def save(self, paragraphs: Sequence[DraftParagraph], based_on: int, origin: DraftOrigin) -> None:
        if not self.newest.number:
            self._create(1, 0, DraftOrigin.TEMPLATE, self.newest.paragraphs)
        self._create(self.number, max(based_on, 1), origin, paragraphs)

    def _create(self, number: int, based_on: int, origin: DraftOrigin, paragraphs: Sequence[DraftParagraph]) -> None:
        year, part = self.term.year, self.term.part
        with self.deed.changing(Draft, [report_key(self.kind, year, part, number)]):
            Draft.objects.create(
                report=self.kind,
                year=year,
                part=part,
                number=number,
                based_on=based_on,
                origin=origin,
                saved_at=clock.now(),
                saved_by=self.reader.name,
                template=self.template.digest,
                paragraphs=to_stored(paragraphs),
            )


@contextmanager
def next_draft(kind: str, year: int, part: int, reader: Reader) -> Iterator[NextDraft]:
    """Open the next draft of a report, in one act; nobody else writes one of it until the block ends.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    """
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    template = load_template(kind)
    term = template.term(year, part)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"report_drafts {kind} {term.address}"]
            )
        newest = draft_text(newest_draft(kind, year, part), template)
        key = report_key(kind, year, part, following(newest))
        with act("report:draft", actor=reader, subject=(Draft.table(), key)) as deed:
            yield NextDraft(deed, kind, term, template, reader, newest)


def following(newest: DraftText) -> int:
    """Return the number of the draft that comes next; draft 1 is the template's own text."""
    return max(newest.number, 1) + 1


def instant_of(text: DraftText) -> str:
    return format_instant(text.saved_at) if text.saved_at else ""


def faults_of(text: str, place: str, template: Template, sources: Sources) -> list[str]:
    """Return why a paragraph cannot stand in a report, each a sentence with its place; nothing where it can."""
    if not text.lstrip("=").strip():
        return [f"{place}: chưa có chữ; hãy viết nội dung, hoặc xóa đoạn."]
    if len(text) > MAX_CHARS:
        return [f"{place}: dài hơn {MAX_CHARS} chữ cái; hãy tách thành nhiều đoạn."]
    if text.startswith("====="):
        return [f"{place}: tiêu đề có nhiều nhất bốn cấp (====)."]
    try:
        (block,) = template.with_draft(0, [text]).blocks
    except TemplateFault as fault:
        return [f"{place}: {str(fault).partition(': ')[2]}"]
    writer = Writer(sources)
    list(writer.block(dataclasses.replace(block, place=place)))
    return writer.faults
