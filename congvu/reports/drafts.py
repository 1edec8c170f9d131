"""The drafts of a report's text: which one is the newest, what each changed, who and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404

from congvu.access.rules import Permission, Reader

from .models import Draft
from .template import Template, load_template


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """``by`` is empty, and ``at`` None, where the words are the template's. ``draft``: in which it last changed."""

    key: str
    text: str
    by: str = ""
    user: int | None = None
    at: datetime | None = None
    draft: int = 1


@dataclass(frozen=True)
class DraftText:
    """``number`` is 0 where nobody has changed the template's text yet; draft 1 is the same text, once stored."""

    number: int
    paragraphs: tuple[DraftParagraph, ...]
    saved_by: str = ""
    saved_at: datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What a draft did to one paragraph; ``position`` counts from 1, in the draft that still has the paragraph."""

    kind: Literal["changed", "added", "removed"]
    position: int
    before: str
    after: str


@dataclass(frozen=True)
class DraftChanges:
    draft: Draft
    changes: tuple[ParagraphChange, ...]


def current_template(kind: str, year: int, *, part: int = 0) -> Template:
    """Return the template with the text of the newest draft, where there is one."""
    template = load_template(kind)
    newest = newest_draft(kind, year, part)
    return template if newest is None else template.with_draft(newest.number, _texts(newest))


def newest_draft(kind: str, year: int, part: int) -> Draft | None:
    return Draft.objects.filter(report=kind, year=year, part=part).order_by("-number").first()


def draft_text(draft: Draft | None, template: Template) -> DraftText:
    """Return a draft's text; None stands for the template's own."""
    if draft is None:
        paragraphs = (DraftParagraph(f"1.{place}", text) for place, text in enumerate(template.paragraphs))
        return DraftText(0, tuple(paragraphs))
    return DraftText(draft.number, from_stored(draft.paragraphs), draft.saved_by, draft.saved_at)


def get_draft_text(reader: Reader, kind: str, year: int, number: int | None = None, *, part: int = 0) -> DraftText:
    """Return a draft's text, the newest where no number is given; 0 is the template's own while it is the newest.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    Http404
        There is no such draft.
    """
    template = _may_write(reader, kind, year, part)
    draft = newest_draft(kind, year, part)
    if number is not None and number != (draft.number if draft else 0):
        # who began before the first draft was stored had its text, the template's, before them
        draft = Draft.objects.filter(report=kind, year=year, part=part, number=number or 1).first()
        if draft is None:
            raise Http404("Không tìm thấy dự thảo này.")
    return draft_text(draft, template)


def history(reader: Reader, kind: str, year: int, *, part: int = 0) -> list[Draft]:
    """Return the drafts without their text, the latest first."""
    _may_write(reader, kind, year, part)
    found = Draft.objects.filter(report=kind, year=year, part=part)
    return list(found.order_by("-number").defer("paragraphs"))


def draft_changes(reader: Reader, kind: str, year: int, number: int, *, part: int = 0) -> DraftChanges:
    """Return what one draft changed against the draft before it.

    Raises
    ------
    PermissionDenied, Http404
        As :func:`get_draft_text`.
    """
    after = get_draft_text(reader, kind, year, number, part=part)
    draft = Draft.objects.filter(report=kind, year=year, part=part, number=number).first()
    if draft is None:
        raise Http404("Không tìm thấy dự thảo này.")
    before = get_draft_text(reader, kind, year, number - 1, part=part).paragraphs if number > 1 else after.paragraphs
    return DraftChanges(draft, tuple(compared(before, after.paragraphs)))


def compared(before: Sequence[DraftParagraph], after: Sequence[DraftParagraph]) -> Iterable[ParagraphChange]:
    """Yield what differs between two drafts, in the order of the later one, what was removed where it stood."""
    old = {paragraph.key: paragraph for paragraph in before}
    new = {paragraph.key for paragraph in after}
    removed: dict[str, list[ParagraphChange]] = {}
    anchor = ""
    for position, paragraph in enumerate(before, 1):
        if paragraph.key in new:
            anchor = paragraph.key
        else:
            removed.setdefault(anchor, []).append(ParagraphChange("removed", position, paragraph.text, ""))
    yield from removed.get("", [])
    for position, paragraph in enumerate(after, 1):
        was = old.get(paragraph.key)
        if was is None:
            yield ParagraphChange("added", position, "", paragraph.text)
        elif was.text != paragraph.text:
            yield ParagraphChange("changed", position, was.text, paragraph.text)
        yield from removed.get(paragraph.key, [])


def to_stored(paragraphs: Iterable[DraftParagraph]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(p) | {"at": p.at.isoformat() if p.at else None} for p in paragraphs]


def from_stored(stored: Iterable[dict[str, Any]]) -> tuple[DraftParagraph, ...]:
    return tuple(
        DraftParagraph(**(entry | {"at": datetime.fromisoformat(entry["at"]) if entry["at"] else None}))
        for entry in stored
    )


def _texts(draft: Draft) -> tuple[str, ...]:
    return tuple(entry["text"] for entry in draft.paragraphs)


def _may_write(reader: Reader, kind: str, year: int, part: int) -> Template:
    """Return the report's own template to somebody who writes it; refuse a term that its type does not have."""
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    template = load_template(kind)
    template.term(year, part)
    return template
