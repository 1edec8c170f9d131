"""Counts that differ from the list that follows them: "06 sở: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congvu.press.manuscript import Manuscript

from ..findings import Certainty, Finding, Kind
from ..grammar.passages import Passage, passages
from .list_forms import (
    ANOTHER_COUNT,
    BARE,
    COUNTED,
    COUNTED_AFTER,
    NUMBERS_IN_WORDS,
    OF_ANY_BODY,
    OPEN,
    PLACES,
    YEAR_BEFORE,
)
from .listed import Listed, clauses, names, segment

_ITEM_NUMBER = re.compile(r"\((\d{1,2})\)")
_BULLET = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)")
_PLACE = re.compile(rf"^(?:{PLACES})$", re.IGNORECASE)


def find(manuscript: Manuscript) -> Iterator[Finding]:
    for passage in passages(manuscript):
        for bare in BARE.finditer(passage.text):
            number = len(re.split(r", | và ", bare["names"]))
            if number != _count(bare) > 1 and not _is_year(passage.text, bare):
                yield _reported(passage, bare, number, "certain")
        for counted in COUNTED.finditer(passage.text):
            finding = _judged(passage, counted)
            if finding is not None:
                yield finding
        for counted in COUNTED_AFTER.finditer(passage.text):
            finding = _judged_before(passage, counted)
            if finding is not None:
                yield finding


def _count(counted: re.Match[str]) -> int:
    word = counted["count"].lower()
    return NUMBERS_IN_WORDS.get(word) or int(word)


def _is_year(text: str, counted: re.Match[str]) -> bool:
    return counted["count"].lower() == "năm" and bool(YEAR_BEFORE.search(text[: counted.start()]))


def _judged(passage: Passage, counted: re.Match[str]) -> Finding | None:
    text, count = passage.text, _count(counted)
    if count < 2 or OPEN.search(counted["more"]) or ANOTHER_COUNT.search(counted["more"]) or _is_year(text, counted):
        return None
    words = segment(text, counted.end(), counted["opener"].startswith("("))
    if counted["abstract"]:
        found = _enumerated(text, counted.end())
        listed = Listed(found, found) if found else clauses(words, counted["abstract"], count)
    else:
        listed = names(words, exact=bool(counted["place"]))
    number = _differing(count, listed)
    if listed is None or number is None:
        return None
    sure = (
        bool(counted["place"])
        and listed.plain
        and listed.fewest == listed.most
        and "(" not in words
        # "huyện đứng đầu là A, B" may name the first of them only
        and not counted["opener"].startswith("là")
    )
    return _reported(passage, counted, number, "certain" if sure else "likely")


def _judged_before(passage: Passage, counted: re.Match[str]) -> Finding | None:
    """Judge a list that its count closes: "các sở: A, B, C (03 đơn vị)"."""
    head, unit = counted["head"].lower(), counted["counted"].lower()
    if _count(counted) < 2 or not (OF_ANY_BODY.match(unit) or unit.split(",")[0] == head.split(",")[0]):
        return None
    number = _differing(_count(counted), names(counted["names"].strip(), exact=bool(_PLACE.match(head))))
    if number is None:
        return None
    return _reported(passage, counted, number, "likely")


def _differing(count: int, listed: Listed | None) -> int | None:
    """Return how many things are listed, where that is not ``count`` by any reading."""
    if listed is None or listed.fewest <= count <= listed.most:
        return None
    return listed.most if count > listed.most else listed.fewest


def _enumerated(text: str, start: int) -> int | None:
    """Return how many numbered or bulleted items follow; None where they are not counted surely."""
    end = text.find("\n", start)
    here = text[start : end if end >= 0 else len(text)]
    numbers = [int(found[1]) for found in _ITEM_NUMBER.finditer(here)]
    if numbers:
        return len(numbers) if numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 1 else None
    if here.strip() or end < 0:
        return None
    lines = text[end + 1 :].split("\n")
    first = _BULLET.match(lines[0])
    if first is None:
        return None
    shape = re.sub(r"\w", "1", first[0].strip())
    items = [line for line in lines if (found := _BULLET.match(line)) and re.sub(r"\w", "1", found[0].strip()) == shape]
    return len(items) if len(items) > 1 and len(items) == len(lines) else None


def _reported(passage: Passage, counted: re.Match[str], number: int, certainty: Certainty) -> Finding:
    after = counted.re is COUNTED_AFTER
    where = "nêu trước đó" if after else "kèm theo"
    message = f"Ghi {counted['count']} nhưng danh sách {where} có {number:02d}."
    if certainty == "likely":
        message += " Đúng nếu danh sách không kể hết hoặc có tên gồm nhiều phần."
    return passage.finding(
        Kind.LIST_COUNT,
        certainty,
        (counted.start("count"), counted.end("counted" if after else "more")),
        f"{_count(counted):02d}",
        f"{number:02d}",
        message,
    )
