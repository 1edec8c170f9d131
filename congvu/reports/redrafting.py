"""What people do to a report's draft on the page: change, add and delete paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from congvu.access.rules import Permission, Reader

from .draft_store import DraftMoved, ParagraphRefused, Pen, faults_of, instant_of, next_draft
from .drafts import DraftParagraph
from .models import DraftOrigin
from .sources import Sources
from .template import load_template


def edit_paragraph(
    kind: str, year: int, draft_number: int, position: int, text: str, *, reader: Reader, part: int = 0
) -> int:
    """Change one paragraph (``position`` from 1) of draft ``draft_number``, the newest; return the next draft's number.

    Raises
    ------
    PermissionDenied
        ``reader`` writes no reports.
    DraftMoved
        Another draft is the newest by now.
    ParagraphRefused
        The text is empty, too long, the same as before, or one of its marks cannot be written.
    """
    words = _checked(kind, year, part, text, f"Đoạn {position}", reader)

    def change(old: list[DraftParagraph], new: Pen) -> None:
        place = _place(old, position)
        if old[place].text == words:
            raise ParagraphRefused(["Đoạn này vẫn như cũ; chưa có gì để ghi."])
        old[place] = new.rewrite(old[place], words)

    return _write(kind, year, part, draft_number, change, reader)


def add_paragraph(
    kind: str, year: int, draft_number: int, position: int, text: str, *, reader: Reader, part: int = 0
) -> int:
    """Add a paragraph behind the one at ``position`` (0: at the beginning); raises as :func:`edit_paragraph`."""
    words = _checked(kind, year, part, text, f"Đoạn thêm sau đoạn {position}", reader)

    def change(old: list[DraftParagraph], new: Pen) -> None:
        place = _place(old, position) + 1 if position else 0
        old.insert(place, new.paragraph(words))

    return _write(kind, year, part, draft_number, change, reader)


def delete_paragraph(kind: str, year: int, draft_number: int, position: int, *, reader: Reader, part: int = 0) -> int:
    """Take a paragraph out; raises as :func:`edit_paragraph`."""

    def change(old: list[DraftParagraph], new: Pen) -> None:
        if len(old) == 1:
            raise ParagraphRefused(["Dự thảo phải còn ít nhất một đoạn."])
        del old[_place(old, position)]

    return _write(kind, year, part, draft_number, change, reader)


def _place(paragraphs: Sequence[DraftParagraph], position: int) -> int:
    if not 1 <= position <= len(paragraphs):
        raise ParagraphRefused([f"Dự thảo không có đoạn {position}; chỉ có {len(paragraphs)} đoạn."])
    return position - 1


def _write(
    kind: str, year: int, part: int, base: int, change: Callable[[list[DraftParagraph], Pen], None], reader: Reader
) -> int:
    with next_draft(kind, year, part, reader) as following:
        newest = following.newest
        if newest.number != base:
            raise DraftMoved(
                f"Dự thảo {newest.number} do {newest.saved_by} ghi lúc {instant_of(newest)} mới hơn dự thảo {base} mà "
                "anh, chị đang sửa. Hãy mở dự thảo mới nhất rồi sửa lại đoạn này."
            )
        paragraphs = list(newest.paragraphs)
        change(paragraphs, Pen(reader, following.number))
        following.save(paragraphs, base, DraftOrigin.PAGE)
    return following.number


def _checked(kind: str, year: int, part: int, text: str, place: str, reader: Reader) -> str:
    """Return a paragraph's words as they are stored; refuse what no report can hold."""
    if not reader.may(Permission.WRITE_REPORT):
        raise PermissionDenied
    words = " ".join(text.split())
    with override("vi"):
        template = load_template(kind)
        sources = Sources.read(template, year, reader, part=part)
        faults = faults_of(words, place, template, sources)
    if faults:
        raise ParagraphRefused(faults)
    return words
