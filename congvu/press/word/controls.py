"""The marks of an edited DOCX: found by their controls' tags, or by the bookmarks around them; read and renewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from congvu.press.word.opened import BODY, NOTES, Opened
from congvu.press.word.story import (
    BREAKS,
    CONTENT,
    GONE,
    REFERENCE,
    RUN,
    SDT,
    TEXT,
    P,
    Spot,
    Story,
    own_nodes,
    text_of,
)
from congvu.press.word.table import bookmark_name
from congvu.press.word.xml import XML_SPACE, Element, qn, w

_START: Final = qn("bookmarkStart")
_END: Final = qn("bookmarkEnd")
_WORDS: Final = frozenset({TEXT, qn("tab"), *BREAKS})
_COPIED: Final = re.compile(r"(cv_\w*?_[0-9a-f]{8})(?:_Copy_\d+|\d*)")
"""LibreOffice gives a copied bookmark, and nearly every one in a footnote, a name with an ending of its own."""


@dataclass
class Control:
    """One mark in the file. ``sdt`` is None where only its bookmark is left; ``runs`` hold its own words.

    ``outer`` is the mark inside which this one stands, "" for none. A mark whose words are all deleted under
    tracked changes is ``struck``.
    """

    id: str
    sdt: Element | None
    runs: list[Element]
    spot: Spot
    outer: str = ""
    struck: bool = False

    @property
    def text(self) -> str:
        return "".join(text_of(node) for run in self.runs for node in run)

    @property
    def untagged(self) -> bool:
        return self.sdt is None or tag_of(self.sdt) != self.id


class Finder:
    """Finds the marks of one file among the ids that its table knows."""

    def __init__(self, opened: Opened, ids: Iterable[str]) -> None:
        self._ids = set(ids)
        self._by_bookmark = {bookmark_name(id_): id_ for id_ in self._ids}
        roots = [opened.part(name) for name in (BODY, NOTES) if name in opened]
        self._tags_survive = any(tag_of(sdt) in self._ids for root in roots for sdt in root.iter(SDT))
        self._seen: set[Element] = set()

    def controls(self, story: Story) -> Iterator[Control]:
        """Yield the marks in reading order; those of a note where it is referred to."""
        pending = {}
        for told in story.paragraphs:
            pending[told.element] = told.spot
        for told in story.paragraphs:
            if not told.spot.note:
                yield from self._of_paragraph(told.element, told.spot, story, pending)

    def _of_paragraph(self, p: Element, spot: Spot, story: Story, spots: dict[Element, Spot]) -> Iterator[Control]:
        for sdt in reversed([a for a in p.iterancestors() if a.tag == SDT]):
            if sdt not in self._seen:  # a control around whole paragraphs
                yield from self._of_sdt(sdt, spot)
        for node in own_nodes(p):
            if node.tag == SDT and node not in self._seen:
                yield from self._of_sdt(node, spot)
            elif node.tag == _START and not self._tags_survive:
                yield from self._of_bookmark(node, spot)
            elif node.tag == REFERENCE:
                note = story.note(node)
                if note is not None and note not in self._seen:
                    self._seen.add(note)
                    for inner in note.iter(P):
                        yield from self._of_paragraph(inner, spots.get(inner, spot), story, spots)
        for sdt in p.iter(SDT):
            if sdt not in self._seen and any(a.tag in GONE for a in sdt.iterancestors()):
                self._seen.add(sdt)
                if (found := self.id_of(sdt)) is not None:
                    yield Control(found, sdt, [], spot, struck=True)

    def _of_sdt(self, sdt: Element, spot: Spot) -> Iterator[Control]:
        self._seen.add(sdt)
        found = self.id_of(sdt)
        if found is None:
            return
        outer = next((o for a in sdt.iterancestors(SDT) if (o := self.id_of(a)) is not None), "")
        content = sdt.find(CONTENT)
        runs = list(self._own_runs(content)) if content is not None else []
        struck = not runs and content is not None and any(n.tag in GONE for n in content.iter(*GONE))
        yield Control(found, sdt, runs, spot, outer, struck)

    def _of_bookmark(self, start: Element, spot: Spot) -> Iterator[Control]:
        """Yield the mark of a bookmark around which no control is left."""
        found = self._named(start.get(qn("name")))
        if found is None or any(self.id_of(a) == found for a in start.iterancestors(SDT)):
            return
        runs = []
        for node in start.itersiblings():
            if node.tag == _END and node.get(qn("id")) == start.get(qn("id")):
                break
            if node.tag == SDT and self.id_of(node) == found:
                return
            if node.tag == RUN and any(child.tag in _WORDS for child in node):
                runs.append(node)
        if runs:
            yield Control(found, None, runs, spot)

    def _own_runs(self, element: Element) -> Iterator[Element]:
        for child in element:
            if child.tag in GONE or (child.tag == SDT and self.id_of(child) is not None):
                continue
            if child.tag == RUN:
                if any(node.tag in _WORDS for node in child):
                    yield child
            else:
                yield from self._own_runs(child)

    def id_of(self, sdt: Element) -> str | None:
        """Return the mark that a control is: by its tag, else by the bookmark beside it."""
        tag = tag_of(sdt)
        if tag in self._ids:
            return tag
        if tag:
            return None
        names = []
        before = sdt.getprevious()
        while before is not None and before.tag in (_START, _END):
            names += [before.get(qn("name"))] if before.tag == _START else []
            before = before.getprevious()
        names += [start.get(qn("name")) for start in sdt.iter(_START)]
        return next((id_ for name in names if (id_ := self._named(name)) is not None), None)

    def _named(self, bookmark: str | None) -> str | None:
        found = _COPIED.fullmatch(bookmark or "")
        return self._by_bookmark.get(found[1]) if found else None


def tag_of(sdt: Element) -> str:
    tag = sdt.find(f"{qn('sdtPr')}/{qn('tag')}")
    return tag.get(qn("val")) or "" if tag is not None else ""


def set_text(control: Control, text: str) -> None:
    """Put these words into a mark; they look as its first run does, as a person may have set it."""
    if not control.runs:
        control.runs = [_new_run(control)]
    first, *others = control.runs
    _show_words(control)
    for node in [child for child in first if child.tag in _WORDS]:
        first.remove(node)
    for index, line in enumerate(text.split("\n")):
        if index:
            first.append(w("br"))
        words = w("t")
        words.text = line
        words.set(XML_SPACE, "preserve")
        first.append(words)
    for run in others:
        _empty(run)
    control.runs = [first]


def _empty(run: Element) -> None:
    for node in [child for child in run if child.tag in _WORDS]:
        run.remove(node)
    if all(child.tag == qn("rPr") for child in run):
        parent = run.getparent()
        parent.remove(run)
        if parent.tag == qn("ins") and not len(parent):
            parent.getparent().remove(parent)


def _show_words(control: Control) -> None:
    """Take off what makes Word show a control as an empty field to be filled in."""
    if control.sdt is None:
        return
    properties = control.sdt.find(qn("sdtPr"))
    shown = properties.find(qn("showingPlcHdr")) if properties is not None else None
    if shown is not None:
        properties.remove(shown)
        for style in list(control.runs[0].iter(qn("rStyle"))):
            style.getparent().remove(style)


def _new_run(control: Control) -> Element:
    assert control.sdt is not None  # a bookmark without words is no mark
    content = control.sdt.find(CONTENT)
    if content is None:
        content = w("sdtContent")
        control.sdt.append(content)
    made = w("r")
    paragraph = next(content.iter(P), None)
    if paragraph is None:
        # before a struck run or a swallowed note reference, behind bookmarks' starts
        position = next((i for i, child in enumerate(content) if child.tag != _START), len(content))
        content.insert(position, made)
    else:
        paragraph.append(made)
    return made


def retag(control: Control, title: str, number: int) -> None:
    """Give a control back the tag and the title that an office program dropped; where it is gone, put it back."""
    properties = w("sdtPr", w("alias", val=title), w("tag", val=control.id), w("id", val=number))
    if control.sdt is not None:
        old = control.sdt.find(qn("sdtPr"))
        if old is not None:
            control.sdt.remove(old)
        control.sdt.insert(0, properties)
        _release_notes(control.sdt)
        return
    first = control.runs[0]
    control.sdt = w("sdt", properties)
    first.addprevious(control.sdt)
    content = w("sdtContent")
    content.extend(control.runs)
    control.sdt.append(content)


def rename(control: Control, title: str) -> bool:
    """Set the title of a control that still has one of ours; return whether it was another."""
    alias = control.sdt.find(f"{qn('sdtPr')}/{qn('alias')}") if control.sdt is not None else None
    if alias is None or alias.get(qn("val")) == title or not (alias.get(qn("val")) or "").endswith(f": {control.id}"):
        return False
    alias.set(qn("val"), title)
    return True


def _release_notes(sdt: Element) -> None:
    """Move out the note reference that LibreOffice drew into the control before it, with all that follows it there."""
    content = sdt.find(CONTENT)
    if content is None or not any(text_of(n) for n in own_nodes(content)):
        return
    children = list(content)
    for index, child in enumerate(children):
        if child.tag == RUN and child.find(REFERENCE) is not None:
            for moved in reversed(children[index:]):
                sdt.addnext(moved)
            return
