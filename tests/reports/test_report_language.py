"""A report is Vietnamese whoever asks for it, in whatever language their pages are."""

from io import BytesIO

import pytest
from django.utils.translation import gettext, override
from python_calamine import CalamineWorkbook

from congvu.access.rules import SYSTEM
from congvu.exchange.services import load_package
from congvu.press.model import plain_text
from congvu.reports.services import build_report, definitions_hash, files_of, freeze_report, frozen_file
from tests.conftest import EXAMPLE


@pytest.fixture
def example(db, settings, tmp_path):
    settings.HOME = tmp_path
    load_package(EXAMPLE / "package", actor=SYSTEM)


def cells(workbook):
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_a_draft_and_its_files_are_the_same_for_one_who_reads_english(example, monkeypatch):
    monkeypatch.setenv("CONGVU_NOW", "2022-12-21T08:00")
    built = build_report("annual", 2022, reader=SYSTEM)
    files = files_of(built)
    with override("en"):
        assert gettext("cơ quan") == "agencies"
        built_in_english = build_report("annual", 2022, reader=SYSTEM)
        files_in_english = files_of(built_in_english)
        assert gettext("cơ quan") == "agencies"

    assert plain_text(built_in_english.document) == plain_text(built.document)
    assert built_in_english.marks == built.marks
    assert files_in_english.figures == files.figures
    assert cells(files_in_english.xlsx) == cells(files.xlsx)
    names = [row[1] for row in cells(files_in_english.xlsx)[0]]
    assert "Hồ sơ giải quyết trễ hạn" in names


def test_what_is_frozen_is_the_same_for_one_who_reads_english(example):
    with override("en"):
        frozen = freeze_report("annual", 2022, reader=SYSTEM)
        workbook = frozen_file(frozen, "xlsx")

    assert {figure["unit"] for figure in frozen.figures} >= {"cơ quan", "hồ sơ"}
    assert cells(workbook) == cells(frozen_file(frozen, "xlsx"))
    assert frozen.definitions_hash == definitions_hash()
    with override("en"):
        assert definitions_hash() == frozen.definitions_hash
