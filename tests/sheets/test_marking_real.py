"""Official lists as they are published are marked without losing a value."""

import os
from pathlib import Path

import pytest

from congvu.sheets.marking.mark import LIST, mark
from congvu.sheets.result import Note

from .marked_books import comments, members, values

_FOLDER = os.environ.get("CONGVU_TESTDATA", "")


@pytest.mark.skipif(not _FOLDER, reason="CONGVU_TESTDATA names no folder with the official lists")
@pytest.mark.parametrize("name", ["danh-sach-tthc-BoTuPhap.xlsx", "toa-an-nhan-dan.xlsx"])
def test_an_official_list_keeps_its_values_and_gets_its_comments(name: str) -> None:
    content = (Path(_FOLDER) / "vn_tthc" / name).read_bytes()
    before = values(content)
    (sheet,) = before
    notes = [Note(4, 1, "name", "x", "Sai."), Note(5, 0, "code", "x", "Trùng.")]
    found = mark(content, name, sheet, notes)
    assert {at: rows for at, rows in values(found).items() if at != LIST} == before
    assert comments(found) == {"B4": "⚑ Sai.", "A5": "⚑ Trùng."}
    assert members(found)["xl/sharedStrings.xml"] == members(content)["xl/sharedStrings.xml"]
    assert mark(found, name, sheet, notes) == found
