"""The result of a check for the console and for programs."""

from __future__ import annotations

import json
import textwrap
from typing import Any, Final

from .findings import Finding
from .wording import CERTAINTIES, CERTAINTY_NAMES, KIND_NAMES, NOTHING, counts, ordered, place_words

_QUOTE_CHARS: Final = 200
_COLUMNS: Final = 100
_INDENT: Final = "    "


def as_json(findings: list[Finding]) -> str:
    """Return the findings as a JSON list, in the order of the text."""
    return json.dumps([_entry(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def as_text(findings: list[Finding]) -> str:
    """Return the findings by certainty, each with place, quotation and reason; last a line with counts."""
    parts = []
    numbers = {id(finding): number for number, finding in enumerate(ordered(findings), start=1)}
    for certainty in CERTAINTIES:
        held = [finding for finding in findings if finding.certainty == certainty]
        if held:
            parts += [CERTAINTY_NAMES[certainty].upper(), *(_told(numbers[id(one)], one) for one in held)]
    return "\n\n".join([*(parts or [NOTHING]), counts(findings)]) + "\n"


def quoted(finding: Finding) -> str:
    """Return the words in question in guillemets, long ones cut short."""
    return f"«{textwrap.shorten(finding.text, _QUOTE_CHARS, placeholder=' …')}»"


def _entry(finding: Finding) -> dict[str, Any]:
    place = finding.place
    beside = {"page": place.page, "paragraph": place.paragraph, "footnote": place.footnote}
    return {
        "kind": finding.kind.value,
        "certainty": finding.certainty,
        "line": place.line,
        **{name: value for name, value in beside.items() if value is not None},
        "text": finding.text,
        "stated": finding.stated,
        "computed": finding.computed,
        "message": finding.message,
    }


def _told(number: int, finding: Finding) -> str:
    lines = [quoted(finding), finding.message]
    told = [textwrap.fill(line, _COLUMNS, initial_indent=_INDENT, subsequent_indent=_INDENT) for line in lines]
    return "\n".join([f"{number}. {place_words(finding.place)} · {KIND_NAMES[finding.kind]}", *told])
