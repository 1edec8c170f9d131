"""What an xlsx or xlsb package says of itself: its sheets and their parts, its epoch, macros, links outward."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from congvu.sheets.grid import SheetRefused

from .plain_xml import local, tree
from .zipped import Parts

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
LINKED = (
    "Tệp có liên kết tới bảng tính khác. Các liên kết ấy không được mở; giá trị được lấy như lần lưu cuối cùng "
    "trong chính tệp này."
)


@dataclass(frozen=True)
class Described:
    """``parts`` has the part of each worksheet, by the sheet's name; ``hidden`` are some of these names."""

    parts: dict[str, str]
    hidden: frozenset[str]
    epoch_1904: bool


def refuse_macros(parts: Parts) -> None:
    """Refuse a workbook that carries a program, whatever it is called.

    Raises
    ------
    SheetRefused
    """
    for path in parts.paths():
        if posixpath.basename(path).lower() == "vbaproject.bin" or path.lower().startswith("xl/macrosheets/"):
            raise SheetRefused(
                f"Tệp {parts.name} có macro nên không được nhận. Hãy mở bằng Excel, chọn «Lưu thành» (Save As), dạng "
                "«Excel Workbook (.xlsx)», rồi gửi tệp .xlsx ấy."
            )


def links_outward(parts: Parts) -> bool:
    return any(path.lower().startswith("xl/externallinks/") for path in parts.paths())


def described(parts: Parts) -> Described:
    """Return what ``xl/workbook.xml`` says.

    Raises
    ------
    SheetRefused
    """
    root = tree(parts.read("xl/workbook.xml"), parts.name, "xl/workbook.xml")
    targets = _targets(parts)
    found: dict[str, str] = {}
    hidden: set[str] = set()
    epoch_1904 = False
    for element in root.iter():
        kind = local(element)
        if kind == "workbookPr":
            epoch_1904 = element.get("date1904", "") in ("1", "true")
        elif kind == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "")
            if target is not None:
                found[element.get("name", "")] = target
                if element.get("state", "visible") != "visible":
                    hidden.add(element.get("name", ""))
    return Described(found, frozenset(hidden), epoch_1904)


def _targets(parts: Parts) -> dict[str, str]:
    """Return the parts of the worksheets by the ids of their relations."""
    path = "xl/_rels/workbook.xml.rels"
    found = {}
    for element in tree(parts.read(path), parts.name, path).iter():
        if local(element) == "Relationship" and element.get("Type", "").endswith("/worksheet"):
            target = element.get("Target", "").replace("\\", "/")
            found[element.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return found
