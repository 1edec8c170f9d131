"""No bytes lead to anything but a grid or a refusal."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvu.sheets.grid import SheetRefused
from congvu.sheets.reading.opening import open_book

from . import books
from .test_opening_text import PAGE, SAID

TABLE = books.written([["Mã", "Số"], ["a", 1.5], ["b", 2]])
WHOLE = {
    "xlsx": TABLE,
    "stored": books.zipped(books.unzipped(TABLE), 0),
    "xlsb": books.xlsb(3, 2),
    "ods": books.ods(f'<table:table-row table:number-rows-repeated="2">{books.ods_cell("a")}</table:table-row>'),
    "xls": books.compound({"Workbook": books.old_xls()}),
    "csv": SAID.encode(),
    "gzip": gzip.compress(SAID.encode()),
    "html": PAGE.encode(),
}


def survives(content: bytes) -> None:
    try:
        book = open_book(content, "a.xlsx")
        for sheet in book.sheets:
            grid = book.read(sheet.name)
            assert len({len(column) for column in grid.columns}) <= 1
            for flaw in grid.flaws:
                assert flaw.row <= grid.height
                assert flaw.column < grid.width
    except SheetRefused:
        return


DAMAGE = st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=6)


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None)
@given(flips=DAMAGE, cut=st.none() | st.integers(0, 2**31))
def test_flipped_and_cut_files(kind: str, flips: list[tuple[int, int]], cut: int | None) -> None:
    content = bytearray(WHOLE[kind])
    for place, byte in flips:
        content[place % len(content)] = byte
    survives(bytes(content[: cut % len(content)] if cut is not None else content))


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
@settings(max_examples=60, deadline=None)
@given(flips=DAMAGE, members=st.tuples(st.integers(0, 99), st.integers(0, 99)))
def test_damaged_and_exchanged_members(kind: str, flips: list[tuple[int, int]], members: tuple[int, int]) -> None:
    """The zip is whole, what is in it is not: the damage gets as far as the readers."""
    parts = books.unzipped(WHOLE[kind])
    names = list(parts)
    one, other = (names[number % len(names)] for number in members)
    damaged = bytearray(parts[one])
    for place, byte in flips:
        damaged[place % len(damaged)] = byte
    parts[other] = bytes(damaged)
    survives(books.zipped(parts))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    survives(content)
    survives(books.zipped({**books.parts_of(""), "xl/worksheets/sheet1.xml": content}))
    survives(books.compound({"Workbook": content}))
    survives(books.compound({"Workbook": books.old_xls()[:40] + content}))
