"""XML of files that strangers made: no entities, no comments, UTF-8, and small parts as trees."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from congvu.sheets.grid import SheetRefused

TREE_MAX = 64 * 1024**2
"""Bytes of an XML that is read as a whole; what is larger is only scanned."""
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def refused(name: str, part: str) -> SheetRefused:
    return SheetRefused(
        f"Tệp {name} bị hỏng: thành phần {part} không phải XML đúng. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
    )


def plain(xml: bytes, name: str, part: str) -> bytes:
    """Return the XML in UTF-8, without comments and CDATA sections: the same object where it is so already.

    Then every ``<`` in it begins or ends an element or an instruction. A document type is refused: entities are never
    resolved.

    Raises
    ------
    SheetRefused
    """
    xml = _utf8(xml, name, part)
    # a byte that is rare is found much faster than a pair that begins with a frequent one
    if b"!" not in xml or b"<!" not in xml:
        return xml
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise SheetRefused(
            f"Tệp {name} không được nhận: thành phần {part} có khai báo DOCTYPE, thứ mà bảng tính không bao giờ cần. "
            "Hãy xuất lại tệp từ phần mềm gốc."
        )
    written: bytes = etree.tostring(tree(xml, name, part), method="c14n", with_comments=False)
    return written


def _utf8(xml: bytes, name: str, part: str) -> bytes:
    try:
        if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _DECLARED.sub(b"", xml.decode("utf-16").encode(), count=1)
        elif xml.startswith(codecs.BOM_UTF8):
            return xml[len(codecs.BOM_UTF8) :]
        elif declared := _DECLARED.match(xml):
            encoding = _ENCODING.search(declared[0])
            if encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"utf-16"):
                return _DECLARED.sub(b"", xml.decode(encoding[1].decode()).encode(), count=1)
    except (UnicodeError, LookupError) as error:
        raise refused(name, part) from error
    return xml


def tree(xml: bytes, name: str, part: str) -> Any:
    """Return the root of a small XML.

    Raises
    ------
    SheetRefused
        It is none, has a document type, or is longer than ``TREE_MAX``.
    """
    if len(xml) > TREE_MAX:
        raise SheetRefused(
            f"Tệp {name} không được nhận: thành phần {part} dài bất thường. Hãy mở bằng Excel, lưu lại dạng .xlsx "
            "rồi gửi lại."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(_utf8(xml, name, part), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused(name, part) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(name, part)
    return root


def local(element: Any) -> str:
    """Return an element's name without its namespace, "" for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
