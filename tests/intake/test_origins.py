"""Every record that a sheet wrote says from which row of which file it came."""

from __future__ import annotations

import pytest

from congvu.intake.models import Origin
from congvu.intake.origins import origins_of
from congvu.work.dossiers.models import Dossier

from .loads import HEADER, LATE, loaded, row, workbook

pytestmark = pytest.mark.usefixtures("small_province")


def test_new_and_changed_rows_have_their_row_and_unchanged_ones_none() -> None:
    first = loaded(workbook(row("N1"), row("N2"), row("N3")))
    second = loaded(workbook(row("N1"), row("N2", channel="Qua mạng"), row("N4")))

    found = origins_of("dossiers", ["N1", "N2", "N3", "N4", "A1"])
    assert {key: (one.load, one.row) for key, one in found.items()} == {
        "N1": (first.number, 4),
        "N2": (second.number, 5),
        "N3": (first.number, 6),
        "N4": (second.number, 6),
    }
    assert (found["N2"].file_name, found["N2"].sheet, found["N2"].by) == ("hs.xlsx", "Hồ sơ", "Hoàng Thị Lan")
    assert not Origin.objects.get(load=second, key="N2").new


def test_what_the_sheet_calls_late_is_kept_as_stated_and_the_difference_is_told() -> None:
    rows = [
        [*row("N1", finished="19/04/2022 09:00"), "Trễ hạn"],
        [*row("N2", finished="19/04/2022 09:00"), "Đúng hạn"],
        [*row("N3", finished="21/04/2022 09:00"), "Trễ hạn"],
    ]
    load = loaded(workbook(*rows, header=[*HEADER, LATE]))
    stated = {key: dict(one.stated) for key, one in origins_of("dossiers", ["N1", "N2", "N3"]).items()}
    assert stated == {"N1": {LATE: "Trễ hạn"}, "N2": {LATE: "Đúng hạn"}, "N3": {LATE: "Trễ hạn"}}
    assert [note.row for note in load.notes.filter(severity="odd", target="x_late")] == [4]
    assert Dossier.objects.get(pk="N1").due_at > Dossier.objects.get(pk="N1").finished_at


def test_a_load_that_fails_leaves_no_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    from congvu.intake import writing

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(writing, "_done", fail)
    with pytest.raises(ZeroDivisionError):
        loaded(workbook(row("N1")))
    assert not Origin.objects.exists()
    assert not Dossier.objects.filter(pk="N1").exists()
