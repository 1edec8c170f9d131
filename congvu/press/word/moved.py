"""Which marks stand elsewhere than when the file was last written: out of their order, or under another heading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from congvu.press.word.table import Entry, MarkTable, section_words


def moved(before: MarkTable, now: Sequence[tuple[str, int]], sections: Sequence[str]) -> list[tuple[Entry, str]]:
    """Return the entries that moved, each with words that say where it stood.

    ``now`` holds the marks in reading order with the number of their section. A heading that was rewritten is no
    move of what stands under it; a paragraph that was split is none either.
    """
    entries = {entry.id: entry for entry in before.entries if not entry.gone}
    order = {id_: position for position, id_ in enumerate(entries)}
    first: dict[str, int] = {}
    for id_, section in now:
        if id_ in entries:
            first.setdefault(id_, section)
    in_order = _longest_rising([order[id_] for id_ in first])
    found = []
    for id_, section in first.items():
        was = before.sections[min(entries[id_].section, len(before.sections) - 1)]
        elsewhere = sections[section] != was and was in sections
        if order[id_] not in in_order or elsewhere:
            found.append((entries[id_], f"Trước đó: {section_words(was)}"))
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the largest set of numbers that stand in rising order: what is not in it was moved."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(tail_at[place - 1] if place else -1)
        tails[place : place + 1] = [number]
        tail_at[place : place + 1] = [position]
    found, at = set(), tail_at[-1] if tail_at else -1
    while at >= 0:
        found.add(numbers[at])
        at = before[at]
    return found
