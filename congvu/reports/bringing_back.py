"""The text of an officer's Word file as the next draft, paragraph by paragraph."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from congvu.access.rules import SYSTEM, Permission, Reader
from congvu.kernel import clock
from congvu.press.word.back import TextBack, read_back
from congvu.press.word.refresh import Change, refresh, table_of

from .draft_store import MAX_CHARS, DraftMoved, ParagraphRefused, Pen, faults_of, instant_of, next_draft
from .drafting import Edit, shown_back
from .drafts import DraftParagraph, DraftText, compared, draft_text
from .models import Draft, DraftOrigin
from .paragraph_marks import edits_of
from .refreshing import the_report
from .sources import Sources
from .template import Template, load_template
from .word import NotThisReport, Origin, Renewal, origin_of

MAX_PARAGRAPHS = 5_000


@dataclass(frozen=True)
class BroughtBack:
    """``draft`` is None where the text is that of the draft already.

    ``merged``: others had changed other paragraphs meanwhile; both are kept, and the file lacks theirs.
    ``lost`` are conditions that the changed paragraphs no longer have. ``docx`` is the file to go on with.
    """

    draft: int | None
    based_on: int
    changed: int
    merged: bool
    remarks: tuple[str, ...]
    lost: tuple[str, ...]
    marks: tuple[Change, ...]
    docx: bytes


@dataclass
class _Merge:
    """Puts what came back onto the newest draft: paragraph by paragraph, never over somebody else's change."""

    base: DraftText
    newest: DraftText
    pen: Pen
    conflicts: list[str] = field(default_factory=list)

    def apply(self, found: Sequence[Edit]) -> list[DraftParagraph]:
        paragraphs = list(self.newest.paragraphs)
        behind: dict[int, str] = {}
        for edit in found:
            if edit.before is None:
                anchor = behind.get(edit.behind) or (self.base.paragraphs[edit.behind].key if edit.behind >= 0 else "")
                behind[edit.behind] = self._add(paragraphs, anchor, edit.text)
            else:
                self._change(paragraphs, self.base.paragraphs[edit.before], edit)
        return paragraphs

    def _change(self, paragraphs: list[DraftParagraph], old: DraftParagraph, edit: Edit) -> None:
        text = edit.text if edit.after is not None else None
        place = next((i for i, p in enumerate(paragraphs) if p.key == old.key), None)
        if place is None:
            if text is not None:
                self.conflicts.append(f"Đoạn «{_short(old.text)}» đã bị xóa ở dự thảo mới hơn.")
            return
        now = paragraphs[place]
        others = now.text not in (old.text, text) and (now.user is None or now.user != self.pen.reader.user_id)
        if others:
            self.conflicts.append(f"Đoạn «{_short(now.text)}» đã được {now.by} sửa ở dự thảo {now.draft}.")
        elif text is None:
            del paragraphs[place]
        elif now.text != text:
            paragraphs[place] = self.pen.rewrite(now, text)

    def _add(self, paragraphs: list[DraftParagraph], anchor: str, text: str) -> str:
        """Add a paragraph behind the one of key ``anchor``, "" for the beginning; return its key."""
        place = next((i + 1 for i, p in enumerate(paragraphs) if p.key == anchor), 0 if not anchor else len(paragraphs))
        known = {p.key for p in self.base.paragraphs}
        for paragraph in paragraphs[place:]:
            if paragraph.key in known:
                break
            if paragraph.text == text:  # it came back before
                return paragraph.key
        added = self.pen.paragraph(text)
        paragraphs.insert(place, added)
        return added.key


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def bring_back(
    docx: bytes, *, reader: Reader, kind: str | None = None, year: int | None = None, part: int | None = None
) -> BroughtBack:
    """Make the text of an officer's Word file the next draft, changing only the paragraphs that differ.

    The file is compared with the draft that it was made from. What others changed since is kept; where both changed
    the same paragraph differently, nothing is stored.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    DocxNotReadable, DocxWithMacros
        See :class:`congvu.press.word.opened.Opened`.
    NotThisReport
        The file is another report, a frozen revision, or was made from a draft that is not stored here.
    ParagraphRefused
        Changed paragraphs hold marks that cannot be written.
    DraftMoved
        Others changed the same paragraphs meanwhile.
    """
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    origin = origin_of(table_of(docx))
    kind, year, part = the_report(origin, kind, year, part)
    if origin is None or origin.revision:
        raise NotThisReport(
            "Tệp Word này không được tạo từ dự thảo nào của báo cáo. Hãy tải bản Word ở trang dự thảo rồi sửa trên đó."
        )
    with override("vi"):
        template = load_template(kind)
        came = read_back(docx)
        _refuse_size(came)
        shown = [shown_back(paragraph) for paragraph in came.paragraphs]
        base = _base(origin, template)
        sources = Sources.read(template, year, reader, origin.overridden, part=part)
        found = edits_of(base.texts, shown, sources)
        _refuse_faults(found, [p.place for p in came.paragraphs], template, sources)
        draft, now, changed = _saved(found, base, origin, reader) if found else (None, base, 0)
        complete = [p.text for p in now.paragraphs] == _after(base, found)
        docx, marks = _renewed(docx, template, now if complete else base, sources, origin)
    return BroughtBack(
        draft=draft,
        based_on=max(origin.draft, 1),
        changed=changed,
        merged=not complete,
        remarks=came.remarks,
        lost=tuple(condition for edit in found for condition in edit.lost),
        marks=marks,
        docx=docx,
    )


