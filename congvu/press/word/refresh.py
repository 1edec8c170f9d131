"""Renews the marks of a DOCX that a person edited; their prose and their layout stay as they are."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

from congvu.press.model import Footnote, Mark, Runs
from congvu.press.word import table as mark_table
from congvu.press.word.controls import Control, Finder, rename, retag, set_text
from congvu.press.word.moved import moved
from congvu.press.word.new import Setter
from congvu.press.word.opened import BODY, NOTES, Opened
from congvu.press.word.pieces import control_title
from congvu.press.word.story import SDT, P, Story
from congvu.press.word.table import Entry, MarkTable, read_table, section_words, stamp, with_table
from congvu.press.word.typed import typed_in
from congvu.press.word.xml import Element, number_of, qn

ChangeKind = Literal["renewed", "edited", "new", "deleted", "doubled", "moved", "nested", "failed", "unknown"]

_MARGIN: Final = re.compile(r"word/(?:header|footer|endnotes)\d*\.xml")
MARGIN_PLACE: Final = "Đầu trang, chân trang hoặc chú thích cuối"
MARGIN: Final = "Dấu chỉ được tính trong phần thân và trong chú thích cuối trang."
STRUCK: Final = "Đã bị xóa khi đang theo dõi thay đổi (Track Changes); chưa làm mới."


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a refresh did, or found.

    ``renewed``  the mark had other words; ``edited`` the same, and somebody had typed over them by hand
    ``new``      was typed as ``[[…]]`` and is a mark now
    ``deleted``  is missing from the file; ``doubled`` stands in it more than once; ``moved`` stands elsewhere
    ``nested``   lies inside another mark, in ``detail``
    ``failed``   cannot be computed any more, ``unknown`` was typed and is no mark: ``detail`` says why; both stay
    """

    kind: ChangeKind
    id: str
    source: str
    before: str
    after: str
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a mark states now; with a ``fault`` (a sentence) there are no runs.

    ``sources`` says of each mark in the runs how it is computed by itself; one not named there is what was asked for.
    """

    runs: Runs
    fault: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


class Resolver(Protocol):
    """Computes marks. Asked in reading order: a document is cited whole the first time, and short after that."""

    def __call__(self, source: str) -> Resolved: ...

    def trial(self, source: str) -> Resolved:
        """Return the same without counting as asked."""


@dataclass(frozen=True)
class Refreshed:
    docx: bytes
    changes: tuple[Change, ...]
    marks: int
    """How many marks the file has now."""


def table_of(docx: bytes) -> MarkTable | None:
    """Return the table of marks that a DOCX carries, None where it carries none.

    Raises
    ------
    DocxNotReadable, DocxWithMacros
        See :class:`congvu.press.word.opened.Opened`.
    """
    return opened_table(Opened(docx))


def opened_table(opened: Opened) -> MarkTable | None:
    return read_table(opened.raw(mark_table.PART)) if mark_table.PART in opened else None


def refresh(docx: bytes | Opened, resolver: Resolver, about: Mapping[str, Any]) -> Refreshed:
    """Return the file with every mark as it is now, and what changed.

    Parameters
    ----------
    docx
        The file, or one that is open already; nobody may have changed it.
    about
        What the file's table is to tell of the report from now on.

    Raises
    ------
    DocxNotReadable, DocxWithMacros
        See :class:`congvu.press.word.opened.Opened`.
    """
    opened = docx if isinstance(docx, Opened) else Opened(docx)
    return _Refresh(opened, resolver, about).run()


class _Refresh:
    def __init__(self, opened: Opened, resolver: Resolver, about: Mapping[str, Any]) -> None:
        self.opened = opened
        self.resolver = resolver
        self.about = about
        self.before = opened_table(opened) or MarkTable({}, ())
        self.sources = {entry.id: entry.source for entry in self.before.entries}
        self.stamps = {entry.id: entry.stamp for entry in self.before.entries}
        self.changes: list[Change] = []
        self.fresh: set[str] = set()
        self.twins: dict[str, str] = {}

    def run(self) -> Refreshed:
        story = Story(self.opened)
        if self._set_typed(story):
            story = Story(self.opened)
        self._report_margins()
        controls = list(Finder(self.opened, self.sources).controls(story))
        shown = [c for c in controls if not c.spot.twin]
        numbers = _free_numbers(self.opened)
        for control in controls:
            self._renew(control, numbers)
        self._report_places(shown, story)
        table = MarkTable(self.about, tuple(self._entries(shown)), tuple(story.sections))
        self._store(table)
        return Refreshed(self.opened.saved(), tuple(self.changes), len({c.id for c in shown if not c.struck}))

    def _set_typed(self, story: Story) -> bool:
        """Make marks of what was typed; return whether the text is another now."""
        setter = Setter(self.opened, self.resolver, _free_numbers(self.opened))
        written = False
        for told in story.paragraphs:
            # from the last to the first: offsets before a mark stay as they are
            found = [(typed, setter.why_not(typed, told.spot)) for typed in typed_in(told.element)]
            for typed, why in reversed(found):
                written |= not why
                if not why and not told.spot.twin:
                    self.fresh.update(setter.set(told, typed, self.sources))
                elif not why:
                    setter.write_plain(told, typed)
                elif not told.spot.twin:
                    self.changes.append(Change("unknown", "", typed.source, typed.text, "", told.spot.words, why))
            for typed, why in found:
                if not why and setter.is_plain_note(typed):
                    self.changes.append(Change("new", "", typed.source, typed.text, "", told.spot.words))
        setter.finish()
        return written

    def _report_margins(self) -> None:
        for name in self.opened.names:
            if _MARGIN.fullmatch(name) and b"[" in self.opened.raw(name):
                for paragraph in self.opened.part(name).iter(P):
                    self.changes += [
                        Change("unknown", "", typed.source, typed.text, "", MARGIN_PLACE, MARGIN)
                        for typed in typed_in(paragraph)
                    ]

    def _renew(self, control: Control, numbers: Callable[[], int]) -> None:
        source = self.sources[control.id]
        before, place = control.text, control.spot.words
        if control.struck:
            if not control.spot.twin:
                self.changes.append(Change("deleted", control.id, source, before, "", place, STRUCK))
            return
        if control.spot.twin:
            self._renew_twin(control)
            return
        resolved = self.resolver(source)
        mark = first_mark(resolved.runs)
        if control.untagged:
            retag(control, control_title(control.id, mark.kind if mark else "figure"), numbers())
            self._touch(control)
        if mark is None:
            self.changes.append(Change("failed", control.id, source, before, before, place, resolved.fault))
            return
        self.twins[control.id] = mark.text
        if rename(control, control_title(control.id, mark.kind)):
            self._touch(control)
        if before != mark.text and (control.runs or control.sdt is not None):
            set_text(control, mark.text)
            self._touch(control)
        if control.id in self.fresh:
            self.changes.append(Change("new", control.id, source, f"[[{source}]]", mark.text, place))
        elif before != mark.text:
            by_hand = stamp(before) != self.stamps[control.id]
            self.changes.append(
                Change("edited" if by_hand else "renewed", control.id, source, before, mark.text, place)
            )
        if control.outer:
            self.changes.append(Change("nested", control.id, source, "", mark.text, place, control.outer))

    def _renew_twin(self, control: Control) -> None:
        text = self.twins.get(control.id)
        if text is not None and text != control.text:
            set_text(control, text)
            self._touch(control)

    def _touch(self, control: Control) -> None:
        self.opened.touch(NOTES if control.spot.note else BODY)

    def _report_places(self, controls: list[Control], story: Story) -> None:
        places: dict[str, list[str]] = {}
        for control in controls:
            places.setdefault(control.id, []).append(control.spot.words)
        for entry in self.before.entries:
            if entry.id not in places and not entry.gone:
                section = self.before.sections[min(entry.section, len(self.before.sections) - 1)]
                self.changes.append(Change("deleted", entry.id, entry.source, "", "", section_words(section)))
        for id_, found in places.items():
            if len(found) > 1:
                self.changes.append(Change("doubled", id_, self.sources[id_], "", "", "; ".join(found)))
        standing = [(c.id, c.spot.section) for c in controls if not c.struck]
        for entry, was in moved(self.before, standing, story.sections):
            place = places[entry.id][0]
            self.changes.append(Change("moved", entry.id, entry.source, "", "", place, was))

    def _entries(self, controls: list[Control]) -> list[Entry]:
        entries: dict[str, Entry] = {}
        for control in controls:
            if not control.struck and control.id not in entries:
                entries[control.id] = Entry(
                    control.id, self.sources[control.id], stamp(control.text), control.spot.section
                )
        gone = [dataclasses.replace(e, gone=True, section=0) for e in self.before.entries if e.id not in entries]
        return [*entries.values(), *gone]

    def _store(self, table: MarkTable) -> None:
        part = mark_table.PART
        if table == self.before and part in self.opened:
            return
        self.opened.declare(part, mark_table.CONTENT_TYPE, mark_table.RELATIONSHIP, "")
        self.opened.put(part, with_table(self.opened.raw(part) if part in self.opened else None, table))


def first_mark(runs: Runs) -> Mark | None:
    for run in runs:
        for piece in run.runs if isinstance(run, Footnote) else (run,):
            if isinstance(piece, Mark):
                return piece
    return None


def _free_numbers(opened: Opened) -> Callable[[], int]:
    """Return a function that gives numbers that no control and no bookmark of the file has."""

    def numbers() -> Iterator[int]:
        roots: list[Element] = [opened.part(name) for name in (BODY, NOTES) if name in opened]
        taken: set[int] = set()
        for root in roots:
            elements = [*root.iter(qn("bookmarkStart")), *(e for sdt in root.iter(SDT) for e in sdt.iter(qn("id")))]
            taken |= {number_of(e.get(qn("id")) or e.get(qn("val"))) for e in elements}
        yield from (n for n in range(1, 2**31) if n not in taken)

    given = numbers()
    return lambda: next(given)
