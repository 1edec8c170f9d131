"""How many things a list holds: at least and at most, by where a comma or "và" may belong to a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..grammar.letters import UPPER
from .list_forms import (
    DEPARTMENT,
    DETAIL,
    FAILING,
    FAULTS,
    FIELDS,
    HEAD,
    NAME,
    NEXT_GROUP,
    NUMBERED,
    ONE_NAME,
    OPEN,
    OPEN_OF_CLAUSES,
    PLACE,
)

_LONGEST_NAME = 70
_LONGEST_FIELD = 6
_NEXT_CLAUSE = re.compile(
    r";\s*(?:đồng thời|qua đó|từ đó|bên cạnh|tuy nhiên|theo đó|đến nay|các|đã|đang)(?!\w).*", re.IGNORECASE
)
_FIELD = re.compile(rf"^(?:{FIELDS})$", re.IGNORECASE)
_FAULT = re.compile(rf"^(?:{FAULTS})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """How many things follow a count; ``plain`` where each is a place's name and marks stand between them."""

    fewest: int
    most: int
    plain: bool = False


def segment(text: str, start: int, bracketed: bool) -> str:
    """Return the list's words: to the closing bracket, the end of the sentence or line, or the next counted group."""
    depth, end = 0, len(text)
    for at in range(start, len(text)):
        character = text[at]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif character == "\n" or (
            character == "." and text[at + 1 : at + 2].isspace() and text[at + 2 : at + 3].isupper()
        ):
            if not (character == "." and re.search(r"(?:TP|TX|TT|Q|P)$", text[start:at])):
                end = at
                break
        elif depth == 0 and character in ";," and NEXT_GROUP.match(text, at):
            end = at
            break
    return text[start:end].strip().rstrip(".;,/ ")


# Names


def names(words: str, *, exact: bool) -> Listed | None:
    """Return how many names a list holds; None where it is open or no list of names.

    ``exact`` where no name holds a comma or "và", as those of places.
    """
    if not words or OPEN.search(words):
        return None
    plain = NUMBERED.sub("Tên", ONE_NAME.sub("Tên", DETAIL.sub("", words)))
    if re.search(r"\d", plain) or ":" in plain:
        return None
    if ";" in plain:
        plain = _without_next_clause(plain)
    if ";" in plain:
        items = [item.strip() for item in plain.split(";") if item.strip()]
        fewest, most = len(items), sum(len(_pieces(item)) for item in items)
    else:
        items = _pieces(plain)
        most = len(items)
        fewest = most if exact else _fewest(plain)
    if len(items) < 2 or not all(map(NAME.match, items)) or max(map(len, items)) > _LONGEST_NAME:
        return None
    return Listed(min(fewest, most), most, re.search("[;,]", plain) is not None and _all_places(items))


def _all_places(items: list[str]) -> bool:
    """Return whether the items are names of places and nothing more; the sentence may go on after the last."""
    found = [PLACE.match(item) for item in items]
    return all(found) and all(
        place is not None and place.end() == len(item) for place, item in zip(found[:-1], items[:-1], strict=True)
    )


def _without_next_clause(plain: str) -> str:
    """Cut off what follows a semicolon and is no name, where commas part the names before: "A, B, C; đến tối …"."""
    first, *others = plain.split(";")
    if "," in first and others and not any(NAME.match(other.strip()) for other in others):
        return first
    return plain


def _pieces(text: str) -> list[str]:
    """Split at every comma, and at "và" before a capital."""
    return [
        piece.strip()
        for piece in re.split(rf",\s*(?:và\s+)?|\s+và\s+(?=[{UPPER}]|huyện|xã|thành phố|thị|phường|UBND|Sở)", text)
        if piece.strip()
    ]


def _fewest(text: str) -> int:
    """Count as few names as the words allow: "A, B và C" may be the one name of a department."""
    merged: list[str] = []
    for item in re.split(r",\s*(?:và\s+)?", text):
        pieces = item.strip().split(" và ")
        if len(pieces) == 2 and _two_names(*pieces):
            merged += pieces
        elif merged and len(pieces) > 1 and " và " not in merged[-1] and not HEAD.match(item):
            merged[-1] += ", " + item
        else:
            merged.append(item)
    return len(merged)


def _two_names(left: str, right: str) -> bool:
    """Return whether "và" stands between two bodies: the second begins as bodies do, or both are known."""
    return bool(HEAD.match(right) or (DEPARTMENT.match(left) and DEPARTMENT.match(right)))


# Clauses


def clauses(words: str, noun: str, stated: int) -> Listed | None:
    """Return how many fields, faults, measures … a list in one line holds; None where that is not sure.

    Semicolons part them; commas do so surely only between short names and between clauses of which each tells
    a fault of its own. Otherwise commas show no more than that there are not so many as ``stated``.
    """
    if not words or OPEN_OF_CLAUSES.search(words):
        return None
    plain = _NEXT_CLAUSE.sub("", ONE_NAME.sub("Tên riêng", DETAIL.sub("", words)))
    if re.search(r"\d", plain) or ":" in plain:
        return None
    if ";" in plain:
        return _by_semicolons(plain)
    items = [item.strip() for item in re.split(r",\s*(?:và\s+)?", plain) if item.strip()]
    joined = [piece for item in items for piece in item.split(" và ")]
    if len(joined) < 2 or stated > 15:
        return None
    closed = len(joined) == len(items) + 1 and " và " in items[-1]
    if _FIELD.match(noun):
        return _of_fields(items, joined, closed, noun)
    if _FAULT.match(noun) and all(map(FAILING.search, items)):
        parts = items[-1].split(" và ")
        both = closed and all(map(FAILING.search, parts))
        return Listed(len(items) + both, len(items) + both)
    return Listed(0, len(joined)) if stated > len(joined) else None


def _by_semicolons(plain: str) -> Listed | None:
    """Count what semicolons part; commas before the first are another reading: "a, b, c; đồng thời …"."""
    items = [item for item in plain.split(";") if item.strip()]
    inner = len(re.split(r",|\s+và\s+", items[0]))
    last = len(items) + (" và " in items[-1])
    if len(items) < 3:
        return Listed(min(2, inner), max(last, inner)) if items else None
    return Listed(len(items), max(len(items), last))


def _of_fields(items: list[str], joined: list[str], closed: bool, noun: str) -> Listed | None:
    lengths = [len(piece.split()) for piece in joined]
    short = 1 if noun.lower() == "cấp" else 2
    if max(lengths) > _LONGEST_FIELD:
        return Listed(0, len(joined))
    if min(lengths) < short:
        return Listed(min(2, len(items)), len(joined))
    # one "và", after the last comma, closes the list
    if closed and len(items) >= 2:
        return Listed(len(joined), len(joined))
    return Listed(len(items), len(joined))
