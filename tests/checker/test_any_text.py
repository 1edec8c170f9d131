"""No text breaks a detector, and none takes more time than in proportion to its length."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable

import pytest

from congvu.checker.findings import Finding, Kind
from congvu.checker.words import abbreviations, citations, dates, footnotes, formats
from congvu.press.manuscript import Manuscript

from .texts import manuscript

Find = Callable[[Manuscript], Iterable[Finding]]
DETECTORS: list[tuple[Find, Kind]] = [
    (dates.find, Kind.DATE),
    (citations.find, Kind.CITATION),
    (footnotes.find, Kind.FOOTNOTE),
    (abbreviations.find, Kind.ABBREVIATION),
    (formats.find, Kind.FORMAT),
]

PIECES = [
    "ngày ", "31/02/2022", "0/0/0000", "tháng ", "năm ", "quý V/2022", "2202", " - ", "đến ", "số ", "61/2018/NĐ-CP",
    "QĐ-",
    "/", "//", "--", "O", "501/UBND-NC", "¹", "²³", "m²", "(", ")", "“", "”", "KLKCHC", "(KLCCHC)", "các các",
    "99, 29;",
    "%", " %", "1.23.456", "48,447 hồ sơ", "05 (bốn) ", "=", "..", ",,", "\n\n", "\n\n¹ ", "thứ Hai, ", ". a",
    "Nơi nhận:", "Quyết định số /QĐ-UBND ", "1. 508", "37, 38 tỷ", "1.81 tỷ", "84.0%", "là ",
    "\u0000", "\U0001f600", "Ủy ban nhân dân (UBND)", "&", "giai đoạn 0000-0000", "từ ", "000/", "٣",
    "１２/３/２０２２",
]  # fmt: skip

ADVERSARIAL = [
    "1" * 200_000, "1." * 100_000, "1/" * 100_000, "A" * 200_000, "A-" * 100_000, "a " * 100_000, "(" * 200_000,
    "theo Quyết định số /QĐ-UBND ngày 1/1/2022 " * 5_000, "với 1. 508 suất " * 12_000, "đạt 5, 25 tỷ " * 15_000,
    "là 1.81 tỷ 1.234 " * 12_000, "\n\n".join(["đạt 1.8%; 5 %; 5%"] * 8_000), "bộ hồ (BHSA) BHSX " * 10_000,
    ")" * 200_000, "¹" * 200_000, "ngày 1 " * 30_000, "số 1/QĐ-" * 25_000, "(AB) " * 40_000, "một " * 50_000,
    "1 (một " * 30_000, " " * 200_000, "các " * 50_000, "1/1 a a a = " * 16_000, "“" * 100_000 + "”" * 100_000,
    "UBND, " * 33_000, "AB (a b c d e " * 14_000, "12/QĐ-UBND ngày 1/1/2022; " * 8_000, ", " * 100_000,
    "ABCDEFGHIJ " * 18_000, "KỶ LUẬT " * 25_000, "viết tắt là " * 18_000,
]  # fmt: skip


@pytest.mark.parametrize(("find", "kind"), DETECTORS, ids=lambda value: str(value) if isinstance(value, Kind) else "")
def test_any_text_is_read_and_every_finding_points_into_it(find: Find, kind: Kind) -> None:
    chance = random.Random(20221220)
    for _round in range(60):
        text = "".join(chance.choice(PIECES) for _piece in range(chance.randint(1, 60)))
        for finding in find(manuscript(text)):
            assert finding.kind is kind
            assert 0 <= finding.start < finding.end <= len(finding.paragraph.text)
            assert finding.message.endswith(".")
            assert finding.place.line >= 1


@pytest.mark.parametrize("text", ADVERSARIAL, ids=lambda text: repr(text[:12]))
def test_a_long_text_of_any_kind_is_read_in_seconds(text: str) -> None:
    read = manuscript(text)
    began = time.process_time()
    for find, _kind in DETECTORS:
        list(find(read))
    assert time.process_time() - began < 40
