"""Time limits in words."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.sheets.values.terms import Term, read_term

PAGE = "Hình thức nộpThời gianPhí, lệ phíMô tả"


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("15 ngày làm việc", "15", "working_day"),
        ("15 (mười lăm) ngày", "15", "calendar_day"),
        ("10 ngày (mười ngày) làm việc", "10", "working_day"),
        ("Trong ngày", "1", "working_day"),
        ("Trong ngày làm việc", "1", "working_day"),
        ("không quá 03 ngày làm việc kể từ ngày nhận đủ hồ sơ", "3", "working_day"),
        ("05 ngày kể từ ngày 15 tháng 8 năm 2022", "5", "calendar_day"),
        ("01 tháng", "1", "month"),
        ("8 giờ làm việc", "8", "working_hour"),
        ("1/2 ngày", "0.5", "working_day"),
        ("0,5 ngày làm việc", "0.5", "working_day"),
        ("nửa ngày làm việc", "0.5", "working_day"),
        ("hai mươi ngày làm việc", "20", "working_day"),
        ("2 tuần", "14", "calendar_day"),
    ],
)
def test_one_term_has_amount_and_unit(text: str, amount: str, unit: str) -> None:
    term = read_term(text)
    assert (term.amount, term.unit, term.certainty) == (amount, unit, "clear")


@pytest.mark.parametrize(
    "text",
    [
        "10-15 ngày",
        "từ 10 đến 15 ngày làm việc",
        "20 ngày (15 ngày đối với trường hợp đơn giản)",
        "10 ngày, có thể gia hạn",
        "Trong ngày làm việc; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
        "24 giờ",
        "Ngay khi nhận hồ sơ",
        "theo lịch họp",
        "0 ngày",
        "1/0 ngày",
    ],
)
def test_what_is_not_one_term_is_left_to_a_person(text: str) -> None:
    term = read_term(text)
    assert (term.amount, term.unit, term.certainty) == ("", "", "unclear")
    assert term.reason


@pytest.mark.parametrize("text", ["", "-", "Không quy định", "Không có thông tin", "không"])
def test_no_term_is_none(text: str) -> None:
    assert read_term(text) == Term()


def test_a_number_alone_takes_its_unit_from_the_heading() -> None:
    assert read_term("15").certainty == "unclear"
    assert read_term("15", "Thời gian giải quyết (ngày làm việc)").unit == "working_day"
    assert read_term("15", "Thời hạn (ngày)").unit == "calendar_day"


def test_channels_of_a_page_that_agree_give_the_term() -> None:
    rows = (
        "Trực tiếp5 Ngày làm việcMiễn phí",
        "Trực tuyến5 Ngày làm việc8,000 VNĐ",
        "Dịch vụ bưu chính5 Ngày làm việcMiễn phí",
    )
    page = PAGE + "".join(rows)
    assert read_term(page) == Term("5", "working_day", "clear")


def test_channels_of_a_page_that_differ_are_left_to_a_person() -> None:
    page = f"{PAGE}Trực tiếp5 Ngày làm việcMiễn phíTrực tuyến3 Ngày làm việcMiễn phí"
    assert read_term(page).certainty == "unclear"


def test_a_page_whose_words_have_another_unit_is_left_to_a_person() -> None:
    page = f"{PAGE}Trực tiếp7 NgàyMiễn phí07 ngày làm việc kể từ khi nhận hồ sơ"
    assert read_term(page).certainty == "unclear"


def test_a_page_without_unit_or_without_term_has_none() -> None:
    assert read_term(f"{PAGE}Trực tiếp3Miễn phíTrực tuyến3Miễn phí").certainty == "unclear"
    assert read_term(f"{PAGE}Trực tiếpKhông có thông tinKhông có thông tin").certainty == "none"


def test_real_pages_are_typed_or_flagged_and_the_typed_ones_say_so_themselves() -> None:
    folder = os.environ.get("CONGVU_TESTDATA")
    path = Path(folder or "") / "vn_tthc" / "tthc_dev_610.jsonl.gz"
    if not folder or not path.exists():
        pytest.skip("CONGVU_TESTDATA names no folder with vn_tthc")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["cach_thuc_thuc_hien"] for line in lines]
    terms = [read_term(page) for page in pages]
    counts = Counter(term.certainty for term in terms)
    assert counts["clear"] >= 0.7 * len(pages)
    words = {"working_day": "Ngày làm việc", "calendar_day": "Ngày", "working_hour": "Giờ làm việc", "month": "Tháng"}
    for page, term in zip(pages, terms, strict=True):
        if term.certainty == "clear":
            assert f"{term.amount} {words[term.unit]}" in page
        else:
            assert not term.amount


@given(st.text(alphabet="0123456789/,.- ngàytháglmviệcờ()", max_size=40))
def test_no_text_breaks_the_reading_of_terms(text: str) -> None:
    assert read_term(text).certainty in ("clear", "unclear", "none")
