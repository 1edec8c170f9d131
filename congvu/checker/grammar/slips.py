"""Slips of the pen: two writings of which one is the other with one digit wrong, missing, added or out of place."""

from __future__ import annotations

from congvu.kernel.format import format_number


def slipped(stated: float, due: float, step: float) -> bool:
    """Return whether ``stated`` is ``due`` written with one slip; both to the places of ``step``."""
    if due < 0:
        return False
    places = decimals(step)
    return is_slip(f"{stated:.{places}f}".replace(".", ""), f"{due:.{places}f}".replace(".", ""))


def decimals(step: float) -> int:
    places = 0
    while places < 6 and step < 0.999 / 10**places:
        places += 1
    return places


def is_slip(one: str, other: str) -> bool:
    """Return whether two strings of digits differ by one digit changed, dropped, added, or two neighbours swapped."""
    if one == other:
        return False
    if len(one) == len(other):
        differing = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(differing) == 1:
            return True
        if len(differing) == 2:
            i, j = differing
            return j == i + 1 and one[i] == other[j] and one[j] == other[i]
        return False
    if abs(len(one) - len(other)) != 1:
        return False
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def written(value: float, step: float = 1.0) -> str:
    """Return a value as reports write it, to the places of ``step``."""
    return format_number(round(value, 6), decimals(step))
