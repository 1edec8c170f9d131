"""``congvu form``: the blank form of a table, for whoever has no browser at hand."""

from pathlib import Path

import pytest
from django.core.management import call_command

from congvu.kernel.errors import UsageRefusal
from congvu.sheets.reading.opening import open_book


@pytest.mark.django_db
def test_the_form_of_a_table_is_written(tmp_path: Path) -> None:
    call_command("form", "procedures", tmp_path / "tt.xlsx")
    book = open_book((tmp_path / "tt.xlsx").read_bytes(), "tt.xlsx")
    assert "Nhập liệu" in {sheet.name for sheet in book.sheets}


def test_a_table_that_is_none_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UsageRefusal, match="dossiers"):
        call_command("form", "ho-so", tmp_path / "tt.xlsx")
    assert not (tmp_path / "tt.xlsx").exists()
