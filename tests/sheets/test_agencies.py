"""Names of agencies become codes of those days, and never by a guess between two."""

from __future__ import annotations

import csv
import datetime as dt
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.sheets.values.agencies import Found, KnownAgency, Register, Unclear

ALWAYS, REFORM = dt.date(1900, 1, 1), dt.date(2025, 7, 1)
DAY = dt.date(2022, 8, 5)


def agency(
    code: str,
    name: str,
    kind: str,
    parent: str = "P0",
    begins: dt.date = ALWAYS,
    ends: dt.date | None = None,
    short: str = "",
) -> KnownAgency:
    levels = {"province_committee": "province", "district_committee": "district", "commune_committee": "commune"}
    return KnownAgency(code, name, short, kind, levels.get(kind, "province"), parent, begins, ends)


LAST = REFORM - dt.timedelta(days=1)
KNOWN = [
    agency("P0", "Ủy ban nhân dân tỉnh Thử Nghiệm", "province_committee", "", short="UBND tỉnh"),
    agency("SNV", "Sở Nội vụ", "department"),
    agency("STM", "Sở Tài nguyên và Môi trường", "department"),
    agency("SLD", "Sở Lao động - Thương binh và Xã hội", "department"),
    agency("VP", "Văn phòng Ủy ban nhân dân tỉnh Thử Nghiệm", "province_office"),
    agency("040", "Ủy ban nhân dân thành phố Mây Trắng", "district_committee", ends=LAST),
    agency("051", "Ủy ban nhân dân huyện Hoà Sơn", "district_committee", ends=LAST),
    agency("052", "Ủy ban nhân dân huyện Nguyên Thạch", "district_committee", ends=LAST),
    agency("0101", "Ủy ban nhân dân phường Hợp Đồng", "commune_committee", "040", ends=LAST),
    agency("0102", "Ủy ban nhân dân xã Hưng Thịnh", "commune_committee", "040", ends=LAST),
    agency("0103", "Ủy ban nhân dân xã Hưng Thịnh", "commune_committee", "052", ends=LAST),
    agency("0104", "Ủy ban nhân dân thị trấn Tĩnh Tức", "commune_committee", "052", ends=LAST),
    agency("0105", "Ủy ban nhân dân xã Nguyên Thạch", "commune_committee", "051", ends=LAST),
    agency("0106", "Ủy ban nhân dân xã Lũng Nạm", "commune_committee", "051", ends=LAST),
    agency("0107", "Ủy ban nhân dân xã Lũng Nám", "commune_committee", "051", ends=LAST),
    agency("0101", "Ủy ban nhân dân phường Mây Trắng", "commune_committee", begins=REFORM),
]
REGISTER = Register(KNOWN, {"pho nui": "040"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("051", "051"),
        ("51", "051"),
        ("snv", "SNV"),
        ("UBND H. Hòa Sơn", "051"),
        ("Hoà Sơn", "051"),
        ("UBND huyện Hoà Sơn", "051"),
        ("Uỷ ban nhân dân huyện Hòa Sơn", "051"),
        ("UBND HUYEN HOA SON", "051"),
        ("ubnd  huyện   hoà  sơn", "051"),
        (unicodedata.normalize("NFD", "UBND huyện Hoà Sơn"), "051"),
        ("12. UBND huyện Hòa Sơn", "051"),
        ("T.P Mây Trắng", "040"),
        ("TP.Mây Trắng, tỉnh Thử Nghiệm", "040"),
        ("UBND TP", "040"),
        ("Phố núi", "040"),
        ("P. Hợp Đồng", "0101"),
        ("xã Hưng Thịnh, TP. Mây Trắng", "0102"),
        ("UBND xã Hưng Thịnh - huyện Nguyên Thạch", "0103"),
        ("Huyện Nguyên Thạch / Xã Hưng Thịnh", "0103"),
        ("UBND xã Hưng Thịnh (0103)", "0103"),
        ("UBND phường Hợp Đồng (99)", "0101"),
        ("TT Tĩnh Tức", "0104"),
        ("UBND TT Tĩnh Tức huyện Nguyên Thạch tỉnh Thử Nghiệm", "0104"),
        ("Bộ phận một cửa thị trấn Tĩnh Tức", "0104"),
        ("Bộ phận TN&TKQ UBND phường Hợp Đồng", "0101"),
        ("HĐND-UBND huyện Hoà Sơn", "051"),
        ("xã Lũng Nám", "0107"),
        ("Sở TN&MT", "STM"),
        ("STNMT", "STM"),
        ("Sở Tài nguyên & Môi trường tỉnh Thử Nghiệm", "STM"),
        ("Sở LĐ-TB&XH", "SLD"),
        ("VP UBND tỉnh", "VP"),
        ("UBND tỉnh", "P0"),
        ("Chủ tịch UBND tỉnh Thử Nghiệm", "P0"),
    ],
)
def test_a_spelling_finds_its_agency(text: str, code: str) -> None:
    answer = REGISTER.resolve(text, DAY)
    assert isinstance(answer, Found), answer
    assert answer.code == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("UBND xã Hưng Thịnh", {"0102", "0103"}),
        ("Nguyên Thạch", {"052", "0105"}),
        ("xa Lung Nam", {"0106", "0107"}),
    ],
)
def test_between_two_nothing_is_guessed(text: str, candidates: set[str]) -> None:
    answer = REGISTER.resolve(text, DAY)
    assert isinstance(answer, Unclear)
    assert set(answer.candidates) == candidates
    assert all(code in answer.reason for code in candidates)


