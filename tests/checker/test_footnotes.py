"""Notes and the marks that refer to them."""

from __future__ import annotations

import pytest

from congvu.checker.words.footnotes import find, marks

from .texts import manuscript


def page(body: str, notes: str) -> str:
    return body + "\n\n" + "\n\n".join(f"{mark} Chú thích." for mark in notes.split())


WRONG = [
    ("Một¹ hai² ba³.", "¹ ²", [("³", "certain")]),
    ("Một¹ hai² ba.", "¹ ² ³", [("Chú thích.", "certain")]),
    ("Một hai² ba³.", "¹ ² ³", [("Chú thích.", "certain")]),
    ("Một¹ hai² ba² bốn³.", "¹ ² ³", [("²", "likely")]),
    ("Một¹ ba³ hai² bốn⁴.", "¹ ² ³ ⁴", [("³", "certain")]),
    ("Một¹ bốn⁴ hai² ba³.", "¹ ² ³ ⁴", [("⁴", "certain")]),
    ("Một¹ hai² bốn⁴.", "¹ ² ⁴", [("⁴", "certain")]),
    ("Một¹ hai² ba³.", "¹ ² ² ³", [("Chú thích.", "certain")]),
    ("Một¹ hai² ba³.", "¹ ³", [("²", "certain")]),
    ("Năm 2022¹ và 2021² hết³.", "¹ ²", [("³", "certain")]),
    ("Một¹.", "¹ ²", [("Chú thích.", "certain")]),
    ("Một.", "¹", [("Chú thích.", "certain")]),
    ("Một¹ hai².", "¹", [("²", "certain")]),
    ("Một¹ hai² ba³ bốn⁴ năm⁹.", "¹ ² ³ ⁴", [("⁹", "likely")]),
    ("Một¹ hai² ba³ ba³.", "¹ ² ³", [("³", "likely")]),
    ("Một¹ hai² ba³ hai².", "", [("²", "likely")]),
    ("Một¹ hai² ba³ năm⁵ bốn⁴.", "", [("⁵", "likely")]),
    ("Mười¹⁰ chín⁹ mười một¹¹.", "⁹ ¹⁰ ¹¹", [("¹⁰", "certain")]),
    ("Một¹ ba³ bốn⁴.", "¹ ³ ⁴", [("³", "certain")]),
    ("Một¹ hai² ba³ bốn⁵.", "¹ ² ³ ⁴", [("⁵", "certain"), ("Chú thích.", "certain")]),
    ("Tám⁸ chín⁹ mười¹⁰.", "⁸ ⁹ ¹⁰ ¹¹", [("Chú thích.", "certain")]),
]


@pytest.mark.parametrize(("body", "notes", "expected"), WRONG)
def test_marks_and_notes_that_do_not_meet_are_found(body: str, notes: str, expected: list[tuple[str, str]]) -> None:
    found = [(finding.text, finding.certainty) for finding in find(manuscript(page(body, notes)))]
    assert found == expected


RIGHT = [
    ("Một¹ hai² ba³.", "¹ ² ³"),
    ("Chín⁹ mười¹⁰.", "⁹ ¹⁰"),
    ("Năm 2022¹, 2021-2026².", "¹ ²"),
    ("Diện tích 25 m² và 30 km².", ""),
    ("Diện tích 25 m², một¹ hai².", "¹ ²"),
    ("Thể tích 100m³, rừng 5 dm³.", ""),
    ("Có 10⁶ cây.", ""),
    ("Hàm x² và y³.", ""),
    ("Một¹ hai².", ""),
    ("Chỉ một dấu⁵.", ""),
    ("Một² hai¹.", ""),
    ("Không có dấu nào.", ""),
    ("Một¹ hai² ba³ bốn⁴.", ""),
    ("Một¹ hai². Trang sau¹ nữa².", "¹ ² ¹ ²"),
    ("Một¹. Trang sau¹ nữa².", "¹ ¹ ²"),
    ("Hai¹² trên mười một¹¹ là sai? Không: chỉ ¹³.", ""),
    ("Một¹\n\nHai²\n\nBa³", "¹ ² ³"),
    ("(chú thích)¹, “trích”²; hết³.", "¹ ² ³"),
    ("Mật độ 120 người/km².", ""),
    ("Một¹, 15 cm² hai².", "¹ ²"),
]


@pytest.mark.parametrize(("body", "notes"), RIGHT)
def test_marks_and_notes_that_meet_are_let_be(body: str, notes: str) -> None:
    assert list(find(manuscript(page(body, notes)))) == []


def test_exponents_are_no_marks() -> None:
    assert [mark.number for mark in marks(manuscript("25 m², 3 km², 10⁶, năm 2022², hết¹²"))] == [2, 12]
