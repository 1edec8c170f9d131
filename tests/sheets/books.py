"""Workbooks made by code: plain ones by XlsxWriter, odd ones from their parts."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(rows: Sequence[Sequence[Any]], sheet: str = "Hồ sơ", **options: Any) -> bytes:
    """Return an xlsx of the rows, days and times with the formats of such."""
    out = io.BytesIO()
    formats = {"default_date_format": "dd/mm/yyyy hh:mm", **options}
    with xlsxwriter.Workbook(out, formats) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def parts_of(body: str | bytes, *, properties: str = "", styles: Sequence[int] = (0, 14, 46)) -> dict[str, str | bytes]:
    """Return the parts of an xlsx whose only sheet «S» is ``body``, the whole XML or its rows."""
    if isinstance(body, str) and not body.lstrip().startswith(("<worksheet", "<?xml", "<x:", "<!")):
        body = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in styles)
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{cells}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": body,
    }


def raw(body: str | bytes, **options: Any) -> bytes:
    return zipped(parts_of(body, **options))


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """Return a compound file; the streams are padded so that none is a small one."""
    sectors: list[bytes] = []
    chains: list[int] = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for called, content in streams.items():
        padded = content.ljust(max(4096, -len(content) % 512 + len(content)), b"\0")
        first = 2 + len(sectors)
        pieces = [padded[place : place + 512] for place in range(0, len(padded), 512)]
        chains += [*range(first + 1, first + len(pieces)), 0xFFFFFFFE]
        sectors += pieces
        entries.append(_entry(called, 2, first, len(padded)))
    entries += [_entry(called, 1, 0, 0) for called in storages]
    directory = b"".join(entries).ljust(512, b"\0")
    fat = struct.pack("<128I", *chains, *[0xFFFFFFFF] * (128 - len(chains)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + directory + b"".join(sectors)


def _entry(called: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    name = called.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI16xIQ", name, len(name), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, start, size)


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def old_xls(*, epoch_1904: bool = False, locked: bool = False, linked: bool = False) -> bytes:
    """Return the stream of a workbook of Excel 97: a text, a number, #REF!, a hidden row and a hidden column."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    name = "Hồ sơ"
    extra = _record(0x2F, bytes(6)) if locked else b""
    extra += _record(0x22, struct.pack("<H", epoch_1904)) + _record(0x42, struct.pack("<H", 1200))
    extra += _record(0x1AE, struct.pack("<HHB", 1, 4, 0) + b"abcd") if linked else b""
    sheet = struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    start = 4 + len(begin) + len(extra) + 4 + 4 + len(sheet) + 4
    book = _record(0x809, begin) + extra + _record(0x85, struct.pack("<I", start) + sheet) + _record(0x0A)
    page = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    page += _record(0x7D, struct.pack("<HHHHHH", 1, 1, 2000, 0, 1, 0))
    page += _record(0x208, struct.pack("<HHHHHHI", 1, 0, 3, 255, 0, 0, 0x20))
    page += _label(0, 0, "Mã hồ sơ") + _label(0, 1, "Số") + _label(1, 0, "HS-1")
    page += _record(0x203, struct.pack("<HHHd", 1, 1, 0, 12.5))
    page += _record(0x205, struct.pack("<HHHBB", 1, 2, 0, 0x17, 1)) + _label(2, 2, "cuối")
    page += _record(0xE5, struct.pack("<HHHHH", 1, 2, 2, 0, 1))
    return book + page + _record(0x0A)


def ods(rows: str, columns: str = "") -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:'
        f'calcext:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S">'
        f"{columns}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }
    )


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def xlsb(row: int = 0, column: int = 0) -> bytes:
    """Return a binary workbook: an error in A1 of a hidden row, and a number in a cell of one's choice."""

    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body)]) + body

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def head(number: int, flags: int = 0) -> bytes:
        return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))

    book = record(131) + record(153, struct.pack("<II", 1, 0) + text("")) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + text("r1") + text("S")) + record(144) + record(132)
    page = record(129) + record(148, struct.pack("<IIII", 0, row, 0, column)) + record(145)
    page += (
        head(0, 0x10) + record(3, struct.pack("<IIB", 0, 0, 0x17)) + record(2, struct.pack("<III", 1, 0, 5 << 2 | 2))
    )
    page += head(row + 1) + record(5, struct.pack("<IId", column, 0, 2.5)) + record(146) + record(130)
    parts = parts_of("")
    rels = str(parts["xl/_rels/workbook.xml.rels"]).replace("sheet1.xml", "sheet1.bin")
    return zipped(
        {
            "[Content_Types].xml": parts["[Content_Types].xml"],
            "_rels/.rels": str(parts["_rels/.rels"]).replace("workbook.xml", "workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels,
            "xl/worksheets/sheet1.bin": page,
        }
    )
