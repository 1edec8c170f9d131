"""Digits that count nothing are hidden, and those that count stay."""

from __future__ import annotations

import pytest

from congvu.checker.grammar.masks import masked

HIDDEN = [
    "ngày 5, 6/12/2022", "từ 8.3.2022-9.3.2022", "năm 2020, 2021 và 2022", "Công văn số 234 /QĐ-UBND",
    "Quy định số 101-QĐ/TW", "61/2018/NĐ-CP", "(21/7)", "quý I/2022", "xem https://tinh.vn/hon-29-ty-dong-155.html",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_every_digit_of_a_date_a_document_or_an_address_is_hidden(text: str) -> None:
    hidden = {offset for start, end in masked(text) for offset in range(start, end)}
    assert all(offset in hidden for offset, character in enumerate(text) if character.isdigit())


@pytest.mark.parametrize("text", ["có đến 5/9 huyện", "12/15 chỉ tiêu", "48.207 hồ sơ", "đạt 99,29%"])
def test_what_counts_is_not_hidden(text: str) -> None:
    assert masked(text) == ()
