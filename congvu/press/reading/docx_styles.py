"""What a DOCX's styles say that matters for reading: headings, raised and hidden characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from congvu.press.word.xml import Element, qn

_OFF: Final = ("0", "false", "off", "none")
_LOWEST_HEADING: Final = 8  # outline levels 0 to 8 are headings, 9 is body text


@dataclass(frozen=True)
class Styles:
    """The ids of the styles that make a heading, and of those that raise or hide characters."""

    headings: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def is_heading(self, paragraph: Element) -> bool:
        properties = paragraph.find(qn("pPr"))
        if properties is None:
            return False
        style = properties.find(qn("pStyle"))
        return _has_level(properties) or (style is not None and style.get(qn("val")) in self.headings)


def switched_on(properties: Element | None, name: str) -> bool:
    """Whether the switch stands among the properties and is not turned off."""
    found = properties.find(qn(name)) if properties is not None else None
    return found is not None and found.get(qn("val"), "1").lower() not in _OFF


def is_raised(properties: Element | None) -> bool:
    found = properties.find(qn("vertAlign")) if properties is not None else None
    return found is not None and found.get(qn("val")) == "superscript"


def read_styles(root: Element) -> Styles:
    """Return what ``word/styles.xml`` declares."""
    headings, raised, hidden = set(), set(), set()
    for style in root.iter(qn("style")):
        key = style.get(qn("styleId"), "")
        properties = style.find(qn("pPr"))
        if properties is not None and _has_level(properties):
            headings.add(key)
        look = style.find(qn("rPr"))
        if is_raised(look):
            raised.add(key)
        if switched_on(look, "vanish"):
            hidden.add(key)
    return Styles(frozenset(headings), frozenset(raised), frozenset(hidden))


def _has_level(properties: Element) -> bool:
    level = properties.find(qn("outlineLvl"))
    words = level.get(qn("val"), "") if level is not None else ""
    return words.isdigit() and int(words[:3]) <= _LOWEST_HEADING
