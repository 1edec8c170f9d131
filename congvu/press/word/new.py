"""Makes a mark of what a person typed: a control in the text, or a footnote with a control in it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Protocol

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from congvu.press.model import MARK_ID_MAX, Footnote, Mark, Runs
from congvu.press.word.opened import BODY, NOTES, Opened
from congvu.press.word.pieces import control, note, note_reference, separators, text_run
from congvu.press.word.story import REFERENCE, Spot, Told, style_names
from congvu.press.word.typed import Typed, take_out
from congvu.press.word.xml import Element, number_of, qn, run, w

CONDITION = (
    "Điều kiện {{…}} không dùng được trong Word; hãy viết thẳng nội dung, hoặc đưa vào dự thảo trên trang báo cáo."
)
_NUMBERED = re.compile(r"m(\d+)\.(.*)")


class _Resolved(Protocol):
    @property
    def runs(self) -> Runs: ...
    @property
    def fault(self) -> str: ...
    @property
    def sources(self) -> Mapping[str, str]: ...


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
        return not _all_marks(self._trial(typed.source).runs)

    def set(self, told: Told, typed: Typed, sources: dict[str, str]) -> list[str]:
        """Put marks in place of what was typed; return their ids, which join ``sources``; none for a plain note."""
        trial = self._trial(typed.source)
        where = take_out(told.element, typed)
        self._opened.touch(NOTES if told.spot.note else BODY)
        ids: list[str] = []
        known = {piece.id: trial.sources.get(piece.id, typed.source) for piece in _all_marks(trial.runs)}
        for piece in trial.runs:
            if isinstance(piece, Footnote):
                ids += self._set_note(where, piece, known, sources)
            elif isinstance(piece, Mark):
                ids.append(self._named(piece, known, sources))
                content = _in_looks(where, text_run(piece))
                for element in control(ids[-1], piece.kind, self._numbers(), (content,)):
                    where.addprevious(element)
            else:
                where.addprevious(_in_looks(where, text_run(piece)))
        where.getparent().remove(where)
        return ids

    def _named(self, piece: Mark, known: Mapping[str, str], sources: dict[str, str]) -> str:
        """Return a new id for a mark; how it is computed joins ``sources``."""
        id_ = _fresh_id(piece.id, sources)
        sources[id_] = known[piece.id]
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

    def _set_note(
        self, where: Element, piece: Footnote, known: Mapping[str, str], sources: dict[str, str]
    ) -> list[str]:
        notes = self._notes()
        number = max((number_of(n.get(qn("id"))) for n in notes), default=0) + 1
        styles = {name: id_ for id_, name in style_names(self._opened).items()}
        ids: list[str] = []
        content: list[Element] = []
        for inner in piece.runs:
            if isinstance(inner, Mark):
                ids.append(self._named(inner, known, sources))
                content += control(ids[-1], inner.kind, self._numbers(), (text_run(inner),))
            else:
                content.append(text_run(inner))
        reference_style = styles.get("footnote reference")
        where.addprevious(note_reference(number, reference_style))
        notes.append(note(number, content, styles.get("footnote text"), reference_style))
        self._added = True
        self._opened.touch(NOTES)
        return ids

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


def _all_marks(runs: Runs) -> list[Mark]:
    inner = (p for run in runs for p in (run.runs if isinstance(run, Footnote) else (run,)))
    return [piece for piece in inner if isinstance(piece, Mark)]


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
