"""WordprocessingML elements, made and read."""

import re
from typing import Any, Final

from lxml import etree

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# lxml has no types to name; this says at least which ``Any`` is meant.
Element = Any


def qn(tag: str) -> str:
    """Return the tag or attribute as lxml names it."""
    return f"{{{W_NS}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """Return ``<w:tag w:attribute="…">children</w:tag>``; absent children are left out."""
    element = etree.Element(qn(tag), nsmap={"w": W_NS})
    for name, value in attributes.items():
        element.set(qn(name), str(value))
    element.extend(child for child in children if child is not None)
    return element


def on(tag: str, wanted: bool) -> Element | None:
    """Return the switch ``<w:tag/>`` when it is wanted."""
    return w(tag) if wanted else None


def run(text: str, *properties: Element | None) -> Element:
    """Return a run of text; ``\\n`` becomes a line break."""
    element = w("r", w("rPr", *properties) if any(p is not None for p in properties) else None)
    for index, line in enumerate(text.split("\n")):
        if index:
            element.append(w("br"))
        words = w("t")
        words.text = line
        words.set(XML_SPACE, "preserve")
        element.append(words)
    return element


def number_of(value: str | None) -> int:
    """Return an id as a number; 0 for one that is none, as only a damaged file has."""
    found = re.fullmatch("-?[0-9]{1,10}", value or "")
    return int(found[0]) if found else 0


def parse(xml: bytes) -> Element:
    """Return the root of a part that may come from anyone.

    Raises
    ------
    lxml.etree.XMLSyntaxError
        The bytes are no XML.
    """
    # SECURITY: a part may name outside entities or nest a billion of them; neither is fetched nor expanded.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml, parser)


def twips(points: float) -> int:
    """Return points in twentieths, Word's unit of length."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)
