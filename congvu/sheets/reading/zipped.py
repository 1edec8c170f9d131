"""The parts of a workbook that is a zip, each unpacked in memory to no more than it says it holds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from congvu.sheets.grid import SheetRefused

LARGEST = 1024**3
"""Bytes that a workbook may unpack to; a member that grows by more than ``STEEPEST`` is a bomb as well."""
STEEPEST, _STEEP_FROM = 200, 10 * 1024**2
MEMBERS_MAX = 20_000
_SIGNATURE_OF_END = b"PK\x05\x06"
_LENGTH_OF_END = 22
_LENGTH_OF_HEADER = 30


class Parts:
    """The members of the zip ``content`` by their path; ``name`` is the file's, for the refusals.

    ``plain`` says that every reader of zips finds the same members in it: it begins with the first of them, ends
    with the table of them, and no path is written in an odd way.

    Raises
    ------
    SheetRefused
        It is damaged, locked by a password, or unpacks to too much.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.content = content
        self.name = name
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError) as error:
            raise self.broken("phần mục lục của tệp nén không đọc được") from error
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in listed}
        self._check(listed)
        first = min((member.header_offset for member in listed), default=0)
        ends_plainly = content[-_LENGTH_OF_END:].startswith(_SIGNATURE_OF_END)
        self.plain = first == 0 and ends_plainly and all(self._members.get(one.filename) is one for one in listed)

    def _check(self, listed: list[zipfile.ZipInfo]) -> None:
        if len(self._members) < len(listed):
            raise self.broken("có thành phần nằm hai lần trong tệp")
        if len(listed) > MEMBERS_MAX:
            raise self.too_much(f"tệp có {len(listed)} thành phần, nhiều bất thường")
        total = sum(member.file_size for member in listed)
        if total > LARGEST:
            raise self.too_much(f"tệp bung ra {total} byte, quá giới hạn {LARGEST} byte")
        for member in listed:
            if member.file_size > max(STEEPEST * max(member.compress_size, 1), _STEEP_FROM):
                raise self.too_much(
                    f"thành phần {member.filename} bung ra {member.file_size} byte từ {member.compress_size} byte"
                )
            if member.flag_bits & 1:
                raise SheetRefused(
                    f"Tệp {self.name} bị khóa bằng mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi gửi lại tệp."
                )

    def broken(self, what: str) -> SheetRefused:
        return SheetRefused(
            f"Tệp {self.name} bị hỏng: {what}. Hãy xuất hoặc tải lại tệp; nếu Excel mở được thì lưu lại dạng .xlsx "
            "rồi gửi lại."
        )

    def too_much(self, what: str) -> SheetRefused:
        return SheetRefused(
            f"Tệp {self.name} không được nhận: {what}. Hãy xuất lại tệp từ phần mềm gốc, chia nhỏ nếu cần."
        )

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def paths(self) -> list[str]:
        return list(self._members)

    def read(self, path: str) -> bytes:
        """Return a part.

        Its length and its checksum are what the zip says they are: who reads the zip after us gets the same bytes.

        Raises
        ------
        SheetRefused
            There is no such part, or it is not what the zip says.
        """
        member = self._members.get(path)
        if member is None:
            raise self.broken(f"thiếu thành phần {path}")
        start = member.header_offset
        header = self.content[start : start + _LENGTH_OF_HEADER]
        start += _LENGTH_OF_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = self.content[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            content = packed
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            content = self._inflated(packed, member)
        else:
            raise self.broken(f"thành phần {path} được nén theo cách không dùng cho bảng tính")
        if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
            raise self.broken(f"thành phần {path} không đúng như mục lục của tệp nén đã ghi")
        return content

    def _inflated(self, packed: bytes, member: zipfile.ZipInfo) -> bytes:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            # one byte more than it says: what is left then is what it did not say
            content = unpacking.decompress(packed, member.file_size + 1)
        except zlib.error as error:
            raise self.broken(f"thành phần {member.filename} không giải nén được") from error
        if not unpacking.eof:
            raise self.broken(f"thành phần {member.filename} không dài như mục lục của tệp nén đã ghi")
        return content


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of the parts, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, content in parts.items():
            archive.writestr(zipfile.ZipInfo(path), content)
    return out.getvalue()
