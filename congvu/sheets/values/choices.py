"""Words become the values of a list, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from congvu.kernel.text import fold
from congvu.sheets.grid import Cell

from .cells import Reading, as_text, says_nothing, word

_FEW = 8
_SHORTEST = 3
_NOT = frozenset({"khong", "chua", "ko", "chang"})
_YES = frozenset({"x", "co", "1", "✓", "✔", "☑", "v", "true", "yes", "y", "dung", "roi", "dung vay", "t"})
_NO = frozenset({"khong", "chua", "0", "false", "no", "n", "sai", "ko", "f", "☐", "✗"})
_NO_LETTERS = re.compile(r"[^\w ]")
_YES_OPENS = ("da ", "co ", "roi ")
_NO_OPENS = ("chua ", "khong ", "ko ")


def read_choices(cells: Iterable[Cell], values: Mapping[str, tuple[str, ...]], empty: tuple[str, ...] = ()) -> Reading:
    """Return the values of a list that the distinct cells of a column name.

    ``values`` has the words of each value, the first of which is shown to people. A cell that is none of them may
    hold exactly one value's words among others, or be the part of one value's words alone.
    """
    words = {word(one): value for value, called in values.items() for one in called}
    words |= {word(value): value for value in values}
    known = ", ".join(f"“{called[0] if called else value}”" for value, called in list(values.items())[:_FEW])
    known += ", …" if len(values) > _FEW else ""
    found = Reading()
    for cell in cells:
        text = as_text(cell)
        told = word(text)
        if text in values:
            found.values[cell] = text
        elif told in words:
            found.values[cell] = words[told]
        elif says_nothing(text, empty):
            found.values[cell] = ""
        else:
            meant = _contained(told, words)
            if len(meant) == 1:
                found.values[cell] = meant.pop()
            elif meant:
                names = " và ".join(sorted(f"“{(values[value] or (value,))[0]}”" for value in meant))
                found.refuse(cell, f"có thể là {names}; cần một trong: {known}")
            else:
                found.refuse(cell, f"không có trong danh mục; cần một trong: {known}")
    return found


def _contained(told: str, words: Mapping[str, str]) -> set[str]:
    """Return the values whose words stand whole within the text, the longest alone, or in whose words it stands."""
    around = f" {' '.join(_NO_LETTERS.sub(' ', told).split())} "
    denied = _NOT & set(around.split())
    inside = [one for one in words if len(one) >= _SHORTEST and f" {one} " in around and denied <= set(one.split())]
    if inside:
        longest = [one for one in inside if not any(one != other and f" {one} " in f" {other} " for other in inside)]
        return {words[one] for one in longest}
    if len(told) < _SHORTEST:
        return set()
    return {value for one, value in words.items() if around in f" {one} " and not (_NOT & set(one.split())) - denied}


def read_booleans(cells: Iterable[Cell], values: Mapping[str, tuple[str, ...]], empty: tuple[str, ...] = ()) -> Reading:
    """Return ``true`` or ``false`` for the distinct cells of a column; ``values`` may have own words for them."""
    words = {word(one): value for value, called in values.items() for one in called}
    found = Reading()
    for cell in cells:
        text = as_text(cell)
        told = word(text) if word(text) in words else fold(text)
        if told in words:
            found.values[cell] = words[told]
        elif says_nothing(text, empty):
            found.values[cell] = ""
        elif told in _YES or told.startswith(_YES_OPENS):
            found.values[cell] = "true"
        elif told in _NO or told.startswith(_NO_OPENS):
            found.values[cell] = "false"
        else:
            found.refuse(cell, "cần có hoặc không (x, có, 1, đã …; để trống, không, 0, chưa …)")
    return found