def _saved(found: Sequence[Edit], base: DraftText, origin: Origin, reader: Reader) -> tuple[int | None, DraftText, int]:
    """Write the next draft; return its number (None where nothing is new), its text, how many paragraphs changed."""
    with next_draft(origin.kind, origin.year, origin.part, reader) as following:
        newest = following.newest
        merge = _Merge(base, newest, Pen(reader, following.number))
        paragraphs = merge.apply(found)
        if merge.conflicts:
            raise DraftMoved(_conflict(origin, newest, merge.conflicts))
        changed = len(list(compared(newest.paragraphs, paragraphs)))
        if not changed:
            return None, newest, 0
        following.save(paragraphs, origin.draft, DraftOrigin.WORD)
    return following.number, DraftText(following.number, tuple(paragraphs)), changed


def _after(base: DraftText, found: Sequence[Edit]) -> list[str]:
    """Return the text that a draft would have with these edits and nobody else's."""
    merge = _Merge(base, base, Pen(SYSTEM, 0))
    return [paragraph.text for paragraph in merge.apply(found)]


def _base(origin: Origin, template: Template) -> DraftText:
    """Return the draft from which a file was made; 0 and 1 are both the template's own text."""
    where = {"report": origin.kind, "year": origin.year, "part": origin.part}
    stored = Draft.objects.filter(**where, number=max(origin.draft, 1)).first()
    if stored is None and origin.draft:
        raise NotThisReport(
            f"Tệp Word này được tạo từ dự thảo {origin.draft}, mà ở đây không có dự thảo ấy. "
            "Hãy tải lại bản Word ở trang dự thảo rồi sửa trên đó."
        )
    return draft_text(stored, template)


def _refuse_size(came: TextBack) -> None:
    """Refuse, before anything is compared, what is no report any more."""
    if not came.paragraphs:
        raise ParagraphRefused(["Tệp không có đoạn văn nào dưới phần tiêu đề báo cáo."])
    if len(came.paragraphs) > MAX_PARAGRAPHS:
        raise ParagraphRefused([f"Tệp có hơn {MAX_PARAGRAPHS} đoạn; hãy chia thành nhiều báo cáo."])
    for paragraph in came.paragraphs:
        if sum(len(piece) for piece in paragraph.pieces if isinstance(piece, str)) > MAX_CHARS:
            raise ParagraphRefused([f"{paragraph.place}: dài hơn {MAX_CHARS} chữ cái; hãy tách thành nhiều đoạn."])


def _refuse_faults(found: Sequence[Edit], places: Sequence[str], template: Template, sources: Sources) -> None:
    faults: list[str] = []
    for edit in found:
        if edit.after is not None:
            faults += faults_of(edit.text, places[edit.after], template, sources)
    if faults:
        raise ParagraphRefused(faults)


def _conflict(origin: Origin, newest: DraftText, conflicts: Sequence[str]) -> str:
    listed = "\n".join(f"- {one}" for one in conflicts)
    return (
        f"Tệp được tạo từ dự thảo {max(origin.draft, 1)}; nay đã có dự thảo {newest.number} do {newest.saved_by} ghi "
        f"lúc {instant_of(newest)}, sửa cùng những đoạn này nên chưa ghi gì:\n{listed}\n"
        "Hãy tải bản Word của dự thảo mới nhất rồi sửa lại các đoạn ấy trên đó."
    )


def _renewed(
    docx: bytes, template: Template, text: DraftText, sources: Sources, origin: Origin
) -> tuple[bytes, tuple[Change, ...]]:
    """Return the file with its marks renewed, telling from which draft its text is now."""
    digest = template.with_draft(text.number, text.texts).digest if text.number != origin.draft else origin.digest
    about = dataclasses.replace(Origin.of(sources, clock.now()), draft=text.number, digest=digest)
    refreshed = refresh(docx, Renewal(sources), about.as_json())
    return refreshed.docx, refreshed.changes
