"""Totals told earlier and named again: "… 3.020 hồ sơ đến hạn. … Trong số hồ sơ đến hạn, có 1.907 …, 113 …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..grammar.passages import Passage
from ..grammar.quantities import Quantity
from .chains import Chain, Opener, listed_from
from .rates import is_number

WINDOW = 3  # passages before in which the total is looked for
_NAMED_AGAIN = re.compile(
    r"(?:^|[.;\n])\s*(?:-\s*)?Trong (?:tổng )?số (?P<name>(?:[^\W\d]+[ ,]+){2,9}?)(?=(?:có|đã|thì)?\s*\d)",
    re.IGNORECASE,
)
_SOME = re.compile(r"^(?:đó|này|những|trên)(?!\w)")


def chains_named_again(passage: Passage, before: Sequence[Passage]) -> Iterator[Chain]:
    """Yield what ``passage`` lists for totals that it only names; ``before`` are the passages before it."""
    for found in _NAMED_AGAIN.finditer(passage.text):
        name = " ".join(found["name"].lower().replace(",", " ").split())
        name = re.sub(r" (?:có|đã|thì)$", "", name)
        at = next((i for i, q in enumerate(passage.quantities) if q.start >= found.end()), None)
        if at is None or _SOME.match(name):
            continue
        earlier = [q for other in before[-WINDOW:] for q in other.quantities]
        total = _named(name, [*earlier, *(q for q in passage.quantities if q.end <= found.start() + 1)])
        if total is not None:
            chain = listed_from(passage, at, total, Opener.PART)
            if len(chain.parts) > 1:
                yield chain


def _named(name: str, told: Sequence[Quantity]) -> Quantity | None:
    """Return the last number of the things named; None where there are several that differ."""
    found = [q for q in told if is_number(q) and q.is_count and q.unit and f" {name} " in f" {q.after} "]
    return found[-1] if found and len({q.value for q in found}) == 1 else None
