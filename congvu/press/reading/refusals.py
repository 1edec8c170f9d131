"""Why a file cannot be read, in words that say what to do instead."""

from __future__ import annotations

import re
from typing import Final

from congvu.kernel.errors import Refusal


class ManuscriptNotReadable(Refusal):
    """The file holds no text that can be read."""

    code = "manuscript_not_readable"


_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")  # what Office names the stream of a file with a password
_PICTURES: Final = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP|BM.{4}\0\0\0\0|....ftyphei", re.DOTALL
)
_MARKUP: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|\?xml|head|body|meta|svg)\b", re.IGNORECASE)
_SAVE_AS_DOCX: Final = "hãy mở bằng Word, lưu lại dạng .docx rồi thử lại."


def for_empty(name: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(f"Tệp {name} trống, không có chữ nào để đọc. Hãy chọn tệp khác.")


def for_too_large(name: str, limit: int) -> ManuscriptNotReadable:
    size = limit // 1_000_000
    return ManuscriptNotReadable(
        f"Tệp {name} lớn hơn {size} MB. Hãy bớt hình ảnh hoặc tách thành nhiều phần rồi thử lại."
    )


def for_too_long(name: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(f"Tệp {name} quá dài. Hãy tách thành nhiều phần rồi thử lại từng phần.")


def for_broken(name: str, kind: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(f"Tệp {kind} {name} đã hỏng, không mở được. Hãy xin lại tệp hoặc xuất lại từ bản gốc.")


def for_password(name: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(f"Tệp {name} được đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại.")


def for_scan(name: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(
        f"Tệp PDF {name} là bản quét, chỉ có hình, không có chữ. "
        "Hãy nhận dạng chữ (OCR) trước, hoặc gửi tệp Word của văn bản."
    )


def for_no_text(name: str) -> ManuscriptNotReadable:
    return ManuscriptNotReadable(
        f"Tệp {name} không phải văn bản DOCX, PDF hay tệp chữ. Hãy chọn đúng tệp báo cáo, hoặc {_SAVE_AS_DOCX}"
    )


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise for files of kinds that people take for a text; return where ``data`` may be one."""
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise for_password(name)
        raise ManuscriptNotReadable(f"Tệp {name} là tệp Office kiểu cũ (.doc, .xls); {_SAVE_AS_DOCX}")
    if _PICTURES.match(data):
        raise ManuscriptNotReadable(
            f"Tệp {name} là hình ảnh, không có chữ để đọc. Hãy nhận dạng chữ (OCR) trước, hoặc gửi tệp Word."
        )
    if data.startswith(b"{\\rtf"):
        raise ManuscriptNotReadable(f"Tệp {name} là tệp RTF; {_SAVE_AS_DOCX}")
    if _MARKUP.match(data):
        raise ManuscriptNotReadable(f"Tệp {name} là trang web (HTML, XML), không phải báo cáo; {_SAVE_AS_DOCX}")
