"""Compound files (OLE2): the container of .xls, of encrypted .xlsx, of old Word documents."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<24xHHHHH6xIIIIIIIII")
_ENTRY = struct.Struct("<64sHBB12x36xIQ")
_FREE = 0xFFFFFFFA
"""Numbers from here on are no sectors."""
_STREAM, _ROOT, _STORAGE = 2, 5, 1


class NotReadable(Exception):
    """The container is damaged."""


class Compound:
    """The streams of a compound file by their names, whatever storage they are in; ``storages`` are these.

    Raises
    ------
    NotReadable
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise NotReadable(str(error)) from error

    def _open(self) -> None:
        header = _HEADER.unpack_from(self._content)
        _minor, _major, _order, sector_shift, mini_shift = header[:5]
        _directories, _fats, directory, _transaction, self._mini_cutoff, mini_fat, _minis, more, _mores = header[5:]
        if sector_shift not in (9, 12) or not 4 <= mini_shift <= sector_shift:
            raise NotReadable("sector size")
        self._sector, self._mini_sector = 1 << sector_shift, 1 << mini_shift
        self._fat: tuple[int, ...] = ()
        self._fat = self._numbers(b"".join(map(self._at, self._fat_sectors(more))))
        self._mini_fat = self._numbers(self._chain(mini_fat))
        self._entries: dict[str, tuple[int, int]] = {}
        self.storages: set[str] = set()
        listing = self._chain(directory)
        for place in range(0, len(listing) - 127, 128):
            raw, length, kind, _color, start, size = _ENTRY.unpack_from(listing, place)
            called = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                self._root = (start, size)
            elif kind == _STREAM:
                self._entries.setdefault(called, (start, size & 0xFFFFFFFF if sector_shift == 9 else size))
            elif kind == _STORAGE:
                self.storages.add(called)

    @property
    def names(self) -> Mapping[str, object]:
        return self._entries

    def read(self, name: str) -> bytes:
        """Return a stream.

        Raises
        ------
        NotReadable
        """
        start, size = self._entries[name]
        if size >= self._mini_cutoff:
            return self._chain(start)[:size]
        try:
            small = self._chain(self._root[0])
        except AttributeError as error:
            raise NotReadable("no root") from error
        pieces = (
            small[number * self._mini_sector : (number + 1) * self._mini_sector]
            for number in _walk(self._mini_fat, start)
        )
        return b"".join(pieces)[:size]

    def _fat_sectors(self, more: int) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", self._content, 76) if number < _FREE]
        seen = set()
        while more < _FREE and more not in seen:
            seen.add(more)
            *numbers, more = self._numbers(self._at(more))
            sectors += [number for number in numbers if number < _FREE]
        return sectors[: len(self._content) // self._sector + 1]

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._content[start : start + self._sector].ljust(self._sector, b"\0")

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._at, _walk(self._fat, start)))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _walk(table: tuple[int, ...], number: int) -> list[int]:
    """Return the sectors of a chain; one that bites its tail is damaged."""
    found: list[int] = []
    while number < _FREE:
        if number >= len(table) or len(found) > len(table):
            raise NotReadable("chain of sectors")
        found.append(number)
        number = table[number]
    return found
