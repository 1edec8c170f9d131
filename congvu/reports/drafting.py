"""Text that comes back from Word, compared paragraph by paragraph with the draft that it was made from.

A paragraph of a draft is written in the template's own marks and conditions; what stands in Word is what became of
them. Both are cut into tokens (words, blanks, marks), and where the tokens are the same, the draft's own writing
stays: a condition around words that nobody touched is still a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from congvu.press.word.back import Computed, NoteBack, ParagraphBack, PieceBack

from . import marking
from .marking import Fault
from .marks import Note, Piece, Segment, Spec, TemplateFault, Words, parse
from .sources import Sources

BLANK = " "
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_MARK = re.compile(r"(\[\[.*?\]\])")
_ALIKE = 0.4
_MOST_PAIRS = 4_000


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a draft's paragraph that stands or falls as one: as it is written, and the tokens that it became."""

    markup: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as it stands in Word; ``level`` is that of a heading, 0 for none."""

    level: int
    tokens: tuple[str, ...]

    @property
    def markup(self) -> str:
        return written(self.level, "".join(self.tokens))


@dataclass(frozen=True, slots=True)
class Edit:
    """``before`` is the place in the draft, ``after`` in the returned text; one of them is None.

    Both given: the paragraph was changed to ``text``. Only ``before``: it was removed. Only ``after``: ``text`` was
    added behind the paragraph at ``behind`` (-1: at the very beginning).
    """

    before: int | None
    after: int | None
    text: str = ""
    behind: int = -1
    lost: tuple[str, ...] = ()
    """Conditions of the draft's paragraph that could not be kept."""


def written(level: int, text: str) -> str:
    return f"{'=' * level} {text}" if level else text


def level_and_text(paragraph: str) -> tuple[int, str]:
    text = paragraph.lstrip("=")
    return len(paragraph) - len(text), text.strip()


# What a draft's paragraph becomes


def atoms(paragraph: str, sources: Sources) -> list[Atom]:
    """Return a draft's paragraph (without its signs of a heading) as atoms; joined, their markup is the paragraph."""
    try:
        pieces = parse(level_and_text(paragraph)[1], "")
    except TemplateFault:
        return [Atom(token, (token,)) for token in _tokens(level_and_text(paragraph)[1])]
    return _spaced(list(_atoms(pieces, sources)))


def _atoms(pieces: Iterable[Piece], sources: Sources) -> Iterator[Atom]:
    for piece in pieces:
        if isinstance(piece, Words):
            yield from (Atom(token, (_plain(token),)) for token in _TOKEN.findall(piece.text))
        elif isinstance(piece, Segment):
            inner = list(_atoms(piece.pieces, sources)) if _holds(piece, sources) else []
            markup = "{{" + " ".join(piece.condition) + ":" + _markup(piece.pieces) + "}}"
            yield Atom(markup, tuple(token for atom in inner for token in atom.tokens))
        else:
            markup = _markup((piece,))
            stands = not (isinstance(piece, Spec) and piece.head == "cite" and not _filled(piece, sources))
            yield Atom(markup, (" ".join(markup.split()),) if stands else ())


def _markup(pieces: Iterable[Piece]) -> str:
    parts = []
    for piece in pieces:
        if isinstance(piece, Words):
            parts.append(piece.text)
        elif isinstance(piece, Spec):
            parts.append(f"[[{piece.source}]]")
        elif isinstance(piece, Note):
            parts.append(f"[[footnote: {_markup(piece.pieces)}]]")
    return "".join(parts)


def _holds(segment: Segment, sources: Sources) -> bool:
    try:
        return marking.holds(segment.condition, sources)
    except Fault:
        return False


def _filled(spec: Spec, sources: Sources) -> bool:
    return bool(sources.slots.get(spec.words[0] if spec.words else ""))


def _spaced(found: list[Atom]) -> list[Atom]:
    """Take the blanks away that the writer of the report takes away: doubled ones, and those at the ends."""
    kept: list[tuple[int, str]] = []
    for index, atom in enumerate(found):
        for word in atom.tokens:
            if word != BLANK or (kept and kept[-1][1] != BLANK):
                kept.append((index, word))
    while kept and kept[-1][1] == BLANK:
        kept.pop()
    return [Atom(a.markup, tuple(word for index, word in kept if index == i)) for i, a in enumerate(found)]


def _plain(token: str) -> str:
    return BLANK if token.isspace() else token


# What comes back


def shown_back(paragraph: ParagraphBack) -> Shown:
    """Return a paragraph that came back from Word as tokens in the marks of a template."""
    tokens = [token for piece in paragraph.pieces for token in _tokens(_back(piece))]
    if paragraph.listed and tokens[:1] != ["-"]:
        tokens = ["-", " ", *tokens]
    return Shown(paragraph.level, tuple(tokens))


def _tokens(markup: str) -> Iterator[str]:
    if markup.startswith("[[footnote:"):
        yield markup
        return
    for part in _MARK.split(markup):
        if part.startswith("[["):
            yield " ".join(part.split())
        else:
            yield from (_plain(token) for token in _TOKEN.findall(part))


