"""An .xlsx as the zip of parts that it is: parts read, changed or added; every other one stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from congvu.kernel.text import nfc
from congvu.press.word.xml import Element, parse
from congvu.press.xlsx import NO_DATE
from congvu.sheets.grid import SheetRefused
from congvu.sheets.reading.zipped import LARGEST

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART: Final = "[Content_Types].xml"
BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, zlib.error, EOFError, RuntimeError)
"""What a damaged, locked or foreign package raises while its parts are read."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the last piece of the relation's type (``worksheet``); ``part`` the part that it leads to."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its place among the sheets, its name, its part."""

    index: int
    name: str
    part: str


def is_package(content: bytes) -> bool:
    """Return whether the bytes are a workbook of XML parts (.xlsx, .xlsm), whatever the file is called."""
    try:
        package = Package(content)
        return local(package.tree(package.workbook)) == "workbook"
    except BROKEN:
        return False


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element, name: str) -> list[Element]:
    """Return the children of that name, whatever the namespace (files come in two)."""
    return [child for child in element if local(child) == name]


def child(element: Element, name: str) -> Element | None:
    return next(iter(children(element, name)), None)


def space(element: Element) -> str:
    """Return an element's namespace as lxml writes it before a name: ``{…}``."""
    return str(element.tag[: element.tag.rfind("}") + 1])


def made(parent: Element, name: str, /, **attributes: str) -> Element:
    """Return a new element in the namespace of ``parent``, not yet put anywhere."""
    element = parent.makeelement(space(parent) + name, nsmap=parent.nsmap)
    for key, value in attributes.items():
        element.set(key, value)
    return element


def written(root: Element) -> bytes:
    """Return the bytes of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


class Package:
    """The parts of a workbook by their names (``xl/workbook.xml``), which differ by case and slashes as writers like.

    Raises any of :data:`BROKEN` where the bytes are no such package.
    """

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        # SECURITY: a small file may unpack to terabytes; zipfile reads no more than the zip itself claims.
        if sum(entry.file_size for entry in self._zip.infolist()) > LARGEST:
            raise SheetRefused("Tệp khi mở ra quá lớn (có thể do định dạng kéo dài hàng triệu dòng); hãy tách tệp.")
        self._entries = {_key(entry.filename): entry for entry in self._zip.infolist()}
        self._changed: dict[str, tuple[str, list[bytes]]] = {}
        self._trees: dict[str, Element] = {}
        root = self.relations("")
        self.workbook = next((each.part for each in root if each.kind == "officeDocument"), "")
        if not self.has(self.workbook):
            raise KeyError("no workbook")

    def has(self, part: str) -> bool:
        return _key(part) in self._entries or _key(part) in self._changed

    def read(self, part: str) -> bytes:
        key = _key(part)
        return b"".join(self._changed[key][1]) if key in self._changed else self._zip.read(self._entries[key])

    def write(self, part: str, pieces: Iterable[bytes]) -> None:
        """Put what a part will hold; it keeps its name and place in the zip where it has them."""
        key = _key(part)
        self._trees.pop(key, None)
        self._changed[key] = (self._entries[key].filename if key in self._entries else part, list(pieces))

    def tree(self, part: str) -> Element:
        """Return the root of a part; say :meth:`touch` after changing it."""
        key = _key(part)
        if key not in self._trees:
            self._trees[key] = parse(self.read(part))
        return self._trees[key]

    def touch(self, part: str) -> None:
        """Write the changed tree of a part."""
        tree = self.tree(part)
        self.write(part, [written(tree)])
        self._trees[_key(part)] = tree

    def unused(self, pattern: str) -> str:
        """Return the first name that no part has: ``xl/comments{}.xml``."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    @property
    def relation_space(self) -> str:
        """The namespace of ``r:id`` in this workbook: a strict file has another than all the others."""
        return STRICT if "purl.oclc.org" in space(self.tree(self.workbook)) else TRANSITIONAL

    def relations(self, part: str) -> list[Relation]:
        """Return the inner relations of a part; "" stands for the package."""
        where = _relations_of(part)
        if not self.has(where):
            return []
        folder = posixpath.dirname(part)
        return [
            Relation(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], _resolved(folder, each))
            for each in children(self.tree(where), "Relationship")
            if each.get("TargetMode") != "External"
        ]

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of that kind that ``part`` leads to, None where there is none."""
        return next((each.part for each in self.relations(part) if each.kind == kind and self.has(each.part)), None)

    def relate(self, part: str, kind: str, target: str, base: str = "") -> str:
        """Return the id of a new relation."""
        where = _relations_of(part)
        if not self.has(where):
            self.write(where, [f'<Relationships xmlns="{_RELATIONS}"/>'.encode()])
        root = self.tree(where)
        taken = {each.get("Id") for each in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        found = {"Id": f"rId{number}", "Type": f"{base or self.relation_space}/{kind}", "Target": path}
        root.append(made(root, "Relationship", **found))
        self.touch(where)
        return f"rId{number}"

    def declare(self, part: str, content_type: str, default: bool = False) -> None:
        """State what a new part holds; ``default`` states it for all parts with that ending."""
        root = self.tree(_TYPES_PART)
        ending = part.rpartition(".")[2]
        if default:
            known = {each.get("Extension", "").lower(): each.get("ContentType") for each in children(root, "Default")}
            if ending not in known:
                root.insert(0, made(root, "Default", Extension=ending, ContentType=content_type))
                return self.touch(_TYPES_PART)
            if known[ending] == content_type:
                return None
        root.append(made(root, "Override", PartName=f"/{part}", ContentType=content_type))
        return self.touch(_TYPES_PART)

    def sheets(self) -> list[SheetEntry]:
        """Return the sheets that have cells, in the order of the workbook."""
        parts = {each.id: each for each in self.relations(self.workbook)}
        listed = child(self.tree(self.workbook), "sheets")
        found = []
        for index, sheet in enumerate(() if listed is None else children(listed, "sheet")):
            relation = parts.get(next((value for name, value in sheet.items() if name.endswith("}id")), ""))
            if relation and relation.kind == "worksheet" and self.has(relation.part):
                found.append(SheetEntry(index, sheet.get("name", ""), relation.part))
        return found

    def sheet(self, name: str) -> SheetEntry | None:
        return next((each for each in self.sheets() if nfc(each.name) == nfc(name)), None)

    def save(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as result:
            for entry in self._zip.infolist():
                changed = self._changed.pop(_key(entry.filename), None)
                pieces = changed[1] if changed else [self._zip.read(entry)]
                _put(result, _renewed(entry), pieces)
            for name, pieces in self._changed.values():
                _put(result, zipfile.ZipInfo(name, NO_DATE.timetuple()[:6]), pieces)
        return out.getvalue()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(folder: str, relation: Element) -> str:
    target = re.sub(r"[?#].*", "", relation.get("Target", "").replace("\\", "/"))
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _renewed(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    kept = zipfile.ZipInfo(entry.filename, entry.date_time)
    kept.external_attr = entry.external_attr
    return kept


def _put(result: zipfile.ZipFile, entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
    entry.compress_type = zipfile.ZIP_DEFLATED
    # zipfile must know beforehand whether a member passes 2 GiB; no part of ours may.
    with result.open(entry, "w") as member:
        for piece in pieces:
            member.write(piece)
