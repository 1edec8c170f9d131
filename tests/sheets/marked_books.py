"""Workbooks to mark, made by code, and what is asked of the marked ones. People and places are simulated."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import python_calamine as calamine
import xlsxwriter
from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "Danh sách"


def picture() -> bytes:
    """Return a PNG of one grey point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def rich_book(rows: int = 10) -> bytes:
    """Return a workbook with what people put into one: a chart, a picture, formulas, rules, a comment, a hidden row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, other = book.add_worksheet(SHEET), book.add_worksheet("Danh mục")
        dated = book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#CCFFCC", "top": 6, "bold": True})
        page.merge_range(0, 0, 0, 4, "DANH SÁCH HỒ SƠ QUÝ I", book.add_format({"bold": True}))
        page.write_row(1, 0, ["Mã hồ sơ", "Ngày tiếp nhận", "Lệ phí", "Gấp đôi", "Ghi chú"])
        for row in range(2, rows + 2):
            page.write_string(row, 0, f"HS-{row:04}")
            page.write_datetime(row, 1, dt.datetime(2022, 12, 1) + dt.timedelta(row), dated)
            page.write_number(row, 2, row * 1000)
            page.write_formula(row, 3, f"=C{row + 1}*2", None, row * 2000)
        page.write_comment(3, 0, "Bà Thử đã gọi điện hỏi lại.", {"author": "Ông Mẫu"})
        page.conditional_format(2, 2, rows + 1, 2, {"type": "3_color_scale"})
        page.data_validation(2, 4, rows + 1, 4, {"validate": "list", "source": ["Thu đủ", "Miễn"]})
        page.set_row(5, None, None, {"hidden": True})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{SHEET}'!$C$3:$C$12"})
        page.insert_chart("G3", chart)
        page.insert_image("G20", "diem.png", {"image_data": io.BytesIO(picture())})
        page.autofilter(1, 0, rows + 1, 4)
        page.set_header("&CMật")
        book.define_name("Vung", f"='{SHEET}'!$A$1:$B$3")
        other.write_column(0, 0, ["Thu đủ", "Miễn"])
    return out.getvalue()


def bare_book(sheet: str | bytes, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return the smallest package around the XML of one worksheet; ``more`` are further parts by name."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="R1" '
        f'Type="{relations}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN[1:-1]}" xmlns:r="{relations}"><x:sheets>'
        f'<x:sheet name="{SHEET}" sheetId="7" r:id="R1"/></x:sheets></x:workbook>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(parts | dict(more or {}))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(content: bytes, part: str) -> etree._Element:
    return etree.fromstring(members(content)[part])


def values(content: bytes) -> dict[str, list[list[object]]]:
    """Return all cells of all sheets."""
    with calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def cells(content: bytes, part: str = "xl/worksheets/sheet1.xml") -> dict[str, etree._Element]:
    return {cell.get("r"): cell for cell in tree(content, part).iter(f"{MAIN}c")}


def look(content: bytes, cell: str, part: str = "xl/worksheets/sheet1.xml") -> dict[str, str]:
    """Return how a cell looks, whatever the numbers of its styles: number format, font, fill and border."""
    styles = tree(content, "xl/styles.xml")
    xf = styles.find(f"{MAIN}cellXfs")[int(cells(content, part)[cell].get("s", "0"))]
    groups = {"font": "fontId", "fill": "fillId", "border": "borderId"}
    found = {name: styles.find(f"{MAIN}{name}s")[int(xf.get(key))] for name, key in groups.items()}
    return {name: etree.tostring(each, method="c14n").decode() for name, each in found.items()} | {
        "number": xf.get("numFmtId")
    }


def comments(content: bytes, part: str = "xl/comments1.xml") -> dict[str, str]:
    return {
        comment.get("ref"): "".join(text.text or "" for text in comment.iter(f"{MAIN}t"))
        for comment in tree(content, part).iter(f"{MAIN}comment")
    }