def _back(piece: PieceBack) -> str:
    if isinstance(piece, Computed):
        return f"[[{piece.source}]]"
    if isinstance(piece, NoteBack):
        return _note_back(piece)
    return piece


def _note_back(note: NoteBack) -> str:
    """Return a note as its own mark where nothing else stands in it, else as words that somebody wrote."""
    marks = [piece for piece in note.pieces if isinstance(piece, Computed)]
    others = "".join(piece for piece in note.pieces if isinstance(piece, str))
    if len(marks) == 1 and marks[0].source.startswith(("cite ", "note ")) and others in ("", "."):
        return f"[[{marks[0].source}]]"
    parts = [p if isinstance(p, str) else f"[[{p.source.removeprefix('note ')}]]" for p in note.pieces]
    words = " ".join("".join(parts).split())
    if not words:
        return ""
    return f"[[footnote: {words}{' ' if words.endswith(']') and not words.endswith(']]') else ''}]]"


# Comparing


def edits(before: Sequence[str], after: Sequence[Shown], sources: Sources) -> list[Edit]:
    """Return what turns a draft's paragraphs into the text that came back, in the order of the text."""
    cut = [atoms(paragraph, sources) for paragraph in before]
    places = [index for index, found in enumerate(cut) if any(atom.tokens for atom in found)]
    stood = [Shown(level_and_text(before[i])[0], tuple(t for a in cut[i] for t in a.tokens)) for i in places]
    found: list[Edit] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, stood, list(after), autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        behind = places[i1 - 1] if i1 else -1
        for i, j in _pairs(stood[i1:i2], after[j1:j2]):
            if i is None:
                assert j is not None
                found.append(Edit(None, j1 + j, after[j1 + j].markup, behind))
                continue
            place = behind = places[i1 + i]
            if j is None:
                found.append(Edit(place, None))
            else:
                text, lost = merged(cut[place], after[j1 + j].tokens)
                found.append(Edit(place, j1 + j, written(after[j1 + j].level, text), lost=lost))
    return found


def _pairs(old: Sequence[Shown], new: Sequence[Shown]) -> list[tuple[int | None, int | None]]:
    """Return which new paragraph comes from which old one, in order; alone are those that come from none."""
    if len(old) * len(new) > _MOST_PAIRS:
        both: list[tuple[int | None, int | None]] = [(i, i) for i in range(min(len(old), len(new)))]
        alone = [(i, None) for i in range(len(new), len(old))]
        return [*both, *alone, *((None, j) for j in range(len(old), len(new)))]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            alike = _likeness(old[i], new[j])
            together = alike + best[i + 1][j + 1] if alike > _ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        elif best[i][j] == best[i][j + 1]:
            found.append((None, j))
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return [*found, *((k, None) for k in range(i, len(old))), *((None, k) for k in range(j, len(new)))]


def _likeness(old: Shown, new: Shown) -> float:
    """Return 0 to 1; blanks, which all paragraphs share, do not count."""
    before, after = ([word for word in shown.tokens if word != BLANK] for shown in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > _ALIKE else 0.0


def merged(old: Sequence[Atom], new: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the new text of a paragraph in the draft's own writing, and the conditions that it could not keep."""
    places = _places(old, new)
    starts = {place: atom for atom, place in zip(old, places, strict=True) if place is not None}
    before: dict[int, str] = {}
    behind: dict[int, str] = {}
    lost = [a.markup for a, p in zip(old, places, strict=True) if a.tokens and p is None and a.markup.startswith("{{")]
    for index, atom in enumerate(old):
        if atom.tokens:
            continue
        # what shows nothing stays beside its neighbour
        left = next((i for i in reversed(range(index)) if old[i].tokens), None)
        right = next((i for i in range(index + 1, len(old)) if old[i].tokens), None)
        if left is not None and (place := places[left]) is not None:
            end = place + len(old[left].tokens)
            behind[end] = behind.get(end, "") + atom.markup
        elif right is not None and (place := places[right]) is not None:
            before[place] = before.get(place, "") + atom.markup
        elif atom.markup.strip():
            lost.append(atom.markup)
    parts, at = [], 0
    while at < len(new):
        atom = starts.get(at, Atom(new[at], (new[at],)))
        parts += [before.get(at, ""), atom.markup]
        at += len(atom.tokens)
        parts.append(behind.get(at, ""))
    return " ".join("".join(parts).split()), tuple(lost)


def _places(old: Sequence[Atom], new: Sequence[str]) -> list[int | None]:
    """Return for each atom where its tokens begin in the new text; None where they are no longer all there together."""
    tokens = [token for atom in old for token in atom.tokens]
    at: dict[int, int] = {}
    for i, j, size in SequenceMatcher(None, tokens, list(new), autojunk=False).get_matching_blocks():
        at |= {i + k: j + k for k in range(size)}
    found: list[int | None] = []
    position = 0
    for atom in old:
        size = len(atom.tokens)
        where = [at.get(position + k) for k in range(size)]
        first = where[0] if where else None
        found.append(first if first is not None and where == list(range(first, first + size)) else None)
        position += size
    return found
