"""A built report as a text that can be checked, knowing which of its words were computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from congvu.press import model
from congvu.press.manuscript import Manuscript, Paragraph, Place

from .writer import Built


@dataclass(frozen=True)
class Told:
    """``place.paragraph`` of the text is the position of the paragraph in the draft, from 1; 0 is the title.

    ``computed`` are the spans of marks in each paragraph that has some.
    """

    manuscript: Manuscript
    computed: dict[Paragraph, tuple[tuple[int, int], ...]]

    def is_computed(self, paragraph: Paragraph, start: int, end: int) -> bool:
        """Return whether any of these words stand in a mark."""
        return any(begin < end and start < stop for begin, stop in self.computed.get(paragraph, ()))


def told(built: Built) -> Told:
    """Return the title, the text and the notes of a built report."""
    teller = _Teller()
    teller.tell((model.Text(built.document.title),), 0)
    for block, position in zip(built.document.blocks, built.positions, strict=True):
        teller.tell(model.block_runs(block), position, heading=isinstance(block, model.Heading))
    return Told(Manuscript(tuple(teller.body), tuple(teller.notes), tuple(teller.lines)), teller.computed)


@dataclass
class _Teller:
    body: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    computed: dict[Paragraph, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    met: int = 0
    """How many notes were met so far: the number of the last one."""

    def tell(self, runs: Iterable[model.Run], position: int, *, heading: bool = False) -> None:
        found: list[tuple[int, model.Footnote]] = []
        words, spans = "", []
        for run in runs:
            if isinstance(run, model.Footnote):
                self.met += 1
                found.append((self.met, run))
                words += model.superscript(self.met)
                continue
            if isinstance(run, model.Mark):
                spans.append((len(words), len(words) + len(run.text)))
            words += run.text
        self.body.append(self._paragraph(words, spans, position, heading=heading))
        for number, note in found:
            self.notes.append(self._note(number, note, position))

    def _note(self, number: int, note: model.Footnote, position: int) -> Paragraph:
        words, spans = "", []
        for run in note.runs:
            if isinstance(run, model.Mark):
                spans.append((len(words), len(words) + len(run.text)))
            words += run.text
        return self._paragraph(words, spans, position, footnote=number)

    def _paragraph(
        self,
        words: str,
        spans: list[tuple[int, int]],
        position: int,
        *,
        heading: bool = False,
        footnote: int | None = None,
    ) -> Paragraph:
        self.lines.append(words)
        place = Place(len(self.lines), paragraph=position, footnote=footnote)
        made = Paragraph(words, ((0, place),), heading)
        if spans:
            self.computed[made] = tuple(spans)
        return made
