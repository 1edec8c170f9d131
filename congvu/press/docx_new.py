"""Makes a mark of what a person typed: a control in the text, or a footnote with a control in it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Protocol

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from congvu.press.docx_opened import BODY, NOTES, Opened
from congvu.press.docx_pieces import control, note, note_reference, separators, text_run
from congvu.press.docx_story import REFERENCE, Spot, Told, style_names
from congvu.press.docx_typed import Typed, take_out
from congvu.press.docx_xml import Element, number_of, qn, run, w
from congvu.press.model import MARK_ID_MAX, Footnote, Mark, Runs

CONDITION = (
    "Điều kiện {{…}} không dùng được trong Word; hãy viết thẳng nội dung, hoặc đưa vào dự thảo trên trang báo cáo."
)
_NUMBERED = re.compile(r"m(\d+)\.(.*)")


class _Resolved(Protocol):
    @property
    def runs(self) -> Runs: ...
    @property
    def fault(self) -> str: ...


class _Resolver(Protocol):
    def trial(self, source: str) -> _Resolved: ...


class Setter:
    """Sets the marks typed into one file; ``numbers`` gives numbers that no control or bookmark has."""

    def __init__(self, opened: Opened, resolver: _Resolver, numbers: Callable[[], int]) -> None:
        self._opened = opened
        self._resolver = resolver
        self._numbers = numbers
        self._trials: dict[str, _Resolved] = {}
        self._added = False

    def why_not(self, typed: Typed, spot: Spot) -> str:
        """Return the sentence that says why a typed mark stays as it was typed; "" where it can be set."""
        if typed.is_condition:
            return CONDITION
        trial = self._trial(typed.source)
        if trial.fault:
            return trial.fault
        if any(isinstance(piece, Footnote) for piece in trial.runs) and (spot.note or spot.in_box):
            where = "chú thích" if spot.note else "khung chữ"
            return f"không đặt được chú thích trong {where}; hãy dùng [[doc …]] hoặc [[list …]]"
        return ""

    def is_plain_note(self, typed: Typed) -> bool:
        """Return whether a typed mark becomes a footnote of plain words, in which nothing is computed."""
        return all(isinstance(p, Footnote) and not _marks_in(p) for p in self._trial(typed.source).runs)

    def set(self, told: Told, typed: Typed, sources: dict[str, str]) -> str:
        """Put a mark in place of what was typed; return its id, which joins ``sources``, "" for a plain note."""
        runs = self._trial(typed.source).runs
        where = take_out(told.element, typed)
        self._opened.touch(NOTES if told.spot.note else BODY)
        id_ = ""
        for piece in runs:
            if isinstance(piece, Footnote):
                id_ = self._set_note(where, piece, typed.source, sources) or id_
            elif isinstance(piece, Mark):
                id_ = _fresh_id(piece.id, sources)
                sources[id_] = typed.source
                content = _in_looks(where, text_run(piece))
                for element in control(id_, piece.kind, self._numbers(), (content,)):
                    where.addprevious(element)
            else:
                where.addprevious(_in_looks(where, text_run(piece)))
        where.getparent().remove(where)
        return id_

    def write_plain(self, told: Told, typed: Typed) -> None:
        """Write a mark's words in place of what was typed, in the copy of a text box for old programs."""
        where = take_out(told.element, typed)
        words = "".join(p.text for p in self._trial(typed.source).runs if not isinstance(p, Footnote))
        where.addprevious(_in_looks(where, run(words)))
        where.getparent().remove(where)

    def _trial(self, source: str) -> _Resolved:
        if source not in self._trials:
            self._trials[source] = self._resolver.trial(source)
        return self._trials[source]

    def _set_note(self, where: Element, piece: Footnote, source: str, sources: dict[str, str]) -> str:
        notes = self._notes()
        number = max((number_of(n.get(qn("id"))) for n in notes), default=0) + 1
        styles = {name: id_ for id_, name in style_names(self._opened).items()}
        id_ = ""
        content: list[Element] = []
        for inner in piece.runs:
            if isinstance(inner, Mark) and len(_marks_in(piece)) == 1:
                id_ = _fresh_id(inner.id, sources)
                sources[id_] = source
                content += control(id_, inner.kind, self._numbers(), (text_run(inner),))
            else:
                content.append(text_run(inner))
        reference_style = styles.get("footnote reference")
        where.addprevious(note_reference(number, reference_style))
        notes.append(note(number, content, styles.get("footnote text"), reference_style))
        self._added = True
        self._opened.touch(NOTES)
        return id_

    def finish(self) -> None:
        """Number the notes by where they stand, if there are new ones: LibreOffice goes by nothing else.

        Word numbers them so too, whenever it saves.
        """
        if not self._added:
            return
        notes = self._notes()
        own = [n for n in notes if n.get(qn("type"))]
        start = max((number_of(n.get(qn("id"))) for n in own), default=0) + 1
        references = list(self._opened.part(BODY).iter(REFERENCE))
        order = dict.fromkeys(r.get(qn("id")) for r in references)
        known = {n.get(qn("id")): n for n in notes if not n.get(qn("type"))}
        ranked = [id_ for id_ in order if id_ in known] + [id_ for id_ in known if id_ not in order]
        numbers = {id_: str(number) for number, id_ in enumerate(ranked, start)}
        for reference in references:
            if (renamed := numbers.get(reference.get(qn("id")))) is not None:
                reference.set(qn("id"), renamed)
        for id_ in ranked:
            known[id_].set(qn("id"), numbers[id_])
            notes.append(known[id_])

    def _notes(self) -> Element:
        if NOTES not in self._opened:
            root = w("footnotes", *separators())
            self._opened.add_part(NOTES, root, CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, BODY)
        return self._opened.part(NOTES)


def _marks_in(piece: Footnote) -> list[Mark]:
    return [inner for inner in piece.runs if isinstance(inner, Mark)]


def _in_looks(where: Element, made: Element) -> Element:
    """Return a run with the looks of another: a mark typed in bold stays bold."""
    properties = where.find(qn("rPr"))
    if properties is not None:
        for own in made.findall(qn("rPr")):
            made.remove(own)
        made.insert(0, _copied(properties))
    return made


def _copied(properties: Element) -> Element:
    copied = copy.deepcopy(properties)
    for change in copied.findall(qn("rPrChange")):
        copied.remove(change)
    return copied


def _fresh_id(like: str, sources: dict[str, str]) -> str:
    """Return an id that the file does not know: the next number, with the name of ``like``."""
    numbers = [int(found[1]) for id_ in sources if (found := _NUMBERED.fullmatch(id_))]
    name = found[2] if (found := _NUMBERED.fullmatch(like)) else like
    return f"m{max(numbers, default=0) + 1:03d}.{name}"[:MARK_ID_MAX]