@pytest.mark.parametrize(
    "text",
    ["Phòng Nội vụ huyện Hòa Sơn", "Công an xã Lũng Nám", "Trung tâm PVHCC tỉnh", "Bộ phận một cửa", "UBND", "999"],
)
def test_offices_that_are_not_ours_are_not_taken_for_those_around_them(text: str) -> None:
    assert isinstance(REGISTER.resolve(text, DAY), Unclear)


def test_a_slip_names_the_likely_agency_without_taking_it() -> None:
    answer = REGISTER.resolve("UBND huyện Hoà Sơm", DAY)
    assert isinstance(answer, Unclear)
    assert answer.candidates[0] == "051"


def test_names_are_those_of_the_day() -> None:
    assert REGISTER.resolve("Mây Trắng", DAY) == Found("040", "district")
    assert REGISTER.resolve("Mây Trắng", REFORM) == Found("0101", "commune")
    late = REGISTER.resolve("UBND huyện Hoà Sơn", REFORM)
    assert isinstance(late, Unclear)
    assert "đến 30/06/2025" in late.reason


def test_without_a_day_the_latest_are_asked_first_and_earlier_names_still_found() -> None:
    assert REGISTER.resolve("Phường Mây Trắng", None) == Found("0101", "commune")
    assert REGISTER.resolve("Phường Hợp Đồng", None) == Found("0101", "commune")


def test_an_alias_holds_only_while_its_agency_is_one() -> None:
    assert isinstance(REGISTER.resolve("phố núi", REFORM), Unclear)


def test_the_share_of_names_in_a_column_is_told() -> None:
    assert REGISTER.names(["Hoà Sơn", "Sở Nội vụ", "Nguyễn Văn A", "Nguyễn Văn B", ""]) == 0.5
    assert REGISTER.names([]) == 0


def test_a_register_without_agencies_finds_none() -> None:
    assert isinstance(Register([]).resolve("UBND xã", DAY), Unclear)


@given(st.text(max_size=30))
def test_no_text_breaks_the_register(text: str) -> None:
    assert isinstance(REGISTER.resolve(text, DAY), Found | Unclear)


def test_real_units_are_found_by_their_usual_spellings_and_never_taken_for_others() -> None:
    folder = os.environ.get("CONGVU_TESTDATA")
    path = Path(folder or "").parent / "domain" / "caobang_units_2022.csv"
    if not folder or not path.exists():
        pytest.skip("CONGVU_TESTDATA has no unit list beside it")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known = [
        KnownAgency(
            row["code"],
            f"Ủy ban nhân dân {row['name'][0].lower()}{row['name'][1:]}",
            "",
            f"{row['level']}_committee",
            row["level"],
            row["parent_code"],
            ALWAYS,
        )
        for row in rows
    ]
    register = Register(known)
    names = [row["name"] for row in rows]
    for row in rows:
        district = f", {row['parent_name']}" if row["level"] == "commune" else ""
        answer = register.resolve(f"UBND {row['name']}{district}", DAY)
        assert isinstance(answer, Found), (row, answer)
        assert answer.code == row["code"]
        for text in (
            row["name"].upper(),
            f"UBND {row['name']}",
            row["name"].replace("Xã ", "X.").replace("Huyện ", "H."),
        ):
            alone = register.resolve(text, DAY)
            assert isinstance(alone, Unclear) == (names.count(row["name"]) > 1), (text, alone)
            assert isinstance(alone, Unclear) or alone.code == row["code"]
