"""Mappings are saved by name, version by version, and found again for the next file; so are spellings of agencies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import Http404

from congvu.intake.aliases import AliasNotTaken, aliases, forget, remember
from congvu.intake.mappings import MappingNotSaved, fitting, get_mapping, save_mapping, saved_mappings, versions_of
from congvu.intake.taking import MappingIncomplete, begin, mapping_of, settle
from congvu.journal.models import Act
from congvu.province.queries import AgencyNotFound
from congvu.sheets.mapping import Mapping, Rule

from .loads import HEADER, OFFICER, PERSONNEL, checked, row, workbook

pytestmark = pytest.mark.usefixtures("small_province")


def proposed() -> Mapping:
    return mapping_of(begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers"))


def test_the_same_name_saves_the_next_version_and_the_same_mapping_none() -> None:
    mapping = proposed()
    first = save_mapping(OFFICER, "Hồ sơ  iGate", mapping, HEADER)
    assert save_mapping(OFFICER, "Hồ sơ iGate", mapping, HEADER).version == 1
    changed = replace(mapping, kept=("Trạng thái",))
    second = save_mapping(OFFICER, "Hồ sơ iGate", changed, HEADER)
    assert (first.code, first.version, second.version) == ("ho-so-igate", 1, 2)
    assert get_mapping(OFFICER, "ho-so-igate").mapping == changed
    assert get_mapping(OFFICER, "ho-so-igate", 1).mapping == mapping
    assert [one.version for one in versions_of(OFFICER, "ho-so-igate")] == [2, 1]
    assert Act.objects.filter(kind="mapping:save").count() == 2


def test_a_name_is_for_one_table_and_is_a_name() -> None:
    save_mapping(OFFICER, "Tháng", proposed(), HEADER)
    with pytest.raises(MappingNotSaved, match="bảng khác"):
        save_mapping(OFFICER, "tháng", Mapping("feedback", ()), [])
    for name in ("", " – ", "x" * 101):
        with pytest.raises(MappingNotSaved):
            save_mapping(OFFICER, name, proposed(), HEADER)


def test_others_tables_are_not_there() -> None:
    save_mapping(OFFICER, "Tháng", proposed(), HEADER)
    assert saved_mappings(PERSONNEL) == []
    with pytest.raises(Http404):
        get_mapping(PERSONNEL, "thang")
    with pytest.raises(MappingNotSaved):
        save_mapping(PERSONNEL, "Khác", proposed(), HEADER)


def test_the_next_file_with_the_same_columns_finds_it() -> None:
    saved = save_mapping(OFFICER, "Tháng", replace(proposed(), kept=("Trạng thái",)), HEADER)
    load = begin(OFFICER, workbook(row("N2"), header=[title.upper() for title in HEADER]), "thang-5.xlsx")
    assert (load.saved_code, load.saved_version, mapping_of(load)) == ("thang", 1, saved.mapping)
    assert fitting(OFFICER, HEADER[1:]) is None, "a column that it uses is missing"
    assert fitting(OFFICER, [*HEADER, *"abcdefgh"]) is None, "it is another sheet"
    assert fitting(OFFICER, HEADER, table="feedback") is None


def test_a_mapping_without_what_every_row_needs_is_not_settled() -> None:
    load = begin(OFFICER, workbook(row("N1")), "hs.xlsx", table="dossiers")
    mapping = mapping_of(load)
    without = replace(mapping, rules=tuple(rule for rule in mapping.rules if rule.target != "channel"))
    with pytest.raises(MappingIncomplete, match="Hình thức nộp"):
        settle(OFFICER, load.number, without)
    constant = replace(without, rules=(*without.rules, Rule("channel", constant="online")))
    assert settle(OFFICER, load.number, constant).state == "checking"


def test_a_spelling_said_once_is_known_in_every_later_file() -> None:
    odd = workbook(row("N1", agency="VP một cửa Bản Nưa"))
    assert checked(odd).counts["refused"] == 1
    remember(OFFICER, "VP một cửa  Bản Nưa", "X1")
    assert checked(odd).counts["new"] == 1
    assert checked(workbook(row("N1", agency="vp MỘT CỬA bản nưa"))).counts["new"] == 1
    assert [(one.spelled, one.agency_code) for one in aliases()] == [("VP một cửa Bản Nưa", "X1")]
    remember(OFFICER, "VP một cửa Bản Nưa", "X1")
    assert Act.objects.filter(kind="alias:remember").count() == 1
    forget(OFFICER, aliases()[0].alias)
    assert checked(odd).counts["refused"] == 1


def test_spellings_need_an_agency_and_a_seat() -> None:
    with pytest.raises(AgencyNotFound):
        remember(OFFICER, "Chỗ nào đó", "K0")
    with pytest.raises(AliasNotTaken):
        remember(OFFICER, "  ", "X1")
    with pytest.raises(Http404):
        forget(OFFICER, "khong co")
