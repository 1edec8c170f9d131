"""Text that comes back from Word where a mark had become several paragraphs: untouched, they are the mark again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .assessed import paragraphs_of
from .drafting import Edit, Shown, edits
from .marks import TemplateFault, parse
from .sources import Sources
from .writer import Writer


def edits_of(before: Sequence[str], after: Sequence[Shown], sources: Sources) -> list[Edit]:
    """Return what :func:`.drafting.edits` does, over a draft in which a mark may stand for several paragraphs.

    Where somebody changed one of those paragraphs, the mark is lost and all of them become the draft's own words.
    """
    written = [_written(paragraph, sources) for paragraph in before]
    owners = [place for place, lines in enumerate(written) for _line in lines]
    units = [line for lines in written for line in lines]
    found = edits(units, after, sources)
    several = {place for place, lines in enumerate(written) if lines != [before[place]]}
    touched = {owner for edit in found if (owner := _inside(edit, owners)) in several}
    folded: list[Edit] = []
    done: set[int] = set()
    for edit in found:
        owner = _inside(edit, owners)
        if owner in touched:
            if owner not in done:
                done.add(owner)
                lines = _lines(owner, owners, units, found)
                folded += _dissolved(owner, before[owner], lines, edit.after or 0)
            continue
        folded.append(
            replace(
                edit,
                before=None if edit.before is None else owners[edit.before],
                behind=-1 if edit.behind < 0 else owners[edit.behind],
            )
        )
    return folded


def _written(paragraph: str, sources: Sources) -> list[str]:
    try:
        lines = paragraphs_of(parse(paragraph, ""), sources, Writer(sources).of_then)
    except TemplateFault:
        return [paragraph]
    return [paragraph] if lines is None else lines


def _inside(edit: Edit, owners: Sequence[int]) -> int:
    """Return the draft's paragraph in which an edit happens; -1 for one between two paragraphs."""
    if edit.before is not None:
        return owners[edit.before]
    if edit.behind < 0 or edit.behind + 1 >= len(owners) or owners[edit.behind] != owners[edit.behind + 1]:
        return -1
    return owners[edit.behind]


def _lines(owner: int, owners: Sequence[int], units: Sequence[str], found: Sequence[Edit]) -> Iterator[str]:
    """Yield what the paragraphs of one mark have become, in the order of the text."""
    changed = {edit.before: edit for edit in found if edit.before is not None}
    added: dict[int, list[str]] = {}
    for edit in found:
        if edit.before is None:
            added.setdefault(edit.behind, []).append(edit.text)
    for unit, of in enumerate(owners):
        if of != owner:
            continue
        if unit not in changed:
            yield units[unit]
        elif changed[unit].after is not None:
            yield changed[unit].text
        if owners[unit + 1 : unit + 2] == [owner]:
            yield from added.get(unit, [])


def _dissolved(owner: int, mark: str, lines: Iterable[str], after: int) -> Iterator[Edit]:
    texts = list(lines)
    if not texts:
        yield Edit(owner, None, lost=(mark,))
        return
    yield Edit(owner, after, texts[0], lost=(mark,))
    for text in texts[1:]:
        yield Edit(None, after, text, behind=owner)
