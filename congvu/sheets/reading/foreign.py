"""What a file is that is no spreadsheet, and what to do with it."""

from __future__ import annotations

from congvu.sheets.grid import SheetRefused

from .zipped import Parts

_AS_TABLE = "Hãy xuất danh sách từ phần mềm gốc dạng .xlsx hoặc CSV rồi gửi tệp ấy."
_SIGNATURES = (
    (b"%PDF", "tệp PDF"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7-Zip"),
    (b"\x89PNG\r\n", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"{\\rtf", "văn bản RTF"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"SQLite format 3", "cơ sở dữ liệu SQLite"),
    (b"\x00\x01\x00\x00Standard ", "cơ sở dữ liệu Access"),
)
_UNPACK = "Hãy giải nén rồi gửi tệp bảng tính ở bên trong."
_PACKED = ("tệp nén RAR", "tệp nén 7-Zip")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1a\x1b")


def refuse(content: bytes, name: str) -> None:
    """Refuse a file that by its first bytes is something else, or nothing.

    Raises
    ------
    SheetRefused
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SheetRefused(f"Tệp {name} rỗng. Hãy xuất lại hoặc chọn đúng tệp.")
    for signature, what in _SIGNATURES:
        # two letters may begin a text as well
        if content.startswith(signature) and (len(signature) > 2 or is_binary(content)):
            raise refused(name, what, _UNPACK if what in _PACKED else _AS_TABLE)


def refused(name: str, what: str, advice: str = _AS_TABLE) -> SheetRefused:
    return SheetRefused(f"Tệp {name} không phải bảng tính mà là {what}. {advice}")


def refuse_package(parts: Parts) -> SheetRefused:
    """Return the refusal of a zip that holds no workbook."""
    paths = parts.paths()
    if "word/document.xml" in parts:
        return refused(parts.name, "văn bản Word", "Hãy chép bảng sang Excel, lưu dạng .xlsx rồi gửi tệp ấy.")
    if any(path.startswith("ppt/") for path in paths):
        return refused(parts.name, "bài trình chiếu PowerPoint")
    if "mimetype" in parts:
        return refused(parts.name, "tệp OpenDocument không có bảng tính")
    if "xl/worksheets/sheet1.xml" in parts or "xl/styles.xml" in parts:
        return parts.broken("thiếu thành phần xl/workbook.xml")
    return refused(parts.name, f"tệp nén zip có {len(paths)} tệp", _UNPACK)


def unknown(name: str) -> SheetRefused:
    return SheetRefused(
        f"Không nhận ra tệp {name} là loại gì: không phải Excel, OpenDocument, CSV hay bảng HTML, hoặc tệp đã hỏng. "
        "Hãy mở bằng phần mềm gốc, lưu lại dạng .xlsx rồi gửi lại."
    )


def is_binary(content: bytes) -> bool:
    """Say whether so many of the first bytes are controls that it cannot be a text of one byte a letter."""
    sample = content[:65536]
    controls = sum(sample.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
    return controls > max(2, len(sample) // 100)
