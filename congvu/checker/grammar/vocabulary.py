"""How the words by which the checker reads are written down: plain lists, not patterns."""

from __future__ import annotations

import re
from typing import Literal


def words(listed: str) -> frozenset[str]:
    """Return the words of a list that is apart by blanks."""
    return frozenset(listed.split())


def said(listed: str, at: Literal["", "start", "end"] = "", gap: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases of a list, apart by commas, as whole words.

    ``at`` wants the phrase at the start or the end of what is searched, with at most ``gap`` words before the end
    or after the start. ``~`` in a phrase stands for at most three words.
    """
    phrases = sorted(
        {" ".join(phrase.split()) for phrase in listed.split(",") if phrase.strip()}, key=len, reverse=True
    )
    any_of = "|".join(
        re.escape(phrase).replace(r"\ \~\ ", r" (?:\w+ ){0,3}").replace(r"\ ", " +") for phrase in phrases
    )
    core = rf"(?<!\w)(?:{any_of})(?!\w)"
    between = rf"(?:\W+\w+){{0,{gap}}}" if gap else ""
    match at:
        case "start":
            core = rf"^\W*(?:\w+\W+){{0,{gap}}}{core}"
        case "end":
            core = rf"{core}{between}\W*$"
    return re.compile(core, re.IGNORECASE)
