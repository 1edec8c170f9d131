"""The DOCX container: the parts a report needs, and nothing that tells when or with what it was made."""

import io
import zipfile
from typing import Final

import docx
from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from congvu.press.model import Meta
from congvu.press.word import table as mark_table
from congvu.press.word.pieces import separators
from congvu.press.word.xml import Element, w

ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip entry can state
KEPT_RELATIONS: Final = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Congvu</Application></Properties>"
)


def empty_package(meta: Meta, styles: Element) -> Package:
    """Return a package with these styles and properties and an empty body."""
    package = docx.Document()
    part = package.part
    for relation_id, relation in list(part.rels.items()):
        if relation.reltype not in KEPT_RELATIONS:
            del part.rels[relation_id]
    _drop_thumbnail(package)
    _replace_children(package.styles.element, styles)
    _replace_children(package.settings.element, _settings(meta.language))
    _describe(package, meta)
    return package


def add_footnotes(package: Package, notes: list[Element]) -> None:
    """Give the package its footnotes; ids 1, 2, 3… follow Word's two separators."""
    root = w("footnotes", *separators(), *notes)
    part = package.part
    name = PackURI("/word/footnotes.xml")
    notes_part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, root, part.package)
    part.relate_to(notes_part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_custom_properties(package: Package, content: bytes) -> None:
    """Give the package its custom properties: the table of its marks."""
    opc = package.part.package
    part = Part(PackURI(f"/{mark_table.PART}"), mark_table.CONTENT_TYPE, content, opc)
    opc.relate_to(part, mark_table.RELATIONSHIP)


def packed(package: Package) -> bytes:
    """Return the file; the same package gives the same bytes."""
    saved, out = io.BytesIO(), io.BytesIO()
    package.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _drop_thumbnail(package: Package) -> None:
    opc = package.part.package
    for relation_id, relation in list(opc.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del opc.rels[relation_id]
        elif relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            # The template's own states another program and counts of an empty page.
            relation.target_part._blob = APPLICATION


def _replace_children(element: Element, wanted: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(wanted))


def _settings(language: str) -> Element:
    word = "http://schemas.microsoft.com/office/word"
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        # The schema wants footnotePr before compat.
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        # 15 is the layout of Word 2013 and later; without it Word opens the file in compatibility mode.
        w("compat", w("compatSetting", name="compatibilityMode", uri=word, val=15)),
        w("themeFontLang", val=language),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _describe(package: Package, meta: Meta) -> None:
    properties = package.core_properties
    properties.title = meta.title
    properties.author = properties.last_modified_by = meta.author
    properties.subject = meta.subject
    properties.keywords = ", ".join(meta.keywords)
    properties.comments = ""
    properties.language = meta.language
    properties.revision = 1
    properties.created = properties.modified = meta.created_utc.replace(tzinfo=None)
