"""The table of a DOCX's marks, kept in the file's custom properties: what each mark states, and where it stood.

Of all places in a DOCX, custom properties are what both Word and LibreOffice hand on when they save
(docs/decisions/0016-word-files.md). A value holds at most 255 characters there, so the table is a JSON text in pieces.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from congvu.press.word.xml import Element, number_of, parse

PART: Final = "docProps/custom.xml"
CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATIONSHIP: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PIECE_CHARS: Final = 250
SECTION_CHARS: Final = 60

_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAME: Final = re.compile(r"Congvu\.(\d+)")
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark: ``source`` says how it is computed, ``stamp`` is that of the text last written into it.

    ``section`` is the place in :attr:`MarkTable.sections` of the heading under which it stood. ``gone``: it was
    missing at the last refresh, and that was reported.
    """

    id: str
    source: str
    stamp: str
    section: int = 0
    gone: bool = False


@dataclass(frozen=True)
class MarkTable:
    """``about`` is what the report's makers need to compute the marks again; it holds JSON values only."""

    about: Mapping[str, Any]
    entries: tuple[Entry, ...]
    sections: tuple[str, ...] = field(default=("",))


def stamp(text: str) -> str:
    """Return a short print of a mark's words, by which one sees whether a person changed them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def section_name(heading: str) -> str:
    """Return the words by which a heading is known again."""
    return " ".join(heading.split())[:SECTION_CHARS]


def section_words(name: str) -> str:
    """Return a section as a place that a person finds."""
    if not name:
        return "Đầu báo cáo"
    return f"Mục «{name}…»" if len(name) == SECTION_CHARS else f"Mục «{name}»"


def bookmark_name(mark_id: str) -> str:
    """Return the name of the bookmark around a mark, one for each id.

    Word allows 40 letters, digits and ``_``; LibreOffice needs some of them for the ending of a copy's name.
    """
    return f"cv_{re.sub('[^A-Za-z0-9]', '_', mark_id)[:16]}_{zlib.crc32(mark_id.encode()):08x}"


def read_table(custom_xml: bytes) -> MarkTable | None:
    """Return the table that a custom-properties part holds; None where it holds none that can be read."""
    try:
        pieces = sorted((number, words) for number, words in _pieces(parse(custom_xml)))
        data = json.loads("".join(words for _number, words in pieces))
        if data["version"] != _VERSION:
            return None
        entries = tuple(Entry(str(m[0]), str(m[1]), str(m[2]), max(int(m[3]), 0), bool(m[4])) for m in data["marks"])
        return MarkTable(dict(data["about"]), entries, tuple(map(str, data["sections"])) or ("",))
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def with_table(custom_xml: bytes | None, table: MarkTable) -> bytes:
    """Return the part with this table; properties that others put there stay."""
    root = parse(custom_xml) if custom_xml else etree.Element(f"{{{_NS}}}Properties", nsmap={None: _NS, "vt": _VT})
    for element in [e for e in root if _NAME.fullmatch(e.get("name", ""))]:
        root.remove(element)
    first = max([1, *(number_of(e.get("pid")) for e in root)]) + 1  # 0 and 1 are not ours to give
    for number, words in enumerate(_cut(_text_of(table)), start=0):
        attributes = {"fmtid": _FORMAT_ID, "pid": str(first + number), "name": f"Congvu.{number + 1:03d}"}
        element = etree.SubElement(root, f"{{{_NS}}}property", attributes)
        etree.SubElement(element, f"{{{_VT}}}lpwstr").text = words
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # type: ignore[no-any-return]


def _pieces(root: Element) -> Iterator[tuple[int, str]]:
    for element in root:
        found = _NAME.fullmatch(element.get("name") or "")
        if found:
            yield int(found[1]), "".join(element.itertext())


def _text_of(table: MarkTable) -> str:
    marks = [[e.id, e.source, e.stamp, e.section, int(e.gone)] for e in table.entries]
    data = {"version": _VERSION, "about": dict(table.about), "sections": list(table.sections), "marks": marks}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _cut(text: str) -> Iterable[str]:
    """Yield pieces that neither begin nor end with a blank: an office program may trim them."""
    start = 0
    while start < len(text):
        end = min(start + PIECE_CHARS, len(text))
        while end < len(text) and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
        yield text[start:end]
        start = end
