"""A DOCX that somebody edited: its parts, opened with care, and saved again with all others as they were."""

from __future__ import annotations

import copy
import io
import zipfile
from typing import Final

from lxml import etree

from congvu.kernel.errors import Refusal
from congvu.press.word.reader import PART_MAX_BYTES, UNREADABLE, DocxNotReadable
from congvu.press.word.xml import Element, parse, qn

FILE_MAX_BYTES: Final = 30_000_000
UNPACKED_MAX_BYTES: Final = 200_000_000
BODY: Final = "word/document.xml"
NOTES: Final = "word/footnotes.xml"
STYLES: Final = "word/styles.xml"
TYPES: Final = "[Content_Types].xml"
TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"


class DocxWithMacros(Refusal):
    """The file carries a program."""

    code = "docx_with_macros"


class Opened:
    """The parts of one DOCX, each parsed when first asked for.

    Raises
    ------
    DocxNotReadable
        The bytes are no DOCX, broken, protected by a password, in the strict variant, or too large unpacked.
    DocxWithMacros
        The file carries macros: nobody gets a renewed file that runs a program.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > FILE_MAX_BYTES:
            raise DocxNotReadable("Tệp Word lớn hơn 30 MB; hãy giảm kích thước hình ảnh rồi thử lại.")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                self._infos = package.infolist()
                self._check_sizes()
                self._contents = {info.filename: package.read(info) for info in self._infos}
        except UNREADABLE as error:
            raise _unreadable() from error
        self._check_macros()
        self._parsed: dict[str, Element] = {}
        self._changed: dict[str, bytes | None] = {}
        if self.part(BODY).tag != qn("document"):
            raise DocxNotReadable(
                "Tệp được lưu ở dạng «Strict Open XML» hoặc không phải văn bản Word; "
                "hãy lưu lại dạng «Word Document (.docx)» rồi thử lại."
            )

    def __contains__(self, name: str) -> bool:
        return name in self._contents

    @property
    def names(self) -> list[str]:
        return list(self._contents)

    def raw(self, name: str) -> bytes:
        return self._contents[name]

    def part(self, name: str) -> Element:
        """Return the root of an XML part; what is changed in it counts only after :meth:`touch`."""
        if name not in self._parsed:
            try:
                root = parse(self._contents[name])
            except UNREADABLE as error:
                raise _unreadable() from error
            # SECURITY: no office program writes a document type; one may define entities
            if root.getroottree().docinfo.doctype:
                raise _unreadable()
            self._parsed[name] = root
        return self._parsed[name]

    def touch(self, name: str) -> None:
        """Say that a part was changed: it is written anew when the file is saved."""
        self._changed[name] = None

    def put(self, name: str, content: bytes) -> None:
        """Set a part's bytes, also of one that was not there."""
        self._changed[name] = content

    def add_part(self, name: str, root: Element, content_type: str, relationship: str, source: str) -> None:
        """Add an XML part with its content type, and the relation of ``source`` (a part, or "" the package) to it."""
        self._contents.setdefault(name, b"")
        self._parsed[name] = root
        self.touch(name)
        self.declare(name, content_type, relationship, source)

    def declare(self, name: str, content_type: str, relationship: str, source: str) -> None:
        """State a part's content type and the relation to it where they are not stated yet."""
        types = self.part(TYPES)
        if not any(e.get("PartName") == f"/{name}" for e in types):
            etree.SubElement(types, f"{{{TYPES_NS}}}Override", {"PartName": f"/{name}", "ContentType": content_type})
            self.touch(TYPES)
        folder, _slash, own = source.rpartition("/")
        relations = f"{folder}/_rels/{own}.rels" if folder else "_rels/.rels"
        if relations not in self:
            self._contents[relations] = b""
            self._parsed[relations] = etree.Element(f"{{{RELATIONS_NS}}}Relationships", nsmap={None: RELATIONS_NS})
        root = self.part(relations)
        if any(e.get("Type") == relationship for e in root):
            return
        taken = {e.get("Id") for e in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        target = name.removeprefix(f"{folder}/") if folder else name
        attributes = {"Id": f"rId{number}", "Type": relationship, "Target": target}
        etree.SubElement(root, f"{{{RELATIONS_NS}}}Relationship", attributes)
        self.touch(relations)

    def saved(self) -> bytes:
        """Return the file: parts that nobody touched have their bytes, their order and their dates."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._infos:
                entry = copy.copy(info)
                target.writestr(entry, self._bytes_of(info.filename))
            known = {info.filename for info in self._infos}
            for name in self._changed:
                if name not in known:
                    target.writestr(_like(name, self._infos[0]), self._bytes_of(name))
        return out.getvalue()

    def _bytes_of(self, name: str) -> bytes:
        if name not in self._changed:
            return self._contents[name]
        given = self._changed[name]
        if given is not None:
            return given
        root = self._parsed[name]
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # type: ignore[no-any-return]

    def _check_sizes(self) -> None:
        # SECURITY: a small file may unpack to gigabytes; the zip's own claim is checked before reading.
        sizes = [info.file_size for info in self._infos]
        xml = [info.file_size for info in self._infos if info.filename.endswith((".xml", ".rels"))]
        if sum(sizes) > UNPACKED_MAX_BYTES or max(xml, default=0) > PART_MAX_BYTES:
            raise DocxNotReadable("Tệp DOCX quá lớn khi giải nén; hãy bớt hình ảnh, bảng biểu rồi tải lên lại.")

    def _check_macros(self) -> None:
        named = any("vbaproject" in info.filename.lower() for info in self._infos)
        if named or b"macroEnabled" in self._contents.get(TYPES, b""):
            raise DocxWithMacros(
                "Tệp có chứa macro nên không nhận; hãy lưu lại dạng «Word Document (.docx)» không macro rồi thử lại."
            )


def _like(name: str, model: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, model.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _unreadable() -> DocxNotReadable:
    return DocxNotReadable(
        "Không đọc được tệp: đây không phải tệp DOCX hoặc tệp đã hỏng; "
        "hãy mở bằng Word, lưu lại dạng .docx rồi tải lên lại."
    )
